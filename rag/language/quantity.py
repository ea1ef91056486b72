"""Text -> quantities, Chinese and English.

>>> [(q.text, str(q.magnitude)) for q in find_quantities("1020.9亿元 (RMB 102.09 billion)")]
[('1020.9亿元', '102090000000.0'), ('RMB 102.09 billion', '102090000000.00')]
"""

from __future__ import annotations

import re
from functools import lru_cache

from rag.language.chinese_figures import chinese_quantities
from rag.language.english_figures import english_quantities
from rag.schema import Quantity, Span

_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]")
_BLANKS = 8  # characters beside a figure that may be blanks
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}|[$¥€]")


@lru_cache(maxsize=16384)
def find_quantities(text: str) -> tuple[Quantity, ...]:
    """Every figure of `text` in order, with offsets into it; dates, names and labels are none.

    In mixed text a figure is read in the language of the words beside it.
    """
    if not _HAN.search(text):
        return tuple(english_quantities(text))
    chinese = tuple(chinese_quantities(text))
    if not _LATIN_WORD.search(text):
        return chinese
    english = [q for q in english_quantities(text) if _is_english(text, q)]
    kept = [q for q in chinese if _beside_han(text, q) or not any(_overlap(q, other) for other in english)]
    english = [q for q in english if not any(_overlap(q, other) for other in kept)]
    return tuple(sorted([*kept, *english], key=lambda q: q.start))


def _beside_han(text: str, quantity: Quantity) -> bool:
    before, after = _beside(text, quantity)
    return bool(_HAN.match(before) or _HAN.match(after) or _HAN.search(text, quantity.start, quantity.end))


def _is_english(text: str, quantity: Quantity) -> bool:
    """Whether a figure is told in English words, or stands among them."""
    if _LATIN_WORD.search(quantity.text):
        return True
    before, after = _beside(text, quantity)
    among = quantity.unit or _LATIN.match(before) or _LATIN.match(after)
    return bool(among) and not _beside_han(text, quantity)


def _beside(text: str, quantity: Quantity) -> tuple[str, str]:
    """The characters next to a figure, blanks aside."""
    before = text[max(0, quantity.start - _BLANKS) : quantity.start].rstrip()
    return before[-1:], text[quantity.end : quantity.end + _BLANKS].lstrip()[:1]


def _overlap(one: Quantity, other: Quantity) -> bool:
    return one.start < other.end and other.start < one.end


def qualified_span(text: str, quantity: Quantity) -> Span:
    """The figure together with the qualifier beside it.

    >>> source = "完成1100亿元以上"
    >>> span = qualified_span(source, find_quantities(source)[0])
    >>> source[span.start:span.end]
    '1100亿元以上'
    """
    start, end, qualifier = quantity.start, quantity.end, quantity.qualifier or ""
    if qualifier and text.endswith(qualifier, 0, start):
        return Span(start - len(qualifier), end)
    if qualifier and text.startswith(qualifier, end):
        return Span(start, end + len(qualifier))
    return Span(start, end)
