r"""Document -> Listings: its enumerations, each with the words that lead it in.

>>> from rag.read import parse_document
>>> text = "青禾市2025年政府工作报告\n一、2025年工作安排\n全市发展面临诸多挑战:一是水少;二是地薄。"
>>> document = parse_document(text, "q", "q.txt")
>>> for listing in read_listings(document):
...     print(listing.kind, document.text[listing.lead.start : listing.lead.end], len(listing.items))
numbered 全市发展面临诸多挑战 2
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterator, Sequence

from rag.bind.listings.counted import find_counted
from rag.bind.listings.headings import find_headings
from rag.bind.listings.leads import Found
from rag.bind.listings.lines import find_lines
from rag.bind.listings.names import find_names
from rag.bind.listings.outline import Outline, build_outline
from rag.bind.listings.parts import find_parts
from rag.bind.listings.rows import find_numbered
from rag.language import fold_width
from rag.schema import Document, Listing, Passage, Span

_SENTENCE = re.compile(r"(?:[^。!?.\n]+|\.(?!\s|$)|(?<=[;:])\n|(?<=\bNo)\.)+")


def read_listings(document: Document) -> tuple[Listing, ...]:
    """Every enumeration of a document, in the order of the text; one inside another stands behind it."""
    text = fold_width(document.text)
    outline = build_outline(document, text)
    tables = [(table.start, table.end) for table in document.tables]

    def is_table(offset: int) -> bool:
        i = bisect_right(tables, (offset, len(text))) - 1
        return i >= 0 and tables[i][1] > offset

    rows = find_numbered(text, outline, is_table)
    written = find_written(text, _stretches(document, outline), {i.start for row in rows for i in row.items})
    headed = find_headings(text, outline, rows)
    found = sorted((*rows, *headed, *written), key=lambda one: (one.items[0].start, -one.items[-1].end))
    starts = [passage.start for passage in document.passages]
    told = (one for one in found if one.kind == "headings" or _is_told(document, starts, one))
    return tuple(_listing(document, outline, one, starts) for one in told)


def find_written(text: str, stretches: Sequence[Span], marks: Container[int]) -> Iterator[Found]:
    """What sentences and lines list without marks, in stretches of text; nothing that `marks` begin."""
    yield from find_lines(text, stretches, marks)
    for stretch in stretches:
        for match in _SENTENCE.finditer(text, stretch.start, stretch.end):
            sentence = Span(*match.span())
            parts = find_parts(text, sentence, stretch.start, marks)
            if parts:
                yield parts
            known = marks if parts is None else {parts.items[0].start}
            yield from find_names(text, sentence, stretch.start, known)
            yield from find_counted(text, sentence)


def _stretches(document: Document, outline: Outline) -> list[Span]:
    """The running text between headings that stand on lines of their own."""
    stretches: list[Span] = []
    for passage in document.passages:
        if stretches and not outline.between(stretches[-1].end, passage.start):
            stretches[-1] = Span(stretches[-1].start, passage.end)
        else:
            stretches.append(Span(passage.start, passage.end))
    return stretches


def _is_told(document: Document, starts: Sequence[int], found: Found) -> bool:
    """Whether an enumeration stands in passages, and not among notes or furniture."""
    item = found.items[0]
    i = bisect_right(starts, item.end) - 1
    return i >= 0 and item.start < document.passages[i].end


def _listing(document: Document, outline: Outline, found: Found, starts: Sequence[int]) -> Listing:
    passage = _passage(document.passages, starts, found)
    page = bisect_right(document.pages, found.items[0].start) or None
    section = outline.path(found.home) if found.kind == "headings" else passage.section
    return Listing(
        document.id, found.kind, found.lead, found.items, section, passage.year, passage.status, page
    )


def _passage(passages: Sequence[Passage], starts: Sequence[int], found: Found) -> Passage:
    """The passage that an enumeration stands in; of headings, the first one under them."""
    at = found.items[0].start
    i = bisect_left(starts, at) if found.kind == "headings" else bisect_right(starts, at) - 1
    return passages[min(max(i, 0), len(passages) - 1)]
