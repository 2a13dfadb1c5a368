"""Objects to plain data and back: the only place that serialises.

``encode`` writes a document with its format and version, ``decode`` reads one strictly: unknown keys,
wrong types, decimals written as JSON numbers, duplicate keys and too deep or too large documents
are refused, every fault with its path.
"""

from almenstyring.codec.documents import FORMATS, UPGRADES, decode, encode, plain, recognise, structure
from almenstyring.codec.reading import DEEPEST_NESTING, LARGEST_DOCUMENT, parse
from almenstyring.codec.refusing import MOST_FAULTS

__all__ = [
    "DEEPEST_NESTING",
    "FORMATS",
    "LARGEST_DOCUMENT",
    "MOST_FAULTS",
    "UPGRADES",
    "decode",
    "encode",
    "parse",
    "plain",
    "recognise",
    "structure",
]
