"""Documents -> a ledger: statements are bound, or copied from the last ledger where nothing has changed."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from rag.bind import read_listings, read_statements
from rag.language import place_names, read_text
from rag.ledger.places import fold_place
from rag.ledger.rows import draft_rows
from rag.ledger.store import FORMAT, is_current, read_only, reading_version
from rag.ledger.words import text_tokens
from rag.schema import Document, Listing


def write_ledger(
    path: Path,
    documents: Sequence[Document],
    old: Path | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> dict[str, str]:
    """Writes a ledger into a new file; by document, what hindered its figures from being read.

    What stands in the `old` ledger for a document that is read in the same way is copied.
    """
    failed: dict[str, str] = {}
    with closing(sqlite3.connect(path, uri=True)) as connection:
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        connection.executescript(read_text("ledger/tables.sql"))
        connection.execute("CREATE TEMP TABLE drafts AS SELECT * FROM told LIMIT 0")
        if old and is_current(old):
            connection.execute("ATTACH ? AS old", (read_only(old),))
            known = dict(connection.execute("SELECT id, source FROM old.documents WHERE source <> ''"))
        else:
            known = {}
        copied = []
        for number, document in enumerate(documents, start=1):
            progress(number - 1, len(documents))
            source = _source_of(document)
            if known.get(document.id) == source:
                copied.append(document.id)
            else:
                failed |= _read(connection, number, document)
            identity = document.identity
            told = (identity.title, document.path, identity.kind, identity.place, identity.year)
            row = (number, document.id, *told, identity.published, "" if document.id in failed else source)
            connection.execute("INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        if copied:
            _copy(connection, copied)
        _fill(connection)
        progress(len(documents), len(documents))
    return failed


def _source_of(document: Document) -> str:
    """A hash of all that a document's statements are read from."""
    parts = (document.sha256, document.identity, document.sections, document.passages, document.tables)
    return hashlib.sha256(repr((*parts, document.pages)).encode(errors="replace")).hexdigest()[:32]


def _read(connection: sqlite3.Connection, number: int, document: Document) -> dict[str, str]:
    """Binds a document's figures; whatever becomes of them, the other documents are read."""
    try:
        drafts = list(draft_rows(document, read_statements(document)))
        listings = read_listings(document)
    except ImportError:
        raise
    except Exception as error:  # of one rule or another, on a text that nobody thought of
        return {document.id: f"its figures could not be read ({type(error).__name__}: {error})"}
    if drafts:
        names = ", ".join(drafts[0])
        values = ", ".join(f":{name}" for name in drafts[0])
        connection.executemany(f"INSERT INTO drafts ({names}) VALUES ({values})", drafts)
    for position, listing in enumerate(listings):
        _add_listing(connection, number, position, document, listing)
    return {}


def _add_listing(
    connection: sqlite3.Connection, number: int, position: int, document: Document, listing: Listing
) -> None:
    text, lead = document.text, listing.lead
    words = (text[lead.start : lead.end], *listing.section[-1:])
    tokens = " ".join(dict.fromkeys(token for part in words for token in text_tokens(part)))
    row: tuple[Any, ...] = (number, position, listing.kind, lead.start, lead.end, words[0])
    row += (json.dumps(listing.section, ensure_ascii=False), listing.year, listing.status, listing.page)
    connection.execute("INSERT INTO listings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (*row, tokens))
    connection.executemany(
        "INSERT INTO items VALUES (?, ?, ?, ?, ?, ?)",
        [
            (number, position, place, item.start, item.end, text[item.start : item.end])
            for place, item in enumerate(listing.items)
        ],
    )


def _copy(connection: sqlite3.Connection, names: Iterable[str]) -> None:
    """Takes over what the old ledger holds of some documents."""
    connection.execute("CREATE TEMP TABLE copied (new INTEGER, old INTEGER)")
    connection.executemany(
        "INSERT INTO copied SELECT new.number, old.number FROM documents AS new JOIN old.documents AS old"
        " ON old.id = new.id WHERE new.id = ?",
        [(name,) for name in names],
    )
    connection.execute(
        "INSERT INTO drafts SELECT told.* FROM old.told AS told"
        " JOIN copied ON copied.old = told.document_number"
    )
    for table, rest in (
        ("listings", "position, kind, lead_start, lead_end, lead, section, year, status, page, tokens"),
        ("items", "listing, position, start, finish, text"),
    ):
        connection.execute(
            f"INSERT INTO main.{table} SELECT copied.new, {rest} FROM old.{table}"
            " JOIN copied ON copied.old = document"
        )


def _fill(connection: sqlite3.Connection) -> None:
    """Tells the drafts apart into their tables."""
    connection.execute("INSERT INTO about VALUES (?)", (reading_version(),))
    connection.commit()
    connection.executescript("BEGIN;\n" + read_text("ledger/fill.sql") + "COMMIT;")
    places = connection.execute("SELECT number, name FROM places WHERE code = ''").fetchall()
    forms = {(fold_place(form), number) for number, name in places for form in (name, *place_names((name,)))}
    connection.executemany("INSERT INTO place_names VALUES (?, ?)", sorted(forms))
    connection.commit()
    connection.executescript(f"ANALYZE main; PRAGMA main.user_version = {FORMAT};")
