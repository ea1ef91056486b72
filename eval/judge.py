"""Is an answer right? Questions with gold answers, and the verdict on an answer to one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Literal

from rag.agreement import agreement
from rag.quantity import find_quantities
from rag.schema import Answer, Citation, Claim, Status

QUESTIONS = Path(__file__).parent / "questions.jsonl"
Outcome = Literal["right", "wrong", "refused"]


@dataclass(frozen=True, slots=True)
class Expected:
    """A figure that the answer must give, as displayed in the source."""

    value: Decimal
    unit: str
    qualifier: str | None
    year: int
    status: Status


@dataclass(frozen=True, slots=True)
class EvidenceText:
    """Where the answer stands: a verbatim stretch of a document."""

    document: str
    text: str


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question with what a right answer gives; `reason` for one that the plans do not answer."""

    id: str
    question: str
    language: str
    category: str
    difficulty: str
    split: str
    answerable: bool
    expected: tuple[Expected, ...]
    evidence: tuple[EvidenceText, ...]
    reason: str | None


def load_questions(path: Path = QUESTIONS) -> tuple[GoldQuestion, ...]:
    """The question set; raises ValueError naming the line that is broken."""
    questions = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            questions.append(_read(json.loads(line)))
        except (KeyError, TypeError, ValueError, ArithmeticError) as error:
            raise ValueError(f"{path.name}, line {number}: {error}") from error
    return tuple(questions)


def _read(row: dict[str, object]) -> GoldQuestion:
    expected = [Expected(**{**item, "value": Decimal(item["value"])}) for item in row["expected"]]  # type: ignore[attr-defined]
    evidence = [EvidenceText(**item) for item in row["evidence"]]  # type: ignore[attr-defined]
    return GoldQuestion(**{**row, "expected": tuple(expected), "evidence": tuple(evidence)})  # type: ignore[arg-type]


def judge(gold: GoldQuestion, answer: Answer) -> Outcome:
    """Right: figure, unit, year, status and cited passage, or an abstention where one is due."""
    if answer.outcome == "abstained":
        return "refused" if gold.answerable else "right"
    if not gold.answerable:
        return "wrong"
    if gold.expected:
        right = all(_gives(gold, item, answer) for item in gold.expected)
    else:
        right = any(_cites(gold, citation, citation.quote) for citation in answer.citations)
    return "right" if right else "wrong"


def _gives(gold: GoldQuestion, expected: Expected, answer: Answer) -> bool:
    """Whether the figure is given, and given first where the question asks for one only."""
    citations = {citation.key: citation for citation in answer.citations}
    several = len(gold.expected) > 1
    asked = {q.text for q in find_quantities(gold.question)}
    told = [claim for claim in answer.claims if claim.text not in asked]
    for claim in told if several else _first_claims(told):
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
        and (item.text in citation.quote or citation.quote in item.text or _holds(item.text, text))
        for item in gold.evidence
    )


def _holds(evidence: str, figure: str) -> bool:
    """Whether the evidence holds the figure, in Chinese or in English."""
    told = find_quantities(figure)
    return figure in evidence or any(
        agreement(one, other) in ("supported", "qualifier_changed")
        for one in told
        for other in find_quantities(evidence)
    )
