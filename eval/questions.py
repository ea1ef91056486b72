"""The question set: one JSON object a line, checked against the documents before anything is run.

    python -m eval.questions [FILE]      checks a file and prints what it holds

A line that is broken, has an unknown field, repeats an id or cites evidence that does not stand where it
says is named with its reason; see `FIELDS` for what a line holds.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, get_args

from rag.errors import InputError, RagError
from rag.read import READERS, clean, read_source
from rag.schema import AbstentionReason, Language, Status

HERE = Path(__file__).parent
QUESTIONS = HERE / "questions.jsonl"
SEEDS = HERE.parent / "seeds"
PARTS = ("tuning", "reported")  # looked at while the program was written, or not
DIFFICULTIES = ("easy", "medium", "hard")
CATEGORIES = (
    "lookup_actual",
    "lookup_target",
    "trap_year",
    "trap_status",
    "trap_neighbour",
    "colloquial",
    "typo",
    "traditional",
    "false_premise",
    "followup",
    "multi",
    "compare",
    "list",
    "text",
    "unanswerable_year",
    "unanswerable_place",
    "unanswerable_indicator",
    "unanswerable_status",
    "unanswerable_unit",
    "unanswerable_yearswap",
)
_MOST_PROBLEMS = 20  # of a broken file that are named


@dataclass(frozen=True, slots=True)
class Expected:
    """A figure that the answer must give, as displayed in the source."""

    value: Decimal
    unit: str
    qualifier: str | None
    year: int
    status: Status


@dataclass(frozen=True, slots=True)
class GoldEvidence:
    """Where the answer stands: the verbatim stretch of a document that begins at `start`."""

    document: str
    start: int
    text: str

    @property
    def end(self) -> int:
        """One past the last character."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question with what a correct answer gives; `reason` for one that the plans do not answer.

    `context` holds the user's earlier questions of a conversation, oldest first.
    """

    id: str
    question: str
    context: tuple[str, ...]
    language: Language
    category: str
    difficulty: str
    split: str
    answerable: bool
    expected: tuple[Expected, ...]
    evidence: tuple[GoldEvidence, ...]
    reason: AbstentionReason | None


FIELDS = tuple(field.name for field in fields(GoldQuestion))


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions with the version of their file: the beginning of a hash of its content."""

    version: str
    questions: tuple[GoldQuestion, ...]


def read_sources(folder: Path = SEEDS) -> dict[str, str]:
    """The documents that the evidence stands in: id -> text."""
    return {
        path.stem: clean(read_source(path)).text
        for path in sorted(folder.iterdir())
        if path.suffix in READERS
    }


def load_questions(path: Path = QUESTIONS, sources: Mapping[str, str] | None = None) -> QuestionSet:
    """The question set; raises InputError that names every broken line with its reason."""
    sources = read_sources() if sources is None else sources
    try:
        content = path.read_bytes()
        lines = content.decode("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"{path}: the questions cannot be read ({error}).", "Give a JSON Lines file."
        ) from error
    questions: list[GoldQuestion] = []
    problems: list[str] = []
    first_line: dict[str, int] = {}
    for number, line in enumerate(lines, start=1):
        try:
            question = _read_line(line, sources)
            if question.id in first_line:
                raise ValueError(f"id “{question.id}” is taken by line {first_line[question.id]}")
        except (KeyError, TypeError, ValueError, InvalidOperation) as error:
            problems.append(f"{path.name}, line {number}: {error}")
            continue
        first_line[question.id] = number
        questions.append(question)
    if problems:
        more = [f"… and {len(problems) - _MOST_PROBLEMS} more"] if len(problems) > _MOST_PROBLEMS else []
        raise InputError("\n     ".join([*problems[:_MOST_PROBLEMS], *more]), "Mend the question file.")
    if not questions:
        raise InputError(f"{path.name}, line 1: the set holds no question.", "Give a file with questions.")
    return QuestionSet(hashlib.sha256(content).hexdigest()[:12], tuple(questions))


def _read_line(line: str, sources: Mapping[str, str]) -> GoldQuestion:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"no JSON ({error.msg} at character {error.pos + 1})") from error
    _check_fields(row, FIELDS, "the line")
    question = GoldQuestion(
        **{
            **row,
            "context": tuple(
                _typed(text, str, "context") for text in _typed(row["context"], list, "context")
            ),
            "expected": tuple(_read_expected(item) for item in _typed(row["expected"], list, "expected")),
            "evidence": tuple(
                _read_evidence(item, sources) for item in _typed(row["evidence"], list, "evidence")
            ),
        }
    )
    _check_question(question)
    return question


def _check_fields(row: Any, names: tuple[str, ...], what: str) -> None:
    if not isinstance(row, dict):
        raise ValueError(f"{what} is no JSON object")
    if unknown := [name for name in row if name not in names]:
        raise ValueError(f"unknown field “{unknown[0]}” (known: {', '.join(names)})")
    if missing := [name for name in names if name not in row]:
        raise ValueError(f"field “{missing[0]}” is missing")


def _typed(value: Any, kind: type, name: str) -> Any:
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise ValueError(f"“{name}” must be a {kind.__name__}, not {json.dumps(value, ensure_ascii=False)}")
    return value


def _read_expected(row: Any) -> Expected:
    _check_fields(row, tuple(field.name for field in fields(Expected)), "an expected figure")
    try:
        value = Decimal(_typed(row["value"], str, "value"))
    except InvalidOperation as error:
        raise ValueError(f"“{row['value']}” is no number") from error
    _one_of(row["status"], get_args(Status), "status")
    return Expected(**{**row, "value": value, "year": _typed(row["year"], int, "year")})


def _read_evidence(row: Any, sources: Mapping[str, str]) -> GoldEvidence:
    _check_fields(row, tuple(field.name for field in fields(GoldEvidence)), "evidence")
    item = GoldEvidence(row["document"], _typed(row["start"], int, "start"), _typed(row["text"], str, "text"))
    _one_of(item.document, tuple(sources), "document")
    source = sources[item.document]
    if not item.text or source[item.start : item.end] != item.text:
        found = source.find(item.text) if item.text else -1
        where = f"it stands at {found}" if found >= 0 else "it stands nowhere in the document"
        raise ValueError(f"evidence “{item.text}” does not stand at {item.start} of {item.document}: {where}")
    return item


def _one_of(value: Any, allowed: tuple[Any, ...], name: str) -> None:
    if value not in allowed:
        raise ValueError(f"{name} “{value}” is none of {', '.join(map(str, allowed))}")


def _check_question(question: GoldQuestion) -> None:
    checks: list[tuple[Any, tuple[Any, ...], str]] = [
        (question.language, get_args(Language), "language"),
        (question.category, CATEGORIES, "category"),
        (question.difficulty, DIFFICULTIES, "difficulty"),
        (question.split, PARTS, "split"),
        (question.reason, (None, *get_args(AbstentionReason)), "reason"),
    ]
    for value, allowed, name in checks:
        _one_of(value, allowed, name)
    _typed(question.answerable, bool, "answerable")
    if not _typed(question.id, str, "id") or not _typed(question.question, str, "question").strip():
        raise ValueError("“id” and “question” must not be empty")
    if question.answerable != (question.reason is None) or question.answerable != bool(question.evidence):
        raise ValueError(
            "an answerable question has evidence and no reason; any other has a reason and no evidence"
        )
    if question.expected and not question.answerable:
        raise ValueError("a question that the plans do not answer expects no figure")


def group_of(question: GoldQuestion) -> str:
    """The row of the summary that a question counts in."""
    if not question.answerable:
        kind = "unanswerable"
    elif len(question.expected) > 1:
        kind = "several figures"
    else:
        kind = "one figure" if question.expected else "text"
    return f"{kind}, {question.language}"


def main(complain: Callable[[str], None] = sys.exit) -> None:
    """Checks a file; see the module's docstring."""
    try:
        loaded = load_questions(Path(sys.argv[1]) if len(sys.argv) > 1 else QUESTIONS)
    except RagError as error:
        complain(str(error))
        return
    counts = Counter((q.split, q.language, q.category) for q in loaded.questions)
    rows = [f"{part:<10}{lang:<4}{name:<24}{n:>5}" for (part, lang, name), n in sorted(counts.items())]
    print("\n".join([f"version {loaded.version}, {len(loaded.questions)} questions", *rows]))


if __name__ == "__main__":
    main()
