"""Workers that can be killed: run as a program of its own on a database of its own.

    killable.py prepare               make the tables
    killable.py storm COUNT KILLS     COUNT deliveries, KILLS workers killed or stopped at random, then work it off
    killable.py poison COUNT          COUNT deliveries among which some end their worker every time
    killable.py points                every failpoint of the journal, killed and raised at, one after the other
    killable.py publish COUNT         COUNT deliveries, and no more
    killable.py worker                what `insignia worker` runs
    killable.py serve                 a supervisor with that worker as its child
    killable.py await                 wait until nothing is owed, and tell what there is

Each prints what it found as one line of JSON. The effect of a delivery is a conditional update: the row of a `job` goes
from 0 to 1 and leaves one line in the `ledger`. Nothing else may ever be seen there.
"""

import json
import os
import random
import signal
import sys
import threading
import time
from datetime import timedelta

import django
from django.conf import settings

from insignia.config import settings as house

# The house's settings with the journal alone: these programs are started by the dozen.
settings.configure(
    **{name: getattr(house, name) for name in dir(house) if name.isupper() and name != "INSTALLED_APPS"},
    INSTALLED_APPS=["insignia.domain.journal"],
)
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, connections, transaction  # noqa: E402

from insignia.domain.ground import failpoints, tenancy  # noqa: E402
from insignia.domain.journal import bus, claiming, delivery, idempotency, periodic, seal, supervisor  # noqa: E402
from insignia.domain.journal.events import DeliveriesReplayed  # noqa: E402
from insignia.domain.journal.models import Delivery, Entry  # noqa: E402

COLLEGE = tenancy.Tenant(1, "college".ljust(26, "a"))
HERE = os.getpid()


class Tester:
    id, name, on_behalf_of, door, institution = "tester", "Tester", "", "command", COLLEGE.public_id


def run(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else cursor.rowcount


def prepare():
    call_command("migrate", "journal", verbosity=0)
    run("CREATE TABLE job (id integer PRIMARY KEY, done integer NOT NULL)")
    run("CREATE TABLE ledger (job integer NOT NULL)")


def publish(count, first=1):
    for start in range(first, first + count, 50):
        with tenancy.of(COLLEGE), transaction.atomic():
            for number in range(start, min(start + 50, first + count)):
                run("INSERT INTO job VALUES (%s, 0)", number)
                bus.publish(DeliveriesReplayed(deliveries=(str(number),)), by=Tester())


def effect(data, entry):
    with transaction.atomic():
        number = int(data["deliveries"][0])
        if run("UPDATE job SET done = 1 WHERE id = %s AND done = 0", number):
            run("INSERT INTO ledger VALUES (%s)", number)
        delivery.heartbeat()


def poison(data, entry):
    number = int(data["deliveries"][0])
    if number % 10 == 0:
        os._exit(3)
    effect(data, entry)


def subscribe(run, tries):
    bus._reactions.clear()
    bus.subscribe(DeliveriesReplayed.name, name="killable", tries=tries)(run)


def fork(work):
    """Run `work` in a child with connections of its own."""
    connections.close_all()
    child = os.fork()
    if child:
        return child
    try:
        signal.alarm(60)  # whatever happens, no child outlives the test
        work()
    except BaseException as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        os._exit(1)
    connections.close_all()
    os._exit(0)


def work_off():
    while Delivery.objects.filter(state__in=["due", "running"]).exists():
        if not delivery.run_due():
            time.sleep(0.02)


def found():
    states = dict(run("SELECT state, count(*) FROM journal_delivery GROUP BY state"))
    return {
        "states": states,
        "ledger": run("SELECT count(*), count(DISTINCT job) FROM ledger")[0],
        "done": run("SELECT count(*) FROM job WHERE done = 1")[0][0],
        "jobs": run("SELECT count(*) FROM job")[0][0],
        "entries": Entry.objects.count(),
    }


def storm(count, kills, seed):
    subscribe(effect, tries=10_000)
    publish(count)
    dice, alive, asleep, killed = random.Random(seed), [], [], 0
    while Delivery.objects.filter(state__in=["due", "running"]).exists() and killed < kills:
        while len(alive) < 3:
            alive.append(fork(work_off))
        time.sleep(dice.uniform(0.005, 0.06))
        victim = alive.pop(dice.randrange(len(alive)))
        if dice.random() < 0.2 and len(asleep) < 3:
            os.kill(victim, signal.SIGSTOP)  # a zombie: it wakes when its lease is over, and goes on
            asleep.append(victim)
        else:
            os.kill(victim, signal.SIGKILL)
            os.waitpid(victim, 0)
            killed += 1
    for victim in asleep:
        os.kill(victim, signal.SIGCONT)
    work_off()
    for victim in alive + asleep:
        os.waitpid(victim, 0)
    most = run("SELECT max(token) FROM journal_delivery")[0][0]
    return {**found(), "killed": killed, "slept": len(asleep), "most_claims": most}


def poisoned(count):
    subscribe(poison, tries=3)
    publish(count)
    died = 0
    while Delivery.objects.filter(state__in=["due", "running"]).exists():
        _pid, status = os.waitpid(fork(work_off), 0)
        died += os.waitstatus_to_exitcode(status) == 3
    reasons = {row[0] for row in run("SELECT last_error FROM journal_delivery WHERE state = 'dead'")}
    dead = sorted(int(row.entry.data["deliveries"][0]) for row in Delivery.objects.filter(state="dead"))
    return {**found(), "died": died, "reasons": sorted(reasons), "dead": dead}


def points():
    """Walk into every failpoint of the journal in a child, then let a healthy worker finish; what is left amiss."""
    subscribe(effect, tries=10_000)
    periodic._jobs.clear()
    periodic.every(0.001, name="killable.seal", patience=0.001)(seal.seal)
    amiss, reached, first = [], {}, 1

    def everything():
        publish(3, first)
        outcome = idempotency.once(f"k{first}", actor_id="a", request_hash="h", institution="i")
        with transaction.atomic():
            Entry.objects.create(name="killable.effect", author="x", subject_id=f"k{first}")
            outcome.finish(status=200, content_type="text/plain", body=b"")
        work_off()
        periodic.run_due()

    for name in sorted(point for point in failpoints.REGISTERED if point.startswith("journal.")):
        for kind in ("kill", "raise"):
            os.environ["INSIGNIA_FAIL"] = f"{name}:{kind}"
            failpoints._passages.clear()
            _pid, status = os.waitpid(fork(everything), 0)
            del os.environ["INSIGNIA_FAIL"]
            reached[f"{name}:{kind}"] = os.waitstatus_to_exitcode(status)
            work_off()
            seal.seal()
            facts = found()
            published = run("SELECT count(*) FROM journal_entry WHERE name = %s", DeliveriesReplayed.name)[0][0]
            kept = run("SELECT count(*) FROM journal_idempotencykey WHERE status = 200")[0][0]
            effects = Entry.objects.filter(name="killable.effect").count()
            whole = facts["ledger"] == (facts["jobs"],) * 2 and facts["done"] == facts["jobs"] == published
            if not whole or kept != effects or seal.verify_chain() is not None or seal.unsealed():
                amiss.append({"point": name, "kind": kind, **facts, "kept": kept, "effects": effects})
            first += 3
    return {"amiss": amiss, "reached": reached}


def main():
    signal.alarm(120)
    claiming.LEASE = timedelta(seconds=0.4)
    claiming.BACK_OFF = (0.01,)
    match sys.argv[1:]:
        case ["prepare"]:
            prepare()
            result = None
        case ["storm", count, kills, seed]:
            result = storm(int(count), int(kills), int(seed))
        case ["poison", count]:
            result = poisoned(int(count))
        case ["points"]:
            result = points()
        case ["publish", count]:
            subscribe(effect, tries=5)
            publish(int(count), 1 + run("SELECT count(*) FROM job")[0][0])
            result = None
        case ["worker"]:
            subscribe(effect, tries=5)
            print(os.getpid(), flush=True)
            supervisor.run_worker()
            result = "stopped"
        case ["serve"]:
            stop = threading.Event()
            supervisor.stop_on_signals(stop)
            supervisor.supervise([supervisor.Child("worker", [sys.executable, __file__, "worker"])], stop)
            result = "stopped"
        case ["await"]:
            while Delivery.objects.filter(state__in=["due", "running"]).exists():
                time.sleep(0.02)
            result = found()
    if os.getpid() == HERE:
        print(json.dumps(result))


main()
