"""Files -> the documents that the next generation will hold; one that fails never stops the others."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from rag.errors import IndexStateError, RagError, SourceError
from rag.index.duplicates import Sketch, Texts, sketch
from rag.index.files import Refusal, fingerprint, key_path, printable, read_sidecar, shown_path
from rag.index.manifest import Manifest, Passed, SourceRecord
from rag.index.stored import Stored, read_stored
from rag.index.survey import Found, Survey, look_at
from rag.interfaces import Progress
from rag.read import clean, read_source, split_reports
from rag.schema import Document

_MOST_NAME = 180  # bytes of an id; file systems stop at 255


@dataclass(frozen=True, slots=True)
class Entry:
    """A document on its way into a generation; `file` is the fingerprint of its file."""

    document: Document
    stored: Stored
    key: str
    part: int
    file: str
    sketch: Sketch


@dataclass(slots=True)
class Intake:
    """What the index will hold, and what happened to the files on the way.

    `staying` are documents that are taken over as they are, `entries` those that were read.
    """

    staying: dict[str, SourceRecord] = field(default_factory=dict)
    entries: dict[str, Entry] = field(default_factory=dict)
    passed: list[Passed] = field(default_factory=list)  # of the files of this run
    passed_elsewhere: list[Passed] = field(default_factory=list)
    lost: list[Refusal] = field(default_factory=list)  # documents that are nowhere any more
    texts: Texts = field(default_factory=Texts)

    def stay(self, record: SourceRecord) -> None:
        """Takes a document over."""
        self.staying[record.id] = record
        self.texts.add(record.id, record.kind, record.sha256, record.sketch)

    def add(self, entry: Entry) -> None:
        """Takes a document that was read."""
        document = entry.document
        self.entries[document.id] = entry
        self.texts.add(document.id, document.identity.kind, document.sha256, entry.sketch)

    @property
    def all_passed(self) -> tuple[Passed, ...]:
        """What the manifest remembers of files that were not taken."""
        return (*self.passed, *self.passed_elsewhere)

    def path(self, name: str) -> str:
        """The shown path of a document."""
        return self.staying[name].path if name in self.staying else self.entries[name].document.path


def take_in(survey: Survey, progress: Progress) -> Intake:
    """Reads what is new or changed, after what was there before, so that a copy never takes its place."""
    intake = Intake()
    found = {item.key: item for item in survey.found}
    for key, items in survey.passed.items():
        if key not in survey.again:
            (intake.passed if key in found else intake.passed_elsewhere).extend(items)
    for key, group in survey.records.items():
        for record in group if key not in survey.again else ():
            intake.stay(record)
    taken = {record.id for group in survey.records.values() for record in group}
    order = [key for key in (*survey.records, *found) if key in survey.again]
    for done, key in enumerate(dict.fromkeys(order)):
        progress("read", done, len(survey.again))
        item = found.get(key) or look_at(key, key_path(key))
        _take(intake, item, survey.records.get(key, ()), taken)
    progress("read", len(survey.again), len(survey.again))
    return intake


def _take(intake: Intake, item: Found, known: Sequence[SourceRecord], taken: set[str]) -> None:
    """Takes a file in; one that cannot be read leaves its documents as they were."""
    looked_at = item.file
    try:
        if item.reason:
            raise SourceError(item.reason)
        entries = _read(item, known, taken)
    except RagError as error:
        reason = error.message
    except Exception as error:  # whatever a damaged file does to a reader, the other files are read
        looked_at = ""  # the reader's fault: the next run, perhaps of a mended reader, tries again
        reason = f"{item.path.name}: cannot be read ({type(error).__name__}: {error})."
    else:
        for entry in entries:
            _admit(intake, entry)
        return
    reason = reason.replace(item.path.name, printable(Path(item.path.name)))
    intake.passed.append(Passed(item.key, looked_at, reason.encode(errors="replace").decode()))
    for record in known:
        intake.stay(record)


def _admit(intake: Intake, entry: Entry) -> None:
    """Takes a document unless its text is there; then it takes the place of one whose file is gone."""
    document = entry.document
    name = intake.texts.twin(document.identity.kind, document.sha256, entry.sketch)
    if name is None:
        intake.add(entry)
    elif name in intake.staying and not key_path(intake.staying[name].key).exists():
        del intake.staying[name]
        intake.entries[name] = replace(entry, document=replace(document, id=name))
    else:
        intake.passed.append(Passed(entry.key, entry.file, intake.path(name), twin=name))


def _read(item: Found, known: Sequence[SourceRecord], taken: set[str]) -> list[Entry]:
    """The documents of a file; raises SourceError if it cannot be read or changes meanwhile."""
    path = item.path
    reading = clean(read_source(path))
    told = read_sidecar(path)
    if fingerprint(path) != item.file:
        raise SourceError(f"{path.name}: it changed while it was read.", "Run `rag index` again.")
    parts = [Stored(part, told) for part in split_reports(reading)]
    entries = []
    names = {record.part: record.id for record in known}
    failure: SourceError | None = None
    for number, stored in enumerate(parts, start=1):
        if number not in names:
            names[number] = _new_id(path, number, taken)
            taken.add(names[number])
        try:
            document = stored.parse(names[number], shown_path(path))
        except SourceError as error:  # a title alone among several reports
            failure = error
            continue
        entries.append(Entry(document, stored, item.key, number, item.file, sketch(document.text)))
    if failure and not entries:
        raise failure
    return entries


def _new_id(path: Path, number: int, taken: Collection[str]) -> str:
    r"""The file's name without its ending, and which report of the file it is.

    It is told apart by a hash of its folder where another file has the name.

    >>> _new_id(Path("a/2025年\n报告.txt"), 1, ()), _new_id(Path("a/x.txt"), 2, ["x"])
    ('2025年_报告', 'x-2')
    """
    stem = "".join(" " if unicodedata.category(c)[0] == "C" else c for c in printable(Path(path.stem)))
    stem = re.sub(r"[\s/\\:]+", "_", stem).strip("_-") or "document"
    stem = stem.encode()[:_MOST_NAME].decode(errors="ignore")
    name = f"{stem}-{number}" if number > 1 else stem
    if name not in taken:
        return name
    folder = hashlib.sha256(printable(path.absolute()).encode(errors="replace")).hexdigest()
    return next(candidate for size in range(6, 65) if (candidate := f"{name}-{folder[:size]}") not in taken)


def load_staying(intake: Intake, index_dir: Path, old: Manifest | None, progress: Progress) -> None:
    """Takes the documents that stay from the old generation; where that is damaged, from their files."""
    for done, (name, record) in enumerate(list(intake.staying.items())):
        progress("read", done, len(intake.staying))
        try:
            stored = read_stored(index_dir, old, name)
            document = stored.parse(name, record.path)
            numbers = record.sketch or sketch(document.text)
            intake.entries[name] = Entry(document, stored, record.key, record.part, record.file, numbers)
        except (SourceError, IndexStateError):
            entry = _recover(record)
            if entry:
                intake.entries[name] = entry
            else:
                reason = (
                    "its stored text is damaged and its file cannot be read; it is no longer in the index"
                )
                intake.lost.append(Refusal(record.path, reason))
    progress("read", len(intake.staying), len(intake.staying))
    intake.staying.clear()
    before = [record.id for record in old.documents] if old else []
    order = dict.fromkeys((*before, *intake.entries))
    intake.entries = {name: intake.entries[name] for name in order if name in intake.entries}


def _recover(record: SourceRecord) -> Entry | None:
    """A document whose stored text is lost, from its file."""
    item = look_at(record.key, key_path(record.key))
    try:
        entries = _read(item, [record], set())
    except Exception:  # whatever is wrong with the file too
        return None
    return next((entry for entry in entries if entry.part == record.part), None)
