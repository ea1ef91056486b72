"""A text -> rows of marks that number or bullet its items: 一是…二是…, (1)…(2)…, ——…

>>> text = "要抓两件事:一是修路;二是架桥。"
>>> marks = find_marks(text, families()[0])
>>> [(mark.number, text[mark.end : mark.end + 2]) for mark in marks]
[(1, '修路'), (2, '架桥')]
>>> len(find_rows(marks, lambda a, b: True))
1
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from rag.language import load_toml, parse_numeral

BULLET = 0  # the number of a mark that has none
LAST = 99  # the number of a mark that closes any row
_OPEN_ROWS = 3  # rows of one family that may be open, one inside the other
_STANDS = {
    "line": r"^",
    "sentence": r"(?:^|(?<=[。;:!?”」])|(?<=[.;:!?] ))",
    "clause": r"(?:^|(?<=[。;:!?”」，,、])|(?<=[.;:!?,a-z] ))",
}


@dataclass(frozen=True, slots=True)
class Family:
    """A way to mark items; `heading`: outlines use it for headings too."""

    name: str
    pattern: re.Pattern[str] = field(repr=False)  # of a mark where one may stand
    alone: re.Pattern[str] = field(repr=False)  # of a mark anywhere
    numbers: str
    heading: bool
    words: dict[str, int] = field(repr=False)

    @property
    def bullets(self) -> bool:
        """Whether its marks have no number."""
        return self.numbers == "bullet"


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark; its item begins at `end`. `sign` is the bullet; `own_line`: it opens its line."""

    family: Family
    number: int
    start: int
    end: int
    own_line: bool
    sign: str = ""


Row = tuple[Mark, ...]


@cache
def listing_data() -> dict[str, Any]:
    """The language data about enumerations (`data/listings.toml`)."""
    return load_toml("bind/listings.toml")


@cache
def families() -> tuple[Family, ...]:
    """Every way to mark items."""
    return tuple(_family(raw) for raw in listing_data()["marks"])


def _family(raw: dict[str, Any]) -> Family:
    joint = r"(?:and )?" if raw["stands"] != "line" else ""
    mark = rf"{joint}(?P<mark>{raw['pattern']})[ \t]*\n?[ \t]*"
    whole = rf"{_STANDS[raw['stands']]}[ \t]*{mark}"
    words = {word: i for i, group in enumerate(raw.get("words", ()), start=1) for word in group}
    words |= dict.fromkeys(raw.get("last", ()), LAST)
    flags = re.MULTILINE | (re.IGNORECASE if raw["name"].isascii() and words else 0)
    patterns = re.compile(whole, flags), re.compile(mark, flags)
    return Family(raw["name"], *patterns, raw["numbers"], raw.get("heading", False), words)


def find_marks(text: str, family: Family) -> list[Mark]:
    """The marks of a family in half-width text, in order."""
    return [_mark(text, family, match) for match in family.pattern.finditer(text)]


def _mark(text: str, family: Family, match: re.Match[str]) -> Mark:
    low = match.start()
    own_line = low == 0 or text[low - 1] == "\n"
    sign = match["n"] if family.bullets else ""
    return Mark(family, _number(match["n"], family), match.start("mark"), match.end(), own_line, sign[:1])


def _number(written: str, family: Family) -> int:
    match family.numbers:
        case "han":
            return int(parse_numeral(written))
        case "arabic":
            return int(written)
        case "circled":
            return ord(written) - ord("①") + 1
        case "letters":
            return ord(written) - ord("a") + 1
        case "roman":
            return _roman(written)
        case "words":
            return family.words[written.lower()]
    return BULLET


def _roman(written: str) -> int:
    """The value of a Roman numeral of I, V and X.

    >>> [_roman(numeral) for numeral in ("III", "IV", "IX", "XII")]
    [3, 4, 9, 12]
    """
    values = [{"I": 1, "V": 5, "X": 10}[letter] for letter in written]
    follow = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, follow, strict=True))


def find_rows(marks: Iterable[Mark], joined: Callable[[Mark, Mark], bool]) -> list[Row]:
    """The rows of two or more marks of one family; `joined`: two of them may stand in one row."""
    done: list[list[Mark]] = []
    rows: list[list[Mark]] = []  # still open, the innermost last
    for mark in marks:
        row = _row_for(mark, rows, joined)
        if row is not None:
            row.append(mark)
        elif mark.number in (1, BULLET):
            rows.append([mark])
            done.append(rows[-1])
            del rows[:-_OPEN_ROWS]
    return [tuple(row) for row in done if len(row) > 1]


def _row_for(mark: Mark, rows: list[list[Mark]], joined: Callable[[Mark, Mark], bool]) -> list[Mark] | None:
    """The innermost open row that a mark goes on with; those inside it are closed."""
    for i in range(len(rows) - 1, -1, -1):
        if _follows(rows[i][-1], mark) and joined(rows[i][-1], mark):
            del rows[i + 1 :]
            return rows[i]
        if len(rows[i]) < 2 and not mark.family.bullets:
            return None  # a row that had only begun is not left for the one around it
    return None


def _follows(last: Mark, mark: Mark) -> bool:
    if mark.family.bullets:
        return last.sign == mark.sign and last.own_line == mark.own_line
    if LAST in (mark.number, last.number):
        return last.number != LAST
    missing = 1 if mark.own_line and last.own_line and mark.family.heading else 0  # a number lost in the text
    return 0 < mark.number - last.number <= 1 + missing
