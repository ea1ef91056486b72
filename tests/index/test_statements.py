"""The figures of an index are written with it, kept up to date, and told when they are lost."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

import rag.index.generation
import rag.ledger.writing
from rag.errors import IndexStateError
from rag.schema import Document, Statement
from rag.wiring import open_pipeline
from tests.conftest import Run
from tests.index.shelf import Shelf, plan


@pytest.fixture
def built(shelf: Shelf) -> Shelf:
    shelf.put("a.txt", plan())
    shelf.put("b.txt", plan("望海市", wanted=31))
    shelf.run()
    return shelf


def figures(shelf: Shelf) -> list[str]:
    return [entry.figure for entry in open_pipeline(shelf.settings).facts()]


def ledger(shelf: Shelf) -> Path:
    return shelf.index / shelf.manifest.generation / "ledger.sqlite"


@pytest.fixture
def embedded(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many passages each run embeds that writes an index."""
    counts: list[int] = []
    real = rag.index.generation._known_vectors

    def known(folder: Path, old: object, chunks: list[object], opened: object) -> dict[str, object]:
        vectors = real(folder, old, chunks, opened)  # type: ignore[arg-type]
        counts.append(len(chunks) - len(vectors))
        return vectors  # type: ignore[return-value]

    monkeypatch.setattr(rag.index.generation, "_known_vectors", known)
    return counts


def test_figures_follow_their_documents(built: Shelf) -> None:
    assert figures(built) == ["12个", "20个", "12个", "31个"]
    built.put("a.txt", plan(built=13))
    built.put("c.txt", plan("临江市", 7, 8))
    built.run()
    assert figures(built) == ["13个", "20个", "12个", "31个", "7个", "8个"]
    built.run(remove=["b"])
    assert figures(built) == ["13个", "20个", "7个", "8个"]


def lose(path: Path) -> None:
    path.unlink()


def age(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE about SET reading = 'of an older version'")
        connection.commit()


@pytest.mark.parametrize("harm", [lose, age])
def test_figures_that_are_lost_or_old_are_read_anew_and_nothing_else(
    built: Shelf, embedded: list[int], harm: Callable[[Path], object]
) -> None:
    harm(ledger(built))
    told = built.run()
    assert "figures" in told.rebuilt
    assert (told.unchanged, told.added, told.changed) == (("a", "b"), (), ())
    assert embedded == [0]
    assert figures(built) == ["12个", "20个", "12个", "31个"]
    assert built.run().rebuilt == ""


def test_lost_figures_are_told_with_what_helps(built: Shelf, rag: Run) -> None:
    ledger(built).unlink()
    with pytest.raises(IndexStateError, match=r"ledger\.sqlite is missing"):
        open_pipeline(built.settings)
    for command in (("facts",), ("compare", "公园"), ("facts", "公园", "--json")):
        done = rag(*command, RAG_INDEX_DIR=str(built.index))
        assert (done.returncode, done.stdout) == (3, "")
        assert "rag index --rebuild" in done.stderr


def test_an_index_of_other_language_data_is_told_to_those_who_want_figures(built: Shelf, rag: Run) -> None:
    path = built.index / "manifest.json"
    raw = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**raw, "schema": raw["schema"][:-3] + "xyz"}), encoding="utf-8")
    done = rag("facts", RAG_INDEX_DIR=str(built.index))
    assert done.returncode == 3
    assert "another version" in done.stderr
    told = built.run()
    assert "another version" in told.rebuilt
    assert figures(built) == ["12个", "20个", "12个", "31个"]


def test_a_document_whose_figures_cannot_be_read_is_indexed_and_noted(
    built: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = rag.ledger.writing.read_statements

    def read(document: Document) -> tuple[Statement, ...]:
        if document.id == "c":
            raise RecursionError("too deep")
        return real(document)

    monkeypatch.setattr(rag.ledger.writing, "read_statements", read)
    built.put("c.txt", plan("临江市"))
    told = built.run()
    note = "its figures could not be read (RecursionError: too deep)"
    assert told.added == ("c",)
    assert ("c", note) in told.notes
    assert note in built.records["c"].notes
    assert figures(built) == ["12个", "20个", "12个", "31个"]
