"""Question -> chunks: BM25 and dense vectors within the years, status and documents asked about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from rag.interfaces import ChunkStore, Embedder
from rag.language import Word
from rag.schema import Language, SearchResult, Status
from rag.search.closeness import Closeness
from rag.search.fusion import ranks, reciprocal_rank_fusion
from rag.search.lexical import LexicalIndex, allowed_chunks, search_lexical
from rag.search.likeness import Likeness

# BM25 leads on this corpus: dense alone finds the right passage for fewer Chinese questions
_DENSE_WEIGHT = {"zh": 0.5, "en": 1.0}
_STATUSES: tuple[Status, ...] = ("actual", "planned")


@dataclass(frozen=True, slots=True)
class Scope:
    """What a search is restricted to; None: no restriction."""

    years: tuple[int, ...] | None = None
    status: Status | None = None
    documents: tuple[str, ...] | None = None

    def facets(self, known: Sequence[str]) -> tuple[str, ...] | None:
        """The "year:status" pairs that the scope admits, among those `known` to the index."""
        if self.years is None and self.status is None:
            return None
        return tuple(
            facet
            for facet in known
            if (self.years is None or facet.split(":")[0] in map(str, self.years))
            and (self.status is None or facet.split(":")[1] == self.status)
        )


def limit_scope(years: Sequence[int] | None, status: Status | None, documents: Sequence[str] | None) -> Scope:
    """What somebody allows an answer to come from; nothing given, no restriction."""
    return Scope(tuple(years or ()) or None, status, tuple(documents or ()) or None)


@dataclass(frozen=True, slots=True)
class Searcher:
    """The parts that a search needs, and the "year:status" facets that the index holds."""

    lexical: LexicalIndex
    store: ChunkStore
    embedder: Embedder
    likeness: Likeness
    closeness: Closeness
    facets: tuple[str, ...]
    candidates: int


class Wording(Protocol):
    """What a search reads of a question."""

    @property
    def plain(self) -> str:
        """The question's text."""
        ...

    @property
    def language(self) -> Language:
        """The language it is asked in."""
        ...

    @property
    def words(self) -> tuple[Word, ...]:
        """Its words of content."""
        ...


def search(searcher: Searcher, question: Wording, scope: Scope, limit: int) -> tuple[SearchResult, ...]:
    """The best chunks within `scope`, best first, with their ranks in both rankings."""
    facets = scope.facets(searcher.facets)
    allowed = allowed_chunks(searcher.lexical, facets, scope.documents)
    if not allowed.any():
        return ()
    lexical = [
        chunk_id
        for chunk_id, _ in search_lexical(
            searcher.lexical, question.words, question.language, allowed, searcher.candidates
        )
    ]
    dense = search_dense(searcher, question.plain, facets, scope.documents)
    weights = [1.0, _DENSE_WEIGHT[question.language]]
    fused = reciprocal_rank_fusion([lexical, dense], weights)[:limit]
    chunks = searcher.store.get([chunk_id for chunk_id, _ in fused])
    lexical_ranks, dense_ranks = ranks(lexical), ranks(dense)
    return tuple(
        SearchResult(chunks[i], score, lexical_ranks.get(i), dense_ranks.get(i))
        for i, score in fused
        if i in chunks
    )


def search_dense(
    searcher: Searcher, text: str, facets: Sequence[str] | None, documents: Sequence[str] | None
) -> list[str]:
    """Ids of the chunks nearest to a text, nearest first."""
    vector = searcher.embedder.encode_query(text)
    nearest = searcher.store.nearest(vector, searcher.candidates, facets, documents)
    return [chunk_id for chunk_id, _ in nearest]
