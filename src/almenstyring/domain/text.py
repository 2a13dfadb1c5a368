"""Text in Danish and English, kept together so that neither can be forgotten."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from attrs import frozen

Language = Literal["da", "en"]
LANGUAGES: tuple[Language, ...] = ("da", "en")


@frozen
class Text:
    """A text in both languages (da: tekst). Danish comes first, English is complete.

    Both parts may be templates with ``{name}`` fields.

    >>> Text("{homes} boliger", "{homes} homes").fill(homes=12)["en"]
    '12 homes'
    """

    da: str
    en: str

    def __getitem__(self, language: Language) -> str:
        if language == "da":
            return self.da
        if language == "en":
            return self.en
        raise KeyError(language)

    def __str__(self) -> str:
        return self.da

    def fill(self, **values: object) -> Text:
        """Fill the template fields; a bilingual value is filled in each language's own words."""
        return Text(
            **{
                language: self[language].format(
                    **{k: v[language] if isinstance(v, Text) else v for k, v in values.items()}
                )
                for language in LANGUAGES
            }
        )


def joined(texts: Iterable[Text], between: str = "; ", nothing: Text | None = None) -> Text:
    """Texts in one line; empty ones are left out, and ``nothing`` stands where none is left.

    >>> joined([Text("åben", "open"), Text("afsluttet", "closed")], ", ").da
    'åben, afsluttet'
    """
    given = [text for text in texts if text.da]
    if not given and nothing is not None:
        return nothing
    return Text(*(between.join(text[language] for text in given) for language in LANGUAGES))
