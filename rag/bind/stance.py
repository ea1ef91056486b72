"""What a text itself says at a figure: the year it speaks of, and whether it intends or reports.

>>> text = "2023年GDP增长9.0%。2024年力争增长8.5%,较2020年翻番。"
>>> stance = read_stance(text, Span(0, 14), Span(0, 14), Span(0, 14), 9)
>>> sorted(stance.years), stance.planned
([2023], 'never')
>>> stance = read_stance(text, Span(14, 36), Span(14, 28), Span(14, 28), 23)
>>> sorted(stance.years), stance.planned
([2024], 'here')
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Literal

from rag.language import find_single_years, load_toml
from rag.schema import Language, Span

Planned = Literal["here", "before", "earlier", "never"]


@dataclass(frozen=True, slots=True)
class Stance:
    """What the text says of the year and the certainty of one figure.

    `years` may be several where it stays open which is meant; `bases` are those only compared with;
    `until`: a year is named by which something is to be reached. `planned`: words of intention
    stand in the figure's clause ("here"), before it in its sentence or in an introduction
    ("before"), in an earlier sentence ("earlier"), or "never". `actual`: words of fact stand in its
    clause, `settled` if they leave no doubt (已). `moves_to`: the figure is what something came to
    (增至), `equals`: what it is (是…的两倍).
    """

    years: frozenset[int]
    own_year: bool
    until: bool
    bases: frozenset[int]
    planned: Planned
    actual: bool
    settled: bool
    moves_to: bool
    equals: bool


@dataclass(frozen=True, slots=True)
class _Year:
    start: int
    year: int
    base: bool
    until: bool
    origin: bool  # where a change began (由2018年的41.2%提高到…): holds for one figure only


@cache
def _patterns(language: Language) -> dict[str, re.Pattern[str]]:
    data: dict[str, Any] = load_toml("bind/stance.toml")[language]
    flags = re.IGNORECASE if language == "en" else re.NOFLAG
    return {
        name: re.compile("|".join(value) if isinstance(value, list) else value, flags)
        for name, value in data.items()
    }


@lru_cache(maxsize=4096)
def _years(text: str, language: Language) -> tuple[_Year, ...]:
    patterns = _patterns(language)
    found = []
    for year in find_single_years(text, bare=language == "en"):
        before, after = text[max(0, year.start - 30) : year.start], text[year.end :][:12]
        compared = patterns["compared_before"].search(before) or patterns["compared_after"].search(after)
        base = patterns["base_before"].search(before) and patterns["base_after"].search(after)
        until = patterns["until_before"].search(before)
        origin = patterns["origin_before"].search(before)
        found.append(_Year(year.start, year.last, bool(compared or base), bool(until), bool(origin)))
    return tuple(found)


@lru_cache(maxsize=4096)
def _cues(text: str, language: Language, name: str) -> tuple[int, ...]:
    return tuple(match.start() for match in _patterns(language)[name].finditer(text))


def read_stance(
    text: str,
    sentence: Span,
    clause: Span,
    own: Span,
    figure: int,
    language: Language = "zh",
    item: Span | None = None,
) -> Stance:
    """The stance of the text at the figure that starts at offset `figure`.

    `own` is the stretch that belongs to the figure alone, `item` its item of a list told apart by 分别.
    """
    named = _years(text, language)
    years, own_year = _governing_years([y for y in named if not y.base], sentence, clause, own, item, figure)
    return Stance(
        years=years,
        own_year=own_year,
        until=any(y.until and sentence.start <= y.start < figure for y in named),
        bases=frozenset(y.year for y in named if y.base and clause.start <= y.start < clause.end),
        planned=_nearest(text, language, sentence, clause, figure),
        actual=any(clause.start <= offset < clause.end for offset in _cues(text, language, "actual")),
        settled=any(clause.start <= offset < clause.end for offset in _cues(text, language, "settled")),
        moves_to=bool(_patterns(language)["to"].search(text[clause.start : figure])),
        equals=bool(_patterns(language)["be"].search(text[clause.start : figure])),
    )


def carried_year(text: str, language: Language) -> int | None:
    """The year that a paragraph leaves to the next one: the last that it makes a statement about."""
    kept = [y.year for y in _years(text, language) if not (y.base or y.until or y.origin)]
    return kept[-1] if kept else None


def _governing_years(
    named: Sequence[_Year], sentence: Span, clause: Span, own: Span, item: Span | None, figure: int
) -> tuple[frozenset[int], bool]:
    def inside(span: Span, origins: bool = False) -> list[int]:
        return [y.year for y in named if span.start <= y.start < span.end and (origins or not y.origin)]

    if item is not None and (years := inside(item, origins=True)):
        return frozenset(years), True
    if years := inside(Span(own.start, figure), origins=True):
        return frozenset(years[-1:]), True
    if years := inside(Span(figure, own.end)):
        return frozenset(years[:1]), True
    if years := inside(Span(clause.start, figure)):
        return frozenset(years[-1:]), True
    if years := inside(Span(figure, clause.end)):
        return frozenset(years[:1]), True
    if years := inside(Span(sentence.start, figure)):
        return frozenset(years[-1:]), True
    if years := inside(Span(figure, sentence.end)):
        return frozenset(years), True
    carried = [y.year for y in named if not y.until and y.start < sentence.start]
    return frozenset(carried[-1:]), False


def _nearest(text: str, language: Language, sentence: Span, clause: Span, figure: int) -> Planned:
    cues = _cues(text, language, "planned")
    if any(clause.start <= offset < clause.end for offset in cues):
        return "here"
    if any(sentence.start <= offset < figure for offset in cues) or _is_introduced(text, language, figure):
        return "before"
    return "earlier" if any(offset < figure for offset in cues) else "never"


@lru_cache(maxsize=4096)
def _introductions(text: str, language: Language) -> tuple[int, ...]:
    """Where lines and sentences end that announce a list of intentions (主要目标如下:)."""
    patterns = _patterns(language)
    found = []
    position = 0
    for line in text.splitlines(keepends=True):
        position += len(line)
        if patterns["introduces"].search(line):
            found.append(position)
    return tuple(found)


def _is_introduced(text: str, language: Language, figure: int) -> bool:
    return any(end <= figure for end in _introductions(text, language))
