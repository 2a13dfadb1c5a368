"""The content the library ships: reference figures, terms, and what each report year asks (da: indhold).

Everything is TOML with a source and a certainty per entry; a plug-in's own files go through the same reader.
"""

from almenstyring.content.chart import chart_from
from almenstyring.content.reader import Document, read_toml
from almenstyring.content.references import load_references, references_from
from almenstyring.content.standard import (
    load_questionnaires,
    load_standard,
    questionnaire_from,
    standard_from,
    standard_years,
)
from almenstyring.content.structure import structure
from almenstyring.content.terms import Term, find_term, label, load_terms
from almenstyring.domain.figures.references import References

__all__ = [
    "Document",
    "References",
    "Term",
    "chart_from",
    "find_term",
    "label",
    "load_questionnaires",
    "load_references",
    "load_standard",
    "load_terms",
    "questionnaire_from",
    "read_toml",
    "references_from",
    "standard_from",
    "standard_years",
    "structure",
]
