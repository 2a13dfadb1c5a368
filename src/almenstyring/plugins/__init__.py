"""The plug-in seam: what a plug-in registers, and the registry that finds plug-ins.

A plug-in is a module or object in the entry-point group ``almenstyring`` that implements some of
the hooks in ``hookspecs`` with ``@almenstyring.plugins.hookimpl``. Loading a plug-in runs its code.
"""

from almenstyring.content import chart_from, questionnaire_from, standard_from
from almenstyring.plugins.descriptors import (
    API_VERSION,
    CalendarDescriptor,
    ChartPack,
    ExporterDescriptor,
    NotifierDescriptor,
    PictureDescriptor,
    RulePack,
    SourceDescriptor,
    StandardPack,
    StoreDescriptor,
)
from almenstyring.plugins.faults import PluginFault
from almenstyring.plugins.hookspecs import GROUP, hookimpl
from almenstyring.plugins.registry import PluginInfo, Registry
from almenstyring.rules import (
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
)

__all__ = [
    "API_VERSION",
    "GROUP",
    "IN_DIALOGUE",
    "WITH_ESTATES",
    "CalendarDescriptor",
    "Case",
    "ChartPack",
    "CheckContext",
    "ExporterDescriptor",
    "Need",
    "NotifierDescriptor",
    "PictureDescriptor",
    "PluginFault",
    "PluginInfo",
    "Problem",
    "Registry",
    "Rule",
    "RulePack",
    "SourceDescriptor",
    "StandardPack",
    "StoreDescriptor",
    "at",
    "chart_from",
    "hookimpl",
    "in_sheet",
    "questionnaire_from",
    "rule",
    "standard_from",
]
