"""Writes packages to a readable Excel workbook; a plug-in for almenstyring."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from almenstyring import Text
from almenstyring.plugins import ExporterDescriptor, hookimpl
from almenstyring.ports import ExportRequest


def export(request: ExportRequest, target: Path) -> None:
    """Write the workbook whole, or raise ``BackendError`` and leave the file as it was."""
    # The driver is loaded when something is exported, not when the plug-in is found.
    from almenstyring_excel.workbook import write_workbook

    write_workbook(request, target)


EXPORTER = ExporterDescriptor(
    name="excel",
    suffixes=(".xlsx",),
    export=export,
    description=Text("Læselig Excel-projektmappe", "A readable Excel workbook"),
)


@hookimpl
def almenstyring_exporters() -> Iterable[ExporterDescriptor]:
    """Yield the exporter of this adapter."""
    yield EXPORTER
