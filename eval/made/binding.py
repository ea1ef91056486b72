"""A figure slot of a sentence form -> the value it shows and the fields of its statement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from eval.made.places import Place
from eval.made.truth import Measure, Period, Standing
from eval.made.values import Value, Values

_MEASURES: dict[str, Measure] = {
    "points": "growth",
    "down": "decline",
    "range": "growth",
    "times": "growth",
    "levels": "level",
}


@dataclass(frozen=True, slots=True)
class Subject:
    """What a letter of a form stands for: the name as it is written, and its indicator."""

    name: str
    name_en: str
    indicator: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Bound:
    """All fields of a statement but those that tell where it stands."""

    value: Value
    subject: str
    subject_en: str
    indicator: str | None
    measure: Measure
    period: Period
    status: Standing
    flow: str | None
    place: str
    entity: str | None
    of: str | None


def bind(
    values: Values,
    slot: tuple[str, str, str, dict[str, str]],
    drawn: Mapping[str, Subject],
    names: Mapping[str, Any],
    year: int,
    status: str,
) -> Bound:
    """The statement of a figure slot in a section of a year and status."""
    _, letter, measure, words = slot
    subject = drawn[letter]
    place = cast(Place, names["places"][words.get("place", "here")])
    period = _period(words, year)
    standing = cast(Standing, words.get("status", status))
    name = words.get("as") or (names["act"] if "act" in words else "") + subject.name
    if words.get("as") == "比重":
        name = f"{subject.name}占{drawn['A'].name}的比重"
    planned = standing == "planned"
    key = (subject.name_en, place.zh, period, planned, names["entity"] if "entity" in words else "")
    value = _draw(values, measure, key, subject, words, planned, _scale(place, names["places"]["here"]))
    return Bound(
        value,
        name,
        subject.name_en,
        subject.indicator.get("key") if subject.name in subject.indicator["names"] else None,
        _MEASURES.get(measure, cast(Measure, measure)),
        period,
        standing,
        words.get("flow"),
        place.zh if not values.english or place.level == "nation" else place.en,
        names["entity"] if "entity" in words else None,
        _of(words.get("of"), drawn, year),
    )


def _scale(place: Place, here: Place) -> float:
    return place.scale / here.scale


def _period(words: Mapping[str, str], year: int) -> Period:
    if "span" in words or "average" in words:
        kind = "span" if "span" in words else "average"
        return Period(kind, year - int(words[kind]) + 1, year)  # type: ignore[arg-type]
    if "part" in words:
        return Period("part", year, year, words["part"])
    if "point" in words:
        end = year + int(words["point"])
        return Period("point", end, end)
    start = year + int(words.get("year", 0))
    return Period("year", start, start)


def _of(word: str | None, drawn: Mapping[str, Subject], year: int) -> str | None:
    if word is None:
        return None
    if word == "nation":
        return "全国"
    if word in drawn:
        return drawn[word].name
    return str(year + int(word)) if word[0] in "+-" else word


def _draw(
    values: Values,
    measure: str,
    key: tuple[Any, ...],
    subject: Subject,
    words: Mapping[str, str],
    planned: bool,
    scale: float,
) -> Value:
    extra = (words.get("of"), words.get("flow"))
    if measure == "from":
        name, place, period, _, entity = key
        now = period.end - int(words["year"])
        later = (name, place, Period("year", now, now), planned, entity)
        return values.before((*key, "to"), values.level((*later, "to"), subject.indicator, scale))
    if measure == "to":
        return values.level((*key, "to"), subject.indicator, scale)
    if measure == "level":
        return _level(values, key, subject, extra, scale)
    if measure in {"growth", "decline"}:
        return values.change((*key, extra[0], measure), planned)
    if measure in {"points", "down"}:
        return values.points((*key, extra, measure))
    if measure == "share":
        done = words.get("of") == "预算"
        return values.share((*key, extra[0]), 96 if done else 8, 108 if done else 62)
    if measure == "levels":
        return values.level_range(key, subject.indicator)
    simple = {"rank": values.rank, "times": values.times, "range": values.growth_range}
    return simple[measure](key)


_PARTS = {"Q1": (0.18, 0.26), "H1": (0.42, 0.52), "01-09": (0.68, 0.77), "01-10": (0.76, 0.86)}


def _level(
    values: Values,
    key: tuple[Any, ...],
    subject: Subject,
    extra: tuple[str | None, str | None],
    scale: float,
) -> Value:
    """An amount that fits those it is a part of: the whole year's, the whole's, this year's new ones."""
    name, place, period, planned, entity = key
    if extra[1] == "total":
        new = (name, place, Period("year", period.end, period.end), planned, entity, (None, "new"))
        return values.fraction((*key, extra), values.level(new, subject.indicator, scale), 2.2, 6.5)
    if "whole" in subject.indicator:
        whole = (subject.indicator["whole"], place, period, planned, entity, extra)
        return values.fraction((*key, extra), values.level(whole, subject.indicator, scale), 0.09, 0.46)
    if period.part:
        year = (name, place, Period("year", period.start, period.end), planned, entity, extra)
        return values.fraction(
            (*key, extra), values.level(year, subject.indicator, scale), *_PARTS[period.part]
        )
    return values.level((*key, extra), subject.indicator, scale)
