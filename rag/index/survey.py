"""What a run finds beside what the index holds: which files are as they were, and which documents go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rag.errors import SourceError
from rag.index.files import Refusal, fingerprint, is_there, key_path, list_files
from rag.index.manifest import Manifest, Passed, SourceRecord


@dataclass(frozen=True, slots=True)
class Found:
    """A file of this run; `file` is its fingerprint, `reason` why it cannot be read at all."""

    path: Path
    key: str
    file: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Survey:
    """The files of a run, and what the index keeps.

    `records` are the documents that stay, by the key of their file; `passed` what was found at files that
    were not taken, by key. `again` are the keys of the files that have to be read.
    """

    found: tuple[Found, ...]
    refused: tuple[Refusal, ...]
    records: dict[str, list[SourceRecord]]
    passed: dict[str, list[Passed]]
    removed: frozenset[str]
    again: frozenset[str]


def make_survey(old: Manifest | None, paths: Sequence[Path], remove: Sequence[str], reread: bool) -> Survey:
    """Looks at the files of a run; raises SourceError for an unknown id in `remove`.

    With `reread` every file is read again, also those from elsewhere that are still there.
    """
    documents = old.documents if old else ()
    unknown = set(remove) - {record.id for record in documents}
    if unknown:
        raise SourceError(f"There is no document “{min(unknown)}” in the index.", "`rag sources` lists them.")
    listing = list_files(paths)
    for record in documents:
        if record.id in remove:
            listing.files.pop(record.key, None)
    going = {*remove, *(record.id for record in documents if listing.misses(key_path(record.key)))}
    records: dict[str, list[SourceRecord]] = {}
    for record in documents:
        if record.id not in going:
            records.setdefault(record.key, []).append(record)
    passed: dict[str, list[Passed]] = {}
    for item in old.passed if old and not reread else ():
        if item.key in listing.files or is_there(item.key):
            passed.setdefault(item.key, []).append(item)
    found = tuple(look_at(key, path) for key, path in listing.files.items())
    again = {item.key for item in found if reread or not _is_known(item, records, passed)}
    if reread:
        again |= {key for key in records if key not in listing.files and is_there(key)}
    staying = {record.id for key, group in records.items() if key not in again for record in group}
    again |= {
        item.key
        for item in found
        if any(known.twin and known.twin not in staying for known in passed.get(item.key, ()))
    }
    return Survey(found, tuple(listing.refused), records, passed, frozenset(going), frozenset(again))


def look_at(key: str, path: Path) -> Found:
    """A file as it is now."""
    try:
        return Found(path, key, fingerprint(path))
    except SourceError as error:
        return Found(path, key, "", error.message)


def _is_known(item: Found, records: dict[str, list[SourceRecord]], passed: dict[str, list[Passed]]) -> bool:
    """Whether a file was looked at as it is; what was found last at one that failed counts."""
    looked = passed.get(item.key)
    if looked:
        return all(known.file == item.file and (item.file or known.reason == item.reason) for known in looked)
    known = records.get(item.key, ())
    return bool(known and item.file) and all(record.file == item.file for record in known)
