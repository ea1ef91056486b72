"""Answers as JSON (the shape is documented in the README and held by tests)."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from io import StringIO
from typing import Any

from rag.check import Verification
from rag.ledger import CELLS, PERIOD, Beside, Entry, Row, Series, fact_cells, fact_values, stage_of
from rag.schema import Answer, Claim, SearchResult


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


def facts_as_json(entries: Iterable[Entry]) -> Iterator[str]:
    """The lines of a JSON list of statements, one a line, as they come."""
    before = "["
    for entry in entries:
        yield f"{before}{dump(fact_values(entry))}"
        before = ",\n"
    yield "]" if before != "[" else "[]"


def facts_as_csv(entries: Iterable[Entry]) -> Iterator[str]:
    """The lines of CSV of statements, names first, as they come; a period has four cells.

    A cell that a spreadsheet would take for a formula begins with an apostrophe, which makes it text.
    """
    yield from _csv_lines(CELLS, map(fact_cells, entries))


def series_to_json(words: str, series: Series | None) -> dict[str, Any]:
    """A thing by places and periods as plain data; without any, the same with nothing in it."""
    if series is None:
        return {"words": words, **_NO_SERIES}
    return {
        "words": words,
        "subject": series.subject,
        "indicator": series.indicator,
        "unit_class": series.unit_class,
        "rows": [_row_to_json(row) for row in series.rows],
        "changes": [
            {
                "place": change.place,
                "from": _when(change.earlier),
                "to": _when(change.later),
                "difference": change.difference,
                "ratio": change.ratio,
            }
            for change in series.changes
        ],
        "others": list(series.others),
    }


def _row_to_json(row: Row) -> dict[str, Any]:
    return {
        "place": row.place,
        "period": asdict(row.period),
        "outturns": [_witness(entry) for entry in row.level.outturns],
        "targets": _targets(row.level),
        "growth": [_witness(entry) for entry in row.growth.outturns],
        "growth_targets": _targets(row.growth),
        "growth_from_levels": row.formula,
    }


def _targets(beside: Beside) -> list[dict[str, Any]]:
    return [
        {**_witness(entry), "judgement": judgement}
        for entry, judgement in zip(beside.targets, beside.judgements, strict=True)
    ]


def _witness(entry: Entry) -> dict[str, Any]:
    return {**fact_values(entry), "stage": stage_of(entry)}


def _when(entry: Entry) -> dict[str, Any]:
    return {"year": entry.statement.period.end, "status": entry.statement.status}


def series_as_csv(series: Series) -> Iterator[str]:
    """The lines of CSV of a comparison, one a place and period; several figures of a cell are joined."""
    yield from _csv_lines(_ROW_CELLS, map(_row_cells, series.rows))


def _row_cells(row: Row) -> dict[str, Any]:
    cells: dict[str, Any] = {"place": row.place, **{f"period_{k}": v for k, v in asdict(row.period).items()}}
    for prefix, beside in (("", row.level), ("growth_", row.growth)):
        for name, entries in (("outturn", beside.outturns), ("target", beside.targets)):
            cells[f"{prefix}{name}"] = _joined(entry.figure for entry in entries)
            cells[f"{prefix}{name}_source"] = _joined(entry.reference for entry in entries)
        cells[f"{prefix}judgement"] = _joined(judgement or "" for judgement in beside.judgements)
    return {**cells, "growth_from_levels": row.formula or ""}


def _joined(cells: Iterable[str]) -> str:
    return "; ".join(cells)


def _csv_lines(names: Sequence[str], rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    out = StringIO()
    writer = csv.DictWriter(out, names)
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _harmless(row[name]) for name in names})
        yield out.getvalue()
        out.seek(0)
        out.truncate()
    yield out.getvalue()


def _harmless(cell: object) -> object:
    """A cell that no spreadsheet runs.

    >>> _harmless("+cmd|' /C calc'!A0"), _harmless("＝1+1"), _harmless("-9.6%"), _harmless(2023)
    ("'+cmd|' /C calc'!A0", "'＝1+1", '-9.6%', 2023)
    """
    if isinstance(cell, str) and _FORMULA.match(cell) and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
_NUMBER = re.compile(r"[+-]?[0-9][0-9.,]*(%|[^\W\d_]*)")  # a figure with its unit
_NO_SERIES: dict[str, Any] = {
    "subject": None, "indicator": None, "unit_class": None, "rows": [], "changes": [], "others": [],
}  # fmt: skip
_ROW_CELLS = (
    "place", *PERIOD, "outturn", "outturn_source", "target", "target_source", "judgement",
    "growth_outturn", "growth_outturn_source", "growth_target", "growth_target_source", "growth_judgement",
    "growth_from_levels",
)  # fmt: skip


def dump(data: object) -> str:
    """One line of JSON with Chinese left readable."""
    return json.dumps(data, ensure_ascii=False)
