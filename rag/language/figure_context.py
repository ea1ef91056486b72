"""What stands around a figure of a Chinese text: its qualifier, its role, its sign, what it is counted per.

>>> text = "同比负增长"
>>> role_before(text, True), qualifier_before("力争突破"), qualifier_after("以上,其中")
('decline', '突破', '以上')
>>> [[unit.text for unit in per_before(text)] for text in ("每千人口床位达到", "提高到每人每月")]
[['千人'], ['人', '月']]
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any

from rag.language.resources import load_toml
from rag.language.units import Unit, per_at
from rag.schema import Role

REACH = 40  # characters before a figure that may hold what it is counted per
_NEAR = 16  # characters before a figure that may hold its qualifier and its role
_PUNCTUATION = re.compile(r"[,，;；。、:!?\n]")
_EVERY = re.compile(r"每(?P<many>[十百千万亿]+|10{1,6})?(?![瓦米克伏])")


def _data() -> dict[str, Any]:
    return load_toml("language/quantity.toml")


class Words:
    """Words to be found at the end or at the beginning of a text, the longest one first."""

    def __init__(self, words: Iterable[str], last: bool) -> None:
        self._last = last
        found: dict[str, list[str]] = defaultdict(list)
        for word in words:
            found[word[-1] if last else word[0]].append(word)
        self._words = {char: sorted(group, key=len, reverse=True) for char, group in found.items()}

    def match(self, text: str) -> str | None:
        """The longest of the words that the text ends (or begins) with."""
        if not text:
            return None
        for word in self._words.get(text[-1] if self._last else text[0], ()):
            if text.endswith(word) if self._last else text.startswith(word):
                return word
        return None


@cache
def words(path: str, last: bool = True) -> Words:
    """A list of quantity.toml by its path: "qualifiers.before"."""
    data: Any = _data()
    for name in path.split("."):
        data = data[name]
    return Words(data, last)


@cache
def _roles() -> tuple[Words, dict[str, Role], frozenset[str]]:
    data = _data()["roles"]
    names: tuple[Role, ...] = ("share", "decline", "growth")
    by_word: dict[str, Role] = {word: role for role in names for word in data[role]}
    return Words(by_word, True), by_word, frozenset(data["absolute"])


def role_before(before: str, relative: bool) -> Role:
    """What the words right before a figure say that it is: a growth, a decline, a share, or a level."""
    table, roles, absolute = _roles()
    word = table.match(before)
    if word and (relative or word in absolute):
        return roles[word]
    if relative and "占" in before and re.search(_data()["roles"]["share_pattern"], before):
        return "share"
    return "level"


def qualifier_before(before: str, round_number: bool = False) -> str | None:
    """The qualifier that a text ends with (约, 不少于); 上 and 过 only before a numeral without a digit."""
    word = words("qualifiers.before").match(before)
    if word is None and round_number:
        word = words("qualifiers.before_round").match(before)
    return None if word is None or words("qualifiers.not_before").match(before) else word


def qualifier_across(before: str) -> str | None:
    """The qualifier before the verb that a text ends with (至少降低, 力争达到).

    >>> qualifier_across("资费年内至少降低"), qualifier_across("力争投资达到"), qualifier_across("力争达到")
    ('至少', None, '力争')
    """
    verb = words("qualifiers.verbs").match(before) or _roles()[0].match(before)
    return words("qualifiers.across").match(before[: -len(verb)]) if verb else None


def qualifier_after(after: str) -> str | None:
    """The qualifier that a text begins with (以上, 左右)."""
    word = words("qualifiers.after", False).match(after)
    return None if word is None or words("qualifiers.not_after", False).match(after) else word


def window(text: str, position: int) -> str:
    """The characters before a position that may hold the qualifier and the role of a figure."""
    return text[max(0, position - _NEAR) : position].rstrip()


def per_before(before: str) -> tuple[Unit, ...]:
    """What a figure is counted per, as the clause before it says: 每千人口…, 每人每月…"""
    if "每" not in before[-REACH:]:
        return ()
    clause = _PUNCTUATION.split(before[-REACH:])[-1]
    found: tuple[Unit, ...] = ()
    position = clause.find("每")
    while position >= 0:
        found = _chain(clause, position) or found
        position = clause.find("每", found[-1].end if found else position + 1)
    if not found or (len(found) == 1 and found[0].text in _data()["per"]["alone"]):
        return ()
    rest = clause[found[-1].end :]
    other = re.search(r"\d", rest) and not re.search(_data()["per"]["again"], rest)
    return () if other else found


def _chain(clause: str, position: int) -> tuple[Unit, ...]:
    """人 and 月 of 每人每月."""
    found: list[Unit] = []
    while match := _EVERY.match(clause, position):
        part = per_at(clause, match.end(), match["many"] or "")
        if part is None:
            break
        found.append(part)
        position = part.end
    return tuple(found)
