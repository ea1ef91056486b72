"""Figures by indicator and year: those of one indicator, or every figure of the plans."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from rag.ask.finding import Plans, cite, rank_figures
from rag.ask.question import Question
from rag.ask.scoring import Scored
from rag.bind import Assertion, describes_noun, read_assertions, to_evidence
from rag.check import require_quotes
from rag.citation import number_evidence
from rag.language import is_subject, load_toml
from rag.schema import Document, Evidence
from rag.search import Scope, chunk_document


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure of the plans; `indicator` holds the words beside it that say what it is a figure of."""

    indicator: str
    evidence: Evidence


def read_indicator(plans: Plans, text: str, allowed: Scope) -> Question:
    """The question for the figures of an indicator, of the years and the status that are allowed."""
    question = replace(plans.read(text), kind="figure", operation=None)
    return replace(question, years=allowed.years or question.years, status=allowed.status or question.status)


def find_facts(plans: Plans, indicator: str, allowed: Scope, limit: int) -> list[Fact]:
    """The figures that go best with an indicator, at most `limit`, in the order of time."""
    question = read_indicator(plans, indicator, allowed)
    least = load_toml("bind/evidence.toml")["facts"][question.language]
    ranked = rank_figures(plans, question, allowed)
    fitting = [item for item in ranked if item.fits and item.coverage >= least and not item.candidate.origin]
    facts = [Fact(_indicator_beside(item), cite(question, item)) for item in fitting[:limit]]
    require_quotes(number_evidence([fact.evidence for fact in facts]), plans.source)
    return sorted(facts, key=lambda fact: _time_and_place(fact.evidence))


def list_facts(document: Document, allowed: Scope) -> Iterator[Fact]:
    """Every figure of a document, in order, but those that a change began from or that size a noun."""
    for chunk in chunk_document(document):
        for assertion in read_assertions(chunk):
            evidence = to_evidence(chunk, assertion.candidate, 1.0, frozenset())
            counts = not assertion.candidate.origin and not describes_noun(chunk.text, assertion.quantity)
            if counts and _is_allowed(evidence, allowed):
                yield Fact(_name(assertion), evidence)


def _is_allowed(evidence: Evidence, allowed: Scope) -> bool:
    of_year = allowed.years is None or evidence.year in allowed.years
    return of_year and allowed.status in (None, evidence.status)


def _time_and_place(evidence: Evidence) -> tuple[int, str, str, int]:
    return evidence.year or 0, evidence.status, evidence.chunk.document, evidence.start


def _indicator_beside(item: Scored) -> str:
    return next((_name(a) for a in read_assertions(item.chunk) if a.candidate == item.candidate), "")


def _name(assertion: Assertion) -> str:
    """The words that name what a figure is of: ahead of it in its part of the clause, else behind it."""
    words = [w for w, zone in assertion.words if zone in ("own", "subject") and is_subject(w)]
    ahead = [word for word in words if word.end <= assertion.quantity.start]
    named = ahead or words
    if not named:
        return ""
    stretch = assertion.passage.text[named[0].start : named[-1].end]
    return re.split(r"[、,，;；:：]", re.sub(r"[(（].*", "", stretch))[-1]
