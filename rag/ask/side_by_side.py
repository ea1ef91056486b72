"""Questions answered by several figures of one thing: of several places, of target and outturn, of years."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache

from rag.ask.finding import Plans
from rag.ask.question import Question
from rag.ask.statement_match import Kind, Match, Wanted, match_statement
from rag.ask.stretches import evidence_of
from rag.language import load_toml
from rag.ledger import Entry
from rag.schema import RATES, Evidence, Language, Span, Status

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


def find_side_by_side(plans: Plans, question: Question, documents: tuple[str, ...]) -> list[Evidence]:
    """A figure for each place, year and status that a question sets side by side.

    Empty where it asks for one figure only, or where one of them is not found.
    """
    places = plans.asked_places(question)
    both, kind = asks_both(question), period_kind(question)
    if len(places) < 2 and not both and kind == "year":
        return []
    found: list[Evidence] = []
    for wanted in _cells(question, places or _only_place(plans), both, kind):
        match = match_statement(plans.ledger, _of_cell(question), wanted, documents)
        if match is None:
            return []
        found.append(_evidence(match, plans.source))
    return found


def find_stated(plans: Plans, question: Question, documents: tuple[str, ...]) -> list[Evidence]:
    """The statements of just the thing that a question asks one figure of; empty where none is just that."""
    places = plans.asked_places(question) or _only_place(plans)
    named = (question.compared_years, question.periods, question.ordinals, question.figures)
    if question.kind != "figure" or len(places) != 1 or len(question.years) != 1 or any(named):
        return []
    wishes = (question.status,) if question.status else _STATUSES[::-1]
    cells = [Wanted(places[0], question.years[0], status) for status in wishes]
    matches = [match_statement(plans.ledger, question, cell, documents, surely=True) for cell in cells]
    return [_evidence(match, plans.source) for match in matches if match]


def _only_place(plans: Plans) -> tuple[str, ...]:
    """The place that is meant where none is named: the only one covered."""
    covered = plans.coverage.named_places
    return covered if len(covered) == 1 else ()


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


def _evidence(match: Match, source: Callable[[str], str]) -> Evidence:
    """The clause of a statement as evidence; its figure tells a rise or a fall as the statement does."""
    statement, document = match.entry.statement, match.entry.source
    sentence, figure = statement.sentence, statement.quantity
    role = statement.measure if statement.measure in RATES else figure.role
    return evidence_of(
        document,
        source(document.id),
        sentence,
        _quoted(match.entry),
        section=statement.section,
        year=statement.period.end,
        status="planned" if statement.status == "planned" else "actual",
        score=match.score,
        quantity=replace(
            figure, start=figure.start - sentence.start, end=figure.end - sentence.start, role=role
        ),
    )


def _quoted(entry: Entry) -> Span:
    """The clause, from the clause before it on that lends it the subject."""
    statement = entry.statement
    clause, offset, subject = statement.clause, statement.sentence.start, statement.subject[:2]
    first = clause.start - offset
    start, end = first, len(entry.sentence[: clause.end - offset].rstrip("，,；;。 、"))
    while start and subject not in entry.sentence[start:end]:
        before = entry.sentence[:start].rstrip("，,；; ")
        start = max(before.rfind(mark) for mark in "，,；;") + 1
    lends = subject in entry.sentence[start:end]
    return Span(offset + (start if lends else first), offset + end)
