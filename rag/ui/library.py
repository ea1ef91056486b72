"""Documents that come and go through the page: uploaded files are kept beside the index."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rag.errors import InputError, SourceError
from rag.generation import Progress
from rag.ingest import IndexReport, Refusal
from rag.manifest import read_manifest
from rag.readers import read_source
from rag.settings import Settings
from rag.wiring import build_index

_UNSAFE = re.compile(r"[^\w.()()《》\-—·]+")
_MOST_NAME = 70  # characters; file systems stop at 255 bytes, three for a Chinese character


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
    kept = f"{stem[:_MOST_NAME]}{dot}{ending[:16]}" if dot else ending[:_MOST_NAME]
    return kept or "document"


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
    for upload in uploads:
        try:
            kept.append(_keep(settings, upload, folder))
        except SourceError as error:
            refused.append(Refusal(upload.name, error.message))
    if not kept:
        return IndexReport(refused=tuple(refused))
    try:
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


def _keep(settings: Settings, upload: Upload, folder: Path) -> Path:
    """Copies an upload to where it stays; raises SourceError if it cannot be read or is there already."""
    name = safe_name(upload.name)
    target = folder / name
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with upload.path.open("rb") as source, target.open("xb") as copy:
            shutil.copyfileobj(source, copy)
    except FileExistsError as error:
        raise SourceError(f"{name}: there is another document of this name; rename the file.") from error
    try:
        _check_new(settings, name, read_source(target))
    except SourceError:
        _discard([target])
        raise
    return target


def _check_new(settings: Settings, name: str, text: str) -> None:
    manifest = read_manifest(Path(settings.index_dir))
    digest = hashlib.sha256(text.encode()).hexdigest()
    for record in manifest.documents if manifest else ():
        if record.sha256 == digest:
            raise SourceError(f"{name}: the same text is indexed already, as “{record.title}”.")


def _discard(paths: Sequence[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)
