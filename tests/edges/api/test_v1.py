"""The API: tokens, awards, batches, verification; errors as problems; one effect for one key."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from insignia.domain.access.actor import SYSTEM, Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.awards.models import Award
from insignia.domain.ground import clock
from insignia.domain.institutions import actions as institutions
from insignia.domain.institutions import queries as institution_queries
from insignia.domain.people.models import User
from tests.support.builders import (
    a_grantor,
    a_member,
    acting,
    again,
    an_achievement,
    an_award,
    an_institution,
    here,
    offered,
    today,
    worked_through,
)

pytestmark = pytest.mark.usefixtures("institution")


def token_of(by: Actor, *permissions: Permission, days: int = 30) -> str:
    wanted = permissions or (Permission.AWARD_GRANT, Permission.AWARD_READ, Permission.ACHIEVEMENT_READ)
    _token, secret = institutions.make_token(
        by=by, institution=here(), name="tests", permissions=wanted, expires_at=clock.now() + timedelta(days=days)
    )
    return secret


class Api:
    """A caller with a token."""

    def __init__(self, secret: str = "") -> None:
        self.client = Client()
        self.headers = {"Authorization": f"Bearer {secret}"} if secret else {}

    def post(self, path: str, body: Any, **headers: str) -> Any:
        return self.client.post(
            f"/api/v1{path}", json.dumps(body), content_type="application/json", headers={**self.headers, **headers}
        )

    def get(self, path: str) -> Any:
        return self.client.get(f"/api/v1{path}", headers=self.headers)


def award_body(achievement: Any, **changes: Any) -> dict[str, Any]:
    return {
        "achievement": achievement.slug,
        "email": "ana@students.example",
        "name": "Ana Núñez",
        "evidence": [{"name": "Workbook", "url": "https://work.example/1"}],
        **changes,
    }


def test_a_token_of_a_grantor_awards_one_person() -> None:
    achievement = an_achievement()
    api = Api(token_of(a_grantor(of=achievement)))
    response = api.post("/awards", award_body(achievement))
    assert response.status_code == 201
    body = response.json()
    assert (body["state"], body["email"], body["awarded_on"]) == (
        "granted",
        "ana@students.example",
        today().isoformat(),
    )
    worked_through()
    assert api.get(f"/awards/{body['id']}").json()["state"] == "held"


@pytest.mark.requirement("R-030")
def test_the_level_policy_holds_in_the_api() -> None:
    achievement = an_achievement(level="level_1")
    response = Api(token_of(a_grantor(of=achievement))).post("/awards", award_body(achievement, evidence=[]))
    assert response.status_code == 422
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["code"] == "evidence_missing"
    assert not Award.objects.exists()


@pytest.mark.requirement("R-034", "R-035")
def test_level_two_needs_evidence_and_consent_in_the_api() -> None:
    achievement = an_achievement(level="level_2")
    api = Api(token_of(a_grantor(of=achievement)))
    response = api.post("/awards", award_body(achievement, evidence=[]))
    assert {error["code"] for error in response.json()["errors"]} == {
        "shared_evidence_missing",
        "share_consent_missing",
    }
    assert api.post("/awards", award_body(achievement, share_consent_on=today().isoformat())).status_code == 201


def test_the_same_key_awards_once_and_answers_the_same() -> None:
    achievement = an_achievement()
    api = Api(token_of(a_grantor(of=achievement)))
    first = api.post("/awards", award_body(achievement), **{"Idempotency-Key": "k-1"})
    second = api.post("/awards", award_body(achievement), **{"Idempotency-Key": "k-1"})
    assert (first.status_code, first.content) == (second.status_code, second.content)
    assert Award.objects.count() == 1
    other = api.post("/awards", award_body(achievement, name="Else"), **{"Idempotency-Key": "k-1"})
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_mismatch")
    without = api.post("/awards", award_body(achievement))
    assert (without.status_code, without.json()["code"]) == (409, "duplicate")


def test_a_refused_request_may_be_mended_under_its_key() -> None:
    achievement = an_achievement()
    api = Api(token_of(a_grantor(of=achievement)))
    assert api.post("/awards", award_body(achievement, evidence=[]), **{"Idempotency-Key": "k"}).status_code == 422
    assert api.post("/awards", award_body(achievement), **{"Idempotency-Key": "k"}).status_code == 201


@pytest.mark.parametrize("secret", ["", "insignia_nonsense", "x" * 500])
def test_without_a_live_token_nothing_is_told(secret: str) -> None:
    api = Api(secret)
    for response in (api.get("/achievements"), api.post("/awards", {}), api.get("/batches/" + "a" * 26)):
        assert response.status_code == 401
        assert response["Content-Type"] == "application/problem+json"
        assert response["WWW-Authenticate"] == "Bearer"


def test_a_token_ends_when_it_expires_is_revoked_or_its_owner_leaves() -> None:
    achievement = an_achievement()
    grantor = a_grantor(of=achievement)
    secret = token_of(grantor, days=1)
    assert Api(secret).get("/achievements").status_code == 200
    with clock.frozen(clock.now() + timedelta(days=2)):
        assert Api(secret).get("/achievements").status_code == 401
    (token, revoked) = institutions.make_token(
        by=grantor,
        institution=here(),
        name="t",
        permissions=[Permission.ACHIEVEMENT_READ],
        expires_at=clock.now() + timedelta(days=1),
    )
    institutions.revoke_token(by=grantor, token=token)
    assert Api(revoked).get("/achievements").status_code == 401
    User.objects.filter(pk=grantor.user_pk).update(is_active=False)
    assert Api(secret).get("/achievements").status_code == 401


def test_a_token_does_no_more_than_its_scope_though_its_owner_may() -> None:
    achievement = an_achievement()
    grantor = a_grantor(of=achievement)
    reader = Api(token_of(grantor, Permission.ACHIEVEMENT_READ))
    assert reader.get("/achievements").json()["total"] == 1
    response = reader.post("/awards", award_body(achievement))
    assert (response.status_code, response.json()["code"]) == (403, "not_permitted")


def test_the_secret_of_a_token_is_kept_as_a_hash_only() -> None:
    from insignia.domain.institutions.models import AccessToken

    secret = token_of(a_member("issuer"), Permission.AWARD_READ)
    row = AccessToken.objects.get()
    assert secret not in str(vars(row))
    assert institution_queries.actor_of_token(secret) is not None


def test_another_institutions_token_sees_none_of_ours() -> None:
    award = offered()
    achievement = award.achievement
    with an_institution():
        api = Api(token_of(a_member("administrator")))
    assert api.get("/achievements").json() == {"items": [], "total": 0}
    assert api.post("/awards", {**award_body(achievement), "achievement": achievement.public_id}).status_code == 404
    assert api.get(f"/awards/{award.public_id}").status_code == 404


def test_a_batch_is_awarded_and_its_bad_rows_are_told() -> None:
    achievement = an_achievement(level="souvenir")
    api = Api(token_of(a_member("issuer")))
    rows = [{"email": f"l{i}@students.example", "name": f"L {i}"} for i in range(5)]
    rows += [{"email": "broken", "name": "Bad"}, {"email": "l1@students.example", "name": "Twice"}]
    response = api.post("/batches", {"achievement": achievement.slug, "release": "now", "rows": rows})
    assert response.status_code == 202
    batch = response.json()
    assert (batch["total"], batch["waiting"], batch["duplicates"], len(batch["errors"])) == (7, 5, 1, 1)
    assert batch["errors"][0]["row"] == 6
    worked_through()
    done = api.get(f"/batches/{batch['id']}").json()
    assert (done["state"], done["waiting"], done["issued"], done["unsigned"]) == ("granted", 0, 5, 0)
    assert set(Award.objects.values_list("state", flat=True)) == {"offered"}


@pytest.mark.requirement("R-119")
def test_anybody_verifies_a_badge() -> None:
    award = offered()
    document = json.loads(bytes(award.credential.document))
    good = Api().post("/verify", {"credential": document})
    assert (good.status_code, good.json()["outcome"]) == (200, "passed")
    document["name"] = "Another name"
    bad = Api().post("/verify", {"credential": document}).json()
    assert bad["outcome"] == "failed"
    assert {c["name"]: c["outcome"] for c in bad["checks"]}["proof"] == "failed"


def test_a_private_badge_of_ours_is_not_revealed_by_its_address() -> None:
    award = offered()
    response = Api().post("/verify", {"url": award.credential.url})
    absent = Api().post("/verify", {"url": award.credential.url[:-26] + "a" * 26})
    assert response.json()["outcome"] == "could_not_check"
    assert response.content == absent.content


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8000/x",
        "http://[::1]/",
        "http://169.254.169.254/latest",
        "file:///etc/passwd",
        "ftp://x.example",
    ],
)
def test_addresses_inside_are_not_fetched(url: str) -> None:
    response = Api().post("/verify", {"url": url})
    if url.startswith("http"):
        assert (response.status_code, response.json()["outcome"]) == (200, "could_not_check")
    else:
        assert response.status_code == 422


@pytest.mark.parametrize("body", [{}, {"text": "x", "url": "https://a.example"}, {"unknown": 1}, [], "x", None])
def test_a_malformed_request_is_a_problem_not_a_crash(body: Any) -> None:
    response = Api().post("/verify", body)
    assert response.status_code == 422
    assert response["Content-Type"] == "application/problem+json"


def test_broken_json_is_a_problem() -> None:
    response = Client().post("/api/v1/verify", "{", content_type="application/json")
    assert response.status_code in (400, 422)
    assert response["Content-Type"] == "application/problem+json"


def test_the_description_is_openapi_3_1_and_names_every_status() -> None:
    description = Client().get("/api/v1/openapi.json").json()
    assert description["openapi"].startswith("3.1")
    for path in description["paths"].values():
        for operation in path.values():
            assert {"422", "404"} <= set(operation["responses"])


@pytest.mark.requirement("R-121")
def test_where_the_registrar_awards_no_token_does() -> None:
    institutions.set_policies(by=SYSTEM, institution=here(), policies={"awarding": "registrar"})
    achievement = an_achievement(level="souvenir")
    api = Api(token_of(a_member("issuer")))
    row = {"email": "ana@students.example", "name": "Ana Núñez"}
    for response in (
        api.post("/awards", award_body(achievement)),
        api.post("/batches", {"achievement": achievement.slug, "rows": [row]}),
    ):
        assert (response.status_code, response.json()["code"]) == (403, "registrar_issues")
        assert "File an issuance request" in response.json()["title"]
    assert not Award.objects.exists()


def test_an_earner_cannot_use_a_token_to_award_to_themselves() -> None:
    achievement = an_achievement()
    grantor = a_grantor(of=achievement)
    user = User.objects.get(pk=grantor.user_pk)
    response = Api(token_of(acting(user))).post("/awards", award_body(achievement, email=user.email.upper()))
    assert (response.status_code, response.json()["code"]) == (403, "self_award")


def test_an_award_that_was_made_elsewhere_is_read_with_its_address() -> None:
    award = offered(an_award(achievement := an_achievement(), by=a_grantor(of=achievement)))
    api = Api(token_of(a_member("issuer")))
    assert api.get(f"/awards/{award.public_id}").json()["credential"] == again(award).credential.url
