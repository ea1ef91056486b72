"""`rag doctor` finds what is wrong with an index and says what to do; a rebuild then mends it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from rag.adapters.embedded import EmbeddedEmbedder
from rag.commands.doctor import Check, run_checks
from rag.index.manifest import write_manifest
from rag.settings import Settings
from rag.wiring import open_pipeline, open_store
from tests.index.shelf import Shelf, plan

PARTS = ("index", "stored texts", "word index", "vector store", "figures", "files")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """Two files and an index over them, which nobody harms."""
    shelf = Shelf(
        tmp_path_factory.mktemp("files"), Settings(index_dir=str(tmp_path_factory.mktemp("whole") / "index"))
    )
    shelf.put("a.txt", plan())
    shelf.put("b.txt", plan("望海市", wanted=31))
    shelf.run()
    return shelf


@pytest.fixture
def built(whole: Shelf, tmp_path: Path) -> Shelf:
    """The same files, and an index that may be harmed."""
    shutil.copytree(whole.index, tmp_path / "index")
    return Shelf(whole.folder, Settings(index_dir=str(tmp_path / "index")))


def found(shelf: Shelf) -> dict[str, Check]:
    return {check.name: check for check in run_checks(shelf.settings)}


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


Damage = Callable[[Path, Path], object]  # of the index folder, of its generation
DAMAGE: dict[str, tuple[Damage, dict[str, str]]] = {
    "files are cut": (
        lambda _, g: [
            cut(path)
            for path in (
                g / "documents" / "a.json", g / "lexical" / "words.npy", g / "chroma" / "chroma.sqlite3",
                g / "ledger.sqlite",
            )
        ],
        {
            "stored texts": "damaged: a;", "word index": "damaged (ValueError)", "vector store": "malformed",
            "figures": "malformed",
        },
    ),
    "files are cut or empty": (
        lambda _, g: [
            (g / "documents" / "b.json").write_bytes(b""),
            (g / "chroma" / "chroma.sqlite3").write_bytes(b""),
            (g / "ledger.sqlite").unlink(),
            *(cut(path) for path in (g / "lexical" / "zh").iterdir()),
        ],
        {"stored texts": "damaged: b;", "word index": "damaged", "vector store": "does not exist", "figures": "missing"},
    ),
    "folders are missing": (
        lambda _, g: [shutil.rmtree(g / name) for name in ("lexical", "chroma", "documents")],
        {"stored texts": "missing or damaged: a, b;", "word index": "missing", "vector store": "missing"},
    ),
    "the generation is missing": (
        lambda _, g: shutil.rmtree(g),
        {"stored texts": "missing", "word index": "missing", "vector store": "missing", "figures": "missing"},
    ),
    "the manifest is no JSON": (lambda i, _: (i / "manifest.json").write_text("{"), {"index": "damaged"}),
    "the manifest is bytes": (lambda i, _: (i / "manifest.json").write_bytes(b"\xff\0"), {"index": "damaged"}),
}  # fmt: skip


@pytest.mark.parametrize("name", DAMAGE)
def test_damage_is_found_and_mended_by_a_rebuild(built: Shelf, name: str) -> None:
    damage, expected = DAMAGE[name]
    damage(built.index, built.index / built.manifest.generation)
    checks = found(built)
    assert {part for part in PARTS if part in checks and not checks[part].ok} == set(expected)
    for part, words in expected.items():
        assert words in checks[part].detail
        assert "rag index --rebuild" in checks[part].detail
    told = built.run(rebuild=True)
    assert (told.refused, told.removed) == ((), ())
    assert built.ask("望海市2025年计划新建公园多少个?").answer.startswith("31个")


@pytest.fixture(scope="module")
def large(whole: Shelf, embedder: EmbeddedEmbedder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Chroma keeps its graph in files of its own once there are more than a thousand passages."""
    (hit,) = open_pipeline(whole.settings).search("公园", 1)
    index = tmp_path_factory.mktemp("large") / "index"
    shutil.copytree(whole.index, index, ignore=shutil.ignore_patterns("chroma"))
    write_manifest(index, replace(whole.manifest, chunks=1200))
    chunks = [replace(hit.chunk, id=f"x-{i}") for i in range(1200)]
    vectors = embedder.encode_documents(["公园"]).repeat(1200, axis=0)
    open_store(index / whole.manifest.generation / "chroma", True).add(chunks, vectors)
    return index


@pytest.mark.parametrize(
    ("part", "said"),
    [("header.bin", "ends the program that reads it"), ("index_metadata.pickle", "damaged (")],
)
def test_a_store_that_ends_its_reader_does_not_end_the_doctor(
    large: Path, tmp_path: Path, part: str, said: str
) -> None:
    shutil.copytree(large, tmp_path / "index")
    cut(next((tmp_path / "index").rglob(part)))
    check = found(Shelf(tmp_path, Settings(index_dir=str(tmp_path / "index"))))["vector store"]
    assert (check.ok, said in check.detail) == (False, True)


def test_a_whole_index_is_told_as_such(shelf: Shelf) -> None:
    path = shelf.put("a.txt", plan())
    shelf.run()
    checks = found(shelf)
    assert all(checks[part].ok for part in PARTS)
    assert "1 documents" in checks["index"].detail
    assert "where it was" in checks["files"].detail
    path.unlink()
    assert found(shelf)["files"].detail == "no longer where they were: a; the index keeps their texts"


def test_an_index_folder_that_is_closed_is_told(built: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(os, "access", lambda path, mode: False)
        assert "cannot be written" in found(built)["index"].detail

    def read_text(*_: object, **__: object) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_text", read_text)
    check = found(built)["index"]
    assert (check.ok, "cannot be read (Permission denied)" in check.detail) == (False, True)
    assert "permissions" in check.detail


def test_no_index_is_no_fault(shelf: Shelf) -> None:
    assert found(shelf)["index"].ok
