"""Batches and phases that a text tells apart by number, in Chinese and English.

>>> find_ordinals("首批10个项目,第二批11个"), find_ordinals("the second batch of projects, and batch one")
(('第一批', '第二批'), ('第二批', '第一批'))
>>> find_ordinals("first-round pilots")
('第一批',)
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from rag.language import load_toml
from rag.schema import Language


def _data() -> dict[str, Any]:
    return load_toml("bind/ordinals.toml")


def find_ordinals(text: str) -> tuple[str, ...]:
    """The batches and phases of a text, in order and as a plan calls them."""
    if re.search(r"[\u4e00-\u9fff]", text):
        return tuple(_chinese(match[0]) for match in re.finditer(ordinal_pattern("zh"), text))
    matches = re.finditer(ordinal_pattern("en"), text, re.IGNORECASE)
    return tuple(_english(match) for match in matches)


@cache
def ordinal_pattern(language: Language) -> str:
    """A pattern of a batch or a phase: 第一批, "second batch", "batch two"."""
    data = _data()
    if language == "zh":
        return str(data["zh"]["pattern"])
    kinds, before, behind = ("|".join(data["en"][name]) for name in ("kinds", "before", "behind"))
    return rf"\b(?:(?P<before>{before})[ -](?P<kind>{kinds})|(?P<named>{kinds}) (?P<behind>{behind}))\b"


def _chinese(written: str) -> str:
    for variant, usual in _data()["zh"]["variants"]:
        written = written.replace(variant, usual)
    return written


def _english(match: re.Match[str]) -> str:
    data = _data()["en"]
    number = data["before"].get(match["before"].lower()) if match["before"] else None
    number = number or data["behind"][match["behind"].lower()]
    return f"{number}{data['kinds'][(match['kind'] or match['named']).lower()]}"
