"""Rows of marks -> enumerations: what each mark opens, one row inside an item of another.

>>> from rag.bind.listings.outline import NOTHING
>>> text = "抓两件事:一是交通,(1)修路;(2)架桥;二是植树。年年如此。"
>>> for found in find_numbered(text, NOTHING, lambda offset: False):
...     print(text[found.lead.start : found.lead.end], [text[i.start : i.end] for i in found.items])
抓两件事 ['交通,(1)修路;(2)架桥', '植树']
交通 ['修路', '架桥']
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag.bind.listings.headings import heading_lead
from rag.bind.listings.leads import Found, Kind, lead_before, sentence_before
from rag.bind.listings.marks import LAST, Family, Mark, Row, families, find_marks, find_rows, listing_data
from rag.bind.listings.outline import Outline
from rag.bind.listings.spans import line_end, sentence_end, tidy, trim, without_mark
from rag.schema import Span

_COLON_LINE = re.compile(r"\n[^\n]*:\s*$")  # a line that leads to another list
_NEAR = 2  # line ends between a heading and an enumeration that it leads to
_SHORTEST = 2  # characters of an item


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A row of marks and where what its last one opens must end."""

    row: Row
    end: int


def find_numbered(text: str, outline: Outline, is_table: Callable[[int], bool]) -> list[Found]:
    """The numbered and bulleted enumerations of half-width text.

    Headings with numbers are found as "headings", where the outline holds at least one of them.
    """
    rows = [row for family in families() for row in _rows(text, family, outline, is_table)]
    found: list[Found] = []
    around: list[Found] = []  # the enumerations that the current one stands in
    for one in sorted(rows, key=lambda one: (one.row[0].start, -one.row[-1].start)):
        while around and around[-1].items[-1].end <= one.row[0].start:
            around.pop()
        outer = _item_around(around, one.row[0].start)
        listed = _read(text, _clip(one, outer), outline, outer.start if outer else 0)
        if listed:
            found.append(listed)
            around.append(listed)
    return found


def _rows(text: str, family: Family, outline: Outline, is_table: Callable[[int], bool]) -> Iterator[_Stretch]:
    """The rows of a family; one ends where the next begins, or the next heading."""
    marks = [mark for mark in find_marks(text, family) if not is_table(mark.start)]
    starts = {mark.start for mark in marks}
    homes = {mark.start: outline.home(mark.start, starts) for mark in marks}

    def joined(last: Mark, mark: Mark) -> bool:
        return homes[last.start] == homes[mark.start] and _are_near(text, last, mark)

    rows = find_rows(marks, joined)
    following = [*(row[0].start for row in rows[1:]), outline.length]
    for row, after in zip(rows, following, strict=False):
        end = min(outline.next_break(row[-1].start), len(text))
        yield _Stretch(row, min(end, after) if after > row[-1].start else end)


def _are_near(text: str, last: Mark, mark: Mark) -> bool:
    """Whether two marks may stand in one row, by what stands between them."""
    bullets = mark.family.bullets
    if not bullets and last.own_line and mark.own_line and mark.number != LAST:
        return True
    reach = listing_data()["reach"]
    if mark.start - last.end > reach["characters"]:
        return False
    lines = text.count("\n", last.end, mark.start)
    if bullets and lines > 1:
        return bool(lines <= reach["lines"]) and not _COLON_LINE.search(text, last.end, mark.start)
    return mark.own_line or not lines


def _item_around(around: Sequence[Found], start: int) -> Span | None:
    """The item of the innermost enumeration around an offset."""
    for outer in reversed(around):
        i = bisect_right(outer.items, start, key=lambda item: item.start) - 1
        if i >= 0 and outer.items[i].end > start:
            return outer.items[i]
    return None


def _clip(one: _Stretch, outer: Span | None) -> _Stretch:
    """A row as far as it stands inside one item of another."""
    if outer is None:
        return one
    inside = tuple(mark for mark in one.row if mark.start < outer.end)
    return _Stretch(inside, min(one.end, outer.end)) if len(inside) > 1 else one


def _read(text: str, one: _Stretch, outline: Outline, low: int) -> Found | None:
    """The enumeration of a row, whose lead stands behind `low`; None where an item or the lead is missing."""
    row = one.row
    items = _items(text, row, one.end, outline)
    if min(item.end - item.start for item in items) < _SHORTEST:
        return None
    home = outline.home(row[0].start, {mark.start for mark in row})
    heads = _heads(row, outline)
    if heads:
        lead = heading_lead(text, outline, home, row[0].start, len(items))
    else:
        lead = _lead(text, row, outline, max(low, outline.body(home)))
    if lead is None:
        return None
    kind: Kind = "bullets" if row[0].family.bullets else "headings" if heads else "numbered"
    return Found(kind, lead, items, home)


def _heads(row: Row, outline: Outline) -> bool:
    return row[0].family.heading and any(mark.start in outline.headings for mark in row)


def _items(text: str, row: Row, end: int, outline: Outline) -> tuple[Span, ...]:
    if _heads(row, outline):
        return tuple(_heading(text, mark.start, mark.end, outline) for mark in row)
    items = [tidy(text, mark.end, _end(text, mark, after.start)) for mark, after in pairwise(row)]
    return (*items, tidy(text, row[-1].end, _last_end(text, row, items, end)))


def _end(text: str, mark: Mark, following: int) -> int:
    """Where an item ends: at the next mark; a bullet's, or one whose next mark is far, with its line."""
    far = following - mark.end > listing_data()["reach"]["characters"]
    line = mark.own_line and (far or mark.family.bullets)
    return line_end(text, mark.end, following) if line else following


def _heading(text: str, start: int, low: int, outline: Outline) -> Span:
    """A heading without its number, or the first sentence behind a number that opens no heading."""
    if start in outline.headings:
        return trim(text, low, outline.headings[start])
    line = line_end(text, low, len(text))
    return trim(text, low, sentence_end(text, low, line))


def _last_end(text: str, row: Row, items: Iterable[Span], end: int) -> int:
    """Where the last item ends: with its sentence, or with its paragraph where the others are longer."""
    line = line_end(text, row[-1].end, end)
    paragraphs = row[0].own_line and row[-1].own_line
    long = any(sentence_end(text, item.start, item.end) < item.end - 1 for item in items)
    return line if paragraphs or long else sentence_end(text, row[-1].end, line)


def _lead(text: str, row: Row, outline: Outline, low: int) -> Span | None:
    """The words before a row, the heading above it, or the sentence above it where that is nearer."""
    first = row[0].start
    before = lead_before(text, first, low, short=not row[0].family.bullets)
    if before:
        return before
    heading = outline.lead(outline.inside(first, {mark.start for mark in row}))
    if heading is None or _is_far(text, heading.end, first):
        return sentence_before(text, first, low) or heading
    return without_mark(text, heading)


def _is_far(text: str, start: int, end: int) -> bool:
    return end - start > listing_data()["reach"]["characters"] or text.count("\n", start, end) > _NEAR
