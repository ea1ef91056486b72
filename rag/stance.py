"""What a text itself says at a figure: the year it speaks of, and whether it intends or reports.

>>> text = "2023年GDP增长9.0%。2024年力争增长8.5%,较2020年翻番。"
>>> stance = read_stance(text, Span(0, 14), Span(0, 14), 9)
>>> sorted(stance.years), stance.planned
([2023], 'never')
>>> read_stance(text, Span(14, 36), Span(14, 28), 23).planned
'here'
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Literal

from rag.language import load_toml
from rag.schema import Language, Span

Planned = Literal["here", "before", "around", "never"]


@dataclass(frozen=True, slots=True)
class Stance:
    """The years that a figure may belong to, and where the nearest words of intention or fact stand.

    `planned`: in the figure's clause ("here"), in an earlier clause of its sentence ("before"),
    elsewhere in the sentence or in an earlier sentence ("around"), or "never". `own_year`: a year
    stands in the figure's sentence and is not only carried on from an earlier one.
    """

    years: frozenset[int]
    own_year: bool
    planned: Planned
    actual: bool


@cache
def _patterns(language: Language) -> dict[str, re.Pattern[str]]:
    data: dict[str, Any] = load_toml("stance.toml")[language]
    flags = re.IGNORECASE if language == "en" else re.NOFLAG
    return {
        name: re.compile("|".join(value) if isinstance(value, list) else value, flags)
        for name, value in data.items()
    }


@lru_cache(maxsize=4096)
def _years(text: str, language: Language) -> tuple[tuple[int, int, bool], ...]:
    """Every year that a statement is made about: (offset, year, whether later sentences keep it)."""
    patterns = _patterns(language)
    found = []
    for match in patterns["year"].finditer(text):
        before, after = text[max(0, match.start() - 30) : match.start()], text[match.end() :][:12]
        if patterns["compared_before"].search(before) or patterns["compared_after"].search(after):
            continue
        found.append((match.start(), int(match["year"]), not patterns["until_before"].search(before)))
    return tuple(found)


@lru_cache(maxsize=4096)
def _cues(text: str, language: Language, name: str) -> tuple[int, ...]:
    return tuple(match.start() for match in _patterns(language)[name].finditer(text))


def read_stance(
    text: str, sentence: Span, clause: Span, figure: int, language: Language = "zh", item: Span | None = None
) -> Stance:
    """The stance of the text at the figure that starts at offset `figure`.

    `item` is the figure's own item of a list told apart by 分别; a year in it is the figure's.
    """
    years, own = _governing_years(_years(text, language), sentence, clause, item, figure)
    return Stance(
        years,
        own,
        _nearest(_cues(text, language, "planned"), sentence, clause),
        any(clause.start <= offset < clause.end for offset in _cues(text, language, "actual")),
    )


def _governing_years(
    years: Sequence[tuple[int, int, bool]], sentence: Span, clause: Span, item: Span | None, figure: int
) -> tuple[frozenset[int], bool]:
    def inside(span: Span) -> list[int]:
        return [year for offset, year, _ in years if span.start <= offset < span.end]

    for stretch in (item, clause):
        if stretch is not None and inside(stretch):
            return frozenset(inside(stretch)), True
    if ahead := inside(Span(sentence.start, figure)):
        return frozenset(ahead[-1:]), True
    if behind := inside(Span(figure, sentence.end)):
        return frozenset(behind), True
    carried = [year for offset, year, keeps in years if keeps and offset < sentence.start]
    return frozenset(carried[-1:]), False


def _nearest(cues: Sequence[int], sentence: Span, clause: Span) -> Planned:
    if any(clause.start <= offset < clause.end for offset in cues):
        return "here"
    if any(sentence.start <= offset < clause.start for offset in cues):
        return "before"
    return "around" if any(offset < sentence.end for offset in cues) else "never"
