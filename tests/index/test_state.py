"""Whatever happens to a run, an index stands that can be asked, and its state is told truly."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import rag.index.ingest
from rag.errors import IndexStateError
from rag.index.manifest import read_manifest, write_manifest
from rag.settings import Settings
from rag.wiring import build_index, open_pipeline
from tests.conftest import ROOT
from tests.index.shelf import Shelf, plan, reasons

WANTED = "2025年计划新建公园多少个?"


@pytest.fixture
def built(shelf: Shelf) -> Shelf:
    shelf.put("a.txt", plan())
    shelf.put("b.txt", plan("望海市", wanted=31))
    shelf.run()
    return shelf


def edit(shelf: Shelf, **values: object) -> None:
    raw = json.loads((shelf.index / "manifest.json").read_text(encoding="utf-8"))
    (shelf.index / "manifest.json").write_text(json.dumps({**raw, **values}), encoding="utf-8")


def test_another_embedder_is_noticed_and_explained(built: Shelf) -> None:
    edit(built, embedder="sentence-transformers:other:64")
    with pytest.raises(IndexStateError, match="cannot be compared"):
        open_pipeline(built.settings)
    assert "embedder changed" in built.run().rebuilt
    assert built.ask(f"青禾市{WANTED}").answer.startswith("20个")


def test_an_index_of_an_older_version_is_built_anew_from_files_or_its_own_texts(built: Shelf) -> None:
    """As version 4 left it: fewer fields, and the texts as they had been read."""
    known = ("id", "path", "title", "place", "published", "plan_year", "years", "scopes", "sha256", "chunks")
    raw = json.loads((built.index / "manifest.json").read_text(encoding="utf-8"))
    raw["documents"] = [{name: row[name] for name in known} for row in raw["documents"]]
    del raw["passed"]
    raw["schema"] = "4-0123456789ab"
    (built.index / "manifest.json").write_text(json.dumps(raw), encoding="utf-8")
    documents = built.index / raw["generation"] / "documents"
    for path in documents.glob("*.json"):
        path.unlink()
    (documents / "b.txt").write_text(plan("望海市", wanted=31), encoding="utf-8")
    (built.folder / "b.txt").unlink()
    with pytest.raises(IndexStateError, match="another version") as told:
        open_pipeline(built.settings)
    assert "rag index" in told.value.hint
    done = built.run(built.put("new/c.txt", plan("临江市")))
    assert "another version" in done.rebuilt
    assert set(built.records) == {"a", "b", "c"}
    assert done.refused == ()
    assert built.ask(f"望海市{WANTED}").answer.startswith("31个")
    assert built.run(built.folder / "new").unchanged == ("a", "b", "c")


def test_what_is_lost_with_an_older_version_is_named(built: Shelf) -> None:
    edit(built, schema="5-0123456789ab")
    (built.index / built.manifest.generation / "documents" / "b.json").unlink()
    (built.folder / "b.txt").unlink()
    done = built.run(built.folder / "a.txt")
    assert "no longer in the index" in reasons(done)["b.txt"]
    assert done.removed == ("b",)
    assert set(built.records) == {"a"}


def test_a_killed_run_leaves_the_old_index_whole(built: Shelf, tmp_path: Path) -> None:
    more = tmp_path / "more"
    more.mkdir()
    for i in range(40):  # enough work to be killed in the middle of it
        (more / f"p{i}.txt").write_text(plan().replace("公园", f"公园{i}"), encoding="utf-8")
    generations = set(built.index.glob("generation-*"))
    command = [sys.executable, "-m", "rag", "index", str(more), "--index-dir", str(built.index)]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while set(built.index.glob("generation-*")) == generations and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait(timeout=30)
    left = set(built.index.glob("generation-*")) - generations
    assert left
    assert built.ask(f"望海市{WANTED}").answer.startswith("31个")
    assert len(open_pipeline(built.settings).facts(places=["望海市"])) == 2
    build_index(built.settings, [more])
    assert left.isdisjoint(built.index.glob("generation-*"))
    assert len(built.records) == 42


def test_a_full_disk_leaves_the_old_index_whole(built: Shelf, tmp_path: Path) -> None:
    """A limit on the size of written files stands in for the full disk: writes fail half way."""
    new = tmp_path / "c.txt"
    new.write_text(plan("临江市"), encoding="utf-8")
    script = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000));"
        "from rag.cli import main; sys.argv = ['rag', *sys.argv[1:]]; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "index", str(new), "--index-dir", str(built.index)],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    assert done.returncode == 3, done.stderr
    assert "could not be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert set(built.records) == {"a", "b"}
    assert len(list(built.index.glob("generation-*"))) == 1


class StoreError(Exception):
    """As Chroma's: without a number."""


@pytest.mark.parametrize(
    ("error", "cause", "hint"),
    [
        (OSError(28, "No space left on device"), "No space left on device", "disk is full"),
        (OSError(30, "Read-only file system"), "Read-only file system", "read-only"),
        (StoreError("(code: 13) database or disk is full"), "database or disk is full", "disk is full"),
        (StoreError("attempt to write a readonly database"), "readonly database", "read-only"),
        (StoreError("expected IDs to be unique"), "StoreError: expected IDs to be unique", ""),
        (IndexStateError("The vector store cannot be opened (x)."), "store cannot be opened (x)", ""),
    ],
)  # fmt: skip
def test_a_failing_store_names_its_true_cause(
    built: Shelf, monkeypatch: pytest.MonkeyPatch, error: Exception, cause: str, hint: str
) -> None:
    def fail(*_: object) -> object:
        raise error

    monkeypatch.setattr(rag.index.ingest, "write_generation", fail)
    built.put("c.txt", plan("临江市"))
    with pytest.raises(IndexStateError) as told:
        built.run()
    assert cause in told.value.message
    assert hint in told.value.hint
    assert ("full" in told.value.hint, "read-only" in told.value.hint) == (
        "full" in hint,
        "read-only" in hint,
    )
    assert "old index, if any, is unchanged" in told.value.hint


def test_a_second_writer_waits_and_then_says_so(built: Shelf) -> None:
    from filelock import FileLock

    with FileLock(built.index / "write.lock"), pytest.raises(IndexStateError, match="Another process"):
        built.run()


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(IndexStateError, match=r"cannot be written|not a folder"):
        build_index(Settings(index_dir=str(tmp_path / "file")), [tmp_path])
    with pytest.raises(IndexStateError, match="cannot be written"):
        build_index(Settings(index_dir="/proc/nowhere"), [tmp_path])


def test_the_manifest_is_replaced_in_one_step(built: Shelf) -> None:
    manifest = built.manifest
    write_manifest(built.index, manifest)
    assert read_manifest(built.index) == manifest
    assert not list(built.index.glob("*.new"))


def test_a_store_that_lost_passages_is_noticed(built: Shelf) -> None:
    edit(built, chunks=built.manifest.chunks + 1)
    with pytest.raises(IndexStateError, match="damaged"):
        open_pipeline(built.settings)


@pytest.mark.parametrize("text", ['{"half": ', "[]", '{"schema": 5}', "null", "\x00", "[" * 100_000])
def test_a_damaged_manifest_says_so_and_can_be_built_anew(built: Shelf, text: str) -> None:
    (built.index / "manifest.json").write_text(text, encoding="utf-8")
    for action in (lambda: open_pipeline(built.settings), built.run):
        with pytest.raises(IndexStateError, match="damaged") as told:
            action()
        assert "--rebuild" in told.value.hint
    assert set(built.run(rebuild=True).added) == {"a", "b"}
    assert built.ask(f"青禾市{WANTED}").answer.startswith("20个")


def test_a_damaged_store_is_mended_by_the_next_run_that_writes(built: Shelf) -> None:
    """The old vectors are a saving, nothing more."""
    shutil.rmtree(built.index / built.manifest.generation / "chroma")
    shutil.rmtree(built.index / built.manifest.generation / "documents")
    built.put("c.txt", plan("临江市"))
    told = built.run()
    assert (told.added, told.removed, told.refused) == (("c",), (), ())
    assert built.ask(f"望海市{WANTED}").answer.startswith("31个")
