"""Every word of the earner's pages can be translated; what stands outside a message is somebody's name or value."""

import pytest

from insignia.domain.awards import actions as awards
from insignia.domain.catalog.models import BadgeImage
from insignia.domain.people.models import User
from tests.edges.web.earner.readers import link_for, reader
from tests.support.builders import (
    a_member,
    a_person,
    accepted,
    acting,
    an_achievement,
    an_earner,
    elsewhere,
    here,
    offered,
)
from tests.support.pseudo import unbracketed

pytestmark = [pytest.mark.usefixtures("institution"), pytest.mark.appearance]
ROWAN = "rowan@students.example"


def test_nothing_is_said_that_no_translator_has_seen(pseudo_language: str) -> None:
    earner = an_earner(ROWAN, "Rowan Thistlewood")
    offer = offered(earner=earner)
    page = link_for(offer)[1]
    stranger, staff = a_person(), User.objects.get(pk=a_member("administrator").user_pk)
    left = outside(None, [page, "/claim/forged"]) + outside(stranger, [page, "/my/badges", "/my/tokens"])
    rowan = a_person(ROWAN, name="Rowan Thistlewood")
    left += outside(rowan, ["/my/badges"])
    rowan.set_password("a long enough password")
    rowan.save()
    left += outside(None, [page]) + outside(stranger, [page])
    offered(earner=earner)
    left += outside(None, [page])
    link = awards.make_claim_link(offer.recipient)
    awards.claim(link=link, user=rowan)
    shown = accepted(offered(achievement=an_achievement(level="level_2"), earner=earner), user=rowan)
    awards.set_visibility(by=acting(rowan), award=shown, visibility="public")
    private = accepted(offered(earner=earner, attestation=elsewhere()), user=rowan)
    gone = [accepted(offered(earner=earner), user=rowan) for _ in range(3)]
    awards.revoke(by=acting(staff), awards=[gone[0]], code="error", reason="The wrong list")
    awards.suspend(by=acting(staff), award=gone[1], reason="A question")
    awards.correct_award(by=acting(staff), award=gone[2], reason="Misspelt", name="Rowan T.")
    paths = [page, "/my/badges", "/my/badges?q=zzz", "/my/account", f"/my/badges/{offer.public_id}/decline"]
    paths += [f"/my/badges/{award.public_id}" for award in (offer, shown, private, *gone)]
    paths += [f"/my/badges/choose?award={shown.public_id}&award={private.public_id}"]
    left += outside(rowan, paths)
    client = reader(staff)
    client.post("/my/tokens", {"name": "Import", "permissions": ["award:read"], "days": "7"})
    left += outside(staff, ["/my/tokens"])
    assert left == []


def outside(who: User | None, paths: list[str]) -> list[str]:
    client = reader(who)
    found = []
    for path in paths:
        html = client.get(path).content.decode()
        found += [f"{path}: {text}" for text in unbracketed(html, data=values())]
    return found


def values() -> list[str]:
    """What is in no language, or in its institution's own: names, and what the pictures of badges show."""
    images = BadgeImage.objects.values_list("alt", "version__name")
    people = User.objects.values_list("name", flat=True)
    return [here().name, "Insignia", *(text for image in images for text in image), *people]
