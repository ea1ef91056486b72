"""TODO"""

from rag.read.parse import parse_document
from rag.read.readers import READERS, read_source
from rag.read.readers.txt import decode

__all__ = [
    "READERS",
    "decode",
    "parse_document",
    "read_source",
]
