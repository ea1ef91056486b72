"""Tables and shares in Markdown.

>>> print(markdown_table(["set", "right"], [["made", percent(0.936)]]))
| set | right |
| --- | --: |
| made | 93.6 % |
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def percent(value: float | None) -> str:
    """A share for a reader: 0.936 -> "93.6 %"."""
    return "–" if value is None else f"{value * 100:.1f} %"


def markdown_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table whose first column is words and whose others are figures."""
    lines = [f"| {' | '.join(head)} |", f"| --- |{' --: |' * (len(head) - 1)}"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])
