"""Questions answered by several figures of one thing: of several places, of target and outturn, of years."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache

from rag.ask.question import Question
from rag.ask.statement_match import Kind, Match, Wanted, match_statement
from rag.language import load_toml, named_places
from rag.ledger import Entry, Ledger
from rag.schema import Chunk, Evidence, Language, Status

_STATUSES: tuple[Status, ...] = ("planned", "actual")


@cache
def _cues(name: str, language: Language) -> re.Pattern[str]:
    return re.compile("|".join(load_toml("ask/side_by_side.toml")[name][language]), re.IGNORECASE)


def asks_both(question: Question) -> bool:
    """Whether a question asks for a target beside what was reached."""
    return _cues("both", question.language).search(question.plain) is not None


def period_kind(question: Question) -> Kind:
    """Whether a question asks for a year, for several together, or for a year's average of them."""
    if _cues("average", question.language).search(question.plain):
        return "average"
    return "span" if _cues("span", question.language).search(question.plain) else "year"


def find_side_by_side(
    ledger: Ledger,
    question: Question,
    covered: tuple[str, ...],
    documents: tuple[str, ...],
    source: Callable[[str], str],
) -> list[Evidence]:
    """A figure for each place, year and status that a question sets side by side.

    Empty where it asks for one figure only, or where one of them is not found.
    """
    places = tuple(dict.fromkeys(named_places(question.plain, covered)))
    both, kind = asks_both(question), period_kind(question)
    if len(places) < 2 and not both and kind == "year":
        return []
    found: list[Evidence] = []
    for wanted in _cells(question, places or (covered if len(covered) == 1 else ()), both, kind):
        match = match_statement(ledger, _of_cell(question), wanted, documents)
        if match is None:
            return []
        found.append(evidence_of(match, source))
    return found


def find_stated(
    ledger: Ledger,
    question: Question,
    covered: tuple[str, ...],
    documents: tuple[str, ...],
    source: Callable[[str], str],
) -> list[Evidence]:
    """The statements of just the thing that a question asks one figure of; empty where none is just that."""
    places = tuple(dict.fromkeys(named_places(question.plain, covered))) or (
        covered if len(covered) == 1 else ()
    )
    named = (question.compared_years, question.periods, question.ordinals, question.figures)
    if question.kind != "figure" or len(places) != 1 or len(question.years) != 1 or any(named):
        return []
    wishes = (question.status,) if question.status else _STATUSES[::-1]
    matches = [
        match_statement(
            ledger, question, Wanted(places[0], question.years[0], status), documents, surely=True
        )
        for status in wishes
    ]
    return [evidence_of(match, source) for match in matches if match]


def _of_cell(question: Question) -> Question:
    """The question for one figure: with the rate that its calculation is about."""
    role = question.operation.role if question.operation and question.operation.role else question.role
    return replace(question, role=role)


def _cells(question: Question, places: tuple[str, ...], both: bool, kind: Kind) -> Iterator[Wanted]:
    statuses: tuple[Status | None, ...] = _STATUSES if both else (question.status or "actual",)
    if not both and question.status is None and kind != "year":
        statuses = (None,)
    for place in places or ("",):
        for year in sorted(question.years) or (None,):
            for status in statuses:
                yield Wanted(place, year, status, kind)


def evidence_of(match: Match, source: Callable[[str], str]) -> Evidence:
    """The clause of a statement as evidence."""
    entry = match.entry
    statement, document = entry.statement, entry.source
    sentence = statement.sentence
    status: Status = "planned" if statement.status == "planned" else "actual"
    chunk = Chunk(
        id=f"{document.id}:{sentence.start}",
        document=document.id,
        title=document.title,
        path=document.path,
        plan_year=document.year,
        year=statement.period.end,
        status=status,
        section=statement.section,
        start=sentence.start,
        end=sentence.end,
        text=source(document.id)[sentence.start : sentence.end],
    )
    start, end = _quoted(entry)
    quantity = replace(
        statement.quantity,
        start=statement.quantity.start - sentence.start,
        end=statement.quantity.end - sentence.start,
    )
    return Evidence(
        chunk,
        start,
        end,
        source(document.id)[start:end],
        statement.period.end,
        status,
        min(1.0, match.score),
        quantity,
    )


def _quoted(entry: Entry) -> tuple[int, int]:
    """The clause, with the one before it where it lends the subject."""
    statement = entry.statement
    clause, sentence = statement.clause, statement.sentence
    words = entry.sentence[clause.start - sentence.start : clause.end - sentence.start]
    end = clause.end - (len(words) - len(words.rstrip("，,；;。 、")))
    lent = statement.subject[:2] not in words
    if not lent:
        return clause.start, end
    before = entry.sentence[: clause.start - sentence.start]
    at = max(before.rstrip("，,").rfind(mark) for mark in "，,；;")
    return sentence.start + at + 1, end
