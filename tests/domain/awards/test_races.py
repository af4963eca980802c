"""Many processes at once: one award for one person, whatever the database (done-means 3; architecture 2.8)."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from insignia.domain.awards.models import Award, Recipient
from tests.support import builders

WORKER = Path(__file__).with_name("racer.py")


@pytest.mark.django_db(transaction=True)
@pytest.mark.requirement("R-907")
@pytest.mark.slow
def test_five_thousand_grants_of_one_person_from_eight_processes_make_one_award() -> None:
    from django.db import connection

    with builders.an_institution() as institution:
        achievement = builders.an_achievement(level="souvenir")
        issuer = builders.a_member("issuer")
        environment = {
            **os.environ,
            "DATABASE_URL": database_url(connection.settings_dict),
            "PYTHONPATH": str(Path(__file__).parents[3]),
        }
        orders = json.dumps(
            {
                "institution": institution.slug,
                "achievement": achievement.public_id,
                "user": issuer.user_pk,
                "times": 625,
            }
        )
        racers = [
            subprocess.Popen([sys.executable, str(WORKER), orders], env=environment, stdout=subprocess.PIPE, text=True)
            for _ in range(8)
        ]
        results = [json.loads(racer.communicate(timeout=280)[0]) for racer in racers]
        assert all(racer.returncode == 0 for racer in racers)
        assert sum(result["granted"] for result in results) == 1
        assert sum(result["duplicate"] for result in results) == 5000 - 1
        assert (Award.objects.count(), Recipient.objects.count()) == (1, 1)


def database_url(settings: dict) -> str:  # type: ignore[type-arg]
    if "sqlite" in settings["ENGINE"]:
        return f"sqlite:///{settings['NAME']}"
    user, password = settings["USER"], settings["PASSWORD"]
    place = f"{settings['HOST']}:{settings['PORT']}" if settings["PORT"] else ""
    if str(settings["HOST"]).startswith("/"):
        return f"postgres://{user}@/{settings['NAME']}?host={settings['HOST']}"
    return f"postgres://{user}:{password}@{place or settings['HOST']}/{settings['NAME']}"
