"""A reading -> Document: what it is, its sections, tables, and passages of one topic with year and status."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from rag.errors import SourceError
from rag.read.cleaning import clean
from rag.read.frames import base_frame
from rag.read.head import read_head
from rag.read.identity import correct, identify, plain_text
from rag.read.reading import Reading, plain_reading
from rag.read.walk import Walk
from rag.schema import Document, Section


def parse_document(text: str, document_id: str, path: str) -> Document:
    """Parses plain text; raises SourceError where it holds no document."""
    return parse_reading(clean(plain_reading(text)), document_id, path)


def parse_reading(
    reading: Reading, document_id: str, path: str, told: Mapping[str, str] | None = None
) -> Document:
    """Parses a cleaned reading; `told` are values of its identity that its owner gives (a sidecar).

    Raises SourceError where nothing but a title is left.
    """
    if not reading.lines:
        raise SourceError(f"{path}: no text is left beside the page's furniture.")
    head = read_head(reading.lines)
    identity = correct(identify(reading, head, path), told or {})
    base = base_frame(identity.kind, identity.year, identity.title)
    walk = Walk(reading.text, identity, base, plain_text(reading))
    starts = reading.starts
    walk.lines(reading.lines[head.body :], starts[head.body :])
    if not walk.passages:
        raise SourceError(f"{path}: the text holds a title and no paragraphs.")
    return Document(
        id=document_id,
        path=path,
        identity=identity,
        sha256=reading.digest,
        text=walk.text,
        sections=_close_sections(walk.sections, len(walk.text.rstrip())),
        passages=tuple(walk.passages),
        tables=tuple(walk.tables),
        notes=(*reading.warnings, *walk.notes),
        pages=reading.pages,
    )


def _close_sections(sections: Sequence[Section], last: int) -> tuple[Section, ...]:
    closed: list[Section] = []
    open_at: dict[int, int] = {}  # level -> the section of that level that is still open
    ends = [last] * len(sections)
    for i, section in enumerate(sections):
        for level in [level for level in open_at if level >= section.level]:
            ends[open_at.pop(level)] = section.start
        open_at[section.level] = i
    closed = [replace(section, end=end) for section, end in zip(sections, ends, strict=True)]
    return tuple(closed)
