"""A ledger keeps every field of a statement, is copied where nothing changed, and says what is wrong with it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest

import rag.ledger.writing
from rag.bind import read_listings, read_statements
from rag.errors import IndexStateError
from rag.ledger import Entry, Filter, find, is_current, ledger_damage, open_ledger, write_ledger
from rag.ledger.store import read_only
from rag.schema import Document, Statement
from tests.ledger.conftest import MakeLedger, document, report

TEXTS = {
    "a": report("青禾市", 2025, "地区生产总值651.2亿元,增长5.3%左右。三次产业结构为4.6:47.5:47.9。", "新建公园12—15个。"),
    "b": report("合肥市", 2024, "全国粮食产量1.39万亿斤。城镇新增就业超过20万人,面临两个困难:一是缺水;二是缺电。"),
}  # fmt: skip


@pytest.fixture
def documents() -> list[Document]:
    return [document(name, text) for name, text in TEXTS.items()]


@pytest.fixture
def path(tmp_path: Path, documents: list[Document]) -> Path:
    write_ledger(tmp_path / "ledger.sqlite", documents)
    return tmp_path / "ledger.sqlite"


def all_of(path: Path) -> list[Entry]:
    return list(find(open_ledger(path), Filter()))


def test_every_field_of_every_statement_is_kept(path: Path, documents: list[Document]) -> None:
    bound = [
        statement
        for held in documents
        for statement in sorted(read_statements(held), key=lambda s: s.quantity.start)
    ]
    assert [entry.statement for entry in all_of(path)] == bound
    assert len(bound) > 5
    texts = {held.id: held.text for held in documents}
    for entry in all_of(path):
        clause, sentence = entry.statement.clause, entry.statement.sentence
        assert entry.quote == texts[entry.source.id][clause.start : clause.end]
        assert entry.sentence == texts[entry.source.id][sentence.start : sentence.end]
        assert entry.source.place in ("青禾市", "合肥市")


def test_listings_are_kept_with_their_items(path: Path, documents: list[Document]) -> None:
    bound = [listing for held in documents for listing in read_listings(held)]
    with closing(sqlite3.connect(read_only(path), uri=True)) as connection:
        leads = connection.execute("SELECT lead FROM listings").fetchall()
        items = connection.execute("SELECT text FROM items").fetchall()
    texts = {held.id: held.text for held in documents}
    assert [lead for (lead,) in leads] == [texts[x.document][x.lead.start : x.lead.end] for x in bound]
    assert len(items) == sum(len(listing.items) for listing in bound)


@pytest.fixture
def bound(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The documents whose figures are read from now on."""
    names: list[str] = []

    def read(held: Document) -> tuple[Statement, ...]:
        names.append(held.id)
        return read_statements(held)

    monkeypatch.setattr(rag.ledger.writing, "read_statements", read)
    return names


def test_what_has_not_changed_is_copied_and_not_read_again(
    path: Path, documents: list[Document], bound: list[str]
) -> None:
    new = path.with_name("new.sqlite")
    more = document("c", report("望海市", 2025, "粮食产量12万吨。"))
    changed = document("b", TEXTS["b"].replace("20万人", "21万人"))
    write_ledger(new, [more, replace(documents[0], path="elsewhere/a.txt"), changed], path)
    assert bound == ["c", "b"]
    fresh = path.with_name("fresh.sqlite")
    write_ledger(fresh, [more, replace(documents[0], path="elsewhere/a.txt"), changed])
    assert all_of(new) == all_of(fresh)
    for words in ("地区生产总值", "grain", "公园"):
        found = [list(find(open_ledger(file), Filter(words=words))) for file in (new, fresh)]
        assert found[0] == found[1] != []


def test_a_document_whose_sections_are_read_otherwise_is_bound_again(
    path: Path, documents: list[Document], bound: list[str]
) -> None:
    other = replace(documents[0], passages=tuple(replace(p, year=2031) for p in documents[0].passages))
    write_ledger(path.with_name("new.sqlite"), [other, documents[1]], path)
    assert bound == ["a"]


def test_nothing_is_copied_from_what_another_version_has_read(
    path: Path, documents: list[Document], bound: list[str]
) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE about SET reading = 'another'")
        connection.commit()
    assert not is_current(path)
    write_ledger(path.with_name("new.sqlite"), documents, path)
    assert bound == ["a", "b"]


def test_a_document_that_cannot_be_bound_stops_no_other(
    path: Path, documents: list[Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(held: Document) -> tuple[Statement, ...]:
        if held.id == "a":
            raise ValueError("odd")
        return read_statements(held)

    monkeypatch.setattr(rag.ledger.writing, "read_statements", read)
    new, mended = path.with_name("new.sqlite"), path.with_name("mended.sqlite")
    failed = write_ledger(new, documents)
    assert failed == {"a": "its figures could not be read (ValueError: odd)"}
    assert {entry.source.id for entry in all_of(new)} == {"b"}
    monkeypatch.undo()
    assert write_ledger(mended, documents, new) == {}
    assert all_of(mended) == all_of(path)


def test_a_figure_that_is_no_number_is_kept_as_it_is(
    path: Path, documents: list[Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    from decimal import Decimal

    (first, *_) = read_statements(documents[0])
    nothing = Decimal("NaN")
    odd = replace(first, quantity=replace(first.quantity, value=nothing, magnitude=nothing))
    monkeypatch.setattr(rag.ledger.writing, "read_statements", lambda held: (odd,))
    new = path.with_name("new.sqlite")
    assert write_ledger(new, documents[:1]) == {}
    (entry,) = all_of(new)
    assert entry.statement.quantity.told == "NaN"


def test_threads_read_at_the_same_time(path: Path) -> None:
    ledger, found = open_ledger(path), []
    threads = [Thread(target=lambda: found.append(len(list(find(ledger, Filter()))))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [len(all_of(path))] * 8


def cut(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 3])


def spoil(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[8192:] = b"\x5a" * (len(data) - 8192)
    path.write_bytes(bytes(data))


@pytest.mark.parametrize(
    "damage",
    [Path.unlink, cut, spoil, lambda path: path.write_bytes(b""), lambda path: path.write_text("x" * 5000)],
)
def test_damage_is_told_with_what_helps(path: Path, damage: Callable[[Path], object]) -> None:
    assert ledger_damage(path, 2) == ""
    assert "2 of 3" in ledger_damage(path, 3)
    damage(path)
    assert ledger_damage(path, 2)
    assert not is_current(path) or damage is spoil
    with pytest.raises(IndexStateError) as told:
        all_of(path)
    assert "rag index" in told.value.hint


def test_another_format_is_told_as_another_version(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 999")
    with pytest.raises(IndexStateError, match="another version"):
        open_ledger(path)


def test_nobody_can_write_into_an_opened_ledger(ledger_of: MakeLedger) -> None:
    from rag.ledger.store import reading

    with pytest.raises(IndexStateError, match="readonly"), reading(ledger_of(**TEXTS)) as connection:
        connection.execute("DELETE FROM statements")
