"""Comments of the last return are met with a change or a reply."""

from __future__ import annotations

from collections.abc import Iterator

from almenstyring.domain.findings import Severity
from almenstyring.domain.reporting import unmet
from almenstyring.domain.text import Text
from almenstyring.rules.mechanism import Case, Problem, rule
from almenstyring.rules.reading import organisation_name


@rule(
    "COMMENT-UNANSWERED",
    Severity.CONFIRM,
    "DB § 112, stk. 7, nr. 1",
    source="projektets egen regel; loven kender ingen godkendelse af rapporten",
    message=Text(
        'Kommunens kommentar {comment} er hverken fulgt eller besvaret: "{text}" ({place}).',
        'The municipality\'s comment {comment} is neither followed nor replied to: "{text}" ({place}).',
    ),
    hint=Text(
        "Ret svaret, eller fasthold det med et svar til kommunen.",
        "Change the answer, or maintain it with a reply to the municipality.",
    ),
)
def comment_unanswered(case: Case) -> Iterator[Problem]:
    """DB § 112, stk. 7, nr. 1: both parties' assessments are told; what the municipality asked about is met.

    A comment of the last return is met by another answer or by a reply given since. It never blocks: the municipality
    can always receive the package, and gets the reason of the confirmation as the reply. The number of the return is
    among the values, so that a comment returned once more asks anew.
    """
    number = str(len(case.package.returns))
    for comment in unmet(case.package):
        values = {"comment": comment.id, "text": comment.text, "place": organisation_name(case), "return": number}
        yield Problem(location=comment.location, values=values)
