"""TODO"""

from rag.read.parse import parse_document
from rag.read.readers import READERS, read_source
from rag.read.readers.txt import read_txt

__all__ = [
    "READERS",
    "parse_document",
    "read_source",
    "read_txt",
]
