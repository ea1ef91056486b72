"""An answer's text as parts to be shown: plain text, figures, and the keys of its citations.

>>> [(part.kind, part.text) for part in split_line("9.0%(2023年实际)[1]", {"9.0%"}, {}, True)]
[('lead', '9.0%'), ('text', '(2023年实际)[1]')]
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from rag.language import find_quantities, qualified_span
from rag.schema import Answer, Citation

_KEY = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of an answer; `citation` belongs to a key."""

    kind: Literal["text", "figure", "lead", "key"]
    text: str
    citation: Citation | None = None


def split_answer(answer: Answer) -> tuple[tuple[Part, ...], ...]:
    """The lines of an answer in parts."""
    figures = {claim.text for claim in answer.claims}
    citations = {citation.key: citation for citation in answer.citations}
    lines = answer.answer.split("\n")
    return tuple(split_line(line, figures, citations, answer.outcome == "answered") for line in lines)


def split_line(
    line: str, figures: Collection[str], citations: Mapping[int, Citation], emphasised: bool
) -> tuple[Part, ...]:
    """One line in parts; a figure at its very start leads."""
    marks: list[tuple[int, int, Part]] = []
    if emphasised:
        for quantity in find_quantities(line):
            span = qualified_span(line, quantity)
            text = line[span.start : span.end]
            if text in figures or quantity.text in figures:
                marks.append((span.start, span.end, Part("figure" if span.start else "lead", text)))
    quoted = [span for citation in citations.values() for span in _places(line, citation.quote)]
    for match in _KEY.finditer(line):  # a quote may hold footnote marks of its own: 工业[5]增加值
        citation = citations.get(int(match[1]))
        if citation and not any(low <= match.start() < high for low, high in quoted):
            marks.append((match.start(), match.end(), Part("key", match[0], citation)))
    parts: list[Part] = []
    position = 0
    for start, end, part in sorted(marks, key=lambda mark: mark[0]):
        if start < position:
            continue
        parts += [Part("text", line[position:start])] if start > position else []
        parts.append(part)
        position = end
    if position < len(line):
        parts.append(Part("text", line[position:]))
    return tuple(parts)


def _places(line: str, quote: str) -> list[tuple[int, int]]:
    return [(match.start(), match.end()) for match in re.finditer(re.escape(quote), line)] if quote else []
