"""One bad file never stops the others, and never costs what the index holds of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from rag.errors import SourceError
from rag.wiring import open_pipeline
from tests import sources
from tests.conftest import Run
from tests.index.shelf import Shelf, Spy, plan, reasons


def unreadable(shelf: Shelf, name: str) -> None:
    """A file that nobody can read, not even the administrator."""
    (shelf.folder / name).symlink_to("/proc/self/mem")


def test_each_bad_file_is_named_with_its_reason_and_the_others_are_indexed(
    shelf: Shelf, tmp_path: Path, rag: Run
) -> None:
    shelf.put("good.txt", plan())
    shelf.put("old.txt", plan("望海市").encode("gb18030"))
    shelf.put("binary.txt", bytes(range(256)) * 40)
    shelf.put("empty.txt", " \n")
    shelf.put("nothing.docx", b"")
    shelf.put("picture.png", b"\x89PNG")
    shelf.put("noend", b"x")
    sources.as_pdf(tmp_path / "whole.pdf", plan().split("\n"))
    shelf.put("cut.pdf", (tmp_path / "whole.pdf").read_bytes()[:700])
    shelf.put("cut.docx", sources.saved(sources.as_docx(["题"]))[:9000])
    unreadable(shelf, "closed.txt")
    os.mkfifo(shelf.folder / "pipe.txt")
    told = shelf.run()
    assert set(told.added) == {"good", "old"}
    for name, reason in {
        "binary.txt": "not a text file", "empty.txt": "empty", "nothing.docx": "damaged",
        "picture.png": "“.png” are not read", "noend": "without a type", "cut.pdf": "damaged",
        "cut.docx": "damaged", "closed.txt": "cannot be read (", "pipe.txt": "no ordinary file",
    }.items():  # fmt: skip
        assert reason in reasons(told)[name]
    assert len(told.refused) == 9
    again = rag("index", str(shelf.folder), "--index-dir", str(shelf.index))
    assert again.returncode == 0
    assert all(name in again.stderr for name in reasons(told))


@pytest.mark.parametrize(
    "error", [ValueError("x"), RecursionError(), KeyError("k"), MemoryError(), AssertionError()]
)
def test_whatever_a_reader_raises_the_others_are_indexed(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    shelf.put("bad.txt", plan("望海市"))
    shelf.put("good.txt", plan())

    def fail(path: Path) -> None:
        if path.name == "bad.txt":
            raise error

    with monkeypatch.context() as patch:
        Spy(patch, fail)
        told = shelf.run()
        assert told.added == ("good",)
        assert reasons(shelf.run()) == reasons(told)
    assert f"bad.txt: cannot be read ({type(error).__name__}" in reasons(told)["bad.txt"]
    assert shelf.run().added == ("bad",)  # once the reader is mended


def test_where_nothing_can_be_indexed_all_reasons_are_told(shelf: Shelf, rag: Run) -> None:
    shelf.put("a.txt", "")
    shelf.put("b.docx", b"x")
    with pytest.raises(SourceError, match=r"(?s)a\.txt: the file is empty.*b\.docx.*damaged"):
        shelf.run()
    assert rag("index", str(shelf.folder), "--index-dir", str(shelf.index)).returncode == 2
    with pytest.raises(SourceError, match="No document"):
        shelf.run(shelf.put("empty/x.txt", "").parent)


def test_a_file_that_is_written_while_it_is_read_keeps_its_old_version(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = shelf.put("a.txt", plan())
    shelf.run()
    path.write_text(plan(wanted=21)[:40], encoding="utf-8")
    with monkeypatch.context() as patch:
        Spy(patch, lambda file: file.write_text(plan(wanted=21), encoding="utf-8"))
        told = shelf.run()
    assert (told.unchanged, told.removed) == (("a",), ())
    assert "changed while it was read" in reasons(told)["a.txt"]
    assert "新建公园20个" in shelf.text("a")
    assert shelf.run().changed == ("a",)
    assert "新建公园21个" in shelf.text("a")


@pytest.mark.parametrize(
    "content", [b"", b"\x00\x01" * 500, b"\xe9\x9d\x92\xe7\xa6"], ids=["empty", "bytes", "cut"]
)
def test_a_changed_file_that_cannot_be_read_keeps_its_old_version(shelf: Shelf, content: bytes) -> None:
    path = shelf.put("a.txt", plan())
    shelf.put("b.txt", plan("望海市"))
    shelf.run()
    path.write_bytes(content)
    for _ in range(2):
        told = shelf.run()
        assert set(told.unchanged) == {"a", "b"}
        assert "a.txt" in reasons(told)
    shelf.put("c.txt", plan("临江市"))  # a run that writes a new generation keeps it as well
    told = shelf.run()
    assert (told.added, told.removed) == (("c",), ())
    assert "a.txt" in reasons(told)
    assert "新建公园20个" in shelf.text("a")
    path.write_text(plan(wanted=22), encoding="utf-8")
    told = shelf.run()
    assert (told.changed, told.refused) == (("a",), ())


def test_a_folder_that_cannot_be_read_keeps_its_documents(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.put("far/a.txt", plan())
    shelf.put("b.txt", plan("望海市"))
    shelf.run()
    real = os.listdir

    def listdir(folder: Path) -> list[str]:
        if Path(folder).name == "far":
            raise PermissionError(13, "Permission denied")
        return real(folder)

    monkeypatch.setattr(os, "listdir", listdir)
    monkeypatch.setattr("rag.index.files.is_there", lambda key: "far" not in key)
    told = shelf.run()
    assert set(told.unchanged) == {"a", "b"}
    assert reasons(told) == {"far": "cannot be read (Permission denied)"}


@pytest.mark.skipif(os.geteuid() == 0, reason="everything can be read by root")
def test_permissions_are_told(shelf: Shelf) -> None:
    shelf.put("a.txt", plan()).chmod(0)
    shelf.put("b.txt", plan("望海市"))
    shelf.put("far/c.txt", plan("临江市"))
    (shelf.folder / "far").chmod(0)
    told = shelf.run()
    (shelf.folder / "far").chmod(0o700)
    assert told.added == ("b",)
    assert all("Permission denied" in reasons(told)[name] for name in ("a.txt", "far"))


def test_a_refused_file_that_has_gone_is_not_told_again(shelf: Shelf) -> None:
    shelf.put("good/a.txt", plan())
    bad = shelf.put("bad/b.txt", "")
    shelf.run()
    assert shelf.run(shelf.folder / "good").refused == ()
    bad.unlink()
    assert shelf.run().refused == ()
    assert shelf.manifest.passed == ()
    assert len(open_pipeline(shelf.settings).manifest.documents) == 1
