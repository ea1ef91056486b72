"""The rows of one side of a table -> what each is called, and the place, time, status and unit that it tells.

>>> place_of("其中:和田市", "新疆维吾尔自治区"), place_of("高新区", "合肥市"), place_of("全市", "合肥市")
(('和田市', ''), ('高新区', ''), ('合肥市', ''))
>>> frame = Frame(None, 2025, "actual", 2025)
>>> place_of("固原市本级", "固原市"), period_of("2024", frame).end, period_of("1-2月", frame).part
(('固原市', '市本级'), 2024, '01-02')
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from rag.bind.cells.headings import read_certainty
from rag.bind.cells.names import Name, read_names
from rag.bind.cells.units import Unit, read_unit
from rag.bind.cells.words import rule, says
from rag.bind.periods import Frame, find_times
from rag.language import Place, ancestors, find_places, fold_width, is_within, named
from rag.schema import Certainty, Period

_SUFFIX = re.compile(r"(?:[省市县区州盟旗镇乡]|街道|兵团|管委会|开发区|新区|园区)$")
_MONTH = re.compile(r"(?:(?P<year>(?:19|20)\d\d)年)?(?P<month>\d{1,2})月(?:份|末)?")


class Columns(Protocol):
    """Which columns of a table hold what."""

    @property
    def names(self) -> tuple[int, ...]:
        """Columns of names."""

    @property
    def places(self) -> tuple[int, ...]:
        """Columns of places."""

    @property
    def times(self) -> tuple[int, ...]:
        """Columns of years or months."""

    @property
    def things(self) -> tuple[int, ...]:
        """Columns of projects and companies."""

    @property
    def code(self) -> int | None:
        """The column of codes."""

    @property
    def unit(self) -> int | None:
        """The column of units."""


@dataclass(frozen=True, slots=True)
class Row:
    """What a row is called, and what it tells of place, time, status and unit."""

    name: Name
    place: str = ""
    level: str = ""
    period: Period | None = None
    status: Certainty | None = None
    unit: Unit | None = None
    entity: str | None = None


def read_rows(
    columns: Columns, rows: Sequence[tuple[str, ...]], frame: Frame, place: str
) -> Iterator[Row | None]:
    """Every row of a side; None for one that numbers the columns."""
    codes = [cells[columns.code] for cells in rows] if columns.code is not None else []
    names = read_names([tuple(cells[i] for i in columns.names) for cells in rows], codes)
    for cells, name in zip(rows, names, strict=True):
        told = " ".join(cells[i] for i in columns.times)
        own, level = "", ""
        for i in columns.places:
            own, level = place_of(cells[i], place)
        period = period_of(told, frame) if told else None
        if says("numbering", name.text):
            yield None
            continue
        shown = read_unit(cells[columns.unit], known=False) if columns.unit is not None else None
        thing = "".join(dict.fromkeys(cells[i].strip() for i in columns.things))
        status = read_certainty(told, period, frame)
        yield Row(name, own, level, period, status, shown or name.unit, thing or None)


def is_place(text: str) -> bool:
    """Whether a row's name is the name of a place and nothing else.

    >>> [is_place(text) for text in ("伊州区", "全市", "市本级", "农村", "北京市人口")]
    [True, True, False, False, False]
    """
    bare = rule("of_which").sub("", fold_width(text).replace(" ", "").replace("\u3000", ""))
    if says("whole_place", bare):
        return bare[0] == "全"
    return any(m.start == 0 and m.end == len(bare) and _SUFFIX.search(bare) for m in find_places(bare))


_is_place = lru_cache(maxsize=4096)(is_place)


def are_places(names: Sequence[str]) -> bool:
    """Whether most of a column's names are places."""
    filled = [name for name in names if name.strip()]
    return 10 * sum(map(_is_place, filled)) > 6 * len(filled) > 0


@lru_cache(maxsize=4096)
def place_of(text: str, place: str) -> tuple[str, str]:
    """The place that a row is of, in a document of a place, and the level of government it is limited to."""
    bare = rule("of_which").sub("", re.sub(r"\s", "", fold_width(text)))
    if not bare or says("whole_place", bare):
        return place, ""
    for mention in find_places(bare):
        if mention.start == 0:
            left = rule("level").search(bare)
            left = left if left and left.end() == len(bare) else None
            inside = [p.name for p in mention.places if any(is_within(p, outer) for outer in _around(place))]
            name = (inside or [p.name for p in mention.places])[0]
            return (name, left[0]) if left else (name if mention.end == len(bare) else bare, "")
    return (place, bare) if rule("level").fullmatch(bare) else (bare, "")


@lru_cache(maxsize=256)
def _around(place: str) -> tuple[Place, ...]:
    """A place and the next larger one, among whose parts its table's rows are looked for."""
    found = named(place)[:1]
    return (*found, *(above for one in found for above in ancestors(one)[:1]))


@lru_cache(maxsize=4096)
def period_of(text: str, frame: Frame) -> Period | None:
    """The time that a row is of."""
    plain = re.sub(r"\s", "", fold_width(text))
    if match := _MONTH.fullmatch(plain):
        year = int(match["year"]) if match["year"] else frame.year
        return Period("part", year, year, f"{int(match['month']):02}")
    times = find_times(re.sub(r"^((?:19|20)\d\d)$", r"\1年", plain), frame)
    return times[0].period if times else None
