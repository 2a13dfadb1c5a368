"""Hypothesis strategies for persons, mandates and pilots; all invented, as in ``strategies``."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from almenstyring.domain.mandates import Mandate
from almenstyring.domain.persons import Person, Retention
from almenstyring.domain.pilots import Pilot
from almenstyring.testing.strategies import days, municipality_codes, opaque_ids, organisation_numbers, records


def persons() -> SearchStrategy[Person]:
    """Persons of an organisation or of a municipality."""
    some, none = st.text("æblegrød", min_size=1, max_size=9), st.none()
    one, other = organisation_numbers(), municipality_codes()
    given = {"id": opaque_ids(), "name": some}
    return records(Person, **given, organisation=one, municipality=none) | records(
        Person, **given, organisation=none, municipality=other
    )


def retentions() -> SearchStrategy[Retention]:
    """How long persons are kept, in days or in years."""
    days = records(Retention, days=st.integers(0, 36_525), years=st.none())
    return days | records(Retention, days=st.none(), years=st.integers(0, 100))


def mandates() -> SearchStrategy[Mandate]:
    """An adviser's mandate, for all or for some organisations."""
    named = st.lists(organisation_numbers(), max_size=3, unique=True).map(tuple)
    return records(Mandate, adviser=opaque_ids(), given_by=opaque_ids(), organisations=named)


def pilots() -> SearchStrategy[Pilot]:
    """A pilot of a year, with an end or without."""
    limits = st.tuples(days(), st.none() | days()).filter(lambda pair: pair[1] is None or pair[0] <= pair[1])
    named = st.lists(organisation_numbers(), min_size=1, max_size=3).map(tuple)
    return limits.flatmap(
        lambda pair: records(Pilot, organisations=named, since=st.just(pair[0]), until=st.just(pair[1]))
    )
