"""Filter -> entries of a ledger, streamed: nothing here grows with what the ledger holds."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from rag.language import find_quantities, find_single_years
from rag.ledger.places import place_numbers, take_places, unknown_places
from rag.ledger.rows import Entry, entry_of
from rag.ledger.store import Ledger, reading
from rag.ledger.words import read_words, searches
from rag.schema import Certainty, Measure

Condition = tuple[str, tuple[object, ...]]  # a condition of SQL and its values
_IN_ORDER = "document_number, position"


@dataclass(frozen=True, slots=True)
class Filter:
    """Which statements are wanted; what is empty restricts nothing.

    `words` name a subject in Chinese or English, and may name places and years too, which count where none
    are given. A year is the last of a statement's period, or lies in a period of years; a place is meant
    itself, not what lies in it.
    """

    words: str = ""
    places: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    statuses: tuple[Certainty, ...] = ()
    unit_class: str = ""
    measures: tuple[Measure, ...] = ()
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a ledger tells of: places, those of most statements first, and years."""

    places: tuple[str, ...]
    years: tuple[int, ...]


def find(ledger: Ledger, wanted: Filter, limit: int | None = None, offset: int = 0) -> Iterator[Entry]:
    """The statements that fit.

    Without words they come in the order of documents and of places in them; with words those first whose
    subject agrees best, and of these the newest.
    """
    with reading(ledger) as connection:
        text, conditions = _read_search(connection, wanted)
        if text.strip():
            found = _find_words(connection, text, conditions)
            yield from islice(found, offset, None if limit is None else offset + limit)
        else:
            query = f"SELECT * FROM told WHERE {_all(conditions)} ORDER BY {_IN_ORDER} LIMIT ? OFFSET ?"
            values = (*_values(conditions), -1 if limit is None else limit, offset)
            yield from map(entry_of, connection.execute(query, values))


def _find_words(
    connection: sqlite3.Connection, text: str, conditions: Sequence[Condition]
) -> Iterator[Entry]:
    """The statements that words find, streamed in turn by how well they agree."""
    query = (
        "SELECT told.* FROM words CROSS JOIN told ON told.number = words.rowid"
        f" WHERE words MATCH ? AND {_all(conditions)} ORDER BY words.rowid"
    )
    for search in searches(read_words(text)):
        yield from map(entry_of, connection.execute(query, (search, *_values(conditions))))


def _read_search(connection: sqlite3.Connection, wanted: Filter) -> tuple[str, list[Condition]]:
    """The words of a search, without the years and places that they name, and all conditions."""
    text = _without_years(wanted.words)
    conditions = _conditions(connection, replace(wanted, years=wanted.years or named_years(wanted.words)))
    if not wanted.places and text.strip():
        text, places = take_places(connection, text)
        conditions += [_one_of("place_number", places)] if places else []
    return text, conditions


@dataclass(frozen=True, slots=True)
class Thing:
    """What some statements are figures of, what most of them call it, and how many they are."""

    thing: str
    subject: str
    statements: int


def things_of(ledger: Ledger, wanted: Filter, most: int) -> list[Thing]:
    """The things of a place that words name best, those of most statements first; of `most` statements."""
    with reading(ledger) as connection:
        text, conditions = _read_search(connection, wanted)
        query = (
            "SELECT thing, subject, count(*) AS told FROM ("
            " SELECT thing, subject FROM words CROSS JOIN told ON told.number = words.rowid"
            f" WHERE words MATCH ? AND entity IS NULL AND {_all(conditions)} ORDER BY words.rowid LIMIT ?)"
            " GROUP BY thing, subject ORDER BY told DESC, subject"
        )
        for search in searches(read_words(text)):
            rows = connection.execute(query, (search, *_values(conditions), most)).fetchall()
            if rows:
                return _things(rows)
    return []


def _things(rows: Sequence[sqlite3.Row]) -> list[Thing]:
    """The things of rows that tell how many statements call them what, commonest names first."""
    found: dict[str, Thing] = {}
    for thing, subject, told in rows:
        known = found.get(thing, Thing(thing, subject, 0))
        found[thing] = replace(known, statements=known.statements + told)
    return sorted(found.values(), key=lambda thing: -thing.statements)


def find_thing(ledger: Ledger, thing: str, wanted: Filter, limit: int) -> Iterator[Entry]:
    """The statements of a thing of places, the newest first; what words name beside it counts."""
    with reading(ledger) as connection:
        _, conditions = _read_search(connection, wanted)
        query = (
            f"SELECT * FROM told WHERE thing = ? AND entity IS NULL AND {_all(conditions)}"
            " ORDER BY number LIMIT ?"
        )
        yield from map(entry_of, connection.execute(query, (thing, *_values(conditions), limit)))


def named_years(words: str) -> tuple[int, ...]:
    """The years that words name.

    >>> named_years("2023年和2024年的GDP")
    (2023, 2024)
    """
    return tuple(dict.fromkeys(span.last for span in find_single_years(words, bare=True)))


def _without_years(text: str) -> str:
    for span in find_single_years(text, bare=True):
        text = f"{text[: span.start]}{' ' * (span.end - span.start)}{text[span.end :]}"
    return text


def _conditions(connection: sqlite3.Connection, wanted: Filter) -> list[Condition]:
    found: list[Condition] = []
    if wanted.places:
        numbers = [number for name in wanted.places for number in place_numbers(connection, name)]
        found.append(_one_of("place_number", numbers))
    if wanted.years:
        found.append(_of_years(wanted.years))
    for column, values in (
        ("status", wanted.statuses),
        ("measure", wanted.measures),
        ("document", wanted.documents),
        ("unit_class", (wanted.unit_class,) if wanted.unit_class else ()),
    ):
        if values:
            found.append(_one_of(column, values))
    return found


def _one_of(column: str, values: Sequence[object]) -> Condition:
    return f"{column} IN ({', '.join('?' for _ in values)})", tuple(values)


def _of_years(years: Sequence[int]) -> Condition:
    """That the period of a statement ends in one of some years, or spans one."""
    inside = "(period_kind IN ('span', 'average') AND period_start <= ? AND period_end >= ?)"
    ending, values = _one_of("period_end", years)
    spans = " OR ".join(inside for _ in years)
    return f"({ending} OR {spans})", (*values, *(year for year in years for _ in range(2)))


def _all(conditions: Sequence[Condition]) -> str:
    return " AND ".join(text for text, _ in conditions) or "TRUE"


def _values(conditions: Sequence[Condition]) -> tuple[object, ...]:
    return tuple(value for _, values in conditions for value in values)


def statement_at(ledger: Ledger, document: str, offset: int) -> Entry | None:
    """The statement whose figure stands at an offset of a document; None if none does."""
    query = "SELECT * FROM told WHERE document = ? AND figure_start <= ? AND figure_end > ? LIMIT 1"
    with reading(ledger) as connection:
        row = connection.execute(query, (document, offset, offset)).fetchone()
    return entry_of(row) if row else None


def coverage(ledger: Ledger) -> Coverage:
    """What a ledger tells of."""
    with reading(ledger) as connection:
        rows = connection.execute("SELECT field, value FROM covered").fetchall()
    places, years = ([value for name, value in rows if name == field] for field in ("place", "year"))
    return Coverage(tuple(filter(None, places)), tuple(years))


def uncovered_places(ledger: Ledger, names: Sequence[str]) -> tuple[str, ...]:
    """Those places that a ledger tells nothing of."""
    with reading(ledger) as connection:
        return unknown_places(connection, names)


def unit_class_of(ledger: Ledger, unit: str) -> str | None:
    """The class of a unit as it is written, or by its own name; None for one that no statement has."""
    read = find_quantities(f"1{unit.strip()}")
    names = (unit.strip(), *(quantity.unit_class for quantity in read if quantity.unit))
    with reading(ledger) as connection:
        rows = connection.execute("SELECT value FROM covered WHERE field = 'unit'")
        known = {value for (value,) in rows}
    return next((name for name in names if name in known), None)
