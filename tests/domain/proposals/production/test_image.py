"""The image: briefed, proved in rounds, signed off by whoever asked for it."""

import pytest

from insignia.core.errors import Conflict, NotPermitted, Rejected
from insignia.domain.catalog import queries as catalog_queries
from insignia.domain.institutions.models import Institution
from insignia.domain.proposals.production import actions, checks
from insignia.domain.proposals.production.models import Production
from tests.support import production
from tests.support.governance import a_colleague, actor, ksu_cast

KEY = "image_with_communications"
PICTURE = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><circle cx="32" cy="32" r="20" fill="#1f5f8b"/></svg>'
)


def draft_artwork(found: Production) -> int | None:
    now = production.again(found)
    assert now.achievement is not None
    draft = catalog_queries.draft_of(now.achievement)
    assert draft is not None
    return draft.artwork_id


@pytest.mark.requirement("R-056")
def test_from_the_brief_over_two_proofs_to_the_sign_off(institution: Institution) -> None:
    cast = ksu_cast()
    designer = actor(a_colleague("designer", name="Drawing Dana"))
    found = production.made(cast, production.in_production(cast))
    task = production.task(found, KEY)
    actions.write_brief(by=cast.actor("proposer"), task=task, brief="A cloud, and something that grounds it.")
    task = production.task(found, KEY)
    assert (task.state, task.brief) == ("doing", "A cloud, and something that grounds it.")
    first = actions.add_proof(by=designer, task=task, picture=PICTURE, alt="A disc", note="A first idea")
    assert bytes(first.svg).startswith(b"<svg") or b"<svg" in bytes(first.svg)[:300]
    assert production.task(found, KEY).state == "in_approval"
    with pytest.raises(NotPermitted):
        actions.sign_off(by=designer, proof=first)
    with pytest.raises(Rejected, match="otherwise"):
        actions.ask_for_changes(by=cast.actor("proposer"), proof=first, answer=" ")
    actions.ask_for_changes(by=cast.actor("proposer"), proof=first, answer="More cloud.")
    task = production.task(found, KEY)
    assert (task.state, task.reason) == ("doing", "More cloud.")
    second = actions.add_proof(by=designer, task=task, picture=PICTURE, alt="A larger disc")
    actions.sign_off(by=cast.actor("proposer"), proof=second)
    assert production.task(found, KEY).state == "done"
    assert draft_artwork(found) == second.artwork_id
    with pytest.raises(Conflict, match="newer proof"):
        actions.sign_off(by=cast.actor("proposer"), proof=first)


def test_another_picture_than_the_one_signed_off_keeps_it_from_being_active(institution: Institution) -> None:
    from insignia.domain.catalog import actions as catalog

    cast = ksu_cast()
    designer = actor(a_colleague("designer"))
    found = production.made(cast, production.in_production(cast))
    proof = actions.add_proof(by=designer, task=production.task(found, KEY), picture=PICTURE, alt="A disc")
    actions.sign_off(by=cast.actor("proposer"), proof=proof)
    assert checks.lacking(production.task(found, KEY)) == []
    catalog.drop_artwork(by=cast.actor("program_manager"), achievement=production.again(found).achievement)
    assert [reason.code for reason in checks.lacking(production.task(found, KEY))] == ["image_other"]


def test_nobody_signs_off_a_picture_of_their_own(institution: Institution) -> None:
    cast = ksu_cast()
    found = production.made(cast, production.in_production(cast))
    manager = cast.actor("program_manager")
    proof = actions.add_proof(by=manager, task=production.task(found, KEY), picture=PICTURE, alt="A disc")
    with pytest.raises(NotPermitted, match="Somebody else"):
        actions.sign_off(by=manager, proof=proof)


def test_what_is_no_sound_picture_or_has_no_words_is_refused_and_leaves_nothing(institution: Institution) -> None:
    cast = ksu_cast()
    found = production.in_production(cast)
    manager = cast.actor("program_manager")
    for picture, alt in ((b"not a picture", "Nothing"), (PICTURE, " ")):
        with pytest.raises(Rejected):
            actions.add_proof(by=manager, task=production.task(found, KEY), picture=picture, alt=alt)
    assert not production.task(found, KEY).proofs.exists()


def test_once_signed_off_it_takes_no_more_proofs_until_it_is_reopened(institution: Institution) -> None:
    cast = ksu_cast()
    found = production.made(cast, production.in_production(cast))
    manager = cast.actor("program_manager")
    actions.sign_off(by=manager, proof=actions.add_proof(by=manager, task=production.task(found, KEY)))
    with pytest.raises(Rejected, match="Reopen"):
        actions.add_proof(by=manager, task=production.task(found, KEY))
    actions.move(by=manager, task=production.task(found, KEY), verb="reopen")
    assert actions.add_proof(by=manager, task=production.task(found, KEY)).number == 2


def test_what_was_signed_off_before_the_credential_is_made_is_what_it_wears(institution: Institution) -> None:
    cast = ksu_cast()
    designer = actor(a_colleague("designer"))
    found = production.in_production(cast)
    proof = actions.add_proof(by=designer, task=production.task(found, KEY), picture=PICTURE, alt="A disc")
    actions.sign_off(by=cast.actor("proposer"), proof=proof)
    actions.create_credential(by=cast.actor("program_manager"), production=production.again(found))
    assert draft_artwork(found) == proof.artwork_id
    assert checks.lacking(production.task(found, KEY)) == []


def test_another_symbol_than_the_one_signed_off_is_another_image(institution: Institution) -> None:
    cast = ksu_cast()
    found = production.made(cast, production.in_production(cast))
    manager = cast.actor("program_manager")
    actions.sign_off(by=manager, proof=actions.add_proof(by=manager, task=production.task(found, KEY)))
    assert checks.lacking(production.task(found, KEY)) == []
    production.complete(cast, found, symbol="book")
    assert [reason.code for reason in checks.lacking(production.task(found, KEY))] == ["image_other"]
