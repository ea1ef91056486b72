"""Passages -> Chunks: whole sentences of one topic, with stable ids and exact offsets."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from rag.bind import clause_timeframes
from rag.language import split_sentences
from rag.schema import Chunk, Document, Passage, Span

SECTION_SEPARATOR = " › "  # joins a heading path where only flat text can be stored
MAX_CHUNK = 320  # characters; about the 95th percentile of the topics in both seed plans


def chunk_document(document: Document) -> tuple[Chunk, ...]:
    """Every chunk of a document in order; a chunk never ends inside a sentence."""
    return tuple(
        _chunk(document, passage, span)
        for passage in document.passages
        for span in _group_sentences(document.text, passage)
    )


def _group_sentences(text: str, passage: Passage) -> Iterator[Span]:
    group: Span | None = None
    for sentence in split_sentences(text, passage.start, passage.end):
        if group and sentence.end - group.start > MAX_CHUNK:
            yield group
            group = None
        group = Span(group.start if group else sentence.start, sentence.end)
    if group:
        yield group


def _chunk(document: Document, passage: Passage, span: Span) -> Chunk:
    text = document.text[span.start : span.end]
    frames = clause_timeframes(text, 0, len(text), passage.year, passage.status)
    facets = {f"{passage.year}:{passage.status}", *(f"{f.year}:{f.status}" for f in frames)}
    identity = "\x1f".join((document.id, *passage.section, text))
    return Chunk(
        id=f"{document.id}-{hashlib.sha256(identity.encode()).hexdigest()[:12]}",
        document=document.id,
        title=document.title,
        path=document.path,
        plan_year=document.plan_year,
        year=passage.year,
        status=passage.status,
        section=passage.section,
        start=span.start,
        end=span.end,
        text=text,
        facets=tuple(sorted(facets)),
    )
