"""TODO"""

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
