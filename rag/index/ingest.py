"""Sources -> index: reads, parses, cuts, embeds and stores; idempotent and safe to interrupt."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from rag.errors import IndexStateError, MissingPartError, SourceError
from rag.index.generation import OpenStore, write_generation
from rag.index.manifest import Manifest, current_schema, read_manifest
from rag.interfaces import Embedder, Progress
from rag.read import READERS, parse_document, read_source
from rag.schema import Document


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that was not taken, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What a run did, by document id."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    refused: tuple[Refusal, ...] = ()
    rebuilt: str = ""  # why everything was built anew, if it was
    chunks: int = 0


@dataclass(slots=True)
class _Intake:
    """The documents that the index will hold, and what was refused on the way."""

    documents: dict[str, Document] = field(default_factory=dict)
    refused: list[Refusal] = field(default_factory=list)


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
        intake = _read_all(index_dir, old, paths, remove, progress)
        reason = "it was asked for" if rebuild else _rebuild_reason(old, embedder)
        report = _compare(old, intake, reason)
        if not intake.documents:
            raise SourceError(
                "No plan could be indexed."
                + "".join(f"\n  {item.path}: {item.reason}" for item in intake.refused),
                f"Give files or folders with plans ({', '.join(sorted(READERS))}).",
            )
        if old and not reason and not (report.added or report.changed or report.removed):
            return replace(report, chunks=old.chunks)
        try:
            manifest = write_generation(
                index_dir, intake.documents, None if reason else old, embedder, open_store, progress
            )
        except (SourceError, MissingPartError):
            raise
        except Exception as error:  # a full disk surfaces as OSError here and as Chroma's own there
            raise IndexStateError(
                f"The index could not be written to {index_dir} ({type(error).__name__}: {error}).",
                "Is the disk full, or the folder read-only? The old index, if any, is unchanged.",
            ) from error
        return replace(report, chunks=manifest.chunks)


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


def _read_all(
    index_dir: Path,
    old: Manifest | None,
    paths: Sequence[Path],
    remove: Sequence[str],
    progress: Progress,
) -> _Intake:
    intake = _Intake()
    records = old.documents if old else ()
    unknown = set(remove) - {record.id for record in records}
    if unknown:
        raise SourceError(f"There is no document “{min(unknown)}” in the index.", "`rag sources` lists them.")
    files = _list_files(paths, intake)
    folders = [path.resolve() for path in paths if path.is_dir()]
    given = {_key(path) for path in files}
    for record in records:
        stands_elsewhere = _key(Path(record.path)) not in given and not any(
            Path(record.path).resolve().is_relative_to(folder) for folder in folders
        )
        if stands_elsewhere and record.id not in remove:
            text = stored_text(index_dir, old, record.id)
            intake.documents[record.id] = parse_document(text, record.id, record.path)
    ids = {_key(Path(record.path)): record.id for record in records}
    for done, path in enumerate(files):
        progress("read", done, len(files))
        _take(intake, path, ids.get(_key(path)))
    progress("read", len(files), len(files))
    return intake


def _key(path: Path) -> str:
    return str(path.resolve())


def _list_files(paths: Sequence[Path], intake: _Intake) -> list[Path]:
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if p.is_file() and not p.name.startswith("."))
            files += [p for p in inside if p.suffix.lower() in READERS]
            skipped = [p for p in inside if p.suffix.lower() not in READERS]
            intake.refused += [Refusal(str(p), f"files of type “{p.suffix}” are not read") for p in skipped]
        else:
            files.append(path)
    return list(dict.fromkeys(files))


def _take(intake: _Intake, path: Path, known_id: str | None) -> None:
    try:
        text = read_source(path).text
        document_id = known_id or _new_id(path, intake.documents)
        intake.documents[document_id] = parse_document(text, document_id, _shown_path(path))
    except SourceError as error:
        intake.refused.append(Refusal(str(path), error.message))


def _shown_path(path: Path) -> str:
    """Relative to the working folder where the file is inside it."""
    resolved, here = path.resolve(), Path.cwd().resolve()
    return (resolved.relative_to(here) if resolved.is_relative_to(here) else resolved).as_posix()


def _new_id(path: Path, taken: dict[str, Document]) -> str:
    """The file's name without its ending; told apart by a hash of its folder where taken."""
    stem = re.sub(r"[\s/\\:]+", "_", path.stem) or "document"
    if stem not in taken:
        return stem
    return f"{stem}-{hashlib.sha256(_key(path).encode()).hexdigest()[:6]}"


def _compare(old: Manifest | None, intake: _Intake, reason: str) -> IndexReport:
    before = {record.id: record.sha256 for record in old.documents} if old else {}
    now = {name: document.sha256 for name, document in intake.documents.items()}
    return IndexReport(
        added=tuple(name for name in now if name not in before),
        changed=tuple(n for n in now if n in before and now[n] != before[n]),
        unchanged=tuple(n for n in now if n in before and now[n] == before[n]),
        removed=tuple(name for name in before if name not in now),
        refused=tuple(intake.refused),
        rebuilt=reason,
    )


def stored_text(index_dir: Path, manifest: Manifest | None, document_id: str) -> str:
    """The stored source text of a document; raises SourceError for an unknown id."""
    if manifest is None or document_id not in {record.id for record in manifest.documents}:
        raise SourceError(f"There is no document “{document_id}” in the index.", "`rag sources` lists them.")
    path = index_dir / manifest.generation / "documents" / f"{document_id}.txt"
    try:
        return path.read_bytes().decode()
    except OSError as error:
        raise IndexStateError(
            f"The stored text of “{document_id}” is missing.", "Run `rag index --rebuild`."
        ) from error
