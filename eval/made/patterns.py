"""The notation of the sentence forms (`forms` explains it), read once into parts.

>>> compile_pattern("{all}{A}[达到|为]{A.level q=pre}。", True)
(('var', 'all'), ('name', 'A'), ('choice', ((('text', '达到'),), (('text', '为'),))), \
('figure', 'A', 'level', {'q': 'pre'}), ('text', '。'))
>>> compile_pattern("{K:act}{!threshold 亿元}以上{K}", True)
(('attr', 'K', 'act'), ('noise', 'threshold', '亿元'), ('text', '以上'), ('name', 'K'))
>>> fill("{Y-1}年{place}政府工作报告", {"place": "青禾市"}, 2026)
'2025年青禾市政府工作报告'
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from eval.made.numerals import han_year
from eval.made.sources import widen

Part = tuple[Any, ...]
_TOKEN = re.compile(r"\{([^{}]+)\}|\[([^\[\]]*)\]|([^{}\[\]]+)")
_YEAR = re.compile(r"\{Y([+-]\d+)?\}")


@cache
def compile_pattern(text: str, chinese: bool) -> tuple[Part, ...]:
    """The parts of a pattern: text, choice, var, name, attr, figure, noise, year."""
    parts: list[Part] = []
    for slot, choice, literal in _TOKEN.findall(text):
        if slot:
            parts.append(_slot(slot))
        elif literal:
            parts.append(("text", widen(literal) if chinese else literal))
        else:
            parts.append(("choice", tuple(compile_pattern(one, chinese) for one in choice.split("|"))))
    return tuple(parts)


def _slot(slot: str) -> Part:
    if re.fullmatch(r"Y([+-]\d+)?", slot):
        return ("year", int(slot[1:] or 0))
    if re.fullmatch(r"[A-Z]", slot):
        return ("name", slot)
    if re.fullmatch(r"[A-Z]:\w+", slot):
        return ("attr", *slot.split(":"))
    if slot.startswith("!"):
        return ("noise", *slot[1:].split(" ", 1))
    head, *rest = re.split(r" (?=\w+=)", slot)
    if re.match(r"[A-Z]\.", head):
        letter, measure = head.split(".")
        return ("figure", letter, measure, dict(word.split("=") for word in rest))
    return ("var", slot)


def fill(text: str, names: Mapping[str, str], year: int, han: bool = False) -> str:
    """A title or heading with its names and years filled in."""

    def write(match: re.Match[str]) -> str:
        number = year + int(match[1] or 0)
        return han_year(number) if han else str(number)

    text = _YEAR.sub(write, text)
    for name, value in names.items():
        text = text.replace("{" + name + "}", value)
    return text
