"""A generation's ledger: one SQLite file that is written as a whole and then only read."""

from __future__ import annotations

import hashlib
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from rag.errors import IndexStateError

FORMAT = 1  # raised when the tables change
NAME = "ledger.sqlite"
_READ_BY = ("schema.py", "language", "bind", "ledger")  # what a document goes through to become statements
_REBUILD = "Build it anew with `rag index --rebuild`."


@dataclass(frozen=True, slots=True)
class Ledger:
    """An opened ledger; every thread reads it by a connection of its own."""

    path: Path
    _local: threading.local = field(default_factory=threading.local, repr=False, compare=False)


@cache
def reading_version() -> str:
    """A hash of the code and the data that read statements: what another has read is read again."""
    digest = hashlib.sha256()
    root = files("rag")
    for name in _READ_BY:
        for file in _files(root.joinpath(name)):
            digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]


def _files(item: Traversable) -> Iterator[Traversable]:
    if item.is_file():
        yield item
    elif item.is_dir() and item.name != "__pycache__":
        for inner in sorted(item.iterdir(), key=lambda found: found.name):
            yield from _files(inner)


def open_ledger(path: Path) -> Ledger:
    """The ledger in a file; raises IndexStateError for one that is missing, damaged or of another format."""
    ledger = Ledger(path)
    if not path.is_file():
        raise IndexStateError(f"The index is damaged: {NAME} is missing.", _REBUILD)
    with reading(ledger) as connection:
        (number,) = connection.execute("PRAGMA user_version").fetchone()
        if number == FORMAT:
            connection.execute("SELECT reading FROM about").fetchone()
    if number != FORMAT:
        raise IndexStateError(
            "The figures of the index were stored by another version of this program.",
            "Run `rag index` to build it anew; the documents are kept.",
        )
    return ledger


@contextmanager
def reading(ledger: Ledger) -> Iterator[sqlite3.Connection]:
    """A connection to read by; raises IndexStateError for whatever damage is met."""
    try:
        yield _connection(ledger)
    except sqlite3.Error as error:
        raise IndexStateError(f"The index is damaged: {NAME} cannot be read ({error}).", _REBUILD) from error


def _connection(ledger: Ledger) -> sqlite3.Connection:
    connection: sqlite3.Connection | None = getattr(ledger._local, "connection", None)
    if connection is None:
        connection = sqlite3.connect(read_only(ledger.path), uri=True)
        connection.row_factory = sqlite3.Row
        ledger._local.connection = connection
    return connection


def read_only(path: Path) -> str:
    """The address by which SQLite opens a file that nobody changes any more."""
    return f"{path.absolute().as_uri()}?mode=ro&immutable=1"


def ledger_damage(path: Path, documents: int) -> str:
    """What is wrong with the ledger of an index of so many documents; empty if nothing is."""
    try:
        ledger = open_ledger(path)
        with reading(ledger) as connection:
            found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
            (count,) = connection.execute("SELECT count(*) FROM documents").fetchone()
            connection.execute("SELECT count(*) FROM words WHERE words MATCH '\"~level\"'").fetchone()
    except IndexStateError as error:
        return error.message.rstrip(".")
    if found != "ok":
        return f"damaged ({' '.join(found.split())})"
    return "" if count == documents else f"{count} of {documents} documents are there"


def is_current(path: Path) -> bool:
    """Whether a ledger is whole and was read by this version of the program."""
    try:
        with reading(open_ledger(path)) as connection:
            return bool(connection.execute("SELECT reading FROM about").fetchone()[0] == reading_version())
    except IndexStateError:
        return False
