"""Files are told apart and found again, whatever they are called and whatever links lead to them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.index.shelf import Shelf, plan, reasons


def test_two_files_of_one_name_are_two_documents_also_in_a_later_run(shelf: Shelf) -> None:
    shelf.put("north/报告.txt", plan())
    shelf.run()
    shelf.put("south/报告.txt", plan("望海市", wanted=31))
    told = shelf.run()
    assert told.unchanged == ("报告",)
    assert len(told.added) == 1
    assert told.added[0].startswith("报告-")
    assert {record.place for record in shelf.manifest.documents} == {"青禾市", "望海市"}
    assert shelf.ask("望海市2025年计划新建公园多少个?").answer.startswith("31个")
    (shelf.folder / "north" / "报告.txt").unlink()
    assert shelf.run().removed == ("报告",)


def test_a_link_and_its_file_are_one_document(shelf: Shelf) -> None:
    file = shelf.put("b.txt", plan())
    (shelf.folder / "a.txt").symlink_to(file)
    assert shelf.run().added == ("b",)
    again = shelf.run()
    assert (again.unchanged, again.added, again.removed) == (("b",), (), ())


def test_links_in_a_circle_end(shelf: Shelf) -> None:
    shelf.put("inner/a.txt", plan())
    (shelf.folder / "x.txt").symlink_to(shelf.folder / "y.txt")
    (shelf.folder / "y.txt").symlink_to(shelf.folder / "x.txt")
    (shelf.folder / "inner" / "self").symlink_to(shelf.folder)
    (shelf.folder / "gone.txt").symlink_to(shelf.folder / "nowhere.txt")
    told = shelf.run()
    assert told.added == ("a",)
    assert set(reasons(told)) == {"x.txt", "y.txt", "gone.txt"}
    assert "links to is not there" in reasons(told)["gone.txt"]
    assert shelf.run().unchanged == ("a",)


def test_a_linked_folder_is_read_once(shelf: Shelf, tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    (tmp_path / "far" / "a.txt").write_text(plan(), encoding="utf-8")
    (shelf.folder / "one").symlink_to(tmp_path / "far")
    (shelf.folder / "two").symlink_to(tmp_path / "far")
    assert shelf.run().added == ("a",)
    (tmp_path / "far" / "a.txt").unlink()
    assert shelf.run().removed == ("a",)


GBK = os.fsdecode("青禾报告.txt".encode("gb18030"))
NAMES = {
    "blanks": " 青禾 市  报告 .txt",
    "a newline": "青禾\n报告.txt",
    "escape codes": "青禾\x1b[2J\u202e报告.txt",
    "long": "青" * 80 + ".txt",
    "GBK bytes": GBK,
    "signs": "-rf; 'a' \"b\" $(c)%2F#?.txt",
    "dots": "青禾...txt",
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_file_of_any_name_comes_and_goes(shelf: Shelf, rag: Run, name: str) -> None:
    path = shelf.put(name, plan())
    folder = str(shelf.index)
    first = rag("index", str(shelf.folder), "--index-dir", folder)
    assert first.returncode == 0
    (document,) = shelf.records
    told = rag("sources", "--index-dir", folder).stdout
    assert rag("sources", "--json", "--index-dir", folder).returncode == 0
    for bad in "\x1b\u202e\udcc7":
        assert bad not in first.stderr + told + document
    assert "\n" not in document
    assert shelf.ask("2025年计划新建公园多少个?").answer.startswith("20个")
    assert shelf.run().unchanged == (document,)
    shelf.put(name, plan(wanted=21))
    assert shelf.run().changed == (document,)
    assert shelf.run(rebuild=True).unchanged == (document,)
    shelf.put("other.txt", plan("望海市"))
    shelf.run()
    assert shelf.run(remove=[document]).removed == (document,)
    path.unlink()
    assert shelf.run().unchanged == ("other",)


def test_a_name_of_two_hundred_han_characters_is_told_and_harms_nothing(shelf: Shelf, rag: Run) -> None:
    """No file system takes one; a user may still ask for it."""
    shelf.put("a.txt", plan())
    done = rag("index", str(shelf.folder / ("青" * 200 + ".txt")), "--index-dir", str(shelf.index))
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_bad_file_of_a_strange_name_is_named(shelf: Shelf) -> None:
    shelf.put("a.txt", plan())
    shelf.put(GBK, b"")
    told = shelf.run()
    assert "青禾报告.txt: the file is empty" in reasons(told)["青禾报告.txt"]
    assert reasons(shelf.run()) == reasons(told)


def test_what_is_hidden_or_open_in_word_is_no_document(shelf: Shelf) -> None:
    shelf.put("a.txt", plan())
    shelf.put("~$a.docx", b"\x05owner")
    shelf.put(".cache/b.txt", plan("望海市"))
    told = shelf.run()
    assert (told.added, told.refused) == (("a",), ())
