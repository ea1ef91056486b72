"""One generation of an index: chunks cut, embedded and stored in a folder of their own."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from rag.index.intake import Entry, Intake
from rag.index.manifest import Manifest, SourceRecord, current_schema, write_manifest
from rag.index.stored import write_stored
from rag.interfaces import ChunkStore, Embedder, Progress, Vectors
from rag.language import build_glosses, subtokens
from rag.ledger import NAME, write_ledger
from rag.schema import Chunk
from rag.search import (
    build_lexical,
    chunk_document,
    chunk_words,
    embed_words,
    save_lexical,
    save_word_vectors,
)

_EMBED_BATCH = 256  # between two steps of the progress bar
_EMBEDDED = 512  # characters; attention is quadratic, and a long sentence of a plan has 500
OpenStore = Callable[[Path, bool], ChunkStore]  # folder, whether to create it


def write_generation(
    index_dir: Path,
    intake: Intake,
    old: Manifest | None,
    embedder: Embedder,
    open_store: OpenStore,
    progress: Progress,
) -> Manifest:
    """Writes a generation and then the manifest; a failed one leaves nothing behind."""
    generation = f"generation-{time.time_ns():x}"
    folder = index_dir / generation
    try:
        folder.mkdir()
        entries = intake.entries
        chunks_by_document = {name: chunk_document(entry.document) for name, entry in entries.items()}
        chunks = [chunk for group in chunks_by_document.values() for chunk in group]
        known = _known_vectors(index_dir, old, chunks, open_store)
        vectors = _embed(chunks, known, embedder, progress)
        progress("store", 0, len(chunks))
        open_store(folder / "chroma", True).add(chunks, vectors)
        progress("store", len(chunks), len(chunks))
        _write_words(folder, chunks, embedder, progress)
        (folder / "documents").mkdir()
        for name, entry in entries.items():
            write_stored(folder / "documents", name, entry.stored)
        failed = _write_ledger(index_dir, folder, intake, old, progress)
        manifest = Manifest(
            schema=current_schema(),
            generation=generation,
            embedder=embedder.name,
            dimension=embedder.dimension,
            chunks=len(chunks),
            documents=tuple(
                _record(entries[name], group, failed.get(name)) for name, group in chunks_by_document.items()
            ),
            passed=intake.all_passed,
        )
        write_manifest(index_dir, manifest)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return manifest


def _write_ledger(
    index_dir: Path, folder: Path, intake: Intake, old: Manifest | None, progress: Progress
) -> dict[str, str]:
    """Writes the ledger; by document, what hindered its figures from being read."""
    documents = [entry.document for entry in intake.entries.values()]
    before = index_dir / old.generation / NAME if old and old.generation else None
    return write_ledger(folder / NAME, documents, before, lambda done, total: progress("bind", done, total))


def _record(entry: Entry, chunks: Sequence[Chunk], failed: str | None) -> SourceRecord:
    document, identity = entry.document, entry.document.identity
    return SourceRecord(
        id=document.id,
        path=document.path,
        title=identity.title,
        kind=identity.kind,
        place=identity.place,
        published=identity.published,
        issuer=identity.issuer,
        plan_year=identity.year,
        origins=dict(identity.origins),
        years=document.years,
        scopes=tuple(sorted({facet for chunk in chunks for facet in chunk.facets})),
        notes=(*document.notes, *([failed] if failed else [])),
        sha256=document.sha256,
        file=entry.file,
        sketch=entry.sketch,
        chunks=len(chunks),
        key=entry.key,
        part=entry.part,
    )


def _known_vectors(
    index_dir: Path, old: Manifest | None, chunks: Sequence[Chunk], open_store: OpenStore
) -> dict[str, Vectors]:
    """Vectors of the last generation: a passage that has not changed is not embedded again."""
    if old is None or not old.chunks:
        return {}
    try:
        store = open_store(index_dir / old.generation / "chroma", False)
        return store.vectors([chunk.id for chunk in chunks])
    except Exception:  # the store raises errors of its own; from a damaged one nothing is taken over
        return {}


def _embed(
    chunks: Sequence[Chunk], known: dict[str, Vectors], embedder: Embedder, progress: Progress
) -> Vectors:
    missing = [chunk for chunk in chunks if chunk.id not in known]
    for start in range(0, len(missing), _EMBED_BATCH):
        progress("embed", start, len(missing))
        batch = missing[start : start + _EMBED_BATCH]
        encoded = embedder.encode_documents([embedded_text(chunk) for chunk in batch])
        known.update({chunk.id: vector for chunk, vector in zip(batch, encoded, strict=True)})
    progress("embed", len(missing), len(missing))
    return np.stack([known[chunk.id] for chunk in chunks])


def embedded_text(chunk: Chunk) -> str:
    """What is embedded: the innermost heading, which names the topic, and the text, or how it begins."""
    return (f"{chunk.section[-1]}:{chunk.text}" if chunk.section else chunk.text)[:_EMBEDDED]


def _write_words(folder: Path, chunks: Sequence[Chunk], embedder: Embedder, progress: Progress) -> None:
    progress("words", 0, len(chunks))
    words = {word for chunk in chunks for word in chunk_words(chunk)}
    tokens = {word.keys[0] for word in words if not word.keys[0].startswith("#")}
    tokens |= {part for word in words for part in subtokens(word.text)}
    save_lexical(build_lexical(chunks, *build_glosses(tokens)), folder / "lexical")
    save_word_vectors(embed_words((word.text for word in words), embedder), folder / "lexical")
    progress("words", len(chunks), len(chunks))
