"""A sentence that owns to difficulties -> what the sentences behind it say of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from rag.ask.enumeration_fit import is_about
from rag.ask.enumeration_wish import pattern
from rag.language import split_english_sentences, split_sentences, text_language
from rag.ledger import Enumeration
from rag.schema import Span

_MOST = 25  # sentences of what a report owns to
_LONGEST = 400  # characters of a sentence that leads to them
_TOPIC = "difficulties"


def owned_difficulties(found: Iterable[Enumeration], source: Callable[[str], str]) -> Iterator[Enumeration]:
    """The difficulties that each document tells in running text, as enumerations of sentences."""
    for document, listings in groupby(found, key=lambda one: one.listing.document):
        text, known = source(document), list(listings)
        for lead, items in read_owned(text):
            before = [one for one in known if one.listing.lead.start <= lead.start]
            beside = max(before or known[:1], key=lambda one: one.listing.lead.start)
            listing = replace(beside.listing, kind="bullets", lead=lead, items=items)
            words = tuple(text[item.start : item.end] for item in items)
            yield replace(beside, listing=listing, lead=text[lead.start : lead.end], items=words)


def read_owned(text: str) -> Iterator[tuple[Span, tuple[Span, ...]]]:
    """The sentences of a text that own to difficulties, each with those behind it that say which.

    >>> text = "全年完成。我们也清醒看到,还面临不少困难。需求不足。企业经营困难。我们要努力解决。"
    >>> [[text[item.start : item.end] for item in items] for _, items in read_owned(text)]
    [['需求不足', '企业经营困难']]
    """
    split = split_english_sentences if text_language(text) == "en" else split_sentences
    sentences = split(text, 0, len(text))
    for i, span in enumerate(sentences):
        words = text[span.start : span.end]
        if len(words) <= _LONGEST and pattern("owns", "lead").search(words) and is_about(words, _TOPIC):
            items = _following(text, sentences[i + 1 : i + 2 + _MOST])
            if 2 <= len(items) <= _MOST:
                yield _trimmed(text, span), items


def _following(text: str, sentences: Sequence[Span]) -> tuple[Span, ...]:
    """The sentences up to the one that turns to what is done about it, or up to the end of the paragraph."""
    items: list[Span] = []
    paragraph = "\n" in text[sentences[0].start - 1 : sentences[0].start] if sentences else False
    for span in sentences:
        words = text[span.start : span.end].strip()
        if not words or pattern("owns", "end").match(words):
            break
        items.append(_trimmed(text, span))
        if not paragraph and text[span.end - 1 : span.end + 1].find("\n") >= 0:
            break
    return tuple(items)


def _trimmed(text: str, span: Span) -> Span:
    words = text[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, span.start + len(words.rstrip("。.;；!！ \n\r\t\u3000")))
