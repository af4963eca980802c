"""Routes to walk in tests, the people who walk them, and a walker that keeps run and effects together."""

import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path

from insignia.core.workflow.route import (
    Decider,
    Decision,
    Rating,
    Roll,
    State,
    TaskOpened,
    Verb,
    Vote,
    decide,
    read_routes,
    start,
)

ROLES = frozenset(
    {
        "skill_reviewer", "unit_leader", "committee", "committee_chair", "committee_deputy", "executive",
        "student_engagement_staff", "program_manager", "unit_final", "framework_author", "pilot_group",
        "academic_office", "subject_expert", "didactics_expert", "librarian", "council", "dean", "vice_dean", "lawyer",
        "senator", "president", "vice_president",
    }
)  # fmt: skip
FACTS = {
    "type": frozenset({"souvenir", "level_1", "level_2", "credit", "noncredit"}),
    "credit": frozenset({True, False}),
    "audience": frozenset(),
    "unit_kind": frozenset({"academic", "non_academic", "division"}),
}
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def tables(name):
    """The routes of a file as they are written."""
    return tomllib.loads((Path(__file__).parent / "routes" / f"{name}.toml").read_text("utf-8"))["workflows"]


def routes(name):
    """The routes of a file, read and checked."""
    return read_routes(tables(name), roles=ROLES, facts=FACTS)


def someone(person, *roles, **more):
    """Somebody who was found to hold these roles."""
    return Decider(person, frozenset(roles), **more)


PROPOSER = someone("petra", "proposer")
MANAGER = someone("mona", "program_manager")
CHAIR = someone("carla", "committee", "committee_chair")
MEMBERS = tuple(someone(name, "committee") for name in ("max", "mia", "moritz", "marie"))


class Walk:
    """A run that walks: each decision is seen, taken and kept, and its effects are those of the last one."""

    def __init__(self, route, facts=None, *, by=PROPOSER, at=MONDAY):
        self.route, self.now, self.opened = route, at, []
        self.run, self.effects = start(route, facts or {}, by=by, at=at)
        self._note()

    def __call__(self, task, verb, by, comment="", *, revision=None, facts=None, **more):
        """Decide, an hour later."""
        self.now += timedelta(hours=1)
        self.run, self.effects = decide(
            self.route, self.run, task, Decision(Verb(verb), comment, **more), by,
            at=self.now, revision=self.run.revision if revision is None else revision, facts=facts,
        )  # fmt: skip
        self._note()
        return self

    def full(self, task, verb, by, comment="Because.", **more):
        """Decide with the review form filled in and everything attested that the task asks for."""
        asked = next(one for step in self.route.steps for one in step.tasks if one.key == task)
        more.setdefault("ratings", tuple(Rating(criterion, 4) for criterion in asked.criteria))
        return self(task, verb, by, comment, attestations=frozenset(asked.attest), **more)

    def convene(self, task, by=CHAIR, **roll):
        """Let the body sit: four members under a chair who has no seat of her own, unless told otherwise."""
        roll = {"members": tuple(member.person for member in MEMBERS), "chair": CHAIR.person, **roll}
        return self(task, Verb.CONVENE, by, roll=Roll(**roll))

    def vote(self, task, by, vote, comment=""):
        """Cast a vote with the form that goes with it."""
        vote = Vote(vote)
        comment = comment or ("Because." if vote in (Vote.REJECT, Vote.REQUEST_CHANGES) else "")
        return self.full(task, Verb.VOTE, by, comment, vote=vote)

    @property
    def open(self):
        """The keys of the tasks that wait."""
        return [task.task for task in self.run.open_tasks]

    @property
    def state(self) -> State:
        """Where the run is."""
        return self.run.state

    def told(self, kind):
        """The one effect of this kind that the last decision had."""
        (effect,) = (effect for effect in self.effects if isinstance(effect, kind))
        return effect

    def _note(self):
        self.opened += [effect for effect in self.effects if isinstance(effect, TaskOpened)]
