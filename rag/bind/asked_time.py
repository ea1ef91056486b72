"""Which years, outturns or targets a question asks about.

>>> coverage = Coverage((2019, 2020, 2023, 2024), ("光明区",), 2024)
>>> read_years("2023年比2019年多多少", "zh", coverage, None, whole_range=False)
((2023,), (2019,))
>>> read_years("2019年的前一年增长多少", "zh", coverage, None, whole_range=False)
((2018,), ())
>>> find_status_cues("2024年目标比2023年实际低多少", "zh")
[(5, 'planned'), (13, 'actual')]
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from rag.language import ASPECT, analyze, load_toml, parse_english_numeral, parse_numeral
from rag.schema import Language, Status


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the documents cover. `places` holds "" where a document does not tell which place it is of."""

    years: tuple[int, ...]
    places: tuple[str, ...]
    newest_plan: int

    @property
    def named_places(self) -> tuple[str, ...]:
        """The places that are known by name."""
        return tuple(place for place in self.places if place)


@cache
def _data() -> dict[str, Any]:
    return load_toml("bind/question.toml")


def read_plan_year(plain: str, language: Language) -> tuple[int | None, str]:
    """The plan that the question names as its source, and the question without that mention."""
    match = re.search(_data()["years"]["plan"][language], plain, re.IGNORECASE)
    if not match:
        return None, plain
    blank = " " * len(match.group())
    return int(match["plan"]), plain[: match.start()] + blank + plain[match.end() :]


def read_years(
    plain: str, language: Language, coverage: Coverage, plan_year: int | None, whole_range: bool
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The years asked about, and those that are only compared with (较2020年).

    `whole_range`: 2019—2023 means the years between as well, as far as they are covered.
    """
    data = _data()["years"]
    years: list[int] = []
    compared: list[int] = []
    for pattern, offset in data["shifted"][language]:
        years += [int(match["of"]) + offset for match in re.finditer(pattern, plain, re.IGNORECASE)]
        plain = re.sub(pattern, "", plain, flags=re.IGNORECASE)
    for match in re.finditer(data[language], plain, re.IGNORECASE):
        first = int(match["from"])
        last = int(match["to"] or first)
        compares = re.search(data["compares"], plain[: match.start()], re.IGNORECASE)
        target = compared if compares else years
        target += [
            y for y in range(first, last + 1) if y in (first, last) or (whole_range and y in coverage.years)
        ]
    if language == "zh":
        years += [int(parse_numeral(m["han"])) for m in re.finditer(data["han"], plain)]
        years += [2000 + int(m["short"]) for m in re.finditer(data["short"], plain)]
    for name, offset in (("last_year", -1), ("this_year", 0), ("next_year", 1)):
        if not years and re.search(data[name][language], plain, re.IGNORECASE):
            years.append(coverage.newest_plan + offset)
    if not years and not plan_year and language == "en":  # "from 2019" need not compare
        years, compared = compared, []
    return tuple(dict.fromkeys(years)), tuple(dict.fromkeys(compared))


def relative_year(plain: str, language: Language) -> tuple[int, str] | None:
    """How many years off another one a year is told to be, and the words that say so; None if none do.

    >>> relative_year("And four years earlier?", "en"), relative_year("次年的目标呢", "zh")
    ((-4, 'four years earlier'), (1, '次年'))
    >>> relative_year("And 4 years earlier?", "en"), relative_year("4年前呢", "zh")
    ((-4, '4 years earlier'), (-4, '4年前'))
    """
    data = load_toml("bind/followup.toml")[language]
    for pattern, offset in data["relative"]:
        if match := re.search(pattern, plain, re.IGNORECASE):
            return offset, match[0]
    for pattern, sign in data["counted"]:
        if match := re.search(pattern, plain, re.IGNORECASE):
            return sign * _count(match["number"]), match[0]
    return None


def _count(number: str) -> int:
    if number.isdigit():
        return int(number)
    return int(parse_english_numeral(number) if number.isascii() else parse_numeral(number))


def mask_names(plain: str, language: Language) -> str:
    """Blanks indicator names, so that 增加值 is no growth and 目标 in a name is no target."""
    words = analyze(plain, language)
    masked = plain
    for word in words:
        concepts = [key for key in word.keys if key.startswith("#")]
        if concepts and not any(key.startswith(f"#{ASPECT}") for key in concepts) and len(word.text) > 2:
            tail = word.text[-1] if word.text.endswith("率") else ""
            blank = "〇" * (len(word.text) - len(tail)) + tail
            masked = masked[: word.start] + blank + masked[word.end :]
    return masked


def read_status(masked: str, language: Language, several: bool) -> Status | None:
    """Outturn or target; None if the words do not say, or say both of several years."""
    cues = _data()["status"][language]
    if several and says(cues["actual_strong"], masked) and says(cues["planned"], masked):
        return None
    if says(cues["actual_strong"], masked):
        return "actual"
    if says(cues["planned"], masked):
        return "planned"
    return "actual" if says(cues["actual"], masked) else None


def find_status_cues(plain: str, language: Language) -> list[tuple[int, Status]]:
    """The words that say outturn or target, by where they begin: (offset, status), in order."""
    cues = _data()["status"][language]
    masked = mask_names(plain, language)
    kinds: tuple[tuple[str, Status], ...] = (("planned", "planned"), ("actual_strong", "actual"))
    found = [
        (match.start(), status)
        for name, status in kinds
        for pattern in cues[name]
        for match in re.finditer(pattern, masked, re.IGNORECASE)
    ]
    return sorted(found)


def says(patterns: Sequence[str], text: str) -> bool:
    """Whether any of some patterns stands in a text, in capitals or not."""
    return any(re.search(pattern, text, re.IGNORECASE) for pattern in patterns)
