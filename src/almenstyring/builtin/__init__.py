"""What the library brings itself, through the same door as everyone's plug-ins."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from almenstyring.content import load_questionnaires, load_standard
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.text import Text
from almenstyring.plugins import ExporterDescriptor, RulePack, StandardPack, StoreDescriptor, hookimpl
from almenstyring.ports import ExportRequest
from almenstyring.rules import RULES_VERSION
from almenstyring.rules.builtin import BUILTIN_RULES
