"""Draws the pictures of almenstyring as accessible SVG and PNG, through altair; a plug-in for almenstyring."""

from __future__ import annotations

from collections.abc import Iterable

from almenstyring import Text
from almenstyring.plugins import PictureDescriptor, hookimpl
from almenstyring_altair.renderer import AltairRenderer

RENDERER = PictureDescriptor(
    name="altair",
    suffixes=AltairRenderer.SUFFIXES,
    open=AltairRenderer,
    description=Text("Tilgængelige billeder som SVG og PNG", "Accessible pictures as SVG and PNG"),
)


@hookimpl
def almenstyring_pictures() -> Iterable[PictureDescriptor]:
    """Yield the renderer of this adapter."""
    yield RENDERER
