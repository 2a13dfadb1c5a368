"""Which questions are asked of a package, given its answers (da: hvilke spørgsmål der stilles).

A question without a condition is asked. One with a condition is asked when the condition is true; while an answer it
looks at is missing, the condition is neither true nor false, and the question is not asked yet. What is not asked
counts as missing for others, and so does "ingen" and not applicable. Answers are kept whether asked for or not.
"""

from __future__ import annotations

from fractions import Fraction

from attrs import field, frozen

from almenstyring.domain.expressions import Expression, Lookup, Reference, Value
from almenstyring.domain.figures.facts import Facts, estate_facts, organisation_facts
from almenstyring.domain.organisations import Unit
from almenstyring.domain.reporting.answers import Answer, Sheet, Special
from almenstyring.domain.reporting.package import DocumentationPackage
from almenstyring.domain.reporting.questions import CommentRule, Level, Question, QuestionType
from almenstyring.domain.reporting.standard import Standard
from almenstyring.domain.values import Dkk, EstateId, Number


def activity(standard: Standard, package: DocumentationPackage) -> Activity:
    """What is asked of the package, by the conditions of the standard."""
    return Activity(standard=standard, package=package)


def value_of(question: Question, answer: Answer) -> Value | None:
    """What an answer is in a condition; None where there is none, or none that fits the question."""
    value = answer.value
    if answer.is_missing or isinstance(value, Special):
        return None
    if question.type.has_options:
        option = question.option(value)
        return option.id if option else None
    if question.type is QuestionType.TEXT:
        return value if isinstance(value, str) else None
    if question.type in (QuestionType.NUMBER, QuestionType.MONEY):
        return _number(value, Dkk if question.type is QuestionType.MONEY else Number)
    return True


def _number(value: object, form: type[Dkk | Number]) -> Fraction | None:
    return value.as_fraction() if isinstance(value, Dkk | Number) and isinstance(value, form) else None


@frozen(kw_only=True, eq=False)
class Activity:
    """What is asked on each sheet of one package (da: aktive spørgsmål); reckoned once per sheet."""

    standard: Standard
    package: DocumentationPackage
    _silent: dict[Unit, frozenset[str]] = field(factory=dict, init=False, repr=False)
    _facts: dict[Unit, Facts] = field(factory=dict, init=False, repr=False)

    def is_asked(self, sheet: Sheet, question: Question) -> bool:
        """Whether the question is asked on the sheet."""
        return question.asked_when is None or question.id not in self.not_asked(sheet)

    def is_required(self, sheet: Sheet, question: Question) -> bool:
        """Whether the question must be answered, always or by its condition."""
        return question.required or self._holds(sheet, question.required_when)

    def wants_comment(self, sheet: Sheet, question: Question) -> bool:
        """Whether the answer there is calls for a comment, by the question's rule or by its condition."""
        if question.comment is CommentRule.REQUIRED:
            return True
        option = question.option(sheet[question.id].value)
        is_low = question.comment is CommentRule.REQUIRED_WHEN_LOW and option is not None and option.low
        return is_low or self._holds(sheet, question.comment_when)

    def not_asked(self, sheet: Sheet) -> frozenset[str]:
        """The questions of the sheet's level that are not asked, because their condition is not true there."""
        if sheet.unit not in self._silent:
            self._silent[sheet.unit] = self._reckoned(sheet)
        return self._silent[sheet.unit]

    def kept(self, sheet: Sheet) -> tuple[str, ...]:
        """The answers that the sheet keeps although their questions are not asked, in the standard's order."""
        silent = self.not_asked(sheet)
        return tuple(q.id for q in self.standard if q.id in silent and not _is_empty(sheet[q.id]))

    def _is_of_organisation(self, sheet: Sheet) -> bool:
        return sheet.unit == self.package.report.unit

    def _reckoned(self, sheet: Sheet) -> frozenset[str]:
        level = Level.ORGANISATION if self._is_of_organisation(sheet) else Level.ESTATE
        silent: set[str] = set()
        lookup = self._lookup(sheet, silent)
        for question in self.standard.conditional:
            if question.level is level and question.asked_when and question.asked_when.value(lookup) is not True:
                silent.add(question.id)
        return frozenset(silent)

    def _holds(self, sheet: Sheet, condition: Expression | None) -> bool:
        return condition is not None and condition.value(self._lookup(sheet, self.not_asked(sheet))) is True

    def _lookup(self, sheet: Sheet, silent: set[str] | frozenset[str]) -> Lookup:
        """What references come to on the sheet, where these of its own questions are not asked."""

        def lookup(reference: Reference) -> Value | None:
            if reference.space == "master":
                return self._facts_of(sheet.unit).get(reference.key)
            question = self.standard.question(reference.key)
            if question is None or not self._applies(question):
                return None
            if question.level is Level.ORGANISATION and not self._is_of_organisation(sheet):
                report = self.package.report
                return value_of(question, report[question.id]) if self.is_asked(report, question) else None
            return None if question.id in silent else value_of(question, sheet[question.id])

        return lookup

    def _applies(self, question: Question) -> bool:
        master = self.package.master_data
        return master is None or master.organisation.kind in question.applies_to

    def _facts_of(self, unit: Unit) -> Facts:
        if unit not in self._facts:
            self._facts[unit] = self._reckoned_facts(unit)
        return self._facts[unit]

    def _reckoned_facts(self, unit: Unit) -> Facts:
        master = self.package.master_data
        if master is None:
            return {}
        if not isinstance(unit, EstateId):
            return organisation_facts(master, self.package.period.end)
        estate = master.estate(unit)
        return estate_facts(estate) if estate else {}


def _is_empty(answer: Answer) -> bool:
    return answer.is_missing and not answer.comment.strip()
