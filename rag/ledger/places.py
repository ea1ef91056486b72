"""The places of a ledger by any of their names."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator

from rag.language import find_places, named

_HAN_NAME = range(10, 1, -1)  # characters of a name that no list holds, the longest first
_ENGLISH_NAME = range(4, 0, -1)  # words


def fold_place(name: str) -> str:
    """How the names of places that no list holds are compared.

    >>> fold_place("Qing’he "), fold_place("青禾市")
    ('qinghe', '青禾市')
    """
    return re.sub(r"[\s'’]", "", name).lower().encode(errors="replace").decode()


def place_numbers(connection: sqlite3.Connection, name: str) -> tuple[int, ...]:
    """The places of the ledger that a name means; of a province and a city of one name, the province."""
    listed = named(name)
    for level in dict.fromkeys(place.level for place in listed):
        codes = [place.code for place in listed if place.level == level]
        query = f"SELECT number FROM places WHERE code IN ({', '.join('?' for _ in codes)})"
        if known := connection.execute(query, codes).fetchall():
            return tuple(number for (number,) in known)
    rows = connection.execute("SELECT place FROM place_names WHERE name = ?", (fold_place(name),))
    return tuple(number for (number,) in rows)


def take_places(connection: sqlite3.Connection, text: str) -> tuple[str, tuple[int, ...]]:
    """The places of the ledger that a text names, and the text without them."""
    numbers: dict[int, None] = {}
    listed = [
        (m.start, m.end, place_numbers(connection, m.text)) for m in find_places(text, abbreviated=True)
    ]
    for start, end, found in listed or _unlisted(connection, text):
        if found:
            numbers |= dict.fromkeys(found)
            text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return text, tuple(numbers)


def _unlisted(connection: sqlite3.Connection, text: str) -> Iterator[tuple[int, int, tuple[int, ...]]]:
    """Where a text names places that no list holds, but the ledger, and which."""
    stretches = list(_stretches(text))
    names = sorted({fold_place(text[start:end]) for start, end in stretches})
    marks = ", ".join("?" for _ in names)
    query = f"SELECT name, place FROM place_names WHERE name IN ({marks})"
    known: dict[str, tuple[int, ...]] = {}
    for name, number in connection.execute(query, names):
        known[name] = (*known.get(name, ()), number)
    passed = 0
    for start, end in stretches:
        found = known.get(fold_place(text[start:end]))
        if found and start >= passed:
            passed = end
            yield start, end, found


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """Every stretch of a text that could be a name, from left to right, the longest first.

    >>> [text[a:b] for text in ("青禾市GDP",) for a, b in _stretches(text)]
    ['青禾市GDP', '青禾市', '青禾', '禾市GDP', '禾市', '市GDP', 'GDP']
    """
    words = [match.span() for match in re.finditer(r"[A-Za-z'’]+|[\u3400-\u9fff]", text)]
    for number, (start, _) in enumerate(words):
        sizes = _ENGLISH_NAME if text[start].isascii() else _HAN_NAME
        for size in sizes:
            if number + size <= len(words):
                yield start, words[number + size - 1][1]


def unknown_places(connection: sqlite3.Connection, names: Iterable[str]) -> tuple[str, ...]:
    """Those places that the ledger tells nothing of."""
    return tuple(name for name in names if not place_numbers(connection, name))
