"""The command group, its common options, and the one place where errors become sentences."""

from __future__ import annotations

import traceback
from collections.abc import Sequence

import click

from almenstyring.cli import (
    agreements,
    calendars,
    content,
    deadlines,
    efficiency,
    figures_beside,
    filing,
    follow_up,
    following,
    fora,
    invitations,
    mandates,
    meetings,
    notices,
    overview,
    preparing,
    publication,
    recording,
    reviewing,
    statement,
    supervision,
    templates,
)
from almenstyring.cli.common import Settings, say
from almenstyring.cli.faults import system_fault, usage_fault, usage_help
from almenstyring.domain.errors import AlmenstyringError, FaultyInputError
from almenstyring.domain.text import Text

UNREADABLE = 2
INTERNAL_FAULT = 3


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    epilog=(
        "Afslutningskoder / exit codes: 0 intet i vejen / nothing in the way · 1 fejl eller ubekræftet / error or "
        "unsettled confirmation · 2 ulæseligt input eller forkert brug / unreadable input or wrong usage · "
        "3 intern fejl / internal fault."
    ),
)
@click.option("--debug", is_flag=True, help="Vis sporet af en fejl. / Show the traceback of a fault.")
@click.option(
    "--no-plugins", is_flag=True, help="Indlæs kun bibliotekets egne dele. / Load only the library's own parts."
)
@click.option("--only", multiple=True, metavar="NAVN", help="Indlæs kun disse udvidelser. / Load only these plug-ins.")
@click.version_option(package_name="almenstyring")
@click.pass_context
def cli(context: click.Context, debug: bool, no_plugins: bool, only: tuple[str, ...]) -> None:
    """Den almene styringsdialog: kontroller, følg, vis og eksporter dokumentationspakker.

    The Danish social-housing governance dialogue: check, follow, show and export documentation packages.
    "Sendt" er her ikke den lovpligtige indberetning / "sent" here is not the statutory filing (DB § 112, stk. 6).
    """
    context.obj = Settings(debug=debug, only=("builtin",) if no_plugins else ("builtin", *only) if only else None)


MODULES = (
    content,
    filing,
    overview,
    recording,
    templates,
    following,
    fora,
    invitations,
    meetings,
    follow_up,
    mandates,
    calendars,
    notices,
    deadlines,
    agreements,
    reviewing,
    preparing,
    statement,
    supervision,
    publication,
    efficiency,
    figures_beside,
)

for module in MODULES:
    for command in module.COMMANDS:
        cli.add_command(command)


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; people get a sentence, ``--debug`` the traceback."""
    try:
        code = cli.main(args=list(arguments), prog_name="almenstyring", standalone_mode=False)
    except click.exceptions.Abort:
        raise KeyboardInterrupt from None
    except click.ClickException as error:
        _show(error)
        return UNREADABLE
    except AlmenstyringError as error:
        _debug(arguments)
        _explain(error)
        return UNREADABLE
    except SystemExit:  # click's own way of saying that the reader closed the pipe
        return 0
    except OSError as error:
        _debug(arguments)
        what, remedy = system_fault(error)
        say(Text(f"{what.da} {remedy.da}".strip(), f"{what.en} {remedy.en}".strip()))
        return UNREADABLE
    except Exception as error:  # no traceback ever reaches a caseworker
        _debug(arguments)
        say(
            Text(
                f"Intern fejl ({type(error).__name__}). Kør igen som almenstyring --debug …, og meld fejlen.",
                f"Internal fault ({type(error).__name__}). Run again as almenstyring --debug … and report it.",
            )
        )
        return INTERNAL_FAULT
    return code if isinstance(code, int) else 0


def _debug(arguments: Sequence[str]) -> None:
    if "--debug" in arguments:
        traceback.print_exc()


def _show(error: click.ClickException) -> None:
    """Click's own faults in the language asked for; a group without a command shows its help."""
    if isinstance(error, getattr(click.exceptions, "NoArgsIsHelpError", ())):
        error.show()
        return
    say(usage_fault(error))
    if more := usage_help(error):
        say(more)


def _explain(error: AlmenstyringError) -> None:
    say(error.message)
    if isinstance(error, FaultyInputError):
        for fault in error.faults:
            place = ":".join(str(part) for part in (fault.file, fault.line) if part is not None)
            where = " ".join(part for part in (place, fault.path) if part)
            say(Text(f"  {where}: {fault.message.da}", f"  {where}: {fault.message.en}"))
    if error.hint.da:
        say(error.hint)
