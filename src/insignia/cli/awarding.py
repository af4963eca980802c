"""`insignia achievements`, `insignia award` and `insignia export`: the same actions as the pages."""

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from insignia.core.errors import NotFound, Rejected
from insignia.core.words import N_
from insignia.domain.access.actor import Actor, Door
from insignia.domain.awards import actions as awards
from insignia.domain.awards import queries as award_queries
from insignia.domain.awards.models import Award, AwardBatch
from insignia.domain.catalog import queries as catalog
from insignia.domain.credentials.models import IssuedCredential
from insignia.domain.ground import tenancy
from insignia.domain.institutions import queries as institutions
from insignia.domain.institutions.models import Institution
from insignia.domain.journal import delivery
from insignia.domain.people import queries as people


@contextmanager
def _inside(slug: str) -> Iterator[Institution]:
    institution = institutions.by_slug(slug) if slug else institutions.the_only_institution()
    if institution is None:
        raise Rejected(N_("Say which institution with --institution SLUG."))
    with tenancy.of(institution):
        yield institution


def achievements_arguments(parser: argparse.ArgumentParser) -> None:
    """Of which institution."""
    parser.add_argument("--institution", default="", metavar="SLUG", help="needed where there are several")
    parser.add_argument("--json", action="store_true", help="print a list as JSON")


def achievements(options: argparse.Namespace) -> int:
    """List active achievements: short name, level, name, address."""
    with _inside(options.institution):
        rows = [
            {
                "slug": a.slug,
                "name": str(a),
                "level": a.level.key,
                "unit": a.unit.name,
                "variants": list(a.variants),
                "url": a.url,
            }
            for a in catalog.public_directory()
        ]
    if options.json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        for row in rows:
            print(f"{row['slug']:32} {row['level']:24} {row['name']}")
    return 0


def award_arguments(parser: argparse.ArgumentParser) -> None:
    """What to award, to whom, by whom."""
    parser.add_argument("--institution", default="", metavar="SLUG", help="needed where there are several")
    parser.add_argument("--achievement", required=True, metavar="SLUG", help="see `insignia achievements`")
    parser.add_argument("--csv", required=True, metavar="FILE", help="roster, CSV or XLSX")
    parser.add_argument("--by", required=True, metavar="EMAIL", help="who awards; must hold the right to")
    parser.add_argument("--release", choices=["held", "now"], default="held", help="now: without an undo window [held]")
    parser.add_argument("--json", action="store_true", help="print the outcome as JSON")


def award(options: argparse.Namespace) -> int:
    """Award everybody on the roster; works the batch itself. Exit code 0 if somebody has it now, 1 if a row was refused."""
    with _inside(options.institution) as institution:
        by = _actor(options.by, institution)
        achievement = catalog.achievement_named(options.achievement)
        path = Path(options.csv)
        try:
            data = path.read_bytes()
        except OSError as error:
            raise Rejected(N_("The roster cannot be read: %(reason)s"), params={"reason": str(error)}) from None
        batch = awards.upload_batch(by=by, achievement=achievement, data=data, filename=path.name, source="command")
        batch = awards.check_batch(batch)
        if batch.state == AwardBatch.State.UPLOADED:
            raise Rejected(
                N_("The roster has no column for the e-mail address or the name; its headings are: %(headers)s"),
                params={"headers": ", ".join(batch.headers)},
            )
        counts = award_queries.batch_counts(batch)
        if counts["waiting"]:
            awards.confirm_batch(by=by, batch=batch, release=options.release)
            delivery.drain(until=lambda: _is_done(batch), patience=120)
        else:
            awards.cancel_batch(by=by, batch=batch)
        report = _report(batch)
    _print_report(report, as_json=options.json)
    return 1 if report["errors"] else 0


def _is_done(batch: AwardBatch) -> bool:
    """Whether every row has ended and every award is signed and, where that was asked, released."""
    counts = award_queries.batch_counts(batch)
    batch.refresh_from_db(fields=["state", "release_now"])
    held = counts["held"] if batch.release_now else 0
    return not (counts["waiting"] or held or counts["unsigned"] > counts["unsignable"])


def _report(batch: AwardBatch) -> dict[str, Any]:
    counts = award_queries.batch_counts(batch)
    problems = award_queries.problem_rows(batch)
    unsigned = Award.objects.filter(batch=batch).exclude(issue_error="").select_related("recipient")
    return {
        "batch": batch.public_id,
        "issued": counts["signed"],
        "duplicates": counts["duplicates"],
        "errors": [
            {"row": row.number, "reason": row.message % row.params if row.params else row.message}
            for row in problems
            if row.state == row.State.REJECTED
        ]
        + [{"row": 0, "reason": f"{a.recipient.email}: {a.issue_error}"} for a in unsigned],
    }


def _print_report(report: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(report, ensure_ascii=False))
        return
    print(f"{report['issued']} issued, {report['duplicates']} had it already, {len(report['errors'])} refused")
    for error in report["errors"]:
        print(f"  row {error['row']}: {error['reason']}")


def _actor(email: str, institution: Institution) -> Actor:
    user = people.by_address(email) or people.known_at(email)
    if user is None:
        raise NotFound(N_("Nobody here has the address %(email)s."), params={"email": email})
    return institutions.actor_for(user, institution, door=Door.COMMAND)


def export_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to, and of what."""
    parser.add_argument("--out", required=True, metavar="DIR", help="folder to write into; made if it is not there")
    parser.add_argument("--batch", default="", metavar="ID", help="only the awards of this batch")
    parser.add_argument("--institution", default="", metavar="SLUG", help="only this institution's")


def export(options: argparse.Namespace) -> int:
    """Write each signed credential, byte for byte, as DIR/<credential id>.json."""
    folder = Path(options.out)
    folder.mkdir(parents=True, exist_ok=True)
    chosen = IssuedCredential.across_institutions.filter(state=IssuedCredential.State.SIGNED)
    if options.institution:
        chosen = chosen.filter(institution=institutions.by_slug(options.institution))
    if options.batch:
        chosen = chosen.filter(
            pk__in=Award.across_institutions.filter(batch__public_id=options.batch).values("credential")
        )
    written = 0
    for credential in chosen.only("public_id", "document").iterator(chunk_size=500):
        (folder / f"{credential.public_id}.json").write_bytes(bytes(credential.document or b""))
        written += 1
    print(f"{written} credentials written to {folder}", file=sys.stderr)
    return 0
