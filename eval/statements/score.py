"""Known statements against those read of their document -> outcomes, and counts of them.

>>> low, high = wilson(80, 100)
>>> round(low, 3), round(high, 3)
(0.711, 0.867)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt
from typing import Any

from eval.statements.fields import FIELDS, compare
from eval.statements.gold import Folded, Known, find_in
from rag.ledger import statement_values
from rag.schema import Document, Statement

MEASURES = ("found", *FIELDS, "all")
_CONFIDENCE = 1.96


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a known figure: what was read there (None: nothing), and which fields are right.

    `is_lost`: its text does not stand in the stored text, or not so that it could be told from others.
    """

    known: Known
    read: Mapping[str, Any] | None
    right: Mapping[str, bool]
    in_table: bool = False
    is_lost: bool = False

    @property
    def wrong(self) -> tuple[str, ...]:
        """The fields that differ; `found` where there is nothing, `noise` where nothing should be."""
        if not self.known.keep:
            return ("noise",) if self.read is not None else ()
        return tuple(name for name, right in self.right.items() if not right) if self.read else ("found",)

    @property
    def form(self) -> str:
        """What kind of statement it is: "growth, year"."""
        return f"{self.known.fields['measure']}, {self.known.fields['period']['kind']}"


@dataclass
class Score:
    """Right ones of all, by field and by form: measure and period, running text or table, template."""

    documents: int = 0
    right: Counter[str] = field(default_factory=Counter)
    all: Counter[str] = field(default_factory=Counter)
    forms: dict[str, Counter[str]] = field(default_factory=dict)
    templates: dict[str, Counter[str]] = field(default_factory=dict)
    outcomes: list[Outcome] = field(default_factory=list)

    def add(self, outcome: Outcome) -> None:
        """Counts one outcome."""
        self.outcomes.append(outcome)
        if not outcome.known.keep:
            self._count("noise kept", outcome.read is not None)
            return
        for name in MEASURES:
            self._count(name, outcome.read is not None and (name == "found" or outcome.right[name]))
        if not outcome.known.doubt:
            self._count("all, where no reader doubts", outcome.right.get("all", False))
        where = "table cell" if outcome.in_table else "running text"
        family = f"family {outcome.known.family}" if outcome.known.family else ""
        for form in filter(None, (outcome.form, where, family)):
            self._count_form(self.forms, form, outcome)
        if outcome.known.form:
            self._count_form(self.templates, outcome.known.form, outcome)

    def _count_form(self, forms: dict[str, Counter[str]], form: str, outcome: Outcome) -> None:
        counts = forms.setdefault(form, Counter())
        counts.update(known=1, found=outcome.read is not None, right=outcome.right.get("all", False))

    def add_extra(self, extra: int, statements: int) -> None:
        """Counts the statements of a wholly known document that are none."""
        self.right["statements that are none"] += extra
        self.all["statements that are none"] += statements

    def _count(self, name: str, is_right: bool) -> None:
        self.all[name] += 1
        self.right[name] += is_right

    def share(self, name: str) -> float:
        """The share of right ones."""
        return self.right[name] / self.all[name] if self.all[name] else 0.0


def judge(known: Sequence[Known], document: Document, statements: Iterable[Statement]) -> list[Outcome]:
    """The outcomes of one document's known figures."""
    stored, read = Folded(document.text), list(statements)
    return [_outcome(one, document, stored, read) for one in known]


def _outcome(known: Known, document: Document, stored: Folded, read: Sequence[Statement]) -> Outcome:
    span = find_in(stored, known)
    if span is None:
        return Outcome(known, None, {}, is_lost=True)
    start, end = span
    in_table = any(table.start <= start < table.end for table in document.tables)
    touching = [s for s in read if s.quantity.start < end and start < s.quantity.end]
    if not touching:
        return Outcome(known, None, {}, in_table)
    best = max(touching, key=lambda s: min(s.quantity.end, end) - max(s.quantity.start, start))
    row = {**statement_values(best), "section": best.section, "start": best.quantity.start}
    return Outcome(known, row, compare(known.fields, row) if known.keep else {}, in_table)


def wilson(right: int, every: int) -> tuple[float, float]:
    """The 95 % interval of a share."""
    if not every:
        return 0.0, 1.0
    z2 = _CONFIDENCE**2
    middle = (right + z2 / 2) / (every + z2)
    reach = _CONFIDENCE / (every + z2) * sqrt(right * (every - right) / every + z2 / 4)
    return max(0.0, middle - reach), min(1.0, middle + reach)
