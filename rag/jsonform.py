"""Answers as JSON (the shape is documented in the README and held by tests)."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Sequence
from dataclasses import asdict
from io import StringIO
from typing import Any

from rag.ask import Fact, Series, headline
from rag.check import Verification
from rag.schema import Answer, Claim, Evidence, SearchResult
from rag.search import SECTION_SEPARATOR


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


def facts_to_json(facts: Sequence[Fact]) -> list[dict[str, Any]]:
    """Figures as plain data."""
    return [{"indicator": fact.indicator, **_figure_to_json(fact.evidence)} for fact in facts]


def facts_to_csv(facts: Sequence[Fact]) -> str:
    """Figures as CSV with a line of names; the section path is joined.

    A cell that a spreadsheet would take for a formula begins with an apostrophe, which makes it text.
    """
    rows = facts_to_json(facts)
    out = StringIO()
    names = ("indicator", *_FIGURE_FIELDS)
    writer = csv.DictWriter(out, names)
    writer.writeheader()
    for row in rows:
        cells = {**row, "section": SECTION_SEPARATOR.join(row["section"])}
        writer.writerow({name: _harmless(cell) for name, cell in cells.items()})
    return out.getvalue()


def _harmless(cell: object) -> object:
    """A cell that no spreadsheet runs.

    >>> _harmless("+cmd|' /C calc'!A0"), _harmless("＝1+1"), _harmless("-9.6%"), _harmless(2023)
    ("'+cmd|' /C calc'!A0", "'＝1+1", '-9.6%', 2023)
    """
    if isinstance(cell, str) and _FORMULA.match(cell) and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


def series_to_json(indicator: str, series: Series) -> dict[str, Any]:
    """An indicator through the years as plain data."""
    return {
        "indicator": indicator,
        "levels": [_figure_to_json(item) for item in series.levels],
        "rates": [_figure_to_json(item) for item in series.rates],
        "changes": [
            {
                "from": {"year": change.earlier.year, "status": change.earlier.status},
                "to": {"year": change.later.year, "status": change.later.status},
                "difference": change.difference,
                "ratio": change.ratio,
            }
            for change in series.changes
        ],
    }


_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
_NUMBER = re.compile(r"[+-]?[0-9][0-9.,]*(%|[^\W\d_]*)")  # a figure with its unit
_FIGURE_FIELDS = (
    "year", "status", "figure", "value", "unit", "qualifier", "role",
    "document", "title", "path", "section", "quote", "start", "end",
)  # fmt: skip


def _figure_to_json(item: Evidence) -> dict[str, Any]:
    """A figure with its frame and where it stands; `quote` is the source text from `start` to `end`."""
    quantity, chunk = item.quantity, item.chunk
    assert quantity is not None
    told = (item.year, item.status, headline(item))
    value = (str(quantity.value), quantity.unit, quantity.qualifier, quantity.role)
    place = (chunk.document, chunk.title, chunk.path, chunk.section, item.quote, item.start, item.end)
    return dict(zip(_FIGURE_FIELDS, (*told, *value, *place), strict=True))


def dump(data: object) -> str:
    """One line of JSON with Chinese left readable."""
    return json.dumps(data, ensure_ascii=False)
