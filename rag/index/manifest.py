"""What an index holds and how it was made; replaced in one step, so that a killed run harms nothing.

The index folder holds `manifest.json` and one folder per generation. A run writes a new generation
beside the old one and then replaces the manifest.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from rag.errors import IndexStateError, InputError
from rag.index.files import file_key
from rag.language import read_text
from rag.schema import Kind

SCHEMA = 8  # raised when the meaning of stored data changes
_NAME = "manifest.json"
_SHAPING_DATA = (
    "language/analysis.toml",
    "language/gazetteer.tsv",
    "language/labels.toml",
    "read/cleaning.toml",
    "read/frames.toml",
    "read/identity.toml",
    "read/outline.toml",
    "language/quantity.toml",
    "language/quantity_en.toml",
    "language/terms.tsv",
    "language/units.tsv",
    "language/units_en.tsv",
)


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """A document of the index. `path` is as the user gave it; `sha256` is of the lines of the stored text.

    `origins` says where each value of its identity was read; `notes` tell what is odd about it. `file` is a
    fingerprint of the file and its sidecar, `sketch` what tells the text from others. `key` is the file's
    own, from whatever folder the program runs, and `part` counts the reports that the file holds.
    """

    id: str
    path: str
    title: str
    kind: Kind
    place: str
    published: str
    issuer: str
    plan_year: int | None
    origins: dict[str, str]
    years: tuple[int, ...]
    scopes: tuple[str, ...]  # every "year:status" that the document makes statements about
    notes: tuple[str, ...]
    sha256: str
    file: str
    sketch: tuple[int, ...]
    chunks: int
    key: str = ""
    part: int = 1


@dataclass(frozen=True, slots=True)
class Passed:
    """A file that was looked at and not taken: refused for a reason, or the text of another document.

    `twin` is the id of that document, `reason` then its path.
    """

    key: str
    file: str  # its fingerprint; empty where it could not be read at all, or a reader failed
    reason: str
    twin: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The state of an index; `passed` are the files that were not taken."""

    schema: str
    generation: str
    embedder: str
    dimension: int
    chunks: int
    documents: tuple[SourceRecord, ...]
    passed: tuple[Passed, ...] = ()


@cache
def current_schema() -> str:
    """The schema's number and a hash of the language data that shapes what is stored: all of `bind` does."""
    digest = hashlib.sha256()
    binding = sorted(f"bind/{file.name}" for file in files("rag").joinpath("bind", "data").iterdir())
    for name in (*_SHAPING_DATA, *binding):
        digest.update(read_text(name).encode())
    return f"{SCHEMA}-{digest.hexdigest()[:12]}"


def read_manifest(index_dir: Path) -> Manifest | None:
    """The manifest of an index folder, or None where there is no index."""
    try:
        raw = json.loads((index_dir / _NAME).read_text(encoding="utf-8"))
        return _from_json(raw)
    except FileNotFoundError:
        return None
    except NotADirectoryError as error:
        raise IndexStateError(f"{index_dir} is not a folder.", "Choose another --index-dir.") from error
    except PermissionError as error:
        raise IndexStateError(
            f"The index in {index_dir} cannot be read ({error.strerror}).",
            "Check the permissions of the folder, or choose another --index-dir.",
        ) from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise IndexStateError(
            f"The index in {index_dir} is damaged ({type(error).__name__}).",
            "Build it anew with `rag index --rebuild`.",
        ) from error


def require_manifest(index_dir: Path) -> Manifest:
    """The manifest of an index folder; raises IndexStateError where there is no index."""
    manifest = read_manifest(index_dir)
    if manifest is None:
        raise IndexStateError(f"There is no index in {index_dir}.", "Build it with `rag index`.")
    return manifest


def require_documents(manifest: Manifest, index_dir: Path) -> None:
    """Raises IndexStateError where an index is empty."""
    if not manifest.chunks:
        raise IndexStateError(f"The index in {index_dir} holds no document.", "Index some with `rag index`.")


def check_documents(manifest: Manifest, documents: Sequence[str] | None) -> None:
    """Raises InputError for a document that is not in the index."""
    known = {record.id for record in manifest.documents}
    for name in documents or ():
        if name not in known:
            raise InputError(f"There is no document “{name}” in the index.", "`rag sources` lists them.")


def _from_json(raw: dict[str, Any]) -> Manifest:
    other = not str(raw["schema"]).startswith(f"{SCHEMA}-")
    records = tuple(_record(row, other) for row in raw["documents"])
    passed = () if other else tuple(Passed(**row) for row in raw["passed"])
    return Manifest(**{**raw, "documents": records, "passed": passed})


def _record(row: dict[str, Any], other: bool) -> SourceRecord:
    """A document; of another version's manifest what both know, which is enough to build it anew."""
    if other:
        known = {item.name for item in fields(SourceRecord)}
        row = {**_UNTOLD, **{name: value for name, value in row.items() if name in known}}
        row["key"] = row["key"] or file_key(Path(row["path"]))
    values: dict[str, Any] = {name: tuple(v) if isinstance(v, list) else v for name, v in row.items()}
    return SourceRecord(**values)


_UNTOLD: dict[str, Any] = {
    "kind": "other",
    "issuer": "",
    "origins": {},
    "notes": (),
    "file": "",
    "sketch": (),
    "key": "",
}


def is_of_this_schema(manifest: Manifest) -> bool:
    """Whether an index was made by this schema, if perhaps by other language data."""
    return manifest.schema.startswith(f"{SCHEMA}-")


def write_manifest(index_dir: Path, manifest: Manifest) -> None:
    """Replaces the manifest in one step."""
    temporary = index_dir / f"{_NAME}.new"
    with temporary.open("w", encoding="utf-8") as file:
        json.dump(asdict(manifest), file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(index_dir / _NAME)


def check_manifest(manifest: Manifest, embedder: str) -> None:
    """Raises IndexStateError if the index was made by another embedder or another version."""
    if manifest.embedder != embedder:
        raise IndexStateError(
            f"The index was built with the embedder “{manifest.embedder}”, the settings name “{embedder}”;"
            " their vectors cannot be compared.",
            "Run `rag index` to build it anew with this embedder, or go back to the other one.",
        )
    check_schema(manifest)


def check_schema(manifest: Manifest) -> None:
    """Raises IndexStateError if the index was made by another version."""
    if manifest.schema != current_schema():
        raise IndexStateError(
            "The index was built by another version of this program.",
            "Run `rag index` to build it anew; the documents are kept.",
        )
