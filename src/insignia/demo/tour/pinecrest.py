"""The walk through Pinecrest: a proposal is handed in, reviewed, voted on, produced, awarded, claimed and verified."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from insignia.demo.pinecrest.people import (
    CAREERS,
    CHAIR,
    DESIGNER,
    EXECUTIVE,
    FACULTY,
    GRANTOR,
    LEADER,
    MANAGER,
    MEMBER,
    ROWAN,
    UNIT_ISSUER,
)  # fmt: skip
from insignia.domain.awards.models import Award

from .finding import Matter, next_meeting
from .step import Step, Walk

TITLE = "Plain Language Writing"
MENDED = "Lab Safety Practice"


def steps() -> Sequence[Step]:
    """What functional specification 6.1 walks."""
    matter = Matter.of(TITLE)
    return [*_until_the_committee(matter), *_committee(matter), *_production(matter), *_to_the_earner(matter)]


def _until_the_committee(matter: Matter) -> Sequence[Step]:
    return [
        Step(
            _("Look at what can be earned"),
            _("The public directory needs no account. Search for “data”, and open a badge."),
            _("Ten badges in five levels; each page says what it takes, who approved it, and when. “Flash Animation” has ended and is listed no more."),
            None,
            reverse("public:directory", args=["pinecrest"]),
            _("Open the directory"),
        ),
        Step(
            _("Choose who to be"),
            _("Everybody here has one password, and one click makes you anyone. Each step below does it for you."),
            _("People of both universities with what they are and what to try as them."),
            None,
            reverse("demo:people"),
            _("See everybody"),
        ),
        Step(
            _("Hand in a proposal"),
            _("Be Fern. “Plain Language Writing” is written; read the check, and hand it in."),
            _("The check finds nothing missing. Afterwards version 1 is frozen, and the page says who has it now: two reviewers at the same time."),
            FACULTY,
            _page(matter, "proposal_check" if not matter.was_handed_in else "proposal"),
            done=matter.was_handed_in,
        ),
        Step(
            _("Review the skills"),
            _("Be Cora of career services. Rate the one criterion, change a skill if you like, and approve."),
            _("The answers beside the review, and where each decision leads. “Inclusive Event Planning” waits for her too."),
            CAREERS,
            _page(matter) if matter.was_handed_in else reverse("governance:tasks", args=["pinecrest"]),
            done=matter.passed("skill_review"),
        ),
        Step(
            _("Say yes for the unit"),
            _("Be Lee, who leads the college, and approve. If he asks for changes instead, Cora’s task closes too."),
            _("With both in favor, the proposal goes before the committee and stands on the agenda of its next meeting by itself."),
            LEADER,
            _page(matter) if matter.was_handed_in else reverse("governance:tasks", args=["pinecrest"]),
            done=matter.passed("unit_leader"),
        ),
    ]  # fmt: skip


def _committee(matter: Matter) -> Sequence[Step]:
    meeting = next_meeting("MCC")
    agenda = (
        reverse("governance:meeting", args=["pinecrest", meeting.public_id])
        if meeting
        else reverse("governance:committees", args=["pinecrest"])
    )
    mended = Matter.of(MENDED).proposal
    return [
        Step(
            _("See what changed between two versions"),
            _("Be Cal, who sits on the committee. It asked for changes to “Lab Safety Practice” in its last meeting; version 2 is here."),
            _("The answers side by side, with what was dropped and what is new, and the request that was answered."),
            MEMBER,
            f"{reverse('governance:proposal', args=['pinecrest', mended.public_id])}?tab=changes" if mended else agenda,
        ),
        Step(
            _("Hold the meeting"),
            _("Be Mara, who chairs. Open the meeting: tick who is there (three are enough), put the proposal under discussion, and record that it is approved. Or let members vote before."),
            _("An agenda that filled itself: what waits, what was put off when the building was closed, the minutes of the last meeting. “Grant Writing” was voted on before."),
            CHAIR,
            agenda,
            done=matter.passed("mcc"),
        ),
        Step(
            _("Give the last word"),
            _("Be Exa and approve. “Grant Writing” waits for her as well."),
            _("The whole way: who decided what, when, and under which version of the route."),
            EXECUTIVE,
            _page(matter) if matter.passed("mcc") else reverse("governance:tasks", args=["pinecrest"]),
            done=matter.is_approved,
        ),
    ]  # fmt: skip


def _production(matter: Matter) -> Sequence[Step]:
    board = reverse("governance:board", args=["pinecrest"])
    checklist = (
        reverse("governance:production", args=["pinecrest", matter.production.public_id])
        if matter.production
        else board
    )

    def task(key: str) -> str:
        if matter.production is None:
            return board
        return reverse("governance:production_task", args=["pinecrest", matter.production.public_id, key])

    return [
        Step(
            _("Make the credential"),
            _("Be Pat. An approval opens a checklist; create the credential from it."),
            _("One step: what was approved is taken over word for word, with who approved it. “Cloud Basics” is further along: its second proof waits, one task is blocked, one waived."),
            MANAGER,
            checklist,
            done=matter.settled("create_credential"),
        ),
        Step(
            _("Show a proof of the image"),
            _("Be Des of Communications. Send a proof as the template draws it, or with a picture of your own."),
            _("The badge in every size, before it is kept."),
            DESIGNER,
            task("image_with_communications"),
            done=_has_proof(matter),
        ),
        Step(
            _("Sign it off"),
            _("Be Fern, who asked for the badge, and sign the proof off. Nobody signs off a picture of their own."),
            _("The round with its note and her answer; the task is done."),
            FACULTY,
            task("image_with_communications"),
            done=matter.settled("image_with_communications"),
        ),
        Step(
            _("Name who will award it, and plan how it is evaluated"),
            _("Be Ivo, the Issuer of the college. Nominate Gus Grantor with what qualifies him; write the evaluation plan."),
            _("Pat agrees to both. “Evaluations” shows one that is three weeks overdue."),
            UNIT_ISSUER,
            task("name_qualified_grantors"),
            done=matter.production is not None and matter.production.nominations.exists(),
        ),
        Step(
            _("Confirm, train, make it active"),
            _("Be Pat: confirm the nomination, put a training on record, call the tasks done, and make the badge active."),
            _("The button appears when nothing required is open any more; whatever door you try before, the answer is the same."),
            MANAGER,
            checklist,
            done=matter.is_active,
        ),
    ]  # fmt: skip


def _to_the_earner(matter: Matter) -> Sequence[Step]:
    return [
        Step(
            _("Award it"),
            _("Be Gus and award the new badge to Rowan Rivera (rowan@students.pinecrest.example). Then choose “Send now”. Be Uma or Enno to see who cannot award."),
            _("His desk shows each badge that he was appointed for, and says why if he cannot award one yet."),
            GRANTOR,
            reverse("issuing:desk", args=["pinecrest"]),
            done=matter.awards(),
        ),
        Step(
            _("Accept it and show it"),
            _("Be Rowan. Accept the badge and let everybody see it."),
            _("An offer as its earner gets it, and the souvenir and the badge that Rowan has."),
            ROWAN,
            reverse("earner:home"),
            done=matter.awards(Award.State.ACCEPTED),
        ),
        Step(
            _("Verify it"),
            _("Take the address of its page, or its picture, to the verifier."),
            _("Who issued it, that nobody changed a letter, that it was not revoked."),
            None,
            reverse("public:verify"),
            _("Open the verifier"),
        ),
        Step(
            _("Look back"),
            _("Be Pat: how long each step takes, and how many come through."),
            _("Proposals in every state: on hold, suspended, returned, rejected, cancelled, withdrawn."),
            MANAGER,
            reverse("governance:turnaround", args=["pinecrest"]),
        ),
    ]  # fmt: skip


def _page(matter: Matter, name: str = "proposal") -> str:
    if matter.proposal is None:
        return reverse("governance:tasks", args=["pinecrest"])
    return reverse(f"governance:{name}", args=["pinecrest", matter.proposal.public_id])


def _has_proof(matter: Matter) -> bool:
    return matter.production is not None and matter.production.tasks.filter(proofs__isnull=False).exists()


WALK = Walk(
    "pinecrest",
    "pinecrest",
    _("Pinecrest"),
    _("From a proposal to a badge that somebody shows"),
    _("Pinecrest State University has five levels, a committee, and Grantors who award. A dozen people have a hand in a badge before somebody earns it; here you are all of them."),
    steps,
    _("Evidence that learners hand in, certificates that are awarded by themselves, sharing to networks and figures of engagement are not built yet."),
)  # fmt: skip
