r"""Statements -> a ledger that is asked for them; quoted figures -> what is calculated from them.

>>> from tempfile import TemporaryDirectory
>>> from pathlib import Path
>>> from rag.read import parse_document
>>> text = "青禾市2025年政府工作报告\n一、2024年工作回顾\n新建公园12个。\n"
>>> with TemporaryDirectory() as folder:
...     done = write_ledger(Path(folder) / "ledger.sqlite", [parse_document(text, "a", "a.txt")])
...     ledger = open_ledger(Path(folder) / "ledger.sqlite")
...     [(e.statement.quantity.text, e.statement.period.end) for e in find(ledger, Filter(words="parks"))]
[('12个', 2024)]

Formulas of what is calculated are shown and computed again:

>>> question = "2024年地区生产总值是2023年的几倍?"
>>> read_operation(question, "zh").kind
'ratio'
>>> [(f.operands, f.result, f.holds) for f in find_formulas("651亿元 ÷ 620亿元 = 1.05倍")]
[(('651亿元', '620亿元'), Decimal('1.05'), True)]
"""

from rag.ledger.compare import compare
from rag.ledger.expression import Formula, find_formulas
from rag.ledger.find import Filter, coverage, find, statement_at, uncovered_places, unit_class_of
from rag.ledger.flat import CELLS, PERIOD, Facts, fact_cells, fact_values, statement_values
from rag.ledger.listings import Enumeration, find_listings
from rag.ledger.operation import Operation, OperationKind, read_operation
from rag.ledger.rows import Entry, Source
from rag.ledger.series import Beside, Row, Series, read_series, stage_of
from rag.ledger.store import NAME, Ledger, is_current, ledger_damage, open_ledger
from rag.ledger.words import check_words, subject_tokens, text_tokens
from rag.ledger.writing import write_ledger

__all__ = [
    "CELLS",
    "NAME",
    "PERIOD",
    "Beside",
    "Entry",
    "Enumeration",
    "Facts",
    "Filter",
    "Formula",
    "Ledger",
    "Operation",
    "OperationKind",
    "Row",
    "Series",
    "Source",
    "check_words",
    "compare",
    "coverage",
    "fact_cells",
    "fact_values",
    "find",
    "find_formulas",
    "find_listings",
    "is_current",
    "ledger_damage",
    "open_ledger",
    "read_operation",
    "read_series",
    "stage_of",
    "statement_at",
    "statement_values",
    "subject_tokens",
    "text_tokens",
    "uncovered_places",
    "unit_class_of",
    "write_ledger",
]
