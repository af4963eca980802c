"""The checklist says what is there, and nothing else."""

from datetime import date
from typing import Any

import pytest

from insignia.domain.access.actor import SYSTEM
from insignia.domain.credentials import actions as credentials
from insignia.domain.credentials import keyring
from insignia.domain.ground import tenancy
from insignia.domain.institutions import actions as institutions
from insignia.domain.institutions import presets
from insignia.domain.institutions.models import Institution, IssuerProfile
from insignia.domain.journal import bus
from insignia.domain.notifications import readiness, sending
from insignia.domain.notifications.models import Message
from tests.edges.web.program.staff import desk_for, desk_of, words
from tests.support import builders
from tests.support.mail import SmtpSink


def open_steps(institution: Institution) -> set[str]:
    institution.refresh_from_db()
    return {step.key for step in readiness.checklist(institution) if not step.is_done}


@pytest.fixture
def fresh(db: None, settings: Any) -> Any:
    """An institution on its first day, without keys, units or preset."""
    builders.founded()  # writes the key-encryption file
    institution = institutions.found_institution(name="Alder College", zone="Europe/Vienna")
    with tenancy.of(institution):
        yield institution


def test_on_the_first_day_everything_is_open(fresh: Institution) -> None:
    assert open_steps(fresh) == {step.key for step in readiness.checklist(fresh)}


def test_each_step_is_done_when_the_thing_is_there(fresh: Institution, smtp_sink: SmtpSink) -> None:
    todo = open_steps(fresh)

    def done(*keys: str) -> None:
        nonlocal todo
        assert todo - open_steps(fresh) == set(keys)
        todo = open_steps(fresh)

    presets.apply(by=SYSTEM, institution=fresh, name="ksu")
    done("levels", "templates")
    desk = desk_of("administrator")
    done()  # one person runs no programme
    builders.a_member("registrar")
    done("people")
    credentials.open_issuer(by=SYSTEM, issuer=IssuerProfile.objects.get(unit=None))
    done("keys")
    institutions.add_unit(by=SYSTEM, institution=fresh, name="College of Computing", code="computing")
    done("units")
    known = {name: desk.get("profile").context["form"].initial[name] for name in ("name", "zone", "language")}
    profile = {"website": "https://alder.example", "contact_email": "badges@alder.example", "issuer_name": "Alder"}
    saved = desk.send(
        "profile", **known, **profile, issuer_url="https://alder.example", issuer_email="badges@alder.example"
    )
    assert saved.status_code == 200, words(saved)
    done("profile")
    form = desk.get("policies").context["form"]
    desk.send("policies", **{f.html_name: f.value() for f in form if f.value() not in (None, False)})
    done("policies")
    desk.send("testmail", to="noor@alder.example")
    done()  # it has not arrived yet
    sending.send_due()
    assert Message.objects.get(address="noor@alder.example").state == "sent"
    done("mail")
    achievement = builders.an_achievement()
    done("achievement")
    grantor = builders.a_grantor(of=achievement, trained_on=None)
    done()  # appointed, not trained
    builders.a_grantor(of=achievement, trained_on=date(2024, 1, 2))
    done("grantor")
    assert grantor
    builders.an_award(achievement)
    done("award")
    assert todo == set()


def test_the_preset_alone_does_not_count_as_having_looked_at_the_policies(fresh: Institution) -> None:
    presets.apply(by=SYSTEM, institution=fresh, name="blank")
    assert "policies" in open_steps(fresh)


def test_a_level_whose_template_is_missing_leaves_the_templates_open(institution: Any) -> None:
    assert "templates" not in open_steps(institution)
    level = builders.institution_queries.levels().get(key="souvenir")
    policy = type(level.policy).from_data({**level.policy.to_data(), "template": "not-there"})
    institutions.set_level(by=SYSTEM, institution=institution, key="souvenir", name="Souvenir", policy=policy)
    assert "templates" in open_steps(institution)


def test_keys_are_open_again_when_the_active_one_is_given_up(institution: Any) -> None:
    key = next(line.key for line in keyring.rings()[0].lines if line.state == "active")
    credentials.report_compromise(by=SYSTEM, key=key, reason="A laptop was stolen.")
    assert "keys" in open_steps(institution)


def test_the_page_leads_to_the_next_step_that_the_reader_may_take(institution: Any) -> None:
    desk = desk_of("program_manager")
    text = desk.read("setup")
    assert "This is for: Administrator" in text
    page = desk.get("setup").content.decode()
    assert desk.at("profile") not in page
    assert desk.at("units") in page
    assert page.count('data-kind="primary"') <= 1


def test_the_page_reminds_of_the_key_encryption_file_and_tells_when_it_is_missing(
    institution: Any, settings: Any
) -> None:
    desk = desk_of("administrator")
    assert "Keep a copy of the key-encryption file." in desk.read("setup")
    settings.KEY_ENCRYPTION_FILE = settings.KEY_ENCRYPTION_FILE.with_name("gone")
    text = desk.read("setup")
    assert "nothing can be signed until it is back" in text


def test_the_page_asks_the_same_number_of_questions_however_much_there_is(institution: Any) -> None:
    desk = desk_of("administrator")

    def more(number: int) -> None:
        for one in range(number):
            institutions.add_unit(by=SYSTEM, institution=institution, name=f"Unit {number} {one}")
            builders.a_member("registrar")

    more(1)
    few = desk.questions("setup")
    more(8)
    assert desk.questions("setup") == few


def test_somebody_without_a_name_can_use_the_desk(institution: Any) -> None:
    person = builders.a_person("nameless@people.example", name="")
    person.name = ""
    person.save()
    actor = builders.a_member("administrator", user=person)
    assert actor.name
    assert "nameless" in desk_for(person).read("home")


def test_looking_leaves_no_trace_in_the_journal(institution: Any) -> None:
    desk = desk_of("administrator")
    before = bus.read().count()
    for name in ("setup", "home", "journal", "mail", "templates"):
        desk.get(name)
    assert bus.read().count() == before
