"""What a question wants calculated from several figures, if anything.

>>> read_operation("2023年一般公共预算收入是2019年的几倍?", "zh").kind
'ratio'
>>> read_operation("How many more parks were built in 2019 than in 2023?", "en").kind
'difference'
>>> read_operation("2023年GDP增速是多少?", "zh") is None
True
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from rag.language import load_toml
from rag.schema import Language, Role

OperationKind = Literal["change", "share", "ratio", "sum", "difference"]


@dataclass(frozen=True, slots=True)
class Operation:
    """A calculation. `operands`: the question with what asks for the calculation blanked.

    `role`: growth or decline, where the operands are such rates. `points`: they are per cents.
    `from_first`: the operand named first is what the other one is measured by. `plan_years`: the plans
    that are named as their sources. `of_years`: it is asked for only if two years are named.
    """

    kind: OperationKind
    operands: str
    role: Role | None
    points: bool
    from_first: bool
    plan_years: tuple[int, ...]
    of_years: bool


@cache
def _data() -> dict[str, Any]:
    return load_toml("ledger/operation.toml")


def read_operation(plain: str, language: Language) -> Operation | None:
    """The calculation that a question asks for; None if it asks for none."""
    cues = _data()[language]
    kinds: tuple[OperationKind, ...] = tuple(cues["order"])

    def says(pattern: str) -> bool:
        return re.search(pattern, plain, re.IGNORECASE) is not None

    kind = next((name for name in kinds if says(cues[name])), None)
    if kind is None and not says(cues["drift"]):
        return None
    operands = plain
    for name in (*kinds, "drift"):
        operands = re.sub(cues[name], lambda match: " " * len(match[0]), operands, flags=re.IGNORECASE)
    roles: dict[Role, str] = cues["rates"]
    return Operation(
        kind or "difference",
        operands,
        role=next((role for role, pattern in roles.items() if kind != "change" and says(pattern)), None),
        points=says(cues["points"]),
        from_first=says(cues["from"]),
        plan_years=tuple(int(match[1]) for match in re.finditer(cues["plan"], plain, re.IGNORECASE)),
        of_years=kind is None,
    )
