"""Is an answer correct? The verdict on an answer to a question with a gold answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from eval.questions import Expected, GoldQuestion
from rag.language import agreement, find_quantities
from rag.schema import Answer, Citation, Claim

Outcome = Literal["correct", "incorrect", "refused"]


def judge(gold: GoldQuestion, answer: Answer) -> Outcome:
    """Correct: figure, unit, year, status and cited passage, or an abstention where one is due.

    A false premise (a target taken for an outturn, a wrong figure) is put right wherever the true figure
    is given: also in an abstention that says that there is only a target, and quotes it.
    """
    if gold.category == "false_premise" and gold.expected and _puts_right(gold, answer):
        return "correct"
    if answer.outcome == "abstained":
        return "refused" if gold.answerable else "correct"
    if not gold.answerable:
        return "incorrect"
    if gold.expected:
        right = all(_gives(gold, item, answer) for item in gold.expected)
    else:
        right = any(_cites(gold, citation, citation.quote) for citation in answer.citations)
    return "correct" if right else "incorrect"


def _puts_right(gold: GoldQuestion, answer: Answer) -> bool:
    told = answer.abstention is None or answer.abstention.reason in ("only_target", "only_actual")
    return told and all(_is_told(gold, item, answer, answer.claims) for item in gold.expected)


def _gives(gold: GoldQuestion, expected: Expected, answer: Answer) -> bool:
    """Whether the figure is given, and given first where the question asks for one only."""
    several = len(gold.expected) > 1
    asked = {q.text for q in find_quantities(gold.question)}
    told = [claim for claim in answer.claims if claim.text not in asked]
    return _is_told(gold, expected, answer, told if several else _first_claims(told))


def _is_told(gold: GoldQuestion, expected: Expected, answer: Answer, claims: Sequence[Claim]) -> bool:
    """Whether one of the claims is the figure, of its year and status, from a passage that holds it."""
    citations = {citation.key: citation for citation in answer.citations}
    for claim in claims:
        same = _same_figure(claim, expected)
        cited = [citations[key] for key in claim.citations]
        framed = [c for c in cited if (c.year, c.status) == (expected.year, expected.status)]
        if same and any(_cites(gold, citation, claim.text) for citation in framed):
            return True
    return False


def _first_claims(claims: Sequence[Claim]) -> list[Claim]:
    first: dict[tuple[int, ...], Claim] = {}
    for claim in claims:
        first.setdefault(claim.citations, claim)
    return list(first.values())


def _same_figure(claim: Claim, expected: Expected) -> bool:
    """The same figure as displayed, or told in English (102.09 billion yuan for 1020.9亿元)."""
    one, other = claim.unit, expected.unit
    if Decimal(claim.value) == expected.value and (one.endswith(other) or other.endswith(one)):
        return True
    told = find_quantities(claim.text)
    gold = find_quantities(f"共{expected.value}{expected.unit}")
    return bool(told and gold) and agreement(told[0], gold[0]) in ("supported", "qualifier_changed")


def _cites(gold: GoldQuestion, citation: Citation, text: str) -> bool:
    return any(
        item.document == citation.document
        and (_unmarked(item.text) in citation.quote or citation.quote in item.text or _holds(item.text, text))
        for item in gold.evidence
    )


def _unmarked(evidence: str) -> str:
    """The evidence without the mark of an enumeration, which an item of a list is quoted without."""
    return re.sub(r"^[一二三四五六七八九十]{1,2}是", "", evidence)


def _holds(evidence: str, figure: str) -> bool:
    """Whether the evidence holds the figure, in Chinese or in English."""
    told = find_quantities(figure)
    return figure in evidence or any(
        agreement(one, other) in ("supported", "qualifier_changed")
        for one in told
        for other in find_quantities(evidence)
    )
