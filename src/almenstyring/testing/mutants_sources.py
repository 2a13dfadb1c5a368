"""Sources with one deliberate fault each: the proof that ``SourceContract`` sees what it promises to see."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from itertools import count
from typing import Any, cast

from attrs import evolve, field, frozen

from almenstyring import (
    AccountingPeriod,
    Accounts,
    Dkk,
    Estate,
    EstateId,
    EstateLocation,
    FigureStatus,
    HomeMunicipality,
    Homes,
    HousingOrganisation,
    LbfNumber,
    MasterData,
    MunicipalityCode,
    Number,
    Ownership,
)
from almenstyring.ports import Figure, Source, SourceAnswer, SourceRequest

ORGANISATION = LbfNumber("T001")
"""The organisation whose figures the sources below know."""

_ESTATES = (EstateId.parse("T001-T0101"), EstateId.parse("T001-T0201"))
_OTHERS = EstateId.parse("T002-T0101")
_PERIOD = AccountingPeriod(date(2025, 1, 1), date(2025, 12, 31))


def _master(**changed: Any) -> MasterData:
    sound = MasterData(
        organisation=HousingOrganisation(number=ORGANISATION, name="Mutantens Boligforening"),
        periods=(_PERIOD,),
        home_municipalities=(HomeMunicipality(organisation=ORGANISATION, municipality=MunicipalityCode("T01")),),
        estates=tuple(Estate(id=e, name=str(e), homes=Homes(family=10)) for e in _ESTATES),
        ownerships=tuple(Ownership(organisation=ORGANISATION, estate=e) for e in _ESTATES),
        locations=tuple(EstateLocation(estate=e, municipality=MunicipalityCode("T01")) for e in _ESTATES),
    )
    return evolve(sound, **changed)


def _accounts(unit: LbfNumber | EstateId, **changed: Any) -> Accounts:
    return evolve(Accounts(unit=unit, period=_PERIOD, postings={"150": Dkk(100), "220": Dkk(100)}), **changed)


def _figure(unit: LbfNumber | EstateId, **changed: Any) -> Figure:
    sound = Figure(name="homes_vacant", unit=unit, value=Number(2), key="ledige boliger", period=_PERIOD)
    return evolve(sound, **changed)


@frozen
class SoundSource:
    """A source without a fault, as small as it can be; the mutants differ from it in one point."""

    masters: tuple[MasterData, ...] = field(factory=lambda: (_master(),))

    def organisations(self) -> Iterable[LbfNumber]:
        """The one organisation."""
        return [master.number for master in self.masters]

    def master_data(self, organisation: LbfNumber) -> MasterData | None:
        """Its master data."""
        return next((master for master in self.masters if master.number == organisation), None)

    def figures(self, request: SourceRequest) -> SourceAnswer:
        """The same for every unit asked about."""
        if request.organisation != ORGANISATION or request.period not in (None, _PERIOD):
            return SourceAnswer()
        units = (ORGANISATION, *(request.estates or _ESTATES))
        return SourceAnswer(accounts=tuple(map(_accounts, units)), figures=tuple(map(_figure, units)))

    def close(self) -> None:
        """Nothing is open."""


class _Renaming(SoundSource):
    def master_data(self, organisation: LbfNumber) -> MasterData | None:
        return _master() if organisation != ORGANISATION else _master(organisation=_other_organisation())


def _other_organisation() -> HousingOrganisation:
    return HousingOrganisation(number=LbfNumber("T002"), name="En helt anden")


class _Repeating(SoundSource):
    def organisations(self) -> Iterable[LbfNumber]:
        return [ORGANISATION, ORGANISATION]


class _Obliging(SoundSource):
    def master_data(self, organisation: LbfNumber) -> MasterData | None:
        return _master(organisation=HousingOrganisation(number=organisation, name="Hvem som helst"))


class _Talkative(SoundSource):
    def figures(self, request: SourceRequest) -> SourceAnswer:
        return super().figures(evolve(request, estates=()))


class _Undated(SoundSource):
    def figures(self, request: SourceRequest) -> SourceAnswer:
        return super().figures(evolve(request, period=None))


class _Silent(SoundSource):
    def figures(self, request: SourceRequest) -> SourceAnswer:
        return super().figures(evolve(request, organisation=LbfNumber("T999")))


@frozen
class _Adding(SoundSource):
    """Answers like the sound source, and adds what a fault adds."""

    accounts: tuple[Accounts, ...] = ()
    more: tuple[Figure, ...] = ()

    def figures(self, request: SourceRequest) -> SourceAnswer:
        sound = super().figures(request)
        return SourceAnswer(accounts=sound.accounts + self.accounts, figures=sound.figures + self.more)


_calls = count()


class _Moody(SoundSource):
    def figures(self, request: SourceRequest) -> SourceAnswer:
        sound = super().figures(request)
        return evolve(sound, figures=tuple(evolve(figure, value=Number(next(_calls))) for figure in sound.figures))


@frozen
class _ClosedForGood(SoundSource):
    closed: list[bool] = field(factory=list, eq=False)

    def close(self) -> None:
        if self.closed:
            raise RuntimeError("closed already")
        self.closed.append(True)


class _Leaking(SoundSource):
    """Lets its driver's exception out; given as a broken source it must be noticed."""

    def organisations(self) -> Iterable[LbfNumber]:
        raise OSError("the disk is gone")


@frozen(kw_only=True)
class SourceMutant:
    """A faulty source and the one test of the contract that must fail on it."""

    name: str
    open: Callable[[], Source]
    fails: str
    is_broken: bool = False


def _adding(*, accounts: tuple[Accounts, ...] = (), more: tuple[Figure, ...] = ()) -> Callable[[], Source]:
    return lambda: _Adding(accounts=accounts, more=more)


def _knowing(**changed: Any) -> Callable[[], Source]:
    return lambda: SoundSource((_master(**changed),))


_LATER = AccountingPeriod(date(2026, 1, 1), date(2026, 12, 31))
_EARLIER = AccountingPeriod(date(2024, 1, 1), date(2024, 12, 31))
_LONE = EstateId.parse("T001-T0901")
_OF_PERIOD = "test_accounts_and_figures_are_of_the_period_asked_about"
_OF_RELATIONS = "test_relations_refer_to_the_organisation_and_its_estates"
_OF_UNITS = "test_units_that_were_not_asked_about_are_left_out"
_OF_TWICE = "test_no_accounts_and_no_figure_come_twice"
_OF_VALUES = "test_figures_have_a_name_a_key_and_a_value_that_can_be_an_answer"
_OF_AMOUNTS = "test_amounts_are_whole_oere_under_accounts_as_printed"
_OF_FAULTS = "test_a_failing_backend_raises_an_error_of_almenstyring_and_nothing_else"

SOURCE_MUTANTS = (
    SourceMutant(
        name="answers with another organisation",
        open=_Renaming,
        fails="test_every_listed_organisation_has_master_data_under_its_own_number",
    ),
    SourceMutant(name="lists an organisation twice", open=_Repeating, fails="test_an_organisation_is_listed_once"),
    SourceMutant(
        name="knows everybody",
        open=_Obliging,
        fails="test_an_unknown_organisation_has_no_master_data_and_no_figures",
    ),
    SourceMutant(
        name="owns an estate it does not describe",
        open=_knowing(ownerships=(Ownership(organisation=ORGANISATION, estate=_LONE),)),
        fails=_OF_RELATIONS,
    ),
    SourceMutant(
        name="gives an estate's relation to another owner",
        open=_knowing(ownerships=(Ownership(organisation=LbfNumber("T002"), estate=_ESTATES[0]),)),
        fails=_OF_RELATIONS,
    ),
    SourceMutant(
        name="cannot be stored",
        open=_knowing(estates=tuple(Estate(id=e, name=cast("str", 7)) for e in _ESTATES)),
        fails="test_master_data_survive_being_stored",
    ),
    SourceMutant(
        name="puts an invented estate in a real municipality",
        open=_knowing(locations=(EstateLocation(estate=_ESTATES[0], municipality=MunicipalityCode("101")),)),
        fails="test_invented_organisations_have_nothing_real_and_real_ones_nothing_invented",
    ),
    SourceMutant(name="knows nothing", open=_Silent, fails="test_the_organisation_has_figures_for_the_year"),
    SourceMutant(name="answers about every estate", open=_Talkative, fails=_OF_UNITS),
    SourceMutant(name="adds a stranger's accounts", open=_adding(accounts=(_accounts(_OTHERS),)), fails=_OF_UNITS),
    SourceMutant(
        name="gives next year's accounts",
        open=_adding(accounts=(_accounts(ORGANISATION, period=_LATER),)),
        fails=_OF_PERIOD,
    ),
    SourceMutant(
        name="calls last year's figure final",
        open=_adding(more=(_figure(ORGANISATION, name="old", period=_EARLIER),)),
        fails=_OF_PERIOD,
    ),
    SourceMutant(
        name="projects from the future",
        open=_adding(more=(_figure(ORGANISATION, name="new", period=_LATER, status=FigureStatus.PROJECTED),)),
        fails=_OF_PERIOD,
    ),
    SourceMutant(name="ignores the period", open=_Undated, fails="test_a_period_nobody_reported_has_no_accounts"),
    SourceMutant(
        name="counts money in floats",
        open=_adding(accounts=(_accounts(ORGANISATION, postings={"150": cast("Dkk", 1.5)}),)),
        fails=_OF_AMOUNTS,
    ),
    SourceMutant(
        name="reads account numbers as numbers",
        open=_adding(accounts=(_accounts(ORGANISATION, postings={cast("str", 112.1): Dkk(1)}),)),
        fails=_OF_AMOUNTS,
    ),
    SourceMutant(
        name="does not say where a figure is from",
        open=_adding(more=(_figure(ORGANISATION, name="lost", key=""),)),
        fails=_OF_VALUES,
    ),
    SourceMutant(
        name="gives a float for a figure",
        open=_adding(more=(_figure(ORGANISATION, name="rate", value=cast("Number", 10.4)),)),
        fails=_OF_VALUES,
    ),
    SourceMutant(name="gives a figure twice", open=_adding(more=(_figure(_ESTATES[0]),)), fails=_OF_TWICE),
    SourceMutant(name="answers as it pleases", open=_Moody, fails="test_the_same_question_gets_the_same_answer"),
    SourceMutant(name="cannot be closed twice", open=_ClosedForGood, fails="test_closing_twice_is_harmless"),
    SourceMutant(name="leaks its driver's exception", open=_Leaking, fails=_OF_FAULTS, is_broken=True),
    SourceMutant(name="hides that it is broken", open=SoundSource, fails=_OF_FAULTS, is_broken=True),
)
"""Every mutant with the test it must fail. Some fail others too; the named one is the test that is proven."""
