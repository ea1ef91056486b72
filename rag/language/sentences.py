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


_ENGLISH_SENTENCE = re.compile(
    r"(?:\b(?:No|Nos|approx|sq|vs|U\.S)\.(?=\s+[\da-z])|[^.!?\n]|[.!?](?![\s”\"’)]|$))*(?:[.!?]+[”\"’)]*|\n|$)"
)
_ENGLISH_CLAUSE = re.compile(
    r"(?:(?!\s(?:while|whereas|but|with|and|which|where)\s)[^,;:\n]|,(?=\d{3}(?!\d))|(?<=\d):(?=\d))*"
    r"(?:[,;:\n]+|\s(?:while|whereas|but|with|and|which|where)(?=\s)|$)",
    re.IGNORECASE,
)


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


def split_english_sentences(text: str, start: int, end: int) -> tuple[Span, ...]:
    """Sentences of English text between two offsets.

    >>> text = "GDP grew 9.0 percent. Investment rose, too."
    >>> [text[s.start:s.end] for s in split_english_sentences(text, 0, len(text))]
    ['GDP grew 9.0 percent.', 'Investment rose, too.']
    >>> len(split_english_sentences("It rose by 5 billion U.S. dollars in 2017.", 0, 42))
    1
    """
    return _split(_ENGLISH_SENTENCE, text, start, end)


def split_english_clauses(text: str, start: int, end: int) -> tuple[Span, ...]:
    """Parts of an English sentence that commas and conjunctions set apart.

    >>> text = "GDP grew 9.0 percent and investment rose 1,200 yuan, while exports fell."
    >>> [text[s.start:s.end] for s in split_english_clauses(text, 0, len(text))]
    ['GDP grew 9.0 percent and', 'investment rose 1,200 yuan,', 'while', 'exports fell.']
    """
    return _split(_ENGLISH_CLAUSE, text, start, end)
