"""The lines of PDF pages -> paragraphs: running heads and page numbers dropped, broken lines joined.

What tells a new paragraph is how it is set: an indent, a last line that ends short of the margin, a
gap, another size of type. All lengths are in widths of a Han character of the line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from rag.read.outline import bullet_length, find_marker
from rag.read.readers.lines import table_row
from rag.read.readers.pdf_lines import Line

_EDGE_LINES = 2  # running heads stand within this many lines from the top or the foot
_RUNNING_SHARE = 1 / 3  # a head that changes with the side or the part stands on fewer than all pages
_INDENT = 1.0  # a line starts a paragraph if it stands in by this much
_SHORT = 4.0  # a line ends a paragraph if it ends this far from the margin, in a file with indents;
_SHORT_END = 1.5  # at the end of a sentence, and where no indents tell paragraphs, this far
_MANY_INDENTS = 0.05  # the share of lines that stand in where indents tell paragraphs
_PITCH = 1.35  # lines further apart than this many usual steps belong to two paragraphs
_MANY_LINES = 12  # a page with as many shows where its margins are
_PAGE_NUMBER = re.compile(r"[-—–·~\s]*(?:第\s*)?(\d{1,4})\s*页?(?:\s*[/／,，共]+\s*\d+\s*页?)?[-—–·~\s]*")
_CONTENTS = re.compile(r".*(?:(?:[.．·•⋯]\s*){4,}|(?:…\s*){2,})\d{1,4}")
_SENTENCE_END = tuple("。！？；;!?：:")


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where the lines of a page start and end, and what is usual in the file."""

    left: float
    right: float
    size: float
    pitch: float
    indented: bool  # whether paragraphs start with an indent


def join_paragraphs(pages: Sequence[Sequence[Line]]) -> list[str]:
    """One line of text for each paragraph, heading and row of a table on the pages."""
    kept = _without_furniture(pages)
    lines = [(line, frame) for page, frame in zip(kept, _frames(kept), strict=True) for line in page]
    texts: list[str] = []
    paragraph: list[Line] = []  # the lines of the last text; none behind a row of a table
    above: _Frame | None = None
    for (line, frame), is_row in zip(lines, _rows([line for line, _ in lines]), strict=True):
        if paragraph and above and not is_row and _continues(paragraph, above, line, frame):
            paragraph.append(line)
            texts[-1] = _join(texts[-1], line.text)
        else:
            paragraph = [] if is_row else [line]
            texts += table_row([[cell] for cell in line.cells]) if is_row else [line.text]
        above = frame
    return texts


def _without_furniture(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Drops running heads, page numbers and the lines of a table of contents."""
    edges = [_edges(page) for page in pages]
    heads = Counter(key for page in edges for key in {_head(zone, line) for zone, line in page})
    needed = max(min(3, len(pages)), len(pages) * _RUNNING_SHARE, 2)
    offsets = Counter(
        int(match[1]) - index
        for index, page in enumerate(edges)
        for match in {_PAGE_NUMBER.fullmatch(line.text) for _, line in page}
        if match
    )
    kept = []
    for index, (page, edge) in enumerate(zip(pages, edges, strict=True)):
        furniture = {id(line) for zone, line in edge if heads[_head(zone, line)] >= needed}
        for _, line in edge:
            match = _PAGE_NUMBER.fullmatch(line.text)
            if match and (match[1] != line.text or offsets[int(match[1]) - index] > 1):
                furniture.add(id(line))
        kept.append([x for x in page if id(x) not in furniture and not _CONTENTS.fullmatch(x.text)])
    return kept


def _edges(page: Sequence[Line]) -> list[tuple[str, Line]]:
    lines = sorted(page, key=lambda line: -line.base)
    return [("top", x) for x in lines[:_EDGE_LINES]] + [("foot", x) for x in lines[-_EDGE_LINES:]]


def _head(zone: str, line: Line) -> tuple[str, str]:
    return zone, re.sub(r"\d+", "#", line.text)


def _rows(lines: Sequence[Line]) -> list[bool]:
    """Which lines are rows of a table: parted by wide gaps, next to another that is."""
    parted = [False, *(len(line.cells) > 1 for line in lines), False]
    return [
        here and (above or below) for above, here, below in zip(parted, parted[1:], parted[2:], strict=False)
    ]


def _frames(pages: Sequence[Sequence[Line]]) -> list[_Frame]:
    sizes: Counter[float] = Counter()
    pitches: Counter[float] = Counter()
    for page in pages:
        for line in page:
            sizes[round(line.size, 1)] += len(line.text)
        pitches.update(round(a.base - b.base, 0) for a, b in pairwise(page) if a.base > b.base)
    size = max(sizes, key=lambda one: sizes[one], default=1.0)
    pitch = max(pitches, key=lambda one: pitches[one], default=2 * size)
    margins = [_margins(page, size) for page in pages]
    measures = [
        right - left for page, (left, right) in zip(pages, margins, strict=True) if len(page) >= _MANY_LINES
    ]
    measure = median(measures) if measures else 0.0
    stand_in = [
        line.left > left + _INDENT * size
        for page, (left, _) in zip(pages, margins, strict=True)
        for line in page
    ]
    indented = sum(stand_in) > _MANY_INDENTS * len(stand_in)
    return [_Frame(left, max(right, left + measure), size, pitch, indented) for left, right in margins]


def _margins(page: Sequence[Line], size: float) -> tuple[float, float]:
    """The outermost edges at which more than one line of the usual size starts or ends."""
    lines = [x for x in page if len(x.cells) == 1 and abs(x.size - size) < 0.15 * size] or list(page)
    if not lines:
        return 0.0, 0.0
    lefts = sorted(line.left for line in lines)
    rights = sorted((line.right for line in lines), reverse=True)
    left = next((a for a, b in pairwise(lefts) if b - a < size / 2), lefts[0])
    right = next((a for a, b in pairwise(rights) if a - b < size / 2), rights[0])
    return (left, right) if len(page) >= _MANY_LINES else (lefts[0], rights[0])


def _continues(paragraph: Sequence[Line], above: _Frame, line: Line, frame: _Frame) -> bool:
    """Whether `line` goes on with the paragraph; `above` and `frame` are those of their two pages."""
    last, em = paragraph[-1], line.size
    ended = last.text.endswith(_SENTENCE_END)
    starts = bool(find_marker(line.text) or bullet_length(line.text))
    if abs(last.size - line.size) > 0.15 * em or (ended and starts):
        return False
    step = _PITCH * frame.pitch * max(em / frame.size, 1)
    if above is frame and not 0 < last.base - line.base < step:
        return False
    if line.size > 1.1 * frame.size and not starts and _is_centred(last, above) and _is_centred(line, frame):
        return True
    if above.right - last.right > (_SHORT if frame.indented and not ended else _SHORT_END) * em:
        return False
    hangs = not ended and not starts and line.left > paragraph[0].left + em / 2
    return line.left - frame.left < _INDENT * em or hangs


def _is_centred(line: Line, frame: _Frame) -> bool:
    return abs((line.left - frame.left) - (frame.right - line.right)) < 2 * line.size


def _join(text: str, line: str) -> str:
    """Words in Latin letters stay apart; Han, figures and capitals had no blank where the line broke."""
    one, other = text[-1], line[0]
    words = (one + other).isascii() and (one + other).isalpha() and not (one + other).isupper()
    return f"{text} {line}" if words else text + line
