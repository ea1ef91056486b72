"""The program with one of its parts taken out, for measuring what the part adds.

Each variant replaces a function or a value of the program while it runs, and nothing else. The tests use
the same variants to show that the regression run notices a broken part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from typing import Any, get_args
from unittest.mock import patch

from rag.ask import finding
from rag.bind import Timeframe
from rag.check import judgement
from rag.index import generation
from rag.schema import Chunk, Document, Verdict
from rag.search import chunk_document, retrieve

Variant = Callable[[], AbstractContextManager[Any]]


def bm25_only() -> AbstractContextManager[Any]:
    """No dense ranking: the embedder and Chroma's neighbours are not asked."""
    return patch.object(retrieve, "search_dense", lambda *arguments: [])


def dense_only() -> AbstractContextManager[Any]:
    """No ranking by words."""
    return patch.object(retrieve, "search_lexical", lambda *arguments: [])


@contextmanager
def without_years() -> Iterator[None]:
    """Passages and clauses of every year, outturn or target, may answer."""

    def admit(scope: retrieve.Scope) -> Callable[[Timeframe], bool]:
        return lambda frame: True

    with (
        patch.object(retrieve.Scope, "facets", lambda scope, known: None),
        patch.object(finding, "_admits", admit),
    ):
        yield


def without_headings() -> AbstractContextManager[Any]:
    """Passages that know their year but not their headings; matters while an index is built."""

    def cut_without(document: Document) -> tuple[Chunk, ...]:
        return tuple(replace(chunk, section=()) for chunk in chunk_document(document))

    return patch.object(generation, "chunk_document", cut_without)


def credulous_checker() -> AbstractContextManager[Any]:
    """A checker that takes every verdict for a yes."""
    return patch.object(judgement, "_BORNE_OUT", get_args(Verdict))


VARIANTS: dict[str, Variant] = {
    "the program as it is": nullcontext,
    "BM25 only": bm25_only,
    "dense vectors only": dense_only,
    "without the filter on years and status": without_years,
    "without headings": without_headings,
}
