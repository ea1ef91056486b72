r"""A file -> a Document: its text without the page's furniture, what it is, its sections, tables, passages.

>>> text = "青禾市2025年政府工作报告\n一、2024年工作回顾\n全市生产总值增长5%。"
>>> document = parse_document(text, "q", "q.txt")
>>> document.identity.kind, document.identity.place, document.identity.year
('work_report', '青禾市', 2025)
>>> [(passage.section, passage.year, passage.status) for passage in document.passages]
[(('一、2024年工作回顾',), 2024, 'actual')]
"""

from rag.read.cleaning import clean
from rag.read.head import split_reports
from rag.read.parse import parse_document, parse_reading
from rag.read.readers import READERS, read_source
from rag.read.readers.encodings import decode
from rag.read.reading import Line, Reading, plain_reading

__all__ = [
    "READERS",
    "Line",
    "Reading",
    "clean",
    "decode",
    "parse_document",
    "parse_reading",
    "plain_reading",
    "read_source",
    "split_reports",
]
