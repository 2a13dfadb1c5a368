"""How a report answers the agreements made before: what may be said, and of which agreements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from almenstyring.domain.agreements import Agreement, AgreementStatus, FollowUp, dangling
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.errors import NotFoundError
from almenstyring.domain.text import Text
from almenstyring.domain.values import LbfNumber
from almenstyring.domain.values.faults import refusal


def check_follow_ups(
    agreements: Sequence[Agreement], follow_ups: Sequence[FollowUp], organisation: LbfNumber, year: ReportYear
) -> None:
    """InvalidValueError for an agreement or a follow-up that is there twice, or one that has no business here.

    The error's context names the place ``inside`` the package.
    """
    known = [each.id for each in agreements]
    for index, name in enumerate(known):
        if name in known[:index]:
            raise _refused(name, f"agreements[{index}].id")
    strays, said = dangling(follow_ups, agreements), [each.agreement for each in follow_ups]
    for index, given in enumerate(follow_ups):
        is_own = (given.organisation, given.report_year) == (organisation, year)
        if given in strays or not is_own or given.agreement in said[:index]:
            raise _refused(given.agreement, f"follow_ups[{index}].agreement")


def _refused(value: str, inside: str) -> Exception:
    return refusal(
        Text(
            "{value} kan ikke stå her: pakken har ikke aftalen, eller den er der to gange.",
            "{value} cannot stand here: the package does not hold the agreement, or it is there twice.",
        ),
        Text(
            "Følg kun op på pakkens egne aftaler, hver én gang, med follow_up.",
            "Follow up only the package's own agreements, each once, with follow_up.",
        ),
        value,
        inside=inside,
    )


def followed_up(  # noqa: PLR0913 - a follow-up and whose it is
    agreements: Sequence[Agreement],
    agreement: str,
    status: AgreementStatus | str,
    text: str,
    organisation: LbfNumber,
    year: ReportYear,
) -> FollowUp:
    """The follow-up to one of the agreements; NotFoundError lists those there are, or the statuses."""
    known = [each.id for each in agreements]
    if agreement not in known:
        raise NotFoundError(
            Text(f"Pakken har ingen aftale {agreement}.", f"The package has no agreement {agreement}."),
            Text(f"Aftalerne er {', '.join(known) or '-'}.", f"The agreements are {', '.join(known) or '-'}."),
            agreement=agreement,
        )
    if status not in list(AgreementStatus):
        raise NotFoundError(
            Text(f"Der er ingen status {status}.", f"There is no status {status}."),
            Text(f"De er {', '.join(AgreementStatus)}.", f"They are {', '.join(AgreementStatus)}."),
            status=status,
        )
    return FollowUp(
        agreement=agreement, organisation=organisation, report_year=year, status=AgreementStatus(status), text=text
    )


def with_snapshot(
    kept: Iterable[Agreement], answered: Iterable[FollowUp], stored: Sequence[Agreement], to_ask: Iterable[Agreement]
) -> tuple[Agreement, ...]:
    """The agreements a package holds after a look at what is stored, in the order of their ids.

    They are those ``to_ask``, and those that were answered before, in their stored version.
    """
    names, now = {each.agreement for each in answered}, {each.id: each for each in stored}
    before = (now.get(each.id, each) for each in kept if each.id in names)
    found = {each.id: each for each in chain(before, to_ask)}
    return tuple(found[name] for name in sorted(found))
