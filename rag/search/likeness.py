"""Words of a question -> words of the plans that mean nearly the same, by the vectors of the embedder.

The words of the plans are embedded once, while indexing, and kept beside the index; those of a question
when it is asked. This bridges what no list of synonyms holds: 旅客 and 游客, 违建 and 违法建筑,
"funding" and 资金.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from rag.interfaces import Embedder, Vectors
from rag.language import load_toml

_MOST_KEPT = 4096  # question words whose likes are remembered


@dataclass(frozen=True, slots=True)
class WordVectors:
    """The words that the plans use, with their unit vectors, shape (len(words), dimension)."""

    words: tuple[str, ...]
    vectors: Vectors


def embed_words(words: Iterable[str], embedder: Embedder) -> WordVectors:
    """The vectors of some words, each once."""
    ordered = tuple(sorted(set(words)))
    return WordVectors(ordered, embedder.encode_documents(ordered))


def save_word_vectors(stored: WordVectors, folder: Path) -> None:
    """Writes the vectors, in half precision, into an existing folder."""
    np.save(folder / "words.npy", stored.vectors.astype(np.float16))
    (folder / "words.txt").write_text("\n".join(stored.words), encoding="utf-8")


def load_word_vectors(folder: Path) -> WordVectors:
    """Reads what `save_word_vectors` wrote; raises OSError or ValueError where it is damaged."""
    words = tuple((folder / "words.txt").read_text(encoding="utf-8").split("\n"))
    vectors = np.load(folder / "words.npy").astype(np.float32)
    if len(words) != len(vectors):
        raise ValueError("words and vectors do not go together")
    return WordVectors(words, vectors)


class Likeness:
    """Which words of the plans are like a word, and how much (0 to 1)."""

    def __init__(self, stored: WordVectors, embedder: Embedder) -> None:
        self._stored = stored
        self._embedder = embedder
        self._known: dict[str, Mapping[str, float]] = {}

    def prepare(self, texts: Sequence[str]) -> None:
        """Embeds words that were not asked for before, in one go."""
        missing = [text for text in dict.fromkeys(texts) if text not in self._known]
        if not missing:
            return
        if len(self._known) > _MOST_KEPT:
            self._known.clear()
        data = load_toml("bind/evidence.toml")["likeness"]
        similarities = self._embedder.encode_documents(missing) @ self._stored.vectors.T
        for text, row in zip(missing, similarities, strict=True):
            near = np.flatnonzero(row > data["from"])
            ramp = (row[near] - data["from"]) / (data["full"] - data["from"])
            likes = np.minimum(1.0, ramp) * data["most"]
            self._known[text] = {
                self._stored.words[i]: float(like) for i, like in zip(near, likes, strict=True)
            }

    def of(self, text: str) -> Mapping[str, float]:
        """The words of the plans that are like a word."""
        self.prepare([text])
        return self._known[text]
