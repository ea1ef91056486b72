"""The names of a table's rows -> what each is called, with what it needs of the rows above it.

>>> rows = [("旅客运输量",), ("其中:公路",), ("铁路",), ("货物运输量(万吨)",), ("合计",)]
>>> [(name.text, name.parent) for name in read_names(rows)]
[('旅客运输量', ''), ('公路', '旅客运输量'), ('铁路', '旅客运输量'), ('货物运输量', ''), ('合计', '')]
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import zip_longest

from rag.bind.cells.units import Unit, take_unit
from rag.bind.cells.words import rule, says
from rag.language import fold_width

_GAP = re.compile(r"(?<=[\u4e00-\u9fff])[ \u3000]+(?=[\u4e00-\u9fff(（])")
_NOTE = re.compile(r"[①-⑳*＊]+$|\[\d+\]$")
_EDGES = " :：、,，;；"
_RANKS = (
    r"第?[一二三四五六七八九十]+[、.．部]",
    r"[(（][一二三四五六七八九十]",
    r"\d{1,2}[、.．]",
    r"[(（]\d|[①-⑳]",
)


@dataclass(frozen=True, slots=True)
class Name:
    """A row's name: its own words, the row it is a part of, and the unit that it tells."""

    text: str
    parent: str = ""
    unit: Unit | None = None
    alone: bool = False  # what it counts was told by words that are taken off
    family: str = ""  # the row that tells it from others of its name

    @property
    def is_total(self) -> bool:
        """Whether it is a sum (合计)."""
        return says("total", self.text)

    @property
    def stands_alone(self) -> bool:
        """Whether it says by itself what is counted."""
        return self.alone or (says("alone", self.text) and not says("bare", self.text))


@dataclass(frozen=True, slots=True)
class _Read:
    text: str
    unit: Unit | None
    rank: int  # of its number; the length of the list where it has none
    is_part: bool
    is_told: bool = False  # whether one of several cells says what is counted


def read_names(rows: Iterable[tuple[str, ...]], codes: Iterable[str] = ()) -> Iterator[Name]:
    """The name of every row; each is given by its cells of names, and by its code where it has one.

    A name that stands several times belongs to the row with a part of its code, else to the row above.

    >>> rows = [("人大事务",), ("行政运行",), ("政协事务",), ("行政运行",)]
    >>> [(name.text, name.family) for name in read_names(rows)][2:]
    [('政协事务', ''), ('行政运行', '政协事务')]
    """
    read = [_read(cells) for cells in rows]
    walk = _Walk(Counter(one.text for one in read))
    for one, code in zip_longest(read, codes, fillvalue=""):
        assert isinstance(one, _Read)
        yield walk.name(one, str(code).strip())


@dataclass(slots=True)
class _Walk:
    """Goes through the rows and remembers those that others belong to."""

    counts: Counter[str]
    whole: _Read | None = None  # what 其中 is a part of
    inside: bool = False  # whether the rows are such parts
    marked: list[tuple[int, str]] = field(default_factory=list)  # the rows with numbers around
    coded: dict[str, str] = field(default_factory=dict)  # names by their codes
    family: tuple[str, set[str]] = ("", set())  # the row that names which stand several times belong to
    last: str = ""

    def name(self, read: _Read, code: str) -> Name:
        """The name of the next row."""
        if not read.text:
            return Name("")
        name = Name(read.text, "", read.unit, read.is_told, self._family(read.text, code))
        self.last = read.text
        if read.is_part or (self.inside and not name.stands_alone and read.rank == len(_RANKS)):
            self.inside = True
            unit = self.whole.unit if self.whole and not name.stands_alone else None
            whole = self.whole.text if self.whole and Name(self.whole.text).stands_alone else ""
            return replace(name, parent=whole, unit=read.unit or unit)
        self.inside, self.whole = False, read
        while self.marked and (self.marked[-1][0] >= read.rank or name.is_total):
            self.marked.pop()
        parent = next((text for _, text in reversed(self.marked) if Name(text).stands_alone), "")
        if read.rank < len(_RANKS):
            self.marked.append((read.rank, read.text))
        return replace(name, parent=parent)

    def _family(self, text: str, code: str) -> str:
        """The row that a name which stands several times belongs to."""
        if code:
            self.coded[code] = text
        if self.counts[text] < 2 or Name(text).stands_alone or Name(text).is_total:
            return ""
        if above := next(
            (self.coded[code[:n]] for n in range(len(code) - 1, 2, -1) if code[:n] in self.coded), ""
        ):
            return above
        if not self.family[0] or text in self.family[1]:
            self.family = (self.last, set())
        self.family[1].add(text)
        return self.family[0]


@lru_cache(maxsize=8192)
def _read(cells: tuple[str, ...]) -> _Read:
    parts = [_GAP.sub("", fold_width(cell).strip()) for cell in dict.fromkeys(cells) if cell.strip()]
    rank = next((i for i, mark in enumerate(_RANKS) if parts and re.match(mark, parts[0])), len(_RANKS))
    is_part, unit, names = False, None, list[str]()
    for part in parts:
        plain = rule("mark").sub("", part)
        own = rule("of_which").sub("", plain)
        is_part = is_part or own != plain
        rest, told = take_unit(rule("kind").sub("", rule("mark").sub("", own)))
        unit = told or unit
        rest = rule("scope").sub("", rest) if not says("whole_place", rest) else rest
        names.append(_NOTE.sub("", rest).strip(_EDGES))
    alone = len(names) > 1 and any(Name(name).stands_alone for name in names)
    return _Read(_joined(names), unit, rank, is_part, alone)


def _joined(names: list[str]) -> str:
    """The names of several columns as one: 一般债务 and 期末余额; a sum adds nothing to another."""
    told = [name for name in names if name and not (len(names) > 1 and says("total", name))] or names
    text = ""
    for name in told:
        text = name if text in name else text if name in text else text + name
    return text
