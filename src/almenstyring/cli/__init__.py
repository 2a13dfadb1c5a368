"""The command line: a thin layer over the public API, in the extra ``cli``."""

from __future__ import annotations

import sys

MISSING_EXTRA = (
    "almenstyring: kommandolinjen kræver / the command line needs: pip install 'almenstyring[cli]' ({name} mangler)"
)


def main() -> None:
    """Run the command line; without the extra say so in one line and exit with 2."""
    try:
        from almenstyring.cli.app import run
    except ModuleNotFoundError as error:
        if error.name not in ("click", "rich", "jinja2"):
            raise
        print(MISSING_EXTRA.format(name=error.name), file=sys.stderr)
        sys.exit(2)
    sys.exit(run(sys.argv[1:]))
