"""Who may open a page of the desk, and that one institution's ids lead nowhere in another."""

from typing import Any

import pytest
from django.urls import reverse

from insignia.domain.catalog import queries as catalog
from insignia.domain.credentials import keyring
from insignia.domain.ground import tenancy
from insignia.domain.institutions import queries as institutions
from insignia.domain.institutions.models import Membership
from insignia.domain.notifications import actions as notifications
from tests.edges.web.program.staff import Desk, desk_for, desk_of, words
from tests.support import builders

# Each page with a role that has everything but the right for it, and a role that has it.
PAGES = {
    "profile": ("program_manager", "Administrator"),
    "policies": ("program_manager", "Administrator"),
    "theme": ("program_manager", "Administrator"),
    "theme_css": ("program_manager", "Administrator"),
    "testmail": ("program_manager", "Administrator"),
    "keys": ("program_manager", "Administrator"),
    "people": ("registrar", "Program manager"),
    "people_add": ("registrar", "Program manager"),
    "people_import": ("registrar", "Program manager"),
    "people_template": ("registrar", "Program manager"),
    "roles": ("registrar", "Program manager"),
    "units": ("registrar", "Program manager"),
    "unit_add": ("registrar", "Program manager"),
    "units_import": ("registrar", "Program manager"),
    "units_template": ("registrar", "Program manager"),
    "levels": ("designer", "Program manager"),
    "level_add": ("designer", "Program manager"),
    "templates": ("registrar", "Designer"),
    "template_add": ("registrar", "Designer"),
    "mail": ("designer", "Registrar"),
    "journal": ("registrar", "Auditor"),
    "journal_csv": ("registrar", "Auditor"),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_closed_to_roles_without_its_right_and_says_who_has_it(institution: Any, name: str) -> None:
    lacking, having = PAGES[name]
    response = desk_of(lacking).get(name)
    assert response.status_code == 403
    assert having in words(response)
    assert desk_of(having.lower().replace(" ", "_")).get(name).status_code == 200


@pytest.mark.parametrize("name", ["setup", "home"])
def test_the_desk_itself_is_for_whoever_looks_after_something(institution: Any, name: str) -> None:
    assert desk_for(builders.a_person()).get(name).status_code == 403
    grantor = builders.a_grantor(of=builders.an_achievement())
    from insignia.domain.people.models import User

    assert desk_for(User.objects.get(pk=grantor.user_pk)).get(name).status_code == 403
    for role in ("administrator", "program_manager", "designer", "auditor"):
        assert desk_of(role).get(name).status_code == 200, role


def test_whoever_is_not_signed_in_is_asked_who_they_are(institution: Any) -> None:
    response = desk_for(None).get("people")
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")
    assert desk_for(None).client.post(desk_for(None).at("people_add"), {}).status_code == 403


def test_a_right_in_one_institution_opens_nothing_in_another(institution: Any) -> None:
    desk = desk_of("administrator")
    with builders.an_institution() as other:
        assert desk.client.get(reverse("program:people", args=[other.slug])).status_code == 403


def _foreign_things() -> dict[str, list[str]]:
    """Addresses that name a thing of the current institution."""
    achievement = builders.an_achievement()
    here = builders.here()
    ring = keyring.rings()[0]
    message = notifications.send_test(by=builders.SYSTEM, institution=here, to="trial@mail.example")
    template = catalog.templates()[0]
    return {
        "key_activate": [ring.lines[0].key.public_id],
        "key_compromise": [ring.lines[0].key.public_id],
        "role_end": [Membership.objects.order_by("pk")[0].public_id],
        "unit": [builders.a_unit().public_id],
        "level": [institutions.levels()[0].public_id],
        "template_sample": [template.public_id],
        "template_drawn": ["level-1", achievement.public_id],
        "message": [message.public_id],
    }


def test_ids_of_another_institution_are_not_found_anywhere(institution: Any) -> None:
    builders.a_member("auditor")
    builders.an_achievement()
    own = _foreign_things()
    with builders.an_institution():
        builders.a_member("auditor")
        foreign = _foreign_things()
    desk = desk_of("administrator")
    assert {name: desk.get(name, *ids).status_code for name, ids in own.items()} == dict.fromkeys(own, 200)
    assert {name: desk.get(name, *ids).status_code for name, ids in foreign.items()} == dict.fromkeys(foreign, 404)


def test_forms_with_ids_of_another_institution_change_nothing(institution: Any) -> None:
    with builders.an_institution() as other:
        foreign_unit = builders.a_unit()
        membership = Membership.objects.get(pk=_membership_of(builders.a_member("registrar")))
        issuer = keyring.rings()[0].issuer
        message = notifications.send_test(by=builders.SYSTEM, institution=other, to="trial@mail.example")
    desk = desk_of("administrator")
    assert desk.send("unit", foreign_unit.public_id, name="Taken over").status_code == 404
    assert desk.send("role_end", membership.public_id).status_code == 404
    assert desk.send("key_prepare", issuer.public_id, kind="ed25519").status_code == 404
    for name in ("message_again", "message_sent", "message_stop"):
        assert desk.send(name, message.public_id).status_code == 404
    assert _added_below(desk, foreign_unit.public_id) == 422
    with tenancy.of(other):
        assert builders.a_unit().name == foreign_unit.name
        assert Membership.objects.filter(pk=membership.pk).exists()
        assert len(keyring.rings()[0].lines) == 2


def _membership_of(actor: Any) -> int:
    return Membership.objects.get(user_id=actor.user_pk).pk


def _added_below(desk: Desk, parent: str) -> int:
    form = {"name": "Cuckoo", "code": "", "kind": "academic", "parent": parent}
    return int(desk.send("unit_add", **form).status_code)
