"""What the core asks of the outside: stores, sources, exporters, notifiers and a clock. The core owns these contracts.

Adapters raise only ``almenstyring`` errors; the kit in ``almenstyring.testing`` proves an adapter right.
"""

from almenstyring.domain.dialogue.calendar_entries import CalendarEntry, EntryStatus
from almenstyring.domain.dialogue.calendar_requests import CalendarMethod, CalendarRequest
from almenstyring.domain.figures.picture_parts import Measure, Spread
from almenstyring.domain.figures.pictures import (
    DistributionPicture,
    EfficiencyPicture,
    Picture,
    TrendBreak,
    TrendPicture,
    TrendPoint,
    canonical_picture,
)
from almenstyring.domain.notices import NoticeMessage
from almenstyring.domain.persons import ERASABLE, require_erasable
from almenstyring.domain.reporting.receipts import GENESIS, ChainHead
from almenstyring.ports.clock import (
    Clock,
    system_clock,
)
from almenstyring.ports.notifying import Notifier
from almenstyring.ports.showing import (
    CalendarWriter,
    DrawnPicture,
    Exporter,
    ExportRequest,
    PictureRenderer,
    Table,
    TableColumn,
)
from almenstyring.ports.sourcing import (
    Figure,
    Source,
    SourceAnswer,
    SourceRequest,
)
from almenstyring.ports.storing import (
    Draft,
    IndexValue,
    Record,
    Store,
    digest_of,
    indexed_text,
)

__all__ = [
    "ERASABLE",
    "GENESIS",
    "CalendarEntry",
    "CalendarMethod",
    "CalendarRequest",
    "CalendarWriter",
    "ChainHead",
    "Clock",
    "DistributionPicture",
    "Draft",
    "DrawnPicture",
    "EfficiencyPicture",
    "EntryStatus",
    "ExportRequest",
    "Exporter",
    "Figure",
    "IndexValue",
    "Measure",
    "NoticeMessage",
    "Notifier",
    "Picture",
    "PictureRenderer",
    "Record",
    "Source",
    "SourceAnswer",
    "SourceRequest",
    "Spread",
    "Store",
    "Table",
    "TableColumn",
    "TrendBreak",
    "TrendPicture",
    "TrendPoint",
    "canonical_picture",
    "digest_of",
    "indexed_text",
    "require_erasable",
    "system_clock",
]
