"""A file may hold several reports, each a document of its own."""

from __future__ import annotations

import pytest

from tests.index.shelf import Shelf, plan, report


def gazette(*places: str) -> str:
    lines = []
    for seed, place in enumerate(places):
        lines += [*report(place, seed * 20 + 3), *[f"{place}第{i}项任务要按时完成。" for i in range(8)]]
    return "\n".join(lines)


@pytest.fixture
def three(shelf: Shelf) -> Shelf:
    shelf.put("公报.txt", gazette("青禾市", "望海市", "临江市"))
    shelf.put("other.txt", plan("清河县"))
    return shelf


def test_each_report_is_a_document_with_its_own_identity(three: Shelf) -> None:
    told = three.run()
    assert set(told.added) == {"公报", "公报-2", "公报-3", "other"}
    assert [three.records[name].place for name in ("公报", "公报-2", "公报-3")] == [
        "青禾市",
        "望海市",
        "临江市",
    ]
    assert three.ask("望海市2024年新建公园多少个?").answer.startswith("23个")
    assert set(three.run().unchanged) == set(told.added)


def test_when_the_file_holds_fewer_the_surplus_goes(three: Shelf) -> None:
    three.run()
    three.put("公报.txt", gazette("青禾市", "望海市"))
    told = three.run()
    assert (told.removed, set(told.unchanged)) == (("公报-3",), {"other"})
    assert set(told.changed) == {"公报", "公报-2"}
    (three.folder / "公报.txt").unlink()
    assert set(three.run().removed) == {"公报", "公报-2"}


def test_ids_stay_with_their_reports_after_one_was_taken_out(three: Shelf) -> None:
    three.run()
    three.run(remove=["公报"])
    three.put("new.txt", plan("新城区"))
    assert three.run().added == ("new",)
    three.put("公报.txt", gazette("青禾市", "望海市", "临江市") + "\n全市新建码头5个。")
    three.run()
    assert three.records["公报-2"].place == "望海市"
    assert three.records["公报-3"].place == "临江市"


def test_a_part_never_takes_the_id_of_another_file(shelf: Shelf) -> None:
    shelf.put("x-2.txt", plan("清河县"))
    shelf.put("x.txt", gazette("青禾市", "望海市"))
    told = shelf.run()
    assert len(told.added) == 3
    assert {record.place for record in shelf.manifest.documents} == {"清河县", "青禾市", "望海市"}


def test_a_report_that_also_stands_alone_is_counted_once_and_the_others_stay(three: Shelf) -> None:
    three.put(
        "alone.txt",
        gazette("望海市").replace("全市新建公园3个，完成投资21亿元", "全市新建公园23个，完成投资161亿元"),
    )
    three.put("a.txt", gazette("新城区", "青禾市").replace("x", ""))
    three.run()
    before = set(three.records)
    three.put("new.txt", plan("海晏县"))
    told = three.run()
    assert (told.added, told.removed) == (("new",), ())
    assert set(three.records) == before | {"new"}
