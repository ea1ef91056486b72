"""Files -> the documents that the next generation will hold; one that fails never stops the others."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rag.errors import IndexStateError, RagError, SourceError
from rag.index.duplicates import SAME, Sketch, resemblance, sketch
from rag.index.files import Refusal, file_key, fingerprint, list_files, printable, read_sidecar, shown_path
from rag.index.manifest import Manifest, Passed, SourceRecord
from rag.index.stored import Stored, read_stored
from rag.interfaces import Progress
from rag.read import clean, read_source, split_reports
from rag.schema import Document


@dataclass(frozen=True, slots=True)
class Entry:
    """A document on its way into a generation; `file` is the fingerprint of its file."""

    document: Document
    stored: Stored
    file: str
    sketch: Sketch


@dataclass(slots=True)
class Intake:
    """The documents that the index will hold by id, and what happened to the files on the way."""

    entries: dict[str, Entry] = field(default_factory=dict)
    kept: set[str] = field(default_factory=set)  # documents whose file could not be read this time
    refused: list[Refusal] = field(default_factory=list)  # files of no type that is read, and lost documents
    passed: list[Passed] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Old:
    """The generation before; `reread`: its files are read anew although they have not changed."""

    index_dir: Path
    manifest: Manifest | None
    reread: bool

    @property
    def records(self) -> tuple[SourceRecord, ...]:
        """Its documents."""
        return self.manifest.documents if self.manifest else ()

    def passed(self, path: str, file: str) -> Passed | None:
        """What was found wrong with a file when it was the same."""
        known = self.manifest.passed if self.manifest and not self.reread else ()
        return next((item for item in known if (item.path, item.file) == (path, file)), None)


def is_unchanged(old: Manifest, paths: Sequence[Path], remove: Sequence[str]) -> bool:
    """Whether every file of `paths` was looked at as it is, and no document is to go."""
    files, _ = list_files(paths)
    known = {file_key(Path(record.path)): record.file for record in old.documents}
    known |= {item.path: item.file for item in old.passed}
    if remove or not files or _gone(old.documents, files, paths):
        return False
    try:
        return all(known.get(file_key(file)) == fingerprint(file) for file in files)
    except SourceError:
        return False


def take_all(old: Old, paths: Sequence[Path], remove: Sequence[str], progress: Progress) -> Intake:
    """Reads what is new or changed, and what the old generation holds; raises SourceError for unknown ids."""
    unknown = set(remove) - {record.id for record in old.records}
    if unknown:
        raise SourceError(f"There is no document “{min(unknown)}” in the index.", "`rag sources` lists them.")
    files, refused = list_files(paths)
    intake = Intake(refused=refused)
    going = {*remove, *_gone(old.records, files, paths)}
    given = {file_key(file) for file in files}
    by_file: dict[str, list[SourceRecord]] = {}
    for record in old.records:
        key = file_key(Path(record.path))
        if key in given and record.id not in remove:
            by_file.setdefault(key, []).append(record)
        elif record.id not in going:
            _keep(intake, old, record)
    if old.manifest:
        intake.passed += [item for item in old.manifest.passed if item.path not in given]
    taken = {record.id for record in old.records}
    for done, path in enumerate(files):
        progress("read", done, len(files))
        _take(intake, old, path, by_file.get(file_key(path), []), taken)
    progress("read", len(files), len(files))
    return intake


def _gone(records: Iterable[SourceRecord], files: Sequence[Path], paths: Sequence[Path]) -> list[str]:
    """Documents of the given folders whose file is no longer there."""
    folders = [path.resolve() for path in paths if path.is_dir()]
    given = {file_key(file) for file in files}
    return [
        record.id
        for record in records
        if file_key(Path(record.path)) not in given
        and any(Path(record.path).resolve().is_relative_to(folder) for folder in folders)
    ]


def _keep(intake: Intake, old: Old, record: SourceRecord) -> None:
    """Takes a document over from the old generation; where that is damaged, from its file."""
    try:
        stored = read_stored(old.index_dir, old.manifest, record.id)
        document = stored.parse(record.id, record.path)
        intake.entries[record.id] = Entry(document, stored, record.file, record.sketch)
    except (SourceError, IndexStateError) as lost:
        try:
            intake.entries.update(_read(Path(record.path), record.path, [record.id]))
        except SourceError:
            intake.refused.append(Refusal(record.path, lost.message))


def _take(intake: Intake, old: Old, path: Path, known: Sequence[SourceRecord], taken: set[str]) -> None:
    """Takes a file in; one that cannot be read leaves its documents as they were."""
    file = ""
    try:
        file = fingerprint(path)
        passed = old.passed(file_key(path), file)
        if passed:
            intake.passed.append(passed)
        elif known and not old.reread and all(record.file == file for record in known):
            for record in known:
                _keep(intake, old, record)
        else:
            _take_anew(intake, path, file, [record.id for record in known] or [_new_id(path, taken)], taken)
    except RagError as error:
        _refuse(intake, old, Passed(file_key(path), file, error.message), known)
    except Exception as error:  # whatever a damaged file does to a reader, the other files are read
        reason = f"{printable(Path(path.name))}: cannot be read ({type(error).__name__}: {error})."
        _refuse(intake, old, Passed(file_key(path), file, reason), known)


def _take_anew(intake: Intake, path: Path, file: str, ids: Sequence[str], taken: set[str]) -> None:
    for name, entry in _read(path, shown_path(path), ids).items():
        twin = _twin(intake, entry)
        if twin:
            intake.passed.append(Passed(file_key(path), file, twin.document.path, duplicate=True))
        else:
            intake.entries[name] = entry
            taken.add(name)


def _refuse(intake: Intake, old: Old, passed: Passed, known: Sequence[SourceRecord]) -> None:
    intake.passed.append(passed)
    for record in known:
        _keep(intake, old, record)
        intake.kept.add(record.id)


def _read(path: Path, shown: str, ids: Sequence[str]) -> dict[str, Entry]:
    """The documents of a file by id; raises SourceError if it cannot be read or changes meanwhile."""
    before = fingerprint(path)
    reading = clean(read_source(path))
    told = read_sidecar(path)
    if fingerprint(path) != before:
        raise SourceError(
            f"{printable(Path(path.name))}: it changed while it was read.", "Run `rag index` again."
        )
    entries = {}
    for number, part in enumerate(split_reports(reading)):
        name = ids[number] if number < len(ids) else f"{ids[0]}-{number + 1}"
        document = Stored(part, told).parse(name, shown)
        entries[name] = Entry(document, Stored(part, told), before, sketch(document.text))
    return entries


def _twin(intake: Intake, entry: Entry) -> Entry | None:
    """A document of the index that is the same text, from another file."""
    for other in intake.entries.values():
        alike = other.document.identity.kind == entry.document.identity.kind
        if alike and len(entry.sketch) >= 8 and resemblance(other.sketch, entry.sketch) >= SAME:
            return other
    return None


def _new_id(path: Path, taken: set[str]) -> str:
    """The file's name without its ending; told apart by a hash of its folder where taken."""
    stem = re.sub(r"[\s/\\:]+", "_", printable(Path(path.stem))).strip("_") or "document"
    stem = stem.encode()[:180].decode(errors="ignore")  # file systems stop at 255 bytes
    if stem not in taken:
        return stem
    return f"{stem}-{hashlib.sha256(file_key(path).encode()).hexdigest()[:6]}"
