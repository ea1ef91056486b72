"""What a generation keeps of every document: its lines, with what its owner told of it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, astuple, dataclass
from pathlib import Path
from typing import Any

from rag.errors import IndexStateError, SourceError
from rag.index.manifest import Manifest, SourceRecord
from rag.read import Line, Reading, clean, parse_reading, plain_reading
from rag.schema import Document


@dataclass(frozen=True, slots=True)
class Stored:
    """A cleaned reading and the values of a sidecar, from which the document is parsed."""

    reading: Reading
    told: Mapping[str, str]

    def parse(self, document_id: str, path: str) -> Document:
        """The document; raises SourceError where the reading holds none."""
        return parse_reading(self.reading, document_id, path, self.told)


def write_stored(folder: Path, document_id: str, stored: Stored) -> None:
    """Writes a document's reading into the folder of its generation."""
    raw = {**asdict(stored.reading), "told": dict(stored.told)}
    raw["lines"] = [list(astuple(line)) for line in stored.reading.lines]
    (folder / f"{document_id}.json").write_text(json.dumps(raw, ensure_ascii=False), encoding="utf-8")


def read_stored(index_dir: Path, manifest: Manifest | None, document_id: str) -> Stored:
    """What is kept of a document; raises SourceError for an unknown id, IndexStateError if it is damaged."""
    _record(manifest, document_id)
    assert manifest is not None
    path = index_dir / manifest.generation / "documents" / f"{document_id}.json"
    try:
        if not path.exists():  # until schema 4 the text was stored as it had been read
            return Stored(clean(plain_reading(path.with_suffix(".txt").read_text(encoding="utf-8"))), {})
        raw = json.loads(path.read_bytes())
        lines = tuple(map(_line, raw["lines"]))
        reading = Reading(lines, raw["title"], raw["published"], tuple(raw["warnings"]))
        return Stored(reading, raw["told"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexStateError(
            f"The stored text of “{document_id}” is missing.", "Run `rag index --rebuild`."
        ) from error


def _line(values: Sequence[Any]) -> Line:
    """A line from its values; until schema 6 there were four."""
    text, page, level, cells, *rest = values
    at, turns = rest or (None, ())
    return Line(text, page, level, tuple(cells), at, tuple(turns))


def stored_text(index_dir: Path, manifest: Manifest | None, document_id: str) -> str:
    """The stored text of a document; raises SourceError for an unknown id."""
    return read_stored(index_dir, manifest, document_id).reading.text


def stored_digest(index_dir: Path, manifest: Manifest | None, document_id: str) -> str:
    """What tells the words of a stored document; raises SourceError for an unknown id."""
    return read_stored(index_dir, manifest, document_id).reading.digest


def stored_document(index_dir: Path, manifest: Manifest | None, document_id: str) -> Document:
    """A stored document, parsed; raises SourceError for an unknown id."""
    stored = read_stored(index_dir, manifest, document_id)
    return stored.parse(document_id, _record(manifest, document_id).path)


def _record(manifest: Manifest | None, document_id: str) -> SourceRecord:
    for record in manifest.documents if manifest else ():
        if record.id == document_id:
            return record
    raise SourceError(f"There is no document “{document_id}” in the index.", "`rag sources` lists them.")
