"""The rules that come with the library, by area."""

from __future__ import annotations

from almenstyring.rules import (
    accounts,
    agreements,
    annual_report,
    completeness,
    deviations,
    efficiency,
    figures,
    move_outs,
    periods,
    structure,
    units,
)
from almenstyring.rules.mechanism import Rule

BUILTIN_RULES: tuple[Rule, ...] = (
    move_outs.move_outs_missing,
    move_outs.move_outs_implausible,
    figures.figures_missing,
    figures.figures_comment_missing,
    figures.figures_not_of_the_year,
    figures.figure_projected,
    deviations.deviation_unexplained,
    completeness.evaluation_missing,
    completeness.evaluation_comment_missing,
    agreements.agreement_need_missing,
    agreements.agreement_status_missing,
    efficiency.improvement_areas_unanswered,
    efficiency.efficiency_goals_missing,
    efficiency.red_estate_without_goals,
    efficiency.computed_score_red,
    annual_report.financial_problems,
    annual_report.financial_management,
    annual_report.own_control,
    annual_report.cost_goals,
    annual_report.auditor_remarks,
    annual_report.protocol_missing,
    accounts.income_not_expenditure,
    accounts.assets_not_liabilities,
    accounts.surplus_and_deficit,
    accounts.account_unknown,
    accounts.accounts_missing,
    periods.period_of_another_year,
    periods.period_not_twelve_months,
    periods.accounts_period_differs,
    units.tenancy_units_differ,
    structure.standard_mismatch,
    structure.question_unknown,
    structure.answer_unfit,
    structure.unit_unknown,
    structure.estate_report_missing,
    structure.attachment_dangling,
    structure.administration_with_estates,
)
"""Every built-in rule once; the order has no meaning."""
