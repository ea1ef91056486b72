"""Figures that are quoted -> what is calculated from them, its formula shown and computed again.

>>> question = "2024年地区生产总值是2023年的几倍?"
>>> read_operation(question, "zh").kind
'ratio'
>>> [(f.operands, f.result, f.holds) for f in find_formulas("651亿元 ÷ 620亿元 = 1.05倍")]
[(('651亿元', '620亿元'), Decimal('1.05'), True)]
"""

from rag.ledger.compare import compare, compare_levels
from rag.ledger.expression import Formula, find_formulas
from rag.ledger.operation import Operation, OperationKind, read_operation

__all__ = [
    "Formula",
    "Operation",
    "OperationKind",
    "compare",
    "compare_levels",
    "find_formulas",
    "read_operation",
]
