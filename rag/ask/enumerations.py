"""A question that asks what there is -> the enumeration of a document that lists it, item by item."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from rag.ask.enumeration_fit import best_fit
from rag.ask.enumeration_prose import owned_difficulties
from rag.ask.enumeration_sections import sections_of
from rag.ask.enumeration_wish import Wish, read_wish
from rag.ask.finding import Plans
from rag.ask.question import Question
from rag.ask.scoring import word_weights
from rag.ask.stretches import evidence_of
from rag.ledger import Enumeration, Filter, find_listings
from rag.schema import Evidence, Span
from rag.search import Scope

# what running text tells of a topic, where nothing is enumerated
_TOLD = {"tasks": sections_of, "achievements": sections_of, "difficulties": owned_difficulties}
_FEW = 40  # documents whose enumerations are all looked at
_MOST = 4000  # enumerations of these
_SHORTEST, _LONGEST = 4, 40  # characters of a line that is a lead
_FOUND = 80  # enumerations that words lead to, in more documents


@dataclass(frozen=True, slots=True)
class Listed:
    """What answers by listing: the words that lead to the items, and these."""

    lead: Evidence
    items: tuple[Evidence, ...]


def find_items(plans: Plans, question: Question, allowed: Scope) -> Listed | None:
    """The items of the enumeration that a question asks for; None where no document has it."""
    wish = read_wish(question)
    if wish is None:
        return None
    weights = word_weights(replace(question, words=wish.words), plans.searcher.lexical)
    candidates = _candidates(plans, question, wish, allowed)
    best = best_fit(candidates, question, wish, weights, plans.source)
    if best is None and not wish.labels and wish.topic in _TOLD:
        told = _TOLD[wish.topic](candidates, plans.source)
        best = best_fit(told, question, wish, weights, plans.source)
    return _listed(*best, plans.source) if best else None


def _candidates(plans: Plans, question: Question, wish: Wish, allowed: Scope) -> tuple[Enumeration, ...]:
    documents = _documents(plans, question, allowed)
    if not documents:
        return ()
    statuses = (allowed.status,) if allowed.status else ()
    wanted = Filter(years=tuple(allowed.years or ()), statuses=statuses, documents=documents)
    if len(documents) <= _FEW:
        found = find_listings(plans.ledger, wanted, _MOST)
    else:
        words = " ".join(word.text for word in wish.words) or question.plain
        wanted = replace(wanted, words=words, documents=allowed.documents or ())
        found = find_listings(plans.ledger, wanted, _FOUND)
    return tuple(with_nearest_lead(one, plans.source(one.listing.document)) for one in found)


def with_nearest_lead(one: Enumeration, text: str) -> Enumeration:
    """The enumeration with the line between a heading and its first item, if there is one, for its lead."""
    listing = one.listing
    first = listing.items[0].start
    above = text[listing.lead.end : first].rpartition("\n")[0] if listing.lead.end < first else ""
    line = above.rpartition("\n")[2].strip()
    if listing.kind != "headings" or not _SHORTEST <= len(line) <= _LONGEST or re.search(r"[。;；!！]", line):
        return one
    start = text.rindex(line, listing.lead.end, first)
    lead = Span(start, start + len(line))
    return replace(one, lead=line, listing=replace(listing, lead=lead))


def _documents(plans: Plans, question: Question, allowed: Scope) -> tuple[str, ...]:
    """The documents that may answer: those of the places named, of any place where none is named."""
    places = plans.asked_places(question)
    return tuple(
        name
        for name, origin in plans.origins.items()
        if (not places or origin.place in places) and (not allowed.documents or name in allowed.documents)
    )


def _listed(one: Enumeration, score: float, source: Callable[[str], str]) -> Listed:
    text = source(one.listing.document)
    lead = _evidence(one, one.listing.lead, score, text)
    return Listed(lead, tuple(_evidence(one, item, score, text) for item in one.listing.items))


def _evidence(one: Enumeration, span: Span, score: float, text: str) -> Evidence:
    listing = one.listing
    return evidence_of(
        one.source,
        text,
        span,
        span,
        section=listing.section,
        year=listing.year,
        status=listing.status,
        score=score,
        place=one.source.place,
    )
