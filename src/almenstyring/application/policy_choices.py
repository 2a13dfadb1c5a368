"""Which policy a municipality has chosen since when, and so by which an organisation's years are published on a day."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from almenstyring.application.records import Records, danish_day
from almenstyring.content.publication import DEFAULT_POLICY, load_publication
from almenstyring.domain.organisations import MasterData
from almenstyring.domain.publication import PolicyChoice, PolicyPeriod, PublicationPolicy
from almenstyring.domain.values import MunicipalityCode


def keep_choice(records: Records, choice: PolicyChoice, at: datetime) -> None:
    """Keep a choice beside the earlier ones, which the store's history holds."""
    records.keep_setting(_setting(choice.municipality), f"{choice.policy} {choice.since}", choice.by, at)


def policy_choices(records: Records, municipality: MunicipalityCode) -> tuple[PolicyChoice, ...]:
    """Every choice that a municipality has made, in the order in which they were recorded."""
    return tuple(_choices(records, municipality))


def _choices(records: Records, municipality: MunicipalityCode) -> Iterator[PolicyChoice]:
    for record in records.store.history("settings", _setting(municipality)):
        policy, _, since = json.loads(record.document)["value"].partition(" ")
        recorded = danish_day(record.at)
        yield PolicyChoice(
            municipality=municipality,
            policy=policy,
            since=date.fromisoformat(since) if since else recorded,  # before choices were dated
            recorded_on=recorded,
            by=record.actor,
        )


def chosen_policy(records: Records, municipality: MunicipalityCode | None, on: date) -> PublicationPolicy:
    """The policy a municipality's choice makes hold on a day; the portal's practice where it has chosen none."""
    made = policy_choices(records, municipality) if municipality else ()
    return _in_force(made, on)


def _in_force(made: tuple[PolicyChoice, ...], on: date) -> PublicationPolicy:
    """Of two choices for one day the later one counts."""
    holding = sorted((each for each in made if each.counts_from <= on), key=lambda each: each.counts_from)
    return load_publication()[holding[-1].policy if holding else DEFAULT_POLICY]


def policy_periods(records: Records, master: MasterData) -> tuple[PolicyPeriod, ...]:
    """The policies of an organisation, each since a day: those of its home municipality on that day.

    Where it has no home, as after a merger, what held last goes on.
    """
    homes = master.home_municipalities
    made = {home.municipality: policy_choices(records, home.municipality) for home in homes}
    days = {choice.counts_from for choices in made.values() for choice in choices}
    days |= {home.valid.start for home in homes if home.valid.start}
    days |= {home.valid.end + timedelta(days=1) for home in homes if home.valid.end and home.valid.end < date.max}
    periods = [PolicyPeriod(policy=load_publication()[DEFAULT_POLICY])]
    for day in sorted(days):
        home = master.home_municipality_on(day)
        if home is None:
            continue
        policy = _in_force(made[home], day)
        if policy.id != periods[-1].policy.id:
            periods.append(PolicyPeriod(policy=policy, since=day))
    return tuple(periods)


def _setting(municipality: MunicipalityCode) -> str:
    return f"publication_policy/{municipality}"
