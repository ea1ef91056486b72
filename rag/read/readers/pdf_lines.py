"""Characters with their places -> lines of text as they are set.

>>> line = Line((Word("税收收入", 80, 120), Word("120.5", 200, 225)), 700, 10)
>>> line.cells, line.text
(('税收收入', '120.5'), '税收收入 120.5')
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag.read.lines import is_wide, raised, tidy
from rag.read.readers.pdf_glyphs import BULLET, UNKNOWN, Glyph

_CELL_GAP = 1.5  # a gap this wide, in widths of a Han character, separates the cells of a table
_BLANK_GAP = 0.8  # a gap this wide is a blank between whatever stands beside it ...
_FIGURE_GAP = 0.5  # ... this wide between two figures, which justified type may space out ...
_WORD_GAP = 0.22  # ... and this wide between words in Latin letters
_SPACED_GAP = 0.35  # a blank between two Han characters that is narrower than this spaces the type out
_RAISED = 0.15  # a small character whose foot stands this high is a superscript
_SMALL = 0.9
_LEVEL = 0.3  # baselines that differ by less, in heights of the type, are one
_MIN_SPACED = 3  # so many single characters with equal gaps are one word, spaced out
_MAX_LEVELS = 4  # how many lines back another piece of a line is looked for


@dataclass(frozen=True, slots=True)
class Word:
    """A piece of a line without a blank, and where it starts and ends."""

    text: str
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it is set, in points; `base` grows from the foot of the page to its top."""

    words: tuple[Word, ...]
    base: float
    size: float  # of the type

    @property
    def left(self) -> float:
        """Where the line starts."""
        return self.words[0].left

    @property
    def right(self) -> float:
        """Where the line ends."""
        return max(word.right for word in self.words)

    @property
    def text(self) -> str:
        """The whole line."""
        return " ".join(word.text for word in self.words)

    @property
    def parts(self) -> tuple[Word, ...]:
        """What wide gaps part: the cells of a table, each with its place."""
        parts = [self.words[0]]
        for one, other in pairwise(self.words):
            if other.left - one.right > _CELL_GAP * self.size:
                parts.append(other)
            else:
                parts[-1] = Word(f"{parts[-1].text} {other.text}", parts[-1].left, other.right)
        return tuple(parts)

    @property
    def cells(self) -> tuple[str, ...]:
        """The texts that wide gaps part."""
        return tuple(part.text for part in self.parts)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table whose cells are told by the rules drawn around them."""

    cells: tuple[str, ...]
    base: float


def lines_of(glyphs: Sequence[Glyph]) -> list[Line]:
    """The lines from the top to the foot."""
    groups = _level(_groups(glyphs))
    lines = [line for group in groups if (line := _line(group))]
    return sorted(lines, key=lambda line: -line.base)


def _groups(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Glyphs that follow each other on one baseline."""
    group: list[Glyph] = []
    lead: Glyph | None = None  # the largest of the group
    for glyph in glyphs:
        if lead and abs(glyph.base - lead.base) > 0.5 * max(lead.size, glyph.size):
            yield group
            group, lead = [], None
        group.append(glyph)
        lead = glyph if lead is None or glyph.size > lead.size else lead
    if group:
        yield group


def _level(groups: Iterator[list[Glyph]]) -> list[list[Glyph]]:
    """Puts together what stands side by side on one baseline and was not drawn in one go."""
    filled = [group for group in groups if any(not glyph.text.isspace() for glyph in group)]
    levels: list[list[Glyph]] = []
    for group in sorted(filled, key=_foot, reverse=True):
        for level in reversed(levels[-_MAX_LEVELS:]):
            if _side_by_side(level, group):
                level += group
                break
        else:
            levels.append(list(group))
    return levels


def _foot(group: Sequence[Glyph]) -> float:
    return _lead(group).base


def _lead(group: Sequence[Glyph]) -> Glyph:
    return max((glyph for glyph in group if not glyph.text.isspace()), key=lambda glyph: glyph.size)


def _side_by_side(one: Sequence[Glyph], other: Sequence[Glyph]) -> bool:
    lead, second = _lead(one), _lead(other)
    size = max(lead.size, second.size)
    small = min(lead.size, second.size) < _SMALL * size
    apart = abs(lead.base - second.base) / size
    if apart > (2 * _LEVEL if small else _LEVEL):
        return False
    if small and apart > _RAISED / 2 and _distance(one, other) > size / 2:  # no mark that stands at a word
        return False
    slack = 0.3 * size
    spans = [(glyph.left + slack, glyph.right - slack) for glyph in other if not glyph.text.isspace()]
    low, high = min(left for left, _ in spans), max(right for _, right in spans)
    near = [glyph for glyph in one if glyph.right > low and glyph.left < high and not glyph.text.isspace()]
    return not any(glyph.right > left and glyph.left < right for glyph in near for left, right in spans)


def _distance(one: Sequence[Glyph], other: Sequence[Glyph]) -> float:
    """How far apart two groups stand, side by side."""
    gaps = [max(a.left - b.right, b.left - a.right) for a in one for b in other]
    return min(gaps, default=0.0)


def _line(glyphs: Sequence[Glyph]) -> Line | None:
    lead = _lead(glyphs)
    words: list[Word] = []
    text, start = "", 0.0
    before: Glyph | None = None  # the last one that is no blank
    blank = False
    for glyph in sorted(glyphs, key=lambda one: one.left):
        if glyph.text.isspace():
            blank = True
            continue
        gap = (glyph.left - before.right) / lead.size if before else 0.0
        if before and gap > _least_gap(before.text, glyph.text, blank):
            words.append(Word(tidy(text), start, before.right))
            text = ""
        start = start if text else glyph.left
        text += "•" if glyph.text == BULLET and not before else _as_set(glyph, lead)
        before, blank = glyph, False
    if before:
        words.append(Word(tidy(text), start, before.right))
    filled = _closed_up([word for word in words if word.text], lead.size)
    return Line(tuple(filled), lead.base, lead.size) if filled else None


def _closed_up(words: Sequence[Word], size: float) -> list[Word]:
    """Words spaced out letter by letter, as titles are, closed up.

    >>> spaced = [Word(char, 30.0 * i, 30.0 * i + 10) for i, char in enumerate("政府工作")]
    >>> [word.text for word in _closed_up([*spaced, Word("报告", 200, 220)], 10)]
    ['政府工作', '报告']
    """
    closed: list[Word] = []
    run: list[Word] = []
    for word in words:
        if run and not _is_spaced(run, word, size):
            closed += _run(run)
            run = []
        run.append(word)
    return closed + _run(run)


def _is_spaced(run: Sequence[Word], word: Word, size: float) -> bool:
    single = all(len(one.text) == 1 and is_wide(one.text) for one in (run[-1], word))
    gap = word.left - run[-1].right
    usual = run[1].left - run[0].right if len(run) > 1 else gap
    return single and abs(gap - usual) < 0.5 * size


def _run(run: Sequence[Word]) -> list[Word]:
    if len(run) < _MIN_SPACED:
        return list(run)
    return [Word("".join(word.text for word in run), run[0].left, run[-1].right)]


def _as_set(glyph: Glyph, lead: Glyph) -> str:
    if glyph.text == BULLET:
        return UNKNOWN
    high = glyph.size < _SMALL * lead.size and glyph.base - lead.base > _RAISED * lead.size
    return raised(glyph.text) if high else glyph.text


def _least_gap(one: str, other: str, blank: bool) -> float:
    """What a gap must exceed to be a blank; where the file has a blank it need only be seen."""
    if blank:
        return _SPACED_GAP if is_wide(one) and is_wide(other) else -1.0
    if not (one + other).isascii():
        return _BLANK_GAP
    return _WORD_GAP if (one + other).isalpha() else _FIGURE_GAP
