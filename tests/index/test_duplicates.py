"""The same text in two files is one document, and stays one as long as one of the files is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import sources
from tests.index.shelf import Shelf, Spy, plan, report


@pytest.fixture
def twins(shelf: Shelf) -> Shelf:
    shelf.put("a.txt", report())
    shelf.put("b.docx", sources.saved(sources.as_docx(report())))
    shelf.put("c.html", sources.as_html(report()))
    shelf.put("other.txt", report("望海市", seed=40))
    return shelf


def test_a_report_in_three_file_types_is_counted_once(twins: Shelf) -> None:
    told = twins.run()
    assert set(told.added) == {"a", "other"}
    assert {Path(item.path).name: Path(item.reason).name for item in told.duplicates} == {
        "b.docx": "a.txt", "c.html": "a.txt",
    }  # fmt: skip
    assert told.refused == ()


def test_when_the_first_goes_the_second_takes_its_place(twins: Shelf) -> None:
    twins.run()
    (twins.folder / "a.txt").unlink()
    told = twins.run()
    assert (told.added, told.removed) == (("b",), ("a",))
    assert [Path(item.reason).name for item in told.duplicates] == ["b.docx"]
    (twins.folder / "b.docx").unlink()
    assert twins.run().added == ("c",)
    assert "新建公园3个" in twins.text("c")


def test_when_the_first_is_changed_the_second_takes_its_place(twins: Shelf) -> None:
    twins.run()
    twins.put("a.txt", report("临江市", seed=70))
    told = twins.run()
    assert (told.changed, told.added) == (("a",), ("b",))


def test_a_copy_never_takes_the_place_of_what_was_there_before(shelf: Shelf) -> None:
    shelf.put("m.txt", report())
    shelf.run()
    shelf.put("a.txt", report())
    told = shelf.run()
    assert (told.unchanged, told.added) == (("m",), ())
    assert [Path(item.path).name for item in told.duplicates] == ["a.txt"]
    again = shelf.run(rebuild=True)
    assert (again.unchanged, again.added) == (("m",), ())


def test_a_file_that_becomes_a_copy_of_another_is_told(shelf: Shelf) -> None:
    shelf.put("a.txt", plan())
    shelf.put("b.txt", plan("望海市"))
    shelf.run()
    shelf.put("b.txt", plan())
    told = shelf.run()
    assert (told.removed, len(told.duplicates)) == (("b",), 1)


def test_a_file_that_was_moved_keeps_its_document(shelf: Shelf) -> None:
    old = shelf.put("one/a.txt", plan())
    shelf.run(shelf.folder / "one")
    (shelf.folder / "two").mkdir()
    old.rename(shelf.folder / "two" / "b.txt")
    told = shelf.run(shelf.folder / "two")
    assert (told.added, told.removed, told.duplicates) == ((), (), ())
    assert shelf.records["a"].path.endswith("two/b.txt")
    assert shelf.run(shelf.folder).unchanged == ("a",)


def test_reports_of_two_years_or_places_are_two(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    spy = Spy(monkeypatch)
    shelf.put("a.txt", report())
    shelf.put("b.txt", report(seed=4))
    shelf.put("c.txt", plan())
    shelf.put("d.txt", plan("望海市"))
    told = shelf.run()
    assert len(told.added) == 4
    assert sorted(spy.read) == ["a.txt", "b.txt", "c.txt", "d.txt"]
