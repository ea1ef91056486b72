"""Passages -> Chunks: whole sentences of one topic, with stable ids and exact offsets."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator

from rag.bind import clause_timeframes
from rag.language import split_sentences
from rag.schema import Chunk, Document, Passage, Span, Status

SECTION_SEPARATOR = " › "  # joins a heading path where only flat text can be stored
MAX_SENTENCE = 4000  # characters; a long sentence of a plan has 500
MAX_CHUNK = 320  # characters; about the 95th percentile of the topics in both seed plans


def chunk_document(document: Document) -> tuple[Chunk, ...]:
    """Every chunk of a document in order; a chunk never ends inside a sentence of ordinary length."""
    seen: Counter[str] = Counter()
    chunks = []
    for passage in document.passages:
        for span in _group_sentences(document.text, passage):
            identity = "\x1f".join((document.id, *passage.section, document.text[span.start : span.end]))
            chunks.append(_chunk(document, passage, span, _chunk_id(document.id, identity, seen[identity])))
            seen[identity] += 1
    return tuple(chunks)


def _chunk_id(document: str, identity: str, repeated: int) -> str:
    """An id from the content, and from how often it stood in the document before."""
    distinct = f"{identity}\x1f{repeated}" if repeated else identity
    return f"{document}-{hashlib.sha256(distinct.encode()).hexdigest()[:12]}"


def _group_sentences(text: str, passage: Passage) -> Iterator[Span]:
    group: Span | None = None
    for sentence in split_sentences(text, passage.start, passage.end):
        for piece in _pieces(text, sentence):
            if group and piece.end - group.start > MAX_CHUNK:
                yield group
                group = None
            group = Span(group.start if group else piece.start, piece.end)
    if group:
        yield group


def _pieces(text: str, sentence: Span) -> Iterator[Span]:
    """The sentence; one that no reader could take in is cut, at a comma where it has one."""
    start = sentence.start
    while sentence.end - start > MAX_SENTENCE:
        cut = max(text.rfind(mark, start, start + MAX_SENTENCE) for mark in ",，;；、 ") + 1
        end = cut if cut > start else start + MAX_SENTENCE
        yield Span(start, end)
        start = end
    yield Span(start, sentence.end)


def _chunk(document: Document, passage: Passage, span: Span, chunk_id: str) -> Chunk:
    text = document.text[span.start : span.end]
    frames = clause_timeframes(text, 0, len(text), passage.year, passage.status, document.identity.year)
    facets = {facet(passage.year, passage.status), *(facet(f.year, f.status) for f in frames)}
    return Chunk(
        id=chunk_id,
        document=document.id,
        title=document.identity.title,
        path=document.path,
        plan_year=document.identity.year,
        year=passage.year,
        status=passage.status,
        section=passage.section,
        start=span.start,
        end=span.end,
        text=text,
        facets=tuple(sorted(facets)),
    )


def facet(year: int | None, status: Status) -> str:
    """What a search is restricted by.

    >>> facet(2019, "actual"), facet(None, "planned")
    ('2019:actual', ':planned')
    """
    return f"{year or ''}:{status}"
