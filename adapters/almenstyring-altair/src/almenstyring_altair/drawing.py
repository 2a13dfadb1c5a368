"""From a picture to the bytes of a file: altair makes the chart, vl-convert draws it, without any network."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal
from xml.sax.saxutils import escape  # nosec B406 - writes only

import vl_convert

from almenstyring import BackendError, Language, Text
from almenstyring.ports import DistributionPicture, EfficiencyPicture, Picture, TrendPicture
from almenstyring_altair import distribution, efficiency, trend
from almenstyring_altair.marks import Chart, framed

_LOCALES: dict[Language, Literal["da-DK", "en-US"]] = {"da": "da-DK", "en": "en-US"}


def svg_of(picture: Picture, language: Language) -> bytes:
    """The picture as SVG; whatever goes wrong in the drawing is a ``BackendError``."""
    with _own_errors():
        return accessible(_svg(picture, language), picture, language).encode()


def png_of(svg: bytes, scale: int) -> bytes:
    """A drawing in pixels, ``scale`` of them to each unit of length."""
    with _own_errors():
        return vl_convert.svg_to_png(svg.decode(), scale=scale)


@contextmanager
def _own_errors() -> Iterator[None]:
    try:
        yield
    except Exception as error:  # altair's and vl-convert's own exceptions must not leave the adapter
        raise BackendError(
            Text("Billedet kunne ikke tegnes.", "The picture could not be drawn."),
            Text("Se efter, om tallene er rimelige; ellers er det en fejl.", "Check its figures; else it is a fault."),
            reason=type(error).__name__,
        ) from error


def _svg(picture: Picture, language: Language) -> str:
    chart = framed(_chart(picture, language), picture.title[language], picture.caption[language])
    locale = _LOCALES[language]
    return vl_convert.vegalite_to_svg(chart.to_dict(), format_locale=locale, allowed_base_urls=[])


def _chart(picture: Picture, language: Language) -> Chart:
    match picture:
        case DistributionPicture():
            return distribution.chart(picture, language)
        case TrendPicture():
            return trend.chart(picture, language)
        case EfficiencyPicture():
            return efficiency.chart(picture, language)


def accessible(svg: str, picture: Picture, language: Language) -> str:
    """The drawing with a title and a description that a screen reader reads in place of its parts.

    The ids depend on what is said, so that several drawings can stand on one page.
    """
    title, description = picture.title[language], picture.description[language]
    own = hashlib.sha256(f"{title}\n{description}".encode()).hexdigest()[:12]
    opening, _, rest = svg.partition(">")
    role = f'role="img" lang="{language}" aria-labelledby="title-{own} desc-{own}"'
    told = f'<title id="title-{own}">{escape(title)}</title><desc id="desc-{own}">{escape(description)}</desc>'
    return f"{opening} {role}>{told}{rest}"
