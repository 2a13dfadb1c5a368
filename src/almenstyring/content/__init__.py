"""The content the library ships: reference figures, terms, and what each report year asks (da: indhold).

Everything is TOML with a source and a certainty per entry; a plug-in's own files go through the same reader.
"""

from almenstyring.content.reader import Document, read_toml
from almenstyring.content.references import load_references
from almenstyring.content.standards import load_questionnaires, load_standard, standard_from, standard_years
from almenstyring.content.structure import structure
from almenstyring.content.terms import Term, find_term, label, load_terms

__all__ = [
    "Document",
    "Term",
    "find_term",
    "label",
    "load_questionnaires",
    "load_references",
    "load_standard",
    "load_terms",
    "read_toml",
    "standard_from",
    "standard_years",
    "structure",
]
