"""The rules a filing is checked by: one module per area, each rule one decorated generator."""

from almenstyring.rules.mechanism import (
    IN_DIALOGUE,
    WITH_ESTATES,
    Case,
    CheckContext,
    Need,
    Problem,
    Rule,
    at,
    in_sheet,
    rule,
    run,
)

RULES_VERSION = "3"
"""Counts up whenever a built-in rule changes what it finds."""

__all__ = [
    "IN_DIALOGUE",
    "RULES_VERSION",
    "WITH_ESTATES",
    "Case",
    "CheckContext",
    "Need",
    "Problem",
    "Rule",
    "at",
    "in_sheet",
    "rule",
    "run",
]
