"""Chunks and vectors in Chroma, written through LlamaIndex's vector store so that it can read them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from rag.errors import IndexStateError
from rag.interfaces import Vectors
from rag.schema import Chunk
from rag.search import SECTION_SEPARATOR

COLLECTION = "plans"
_BATCH = 500  # SQLite allows a limited number of variables in one query


class ChromaChunkStore:
    """A persistent Chroma collection with cosine distance."""

    def __init__(self, folder: Path, create: bool = False) -> None:
        """Opens (or creates) the collection in `folder`; raises IndexStateError if it is damaged."""
        import chromadb
        from chromadb.config import Settings

        settings = Settings(anonymized_telemetry=False)
        try:
            client = chromadb.PersistentClient(path=str(folder), settings=settings)
            if create:
                self._collection: Any = client.create_collection(
                    COLLECTION,
                    embedding_function=None,
                    configuration={"hnsw": {"space": "cosine"}},
                )
            else:
                self._collection = client.get_collection(COLLECTION, embedding_function=None)
        except Exception as error:  # Chroma raises its Rust core's errors without a common base
            raise IndexStateError(
                f"The vector store in {folder} cannot be opened ({type(error).__name__}: {error}).",
                "Build it anew with `rag index --rebuild`.",
            ) from error

    def add(self, chunks: Sequence[Chunk], vectors: Vectors) -> None:
        """Stores chunks whose ids are new to the store."""
        from llama_index.vector_stores.chroma import ChromaVectorStore

        from rag.adapters.llamaindex import chunk_node

        store = ChromaVectorStore(chroma_collection=self._collection)
        for i in range(0, len(chunks), _BATCH):
            batch = zip(chunks[i : i + _BATCH], vectors[i : i + _BATCH], strict=True)
            store.add([chunk_node(chunk, vector.tolist()) for chunk, vector in batch])

    def get(self, ids: Sequence[str]) -> dict[str, Chunk]:
        """The chunks that are there among `ids`."""
        found: dict[str, Chunk] = {}
        for i in range(0, len(ids), _BATCH):
            rows = self._collection.get(ids=list(ids[i : i + _BATCH]), include=["metadatas", "documents"])
            for row in zip(rows["ids"], rows["metadatas"], rows["documents"], strict=True):
                found[row[0]] = _to_chunk(*row)
        return found

    def vectors(self, ids: Sequence[str]) -> dict[str, Vectors]:
        """The stored vectors that are there among `ids`."""
        found: dict[str, Vectors] = {}
        for i in range(0, len(ids), _BATCH):
            rows = self._collection.get(ids=list(ids[i : i + _BATCH]), include=["embeddings"])
            for chunk_id, vector in zip(rows["ids"], rows["embeddings"], strict=True):
                found[chunk_id] = np.asarray(vector, dtype=np.float32)
        return found

    def nearest(
        self,
        vector: Vectors,
        limit: int,
        facets: Sequence[str] | None = None,
        documents: Sequence[str] | None = None,
    ) -> list[tuple[str, float]]:
        """Ids and cosine similarities of the nearest chunks, best first."""
        if not (facets is None or facets) or not (documents is None or documents):
            return []
        rows = self._collection.query(
            query_embeddings=[vector.tolist()],
            n_results=limit,
            where=_where(facets, documents),
            include=["distances"],
        )
        pairs = zip(rows["ids"][0], rows["distances"][0], strict=True)
        return [(chunk_id, 1.0 - distance) for chunk_id, distance in pairs]

    def count(self) -> int:
        """How many chunks are stored."""
        return int(self._collection.count())


def _where(facets: Sequence[str] | None, documents: Sequence[str] | None) -> dict[str, Any] | None:
    conditions: list[dict[str, Any]] = []
    if facets is not None:
        options = [{facet.replace(":", "_"): True} for facet in facets]
        conditions.append(options[0] if len(options) == 1 else {"$or": options})
    if documents is not None:
        conditions.append({"document": {"$in": list(documents)}})
    if not conditions:
        return None
    return conditions[0] if len(conditions) == 1 else {"$and": conditions}


def _to_chunk(chunk_id: str, metadata: dict[str, Any], text: str) -> Chunk:
    section = metadata["section"]
    return Chunk(
        id=chunk_id,
        document=metadata["document"],
        title=metadata["title"],
        path=metadata["path"],
        plan_year=metadata.get("plan_year"),
        year=metadata.get("year"),
        status=metadata["status"],
        section=tuple(section.split(SECTION_SEPARATOR)) if section else (),
        start=metadata["start"],
        end=metadata["end"],
        text=text,
        facets=tuple(metadata["facets"].split(",")),
    )
