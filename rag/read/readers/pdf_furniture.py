"""What a PDF page has beside its text: running heads, page numbers, contents; and notes at its foot."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise

from rag.read.captions import belongs_to_table
from rag.read.readers.pdf_lines import Line
from rag.read.readers.pdf_pages import Item

_Key = tuple[str, str]
Blocks = Sequence[Sequence[Item]]

_EDGE_LINES = 2  # running heads stand within this many lines from the top or the foot
_RUNNING_SHARE = 1 / 3  # a head that changes with the side or the part stands on fewer than all pages
_AGAIN = 3  # pages on which a running head stands at least, if there are so many
_NEARLY_ALL = 0.8  # share of the pages with a head where it changes with the chapter
_FIRST_LINES = 8  # a title is within so many lines
_LARGER = 1.1  # times the size of the running text: a title's type
_SMALLER = 0.92  # times the size of the running text: a note's type
_NOTE_GAP = 1.3  # usual steps between the text and a note in type of the same size
_MANY_CONTENTS = 5  # a page with as many entries of a table of contents holds little else
_SOME_CONTENTS = 3  # entries that tell a table of contents from text
_PAGE_NUMBER = re.compile(
    r"[-—–·~\s]*(?:第\s*)?(?P<page>\d{1,4})\s*页?(?:\s*[/／,，共]+\s*\d+\s*页?)?[-—–·~\s]*"
    r"|[Pp]age\s*(?P<english>\d{1,4})(?:\s*of\s*\d+)?"
)
_CONTENTS = re.compile(r".*(?:(?:[.．·•⋯]\s*){4,}|(?:…\s*){2,})\d{1,4}")
_ENTRY = re.compile(r".*(?:…|⋯|·|[.．]{2})\s*\d{1,4}")  # in a table of contents; elsewhere it may be text
NOTE = re.compile(r"[\ufffd①-⑳⓪❶-❿➀-➓⁰¹²³⁴-⁹*＊※]|[\[［〔]\s*\d{1,2}\s*[\]］〕]|注\s*\d{0,2}\s*[:：.]")


def without_furniture(pages: Sequence[Blocks], title: str = "") -> list[list[list[Item]]]:
    """The blocks of the pages without running heads, page numbers and contents.

    A running head that is the title of the document stays where it stands first.
    """
    edges = [_edges(blocks) for blocks in pages]
    heads = _Heads(edges)
    kept = []
    for index, (blocks, edge) in enumerate(zip(pages, edges, strict=True)):
        furniture = {id(line) for zone, line in edge if heads.is_furniture(zone, line, index)}
        if index == 0:
            furniture -= set(map(id, _title([line for _, line in edge], furniture, blocks, title)))
        kept.append(_without(blocks, furniture | _contents(blocks)))
    return kept


class _Heads:
    """What comes again at the edges of the pages."""

    def __init__(self, edges: Sequence[Sequence[tuple[str, Line]]]) -> None:
        self._pages = len(edges)
        self._texts = _count(edges, lambda zone, line: [_head(zone, line)])
        self._corners = _count(edges, _corners)
        self._places = _count(
            edges, lambda zone, line: [_place(zone, line)] if self._texts[_head(zone, line)] >= _AGAIN else []
        )
        self._offsets = Counter(
            number - index
            for index, page in enumerate(edges)
            for number in {_page_number(line) for _, line in page}
            if number is not None
        )

    def is_furniture(self, zone: str, line: Line, index: int) -> bool:
        """Whether a line at the edge of a page is a running head or a page number."""
        if belongs_to_table(line.text):
            return False  # every page of a table tells them
        number = _page_number(line)
        if number is not None and (str(number) != line.text or self._offsets[number - index] > 1):
            return True
        again = self._texts[_head(zone, line)]
        if again >= max(min(_AGAIN, self._pages), self._pages * _RUNNING_SHARE, 2):
            return True
        if any(self._corners[key] >= max(_AGAIN, self._pages / 2) for key in _corners(zone, line)):
            return True
        changing = self._places[_place(zone, line)] >= max(_AGAIN, self._pages * _NEARLY_ALL)
        return again >= _AGAIN and changing


def _count(
    edges: Sequence[Sequence[tuple[str, Line]]], keys: Callable[[str, Line], Sequence[_Key]]
) -> Counter[_Key]:
    """On how many pages each key is found."""
    return Counter(key for page in edges for key in {k for zone, line in page for k in keys(zone, line)})


def _place(zone: str, line: Line) -> _Key:
    return zone, str(round(line.base))


def _without(blocks: Blocks, left_out: set[int]) -> list[list[Item]]:
    return [rest for block in blocks if (rest := [item for item in block if id(item) not in left_out])]


def _edges(blocks: Blocks) -> list[tuple[str, Line]]:
    lines = sorted((x for block in blocks for x in block if isinstance(x, Line)), key=lambda x: -x.base)
    alone = [block[0] for block in blocks if len(block) == 1]
    aside = [("foot", x) for x in alone if isinstance(x, Line) and _PAGE_NUMBER.fullmatch(x.text)]
    top = [("top", line) for line in lines[:_EDGE_LINES]]
    return top + [("foot", line) for line in lines[-_EDGE_LINES:]] + aside


def _head(zone: str, line: Line) -> tuple[str, str]:
    return zone, re.sub(r"\d+", "#", line.text)


def _corners(zone: str, line: Line) -> list[tuple[str, str]]:
    """What stands in the corners of a page: a name beside another that changes with the chapter."""
    return [
        (zone, cell)
        for cell in line.cells
        if len(line.cells) > 1 and len(cell) >= 4 and not cell[-1].isdigit()
    ]


def _page_number(line: Line) -> int | None:
    match = _PAGE_NUMBER.fullmatch(line.text)
    return int(match["page"] or match["english"]) if match else None


def _title(edge: Sequence[Line], furniture: set[int], blocks: Blocks, title: str) -> list[Line]:
    """The one running head of the first page that is the document's title, if any is."""
    lines = [x for block in blocks for x in block if isinstance(x, Line)]
    heads = [x for x in edge if id(x) in furniture and _page_number(x) is None and len(x.text) > 5]
    if not heads:
        return []
    largest = max(heads, key=lambda line: line.size)
    others = [x for x in lines[:_FIRST_LINES] if id(x) not in furniture]
    if any(other.text == largest.text for other in others):
        return []
    repeated = sum(line.text == largest.text for line in lines) > 1
    if repeated or title.replace(" ", "") == largest.text.replace(" ", ""):
        return [largest]
    body = usual_size([lines])
    titled = any(_is_title(other, lines, max(body, largest.size)) for other in others)
    return [] if titled and largest.size <= _LARGER * body else [largest]


def _is_title(line: Line, lines: Sequence[Line], size: float) -> bool:
    """Whether a line is set as a title: in larger type, or in the middle and no date or place of it."""
    if line.size > _LARGER * size:
        return True
    return len(line.text) >= 8 and line.text[0].isalpha() and _is_centred(line, lines)


def _is_centred(line: Line, lines: Sequence[Line]) -> bool:
    left, right = min(x.left for x in lines), max(x.right for x in lines)
    before, behind = line.left - left, right - line.right
    return before > line.size and abs(before - behind) < 2 * line.size


def _contents(blocks: Blocks) -> set[int]:
    """The entries of a table of contents, with the lines between them where a page is full of them."""
    lines = [item for block in blocks for item in block if isinstance(item, Line)]
    entries = [index for index, line in enumerate(lines) if _CONTENTS.fullmatch(line.text)]
    short = [index for index, line in enumerate(lines) if _ENTRY.fullmatch(line.text)]
    entries = short if len(short) >= _SOME_CONTENTS else entries
    if len(entries) >= _MANY_CONTENTS and 3 * len(entries) >= entries[-1] - entries[0]:
        return {id(line) for line in lines[: entries[-1] + 1]}
    return {id(lines[index]) for index in entries}


def usual_size(pages: Sequence[Sequence[Line]]) -> float:
    """The size of type in which most of the text is set."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page:
            sizes[round(line.size, 1)] += len(line.text)
    return max(sizes, key=lambda one: sizes[one], default=1.0)


def split_notes(items: Sequence[Item], size: float, pitch: float) -> tuple[list[Item], list[Line]]:
    """The text of a page, and the notes at its foot: in smaller type, or set apart behind a mark."""
    notes: list[Line] = []
    for item in reversed(items):
        if not isinstance(item, Line) or item.size > _SMALLER * size:
            break
        notes.insert(0, item)
    if len(notes) < len(items) and notes:
        return list(items[: len(items) - len(notes)]), notes
    for index, (above, item) in reversed(list(enumerate(pairwise(items), start=1))):
        if not isinstance(item, Line) or not isinstance(above, Line):
            break
        if above.base - item.base > _NOTE_GAP * pitch:
            if NOTE.match(item.text):
                return list(items[:index]), [line for line in items[index:] if isinstance(line, Line)]
            break
    return list(items), []
