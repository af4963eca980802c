"""The section of a preset about mails: an institution's own words for them, in place of the house's."""

from collections.abc import Iterator, Mapping
from typing import Any

from insignia.core.errors import InsigniaError, Rejected
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.institutions.models import Institution
from insignia.domain.institutions.presets import checks, section

from . import actions, queries, rules
from .models import Kind

Tables = list[Mapping[str, Any]]
_WORDS = ("key", "kind", "language", "subject", "body")
_LIMITS = {"subject": 200, "body": 5000}


def _written(_institution: Institution) -> list[dict[str, Any]]:
    return [
        {
            "key": f"{text.kind}-{text.language}",
            "kind": text.kind,
            "language": text.language,
            "subject": text.subject,
            "body": text.body,
        }
        for text in queries.wordings()
    ]


def _faults(tables: Tables, _whole: Mapping[str, Any]) -> Iterator[InsigniaError]:
    for table in tables:
        where = table["key"]
        yield from checks.only_words(where, table, _WORDS)
        yield from checks.texts(where, table, {"kind": 20}, needed="kind")
        yield from checks.texts(where, table, {"language": 12}, needed="language")
        if wrong := list(checks.texts(where, table, _LIMITS)):
            yield from wrong
            continue
        yield from checks.names_known(where, "kind", str(table.get("kind", "")), Kind.values)
        # One mail in one language has one wording, and so one key.
        yield from checks.names_known(where, "key", where, [f"{table.get('kind')}-{table.get('language')}"])
        try:
            rules.check_wording(table.get("subject", ""), table.get("body", ""))
        except Rejected as refused:
            yield refused


@section(
    "mails",
    title=N_("Words of mails"),
    write=_written,
    check=_faults,
    labels={"kind": N_("Kind"), "language": N_("Language"), "subject": N_("Subject"), "body": N_("Text")},
)
def read_mails(by: Actor, institution: Institution, mails: Tables) -> None:
    """Use these words from now on; of mails that the preset does not speak of, the words stay."""
    for mail in mails:
        actions.set_mail_text(
            by=by,
            institution=institution,
            kind=mail["kind"],
            language=mail["language"],
            subject=mail.get("subject", ""),
            body=mail.get("body", ""),
        )
