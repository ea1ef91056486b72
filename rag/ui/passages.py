"""A document as lines to be read: headings told apart, a cited stretch marked to the character."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag.schema import Citation, Document, Passage, Section, Span

_ROOM = 4000  # characters; the widest section around a citation that is shown at once
_REFERENCE = re.compile(r"(.+):([0-9]{1,9})-([0-9]{1,9})", re.S)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line; `start` is where it begins in the source."""

    text: str
    start: int
    heading: bool
    hit: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the source that is not blank; `level` is that of the heading that it begins with."""

    pieces: tuple[Piece, ...]
    level: int | None


@dataclass(frozen=True, slots=True)
class Reference:
    """A stretch of a document, as citations name it; no `span`: all of it."""

    document: str
    span: Span | None


def parse_reference(text: str) -> Reference:
    """Reads `DOCUMENT:START-END` or `DOCUMENT`.

    >>> parse_reference("plan:12-40")
    Reference(document='plan', span=Span(start=12, end=40))
    """
    match = _REFERENCE.fullmatch(text)
    if match is None:
        return Reference(text, None)
    return Reference(match[1], Span(int(match[2]), int(match[3])))


def passage_at(document: Document, position: int) -> Passage | None:
    """The passage that holds a position."""
    return next((p for p in document.passages if p.start <= position < p.end), None)


def section_around(document: Document, position: int) -> Span:
    """The widest section around a position that can be taken in at once; else the innermost.

    The whole document where it has no section there.
    """
    around = [s for s in document.sections if s.start <= position < s.end]
    if not around:
        return Span(0, len(document.text))
    fitting = [s for s in around if s.end - s.start <= _ROOM]
    widest = max(fitting, key=lambda s: s.end - s.start, default=None)
    chosen = widest or min(around, key=lambda s: s.end - s.start)
    return Span(chosen.start, chosen.end)


def read_lines(document: Document, shown: Span, hit: Span | None) -> tuple[Line, ...]:
    """The lines of a stretch of a document; the text of their pieces is the source, letter for letter."""
    lines: list[Line] = []
    start = shown.start
    for raw in document.text[shown.start : shown.end].splitlines(keepends=True):
        end = start + len(raw.rstrip())
        if start < end:
            headings = [s for s in document.sections if s.start < end and s.heading_end > start]
            first = headings[0] if headings and not document.text[start : headings[0].start].strip() else None
            lines.append(
                Line(_pieces(document.text, start, end, headings, hit), first.level if first else None)
            )
        start += len(raw)
    return tuple(lines)


def _pieces(
    text: str, start: int, end: int, headings: Sequence[Section], hit: Span | None
) -> tuple[Piece, ...]:
    spans = [Span(s.start, s.heading_end) for s in headings]
    edges = {start, end}
    for span in [*spans, *([hit] if hit else [])]:
        edges |= {max(start, min(end, span.start)), max(start, min(end, span.end))}
    cuts = sorted(edges)
    return tuple(
        Piece(
            text[low:high],
            low,
            any(span.start <= low < span.end for span in spans),
            hit is not None and hit.start <= low < hit.end,
        )
        for low, high in pairwise(cuts)
    )


def reference_of(citation: Citation) -> Reference:
    """Where a citation stands."""
    return Reference(citation.document, Span(citation.start, citation.end))
