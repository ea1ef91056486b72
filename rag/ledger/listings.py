"""The enumerations of a ledger, found by the words that lead them in."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from rag.language import named
from rag.ledger.find import Filter
from rag.ledger.places import place_numbers
from rag.ledger.rows import Source
from rag.ledger.store import Ledger, reading
from rag.ledger.words import read_words, searches
from rag.schema import Listing, Span

_COLUMNS = (
    "listings.*, documents.id AS id, title, path, documents.kind AS document_kind, place,"
    " documents.year AS document_year, published"
)


@dataclass(frozen=True, slots=True)
class Enumeration:
    """A listing with its document, and what its lead and its items say."""

    source: Source
    listing: Listing
    lead: str
    items: tuple[str, ...]


def find_listings(ledger: Ledger, wanted: Filter, limit: int) -> tuple[Enumeration, ...]:
    """The listings whose lead, or heading, agrees best with the words, of these the newest.

    Without words they are all that fit, the newest documents first. Places are those of the documents;
    units and measures mean nothing here.
    """
    found: list[Enumeration] = []
    with reading(ledger) as connection:
        conditions, values = _conditions(connection, wanted)
        if not wanted.words.strip():
            query = (
                f"SELECT {_COLUMNS} FROM listings JOIN documents ON documents.number = listings.document"
                f" WHERE {conditions} ORDER BY documents.year DESC, listings.rowid LIMIT ?"
            )
            rows = connection.execute(query, (*values, limit)).fetchall()
            return tuple(_enumeration(connection, row) for row in rows)
        query = (
            f"SELECT {_COLUMNS} FROM leads CROSS JOIN listings ON listings.rowid = leads.rowid"
            " JOIN documents ON documents.number = listings.document"
            f" WHERE leads MATCH ? AND {conditions} ORDER BY listings.year DESC, listings.rowid LIMIT ?"
        )
        for search in searches(read_words(wanted.words)):
            rows = connection.execute(query, (search, *values, limit - len(found))).fetchall()
            found += [_enumeration(connection, row) for row in rows]
            if len(found) == limit:
                break
    return tuple(found)


def _conditions(connection: sqlite3.Connection, wanted: Filter) -> tuple[str, tuple[object, ...]]:
    names = [name for place in wanted.places for name in _document_places(connection, place)]
    statuses = {"planned" if status == "planned" else "actual" for status in wanted.statuses}
    parts: list[tuple[str, Sequence[object]]] = [
        ("place", names if wanted.places else ()),
        ("listings.year", wanted.years),
        ("status", sorted(statuses)),
        ("id", wanted.documents),
    ]
    asked = [(column, values) for column, values in parts if values]
    text = " AND ".join(f"{column} IN ({', '.join('?' for _ in values)})" for column, values in asked)
    if wanted.places and not names:
        text = "FALSE"
    return text or "TRUE", tuple(value for _, values in asked for value in values)


def _document_places(connection: sqlite3.Connection, place: str) -> tuple[str, ...]:
    """The full names that a place may have as that of a document."""
    numbers = place_numbers(connection, place)
    query = f"SELECT name FROM places WHERE number IN ({', '.join('?' for _ in numbers)})"
    told = (name for (name,) in connection.execute(query, numbers))
    return tuple(dict.fromkeys((*(listed.name for listed in named(place)), *told)))


def _enumeration(connection: sqlite3.Connection, row: sqlite3.Row) -> Enumeration:
    query = "SELECT start, finish, text FROM items WHERE document = ? AND listing = ? ORDER BY position"
    items = connection.execute(query, (row["document"], row["position"])).fetchall()
    listing = Listing(
        document=row["id"],
        kind=row["kind"],
        lead=Span(row["lead_start"], row["lead_end"]),
        items=tuple(Span(start, finish) for start, finish, _ in items),
        section=tuple(json.loads(row["section"])),
        year=row["year"],
        status=row["status"],
        page=row["page"],
    )
    about = (row["id"], row["title"], row["path"], row["document_kind"], row["place"])
    source = Source(*about, year=row["document_year"], published=row["published"])
    return Enumeration(source, listing, row["lead"], tuple(text for _, _, text in items))
