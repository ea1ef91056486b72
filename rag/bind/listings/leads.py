r"""Where an enumeration begins -> the words before it that say what it lists.

>>> text = "我们要看到,全市发展还面临不少困难,主要是:一是水少。"
>>> lead = lead_before(text, text.index("一是"), 0)
>>> text[lead.start : lead.end]
'我们要看到,全市发展还面临不少困难,主要是'
>>> text = "回顾过去,成绩来之不易,值得珍惜。\n一是水少。"
>>> lead_before(text, text.index("一是"), 0, short=False) is None
True
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from rag.bind.listings.marks import listing_data
from rag.bind.listings.outline import ROOT
from rag.bind.listings.spans import is_latin, trim, without_mark
from rag.language import parse_english_numeral, parse_numeral
from rag.schema import Span

_WINDOW = 500  # characters before an enumeration in which its lead stands
_WHOLE = 45  # characters of a sentence that is a lead as a whole; a longer one is cut to its last clauses
_WHOLE_ENGLISH = 220
_SINGLE = 60  # characters of a paragraph that leads because it is one short sentence
_SINGLE_ENGLISH = 300
_SHORT = 6  # characters of a clause that says too little alone
_ENDS = re.compile(r"[。!?;\n]|(?<!\bNo)\.(?=\s)")
_CLAUSE_ENDS = re.compile(r"[，,;](?!\d{3})")


Kind = Literal["numbered", "bullets", "names", "headings"]


@dataclass(frozen=True, slots=True)
class Found:
    """An enumeration: its lead and its items; of headings also the number of the section around them."""

    kind: Kind
    lead: Span
    items: tuple[Span, ...]
    home: int = ROOT


@cache
def _announcing(name: str) -> re.Pattern[str]:
    rules = [rule for rule in listing_data()["words"]["announcing"] if name in ("", rule["name"])]
    return re.compile("|".join(f"(?:{rule['pattern']})" for rule in rules), re.IGNORECASE)


@cache
def _empty() -> re.Pattern[str]:
    return re.compile(listing_data()["words"]["empty"], re.IGNORECASE)


def announces(text: str, span: Span, rule: str = "") -> bool:
    """Whether words say that something is listed behind them, by any rule or by the one named."""
    return bool(_announcing(rule).search(text, span.start, span.end))


def lead_before(text: str, at: int, low: int, short: bool = True) -> Span | None:
    """The words that lead to what begins at `at`, not before `low`; None where none do.

    They stand before it in its paragraph, or above it: a line that ends with a colon, a sentence that
    announces something or, if `short`, a paragraph of one short sentence.
    """
    low = max(low, at - _WINDOW)
    line = max(low, text.rfind("\n", low, at) + 1)
    here = _last_sentence(text, line, at)
    if here:
        return _narrow(text, here)
    above = trim(text, low, line)
    if above.start == above.end:
        return None
    opening = max(low, text.rfind("\n", low, above.end) + 1)
    sentence = _last_sentence(text, opening, above.end)
    if sentence is None:
        return None
    colon = text[above.end : above.end + 1] == ":"
    single = sentence.start == trim(text, opening, above.end).start
    short = short and single and above.end - opening <= _single(text, sentence)
    return _narrow(text, sentence) if colon or short or announces(text, sentence) else None


def named_count(text: str, span: Span) -> int | None:
    """How many things words say there are.

    >>> text = "办好十件民生实事"
    >>> named_count(text, Span(0, len(text)))
    10
    """
    match = re.compile(listing_data()["words"]["count"], re.IGNORECASE).search(text, span.start, span.end)
    if match is None:
        return None
    written = match["n"] or match["word"]
    if written.isdigit():
        return int(written)
    return int(parse_numeral(written) if match["n"] else parse_english_numeral(written))


def sentence_before(text: str, at: int, low: int) -> Span | None:
    """The last sentence before an offset, in its paragraph or above it, whatever it says."""
    sentence = _last_sentence(text, max(low, at - _WINDOW), at)
    return _narrow(text, sentence) if sentence else None


def _single(text: str, span: Span) -> int:
    return _SINGLE_ENGLISH if is_latin(text, span) else _SINGLE


def _last_sentence(text: str, low: int, high: int) -> Span | None:
    """The last sentence of a stretch, or what stands of it, without punctuation."""
    end = trim(text, low, high).end
    starts = [low, *(match.end() for match in _ENDS.finditer(text, low, end))]
    start = next((at for at in reversed(starts) if not _is_empty(text, trim(text, at, end))), low)
    span = without_mark(text, trim(text, start, end)) if start < end else Span(end, end)
    return span if span.start < span.end else None


def _is_empty(text: str, span: Span) -> bool:
    """Whether words only point at what was said before them (主要是)."""
    return span.start == span.end or bool(_empty().match(text[span.start : span.end]))


def _narrow(text: str, span: Span) -> Span:
    """A short sentence, or the last clauses of a long one that say something."""
    latin = is_latin(text, span)
    if span.end - span.start <= (_WHOLE_ENGLISH if latin else _WHOLE):
        return span
    for start in _clause_starts(text, span):
        clause = text[start : span.end].strip()
        if len(clause) >= _SHORT * (3 if latin else 1) and not _empty().match(clause):
            return trim(text, start, span.end)
    return span


def _clause_starts(text: str, span: Span) -> Iterator[int]:
    """Where the clauses of a sentence begin, the last one first."""
    ends = [match.end() for match in _CLAUSE_ENDS.finditer(text, span.start, span.end)]
    yield from reversed(ends)
    yield span.start
