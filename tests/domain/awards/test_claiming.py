"""What earners do: claim by a link, accept, decline, and decide who may see."""

import pytest

from insignia.core.errors import Conflict, InsigniaError, NotFound, NotPermitted, Rejected
from insignia.domain.access.actor import ANONYMOUS
from insignia.domain.awards import actions as awards
from insignia.domain.awards import claims, queries
from insignia.domain.journal import bus
from tests.support.builders import (
    a_grantor,
    a_member,
    a_person,
    accepted,
    acting,
    again,
    an_achievement,
    an_award,
    an_institution,
    offered,
)

pytestmark = pytest.mark.usefixtures("institution")


def test_a_claim_link_opens_what_was_mailed_and_nothing_else() -> None:
    award = offered()
    link = awards.make_claim_link(award.recipient)
    secret = claims.secret_of(link)
    assert claims.link_of(secret).recipient == award.recipient
    assert [o.pk for o in queries.offers_to(link.recipient)] == [award.pk]
    for forged in (secret[:-1], secret[:-1] + ("A" if secret[-1] != "A" else "B"), link.public_id, "", "a.b", "é"):
        with pytest.raises(NotFound):
            claims.link_of(forged)


@pytest.mark.requirement("R-125")
def test_an_earner_claims_and_accepts() -> None:
    award = offered()
    user = a_person(award.recipient.email)
    link = awards.make_claim_link(award.recipient)
    awards.claim(link=link, user=user)
    award = again(award)
    assert awards.accept(by=acting(user), awards=[award]) == 1
    assert (again(award).state, again(award).visibility) == ("accepted", "private")
    link.refresh_from_db()
    assert link.used_at is not None
    awards.claim(link=link, user=user)
    (entry,) = bus.read(name="awards.recipient_claimed")
    assert (entry.subject_id, entry.author) == (award.recipient.public_id, user.public_id)
    assert entry.door == "claim_link"


def test_a_record_is_claimed_by_one_person_only() -> None:
    award = accepted()
    with pytest.raises(Conflict, match="another account"):
        awards.claim(link=awards.make_claim_link(award.recipient), user=a_person())


def test_only_the_earner_accepts_declines_or_shows() -> None:
    award = offered()
    stranger, grantor = acting(a_person()), a_grantor(of=award.achievement)
    for by in (stranger, grantor, ANONYMOUS):
        with pytest.raises(NotPermitted):
            awards.accept(by=by, awards=[award])
        with pytest.raises(NotPermitted):
            awards.decline(by=by, award=award)
        with pytest.raises(NotPermitted):
            awards.set_visibility(by=by, award=award, visibility="public")


def test_a_declined_badge_can_be_offered_again() -> None:
    award = offered()
    user = a_person(award.recipient.email)
    awards.claim(link=awards.make_claim_link(award.recipient), user=user)
    awards.decline(by=acting(user), award=again(award), reason="Not mine")
    assert again(award).state == "declined"
    grantor = a_grantor(of=award.achievement)
    awards.reoffer(by=grantor, award=again(award))
    assert again(award).state == "offered"
    awards.accept(by=acting(user), awards=[again(award)])
    with pytest.raises(InsigniaError):
        awards.decline(by=acting(user), award=again(award))


@pytest.mark.requirement("R-120")
def test_private_until_the_earner_shows_it_and_again_at_once() -> None:
    award = accepted()
    earner = acting(award.recipient.user)
    credential_id = award.credential.public_id
    with pytest.raises(NotFound):
        queries.shown_to(ANONYMOUS, credential_id)
    assert queries.shown_to(earner, credential_id).pk == award.pk
    for visibility in ("public", "link"):
        awards.set_visibility(by=earner, award=again(award), visibility=visibility)
        assert queries.shown_to(ANONYMOUS, credential_id).pk == award.pk
    awards.set_visibility(by=earner, award=again(award), visibility="private")
    with pytest.raises(NotFound):
        queries.shown_to(ANONYMOUS, credential_id)


def test_a_private_credential_and_one_that_does_not_exist_answer_alike() -> None:
    award = accepted()
    with pytest.raises(NotFound) as private:
        queries.shown_to(ANONYMOUS, award.credential.public_id)
    with pytest.raises(NotFound) as absent:
        queries.shown_to(ANONYMOUS, "a" * 26)
    assert (str(private.value), private.value.code) == (str(absent.value), absent.value.code)


@pytest.mark.requirement("R-104")
def test_staff_see_the_awards_of_their_own_unit_only() -> None:
    from insignia.domain.access.actor import Scope
    from tests.support.builders import a_unit

    award = offered(an_award(an_achievement(unit=a_unit("computing"))))
    insider = a_member("issuer", scope=Scope("unit", a_unit("computing").public_id))
    outsider = a_member("issuer", scope=Scope("unit", a_unit("library").public_id))
    assert queries.visible_to(insider).count() == 1
    assert queries.visible_to(outsider).count() == 0
    with pytest.raises(NotFound):
        queries.award_for(outsider, award.public_id)
    with pytest.raises(NotFound):
        queries.shown_to(outsider, award.credential.public_id)


def test_staff_of_another_institution_see_nothing() -> None:
    award = offered()
    with an_institution():
        foreigner = a_member("administrator")
        assert queries.visible_to(foreigner).count() == 0
        with pytest.raises(NotFound):
            queries.award_for(foreigner, award.public_id)
        with pytest.raises(NotFound):
            queries.shown_to(foreigner, award.credential.public_id)


def test_what_may_be_a_minors_is_never_public() -> None:
    with an_institution(default_age_band="unknown"):
        award = accepted()
        earner = acting(award.recipient.user)
        with pytest.raises(Rejected, match="under 18"):
            awards.set_visibility(by=earner, award=award, visibility="public")
        awards.set_visibility(by=earner, award=award, visibility="link")


def test_an_offer_is_shown_only_once_it_is_accepted() -> None:
    award = offered()
    user = a_person(award.recipient.email)
    awards.claim(link=awards.make_claim_link(award.recipient), user=user)
    with pytest.raises(Rejected, match="Accept the badge first"):
        awards.set_visibility(by=acting(user), award=again(award), visibility="public")
