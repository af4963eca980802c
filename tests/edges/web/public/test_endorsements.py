"""Who approved a badge, on its page and on its credentials, and the institution's signed endorsement at its address."""

import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from insignia.core.openbadges import Outcome
from insignia.domain.access.actor import SYSTEM
from insignia.domain.catalog import actions as catalog
from insignia.domain.credentials import actions as credentials
from insignia.domain.credentials import endorsing, verification
from insignia.domain.ground import tenancy
from insignia.domain.institutions.models import Institution
from tests.core.openbadges import reference
from tests.core.openbadges.test_published_schemas import ARRAYS, PUBLISHED, complaints, schema
from tests.support import builders

pytestmark = pytest.mark.django_db
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
COLLEGE = builders.an_approval("College of Computing", role="unit_approver", on=date(2026, 3, 2))
DATA = {"accept": "application/vc+ld+json"}


def words(answer: Any) -> str:
    """What a reader reads, on one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def page_of(client: Client, achievement: Any) -> str:
    return words(client.get(reverse("public:achievement", args=[achievement.public_id])))


def endorsed(*approvals: Any, **values: Any) -> tuple[Any, Any]:
    """An approved achievement and its endorsement."""
    achievement = builders.an_approved_achievement(*approvals, **values)
    builders.worked_through()
    endorsement = endorsing.about(achievement.current.url)  # type: ignore[union-attr]
    assert endorsement is not None
    return achievement, endorsement


def address_of(endorsement: Any) -> str:
    return reverse("public:endorsement", args=[endorsement.credential.public_id])


class TestOnTheBadge:
    @pytest.mark.requirement("R-095")
    def test_its_page_names_the_bodies_and_the_endorser_with_their_days(
        self, client: Client, institution: Institution
    ) -> None:
        achievement, endorsement = endorsed(COLLEGE, builders.an_approval())
        said = page_of(client, achievement)
        assert "Version 1 was approved by: College of Computing 2 March 2026" in said
        assert "Micro-Credential Committee 13 March 2026" in said
        assert "Endorsed by Pinecrest University on" in said
        page = client.get(reverse("public:achievement", args=[achievement.public_id])).content.decode()
        assert f'href="{address_of(endorsement)}"' in page

    def test_what_was_approved_elsewhere_is_told_as_well(self, client: Client, institution: Institution) -> None:
        achievement = builders.a_draft()
        catalog.activate(
            by=SYSTEM, achievement=achievement, approved_by="The Board of Studies", approved_on=date(2021, 5, 31)
        )
        builders.worked_through()
        said = page_of(client, achievement)
        assert "Version 1 was approved by: The Board of Studies 31 May 2021" in said
        assert "Endorsed by" not in said

    def test_where_nothing_is_known_nothing_is_said(self, client: Client, institution: Institution) -> None:
        said = page_of(client, builders.an_achievement())
        assert "approved by" not in said
        assert "Endorsed" not in said

    @pytest.mark.requirement("R-095")
    def test_a_credential_says_the_same_of_its_version(
        self, client: Client, institution: Institution, shown: Callable[..., Any]
    ) -> None:
        achievement, endorsement = endorsed()
        award = shown(builders.an_award(achievement))
        answer = client.get(reverse("public:credential", args=[award.credential.public_id]))
        assert "Version 1 was approved by: Micro-Credential Committee 13 March 2026" in words(answer)
        assert f'href="{address_of(endorsement)}"' in answer.content.decode()
        assert "The endorsements are genuine (1 of 1 in force)." in words(answer)

    def test_the_role_of_a_body_is_named_where_the_institution_has_a_name_for_it(
        self, client: Client, institution: Institution
    ) -> None:
        achievement, _endorsement = endorsed(builders.an_approval("The Provost", role="program_manager"))
        name = builders.institution_queries.roles().get(key="program_manager").name
        assert f"The Provost {name} 13 March 2026" in page_of(client, achievement)


class TestItself:
    @pytest.mark.requirement("R-095")
    @pytest.mark.parametrize("accept", ["application/vc+ld+json", "application/vc", "application/json"])
    def test_a_program_is_given_the_very_bytes_that_were_signed(
        self, client: Client, institution: Institution, accept: str
    ) -> None:
        _achievement, endorsement = endorsed()
        answer = client.get(address_of(endorsement), headers={"accept": accept})
        assert answer.content == bytes(endorsement.credential.document)
        assert answer["Content-Type"] == accept
        assert answer["Access-Control-Allow-Origin"] == "*"
        kept = client.get(reverse("public:endorsement_json", args=[endorsement.credential.public_id]))
        assert kept.content == answer.content
        assert "attachment" in kept["Content-Disposition"]

    def test_a_person_reads_what_it_says_and_whether_it_holds(self, client: Client, institution: Institution) -> None:
        _achievement, endorsement = endorsed(name="Reading Maps")
        answer = client.get(address_of(endorsement), headers={"accept": BROWSER})
        said = words(answer)
        assert "Endorsement of Reading Maps" in said
        assert "Version 1 of “Reading Maps” was approved by: Micro-Credential Committee, 13 March 2026" in said
        assert "This endorsement is genuine and in force today" in said

    def test_one_that_was_withdrawn_says_so(self, client: Client, institution: Institution) -> None:
        _achievement, endorsement = endorsed()
        credentials.revoke(by=SYSTEM, credentials=[endorsement.credential])
        answer = client.get(address_of(endorsement), headers={"accept": BROWSER})
        assert "This endorsement is not in force any more" in words(answer)

    def test_of_a_variant_it_leads_to_the_variant(self, client: Client, institution: Institution) -> None:
        achievement, _plain = endorsed(level="level_2", variants=("with_distinction",))
        found = endorsing.about(f"{achievement.current.url}/with_distinction")
        page = client.get(address_of(found)).content.decode()
        assert reverse("public:variant", args=[achievement.public_id, 1, "with_distinction"]) in page

    def test_what_is_no_endorsement_is_not_there(self, client: Client, institution: Institution) -> None:
        achievement, endorsement = endorsed()
        award = builders.offered(builders.an_award(achievement))
        assert client.get(reverse("public:endorsement", args=[award.credential.public_id])).status_code == 404
        assert client.get(reverse("public:credential", args=[endorsement.credential.public_id])).status_code == 404

    def test_its_address_may_be_handed_in_to_be_verified(self, client: Client, institution: Institution) -> None:
        _achievement, endorsement = endorsed()
        answer = client.post(reverse("public:verify"), {"url": endorsement.url})
        assert "The signature is genuine" in words(answer) or "Valid" in words(answer)
        asked = client.post("/api/v1/verify", {"url": endorsement.url}, content_type="application/json")
        assert asked.json()["outcome"] == "passed"


@reference.NEEDED
@pytest.mark.requirement("R-095")
@pytest.mark.parametrize("form", [PUBLISHED, ARRAYS], ids=["published", "arrays"])
def test_both_pass_the_schemas_that_are_published(institution: Institution, form: str) -> None:
    achievement, endorsement = endorsed()
    award = builders.held(builders.an_award(achievement))
    whole = json.loads(bytes(award.credential.document))  # type: ignore[union-attr]
    assert complaints(schema(form, "achievementcredential"), whole) == []
    alone = json.loads(bytes(endorsement.credential.document))
    assert complaints(schema(form, "endorsementcredential"), alone) == []


@pytest.mark.requirement("R-095")
def test_somebody_elses_verifier_accepts_the_credential_and_the_endorsement_in_it(
    live_app: Any, node_verifier: Any, shown: Callable[..., Any]
) -> None:
    with tenancy.of(builders.founded()):
        achievement = builders.an_approved_achievement(COLLEGE, builders.an_approval())
        award = shown(builders.an_award(achievement))
        document = json.loads(bytes(award.credential.document))
        inside = document["credentialSubject"]["achievement"]["endorsement"][0]
        whole = node_verifier.verify(document, base=live_app.url)
        alone = node_verifier.verify(inside, base=live_app.url)
        inside["credentialSubject"]["endorsementComment"] = "Praised by everybody."
        changed_alone = node_verifier.verify(inside, base=live_app.url)
        changed_whole = node_verifier.verify(document, base=live_app.url)
        ours = verification.verify(json.dumps(document))
    assert whole == {"verified": True, "error": ""}
    assert alone == {"verified": True, "error": ""}
    assert changed_alone["verified"] is False
    assert changed_whole["verified"] is False
    assert ours.outcome is Outcome.FAILED
