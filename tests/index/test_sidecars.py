"""NAME.toml beside a file says what the file does not."""

from __future__ import annotations

import pytest

from tests.index.shelf import Shelf, Spy, plan, reasons

TOLD = """title = "青禾市政府工作报告"
kind = "work_report"
place = "青禾市"
year = 2024
published = 2024-01-26
issuer = "青禾市人民政府"
"""


def test_a_sidecar_corrects_everything_and_is_no_document(shelf: Shelf) -> None:
    shelf.put("a.txt", plan("望海市"))
    shelf.put("a.toml", TOLD)
    told = shelf.run()
    record = shelf.records["a"]
    assert told.refused == ()
    assert (record.title, record.kind, record.place, record.plan_year, record.published, record.issuer) == (
        "青禾市政府工作报告", "work_report", "青禾市", 2024, "2024-01-26", "青禾市人民政府",
    )  # fmt: skip
    assert {name for name, origin in record.origins.items() if origin == "sidecar"} == {
        "title", "kind", "place", "year", "published", "issuer",
    }  # fmt: skip


def test_a_changed_sidecar_lets_its_document_be_read_again(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.put("a.txt", plan())
    shelf.put("b.txt", plan("望海市"))
    shelf.run()
    spy = Spy(monkeypatch)
    shelf.put("a.toml", '\ufeffplace = "临江市"\r\n')
    assert shelf.run().changed == ("a",)
    assert shelf.records["a"].place == "临江市"
    shelf.put("a.toml", '# 由办公室填写，请核对\nplace = "青禾县"'.encode("gb18030"))
    assert shelf.run().changed == ("a",)
    assert shelf.records["a"].place == "青禾县"
    (shelf.folder / "a.toml").unlink()
    assert shelf.run().changed == ("a",)
    assert (shelf.records["a"].place, spy.read) == ("青禾市", ["a.txt"] * 3)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('colour = "red"', "“colour” is not known"),
        ('year = "2025"', "“2025” is no year"),
        ("year = 20255", "“20255” is no year"),
        ('kind = "novel"', "“novel” is no kind"),
        ("place = 5", "the value of “place” is no text"),
        ('published = "soon"', "“soon” is no date"),
        ("place = 青禾市", "no TOML file"),
        (b"\x00\xff\xfe" * 9, "not a text file"),
    ],
)  # fmt: skip
def test_a_sidecar_that_cannot_be_used_is_named_and_the_old_version_stays(
    shelf: Shelf, text: str | bytes, said: str
) -> None:
    shelf.put("a.txt", plan())
    shelf.put("b.txt", plan("望海市"))
    shelf.run()
    shelf.put("a.toml", text)
    told = shelf.run()
    assert set(told.unchanged) == {"a", "b"}
    assert reasons(told)["a.txt"].startswith("a.toml: ")
    assert said in reasons(told)["a.txt"]
    assert shelf.records["a"].place == "青禾市"
