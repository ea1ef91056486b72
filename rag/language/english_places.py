"""Which places a question names in English, as what it is about and not as a part of another name.

>>> english_places("How much faster than Shenzhen did Guangming grow?", ("光明区", "Guangming"))
('Shenzhen',)
>>> english_places("When does Shenzhen Science Museum open?", ())
()
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from rag.language.gazetteer import english_forms, fold_english, places
from rag.language.resources import load_tsv

SUBDISTRICT_AFTER = re.compile(r"(?:'s)? (?:[Ss]ub-?[Dd]istrict|[Tt]ownship|Town)\b")
_SCOPE_BEFORE = re.compile(
    r"\b(?:in|to|of|for|than|did|does|do|was|were|is|has|will|by|from|about|across|within|versus)\s+(?:the\s+)?(?:(?:neighbou?ring|nearby|adjacent|adjoining)\s+)?$"
)
_KINDS = ("District", "City", "County", "Province", "Prefecture", "Municipality", "Autonomous")
_ENTITY_AFTER = re.compile(
    r"(?:'s)?\s+(?!District|City|Province|County|Municipality|Prefecture|Autonomous|GDP|R&D)[A-Z][A-Za-z]+"
    r"|(?:'s)? (?:own |very )?(?:first|only|largest|biggest|leading|most)\b"
)
_SHORTEST = 5  # letters of a name that stands for a place without saying so


def english_places(question: str, own: tuple[str, ...]) -> tuple[str, ...]:
    """The places, other than `own`, that a question is about."""
    found: list[str] = []
    if not re.search("[A-Za-z]", question):
        return ()
    for match in _capitalised(question):
        name = match["name"]
        if SUBDISTRICT_AFTER.match(question, match.end()):
            found.append(name)
            continue
        says_kind = question[match.end() :].startswith(tuple(f" {kind}" for kind in _KINDS))
        listed = name in _unmistakable() or (says_kind and fold_english(name) in english_forms())
        if name in own or not listed:
            continue
        scoped = (
            match.start() == 0
            or says_kind
            or match.group() != name
            or question.startswith(("'s", " GDP"), match.end())
            or bool(_SCOPE_BEFORE.search(question[: match.start()]))
        )
        carried_on = _ENTITY_AFTER.match(question, match.end()) or _follows_own(question, match.end(), own)
        if scoped and not carried_on:
            found.append(name)
    return tuple(found)


def _capitalised(question: str) -> Iterator[re.Match[str]]:
    """What may be the name of a place; in a question without capitals, every word that is one."""
    if question == question.lower():
        words = set(re.findall(r"[a-z]+", question))
        for name in (name for name, parts in _parts() if parts <= words):
            question = re.sub(rf"\b{re.escape(name)}\b", name, question, flags=re.IGNORECASE)
    return re.finditer(rf"(?P<name>{_long_names()}|[A-Z][a-z]+(?:['’](?!s\b)[a-z]+)?)(?:'s)?\b", question)


@cache
def _unmistakable() -> frozenset[str]:
    """The names that need nothing beside them."""
    names = {english for english, _ in regions()}
    for place in places().values():
        for name in place.english:
            plain = place.level in ("nation", "province") or " " in name or len(name) >= _SHORTEST
            if plain and (place.short_is_safe or place.level == "nation"):
                names.add(name)
    return frozenset(names)


@cache
def _parts() -> tuple[tuple[str, frozenset[str]], ...]:
    """The words of each name in small letters, the longest names first."""
    names = sorted(_unmistakable(), key=len, reverse=True)
    return tuple((name, frozenset(re.findall("[a-z]+", name.lower()))) for name in names)


@cache
def _long_names() -> str:
    return "|".join(re.escape(name) for name in sorted(_unmistakable(), key=len, reverse=True) if " " in name)


@cache
def regions() -> tuple[tuple[str, str], ...]:
    """What is no division but named like one: the English name and the Chinese."""
    rows = load_tsv("language/places_known.tsv")
    return tuple(
        (english, chinese) for kind, chinese, english in (row[:3] for row in rows if row[0] == "region")
    )


def _follows_own(question: str, end: int, own: tuple[str, ...]) -> bool:
    return bool(re.match(rf"'?s?,? (?:{'|'.join(map(re.escape, own))})\b", question[end:])) if own else False
