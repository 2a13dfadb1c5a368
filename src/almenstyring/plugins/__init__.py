"""The plug-in seam: what a plug-in registers, and the registry that finds plug-ins.

A plug-in is a module or object in the entry-point group ``almenstyring`` that implements some of
the hooks in ``hookspecs`` with ``@almenstyring.plugins.hookimpl``. Loading a plug-in runs its code.
"""

from almenstyring.plugins.descriptors import (
    API_VERSION,
    ExporterDescriptor,
    RulePack,
    SourceDescriptor,
    StandardPack,
    StoreDescriptor,
)
from almenstyring.plugins.hookspecs import GROUP, hookimpl
from almenstyring.plugins.registry import PluginFault, PluginInfo, Registry

__all__ = [
    "API_VERSION",
    "GROUP",
    "ExporterDescriptor",
    "PluginFault",
    "PluginInfo",
    "Registry",
    "RulePack",
    "SourceDescriptor",
    "StandardPack",
    "StoreDescriptor",
    "hookimpl",
]
