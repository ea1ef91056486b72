"""The words around a figure, by what they do there: acts, verbs of reaching and of change, predicates.

>>> leading_noun("国家投运海外仓"), leading_noun("改造项目全部完工")
(2, 4)
>>> strip_tail("地区生产总值同比增长")
Tail(kept='地区生产总值', stripped='同比增长')
>>> strip_head("全省完成城镇棚户区改造")
'城镇棚户区改造'
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from rag.language import load_toml, tag_tokens

_TRIM = " 　,，、;；:：。!！?？—-·（(）)"
_LASTING = re.compile(
    r"(?:已?连续[\d一二三四五六七八九十两多]+(?:个?[年月]|个?季度)|[\d一二三四五六七八九十两]+年(?:间|来|内)?)$"
)
_OPEN = re.compile(r"[“《「『(（][^”》」』)）]*$")


@dataclass(frozen=True, slots=True)
class Tail:
    """A stretch before a figure without the words that say how the figure was reached, and those words."""

    kept: str
    stripped: str


def words_data() -> dict[str, Any]:
    """The lists of `bind/words.toml`."""
    return load_toml("bind/words.toml")


def alternation(words: list[str]) -> str:
    """A pattern of fixed words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@lru_cache(maxsize=8192)
def leading_noun(text: str) -> int:
    """Where the noun at the beginning of a text ends: before its first verb that is no part of a name."""
    for match in _predicate().finditer(text):
        start = match.start()
        if start < 1 or _OPEN.search(text[:start]):
            continue
        if start in boundaries(text) and not _follower().match(text, match.end()):
            return start
    return len(text)


@cache
def _predicate() -> re.Pattern[str]:
    return re.compile(alternation(words_data()["predicates"]["words"]))


@cache
def _follower() -> re.Pattern[str]:
    return re.compile(alternation(words_data()["names"]["followers"]))


@lru_cache(maxsize=8192)
def boundaries(text: str) -> frozenset[int]:
    """Where words begin and the last one ends, as jieba cuts them."""
    position, found = 0, {0}
    for token, _ in tag_tokens(text):
        position += len(token)
        found.add(position)
    return frozenset(found)


def holds_word(pattern: re.Pattern[str], text: str) -> bool:
    """Whether a pattern finds whole words: 生产 is none of 地区生产总值.

    >>> holds_word(re.compile("生产"), "地区生产总值"), holds_word(re.compile("改造"), "完成改造")
    (False, True)
    """
    cuts = boundaries(text)
    return any(match.start() in cuts and match.end() in cuts for match in pattern.finditer(text))


@cache
def _tail() -> re.Pattern[str]:
    data = words_data()
    words = data["reaching"]["words"] + data["growth"]["words"] + data["decline"]["words"]
    return re.compile(f"(?:{alternation(words)})$")


def strip_tail(text: str) -> Tail:
    """Takes the verbs and adverbs right before a figure off what stands before it."""
    kept = text.rstrip(_TRIM)
    while match := _tail().search(kept) or _LASTING.search(kept):
        if len(match[0]) == 1 and match.start() not in boundaries(kept):
            break
        kept = kept[: match.start()].rstrip(_TRIM)
    return Tail(kept, text[len(kept) :].strip(_TRIM))


@cache
def _heads() -> re.Pattern[str]:
    return re.compile(f"(?:{alternation(words_data()['heads']['words'])})")


@cache
def _doing() -> re.Pattern[str]:
    return re.compile(f"(?:{alternation(words_data()['doing']['words'])})")


def strip_head(text: str) -> str:
    """Takes scopes, connections and verbs of doing off the beginning of a subject."""
    kept = text.strip(_TRIM)
    while match := _heads().match(kept) or _doing().match(kept):
        if len(match[0]) == 1 and len(kept) > 1 and match.end() not in boundaries(kept):
            break
        if match.end() == len(kept):
            break
        kept = kept[match.end() :].strip(_TRIM)
    return kept


@cache
def _new() -> re.Pattern[str]:
    acts = words_data()["acts"]
    return re.compile(f"(?!{alternation(acts['spared'])})(?:{alternation(acts['new'])})")


def new_act(text: str) -> str:
    """The word at the beginning of a subject that says that a thing is new, else "".

    >>> new_act("新增博士点"), new_act("新能源发电量")
    ('新增', '')
    """
    match = _new().match(text)
    return match[0] if match else ""
