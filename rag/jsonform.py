"""Answers as JSON (the shape is documented in the README and held by tests)."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from rag.schema import Answer, Claim, SearchResult
from rag.verify import Verification


def answer_to_json(answer: Answer, identity: object = None) -> dict[str, Any]:
    """The answer as plain data; `identity` is the id of a batch question.

    `prompt` is there only if a language model was asked, `understood` only for a follow-up.
    """
    data = asdict(answer)
    for name in ("prompt", "understood"):
        if data[name] is None:
            del data[name]
    return data if identity is None else {"id": identity, **data}


def claims_to_json(claims: tuple[Claim, ...]) -> list[dict[str, Any]]:
    """Claims as plain data."""
    return [asdict(claim) for claim in claims]


def verification_to_json(verification: Verification) -> dict[str, Any]:
    """A checked text as plain data; a claim has its place in the text and what was found."""
    return {
        "verdict": verification.verdict,
        "language": verification.language,
        "claims": [
            {**asdict(f.claim), "finding": f.finding, "start": f.start, "end": f.end}
            for f in verification.figures
        ],
        "citations": [asdict(citation) for citation in verification.citations],
    }


def results_to_json(results: tuple[SearchResult, ...]) -> list[dict[str, Any]]:
    """Ranked passages as plain data, best first."""
    return [
        {
            "rank": rank,
            "score": round(result.score, 6),
            "lexical_rank": result.lexical_rank,
            "dense_rank": result.dense_rank,
            **asdict(result.chunk),
        }
        for rank, result in enumerate(results, start=1)
    ]


def dump(data: object) -> str:
    """One line of JSON with Chinese left readable."""
    return json.dumps(data, ensure_ascii=False)
