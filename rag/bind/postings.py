"""Where in a chunk, and how strongly, every key stands: worked out once for all its figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.language import Glosses, Word, analyze_chinese, english_keys, normalize
from rag.schema import Chunk

Places = Mapping[str, Sequence[tuple[int, float]]]


@dataclass(frozen=True, slots=True)
class Postings:
    """The words of a chunk and of its headings in order, and which of them answer to a key or a text."""

    starts: tuple[int, ...]  # of the words of the text, which come first
    depths: tuple[int, ...]  # of the headings' words, 0 for the innermost heading
    native: Places  # key -> the numbers of the words that have it; strength 1
    foreign: Places  # English key -> the words that can mean it, and how strongly
    texts: Places  # a word as it stands -> its numbers; strength 1
    whole: str  # all text that a stretch around a figure can be cut from


@lru_cache(maxsize=512)
def chunk_postings(chunk: Chunk, glosses: Glosses | None) -> Postings:
    """The postings of a chunk, with the English meanings of its words where `glosses` are given."""
    words = list(analyze_chinese(chunk.text))
    starts = tuple(word.start for word in words)
    depths: list[int] = []
    for depth, heading in enumerate(reversed(chunk.section)):
        inside = analyze_chinese(heading)
        words += inside
        depths += [depth] * len(inside)
    native: dict[str, list[tuple[int, float]]] = {}
    foreign: dict[str, list[tuple[int, float]]] = {}
    texts: dict[str, list[tuple[int, float]]] = {}
    for number, word in enumerate(words):
        texts.setdefault(word.text, []).append((number, 1.0))
        for key in word.keys:
            native.setdefault(key, []).append((number, 1.0))
        for key, strength in _meanings(word, glosses).items():
            foreign.setdefault(key, []).append((number, strength))
    whole = "\n".join((normalize(chunk.text), *chunk.section))
    return Postings(starts, tuple(depths), native, foreign, texts, whole)


def _meanings(word: Word, glosses: Glosses | None) -> Mapping[str, float]:
    return english_keys(word, glosses) if glosses is not None else {}
