"""The quoting writer: evidence -> text, letter for letter, framed in the question's language."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.bind import Coverage
from rag.citation import keys_by_place, place_of
from rag.language import Messages, english_amount, find_quantities, qualified_span
from rag.schema import AbstentionReason, Citation, Evidence


def write_quotes(evidence: Sequence[Evidence], citations: Sequence[Citation], messages: Messages) -> str:
    """One line for each piece of evidence: the figure asked for, its frame, the quote, the key."""
    keys = keys_by_place(citations)
    lines = []
    for item in evidence:
        key = keys[place_of(item)]
        frame = messages.frame(item.year, item.status)
        figure = bilingual(item) if messages.language == "en" else headline(item)
        if figure:
            lines.append(messages.fill("figure", figure=figure, frame=frame, quote=item.quote, key=key))
        else:
            lines.append(messages.fill("text", frame=frame, quote=item.quote, key=key))
    return "\n".join(dict.fromkeys(lines))


def bilingual(evidence: Evidence) -> str:
    """The figure asked for as it stands in the quote, and in English: 1020.9亿元 (102.09 billion yuan)."""
    figure = headline(evidence)
    chinese = evidence.quantity if re.search(r"[\u3400-\u9fff]", figure) else None
    english = english_amount(chinese) if chinese else None
    return f"{figure} ({english})" if english else figure


def headline(evidence: Evidence) -> str:
    """The figure asked for as it stands in the quote, with its qualifier; empty without one."""
    if evidence.quantity is None:
        return ""
    offset = evidence.chunk.start + evidence.quantity.start - evidence.start
    for quantity in find_quantities(evidence.quote):
        if quantity.start == offset:
            span = qualified_span(evidence.quote, quantity)
            return evidence.quote[span.start : span.end]
    return evidence.quantity.text


def abstention_text(
    reason: AbstentionReason,
    messages: Messages,
    *,
    asked: Sequence[object],
    coverage: Coverage,
    year: int | None,
    citation: Citation | None,
    outside: tuple[str, str] | None = None,
) -> str:
    """Why there is no answer, what is covered, and what comes closest.

    `outside` says what is asked and what is allowed, where the two exclude each other.
    """
    covered: Sequence[object] = coverage.named_places if reason == "place_not_covered" else coverage.years
    text = messages.fill(
        "outside_scope" if outside else reason,
        allowed=outside[1] if outside else "",
        asked=outside[0] if outside else messages.join(asked),
        covered=messages.join(covered),
        year=year,
        scope=messages.join(asked) if asked else messages.fill("any_scope"),
    )
    if citation is None:
        return text
    frame = messages.frame(citation.year, citation.status)
    closest = messages.fill("closest", quote=citation.quote, frame=frame, key=citation.key)
    return f"{text}\n{closest}"
