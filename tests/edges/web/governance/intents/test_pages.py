"""The pages of intents: stated in a form, logged and supported by the office, invited, and opened."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from insignia.domain.proposals.intents import links, queries
from insignia.domain.proposals.intents.models import Intent, Invitation
from insignia.domain.proposals.writing.models import Proposal
from tests.support import builders
from tests.support.governance import Cast, a_colleague, cu_cast, filled


@pytest.fixture
def cast(db: None) -> Cast:
    with builders.an_institution(preset="cu_boulder"):
        yield cu_cast()


def at(name: str, *args: str) -> str:
    return reverse(f"governance:{name}", args=[builders.here().slug, *args])


def signed_in(cast: Cast, who: str) -> Client:
    client = Client()
    client.force_login(cast[who])
    return client


def as_typed(intent: Intent) -> dict[str, object]:
    """The form of an intent as a browser sends it, filled in."""
    assert intent.form is not None
    typed: dict[str, object] = {"was": []}
    for key, value in filled(intent.form.form, title="Wildfire Data Mapping").items():
        typed["was"] = [*typed["was"], f"{key} -"]  # type: ignore[misc]
        if isinstance(value, list) and value and isinstance(value[0], dict):
            typed[f"a-{key}.name"] = [row["name"] for row in value]
            typed[f"a-{key}.email"] = [row["email"] for row in value]
        elif isinstance(value, bool):
            typed[f"a-{key}"] = "yes" if value else "no"
        else:
            typed[f"a-{key}"] = value
    return typed


@pytest.mark.requirement("R-057", "R-062")
def test_an_intent_is_stated_in_the_institutions_own_form(cast: Cast) -> None:
    client = signed_in(cast, "proposer")
    began = client.post(at("intent_new"), {"unit": cast.unit.public_id, "level": "noncredit"})
    intent = Intent.objects.get()
    assert began.url == at("intent_edit", intent.public_id)
    page = client.get(began.url).content.decode()
    assert intent.form is not None
    assert all(question.label in page for question in intent.form.form.questions if question.condition is None)
    refused = client.post(began.url, {"was": ["title -"], "a-title": "Wildfire", "send": "1"})
    assert refused.status_code == 422
    assert "Nothing is lost" in refused.content.decode()
    assert Intent.objects.get().title == "Wildfire"
    sent = client.post(began.url, {**as_typed(intent), "send": "1"}, follow=True)
    assert "gets in touch with you" in sent.content.decode()
    assert Intent.objects.get().state == "submitted"


@pytest.mark.requirement("R-057")
def test_the_office_logs_what_came_by_mail(cast: Cast) -> None:
    client = signed_in(cast, "program_manager")
    typed = {
        "title": "Community Solar Basics",
        "contact_name": "Olli Outside",
        "contact_email": "olli@partners.example",
        "unit": cast.unit.public_id,
        "level": "",
        "channel": "email",
        "received_on": "2026-01-05",
        "note": "Came by mail.",
    }
    page = client.post(at("intent_log"), typed, follow=True).content.decode()
    assert "Community Solar Basics" in page
    assert "too long for a first contact" in page
    narrowed = client.get(at("intents"), {"state": "overdue", "q": "solar"}).content.decode()
    assert "No contact yet" in narrowed
    assert "No intent matches" in client.get(at("intents"), {"q": "zebra"}).content.decode()


@pytest.mark.requirement("R-058", "R-059", "R-060")
def test_support_is_logged_and_shows_to_the_proposer_what_is_shared(cast: Cast) -> None:
    intent = stated(cast)
    office, proposer = signed_in(cast, "program_manager"), signed_in(cast, "proposer")
    assert "Not yet" in office.get(at("intent", intent.public_id)).content.decode()
    for audience, text in (("office", "Ask the dean."), ("shared", "We agreed on three outcomes.")):
        typed = {"kind": "call", "on": "2026-01-05", "text": text, "audience": audience}
        typed["file"] = SimpleUploadedFile("notes.txt", b"Three outcomes.")  # type: ignore[assignment]
        office.post(at("intent_contact", intent.public_id), typed)
    assert queries.all_intents().get().state == "in_support"
    seen = proposer.get(at("intent", intent.public_id)).content.decode()
    assert "We agreed on three outcomes." in seen
    assert "Ask the dean." not in seen
    contact = queries.all_intents().get().contacts.get(audience="shared")
    file = proposer.get(at("intent_file", intent.public_id, contact.public_id))
    assert (file.content, file["Content-Disposition"]) == (b"Three outcomes.", 'attachment; filename="notes.txt"')
    hidden = queries.all_intents().get().contacts.get(audience="office")
    assert proposer.get(at("intent_file", intent.public_id, hidden.public_id)).status_code == 404


def stated(cast: Cast) -> Intent:
    client = signed_in(cast, "proposer")
    client.post(at("intent_new"), {"unit": cast.unit.public_id, "level": "noncredit"})
    intent = Intent.objects.latest("pk")
    client.post(at("intent_edit", intent.public_id), {**as_typed(intent), "send": "1"})
    return queries.all_intents().get(pk=intent.pk)


@pytest.mark.requirement("R-061")
def test_the_invitation_opens_the_proposal_and_nothing_else_does(cast: Cast) -> None:
    intent = stated(cast)
    office, proposer = signed_in(cast, "program_manager"), signed_in(cast, "proposer")
    office.post(at("intent_invite", intent.public_id), {"level": "noncredit"})
    link = at("invitation", links.token_of(Invitation.objects.get()))
    assert "Begin the proposal" in proposer.get(link).content.decode()
    assert not Proposal.objects.exists(), "looking at a link begins nothing"
    other = Client()
    other.force_login(a_colleague("faculty"))
    assert other.get(link).status_code == 403
    assert other.post(link).status_code == 403
    opened = proposer.post(link)
    proposal = Proposal.objects.get()
    assert proposal.public_id in opened.url
    assert proposal.title == "Wildfire Data Mapping"


@pytest.mark.requirement("R-061")
def test_a_link_that_was_withdrawn_says_so(cast: Cast) -> None:
    intent = stated(cast)
    office, proposer = signed_in(cast, "program_manager"), signed_in(cast, "proposer")
    office.post(at("intent_invite", intent.public_id), {"level": "noncredit"})
    link = at("invitation", links.token_of(Invitation.objects.get()))
    office.post(at("intent_revoke", intent.public_id))
    page = proposer.get(link)
    assert page.status_code == 403
    assert "was withdrawn" in page.content.decode()
    assert proposer.get(at("invitation", "made-up")).status_code == 404


def test_who_only_proposes_cannot_look_after_intents(cast: Cast) -> None:
    intent = stated(cast)
    client = signed_in(cast, "proposer")
    for name, typed in (
        ("intent_decline", {"reason": "No"}),
        ("intent_invite", {"level": "noncredit"}),
        ("intent_contact", {"kind": "call", "on": "2026-01-05", "text": "x", "audience": "office"}),
        ("intent_plan", {"next_action": "x"}),
    ):
        assert client.post(at(name, intent.public_id), typed).status_code == 403, name
    assert queries.all_intents().get().state == "submitted"
