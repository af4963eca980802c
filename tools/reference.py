"""Write the pages of the documentation that are drawn from the code: events, commands, and what is kept for how long.

python -m tools.reference            writes them
python -m tools.reference --check    exits 1 where one is not as the code says
"""

import argparse
import os
import sys
from pathlib import Path

import django

DOCS = Path(__file__).resolve().parents[1] / "docs"


def events() -> str:
    """The page about events: each with what it means and what reacts to it."""
    from insignia.domain.journal import bus
    from insignia.domain.journal.events import REGISTERED

    lines = [
        "# Events",
        "",
        "What happens is written into the journal under one of these names, with ids only. Whatever reacts to it is owed in the",
        "same transaction and done in the background. Drawn from the code by `python -m tools.reference`.",
        "",
        "| event | what happened | what reacts |",
        "|---|---|---|",
    ]
    reactions = bus.reactions().values()
    for name, event in sorted(REGISTERED.items()):
        if not event.__module__.startswith("insignia."):
            continue
        said = " ".join((event.__doc__ or "").split())
        reacting = ", ".join(f"`{r.name}`" for r in sorted(reactions, key=lambda r: r.name) if r.event == name)
        lines.append(f"| `{name}` | {said} | {reacting or '—'} |")
    return "\n".join(lines) + "\n"


def commands() -> str:
    """The page about the `insignia` command: every verb with its options."""
    from insignia.cli import verbs

    lines = [
        "# The `insignia` command",
        "",
        "Messages go to standard error, results to standard output. Exit codes: 0 done, 1 refused or invalid, 2 could not be done",
        "or checked. Drawn from the code by `python -m tools.reference`.",
        "",
    ]
    for verb in verbs.ALL:
        parser = argparse.ArgumentParser(prog=f"insignia {verb.name}", add_help=False)
        verb.arguments(parser)
        said = " ".join((verb.run.__doc__ or "").split())
        lines += [f"## `insignia {verb.name}`", "", f"{verb.help[0].upper()}{verb.help[1:]}. {said}", ""]
        for action in parser._actions:
            shown = ", ".join(action.option_strings) or str(action.metavar or action.dest)
            choices = f" ({', '.join(map(str, action.choices))})" if action.choices else ""
            lines.append(f"- `{shown}`: {action.help}{choices}")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def retention() -> str:
    """The page about what is forgotten when."""
    from insignia.domain.journal.retention import terms

    lines = [
        "# What is kept for how long",
        "",
        "Once an hour, whatever has served its time is forgotten. Drawn from the code by `python -m tools.reference`.",
        "",
        "| what | how long | from when on |",
        "|---|---|---|",
        *(f"| {term.what} | {term.days} {'day' if term.days == 1 else 'days'} | {term.since} |" for term in terms()),
        "",
        "Awards, the signed bytes of credentials and the status lists stay: what was signed has to be verifiable for as long as",
        "somebody holds it. The journal stays too; it holds ids, no names and no addresses. Backups keep what they held until you",
        "delete them.",
    ]
    return "\n".join(lines) + "\n"


PAGES = {"operate/events.md": events, "operate/commands.md": commands, "operate/retention.md": retention}


def main() -> int:
    """Write or check the pages."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "insignia.config.settings")
    django.setup()
    stale = []
    for name, page in PAGES.items():
        text, path = page(), DOCS / name
        if "--check" in sys.argv:
            stale += [name] if not path.exists() or path.read_text(encoding="utf-8") != text else []
        else:
            path.write_text(text, encoding="utf-8")
    for name in stale:
        print(f"docs/{name} is not as the code says; run: python -m tools.reference", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
