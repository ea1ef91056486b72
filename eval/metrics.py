"""The metrics of the evaluation, as pure functions over plain values.

>>> triad(["correct", "correct", "refused", "incorrect"]).correct
2
>>> ndcg_at_k([False, True], relevant=1, k=5)
0.6309

A share of nothing is None: there is nothing to be right or wrong about. Shares are rounded to four digits, so
that a last bit of a sum is no change.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from eval.judge import Outcome
from rag.check import is_borne_out
from rag.language import agreement, find_quantities
from rag.ledger import find_formulas
from rag.schema import Answer, Citation, Claim

Stretch = tuple[str, int, int]  # document, start, end in characters
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Triad:
    """How many questions were answered correctly, answered incorrectly, or refused though answerable."""

    correct: int
    incorrect: int
    refused: int

    @property
    def total(self) -> int:
        """All questions."""
        return self.correct + self.incorrect + self.refused

    @property
    def accuracy(self) -> float | None:
        """The share of correct ones."""
        return share(self.correct, self.total)


def share(part: float, whole: float) -> float | None:
    """`part / whole`, rounded; None of nothing."""
    return round(part / whole, _DIGITS) if whole else None


def mean(values: Iterable[float | None]) -> float | None:
    """The mean of the values that are there."""
    known = [value for value in values if value is not None]
    return share(sum(known), len(known))


def triad(outcomes: Iterable[Outcome]) -> Triad:
    """Counts of the three outcomes."""
    counts = Counter(outcomes)
    return Triad(counts["correct"], counts["incorrect"], counts["refused"])


def overlap(one: Stretch, other: Stretch) -> bool:
    """Whether two stretches of text share a character."""
    return one[0] == other[0] and one[1] < other[2] and other[1] < one[2]


def precision(found: Sequence[Stretch], gold: Sequence[Stretch]) -> float | None:
    """The share of the stretches found that touch a gold one (of citations: citation precision)."""
    return share(sum(any(overlap(item, other) for other in gold) for item in found), len(found))


def recall(found: Sequence[Stretch], gold: Sequence[Stretch]) -> float | None:
    """The share of the gold stretches that are touched by one found (of citations: citation recall)."""
    return share(sum(any(overlap(item, other) for other in found) for item in gold), len(gold))


def recall_at_k(ranked: Sequence[Stretch], gold: Sequence[Stretch], k: int) -> float | None:
    """The share of the gold stretches that the first k passages touch."""
    return recall(ranked[:k], gold)


def ndcg_at_k(hits: Sequence[bool], relevant: int, k: int) -> float | None:
    """Normalised discounted cumulative gain of a ranking with binary relevance.

    `hits` says of each rank whether it is relevant, `relevant` how many there are in all (Järvelin and
    Kekäläinen 2002, with the logarithm to base 2).
    """
    ideal = sum(1 / math.log2(rank + 2) for rank in range(min(relevant, k)))
    return share(sum(hit / math.log2(rank + 2) for rank, hit in enumerate(hits[:k])), ideal)


def abstention_precision(rows: Iterable[tuple[bool, bool]]) -> float | None:
    """Of the abstentions, the share that was due; rows are (answerable, abstained)."""
    due = [not answerable for answerable, abstained in rows if abstained]
    return share(sum(due), len(due))


def abstention_recall(rows: Iterable[tuple[bool, bool]]) -> float | None:
    """Of the questions that the plans do not answer, the share that was abstained from."""
    abstentions = [abstained for answerable, abstained in rows if not answerable]
    return share(sum(abstentions), len(abstentions))


def false_refusals(rows: Iterable[tuple[bool, bool]]) -> float | None:
    """Of the answerable questions, the share that was refused."""
    refusals = [abstained for answerable, abstained in rows if answerable]
    return share(sum(refusals), len(refusals))


def quote_exactness(citations: Sequence[Citation], source: Callable[[str], str]) -> float | None:
    """The share of the quotes that equal their slice of the source, letter for letter."""
    exact = [source(c.document)[c.start : c.end] == c.quote for c in citations]
    return share(sum(exact), len(exact))


def faithfulness(answer: Answer) -> float | None:
    """The share of an answer's claims that their cited passages bear out.

    The verdict of the checker does not suffice: the figure itself is looked for in the quotes once more,
    and a calculated one by its formula, so that a checker that says yes to everything is noticed.
    """
    borne_out = [is_borne_out(claim.verdict) and _stands(claim, answer) for claim in answer.claims]
    return share(sum(borne_out), len(borne_out))


def _stands(claim: Claim, answer: Answer) -> bool:
    quotes = [citation.quote for citation in answer.citations if citation.key in claim.citations]
    if claim.expression:
        formulas = list(find_formulas(claim.expression))
        return bool(formulas) and all(formula.holds for formula in formulas)
    if any(claim.text in quote for quote in quotes):
        return True
    told = find_quantities(claim.text)
    return bool(told) and all(
        any(
            agreement(one, other) in ("supported", "rounded", "qualifier_changed")
            for quote in quotes
            for other in find_quantities(quote)
        )
        for one in told
    )


def percentile(values: Sequence[float], q: float) -> float | None:
    """The value below which a share `q` (0 to 1) of the values lies, linearly interpolated."""
    if not values:
        return None
    ordered = sorted(values)
    position = q * (len(ordered) - 1)
    low = math.floor(position)
    high = min(low + 1, len(ordered) - 1)
    return round(ordered[low] + (ordered[high] - ordered[low]) * (position - low), 2)
