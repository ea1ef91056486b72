"""`rag doctor` finds what is wrong with an index and says what to do; a rebuild then mends it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from rag.adapters.embedded import EmbeddedEmbedder
from rag.commands.doctor import Check, run_checks
from rag.wiring import open_pipeline, open_store
from tests.index.shelf import Shelf, plan


@pytest.fixture
def built(shelf: Shelf) -> Shelf:
    shelf.put("a.txt", plan())
    shelf.put("b.txt", plan("望海市", wanted=31))
    shelf.run()
    return shelf


def found(shelf: Shelf) -> dict[str, Check]:
    return {check.name: check for check in run_checks(shelf.settings)}


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


DAMAGE: dict[str, tuple[Callable[[Path, Path], object], str, str]] = {
    "a stored text is missing": (lambda _, g: (g / "documents" / "b.json").unlink(), "stored texts", "b"),
    "a stored text was changed": (lambda _, g: cut(g / "documents" / "a.json"), "stored texts", "a"),
    "the word index is missing": (lambda _, g: shutil.rmtree(g / "lexical"), "word index", "missing"),
    "the word vectors are cut": (lambda _, g: cut(g / "lexical" / "words.npy"), "word index", "ValueError"),
    "the ranking is cut": (
        lambda _, g: [cut(path) for path in (g / "lexical" / "zh").iterdir()], "word index", "damaged",
    ),
    "the vector store is missing": (lambda _, g: shutil.rmtree(g / "chroma"), "vector store", "missing"),
    "the vector store is cut": (lambda _, g: cut(g / "chroma" / "chroma.sqlite3"), "vector store", "malformed"),
    "the vector store is empty": (
        lambda _, g: (g / "chroma" / "chroma.sqlite3").write_bytes(b""), "vector store", "does not exist",
    ),
    "the manifest is no JSON": (lambda i, _: (i / "manifest.json").write_text("{"), "index", "damaged"),
    "the manifest is bytes": (lambda i, _: (i / "manifest.json").write_bytes(b"\xff\x00"), "index", "damaged"),
    "the generation is missing": (lambda _, g: shutil.rmtree(g), "stored texts", "missing"),
}  # fmt: skip


@pytest.mark.parametrize("name", DAMAGE)
def test_damage_is_found_and_mended_by_a_rebuild(built: Shelf, name: str) -> None:
    damage, where, what = DAMAGE[name]
    damage(built.index, built.index / built.manifest.generation)
    check = found(built)[where]
    assert not check.ok
    assert what in check.detail
    assert "rag index --rebuild" in check.detail
    told = built.run(rebuild=True)
    assert (told.refused, told.removed) == ((), ())
    assert all(
        check.ok
        for name, check in found(built).items()
        if name in ("index", "stored texts", "word index", "vector store")
    )
    assert built.ask("望海市2025年计划新建公园多少个?").answer.startswith("31个")


@pytest.mark.parametrize("part", ["data_level0.bin", "header.bin"])
def test_a_store_that_ends_its_reader_does_not_end_the_doctor(
    built: Shelf, embedder: EmbeddedEmbedder, part: str
) -> None:
    """Chroma keeps its graph in files of its own once there are more than a thousand passages."""
    from dataclasses import replace

    pipeline = open_pipeline(built.settings)
    (hit,) = pipeline.search("公园", 1)
    folder = built.index / built.manifest.generation / "chroma"
    shutil.rmtree(folder)
    vector = embedder.encode_documents(["公园"])
    chunks = [replace(hit.chunk, id=f"x-{i}") for i in range(1200)]
    open_store(folder, True).add(chunks, vector.repeat(1200, axis=0))
    cut(next(folder.rglob(part)))
    assert not found(built)["vector store"].ok


def test_a_whole_index_is_told_as_such(built: Shelf) -> None:
    checks = found(built)
    assert all(checks[name].ok for name in ("index", "stored texts", "word index", "vector store", "files"))
    assert "2 documents" in checks["index"].detail
    assert "where it was" in checks["files"].detail
    (built.folder / "a.txt").unlink()
    assert found(built)["files"].detail == "no longer where they were: a; the index keeps their texts"


def test_an_index_folder_that_is_closed_is_told(built: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    assert "cannot be written" in found(built)["index"].detail

    def read_text(*_: object, **__: object) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_text", read_text)
    check = found(built)["index"]
    assert (check.ok, "cannot be read (Permission denied)" in check.detail) == (False, True)
    assert "permissions" in check.detail


def test_no_index_is_no_fault(shelf: Shelf) -> None:
    assert found(shelf)["index"].ok
