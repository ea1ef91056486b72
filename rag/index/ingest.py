"""Sources -> index: reads, parses, cuts, embeds and stores; idempotent and safe to interrupt."""

from __future__ import annotations

import errno
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rag.errors import IndexStateError, MissingPartError, RagError, SourceError
from rag.index.files import Refusal, key_path, shown_path
from rag.index.generation import OpenStore, write_generation
from rag.index.intake import Intake, load_staying, take_in
from rag.index.manifest import (
    Manifest,
    current_schema,
    is_of_this_schema,
    read_manifest,
    write_manifest,
)
from rag.index.survey import Survey, make_survey
from rag.interfaces import Embedder, Progress
from rag.ledger import NAME as LEDGER
from rag.ledger import is_current
from rag.read import READERS
from rag.schema import Identity

_STALE = "its figures are missing, or were read by another version of this program"


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
        survey = make_survey(old, paths, remove, bool(reason))
        intake = take_in(survey, progress)
        stale = old is not None and not is_current(index_dir / old.generation / LEDGER)
        unchanged = old and not reason and not intake.entries and len(intake.staying) == len(old.documents)
        if old and unchanged and not (stale and old.documents):
            return _report_idle(index_dir, old, survey, intake)
        load_staying(intake, index_dir, old, progress)
        report = _compare(old, survey, intake, reason or (_STALE if stale else ""))
        if not intake.entries and not report.removed:
            raise _nothing(report.refused)
        with _telling_why(index_dir):
            if intake.entries:
                known = old if old and not rebuild and _keeps_vectors(old, embedder) else None
                manifest = write_generation(index_dir, intake, known, embedder, open_store, progress)
                report = replace(report, notes=_notes(old, report, manifest))
            else:
                passed = intake.all_passed
                manifest = Manifest(current_schema(), "", embedder.name, embedder.dimension, 0, (), passed)
                write_manifest(index_dir, manifest)
        return replace(report, chunks=manifest.chunks)


def _report_idle(index_dir: Path, old: Manifest, survey: Survey, intake: Intake) -> IndexReport:
    """The report of a run that changes no document; notes what is new about the files that were not taken."""
    unchanged = tuple(record.id for record in old.documents)
    report = IndexReport(unchanged=unchanged, chunks=old.chunks, **_not_taken(survey, intake))
    if not unchanged:
        raise _nothing(report.refused)
    if set(intake.all_passed) != set(old.passed):
        with _telling_why(index_dir):
            write_manifest(index_dir, replace(old, passed=intake.all_passed))
    return report


def _nothing(refused: Sequence[Refusal]) -> SourceError:
    return SourceError(
        "No document could be indexed." + "".join(f"\n  {item.path}: {item.reason}" for item in refused),
        f"Give files or folders with documents ({', '.join(sorted(READERS))}).",
    )


@contextmanager
def _telling_why(index_dir: Path) -> Iterator[None]:
    """Says of an error while the index is written what it comes from."""
    try:
        yield
    except (SourceError, MissingPartError):
        raise
    except Exception as error:  # the store raises errors of its own, without a common base
        what = error.message if isinstance(error, RagError) else f"{type(error).__name__}: {error}"
        raise IndexStateError(
            f"The index could not be written to {index_dir} ({what.rstrip('.')}).",
            f"{_cause(error)} The old index, if any, is unchanged.".strip(),
        ) from error


def _cause(error: BaseException) -> str:
    """What an error of the file system, or one that a store tells in its own words, asks for."""
    number, words = getattr(error, "errno", None), str(error)
    for numbers, pattern, cause in _CAUSES:
        if number in numbers or (number is None and re.search(pattern, words, re.IGNORECASE)):
            return cause
    return ""


_CAUSES = (
    ((errno.ENOSPC, errno.EDQUOT), r"disk is full|no space left|quota", "The disk is full: make room."),
    (
        (errno.EROFS, errno.EACCES, errno.EPERM),
        r"read-?only|permission denied",
        "The folder is read-only: choose another with --index-dir.",
    ),
)


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


def _keeps_vectors(old: Manifest, embedder: Embedder) -> bool:
    """Whether the vectors of passages that are still there can be taken over."""
    return is_of_this_schema(old) and old.embedder == embedder.name


def _rebuild_reason(old: Manifest | None, embedder: Embedder) -> str:
    if old and old.embedder != embedder.name:
        return f"the embedder changed from “{old.embedder}” to “{embedder.name}”"
    if old and old.schema != current_schema():
        return "the index was made by another version of this program"
    return ""


def _compare(old: Manifest | None, survey: Survey, intake: Intake, reason: str) -> IndexReport:
    before = {record.id: (record.sha256, record.file) for record in old.documents} if old else {}
    now = {name: (entry.document.sha256, entry.file) for name, entry in intake.entries.items()}
    fresh = [name for name in now if before.get(name) != now[name]]
    return IndexReport(
        added=tuple(name for name in now if name not in before),
        changed=tuple(name for name in fresh if name in before),
        unchanged=tuple(name for name in now if name in before and now[name] == before[name]),
        removed=tuple(name for name in before if name not in now),
        **_not_taken(survey, intake),
        identities=tuple((name, intake.entries[name].document.identity) for name in fresh),
        rebuilt=reason,
    )


def _notes(old: Manifest | None, report: IndexReport, manifest: Manifest) -> tuple[tuple[str, str], ...]:
    """The notes of the documents that were read, and of those that are noted otherwise than before."""
    before = {record.id: record.notes for record in old.documents} if old else {}
    read = {*report.added, *report.changed}
    told = [r for r in manifest.documents if r.id in read or r.notes != before[r.id]]
    return tuple((record.id, note) for record in told for note in record.notes)


def _not_taken(survey: Survey, intake: Intake) -> dict[str, Any]:
    """The fields of a report that tell of files of this run that were not taken."""
    paths = {item.key: item.path for item in survey.found}
    told = [
        (item.twin, Refusal(shown_path(paths.get(item.key) or key_path(item.key)), item.reason))
        for item in intake.passed
    ]
    return {
        "refused": (*survey.refused, *intake.lost, *(refusal for twin, refusal in told if not twin)),
        "duplicates": tuple(refusal for twin, refusal in told if twin),
    }
