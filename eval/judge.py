"""Is an answer right? Questions with gold answers, and the verdict on an answer to one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Literal

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
    for claim in answer.claims if several else _first_claims(answer.claims):
        same = Decimal(claim.value) == expected.value and _same_unit(claim.unit, expected.unit)
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


def _same_unit(one: str, other: str) -> bool:
    return one == other or one.endswith(other) or other.endswith(one)


def _cites(gold: GoldQuestion, citation: Citation, text: str) -> bool:
    return any(
        item.document == citation.document
        and (item.text in citation.quote or citation.quote in item.text or text in item.text)
        for item in gold.evidence
    )
