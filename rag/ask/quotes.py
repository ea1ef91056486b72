"""The quoting writer: evidence -> text, letter for letter, framed in the question's language."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.bind import Coverage
from rag.citation import keys_by_place, place_of
from rag.language import (
    Messages,
    english_amount,
    find_quantities,
    fold_width,
    named,
    qualified_span,
    split_clauses,
    split_english_clauses,
    split_english_sentences,
    split_sentences,
    split_statements,
    text_language,
)
from rag.schema import AbstentionReason, Citation, Evidence, Language, Role

_LONGEST: dict[Language, int] = {"zh": 80, "en": 240}  # characters of an item that is shown whole

_SPLITS = {
    "zh": (split_sentences, split_statements, split_clauses),
    "en": (split_english_sentences, split_statements, split_english_clauses),
}


def write_quotes(
    evidence: Sequence[Evidence],
    citations: Sequence[Citation],
    messages: Messages,
    places: bool = False,
    asked: Role | None = None,
) -> str:
    """One line for each piece of evidence: the figure asked for, its frame, the quote, the key.

    `places`: the frame names the place, since several are covered. `asked`: what is asked of the figure; to
    a question how much something grew, a fall is told as one.
    """
    keys = keys_by_place(citations)
    lines = []
    for item in evidence:
        key = keys[place_of(item)]
        frame = messages.frame(
            item.year, item.status, _place_name(item.place, messages.language) if places else ""
        )
        figure = bilingual(item) if messages.language == "en" else in_digits(item)
        if asked == "growth" and item.quantity and item.quantity.role == "decline":
            figure = messages.fill("fell", figure=figure)
        if figure:
            lines.append(messages.fill("figure", figure=figure, frame=frame, quote=item.quote, key=key))
        else:
            lines.append(messages.fill("text", frame=frame, quote=item.quote, key=key))
    return "\n".join(dict.fromkeys(lines))


def write_items(
    lead: Evidence,
    items: Sequence[Evidence],
    citations: Sequence[Citation],
    messages: Messages,
    places: bool = False,
) -> str:
    """What leads to the items of an enumeration, then a line for each: its number, its words, the key."""
    keys = keys_by_place(citations)
    place = _place_name(lead.place, messages.language) if places else ""
    frame = messages.frame(lead.year, lead.status, place)
    head = messages.fill("listed", frame=frame, quote=lead.quote, key=keys[place_of(lead)])
    lines = [
        messages.fill("item", number=number, item=item_words(item.quote), key=keys[place_of(item)])
        for number, item in enumerate(items, 1)
    ]
    return "\n".join([head, *lines])


def item_words(quote: str) -> str:
    """An item as it is shown in a list: whole, or as far as its first sentence or clause where it is long.

    >>> item_words("坚持创新。" + "要" * 80)
    '坚持创新'
    >>> item_words("修路")
    '修路'
    """
    quote = " ".join(quote.split())
    language = text_language(quote)
    longest, splits = _LONGEST[language], _SPLITS[language]
    if len(quote) <= longest:
        return quote
    for split in splits:
        first = split(quote, 0, len(quote))[0]
        if first.end <= longest:
            break
    return quote[first.start : first.end].rstrip("。.,，;；:： ")


def _place_name(place: str, language: Language) -> str:
    """A place as it is called in a language; as it stands where it is not listed.

    >>> _place_name("安徽省", "en"), _place_name("黄山、池州两市", "en")
    ('Anhui', '黄山、池州两市')
    """
    names = [name for listed in named(place) for name in listed.english] if language == "en" else []
    return names[0] if names else place


def bilingual(evidence: Evidence) -> str:
    """The figure asked for as it stands in the quote, and in English: 1020.9亿元 (102.09 billion yuan)."""
    figure = headline(evidence)
    chinese = evidence.quantity if re.search(r"[\u3400-\u9fff]", figure) else None
    english = english_amount(chinese) if chinese else None
    return f"{figure} ({english})" if english else figure


def in_digits(evidence: Evidence) -> str:
    """The figure as it stands in the quote; one in Chinese numerals in digits, too: 百分之八(8%)."""
    figure, quantity = headline(evidence), evidence.quantity
    if not quantity or quantity.terms or re.search(r"\d", fold_width(figure)):
        return figure
    upper = f"—{quantity.upper.normalize():f}" if quantity.upper is not None else ""
    return f"{figure}({quantity.value.normalize():f}{upper}{quantity.unit})"


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
