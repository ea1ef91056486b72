"""Stretches of half-width text: trimmed, without their marks, split where no bracket is open.

>>> text = " (三)兴修水利、架桥(一座、两座);"
>>> span = without_mark(text, trim(text, 0, len(text)))
>>> [text[part.start : part.end] for part in split_at(text, span, "、")]
['兴修水利', '架桥(一座、两座)']
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.bind.listings.marks import families
from rag.schema import Span

_LEADING = " \t\n\r，,、;:。"
_TRAILING = " \t\n\r,，;:。.!?、—–-"
_OPENING, _CLOSING = "“‘「『(《【", "”’」』)》】"
_HAN = re.compile(r"[\u4e00-\u9fff]")
_NOTE = re.compile(r"\[\d{1,3}\](?=.)")
_AND = re.compile(r"(?:and|or)\s+", re.IGNORECASE)
_CONJUNCTION = re.compile(r"[,;]?\s+and$|[,，;]?(?:以及|同时)$")
_LONGEST_QUOTE = 200  # characters between quotes or brackets
_CONJUNCTION_LENGTH = 8
_SENTENCE_END = re.compile(r"[。!?]+[”’」』)]*|(?<!\bNo)\.(?=\s|$)")


def trim(text: str, start: int, end: int) -> Span:
    """A stretch without the blanks and the punctuation around it."""
    while start < end and text[start] in _LEADING:
        start += 1
    while end > start and text[end - 1] in _TRAILING:
        end -= 1
    return Span(start, end)


def without_mark(text: str, span: Span) -> Span:
    """A stretch without the mark that it begins with, or the sign of a note ([3])."""
    note = _NOTE.match(text, span.start, span.end)
    if note:
        return trim(text, note.end(), span.end)
    for family in families():
        match = family.alone.match(text, span.start, span.end)
        if match and match.end() < span.end:
            return trim(text, match.end(), span.end)
    return span


def without_and(text: str, span: Span) -> Span:
    """A stretch without the "and" that it begins with."""
    match = _AND.match(text, span.start, span.end)
    return Span(match.end(), span.end) if match else span


def tidy(text: str, start: int, end: int) -> Span:
    """An item without the punctuation and the conjunction that lead to the next.

    >>> text = "plant trees, and"
    >>> tidy(text, 0, len(text))
    Span(start=0, end=11)
    """
    span = trim(text, start, end)
    tail = _CONJUNCTION.search(text, max(span.start, span.end - _CONJUNCTION_LENGTH), span.end)
    return trim(text, span.start, tail.start()) if tail else span


def is_latin(text: str, span: Span) -> bool:
    """Whether a stretch holds no Chinese character."""
    return not _HAN.search(text, span.start, span.end)


def line_end(text: str, start: int, end: int) -> int:
    """Where the line of an offset ends, `end` at the latest."""
    line = text.find("\n", start, end)
    return end if line < 0 else line


def sentence_end(text: str, start: int, end: int) -> int:
    """Where the sentence of an offset ends, `end` at the latest."""
    match = _SENTENCE_END.search(text, start, end)
    return match.end() if match else end


def outside(text: str, span: Span) -> Iterator[int]:
    """The offsets of a stretch that stand in no quotes or brackets; one that nothing closes opens nothing."""
    depth = opened = 0
    for i in range(span.start, span.end):
        if depth and i - opened > _LONGEST_QUOTE:
            depth = 0
        if text[i] in _OPENING:
            depth, opened = depth + 1, opened if depth else i
        elif text[i] in _CLOSING:
            depth = max(0, depth - 1)
        elif not depth:
            yield i


def split_at(text: str, span: Span, signs: str) -> list[Span]:
    """The parts of a stretch between signs, none of them empty; a thousands comma parts nothing."""
    cuts = [i for i in outside(text, span) if text[i] in signs and not _in_number(text, i)]
    starts = [span.start, *(i + 1 for i in cuts)]
    parts = [trim(text, start, end) for start, end in zip(starts, [*cuts, span.end], strict=True)]
    return [part for part in parts if part.start < part.end]


def _in_number(text: str, i: int) -> bool:
    return text[i] == "," and text[i - 1 : i].isdigit() and text[i + 1 : i + 4].isdigit()


def depth_change(character: str) -> int:
    """How a character opens (1) or closes (-1) quotes or brackets."""
    return (character in _OPENING) - (character in _CLOSING)
