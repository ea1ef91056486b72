"""Whose figure it is: Hangzhou's GDP is the GDP of Hangzhou.

>>> read_english_scope("Hangzhou’s GDP", "浙江省"), read_english_scope("Beijing's fiscal revenue", "北京市")
(('杭州市', 'GDP'), ('北京市', 'fiscal revenue'))
>>> read_english_scope("workers' compensation", "全国"), read_english_scope("Better Nutrition Plan", "全国")
(('全国', "workers' compensation"), ('全国', 'Better Nutrition Plan'))
"""

from __future__ import annotations

import re
from functools import lru_cache

from rag.language import Place, is_within, named

_OWNER = re.compile(r"(?P<name>[A-Z][\w-]+(?:\s[A-Z][\w-]+){0,2})(?:[’']s?\s+|\s+(?=GDP\b))(?P<rest>\S.*)$")


@lru_cache(maxsize=4096)
def read_english_scope(subject: str, place: str) -> tuple[str, str]:
    """The place of a figure, and its subject without that; `place` is the document's."""
    match = _OWNER.match(subject)
    if not match:
        return place, subject
    candidates = named(match["name"])
    own = named(place)
    found = _likeliest(candidates, own[0] if own else None)
    return (found.name, match["rest"]) if found else (place, subject)


def _likeliest(candidates: tuple[Place, ...], own: Place | None) -> Place | None:
    """The document's place, else one inside it, else one that nothing else is named like."""
    if own in candidates:
        return own
    inside = [place for place in candidates if own is not None and is_within(place, own)]
    if inside:
        return inside[0]
    return candidates[0] if len(candidates) == 1 else None
