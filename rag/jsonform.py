"""Answers as JSON (the shape is documented in the README and held by tests)."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from rag.schema import Answer, SearchResult


def answer_to_json(answer: Answer, identity: object = None) -> dict[str, Any]:
    """The answer as plain data; `identity` is the id of a batch question."""
    data = asdict(answer)
    return data if identity is None else {"id": identity, **data}


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
