"""The words of an English sentence with their closed classes; what is left over may be a noun or a verb.

>>> [(word.word, word.tag) for word in split_words("We invested 5 million in it", [(12, 21, "figure")])]
[('we', 'pron'), ('invested', 'noun'), ('5 million', 'figure'), ('in', 'prep'), ('it', 'pron')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from rag.bind.english.verbs import verb_forms
from rag.language import load_toml

_WORD = re.compile(r"[A-Za-z](?:[\w’'&./-]*[\w’'])?|\d+(?:[.,]\d+)*\w*|[^\s\w]")
_QUOTES = '“”"‘*#•·'
_ROUND = re.compile(r"[(（][^()（）]*[)）]")
_SHORT = re.compile(r"[(（][A-Z][\w&. -]{0,14}[)）]")
_CLOSED = ("det", "pron", "rel", "conj", "aux", "modal", "prep", "particle")
FINITE = ("verb", "aux", "modal")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence with its class; `bare` is a participle that describes the noun before it."""

    start: int
    end: int
    word: str
    tag: str
    lemma: str = ""
    form: str = ""
    bare: bool = False


@cache
def english_data() -> dict[str, Any]:
    """What is known of how English sentences are read."""
    return load_toml("bind/english.toml")


@cache
def listed(section: str, name: str) -> frozenset[str]:
    """A list of words of the data."""
    return frozenset(english_data()[section][name])


@cache
def compiled(section: str, name: str) -> re.Pattern[str]:
    """A pattern of the data; of rules, all of them as one."""
    value = english_data()[section][name]
    patterns = [value] if isinstance(value, str) else [rule["pattern"] for rule in value]
    return re.compile("|".join(patterns), re.IGNORECASE)


def split_words(sentence: str, spans: Sequence[tuple[int, int, str]]) -> list[Word]:
    """The words of a sentence; `spans` are stretches of it with a class of their own (figure, time)."""
    return list(_split(sentence, sorted(spans)))


def _split(sentence: str, spans: Sequence[tuple[int, int, str]]) -> Iterator[Word]:
    at = 0
    for start, end, tag in [*spans, (len(sentence), len(sentence), "end")]:
        if start < at:
            continue
        yield from _plain(sentence, at, start)
        if tag != "end":
            yield Word(start, end, sentence[start:end].lower(), tag)
        at = end


def _plain(sentence: str, low: int, high: int) -> Iterator[Word]:
    at = low
    while match := _WORD.search(sentence, at, high):
        match = _ROUND.match(sentence, match.start(), high) or _longest(sentence, match, high)
        at = match.end()
        text = match.group()
        if text[0] in "(（":
            tag = "noun" if _SHORT.fullmatch(text) else "mark" if len(text) == 1 else "time"
        elif not text[0].isalnum():
            tag = "" if text in _QUOTES else "mark"
        else:
            tag = _class_of(text)
        if tag:
            yield Word(match.start(), match.end(), text.lower().replace("’", "'"), tag)


def _longest(sentence: str, match: re.Match[str], high: int) -> re.Match[str]:
    """A word, or several that make one verb (set up, put into operation)."""
    for number in (2, 1):
        longer = re.compile(r"[A-Za-z]+" + r"\s[a-z]+" * number).match(sentence, match.start(), high)
        text = longer.group().lower() if longer else ""
        known = bool(verb_forms(text)) or text in listed("tags", "joints")
        if longer and known and not sentence[longer.end() : high][:1].isalpha():
            return longer
    return match


def _class_of(text: str) -> str:
    word = text.lower().replace("’", "'")
    if word == "to":
        return "to"
    if word in listed("tags", "joints"):
        return "conj"
    for tag in _CLOSED:
        if word in listed("tags", tag):
            return tag
    if word in listed("tags", "adv") or (word.endswith("ly") and word not in listed("tags", "not_adv")):
        return "adv"
    return "noun"
