"""What a notice says: place, rule, day, how many days, and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from almenstyring.domain.calendar import days_text
from almenstyring.domain.notices.facts import AwaitedReport, OpenItem, OpenItemKind
from almenstyring.domain.notices.plan import NoticeRole
from almenstyring.domain.reporting import NOT_THE_FILING
from almenstyring.domain.text import Text
from almenstyring.domain.values import MunicipalityCode

_SYNTHETIC = Text("SYNTETISK: ", "SYNTETISK: ")
_NOTHING = Text("", "")
_SUBJECT = Text("{mark}{name}, styringsrapport {year}: {when}", "{mark}{name}, governance report {year}: {when}")
_BODY = Text(
    "{name} ({number}) skal sende styringsrapporten for styringsår {year} til kommune {municipality} senest {due} "
    "(DB § 112, stk. 3): {when}.\n\n{todo}\n\n{why}{filing}\n",
    "{name} ({number}) must send the governance report for report year {year} to municipality {municipality} by {due} "
    "(DB § 112, stk. 3): {when}.\n\n{todo}\n\n{why}{filing}\n",
)
_SEND = Text(
    "Udfyld, kontrollér og send pakken. Kan fristen ikke holdes, så bed kommunen om en udsættelse.",
    "Fill in, check and send the package. If the date cannot be kept, ask the municipality for an extension.",
)
_SEND_LATE = Text(
    "Udfyld, kontrollér og send pakken nu: pligten er ikke bortfaldet, og fristen lukker ikke for pakken.",
    "Fill in, check and send the package now: the duty has not lapsed, and the deadline does not close the package.",
)
_AWAIT = Text(
    "Kommunen kan udsætte fristen; dialogmødet skal holdes, også hvis rapporten ikke kommer (DB § 112, stk. 1).",
    "The municipality can extend the date; the meeting is owed even if no report comes (DB § 112, stk. 1).",
)
_WHY = {
    NoticeRole.ORGANISATION: _NOTHING,
    NoticeRole.ADMINISTRATOR: Text(
        "I får beskeden som administrator for {number}. ", "You get this as the administrator of {number}. "
    ),
    NoticeRole.MUNICIPALITY: Text(
        "I får beskeden som tilsynsførende kommune. ", "You get this as the supervising municipality. "
    ),
}
_ITEMS = {
    OpenItemKind.REPORT_TO_REVIEW: Text(
        "rapporten er sendt og ikke færdigbehandlet (DB § 116): gennemgå den, og returnér den eller hold mødet",
        "the report was sent and is not concluded (DB § 116): review it, and return it or hold the meeting",
    ),
    OpenItemKind.COMMENT_TO_SETTLE: Text(
        "kommentar {item} er besvaret (DB § 116): afslut den, eller returnér den igen",
        "comment {item} is answered (DB § 116): settle it, or return it once more",
    ),
    OpenItemKind.REVIEW_TO_CONCLUDE: Text(
        "den kritiske gennemgang er ikke afsluttet (DB § 116, stk. 2): vurdér de punkter, der mangler",
        "the critical review is not concluded (DB § 116, stk. 2): judge the items that are left",
    ),
    OpenItemKind.MEETING_TO_HOLD: Text(
        "dialogmødet er ikke holdt (DB § 112, stk. 1): indkald skriftligt med passende varsel",
        "the dialogue meeting has not been held (DB § 112, stk. 1): invite in writing with reasonable notice",
    ),
    OpenItemKind.STATEMENT_TO_PUBLISH: Text(
        "redegørelsen er ikke offentliggjort (DB § 112, stk. 7): godkend og offentliggør den",
        "the statement is not published (DB § 112, stk. 7): approve and publish it",
    ),
    OpenItemKind.STATEMENT_TO_REPORT: Text(
        "redegørelsen er ikke indberettet (DB § 112, stk. 8): indberet den, og notér kvitteringen",
        "the statement is not reported (DB § 112, stk. 8): report it and note the receipt",
    ),
    OpenItemKind.TASK_OVERDUE: Text(
        "opgave {item} fra mødet er over sin dato (DB § 112, stk. 7, nr. 2): få den løst, eller aftal en ny dato",
        "task {item} of the meeting is past its day (DB § 112, stk. 7, nr. 2): have it done, or agree on a new day",
    ),
    OpenItemKind.AGREEMENT_TO_REVIEW: Text(
        "aftale {item} skulle være taget op til revision (ABL § 6 f): revidér eller afslut den",
        "agreement {item} should have been reviewed (ABL § 6 f): review or end it",
    ),
}
_ITEM = Text("- {name} ({number}), styringsår {year}: {what}.\n", "- {name} ({number}), report year {year}: {what}.\n")


def time_left(due: date, on: date) -> Text:
    """How a deadline lies from a day: so many days left, today, or passed by so many days.

    >>> time_left(date(2026, 7, 1), date(2026, 6, 30)).en
    '1 day left'
    """
    days = (on - due).days
    if days < 0:
        return Text("der er {days} tilbage", "{days} left").fill(days=days_text(-days))
    if days == 0:
        return Text("fristen er i dag", "the deadline is today")
    return Text("fristen er overskredet med {days}", "the deadline has passed by {days}").fill(days=days_text(days))


def about_deadline(
    report: AwaitedReport, municipality: MunicipalityCode, role: NoticeRole, on: date
) -> tuple[Text, Text]:
    """Subject and body of a notice about a report's deadline, as things stand on the day."""
    todo = _AWAIT if role is NoticeRole.MUNICIPALITY else _SEND if on <= report.due else _SEND_LATE
    given = {
        "mark": _SYNTHETIC if report.organisation.is_test else _NOTHING,
        "name": report.name,
        "number": report.organisation,
        "year": report.report_year,
        "municipality": municipality,
        "due": report.due,
        "when": time_left(report.due, on),
        "todo": todo,
        "why": _WHY[role].fill(number=report.organisation),
        "filing": NOT_THE_FILING,
    }
    return _SUBJECT.fill(**given), _BODY.fill(**given)


def about_open_items(items: Iterable[OpenItem], municipality: MunicipalityCode) -> tuple[Text, Text]:
    """Subject and body of a municipality's reminder of its own open items."""
    listed = tuple(items)
    mark = _SYNTHETIC if municipality.is_test else _NOTHING
    subject = Text(
        "{mark}Styringsdialog: {count} åbne punkter i kommune {municipality}",
        "{mark}Governance dialogue: {count} open items in municipality {municipality}",
    )
    if len(listed) == 1:
        subject = Text(
            "{mark}Styringsdialog: 1 åbent punkt i kommune {municipality}",
            "{mark}Governance dialogue: 1 open item in municipality {municipality}",
        )
    lines = [
        _ITEM.fill(
            name=item.name,
            number=item.organisation,
            year=item.report_year,
            what=_ITEMS[item.kind].fill(item=item.item),
        )
        for item in listed
    ]
    body = Text("".join(line.da for line in lines), "".join(line.en for line in lines))
    return subject.fill(mark=mark, count=len(listed), municipality=municipality), body
