"""What an index holds and how it was made; replaced in one step, so that a killed run harms nothing.

The index folder holds `manifest.json` and one folder per generation. A run writes a new generation
beside the old one and then replaces the manifest.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from rag.errors import IndexStateError
from rag.language import read_text
from rag.schema import Kind

SCHEMA = 5  # raised when the meaning of stored data changes
_NAME = "manifest.json"
_SHAPING_DATA = (
    "language/analysis.toml",
    "read/cleaning.toml",
    "read/frames.toml",
    "read/identity.toml",
    "read/outline.toml",
    "language/quantity.toml",
    "language/quantity_en.toml",
    "language/terms.tsv",
    "bind/timeframe.toml",
    "language/units.tsv",
    "language/units_en.tsv",
)


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """A document of the index. `path` is as the user gave it; `sha256` is of the stored text.

    `origins` says where each value of its identity was read; `notes` tell what is odd about it. `file` is a
    fingerprint of the file and its sidecar, `sketch` what tells the text from others.
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


@dataclass(frozen=True, slots=True)
class Passed:
    """A file that was looked at and not taken: refused for a reason, or the text of another document."""

    path: str
    file: str  # its fingerprint
    reason: str
    duplicate: bool = False


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
    """The schema's number and a hash of the language data that shapes what is stored."""
    digest = hashlib.sha256()
    for name in _SHAPING_DATA:
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
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexStateError(
            f"The index in {index_dir} is damaged ({type(error).__name__}).",
            "Build it anew with `rag index --rebuild`.",
        ) from error


def _from_json(raw: dict[str, Any]) -> Manifest:
    lists = ("years", "scopes", "notes", "sketch")
    records = tuple(
        SourceRecord(**{**row, **{name: tuple(row[name]) for name in lists}}) for row in raw["documents"]
    )
    passed = tuple(Passed(**row) for row in raw["passed"])
    return Manifest(**{**raw, "documents": records, "passed": passed})


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
    if manifest.schema != current_schema():
        raise IndexStateError(
            "The index was built by another version of this program.",
            "Run `rag index` to build it anew; the documents are kept.",
        )
