"""What went wrong with a plug-in, told in both languages; the host and the other plug-ins go on."""

from __future__ import annotations

import logging

from attrs import frozen

from almenstyring.domain.errors import AlmenstyringError
from almenstyring.domain.text import Text

_log = logging.getLogger(__name__)

PLUGIN_FAULTS = (Exception, SystemExit)
"""What a plug-in may raise without ending the host. KeyboardInterrupt is the user's own and passes."""


@frozen(kw_only=True)
class PluginFault:
    """What went wrong with one plug-in; the others are not affected."""

    plugin: str
    origin: str
    what: Text


def fault_of(name: str, origin: str, error: BaseException) -> PluginFault:
    """The fault as it is kept and shown; the log names only the kind of error, whose text may hold anything."""
    _log.warning("plug-in %s from %s could not be used: %s", name, origin, type(error).__name__)
    what = Text("Udvidelsen {plugin} kunne ikke bruges: {reason}", "Plug-in {plugin} could not be used: {reason}")
    return PluginFault(plugin=name, origin=origin, what=what.fill(plugin=f"{name} ({origin})", reason=_reason(error)))


def _reason(error: BaseException) -> Text:
    """One line; pluggy's errors have several, and an exception of a plug-in may even fail to print."""
    if isinstance(error, AlmenstyringError):
        return error.message
    try:
        said = " ".join(str(error).split())
    except Exception:
        said = ""
    reason = f"{type(error).__name__}: {said}" if said else type(error).__name__
    return Text(reason, reason)
