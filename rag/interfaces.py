"""What the use-cases need from the outside world; `rag/adapters/` holds the real parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from rag.schema import Chunk

Vectors = NDArray[np.float32]
Progress = Callable[[str, int, int], None]  # step, done, total


class Embedder(Protocol):
    """Turns texts into unit vectors."""

    @property
    def name(self) -> str:
        """Identifies model and version; vectors of different names are never compared."""
        ...

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        ...

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of passages, shape (len(texts), dimension)."""
        ...

    def encode_query(self, text: str) -> Vectors:
        """The unit vector of a question, shape (dimension,)."""
        ...


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation with a language model."""

    role: Literal["system", "user", "assistant"]
    content: str


class LanguageModel(Protocol):
    """Continues a conversation."""

    @property
    def name(self) -> str:
        """What the answer names as its writer."""
        ...

    def stream(self, messages: Sequence[Message]) -> Iterator[str]:
        """The reply, piece by piece; raises LanguageModelError when it breaks off."""
        ...


class ChunkStore(Protocol):
    """Keeps chunks with their vectors and finds the nearest ones."""

    def add(self, chunks: Sequence[Chunk], vectors: Vectors) -> None:
        """Stores chunks whose ids are new to the store."""
        ...

    def get(self, ids: Sequence[str]) -> dict[str, Chunk]:
        """The chunks that are there among `ids`."""
        ...

    def vectors(self, ids: Sequence[str]) -> dict[str, Vectors]:
        """The stored vectors that are there among `ids`."""
        ...

    def nearest(
        self,
        vector: Vectors,
        limit: int,
        facets: Sequence[str] | None = None,
        documents: Sequence[str] | None = None,
    ) -> list[tuple[str, float]]:
        """Ids and cosine similarities of the nearest chunks, best first.

        `facets` ("2019:actual") and `documents` restrict the search; None allows all.
        """
        ...

    def count(self) -> int:
        """How many chunks are stored."""
        ...
