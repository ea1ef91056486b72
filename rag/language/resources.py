"""Loads the language data that travels with the package: `rag/ROOM/data/FILE`, named "ROOM/FILE"."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


def read_text(name: str) -> str:
    """The content of one data file, such as "language/terms.tsv"."""
    room, _, file = name.partition("/")
    return files("rag").joinpath(room, "data", file).read_text(encoding="utf-8")


@cache
def load_toml(name: str) -> dict[str, Any]:
    """A TOML data file, parsed once."""
    return tomllib.loads(read_text(name))


@cache
def load_tsv(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a tab-separated data file, without comments (`#`) and empty lines."""
    rows = (line.split("\t") for line in read_text(name).splitlines() if line and line[0] != "#")
    return tuple(tuple(cell.strip() for cell in row) for row in rows)
