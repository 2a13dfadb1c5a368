"""A source of invented organisations for almenstyring, for demonstrations and tests.

Nothing here is anybody's: the codes lie in the test range, the names are made up, and the accounts are drawn with a
fixed seed around published national figures.
"""

from __future__ import annotations

from collections.abc import Iterable

from almenstyring import Text
from almenstyring.plugins import SourceDescriptor, hookimpl
from almenstyring_synthetic.demo import FORGETFUL, MUNICIPALITIES
from almenstyring_synthetic.source import SyntheticSource, national, open_source

__all__ = ["FORGETFUL", "MUNICIPALITIES", "SyntheticSource", "almenstyring_sources", "national", "open_source"]


@hookimpl
def almenstyring_sources() -> Iterable[SourceDescriptor]:
    """The source ``synthetic``."""
    yield SourceDescriptor(
        name="synthetic",
        open=open_source,
        description=Text(
            "SYNTETISK: opdigtede boligorganisationer med regnskaber trukket omkring offentliggjorte landstal.",
            "SYNTETISK (synthetic): invented organisations with accounts drawn around published national figures.",
        ),
    )
