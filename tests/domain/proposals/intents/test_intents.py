"""Intents: stated or logged, supported, invited, and how one becomes a proposal."""

from datetime import timedelta

import pytest

from insignia.core.errors import NotPermitted, Rejected
from insignia.domain.access.actor import SYSTEM
from insignia.domain.ground import clock
from insignia.domain.institutions import actions as institutions
from insignia.domain.institutions.models import Institution, TaxonomyLevel
from insignia.domain.proposals.intents import actions, links, queries
from insignia.domain.proposals.intents.models import Intent
from insignia.domain.proposals.writing import actions as writing
from insignia.domain.proposals.writing.models import Proposal
from tests.support import builders
from tests.support.governance import Cast, a_colleague, actor, ksu_cast


def a_level(key: str = "level_1") -> TaxonomyLevel:
    return TaxonomyLevel.objects.get(key=key)


def stated(cast: Cast, *, level: TaxonomyLevel | None = None) -> Intent:
    """An intent that was sent."""
    intent = actions.begin_intent(by=cast.actor("proposer"), unit=cast.unit, level=level)
    actions.write_intent(by=cast.actor("proposer"), intent=intent, sent={}, title="Event Planning", note="Events.")
    return actions.submit_intent(by=cast.actor("proposer"), intent=intent)


def by_invitation() -> None:
    institutions.set_policies(by=SYSTEM, institution=builders.here(), policies={"proposal_by_invitation": True})


def invited(cast: Cast) -> tuple[Intent, str]:
    """An invited intent, and the token of its link."""
    by_invitation()
    intent = stated(cast, level=a_level())
    invitation = actions.invite(by=cast.actor("program_manager"), intent=intent)
    return queries.all_intents().get(pk=intent.pk), links.token_of(invitation)


@pytest.mark.requirement("R-057")
def test_an_intent_is_stated_or_logged_and_the_office_finds_both(institution: Institution) -> None:
    cast = ksu_cast()
    office = cast.actor("program_manager")
    one = stated(cast)
    two = actions.log_intent(
        by=office, unit=cast.unit, title="Lab Safety", contact_name="Olli", contact_email="Olli@Partners.example"
    )
    assert {intent.pk for intent in queries.visible_to(office)} == {one.pk, two.pk}
    assert {intent.pk for intent in queries.visible_to(cast.actor("proposer"))} == {one.pk}
    assert (two.state, two.contact_email) == ("submitted", "olli@partners.example")


def test_whoever_has_the_address_finds_an_intent_that_was_logged_for_them(institution: Institution) -> None:
    cast = ksu_cast()
    intent = actions.log_intent(
        by=cast.actor("program_manager"),
        unit=cast.unit,
        title="Lab Safety",
        contact_name="Olli",
        contact_email="olli@partners.example",
    )
    other = builders.a_person("olli@partners.example")
    assert [one.pk for one in queries.visible_to(actor(other))] == [intent.pk]


@pytest.mark.requirement("R-058")
def test_it_is_overdue_until_somebody_gets_in_touch(institution: Institution) -> None:
    cast = ksu_cast()
    office, intent = cast.actor("program_manager"), stated(cast)
    start = clock.now()
    with clock.frozen(start + timedelta(days=5)):
        assert not queries.lines([intent], institution)[0].is_overdue
    with clock.frozen(start + timedelta(days=6)):
        assert queries.lines([intent], institution)[0].is_overdue
        assert list(queries.overdue(queries.visible_to(office), institution)) == [intent]
        today = clock.today_in(institution.zone)
        actions.log_contact(by=office, intent=intent, kind="note", text="Ask the dean first.", on=today)
        assert queries.overdue(queries.all_intents(), institution).exists()
        actions.log_contact(by=office, intent=intent, kind="call", text="We talked.", on=today)
        again = queries.all_intents().get(pk=intent.pk)
        assert (again.first_contact_on, again.state) == (today, "in_support")
        assert not queries.overdue(queries.all_intents(), institution).exists()


@pytest.mark.requirement("R-060")
def test_what_the_office_notes_for_itself_is_not_shown_to_the_proposer(institution: Institution) -> None:
    cast = ksu_cast()
    office, intent = cast.actor("program_manager"), stated(cast)
    today = clock.today_in(institution.zone)
    for audience in ("office", "shared"):
        actions.log_contact(by=office, intent=intent, kind="call", text=audience, on=today, audience=audience)
    assert [one.text for one in queries.contacts_of(intent, cast.actor("proposer"))] == ["shared"]
    assert {one.text for one in queries.contacts_of(intent, office)} == {"office", "shared"}


@pytest.mark.requirement("R-061")
def test_without_an_invitation_nobody_begins_a_proposal_where_one_is_asked_for(institution: Institution) -> None:
    by_invitation()
    cast = ksu_cast()
    with pytest.raises(NotPermitted, match="begins with an intent"):
        writing.begin_proposal(by=cast.actor("proposer"), unit=cast.unit, level=a_level())
    with pytest.raises(NotPermitted):
        actions.open_proposal(by=cast.actor("proposer"), intent=stated(cast), level=a_level())
    assert not Proposal.objects.exists()


@pytest.mark.requirement("R-061")
def test_the_link_opens_the_proposal_of_its_intent_once(institution: Institution) -> None:
    cast = ksu_cast()
    intent, token = invited(cast)
    proposal = actions.open_invitation(by=cast.actor("proposer"), invitation=links.invitation_of(token))
    assert (proposal.title, proposal.via) == ("Event Planning", "signed_link")
    assert queries.all_intents().get(pk=intent.pk).state == "converted"
    same = actions.open_invitation(by=cast.actor("proposer"), invitation=links.invitation_of(token))
    assert same.pk == proposal.pk


def test_the_link_is_for_nobody_else(institution: Institution) -> None:
    cast = ksu_cast()
    _intent, token = invited(cast)
    with pytest.raises(NotPermitted, match="somebody else"):
        actions.open_invitation(by=actor(a_colleague("faculty")), invitation=links.invitation_of(token))


@pytest.mark.requirement("R-061")
def test_a_link_that_was_revoked_or_has_expired_opens_nothing(institution: Institution) -> None:
    cast = ksu_cast()
    intent, token = invited(cast)
    with clock.frozen(clock.now() + timedelta(days=31)), pytest.raises(NotPermitted, match="expired"):
        actions.open_invitation(by=cast.actor("proposer"), invitation=links.invitation_of(token))
    live = queries.live_invitation(intent)
    assert live is not None
    actions.revoke_invitation(by=cast.actor("program_manager"), invitation=live)
    with pytest.raises(NotPermitted, match="withdrawn"):
        actions.open_invitation(by=cast.actor("proposer"), invitation=links.invitation_of(token))
    assert queries.all_intents().get(pk=intent.pk).state == "in_support"


def test_a_new_invitation_replaces_the_one_before(institution: Institution) -> None:
    cast = ksu_cast()
    intent, first = invited(cast)
    actions.invite(by=cast.actor("program_manager"), intent=intent)
    with pytest.raises(NotPermitted, match="withdrawn"):
        actions.open_invitation(by=cast.actor("proposer"), invitation=links.invitation_of(first))


def test_what_nobody_opened_lapses_and_can_be_invited_again(institution: Institution) -> None:
    cast = ksu_cast()
    intent, _token = invited(cast)
    with clock.frozen(clock.now() + timedelta(days=31)):
        assert actions.lapse_due(institution) == 1
        assert actions.lapse_due(institution) == 0
        lapsed = queries.all_intents().get(pk=intent.pk)
        assert lapsed.state == "lapsed"
        actions.invite(by=cast.actor("program_manager"), intent=lapsed)
        assert queries.all_intents().get(pk=intent.pk).state == "invited"


def test_declining_wants_a_reason(institution: Institution) -> None:
    cast = ksu_cast()
    with pytest.raises(Rejected, match="Say why"):
        actions.decline(by=cast.actor("program_manager"), intent=stated(cast), reason=" ")


def test_only_the_office_looks_after_intents(institution: Institution) -> None:
    cast = ksu_cast()
    intent = stated(cast)
    for act in (
        lambda by: actions.decline(by=by, intent=intent, reason="No."),
        lambda by: actions.invite(by=by, intent=intent),
        lambda by: actions.log_contact(by=by, intent=intent, kind="call", text="x", on=clock.now().date()),
        lambda by: actions.plan_support(by=by, intent=intent, assignee=None, next_action="", next_action_on=None),
    ):
        for who in ("proposer", "unit_leader", "executive"):
            with pytest.raises(NotPermitted):
                act(cast.actor(who))
