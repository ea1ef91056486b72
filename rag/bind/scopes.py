"""Whose figure it is: the document's place, the nation, a place that the clause names, or a thing of its own.

>>> read_scope("合肥市常住人口", "", "安徽省")
Scope(place='合肥市', entity=None, rest='常住人口', told=True)
>>> read_scope("黄山、池州、安庆、宣城四市规上服务业营收", "", "安徽省")
Scope(place='黄山、池州、安庆、宣城四市', entity=None, rest='规上服务业营收', told=True)
>>> read_scope("粮食产量", "全国粮食产量", "安徽省").place, read_scope("粮食产量", "全省", "合肥市").place
('全国', '安徽省')
>>> read_scope("西安咸阳国际机场旅客", "", "陕西省")
Scope(place='陕西省', entity='西安咸阳国际机场', rest='西安咸阳国际机场旅客', told=True)
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from rag.bind.words import alternation
from rag.language import Place, ancestors, find_places, is_within, load_toml, named

NATION = "全国"


@dataclass(frozen=True, slots=True)
class Scope:
    """The place of a figure, the thing it is about if not about the place, and what is left to say."""

    place: str
    entity: str | None
    rest: str
    told: bool = True  # else it is only the document's place


@cache
def _data() -> dict[str, Any]:
    return load_toml("bind/scopes.toml")


@lru_cache(maxsize=4096)
def read_scope(subject: str, ahead: str, place: str) -> Scope:
    """The scope of a figure; `ahead` is its clause up to the figure, `place` the document's."""
    leading = subject or ahead
    for name in ("several", "circles"):
        match = re.match(_data()["several"]["pattern" if name == "several" else "circles"], leading)
        if match and subject and _holds_place(match["names"], name):
            return Scope(match["names"], None, subject[match.end() :])
    if mention := _mentioned(subject, place):
        end, found = mention
        thing = re.match(_data()["entity"]["after"], subject[end:])
        if thing:
            return Scope(place, subject[: end + thing.end()], subject)
        rest = subject[end:].lstrip("的")
        if len(rest) > 1 and "、" not in rest:
            return Scope(found, None, rest)
    around = _told(ahead, place)
    return Scope(around or place, None, subject, around is not None)


def _holds_place(names: str, kind: str) -> bool:
    return kind == "circles" or len(find_places(names.replace("、", "，"))) >= 1


def _mentioned(subject: str, place: str) -> tuple[int, str] | None:
    """A place with which a subject begins, but none around the document's own: where it ends, its name."""
    mentions = find_places(subject[:16])
    if not mentions or mentions[0].start > 0:
        return None
    end, own = mentions[0].end, named(place)
    if any(found in own for found in mentions[0].places):
        return end, place
    for found in mentions[0].places:
        if own and (found.level == "nation" or any(is_within(o, found) for o in own)):
            return None
    return end, _within(mentions[0].places, own).name


def _within(places: tuple[Place, ...], own: tuple[Place, ...]) -> Place:
    return next((p for p in places if any(is_within(p, o) for o in own)), places[0])


@cache
def _nation() -> re.Pattern[str]:
    data = _data()["nation"]
    return re.compile(f"(?:{alternation(data['words'])})")


def _told(text: str, place: str) -> str | None:
    """The nation, or the document's own place or one around it, by words that name its level."""
    match = _nation().match(text)
    if match and not re.match(_data()["nation"]["spared_after"], text[match.end() :]):
        return NATION
    own = named(place)
    for level, words in _data()["own"].items():
        if re.match(f"(?:{alternation(words)})", text):
            around = [outer.name for outer in ancestors(own[0]) if outer.level == level] if own else []
            return around[0] if around else place
    return None
