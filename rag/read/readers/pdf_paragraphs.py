"""The lines of PDF pages -> paragraphs and rows: broken lines joined, notes behind the text they break.

What tells a new paragraph is how it is set: an indent, a last line that ends short of the margin, a
gap, another size of type. All lengths are in widths of a Han character of the line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from rag.read import reading
from rag.read.outline import bullet_length, find_marker
from rag.read.readers.pdf_aligned import align
from rag.read.readers.pdf_furniture import NOTE, Blocks, split_notes, usual_size
from rag.read.readers.pdf_lines import Line, Row
from rag.read.readers.pdf_pages import Item

_INDENT = 1.0  # a line starts a paragraph if it stands in by this much
_SHORT = 4.0  # a line ends a paragraph if it ends this far from the margin, in a file with indents;
_SHORT_END = 1.5  # at the end of a sentence, and where no indents tell paragraphs, this far
_MANY_INDENTS = 0.05  # the share of lines that stand in where indents tell paragraphs
_MAX_PITCH = 2.2  # heights of type from line to line at most, however few lines tell the usual step
_PITCH = 1.35  # lines further apart than this many usual steps belong to two paragraphs
_MANY_LINES = 12  # a block with as many shows where its margins are
_OPEN_END = ("，", "、", ",")
_UNFINISHED = re.compile(r"[^\d\s][^\s]{2,}\d[.,]?$")
_FIGURE_GOES_ON = re.compile(r"\d+[\d.,]*(?:[万亿%％‰个元]|[^\d.,、)）\s])|[万亿元%％‰]")
_RAGGED = 0.15  # share of lines ending short inside a sentence where the right margin is ragged
_RAGGED_ROOM = 0.5  # of the width: how far a line then may end from the margin
_CELLS = 3  # parts of a line that is no running text
_DATE = re.compile(
    r"[(（]?\s*(?:中[华華]民[国國])?\s*\d{2,4}\s*年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?\s*[)）]?"
)
_SENTENCE_END = tuple("。！？；;!?：:")


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where the lines of a block start and end, and what is usual in the file."""

    left: float
    right: float
    size: float
    pitch: float
    loose: bool  # whether a short line need not end a paragraph: indents tell them, or all lines are ragged


@dataclass(slots=True)
class _Text:
    """The lines that were put together so far."""

    done: list[reading.Line] = field(default_factory=list)
    last: Line | None = None  # of the last text; none behind a row
    start: float = 0.0  # how far the first line of the last text stands in
    above: _Frame | None = None
    notes: list[reading.Line] = field(default_factory=list)  # to come when the paragraph has ended

    def add(self, item: Item, frame: _Frame, page: int) -> None:
        """Appends a line to the paragraph that it goes on with, or starts a new one; or a row."""
        if isinstance(item, Line) and self._goes_on(item, frame):
            self.last = item
            last = self.done[-1]
            text = _join(last.text, item.text)
            turns = reading.turns_of(last, reading.Line(item.text, page), len(text) - len(item.text))
            self.done[-1] = reading.Line(text, last.page, turns=turns)
            self.above = frame
            return
        self.end()
        if isinstance(item, Row):
            self.done.append(_row(item, page))
            self.last = None
        else:
            self.done.append(reading.Line(item.text, page))
            self.last, self.start = item, item.left - frame.left
        self.above = frame

    def _goes_on(self, line: Line, frame: _Frame) -> bool:
        if self.last is None or self.above is None:
            return False
        return _continues(self.last, self.start, self.above, line, frame)

    def end(self) -> None:
        """Puts the notes behind the paragraph."""
        self.done += self.notes
        self.notes = []


def join_paragraphs(pages: Sequence[Blocks]) -> list[reading.Line]:
    """One line of text for each paragraph, heading and row of a table on the pages."""
    size = usual_size([_lines(block) for page in pages for block in page])
    pitch = _usual_pitch(pages, size)
    parted = [[split_notes(block, size, pitch) for block in page] for page in pages]
    blocks = [[text for text, _ in page] for page in parted]
    frames = iter(_frames(blocks, size, pitch))
    text = _Text()
    for number, page in enumerate(parted, start=1):
        notes: list[reading.Line] = []
        for block, below in page:
            frame = next(frames)
            for item in _with_rows(block):
                text.add(item, frame, number)
            notes += _notes(below, size, pitch, number)
        text.notes += notes
    text.end()
    return text.done


def _with_rows(block: Sequence[Item]) -> list[Item]:
    """The items of a block, with the tables found that have no rules."""
    items: list[Item] = []
    lines: list[Line] = []
    for item in block:
        if isinstance(item, Line):
            lines.append(item)
        else:
            items += [*align(lines), item]
            lines = []
    return [*items, *align(lines)]


def _notes(lines: Sequence[Line], size: float, pitch: float, page: int) -> list[reading.Line]:
    if not lines:
        return []
    steps = [one.base - other.base for one, other in pairwise(lines)]
    step = median(steps) if steps else pitch
    (frame,) = _frames([[lines]], usual_size([lines]) or size, step)
    text = _Text()
    for item in align(lines):
        if isinstance(item, Line) and NOTE.match(item.text):
            text.last = None  # a mark starts a note, however the last one ends
        text.add(item, frame, page)
    return text.done


def _row(row: Row, page: int) -> reading.Line:
    """A row; the name of a group of rows stands alone or over all columns."""
    filled = set(filter(None, row.cells))
    if len(filled) > 1:
        return reading.Line.row(row.cells, page)
    return reading.Line(filled.pop(), page, cells=row.cells)


def _lines(block: Sequence[Item]) -> list[Line]:
    return [item for item in block if isinstance(item, Line)]


def _usual_pitch(pages: Sequence[Blocks], size: float) -> float:
    """The step from line to line that is met most often."""
    pitches: Counter[float] = Counter()
    for page in pages:
        for block in page:
            for one, other in pairwise(block):
                if isinstance(one, Line) and isinstance(other, Line) and one.base > other.base:
                    pitches[round(one.base - other.base)] += 1
    return min(max(pitches, key=lambda one: pitches[one], default=2 * size), _MAX_PITCH * size)


def _frames(pages: Sequence[Blocks], size: float, pitch: float) -> list[_Frame]:
    texts = [_lines(block) for page in pages for block in page]
    alone = [len(page) == 1 for page in pages for _ in page]  # other blocks may be columns
    margins = [_margins(lines, size) for lines in texts]
    widths = [right - left for (left, right), only in zip(margins, alone, strict=True) if only]
    many = [right - left for x, (left, right) in zip(texts, margins, strict=True) if len(x) >= _MANY_LINES]
    measure = median(many) if many else max(widths, default=0.0)
    stand_in = [
        line.left > left + _INDENT * size
        for lines, (left, _) in zip(texts, margins, strict=True)
        for line in lines
    ]
    indented = sum(stand_in) > _MANY_INDENTS * len(stand_in)
    ends = [
        max(right, left + measure) if only else right
        for (left, right), only in zip(margins, alone, strict=True)
    ]
    short = [
        right - line.right > _SHORT_END * size
        for lines, (left, _), right in zip(texts, margins, ends, strict=True)
        for line in lines
        if line.right - line.left > (right - left) / 2 and not line.text.endswith(_SENTENCE_END)
    ]
    loose = indented or sum(short) > _RAGGED * len(short)
    return [_Frame(left, right, size, pitch, loose) for (left, _), right in zip(margins, ends, strict=True)]


def _margins(block: Sequence[Line], size: float) -> tuple[float, float]:
    """The outermost edges at which more than one line of the usual size starts or ends."""
    lines = [x for x in block if len(x.parts) == 1 and abs(x.size - size) < 0.15 * size] or list(block)
    if not lines:
        return 0.0, 0.0
    lefts = sorted(line.left for line in lines)
    rights = sorted((line.right for line in lines), reverse=True)
    left = next((a for a, b in pairwise(lefts) if b - a < size / 2), lefts[0])
    right = next((a for a, b in pairwise(rights) if a - b < size / 2), rights[0])
    return (left, right) if len(block) >= _MANY_LINES else (lefts[0], rights[0])


def _continues(last: Line, start: float, above: _Frame, line: Line, frame: _Frame) -> bool:
    """Whether `line` goes on with the paragraph whose last line is `last`.

    `start` is how far its first line stands in; `above` and `frame` are those of the lines' blocks.
    """
    em = line.size
    ended = last.text.endswith(_SENTENCE_END)
    starts = bool(find_marker(line.text) or bullet_length(line.text))
    if abs(last.size - line.size) > 0.15 * em or (ended and starts):
        return False
    step = _PITCH * frame.pitch * max(em / frame.size, 1)
    if above is frame and not 0 < last.base - line.base < step:
        return False
    if (
        _DATE.fullmatch(line.text)
        or _DATE.fullmatch(last.text)
        or max(len(last.parts), len(line.parts)) >= _CELLS
    ):
        return False
    if line.size > 1.1 * frame.size and not starts and _is_centred(last, above) and _is_centred(line, frame):
        return True
    if above.right - last.right > _room(last, above, line, em):
        return False
    stands = line.left - frame.left
    hangs = not ended and not starts and stands > start + em / 2
    return stands < _INDENT * em or hangs


def _room(last: Line, above: _Frame, line: Line, em: float) -> float:
    """How far from the margin a line may end whose paragraph goes on with `line`."""
    if last.text.endswith(_SENTENCE_END):
        return _SHORT_END * em
    width = above.right - above.left
    if last.text.endswith(_OPEN_END) or (_UNFINISHED.search(last.text) and _FIGURE_GOES_ON.match(line.text)):
        return width
    if not above.loose:
        return _SHORT_END * em
    return _SHORT * em if find_marker(last.text) else max(_SHORT * em, _RAGGED_ROOM * width)


def _is_centred(line: Line, frame: _Frame) -> bool:
    return abs((line.left - frame.left) - (frame.right - line.right)) < 2 * line.size


def _join(text: str, line: str) -> str:
    """Words in Latin letters stay apart; Han, figures and capitals had no blank where the line broke."""
    one, other = text[-1], line[0]
    words = (one + other).isascii() and (one + other).isalpha() and not (one + other).isupper()
    return f"{text} {line}" if words else text + line
