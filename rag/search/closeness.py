"""How near sentences are to a question in meaning, by the embedder's vectors."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rag.interfaces import Embedder, Vectors

_MOST_KEPT = 8192  # sentences whose vectors are remembered


class Closeness:
    """Cosine similarities; the vector of a sentence is worked out once and kept."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._vectors: dict[str, Vectors] = {}

    def of(self, question: str, sentences: Sequence[str]) -> list[float]:
        """The similarity of each sentence to the question, -1 to 1."""
        known = self._vectors
        missing = [text for text in dict.fromkeys(sentences) if text not in known]
        if missing:
            if len(known) > _MOST_KEPT:
                known = self._vectors = {}
                missing = list(dict.fromkeys(sentences))
            known.update(zip(missing, self._embedder.encode_documents(missing), strict=True))
        query = self._embedder.encode_query(question)
        return [float(np.dot(known[text], query)) for text in sentences]
