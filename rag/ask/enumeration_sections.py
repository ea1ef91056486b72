r"""Headings -> what the text under each says, sentence by sentence, where nothing is enumerated there.

>>> text = "加快科技创新。\n新建实验室3家。攻关关键技术。\n改善民生。"
>>> [text[item.start : item.end] for item in body_items(text, 6, 24)]
['新建实验室3家', '攻关关键技术']
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from rag.language import split_english_sentences, split_sentences, text_language
from rag.ledger import Enumeration
from rag.schema import Span

_MOST = 20  # sentences under a heading that are still a list
_LONGEST = 3000  # characters of them
_SHORTEST = 4  # characters of one
_MARK = re.compile(r"\s*(?:[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2}|[IVX]{1,4})(?:[)）、.．]|章)\s*)?$")
_NEXT = re.compile(
    r"\n\s*(?:[（(][一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]+章)"
)


def sections_of(found: Iterable[Enumeration], source: Callable[[str], str]) -> Iterator[Enumeration]:
    """What stands under each heading of the enumerations of headings, as enumerations led by that heading."""
    for one in found:
        listing = one.listing
        if listing.kind != "headings" or not listing.section:
            continue
        text = source(listing.document)
        ends = [item.start for item in listing.items[1:]] + [len(text)]
        for heading, title, end in zip(listing.items, one.items, ends, strict=True):
            items = body_items(text, heading.end, end)
            if items:
                under = replace(listing, lead=heading, items=items, section=(*listing.section, title))
                words = tuple(text[item.start : item.end] for item in items)
                yield replace(one, listing=under, lead=title, items=words)


def body_items(text: str, start: int, end: int) -> tuple[Span, ...]:
    """The first sentences of the paragraphs between two headings, or all sentences of a single one."""
    following = _NEXT.search(text, start, end)
    end = following.start() if following else end
    if end - start > _LONGEST:
        return ()
    body = text[start:end]
    offset = start + len(body) - len(body.lstrip("。.;； \n"))
    breaks = [
        offset,
        *(match.end() for match in re.finditer(r"\n+", text[:end]) if match.start() >= offset),
        end,
    ]
    lines = [Span(low, high) for low, high in pairwise(breaks) if len(text[low:high].strip()) >= _SHORTEST]
    lines = [line for line in lines if not _MARK.fullmatch(text[line.start : line.end])]
    sentences = [_sentences(text, line) for line in lines]
    apart = len(sentences) > 1
    chosen = tuple(span for found in sentences for span in (found[:1] if apart else found))
    return chosen if 2 <= len(chosen) <= _MOST else ()


def _sentences(text: str, line: Span) -> list[Span]:
    split = split_english_sentences if text_language(text[line.start : line.end]) == "en" else split_sentences
    spans = [_trimmed(text, span) for span in split(text, line.start, line.end)]
    return [span for span in spans if span.end - span.start >= _SHORTEST]


def _trimmed(text: str, span: Span) -> Span:
    """A sentence without the blanks and the full stop around it."""
    words = text[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, span.start + len(words.rstrip("。.;；!！ \n\r\t\u3000")))
