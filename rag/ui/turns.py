"""A conversation as the browser keeps it: questions, the scope they were asked in, and their answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from rag.ask import check_question
from rag.schema import Answer, Status
from rag.ui.texts import Texts

if TYPE_CHECKING:
    from pydantic import TypeAdapter

MOST_TURNS = 30  # that a browser keeps
_CONTEXT = 6  # earlier questions that a follow-up may lean on


@dataclass(frozen=True, slots=True)
class Filters:
    """What an answer may draw on; empty: everything."""

    years: tuple[int, ...] = ()
    status: Status | None = None
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with its answer, or with what went wrong."""

    question: str
    answer: Answer | None = None
    error: str = ""
    filters: Filters = field(default_factory=Filters)
    context: tuple[str, ...] = ()


@cache
def _adapter() -> TypeAdapter[tuple[Turn, ...]]:
    from pydantic import TypeAdapter

    return TypeAdapter(tuple[Turn, ...])


def turns_to_json(turns: tuple[Turn, ...]) -> list[dict[str, Any]]:
    """The newest turns as plain data."""
    data: list[dict[str, Any]] = _adapter().dump_python(turns[-MOST_TURNS:], mode="json")
    return data


def turns_from_json(data: object) -> tuple[Turn, ...]:
    """The turns that a browser kept; none where it kept something else."""
    from pydantic import ValidationError

    try:
        return _adapter().validate_python(data)
    except ValidationError:
        return ()


def context_of(turns: tuple[Turn, ...]) -> tuple[str, ...]:
    """The earlier questions that a follow-up may lean on, oldest first."""
    return tuple(turn.question for turn in turns if turn.answer)[-_CONTEXT:]


def check_context(questions: Sequence[str]) -> tuple[str, ...]:
    """The newest of the earlier questions; raises InputError for one that could not have been asked."""
    return tuple(check_question(question) for question in questions[-_CONTEXT:])


def describe_filters(filters: Filters, titles: dict[str, str], texts: Texts) -> str:
    """The scope in words; empty without any."""
    parts: list[str] = []
    if filters.years:
        parts.append(texts.join(filters.years))
    if filters.status:
        parts.append(texts.name("status_names", filters.status))
    parts += [titles.get(name, name) for name in filters.documents]
    return " · ".join(parts)


def link_query(turn: Turn) -> str:
    """What stands behind the ? of a link that asks the question again in its scope."""
    pairs: list[tuple[str, object]] = [("q", turn.question)]
    pairs += [("after", question) for question in turn.context]
    pairs += [("year", year) for year in turn.filters.years]
    pairs += [("status", turn.filters.status)] if turn.filters.status else []
    pairs += [("document", name) for name in turn.filters.documents]
    return urlencode(pairs)


def standalone(turn: Turn) -> Turn:
    """The turn without the context that its answer did not need."""
    leaned = turn.answer is not None and turn.answer.understood
    return turn if leaned else replace(turn, context=())
