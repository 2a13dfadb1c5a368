"""Objects to plain data and back: the only place that serialises.

``encode`` writes a document with its format and version, ``decode`` reads one strictly: unknown keys,
wrong types, decimals written as JSON numbers, duplicate keys and too deep or too large documents
are refused, every fault with its path.
"""

from almenstyring.codec.documents import FORMATS, decode, encode, plain, recognise, structure
from almenstyring.codec.reading import LARGEST_DOCUMENT, DEEPEST_NESTING, parse

__all__ = [
    "DEEPEST_NESTING",
    "FORMATS",
    "LARGEST_DOCUMENT",
    "decode",
    "encode",
    "parse",
    "plain",
    "recognise",
    "structure",
]
