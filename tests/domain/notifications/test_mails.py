"""What the mails say and how they are made: both parts, pictures inside, nothing from outside, no way into a header."""

import re
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from html import unescape
from io import BytesIO
from urllib.parse import urlsplit

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from insignia.core.errors import Rejected
from insignia.domain.access.actor import SYSTEM
from insignia.domain.awards import actions as awards
from insignia.domain.awards import claims
from insignia.domain.awards.issuance import Assessed
from insignia.domain.awards.models import AwardBatch, Recipient
from insignia.domain.catalog.models import Achievement
from insignia.domain.ground import clock
from insignia.domain.institutions import actions as institutions
from insignia.domain.institutions.models import Institution
from insignia.domain.notifications import actions, letters, mime, rendering
from insignia.domain.notifications.letters import Button, Letter
from insignia.domain.notifications.models import Kind, MailText, Message
from insignia.domain.notifications.periodic import look_ahead
from tests.domain.notifications.mails import (
    REMOTE,
    about,
    again,
    an_offer,
    html_of,
    offer_of,
    pictures_of,
    text_of,
    written,
)
from tests.support.builders import (
    a_grantor,
    a_member,
    a_person,
    accepted,
    an_achievement,
    an_earner,
    here,
    offered,
    worked_through,
)
from tests.support.governance_mails import tell_the_story

pytestmark = pytest.mark.usefixtures("institution")


def _requests_decided(achievement: Achievement) -> None:
    """A unit has asked the Registrar to issue; one row came back, the other was issued."""
    data = b"email,name,awarded_on\nr1@students.example,R One,2026-05-04\nr2@students.example,R Two,2026-05-04\n"
    unit, registrar = a_member("issuer"), a_member("registrar")
    request = awards.upload_request(
        by=unit, achievement=achievement, data=data, filename="cohort.csv", assessed=Assessed()
    )
    awards.send_request(by=unit, request=request, attested=awards.ATTESTATION_TEXT)
    row = request.rows.get(number=2).public_id
    awards.return_rows(by=registrar, request=request, rows=[row], reason="The name differs from our records.")
    batch = awards.issue_valid(by=registrar, request=request)
    worked_through()
    awards.release_batch(by=registrar, batch=batch)
    with clock.frozen(clock.now() + timedelta(minutes=16)):
        worked_through()


def one_of_every_kind() -> dict[str, EmailMessage]:
    """A mail of each kind, written when the news of it came."""
    found: dict[str, EmailMessage] = {}

    def take() -> None:
        worked_through()
        for message in Message.objects.order_by("pk"):
            if message.kind not in found and letters.compose(message) is not None:
                found[message.kind] = written(message)

    registrar, start = a_member("registrar"), clock.now()
    a_grantor(of=an_achievement(), trained_on=None)
    institutions.give_role(
        by=SYSTEM, institution=here(), email="staff@staff.example", name="Staff Person", role_key="auditor"
    )
    actions.send_test(by=a_member("administrator"), institution=here(), to="me@staff.example")
    kept = accepted(achievement=an_achievement(level="souvenir", valid_months=12))
    batch = AwardBatch.objects.create(
        achievement=kept.achievement, source="file", created_by=a_person(), state=AwardBatch.State.GRANTED
    )
    actions.tell_of_batch(batch, batch.created_by, cause="entry")
    _requests_decided(kept.achievement)
    offer = offered()
    take()
    Message.objects.filter(pk=offer_of(offer).pk).update(state="sent")
    awards.reoffer(by=a_grantor(of=offer.achievement), award=offer)
    take()
    Message.objects.filter(tells_of__award=offer).update(state="sent")
    with clock.frozen(start + timedelta(days=4)):
        awards.remind_due(here())
        take()
    awards.suspend(by=registrar, award=kept, reason="A question came up")
    take()
    awards.reinstate(by=registrar, award=kept, reason="Answered")
    corrected, revoked = accepted(), accepted()
    awards.correct_award(by=registrar, award=corrected, reason="Married", name="Other Name")
    awards.revoke(by=registrar, awards=[revoked], code="error", reason="Wrong person")
    take()
    with clock.frozen(start + timedelta(days=340)):
        look_ahead()
        take()
    with clock.frozen(start + timedelta(days=370)):
        awards.expire_due(here())
        take()
    tell_the_story(take)
    return found


@pytest.mark.requirement("R-125")
def test_every_kind_of_mail_has_both_parts_says_the_same_in_both_and_fetches_nothing():
    mails = one_of_every_kind()
    assert set(mails) == set(Kind.values)
    for kind, mail in mails.items():
        assert mail.get_content_type() == "multipart/alternative", kind
        assert next(part.get_content_type() for part in mail.iter_parts()) == "text/plain", kind
        text, html = text_of(mail), html_of(mail)
        assert here().name in text, kind
        assert not REMOTE.search(html), kind
        assert not re.search(r"\{\{|\{%|%\(|None", text + html), kind
        for paragraph in re.findall(r'<p style="margin:0 0 16px">(.*?)</p>', html):
            assert unescape(paragraph) in text, kind
        for link in re.findall(r'href="([^"]+)"', html):
            assert unescape(link) in text, kind
            assert link == here().website or urlsplit(link).netloc == "localhost:8000", kind
        assert mail["Subject"].strip(), kind
        assert mail["Auto-Submitted"] == "auto-generated"
        used = set(re.findall(r'src="cid:([^"]+)"', html))
        assert used == {picture["Content-ID"][1:-1] for picture in pictures_of(mail)}, kind


class TestTheOffer:
    @pytest.mark.requirement("R-125", "R-201")
    def test_it_names_the_badge_shows_it_and_leads_to_the_claim(self):
        award, message = an_offer()
        mail = written(message)
        assert award.version.name in mail["Subject"]
        assert award.recipient.name in text_of(mail)
        (picture,) = pictures_of(mail)
        image = Image.open(BytesIO(picture.get_content()))
        assert (image.format, image.size) == ("PNG", (600, 600))
        assert picture.get_content() == bytes(award.image.png)
        assert award.image.alt.split("\n")[0][:20] in html_of(mail)
        (address,) = re.findall(r"http://localhost:8000/claim/(\S+)", text_of(mail))
        link = claims.link_of(address)
        assert link.recipient == award.recipient

    def test_the_link_is_made_when_the_mail_is_written_and_stays_the_same_when_it_is_tried_again(self):
        award, message = an_offer()
        assert award.recipient.claim_links.count() == 0
        assert text_of(written(message)) == text_of(written(again(message)))
        (link,) = award.recipient.claim_links.all()
        assert again(message).params == {"link": link.public_id}

    def test_several_badges_are_named_and_shown(self):
        earner = an_earner()
        few = [offered(achievement=an_achievement(level="souvenir"), earner=earner) for _ in range(2)]
        worked_through()
        mail = written(offer_of(few[0]))
        assert "2 badges" in mail["Subject"]
        assert all(award.version.name in text_of(mail) for award in few)
        assert len(pictures_of(mail)) == 2

    def test_many_badges_are_shown_small(self):
        earner = an_earner()
        many = [offered(achievement=an_achievement(level="souvenir"), earner=earner) for _ in range(5)]
        worked_through()
        mail = written(offer_of(many[0]))
        sizes = {Image.open(BytesIO(picture.get_content())).size for picture in pictures_of(mail)}
        assert sizes == {(128, 128)}
        assert len(bytes(mail)) < 500_000

    def test_what_was_revoked_in_the_meantime_is_not_offered(self):
        award, message = an_offer()
        awards.revoke(by=a_member("registrar"), awards=[award], code="error", reason="Wrong person")
        assert letters.compose(message) is None

    def test_it_comes_in_the_institutions_name_and_answers_go_to_its_people(self, settings):
        settings.DEFAULT_FROM_EMAIL = "Insignia <badges@mail.pinecrest.example>"
        _award, message = an_offer()
        mail = written(message)
        (sender,) = mail["From"].addresses
        assert (sender.display_name, sender.addr_spec) == (here().name, "badges@mail.pinecrest.example")
        assert mail["Reply-To"].addresses[0].addr_spec == here().contact_email

    @pytest.mark.parametrize("contact", ["", "nobody at all", "a@b\r\nBcc: x@x.example"])
    def test_a_contact_address_that_is_none_costs_no_mail(self, contact):
        _award, message = an_offer()
        Institution.objects.filter(pk=here().pk).update(contact_email=contact)
        assert written(message)["Reply-To"] is None

    def test_the_reason_of_a_revocation_is_told(self):
        award = accepted()
        awards.revoke(
            by=a_member("registrar"), awards=[award], code="error", reason="It was meant for <somebody> else."
        )
        worked_through()
        (message,) = about(award, Kind.REVOKED)
        mail = written(message)
        assert "It was awarded by mistake. It was meant for <somebody> else" in text_of(mail)
        assert "&lt;somebody&gt;" in html_of(mail)
        assert "<somebody>" not in html_of(mail)


class TestOwnWords:
    def test_an_institution_words_its_mails_itself_and_cannot_lose_the_link(self):
        award, message = an_offer()
        text = "Dear {name},\n\n{institution} gives you {badges}. {% now 'Y' %} {{ settings.SECRET_KEY }} <b>Bold</b>"
        actions.set_mail_text(
            by=a_member("administrator"),
            institution=here(),
            kind=Kind.OFFER,
            language="en",
            subject="For {name}: {badges}",
            body=text,
        )
        mail = written(message)
        assert mail["Subject"] == f"For {award.recipient.name}: {award.version.name}"
        assert f"{here().name} gives you {award.version.name}. {{% now 'Y' %}}" in text_of(mail)
        assert "&lt;b&gt;Bold" in html_of(mail)
        assert "/claim/" in text_of(mail)

    def test_a_place_that_cannot_be_filled_is_refused(self):
        with pytest.raises(Rejected):
            actions.set_mail_text(
                by=a_member("administrator"), institution=here(), kind=Kind.OFFER, language="en", body="{passwort}"
            )

    def test_the_words_of_the_house_come_back(self):
        _award, message = an_offer()
        by = a_member("administrator")
        text = actions.set_mail_text(by=by, institution=here(), kind=Kind.OFFER, language="en", subject="Ours")
        assert written(message)["Subject"] == "Ours"
        actions.drop_mail_text(by=by, text=text)
        assert written(message)["Subject"] != "Ours"


INJECTIONS = [
    "Ada\r\nBcc: everybody@x.example",
    "Ada\nBcc: everybody@x.example",
    "Ada\rBcc: everybody@x.example",
    "Ada\r\n\r\n<script>alert(1)</script>",
    "Ada\u2028Bcc: everybody@x.example",
    "Ada\u0085Bcc: everybody@x.example",
    "Ada\x0bBcc: x@x.example\x0c",
    "Ada\x01Bcc: x@x.example",
    "=?utf-8?q?Ada=0ABcc:_x@x.example?=",
    "=?utf-8?b?QWRhDQpCY2M6IHhAeC5leGFtcGxl?=",
    'Ada" <everybody@x.example>, "',
    "Ada, everybody@x.example",
    "Ada <everybody@x.example>",
    "(comment) Ada; group: everybody@x.example;",
    'Ada \\" <x@x.example>',
    "%0D%0ABcc: everybody@x.example",
    "نرگس\u202e\u2066Bcc: x",
    "A" * 180,
]


class TestHeaders:
    def test_nothing_that_people_write_gets_into_a_header_of_its_own(self):
        award, message = an_offer()
        for text in INJECTIONS:
            Recipient.objects.filter(pk=award.recipient_id).update(name=text)
            Institution.objects.filter(pk=here().pk).update(name=text)
            MailText.objects.update_or_create(kind=Kind.OFFER, language="en", defaults={"subject": f"{text} {{name}}"})
            self.safe(written(message), award.recipient.email)

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=60)
    @given(name=st.text(max_size=120), house=st.text(min_size=1, max_size=120), subject=st.text(max_size=200))
    def test_whatever_people_are_called_the_mail_has_its_own_headers_only(self, name, house, subject):
        letter = Letter("test", "en", Institution(name=house), "to@x.example", name, button=Button("Go", "http://x"))
        message = Message(kind="test", address="to@x.example", message_id="<a@b>", public_id="a" * 26)
        words = rendering.Rendered(subject=rendering.rules.one_line(subject)[:250], text="Text\n", html="<p>Text</p>")
        mail = mime.assemble(message, letter, words, at=datetime(2026, 5, 4, 12, tzinfo=UTC))
        self.safe(parsed(mail.content), "to@x.example")
        assert mail.recipient == "to@x.example"

    @staticmethod
    def safe(mail, to):
        assert set(mail.keys()) <= {
            "From",
            "To",
            "Reply-To",
            "Subject",
            "Date",
            "Message-ID",
            "Auto-Submitted",
            "Content-Language",
            "MIME-Version",
            "Content-Type",
        }
        assert [address.addr_spec for address in mail["To"].addresses] == [to]
        assert len(mail["From"].addresses) == 1
        assert mail["From"].addresses[0].addr_spec == "insignia@localhost"


def parsed(content):
    assert content.isascii()
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert all(len(line) <= 998 for line in content.split(b"\r\n"))
    return message_from_bytes(content, policy=policy.default)


class TestAddresses:
    def test_a_domain_of_other_letters_goes_over_the_wire_in_its_ascii_form(self):
        assert mime.wire_address("ada@bücher.example") == "ada@xn--bcher-kva.example"

    @pytest.mark.parametrize(
        "address",
        [
            "",
            "ada",
            "@x.example",
            "ada@",
            "ada@x.example\r\nRCPT TO:<b@x.example>",
            "a b@x.example",
            "ü@x.example",
            "ada@" + "a" * 70 + ".example",
            "ada@x..example",
            "\x00@x.example",
        ],
    )
    def test_what_is_no_address_is_not_written_to(self, address):
        with pytest.raises(mime.Unwritable):
            mime.wire_address(address)


def test_the_words_are_those_of_the_mails_language(monkeypatch):
    _award, message = an_offer()
    with translation.override("en"):
        english = rendering.render(letters.compose(message)).html  # type: ignore[arg-type]
    assert '<html lang="en" dir="ltr">' in english
    monkeypatch.setattr(message, "language", "ar")
    with translation.override("ar"):
        arabic = rendering.render(letters.compose(message)).html  # type: ignore[arg-type]
    assert '<html lang="ar" dir="rtl">' in arabic


def test_the_language_is_the_persons_own_where_it_is_known():
    user = a_person("sp@students.example")
    user.language = "es"
    user.save(update_fields=["language"])
    award = offered(earner=an_earner(email=user.email))
    awards.claim(link=awards.make_claim_link(award.recipient), user=user)
    worked_through()
    assert offer_of(award).language == "es"
    other = offered()
    worked_through()
    assert offer_of(other).language == here().language
