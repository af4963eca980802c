"""The `insignia` command: setting up, serving, looking after, and the few things one does without a browser.

Exit codes: 0 done, 1 refused or invalid, 2 could not be done or checked. Messages go to stderr, results to stdout.
"""

import argparse
import os
import sys
from collections.abc import Sequence

import django


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "insignia.config.settings")
    django.setup()
    from insignia.core.errors import InsigniaError, Unavailable

    from . import verbs

    parser = argparse.ArgumentParser(prog="insignia", description="Micro-credentials, from proposal to verified badge.")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for verb in verbs.ALL:
        command = commands.add_parser(verb.name, help=verb.help, description=verb.help)
        verb.arguments(command)
        command.set_defaults(run=verb.run)
    options = parser.parse_args(argv)
    try:
        return int(options.run(options) or 0)
    except InsigniaError as error:
        print(f"insignia: {error}", file=sys.stderr)
        for detail in error.details:
            print(f"  - {detail}", file=sys.stderr)
        return 2 if isinstance(error, Unavailable) else 1
    except KeyboardInterrupt:
        return 130


def entry() -> None:
    """The console script."""
    sys.exit(main())
