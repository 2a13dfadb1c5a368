"""How days and moments are written on the command line."""

from __future__ import annotations

from datetime import date, datetime

import click

from almenstyring.cli.faults import WrongValue
from almenstyring.domain.text import Text


class _Day(click.ParamType):  # type: ignore[type-arg]  # not generic in every click
    name = "dato"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:  # noqa: ARG002
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            raise WrongValue(
                Text(
                    f"{value!r} er ikke en dag. Skriv den som 2026-12-31.",
                    f"{value!r} is not a day. Write it as 2026-12-31.",
                )
            ) from None


class _Moment(click.ParamType):  # type: ignore[type-arg]
    name = "tidspunkt"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:  # noqa: ARG002
        try:
            if ":" not in str(value):  # a day alone would be midnight
                raise ValueError
            return datetime.fromisoformat(str(value))
        except ValueError:
            raise WrongValue(
                Text(
                    f'{value!r} er ikke en dag og et klokkeslæt. Skriv fx "2026-10-01 10:00".',
                    f'{value!r} is not a day and a time. Write e.g. "2026-10-01 10:00".',
                )
            ) from None


DAY = _Day()
"""The type of options and arguments that are days: 2026-12-31."""

MOMENT = _Moment()
"""A day and a time of the clock in Denmark: "2026-10-01 10:00"."""
