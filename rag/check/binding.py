"""How well claimed figures and the figures of a passage speak of the same things."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.bind import Assertion, read_assertions
from rag.language import (
    Glosses,
    Word,
    analyze_chinese,
    analyze_english,
    chinese_names,
    english_keys,
    gloss_tokens,
    is_subject,
    load_toml,
    text_language,
)
from rag.schema import Chunk

Matrix = NDArray[np.float64]


def _data() -> dict[str, Any]:
    return load_toml("check/faithfulness.toml")


def fit_words(claims: Sequence[Assertion], passage: Chunk, glosses: Glosses) -> tuple[Matrix, Matrix]:
    """How well the words around figures match: of the claims in the passage, and both ways.

    All claims stand in one text. Both matrices have the shape (claims, figures of the passage) and
    values from 0 to 1; a word counts by how near it stands to the figure (`claimed`) and is borne
    out by a like word according to where that one stands (`borne_out`).
    """
    ours, theirs = _weigh(tuple(claims)), _weigh_passage(passage)
    likeness = np.array([_likeness_row(word, passage, glosses) for word in ours.words])
    likeness = likeness.reshape(len(ours.words), len(theirs.words))
    forth = _coverage(ours.claimed, theirs.borne_out, likeness)
    back = _coverage(theirs.claimed, ours.borne_out, likeness.T).T
    share = _data()["binding"]["ours"]
    return forth, share * forth + (1 - share) * back


def share_of_words(text: str, passage: Chunk) -> float:
    """The share of a text's content words that have a like word in the passage, 0 to 1."""
    english = text_language(text) == "en"
    words = analyze_english(text) if english else analyze_chinese(text)
    theirs = analyze_chinese(passage.text)
    glosses = gloss_tokens(w.keys[0] for w in theirs if w.keys[0][0] != "#") if english else Glosses()
    total = sum(word.weight for word in words)
    like = sum(
        word.weight * max((_likeness(word, other, glosses) for other in theirs), default=0.0)
        for word in words
    )
    return like / total if total else 0.0


@dataclass(frozen=True, slots=True)
class _Weighed:
    """The words of a text, and their weights seen from each of its figures: shape (figures, words)."""

    words: tuple[Word, ...]
    claimed: Matrix
    borne_out: Matrix


@lru_cache(maxsize=1024)
def _weigh_passage(passage: Chunk) -> _Weighed:
    return _weigh(read_assertions(passage))


def _weigh(assertions: tuple[Assertion, ...]) -> _Weighed:
    words = tuple(word for word, _ in assertions[0].words)
    own = np.array([word.weight for word in words])
    zones = [[zone for _, zone in assertion.words] for assertion in assertions]
    shape = (len(assertions), len(words))
    claimed, borne_out = _data()["claimed"], _data()["borne_out"]
    return _Weighed(
        words,
        np.array([[claimed[zone] for zone in row] for row in zones]).reshape(shape) * own,
        np.array([[borne_out[zone] for zone in row] for row in zones]).reshape(shape),
    )


def _coverage(claimed: Matrix, borne_out: Matrix, likeness: Matrix) -> Matrix:
    """The share of the words around each figure that stand around each other figure."""
    total = claimed.sum(axis=1, keepdims=True)
    covered = np.ones((len(claimed), len(borne_out)))
    if not likeness.size:
        return np.where(total > 0, 0.0, 1.0) * covered
    best = np.stack([(likeness * row).max(axis=1) for row in borne_out])
    np.divide(claimed @ best.T, total, out=covered, where=total > 0)
    return covered


def _likeness_row(word: Word, passage: Chunk, glosses: Glosses) -> tuple[float, ...]:
    if not glosses.stems:
        return _monolingual_row(word.text, word.keys, is_subject(word), passage)
    return tuple(_likeness(word, other, glosses) for other in _weigh_passage(passage).words)


@lru_cache(maxsize=16384)
def _monolingual_row(text: str, keys: tuple[str, ...], names: bool, passage: Chunk) -> tuple[float, ...]:
    words = _weigh_passage(passage).words
    return tuple(_monolingual(text, keys, names, w.text, w.keys, is_subject(w)) for w in words)


def _likeness(one: Word, other: Word, glosses: Glosses) -> float:
    if one.keys == other.keys:
        return float(_data()["words"]["same"])
    if one.text.isascii() == other.text.isascii():
        return _monolingual(one.text, one.keys, is_subject(one), other.text, other.keys, is_subject(other))
    chinese, english = (other, one) if one.text.isascii() else (one, other)
    if set(english.keys) & set(chinese.keys):
        return float(_data()["words"]["same"])
    known = english_keys(chinese, glosses)
    return float(_data()["words"]["gloss"]) if set(english.keys) & set(known) else 0.0


@lru_cache(maxsize=1 << 18)
def _monolingual(
    one: str, keys: tuple[str, ...], names: bool, other: str, other_keys: tuple[str, ...], other_names: bool
) -> float:
    if not set(keys).isdisjoint(other_keys):
        return float(_data()["words"]["same"])
    if one.isascii() or names != other_names:
        return 0.0
    ours, theirs = _names(one, keys), _names(other, other_keys)
    if ours.characters.isdisjoint(theirs.characters):
        return 0.0
    return max(_share(a, b) for a in ours.names for b in theirs.names)


@dataclass(frozen=True, slots=True)
class _Names:
    """The names that a word can go by, and all their characters."""

    names: tuple[str, ...]
    characters: frozenset[str]


@lru_cache(maxsize=1 << 14)
def _names(text: str, keys: tuple[str, ...]) -> _Names:
    concepts = [key[1:] for key in keys if key.startswith("#")]
    names = (text, *(name for concept in concepts for name in chinese_names(concept)[:2]))
    return _Names(names, frozenset("".join(names)))


@lru_cache(maxsize=1 << 18)
def _share(one: str, other: str) -> float:
    """The likeness of two names by their common characters; a name inside another is the same kind."""
    words = _data()["words"]
    short, long = sorted((one, other), key=len)
    if len(short) > 1 and long.endswith(short):
        return float(words["inside"])
    common = 2 * len(set(one) & set(other)) / (len(set(one)) + len(set(other)))
    return float(words["shared"] * common) if common >= words["least"] else 0.0
