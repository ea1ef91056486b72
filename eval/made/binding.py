"""A figure slot of a sentence form -> the value it shows and the fields of its statement."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from eval.made.drawing import draw_value
from eval.made.places import Place
from eval.made.subjects import Subject
from eval.made.truth import Measure, Period, Standing
from eval.made.values import Value, Values

_MEASURES: dict[str, Measure] = {
    "points": "growth",
    "down": "decline",
    "range": "growth",
    "times": "growth",
    "more": "growth",
    "fewer": "decline",
    "cut": "decline",
    "sharefrom": "from",
    "shareto": "to",
    **{name: name for name in ("growth", "decline", "share", "from", "to", "rank")},
}
_DRAWN = re.compile(r"<([A-Z])(?::(\w+))?>|<(\w+)>")
_NEW = re.compile("新(?!能源|材料|兴|型|质)|净增")


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
    qualifier: str | None


@dataclass(frozen=True, slots=True)
class Setting:
    """What a form was filled with: subjects by letter, other names, the year and status of its section."""

    drawn: Mapping[str, Subject]
    names: Mapping[str, Any]
    year: int
    status: str

    def worded(self, text: str) -> str:
        """Words with what was drawn filled in."""

        def write(match: re.Match[str]) -> str:
            letter, word, name = match.groups()
            if letter is None:
                return str(self.names[name])
            return self.drawn[letter].words[word] if word else self.drawn[letter].name

        return _DRAWN.sub(write, text)


def bind(values: Values, slot: tuple[str, str, str, dict[str, str]], setting: Setting) -> Bound:
    """The statement of a figure slot."""
    _, letter, measure, words = slot
    subject, names = setting.drawn[letter], setting.names
    place = cast(Place, names["places"][words.get("place", "here")])
    period = _period(words, setting.year)
    standing = cast(Standing, words.get("status", setting.status))
    name = setting.worded(words["as"]) if "as" in words else subject.name
    entity = _entity(words.get("entity"), setting)
    key = (subject.name_en, place.zh, period, standing == "planned", entity or "")
    scale = place.scale / names["places"]["here"].scale
    said = _MEASURES.get(measure, "level")
    return Bound(
        draw_value(values, measure, key, subject.indicator, words, scale),
        name,
        subject.name_en,
        subject.indicator.get("key") if name in subject.indicator["names"] else None,
        said,
        period,
        standing,
        words.get("flow") or ("new" if said == "level" and _NEW.match(name) else None),
        place.zh if not values.english or place.level == "nation" else place.en,
        entity,
        _of(words.get("of"), setting),
        words.get("said"),
    )


def _entity(word: str | None, setting: Setting) -> str | None:
    if word is None:
        return None
    return setting.drawn[word].words["entity"] if word in setting.drawn else str(setting.names[word])


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


def _of(word: str | None, setting: Setting) -> str | None:
    if word is None:
        return None
    if word in setting.drawn:
        return setting.drawn[word].name
    return str(setting.year + int(word)) if word[0] in "+-" else setting.worded(word)
