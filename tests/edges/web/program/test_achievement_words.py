"""Every word of the pages of badges can be translated; what stands outside a message is somebody's name or value."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf.locale import LANG_INFO

from insignia.domain.catalog.importing import COLUMNS
from insignia.domain.catalog.models import Achievement
from insignia.domain.frameworks import queries as frameworks
from insignia.domain.ground import tenancy
from insignia.domain.people.models import User
from tests.edges.web.program.staff import file_of
from tests.edges.web.program.test_words import desk_at, left_outside, own_words
from tests.support import worlds
from tests.support.achievement_routes import ROUTES
from tests.support.routes import State

pytestmark = [pytest.mark.django_db, pytest.mark.appearance]
# The names of languages are written in themselves.
LANGUAGES = tuple(info["name_local"] for info in LANG_INFO.values() if "name_local" in info)


def written(place: worlds.Place) -> list[str]:
    """What people have written: names of badges, skills and people, and what badges say."""
    with tenancy.of(place.institution):
        skills = [text for skill in frameworks.skills() for text in (skill.name, skill.framework.name)]
        said = [text for badge in Achievement.objects.all() for text in texts_of(badge)]
        people = [text for user in User.objects.all() for text in (user.name, user.email)]
        return [*own_words(place), *LANGUAGES, *skills, *said, *people, "Insignia", "https://"]


def texts_of(achievement: Achievement) -> Iterator[str]:
    yield achievement.slug
    for version in achievement.versions.all():
        content = version.content
        yield from (content.name, content.description, content.criteria, content.demand, content.distinction_criteria)
        yield from (
            *content.outcomes,
            *(skill.name for skill in content.skills),
            *(link.name for link in content.links),
        )


@pytest.mark.slow
@pytest.mark.parametrize("state", [State.EMPTY, State.FULL, State.ERROR])
def test_no_page_says_what_no_translator_has_seen(pseudo_language: str, state: State) -> None:
    place = worlds.empty() if state is State.EMPTY else worlds.full()
    desk, data = desk_at(place), written(place)
    left = [
        text
        for route in ROUTES
        if state in route.states
        for text in left_outside(desk, route.states[state].address(place), data)
    ]
    assert not left, "\n".join(sorted(set(left))[:100])


def test_refusals_drafts_and_previews_are_translated_as_well(pseudo_language: str) -> None:
    place = worlds.full()
    desk, draft, badge = desk_at(place), place.draft.public_id, place.achievement.public_id
    rows = ",".join(COLUMNS) + "\nBroken,Level 9,nowhere,,,,nocode,,nolink,,,31.13.2021,,,dragon,many,maybe\n"
    data = [
        *written(place),
        "Broken",
        "Level 9",
        "nowhere",
        "nocode",
        "nolink",
        "31.13.2021",
        "dragon",
        "many",
        "maybe",
    ]
    answers: list[Any] = [
        desk.get("achievement", draft),
        desk.get("achievement_edit", draft),
        desk.send("achievement_new"),
        desk.send("achievement_new", draw="1", name="Broken", level="level_2"),
        desk.send("achievement_activate", draft, approved_by="Broken"),
        desk.send("achievement_move", badge, "retire"),
        desk.send("grantors", badge, email="nobody"),
        desk.send("achievement_import", file=file_of(rows)),
        desk.send("achievement_import"),
    ]
    left = [text for answer in answers for text in left_outside(desk, answer.request["PATH_INFO"], data, answer)]
    assert not left, "\n".join(sorted(set(left)))
