"""Who sees what of the dialogue and when, the public data sheet, and the log of corrections."""

from almenstyring.domain.publication.corrections import (
    CorrectedRecord,
    LoggedCorrection,
    refuse_silent_correction,
    statement_differences,
)
from almenstyring.domain.publication.data_sheet import (
    NOT_AVAILABLE,
    DataSheet,
    FigureState,
    SheetAccount,
    SheetFact,
    SheetFigure,
    SheetStatement,
    sheet_differences,
)
from almenstyring.domain.publication.policy import (
    Audience,
    ContentKind,
    PolicyLine,
    PublicationFacts,
    PublicationPolicy,
    PublicationRule,
    ShownWhen,
    Visibility,
    visible,
)

__all__ = [
    "NOT_AVAILABLE",
    "Audience",
    "ContentKind",
    "CorrectedRecord",
    "DataSheet",
    "FigureState",
    "LoggedCorrection",
    "PolicyLine",
    "PublicationFacts",
    "PublicationPolicy",
    "PublicationRule",
    "SheetAccount",
    "SheetFact",
    "SheetFigure",
    "SheetStatement",
    "ShownWhen",
    "Visibility",
    "refuse_silent_correction",
    "sheet_differences",
    "statement_differences",
    "visible",
]
