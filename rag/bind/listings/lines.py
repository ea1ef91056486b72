r"""Lines without marks that one above them announces.

>>> text = "采取以下措施:\n兴修水利,长5公里。\n架设桥梁。\n植树造林。"
>>> [len(found.items) for found in find_lines(text, [Span(0, len(text))], ())]
[3]
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence

from rag.bind.listings.leads import Found, announces, lead_before
from rag.bind.listings.marks import listing_data
from rag.bind.listings.parts import is_marked
from rag.bind.listings.spans import line_end, sentence_end, trim
from rag.schema import Span

_FEWEST, _MOST = 3, 40  # lines that make a list
_LEADING_LINE = re.compile(r"[:。.][ \t]*\n")
_SAME = re.compile(r"[\u4e00-\u9fff]{2}|[A-Za-z]+ [A-Za-z]+ ")  # what alike lines begin with


def find_lines(text: str, stretches: Sequence[Span], marks: Container[int]) -> Iterator[Found]:
    """The lines behind one that says 以下 or 如下, and those behind a colon that begin alike."""
    for stretch in stretches:
        for end in _LEADING_LINE.finditer(text, stretch.start, stretch.end):
            lead = lead_before(text, end.start(), stretch.start)
            if lead is None or is_marked(end.end(), marks):
                continue
            told = announces(text, lead, "below") and not _reports(text, lead)
            items = _lines(text, end.end(), stretch.end, alike=True) if told or end[0][0] == ":" else ()
            if told and len(items) < _FEWEST:
                items = _lines(text, end.end(), stretch.end, alike=False)
            if _FEWEST <= len(items) <= _MOST:
                yield Found("bullets", lead, items)


def _reports(text: str, lead: Span) -> bool:
    """Whether what stands below is the text itself (现报告如下)."""
    return bool(re.search(listing_data()["words"]["reports"], text[lead.start : lead.end]))


def _lines(text: str, start: int, end: int, alike: bool) -> tuple[Span, ...]:
    """The lines from an offset on, up to one that announces others or, if `alike`, begins otherwise."""
    opening = _SAME.match(text, start, end)
    if alike and not opening:
        return ()
    items: list[Span] = []
    while start < end and len(items) <= _MOST:
        line = line_end(text, start, end)
        first = Span(start, sentence_end(text, start, line))
        if alike and opening and not text.startswith(opening[0], start):
            break
        if not alike and announces(text, first, "below"):
            break
        items.append(trim(text, start, line))
        start = line + 1
    return tuple(items)
