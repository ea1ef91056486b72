"""Any sentence-transformers model, by hub id or local folder."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from rag.errors import MissingPartError
from rag.interfaces import Vectors


class SentenceTransformerEmbedder:
    """A sentence-transformers model; its own query and document prompts are used where it has any."""

    def __init__(self, model: str) -> None:
        self._source = model

    @cached_property
    def name(self) -> str:
        """The hub id, or the folder's name: the same model in another folder keeps its name."""
        path = Path(self._source)
        label = path.resolve().name if path.is_dir() else self._source
        return f"sentence-transformers:{label}:{self.dimension}"

    @cached_property
    def _model(self) -> Any:
        from sentence_transformers import SentenceTransformer

        try:
            return SentenceTransformer(self._source)
        except Exception as error:  # the library raises whatever its hub client or torch raises
            raise MissingPartError(
                f"The embedding model “{self._source}” cannot be loaded"
                f" ({type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}).",
                "Give a folder with a sentence-transformers model, or a hub id where the hub can be"
                " reached; `--embedder embedded` needs neither.",
            ) from error

    @cached_property
    def dimension(self) -> int:
        """The length of a vector."""
        model = self._model
        size = getattr(model, "get_embedding_dimension", None) or model.get_sentence_embedding_dimension
        return int(size())

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, shape (len(texts), dimension)."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        return self._encode(self._model.encode_document, list(texts))

    def encode_query(self, text: str) -> Vectors:
        """A unit vector, shape (dimension,)."""
        return np.asarray(self._encode(self._model.encode_query, [text])[0], dtype=np.float32)

    def _encode(self, encode: Any, texts: list[str]) -> Vectors:
        vectors = encode(texts, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, dtype=np.float32)
