"""Sentences and clauses of Chinese text, with offsets.

>>> text = "GDP增长9.0%;固投增长15.7%。消费回暖。"
>>> [text[s.start:s.end] for s in split_sentences(text, 0, len(text))]
['GDP增长9.0%;固投增长15.7%。', '消费回暖。']
>>> [text[s.start:s.end] for s in split_statements(text, 0, 20)]
['GDP增长9.0%;', '固投增长15.7%。']
"""

from __future__ import annotations

import re

from rag.schema import Span

_SENTENCE = re.compile(r"[^。！？\n]*(?:[。！？]+[”’」』)）]*|\n|$)")
_STATEMENT = re.compile(r"[^;；。！？\n]*(?:[;；。！？]+[”’」』)）]*|\n|$)")
_CLAUSE = re.compile(r"(?:[^,，;；:：。！？\n]|(?<=\d),(?=\d{3}(?!\d)))*(?:[,，;；:：。！？\n]+|$)")


def _split(pattern: re.Pattern[str], text: str, start: int, end: int) -> tuple[Span, ...]:
    spans = []
    for match in pattern.finditer(text, start, end):
        low, high = match.start(), min(match.end(), end)
        while low < high and text[low].isspace():
            low += 1
        while high > low and text[high - 1].isspace():
            high -= 1
        if low < high:
            spans.append(Span(low, high))
    return tuple(spans)


def split_sentences(text: str, start: int, end: int) -> tuple[Span, ...]:
    """Sentences between two offsets; a line break ends one too."""
    return _split(_SENTENCE, text, start, end)


def split_statements(text: str, start: int, end: int) -> tuple[Span, ...]:
    """Parts of a sentence that a semicolon sets apart; each carries its own subject."""
    return _split(_STATEMENT, text, start, end)


def split_clauses(text: str, start: int, end: int) -> tuple[Span, ...]:
    """Clauses, each with the punctuation that ends it; a thousands comma ends none."""
    return _split(_CLAUSE, text, start, end)
