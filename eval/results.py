"""The results of a run: a value for each question, the metrics over them, and their file."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from eval.judge import Outcome
from eval.metrics import (
    Triad,
    abstention_precision,
    abstention_recall,
    false_refusals,
    mean,
    triad,
)
from eval.questions import PARTS, GoldQuestion, group_of
from rag.errors import InputError

Counts = dict[str, dict[str, dict[str, int]]]  # "altered" or "true" -> kind -> "tried" and "wrong"
FORMAT = 1
CUTOFFS = (1, 3, 5, 10)


@dataclass(frozen=True, slots=True)
class CitedQuote:
    """A quote of an answer, and where it stands."""

    document: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """What became of a question. Shares (0 to 1) are None where there is nothing to have a share of."""

    id: str
    outcome: Outcome
    abstained: str | None
    answer: str
    citations: tuple[CitedQuote, ...]
    faithfulness: float | None
    quote_exactness: float | None
    citation_precision: float | None
    citation_recall: float | None
    recall_at: dict[str, float | None]
    ndcg_at: dict[str, float | None]


@dataclass(frozen=True, slots=True)
class Results:
    """A whole run. `checker` holds the counts of the mutation test, if it was run."""

    commit: str
    settings: str
    questions: str
    writer: str
    checker: Counts
    answers: tuple[QuestionResult, ...]


def metrics_of(rows: Sequence[tuple[GoldQuestion, QuestionResult]]) -> dict[str, float | None]:
    """The metrics over some questions, by name; all are better when they are higher, but false_refusals."""
    results = [result for _, result in rows]
    numeric = [result.outcome for question, result in rows if question.expected]
    abstentions = [(question.answerable, result.abstained is not None) for question, result in rows]
    return {
        "accuracy": triad(result.outcome for result in results).accuracy,
        "numeric_correctness": triad(numeric).accuracy,
        "faithfulness": mean(result.faithfulness for result in results),
        "quote_exactness": mean(result.quote_exactness for result in results),
        "citation_precision": mean(result.citation_precision for result in results),
        "citation_recall": mean(result.citation_recall for result in results),
        **{f"recall@{k}": mean(result.recall_at[str(k)] for result in results) for k in CUTOFFS},
        **{f"ndcg@{k}": mean(result.ndcg_at[str(k)] for result in results) for k in CUTOFFS},
        "abstention_precision": abstention_precision(abstentions),
        "abstention_recall": abstention_recall(abstentions),
        "false_refusals": false_refusals(abstentions),
    }


def pair_up(
    questions: Iterable[GoldQuestion], results: Results
) -> tuple[tuple[GoldQuestion, QuestionResult], ...]:
    """Every question that was run, with its result."""
    by_id = {result.id: result for result in results.answers}
    return tuple((question, by_id[question.id]) for question in questions if question.id in by_id)


def triads(
    rows: Iterable[tuple[GoldQuestion, QuestionResult]], key: Callable[[GoldQuestion], str]
) -> dict[str, Triad]:
    """Correct, incorrect and refused for each value of `key`, sorted."""
    outcomes: dict[str, list[Outcome]] = {}
    for question, result in rows:
        outcomes.setdefault(key(question), []).append(result.outcome)
    return {name: triad(outcomes[name]) for name in sorted(outcomes)}


def summarise(rows: Sequence[tuple[GoldQuestion, QuestionResult]]) -> dict[str, Any]:
    """The metrics and the triads by group and category, for each part of the set and for all of it."""
    parts = {name: [row for row in rows if name in ("all", row[0].split)] for name in (*PARTS, "all")}
    return {
        name: {
            "questions": len(part),
            "metrics": metrics_of(part),
            "groups": {key: asdict(value) for key, value in triads(part, group_of).items()},
            "categories": {
                key: asdict(value)
                for key, value in triads(part, lambda q: f"{q.category}, {q.language}").items()
            },
        }
        for name, part in parts.items()
        if part
    }


def write_results(path: Path, results: Results, questions: Iterable[GoldQuestion]) -> None:
    """Writes a results file: what was run, the summary, and one line for each question."""
    head = {
        "format": FORMAT,
        "commit": results.commit,
        "settings": results.settings,
        "questions": results.questions,
        "writer": results.writer,
        "checker": results.checker,
        "summary": summarise(pair_up(questions, results)),
    }
    lines = json.dumps(head, ensure_ascii=False, indent=1)[:-2]
    answers = ",\n".join(f"  {json.dumps(asdict(item), ensure_ascii=False)}" for item in results.answers)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'{lines},\n "answers": [\n{answers}\n ]\n}}\n', encoding="utf-8")


def read_results(path: Path) -> Results:
    """Reads a results file; raises InputError with line and reason if it is broken or of another format."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise InputError(f"{path.name}, line {error.lineno}: no JSON ({error.msg}).", _ACCEPT) from error
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: the results cannot be read ({error}).", _ACCEPT) from error
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        found = data.get("format") if isinstance(data, dict) else None
        raise InputError(
            f"{path.name}, line 1: format {found}, but this program reads format {FORMAT}.", _ACCEPT
        )
    try:
        names = ("commit", "settings", "questions", "writer", "checker")
        return Results(
            **{name: data[name] for name in names}, answers=tuple(map(_read_answer, data["answers"]))
        )
    except (KeyError, TypeError) as error:
        raise InputError(f"{path.name}: the results are damaged ({error}).", _ACCEPT) from error


_ACCEPT = "Make a new one with `rag eval --accept`."


def _read_answer(row: Mapping[str, Any]) -> QuestionResult:
    return QuestionResult(**{**row, "citations": tuple(CitedQuote(**item) for item in row["citations"])})
