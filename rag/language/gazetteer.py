"""The places of China and their names: nation, provinces, cities, districts and counties.

>>> [place.name for place in named("Inner Mongolia")], [place.name for place in named("皖")]
(['内蒙古自治区'], ['安徽省'])
>>> [(place.name, *(above.name for above in ancestors(place))) for place in named("朝阳区")]
[('朝阳区', '北京市', '全国'), ('朝阳区', '长春市', '吉林省', '全国')]
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from rag.language.resources import read_text

Level = Literal["nation", "province", "city", "district"]
LEVELS: tuple[Level, ...] = ("nation", "province", "city", "district")
# How a name stands for a place in running text: wherever it stands; where nothing else is likely;
# only behind what the place belongs to; a former name; only where the name itself is asked for.
Kind = Literal["full", "led", "safe", "unsafe", "word", "old", "abbreviation"]
_KINDS: tuple[Kind, ...] = ("full", "led", "safe", "unsafe", "word", "old", "abbreviation")

_SUFFIX_LEVELS: tuple[tuple[str, Level], ...] = (
    ("nation", "nation"),
    ("国", "nation"),
    ("省|自治区|特别行政区", "province"),
    ("市|地区|盟|州", "city"),
    ("县|区|旗|林场|管委会|管理委员会", "district"),
)
_ENGLISH_KINDS: tuple[tuple[str, str], ...] = (
    (r"special administrative region|sar", "特别行政区"),
    (r"(?:[a-z]+ )?autonomous region", "自治区"),
    (r"province", "省"),
    (r"(?:[a-z-]+ ){0,2}autonomous prefecture|prefecture", "州地区盟"),
    (r"(?:[a-z-]+ ){0,3}autonomous county|county", "县"),
    (r"municipality|city", "市"),
    (r"(?:new )?(?:district|area)", "区"),
    (r"league", "盟"),
    (r"(?:[a-z-]+ )?(?:autonomous )?banner", "旗"),
)


@dataclass(frozen=True, slots=True)
class Place:
    """A division: its code by GB/T 2260 (or one of ours where it has none) and that of what it lies in."""

    code: str
    name: str
    level: Level
    parent: str
    short: str
    english: tuple[str, ...] = field(default=(), compare=False)
    aliases: tuple[str, ...] = field(default=(), compare=False)
    old: tuple[str, ...] = field(default=(), compare=False)
    abbreviations: tuple[str, ...] = field(default=(), compare=False)
    marks: str = field(default="", compare=False)

    @property
    def short_is_safe(self) -> bool:
        """Whether its short name can hardly mean anything else."""
        return "s" in self.marks

    def names(self) -> tuple[str, ...]:
        """Every name that stands for the place by itself, the full one first; no single characters."""
        return tuple(dict.fromkeys((self.name, self.short, *self.aliases, *self.old, *self.english)))


@cache
def places() -> dict[str, Place]:
    """All places by code."""
    table = {}
    for line in read_text("language/gazetteer.tsv").splitlines()[1:]:
        code, name, level, parent, short, marks, english, others, abbreviations = line.split("\t")
        other = others.split("|") if others else []
        table[code] = Place(
            code,
            name,
            level,  # type: ignore[arg-type]  # the script writes no other
            parent,
            short,
            tuple(english.split("|")),
            tuple(text for text in other if text[0] != "~"),
            tuple(text[1:] for text in other if text[0] == "~"),
            tuple(abbreviations.split("|")) if abbreviations else (),
            marks,
        )
    return table


@cache
def chinese_forms() -> dict[str, list[tuple[Kind, Place]]]:
    """Every Chinese name with what it may stand for."""
    table: dict[str, list[tuple[Kind, Place]]] = defaultdict(list)
    for place in places().values():
        marks = place.marks
        table[place.name].append(("led" if "l" in marks else "full", place))
        if place.short != place.name:
            kind: Kind = "safe" if "s" in marks else "word" if "o" in marks else "unsafe"
            table[place.short].append((kind, place))
        for alias in place.aliases:
            table[alias].append(("full", place))
        for old in place.old:
            table[old].append(("old", place))
        for letter in place.abbreviations:
            table[letter].append(("abbreviation", place))
    return dict(table)


@cache
def english_forms() -> dict[str, tuple[Place, ...]]:
    """Every English name in small letters, without apostrophes, with what it may stand for."""
    table: dict[str, list[Place]] = defaultdict(list)
    for place in places().values():
        for name in place.english:
            table[fold_english(name)].append(place)
    return {name: by_level(found) for name, found in table.items()}


def fold_english(name: str) -> str:
    """How English names are compared.

    >>> fold_english("Xi’an"), fold_english("Lüliang")
    ('xian', 'luliang')
    """
    return re.sub(r"['’]", "", name).lower().replace("ü", "u")


def by_level(found: Iterable[Place]) -> tuple[Place, ...]:
    """Each place once, the larger ones first."""
    return tuple(sorted(dict.fromkeys(found), key=lambda place: LEVELS.index(place.level)))


def named(name: str) -> tuple[Place, ...]:
    """The places with this full, short, former or English name or abbreviation, the likeliest first.

    >>> [place.name for place in named("襄樊")], [place.name for place in named("xi'an city")]
    (['襄阳市'], ['西安市'])
    """
    name = name.strip()
    if re.fullmatch("[A-Za-zü'’ .-]+", name):
        return named_in_english(name)
    forms = sorted(chinese_forms().get(name, ()), key=lambda form: _KINDS.index(form[0]))
    if forms and forms[0][0] not in ("safe", "unsafe", "word"):
        return tuple(dict.fromkeys(place for _, place in forms))
    if forms:
        return by_level(place for _, place in forms)
    return _named_by_path(name)


def _named_by_path(name: str) -> tuple[Place, ...]:
    """深圳市光明区: the place that the last part names within the parts before."""
    forms = chinese_forms()
    for cut in range(len(name) - 2, 1, -1):
        inner = forms.get(name[cut:])
        if inner and (outer := named(name[:cut])):
            inside = by_level(
                p for _, p in inner if any(p != above and is_within(p, above) for above in outer)
            )
            if inside:
                return inside
    return ()


def named_in_english(name: str) -> tuple[Place, ...]:
    """The places with this English name, with or without the word for what kind of place it is."""
    folded = fold_english(name).removesuffix(".")
    table = english_forms()
    if folded in table:
        return table[folded]
    for pattern, endings in _ENGLISH_KINDS:
        match = re.fullmatch(rf"(?P<stem>.+?) (?:{pattern})", folded)
        found = table.get(match["stem"], ()) if match else ()
        kept = tuple(
            place for place in found if place.name.endswith(tuple(endings)) or endings == "特别行政区"
        )
        if kept:
            return kept
    return ()


@cache
def short_names(ending: str) -> tuple[tuple[str, str], ...]:
    """The short and full names of the places whose names end so, without those that are words: 和平区.

    >>> ("黎平", "黎平县") in short_names("县"), ("和平", "和平区") in short_names("区")
    (True, False)
    """
    return tuple(
        (place.short, place.name)
        for place in places().values()
        if place.name.endswith(ending) and place.name != place.short and "o" not in place.marks
    )


def ancestors(place: Place) -> tuple[Place, ...]:
    """What the place lies in, from the smallest up to the nation."""
    above = []
    table = places()
    while place.parent:
        place = table[place.parent]
        above.append(place)
    return tuple(above)


def is_within(inner: Place, outer: Place) -> bool:
    """Whether one place is another or lies in it."""
    table = places()
    while inner.code != outer.code:
        if not inner.parent:
            return False
        inner = table[inner.parent]
    return True


def level_of(name: str) -> Level | None:
    """The level of a place: of the listed one, or as its name ends.

    >>> level_of("楚雄市"), level_of("青禾市"), level_of("临溪县"), level_of("临江省"), level_of("城市规划")
    ('district', 'city', 'district', 'province', None)
    """
    if found := named(name):
        return found[0].level
    for endings, level in _SUFFIX_LEVELS:
        if re.search(rf"..(?:{endings})$", name):
            return level
    return None
