"""Places that do not exist, with the places around and below them.

>>> from random import Random
>>> place = draw_place(Random(4), "city")
>>> place.level, place.zh[-1], place.all, place.parent.level, len(place.parts)
('city', '市', '全市', 'province', 4)
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

from eval.made.sources import load
from rag.language import named

LEVELS = ("nation", "province", "region", "city", "prefecture", "county", "district", "banner")
_ABOVE = {
    "province": "nation",
    "region": "nation",
    "city": "province",
    "prefecture": "province",
    "county": "city",
    "district": "city",
    "banner": "region",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A place by its names; `stem` is the name without what it is (青禾)."""

    level: str
    zh: str
    en: str
    stem: str
    all: str
    ours: str
    office: str
    head: str
    scale: float
    parent: Place | None = None
    parts: tuple[Place, ...] = ()

    def __str__(self) -> str:
        return self.zh


@cache
def stems() -> tuple[tuple[str, str], ...]:
    """Every name that can be drawn, with its spelling in Latin letters."""
    data = load("places")
    names = ((a + b, x + y) for a, x in data["first"].items() for b, y in data["second"].items())
    return tuple((zh, latin) for zh, latin in names if not named(latin))  # 李树, Lishu: also 梨树


@cache
def _levels() -> dict[str, dict[str, Any]]:
    return {level["name"]: level for level in load("places")["levels"]}


@cache
def nation() -> Place:
    """The nation; its parts are drawn apart."""
    data = load("places")["nation"]
    names = (data["zh"], data["en"], "", data["all"], data["ours"], data["office"], data["head"])
    return Place("nation", *names, float(data["scale"]))


def draw_place(rng: Random, level: str) -> Place:
    """A place of a level with its parent and four parts, no two of one name."""
    names = rng.sample(stems(), 6)
    if level == "nation":
        return _with(nation(), None, [_make(rng, "province", name, None) for name in names[:4]])
    above = _ABOVE[level]
    parent = nation() if above == "nation" else _make(rng, above, names[5], nation())
    place = _make(rng, level, names[4], parent)
    below = _levels()[level]["parts"]
    return _with(place, parent, [_make(rng, below, name, None) for name in names[:4]])


def _with(place: Place, parent: Place | None, parts: list[Place]) -> Place:
    names = (place.zh, place.en, place.stem, place.all, place.ours, place.office, place.head)
    return Place(place.level, *names, place.scale, parent, tuple(parts))


def _make(rng: Random, level: str, name: tuple[str, str], parent: Place | None) -> Place:
    data = _levels()[level]
    tail = rng.choice(data["tails"])
    stem, latin = name
    zh, en = stem + tail["zh"], f"{latin} {tail['en']}"
    office, head = data["office"], data["head"]
    return Place(level, zh, en, stem, data["all"], data["ours"], office, head, float(data["scale"]), parent)
