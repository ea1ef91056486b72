"""Subjects -> the tokens that a ledger is searched by; words of a search -> what is looked for among them.

A subject is kept under its concepts, its Chinese tokens, its English meanings and as a whole (`=`); a
statement in addition under its measure and status (`~`):

>>> tokens = subject_tokens("新增普惠性幼儿园学位", None, None)
>>> "#aspect_new" in tokens, "en:kindergarten" in tokens, "=新增普惠性幼儿园学位" in tokens
(True, True, True)
>>> wanted = read_words("GDP增速")
>>> wanted.whole, [group.expression for group in wanted.groups]
('("=#gdp" OR "=gdp")', ['("#gdp" OR ("gdp" AND "增速"))', '("~growth" OR "~decline")'])
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import combinations
from typing import Any

from rag.errors import InputError
from rag.language import (
    Word,
    analyze,
    detect_language,
    english_keys,
    find_concepts,
    gloss_tokens,
    is_indicator,
    load_toml,
    normalize,
    stem_words,
    subtokens,
    text_language,
)
from rag.schema import Language

_UNFIT = re.compile(r"[^\w#:=~.]|[^\S ]")  # what the ledger would cut a token at
_MOST_CHARACTERS = 200
_MOST_GROUPS = 8  # words of a search that count; the heaviest
_MOST_MISSING = 0.4  # of the weight of a search that a subject may lack
_ASIDE = 0.5  # the weight of a word that says which measure or status is wanted


@dataclass(frozen=True, slots=True)
class Group:
    """One word of a search as the ledger looks for it, in any of its forms."""

    expression: str
    weight: float

    @property
    def is_aside(self) -> bool:
        """Whether it says nothing of the subject, but which measure or status is wanted."""
        return self.expression.startswith('("~')


@dataclass(frozen=True, slots=True)
class Words:
    """A search: `whole` finds what is called just so, `groups` its words one by one."""

    whole: str
    groups: tuple[Group, ...]


def subject_tokens(subject: str, indicator: str | None, entity: str | None) -> tuple[str, ...]:
    """What a statement can be found under."""
    tokens = dict.fromkeys([f"={_run_together(subject)}"])
    if indicator:
        tokens |= dict.fromkeys((f"#{indicator}", f"=#{indicator}"))
    for text in filter(None, (subject, entity)):
        tokens |= dict.fromkeys(text_tokens(text))
    return tuple(map(_fit, tokens))


@lru_cache(maxsize=65536)
def text_tokens(text: str) -> tuple[str, ...]:
    """The concepts of a text, its tokens and their English meanings."""
    language = text_language(text)
    tokens: dict[str, None] = {}
    for word in analyze(text, language):
        tokens |= dict.fromkeys(word.keys)
        if language == "zh":
            tokens |= dict.fromkeys((*subtokens(word.text), *_meanings(word.text, word.keys[0])))
    return tuple(map(_fit, tokens))


@lru_cache(maxsize=65536)
def _meanings(text: str, key: str) -> tuple[str, ...]:
    """The English stems that a Chinese word answers to."""
    word = Word(text, 0, len(text), (key,), 1.0)
    return tuple(english_keys(word, gloss_tokens({key, *subtokens(text)})))


def thing_of(subject: str, indicator: str | None) -> str:
    """What tells a thing from every other, whatever the order of its words; nothing is cut.

    >>> thing_of("公园新建", None) == thing_of("新建公园", None), thing_of("非现场检查", None)
    (True, '非现场检查')
    """
    if indicator:
        return f"#{indicator}"
    text = normalize(subject)
    if text_language(text) == "en":
        return " ".join(sorted(stem_words(text)))
    found = find_concepts(text)
    for _, start, end in found:
        text = text[:start] + " " * (end - start) + text[end:]
    return " ".join((*sorted(f"#{concept}" for concept, _, _ in found), _run_together(text))).strip()


def check_words(text: str) -> str:
    """Words fit to be looked for; raises InputError for those that are empty, huge or binary."""
    words = " ".join(text.split())
    if not words:
        raise InputError("There are no words to look for.", "For example: rag facts 地区生产总值")
    if len(words) > _MOST_CHARACTERS:
        raise InputError(
            f"The words have {len(words):,} characters; {_MOST_CHARACTERS:,} are allowed.",
            "Name one thing at a time.",
        )
    if any(unicodedata.category(char) in ("Cc", "Cs") for char in words):
        raise InputError("The words hold control characters.", "Is this text? Type it again.")
    return words


@lru_cache(maxsize=256)
def read_words(text: str) -> Words:
    """What the words of a search look for."""
    text = normalize(text)
    language = detect_language(text)
    asides = [(pattern, wanted) for pattern, wanted in _asides() if pattern.search(text)]
    words = [
        word
        for word in analyze(text, language)
        if not any(pattern.fullmatch(word.text) for pattern, _ in asides)
    ]
    for pattern, _ in asides:
        text = pattern.sub(" ", text)
    concepts = [key for key in words[0].keys if key.startswith("#")] if len(words) == 1 else []
    groups = [Group(_forms(word, language), word.weight) for word in words]
    groups = sorted(groups, key=lambda group: -group.weight)[:_MOST_GROUPS]
    groups += [Group(_any_of(f"~{name}" for name in wanted), _ASIDE) for _, wanted in asides]
    return Words(_any_of(f"={name}" for name in (*concepts, _run_together(text))), tuple(groups))


@cache
def _asides() -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    """What says which measure or status is wanted, and the names of these."""
    rules: dict[str, Any] = load_toml("ledger/words.toml")
    return tuple(
        (re.compile(rule["pattern"], re.IGNORECASE), tuple(rule["wanted"]))
        for part in ("measures", "statuses")
        for rule in rules[part].values()
    )


def wanted_measures(text: str) -> frozenset[str]:
    """The measures that the words of a search name.

    >>> sorted(wanted_measures("retail sales growth")), sorted(wanted_measures("学位"))
    (['decline', 'growth'], [])
    """
    rules = load_toml("ledger/words.toml")["measures"].values()
    found = (rule["wanted"] for rule in rules if re.search(rule["pattern"], normalize(text), re.IGNORECASE))
    return frozenset(name for wanted in found for name in wanted)


def searches(words: Words) -> Iterator[str]:
    """What is looked for in turn: what is called just so, what has every word, what has most of them.

    None finds again what one before has found.

    >>> list(searches(read_words("公园目标")))[0]
    '("=#park" OR "=公园") AND ("~planned")'
    """
    asides = [group.expression for group in words.groups if group.is_aside]
    before = ""
    for search in (" AND ".join((words.whole, *asides)), *_by_words(words.groups)):
        yield f"({search}) NOT ({before})" if before else search
        before = f"{before} OR ({search})" if before else f"({search})"


def _by_words(groups: tuple[Group, ...]) -> Iterator[str]:
    """Every word, then all but one, then all but two, as far as what is left weighs enough."""
    total = sum(group.weight for group in groups)
    for missing in range(len(groups)):
        kept = [
            " AND ".join(group.expression for group in some)
            for some in combinations(groups, len(groups) - missing)
            if sum(group.weight for group in some) >= (1 - _MOST_MISSING) * total
            and not all(group.is_aside for group in some)
        ]
        if kept:
            yield " OR ".join(f"({some})" for some in kept)


def _forms(word: Word, language: Language) -> str:
    """A word of a search in any of its forms: its keys, or all its parts together."""
    parts = subtokens(word.text) if language == "zh" else ()
    together = " AND ".join(_quoted(part) for part in parts)
    keys = [_quoted(key) for key in word.keys if key not in parts]
    if is_indicator(word):  # whose meanings are more than its name: 公园 and 产业园 are both a park
        keys = [_quoted(key) for key in word.keys if key.startswith("#")]
    return "(" + " OR ".join((*keys, *([f"({together})"] if parts else []))) + ")"


def _any_of(tokens: Iterable[str]) -> str:
    return "(" + " OR ".join(map(_quoted, tokens)) + ")"


def _quoted(token: str) -> str:
    return f'"{_fit(token)}"'


def _fit(token: str) -> str:
    return _UNFIT.sub("_", token.lower())


def _run_together(text: str) -> str:
    """A text without what only sets its words apart."""
    return re.sub(r"[\W_]+", "", normalize(text).lower())
