"""A run brings the index in line with the files that it is given."""

from __future__ import annotations

import os

import pytest

from rag.errors import IndexStateError, SourceError
from rag.wiring import open_pipeline
from tests.conftest import Run
from tests.index.shelf import Shelf, Spy, plan, reasons

WANTED = "2025年计划新建公园多少个?"


def test_documents_are_added_changed_and_removed(shelf: Shelf) -> None:
    shelf.put("old.txt", plan("望海市", 63, 70, year=2020))
    new = shelf.put("new.txt", plan())
    assert set(shelf.run().added) == {"new", "old"}
    assert shelf.ask(WANTED).answer.startswith("20个")

    new.write_text(plan(wanted=21), encoding="utf-8")
    assert shelf.run().changed == ("new",)
    assert shelf.ask(WANTED).answer.startswith("21个")

    new.unlink()
    assert shelf.run().removed == ("new",)
    assert shelf.ask(WANTED).outcome == "abstained"
    assert shelf.ask("2019年新建公园多少个?").answer.startswith("63个")


def test_one_passage_twice_in_a_document_is_indexed_at_both_places(shelf: Shelf) -> None:
    twice = "各部门要切实抓好落实，确保完成全年任务。"
    shelf.put(
        "a.txt", plan().replace("二、", f"{twice}\n二、") + f"{twice}\n{twice}\n三、保障措施\n{twice}\n"
    )
    told = shelf.run()
    hits = [hit.chunk for hit in open_pipeline(shelf.settings).search("各部门抓好落实", 20)]
    places = {(hit.start, hit.id) for hit in hits if twice in hit.text}
    assert told.added == ("a",)
    assert len({start for start, _ in places}) == len({name for _, name in places}) == len(places) >= 3


def test_a_second_run_reads_nothing_and_changes_nothing(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.put("a.txt", plan())
    shelf.put("b.txt", plan("望海市"))
    shelf.put("copy.md", plan())
    shelf.put("empty.txt", " \n")
    first = shelf.run()
    before = (shelf.index / "manifest.json").read_bytes()
    os.utime(shelf.folder / "b.txt")
    spy = Spy(monkeypatch)
    again = shelf.run()
    assert spy.read == []
    assert (shelf.index / "manifest.json").read_bytes() == before
    assert set(again.unchanged) == set(first.added)
    assert again.added == again.changed == again.removed == ()
    assert again.refused == first.refused
    assert "empty" in reasons(again)["empty.txt"]
    assert again.duplicates == first.duplicates != ()


def test_a_new_file_is_read_alone(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.put("a.txt", plan())
    shelf.put("bad.txt", "")
    shelf.run()
    spy = Spy(monkeypatch)
    shelf.put("b.txt", plan("望海市"))
    assert shelf.run().added == ("b",)
    assert spy.read == ["b.txt"]


def test_documents_from_elsewhere_stay_also_when_their_files_have_gone(shelf: Shelf) -> None:
    shelf.put("one/a.txt", plan())
    shelf.put("two/b.txt", plan("望海市"))
    shelf.run(shelf.folder / "one")
    assert shelf.run(shelf.folder / "two").added == ("b",)
    (shelf.folder / "one" / "a.txt").unlink()
    told = shelf.run(shelf.folder / "two", rebuild=True)
    assert set(told.unchanged) == {"a", "b"}
    assert told.rebuilt
    assert shelf.text("a").split() == plan().split()


def test_a_document_is_taken_out_by_name(shelf: Shelf) -> None:
    shelf.put("a.txt", plan())
    shelf.put("b.txt", plan("望海市", year=2020))
    shelf.run()
    assert shelf.run(remove=["b"]).removed == ("b",)
    assert open_pipeline(shelf.settings).plans.coverage.years == (2024, 2025)
    with pytest.raises(SourceError, match="no document “nothing”"):
        shelf.run(remove=["nothing"])


@pytest.mark.parametrize("way", ["emptied folder", "--remove"])
def test_an_index_can_be_emptied_and_filled_again(shelf: Shelf, way: str) -> None:
    path = shelf.put("a.txt", plan())
    shelf.run()
    if way == "--remove":
        told = shelf.run(remove=["a"])
    else:
        path.unlink()
        told = shelf.run()
    assert told.removed == ("a",)
    assert told.chunks == 0
    with pytest.raises(IndexStateError, match="holds no document") as empty:
        open_pipeline(shelf.settings)
    assert "rag index" in empty.value.hint
    shelf.put("a.txt", plan())
    assert shelf.run().added == ("a",)
    assert shelf.ask(WANTED).answer.startswith("20个")


def test_asking_an_emptied_index_says_what_to_do(shelf: Shelf, rag: Run) -> None:
    path = shelf.put("a.txt", plan())
    folder = str(shelf.index)
    assert rag("index", str(shelf.folder), "--index-dir", folder).returncode == 0
    path.unlink()
    emptied = rag("index", str(shelf.folder), "--index-dir", folder)
    assert (emptied.returncode, "removed  a" in emptied.stderr) == (0, True)
    asked = rag("ask", WANTED, "--index-dir", folder)
    assert asked.returncode == 3
    assert "holds no document" in asked.stderr
    assert "Index some with `rag index`." in asked.stderr
    doctor = rag("doctor", "--index-dir", folder)
    assert "0 documents" in doctor.stdout


def test_files_of_one_relative_path_in_two_places_are_two(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run from another folder is about other files, although they are called the same from there."""
    from pathlib import Path

    shelf.put("one/plans/a.txt", plan())
    shelf.put("two/plans/a.txt", plan("望海市"))
    monkeypatch.chdir(shelf.folder / "one")
    shelf.run(Path("plans"))
    monkeypatch.chdir(shelf.folder / "two")
    told = shelf.run(Path("plans"))
    assert len(told.added) == 1
    assert {record.place for record in shelf.manifest.documents} == {"青禾市", "望海市"}
    assert shelf.run(Path("plans")).added == ()


def test_a_place_in_a_text_file_is_the_same_place_in_its_stored_text(shelf: Shelf) -> None:
    file = "\ufeff首页\n\n" + plan().replace("\n", "\n\n　　")
    shelf.put("a.txt", file)
    shelf.run()
    text = shelf.text("a")
    for words in ("一、2024年计划执行情况", "新建公园12个", "新建公园20个"):
        assert text.index(words) == file.index(words) - 1
