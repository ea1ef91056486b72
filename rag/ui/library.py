"""Documents that come and go through the page: uploaded files are kept beside the index."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rag.errors import InputError, SourceError
from rag.index import IndexReport, Refusal, read_manifest
from rag.interfaces import Progress
from rag.read import clean, read_source
from rag.settings import Settings
from rag.wiring import build_index

_UNSAFE = re.compile(r"[^\w.()()《》\-—·]+")
# bytes of a file's name and of its ending; file systems stop at 255, of which a Chinese character takes three
_MOST_STEM = 200
_MOST_ENDING = 32


@dataclass(frozen=True, slots=True)
class Upload:
    """A file on its way in: where it lies now, and what its owner calls it."""

    path: Path
    name: str


def safe_name(name: str) -> str:
    """A file name without folders and without anything that a file system or a page could misread.

    >>> safe_name("../../etc/2025年 计划.txt"), safe_name("..")
    ('2025年_计划.txt', 'document')
    """
    last = re.split(r"[/\\]", name)[-1]
    stem, dot, ending = _UNSAFE.sub("_", last).strip("._ ").rpartition(".")
    kept = f"{_cut(stem, _MOST_STEM)}{dot}{_cut(ending, _MOST_ENDING)}" if dot else _cut(ending, _MOST_STEM)
    return kept or "document"


def _cut(text: str, size: int) -> str:
    """The beginning of a text that takes no more than so many bytes."""
    return text.encode()[:size].decode(errors="ignore")


def add_documents(
    settings: Settings, uploads: Sequence[Upload], progress: Progress = lambda step, done, total: None
) -> IndexReport:
    """Takes files into the index; those that cannot be read or are there already are refused.

    Nothing that is indexed is replaced or lost. Raises RagError if the index cannot be written.
    """
    if not uploads:
        raise InputError("No file was chosen.")
    folder = Path(settings.index_dir) / "uploads"
    refused: list[Refusal] = []
    kept: list[Path] = []
    known = _known_texts(settings)
    try:
        for upload in uploads:
            try:
                kept.append(_keep(upload, folder, known))
            except SourceError as error:
                refused.append(Refusal(safe_name(upload.name), error.message))
        if not kept:
            return IndexReport(refused=tuple(refused))
        report = build_index(settings, kept, progress=progress)
    except BaseException:
        _discard(kept)
        raise
    bad = {Path(refusal.path).name for refusal in report.refused}
    _discard([path for path in kept if path.name in bad])
    return replace(report, refused=(*refused, *report.refused))


def remove_document(
    settings: Settings, document: str, progress: Progress = lambda step, done, total: None
) -> IndexReport:
    """Takes a document out; raises SourceError for an unknown one and InputError for the last one."""
    manifest = read_manifest(Path(settings.index_dir))
    records = {record.id: record for record in manifest.documents} if manifest else {}
    if len(records) == 1 and document in records:
        raise InputError("The last document cannot be removed.", "Add another one first.")
    report = build_index(settings, [], remove=[document], progress=progress)
    path = Path(records[document].path)
    if path.resolve().parent == (Path(settings.index_dir) / "uploads").resolve():
        _discard([path])
    return report


def _known_texts(settings: Settings) -> dict[str, str]:
    """The titles of the indexed documents, by the hash of their text."""
    manifest = read_manifest(Path(settings.index_dir))
    return {record.sha256: record.title for record in manifest.documents} if manifest else {}


def _keep(upload: Upload, folder: Path, known: dict[str, str]) -> Path:
    """Copies an upload to where it stays; raises SourceError if it cannot be read or is there already.

    Its text is then among the `known`.
    """
    name = safe_name(upload.name)
    target = folder / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        target.touch(exist_ok=False)
    except FileExistsError as error:
        raise SourceError(f"{name}: there is another document of this name; rename the file.") from error
    except OSError as error:
        raise SourceError(f"{name}: cannot be stored ({error.strerror}).") from error
    try:
        shutil.copyfile(upload.path, target)
        digest = clean(read_source(target)).digest
        if digest in known:
            raise SourceError(f"{name}: the same text is indexed already, as “{known[digest]}”.")
    except OSError as error:
        _discard([target])
        raise SourceError(f"{name}: cannot be stored ({error.strerror}).") from error
    except BaseException:
        _discard([target])
        raise
    known[digest] = name
    return target


def _discard(paths: Sequence[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)
