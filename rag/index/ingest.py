"""Sources -> index: reads, parses, cuts, embeds and stores; idempotent and safe to interrupt."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rag.errors import IndexStateError, MissingPartError, SourceError
from rag.index.files import Refusal, list_files, shown_path
from rag.index.generation import OpenStore, write_generation
from rag.index.intake import Intake, Old, is_unchanged, take_all
from rag.index.manifest import Manifest, Passed, current_schema, read_manifest, write_manifest
from rag.interfaces import Embedder, Progress
from rag.read import READERS
from rag.schema import Identity


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What a run did, by document id; `duplicates` name files that hold the text of another."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    refused: tuple[Refusal, ...] = ()
    duplicates: tuple[Refusal, ...] = ()
    identities: tuple[tuple[str, Identity], ...] = ()  # of the documents that were read
    notes: tuple[tuple[str, str], ...] = ()  # what is odd about a document, and what it does not tell
    rebuilt: str = ""  # why everything was built anew, if it was
    chunks: int = 0


def update_index(
    index_dir: Path,
    paths: Sequence[Path],
    embedder: Embedder,
    open_store: OpenStore,
    *,
    remove: Sequence[str] = (),
    rebuild: bool = False,
    lock_timeout: float = 60.0,
    progress: Progress = lambda step, done, total: None,
) -> IndexReport:
    """Brings the index in line with `paths` (files or folders).

    Documents from elsewhere stay; those whose file has gone from a given folder, and those named
    in `remove` (ids), are taken out. Raises IndexStateError if the index cannot be written; the
    old one then still stands.
    """
    with _writer_lock(index_dir, lock_timeout):
        old = _read_for_rebuild(index_dir) if rebuild else read_manifest(index_dir)
        _drop_stale(index_dir, old)
        reason = "it was asked for" if rebuild else _rebuild_reason(old, embedder)
        if old and not reason and is_unchanged(old, paths, remove):
            report = IndexReport(unchanged=tuple(record.id for record in old.documents), chunks=old.chunks)
            return replace(report, **_passed(old.passed, list_files(paths)[1]))
        intake = take_all(Old(index_dir, old, bool(reason)), paths, remove, progress)
        report = _compare(old, intake, reason)
        if not intake.entries and not report.removed:
            raise SourceError(
                "No document could be indexed."
                + "".join(f"\n  {item.path}: {item.reason}" for item in report.refused),
                f"Give files or folders with documents ({', '.join(sorted(READERS))}).",
            )
        if old and not reason and not (report.added or report.changed or report.removed):
            write_manifest(index_dir, replace(old, passed=tuple(intake.passed)))
            return replace(report, chunks=old.chunks)
        manifest = _write(index_dir, intake, None if reason else old, embedder, open_store, progress)
        return replace(report, chunks=manifest.chunks)


def _write(
    index_dir: Path,
    intake: Intake,
    old: Manifest | None,
    embedder: Embedder,
    open_store: OpenStore,
    progress: Progress,
) -> Manifest:
    """Writes the new generation; tells why where that fails."""
    if not intake.entries:
        empty = Manifest(current_schema(), "", embedder.name, embedder.dimension, 0, (), tuple(intake.passed))
        write_manifest(index_dir, empty)
        return empty
    try:
        return write_generation(index_dir, intake, old, embedder, open_store, progress)
    except (SourceError, MissingPartError):
        raise
    except Exception as error:  # the store raises errors of its own, without a common base
        full = isinstance(error, OSError) and error.errno in (
            errno.ENOSPC,
            errno.EDQUOT,
            errno.EROFS,
            errno.EACCES,
        )
        raise IndexStateError(
            f"The index could not be written to {index_dir} ({type(error).__name__}: {error}).",
            "Is the disk full, or the folder read-only? The old index, if any, is unchanged."
            if full
            else "The old index, if any, is unchanged; `rag index --rebuild` builds it anew.",
        ) from error


@contextmanager
def _writer_lock(index_dir: Path, timeout: float) -> Iterator[None]:
    from filelock import FileLock, Timeout

    try:
        index_dir.mkdir(parents=True, exist_ok=True)
        lock = FileLock(index_dir / "write.lock", timeout=timeout)
        lock.acquire()
    except Timeout as error:
        raise IndexStateError(
            f"Another process has been writing the index in {index_dir} for {timeout:g} s.",
            "Wait for it, or raise `lock_timeout`.",
        ) from error
    except OSError as error:
        raise IndexStateError(
            f"The index folder {index_dir} cannot be written ({error.strerror}).",
            "Choose another with --index-dir or RAG_INDEX_DIR.",
        ) from error
    try:
        yield
    finally:
        lock.release()


def _drop_stale(index_dir: Path, old: Manifest | None) -> None:
    """Removes what killed runs left, but not the current generation."""
    for entry in index_dir.glob("generation-*"):
        if old is None or entry.name != old.generation:
            shutil.rmtree(entry, ignore_errors=True)


def _read_for_rebuild(index_dir: Path) -> Manifest | None:
    """The documents to keep; none from a damaged index, which the rebuild is there to replace."""
    try:
        return read_manifest(index_dir)
    except IndexStateError:
        return None


def _rebuild_reason(old: Manifest | None, embedder: Embedder) -> str:
    if old and old.embedder != embedder.name:
        return f"the embedder changed from “{old.embedder}” to “{embedder.name}”"
    if old and old.schema != current_schema():
        return "the index was made by another version of this program"
    return ""


def _compare(old: Manifest | None, intake: Intake, reason: str) -> IndexReport:
    before = {record.id: (record.sha256, record.file) for record in old.documents} if old else {}
    now = {name: (entry.document.sha256, entry.file) for name, entry in intake.entries.items()}
    fresh = [n for n in now if before.get(n) != now[n] and n not in intake.kept]
    return IndexReport(
        added=tuple(name for name in now if name not in before),
        changed=tuple(n for n in now if n in before and now[n] != before[n] and n not in intake.kept),
        unchanged=tuple(n for n in now if n in before and (now[n] == before[n] or n in intake.kept)),
        removed=tuple(name for name in before if name not in now),
        **_passed(intake.passed, intake.refused),
        identities=tuple((name, intake.entries[name].document.identity) for name in fresh),
        notes=tuple((name, note) for name in fresh for note in intake.entries[name].document.notes),
        rebuilt=reason,
    )


def _passed(passed: Sequence[Passed], refused: Sequence[Refusal]) -> dict[str, Any]:
    """The fields of a report that tell of files that were not taken."""
    told = [(item.duplicate, Refusal(shown_path(Path(item.path)), item.reason)) for item in passed]
    return {
        "refused": (*refused, *(refusal for duplicate, refusal in told if not duplicate)),
        "duplicates": tuple(refusal for duplicate, refusal in told if duplicate),
    }
