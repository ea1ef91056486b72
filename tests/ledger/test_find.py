"""What words, places and years find in a ledger, and in which order."""

from __future__ import annotations

from itertools import pairwise

import pytest

from rag.language import load_toml
from rag.ledger import Entry, Filter, coverage, find, uncovered_places, unit_class_of
from rag.ledger.words import read_words, searches, wanted_measures
from tests.ledger.conftest import MakeLedger, report

AH = "地区生产总值5.2万亿元,增长5.8%。新建公园12个。其中,合肥市地区生产总值1.3万亿元。"
TEXTS = {
    "ah24": report("安徽省", 2024, AH, "地区生产总值增长6%左右。新建口袋公园20个。"),
    "ah25": report("安徽省", 2025, AH.replace("5.8", "5.7"), "新建公园30个。新增绿道15公里。"),
    "hf": report("合肥市", 2025, "地区生产总值1.35万亿元。新建公园8个。五年来,新建学校40所。"),
    "qh": report("青禾市", 2025, "地区生产总值651亿元。公园总数99个。"),
}


def figures(found: object) -> list[str]:
    return [entry.statement.quantity.text for entry in found]  # type: ignore[attr-defined]


def told(entry: Entry) -> tuple[str, int | None, str]:
    return entry.statement.place, entry.statement.period.end, entry.statement.quantity.text


def test_without_words_the_order_is_that_of_the_text(ledger_of: MakeLedger) -> None:
    entries = list(find(ledger_of(**TEXTS), Filter()))
    assert [e.source.id for e in entries] == sorted((e.source.id for e in entries), key=list(TEXTS).index)
    for one, other in pairwise(entries):
        if one.source.id == other.source.id:
            assert one.statement.quantity.start < other.statement.quantity.start


def test_what_is_called_just_so_comes_first_and_the_newest_of_it(ledger_of: MakeLedger) -> None:
    entries = list(find(ledger_of(**TEXTS), Filter(words="地区生产总值", places=("安徽",))))
    assert told(entries[0]) == ("安徽省", 2025, "5.2万亿元") or entries[0].statement.period.end == 2024
    years = [entry.statement.period.end or 0 for entry in entries]
    assert years == sorted(years, reverse=True)


@pytest.mark.parametrize("words", ["GDP", "gross domestic product", "地区生产总值", "地區生產總值", "ＧＤＰ"])
def test_an_indicator_is_found_by_any_of_its_names(ledger_of: MakeLedger, words: str) -> None:
    found = figures(find(ledger_of(**TEXTS), Filter(words=words)))
    assert {"5.2万亿元", "1.35万亿元", "651亿元"} <= set(found)
    assert not {"12个", "15公里"} & set(found)


def test_more_words_that_agree_come_before_fewer(ledger_of: MakeLedger) -> None:
    ledger = ledger_of(**TEXTS)
    assert figures(find(ledger, Filter(words="口袋公园")))[0] == "20个"
    assert figures(find(ledger, Filter(words="greenway")))[:1] == ["15公里"]


def test_measure_and_status_among_the_words_are_preferred(ledger_of: MakeLedger) -> None:
    ledger = ledger_of(**TEXTS)
    assert figures(find(ledger, Filter(words="GDP增长目标")))[0] == "6%"
    assert set(figures(find(ledger, Filter(words="GDP增速"), 3))) == {"6%", "5.8%", "5.7%"}


@pytest.mark.parametrize("place", ["合肥市", "合肥", "Hefei", "安徽省合肥市"])
def test_a_place_is_meant_itself_by_any_of_its_names(ledger_of: MakeLedger, place: str) -> None:
    ledger = ledger_of(**TEXTS)
    found = list(find(ledger, Filter(words="GDP", places=(place,))))
    assert {entry.statement.place for entry in found} == {"合肥市"}
    assert list(find(ledger, Filter(words=f"{place} GDP"))) == found


def test_words_that_name_a_place_or_a_year_alone_find_all_of_it(ledger_of: MakeLedger) -> None:
    ledger = ledger_of(**TEXTS)
    assert list(find(ledger, Filter(words="合肥2024年"))) == list(
        find(ledger, Filter(places=("合肥市",), years=(2024,)))
    )


@pytest.mark.parametrize("place", ["青禾市", "青禾", "Qinghe"])
def test_a_place_that_no_list_holds_is_found_too(ledger_of: MakeLedger, place: str) -> None:
    ledger = ledger_of(**TEXTS)
    assert "651亿元" in figures(find(ledger, Filter(places=(place,))))
    assert figures(find(ledger, Filter(words=f"{place} GDP"))) == ["651亿元"]


def test_a_year_is_the_end_of_a_period_or_lies_in_it(ledger_of: MakeLedger) -> None:
    ledger = ledger_of(**TEXTS)
    for year, entries in ((y, list(find(ledger, Filter(years=(y,))))) for y in (2022, 2023, 2024, 2025)):
        for period in (entry.statement.period for entry in entries):
            assert period.end == year or (period.start or year) <= year <= (period.end or year)
    assert "40所" in figures(find(ledger, Filter(years=(2022,))))


def test_limit_and_offset_are_pages_of_one_order(ledger_of: MakeLedger) -> None:
    ledger = ledger_of(**TEXTS)
    for wanted in (Filter(), Filter(words="新建公园")):
        whole = list(find(ledger, wanted))
        pages = [entry for start in range(0, len(whole), 2) for entry in find(ledger, wanted, 2, start)]
        assert pages == whole
        assert len(set(map(id, whole))) == len(whole)


def test_units_are_asked_for_as_written_and_found_by_class(ledger_of: MakeLedger) -> None:
    ledger = ledger_of(**TEXTS)
    assert unit_class_of(ledger, "元") == unit_class_of(ledger, "亿元") == "money"
    assert unit_class_of(ledger, "光年") is None
    assert {e.statement.quantity.unit for e in find(ledger, Filter(unit_class="money"))} == {"亿元", "万亿元"}


def test_what_is_covered_is_told(ledger_of: MakeLedger) -> None:
    ledger = ledger_of(**TEXTS)
    assert {"安徽省", "合肥市", "青禾市"} <= set(coverage(ledger).places)
    assert {2023, 2024, 2025} <= set(coverage(ledger).years)
    assert uncovered_places(ledger, ("上海", "Hefei", "火星")) == ("上海", "火星")


@pytest.mark.parametrize(
    "words", ['"', "'", "a OR b", "NOT", "*", "公园 AND (", "的", "((((", "-公园", "^x", "%"]
)
def test_no_words_are_taken_for_a_query(ledger_of: MakeLedger, words: str) -> None:
    list(find(ledger_of(**TEXTS), Filter(words=words)))


def test_many_words_make_no_endless_search() -> None:
    text = "、".join(f"第{c}小学新校区体育馆" for c in "甲乙丙丁戊己庚辛壬癸")
    assert sum(map(len, searches(read_words(text)))) < 200_000


RULES = load_toml("ledger/words.toml")


@pytest.mark.parametrize("name", RULES["measures"])
def test_words_that_want_a_measure(name: str) -> None:
    rule = RULES["measures"][name]
    for words in rule["examples"]:
        assert set(rule["wanted"]) <= wanted_measures(words), words


@pytest.mark.parametrize("name", RULES["statuses"])
def test_words_that_want_a_status(name: str) -> None:
    rule = RULES["statuses"][name]
    for words in rule["examples"]:
        asides = [group.expression for group in read_words(words).groups if group.is_aside]
        assert any(f'"~{status}"' in aside for status in rule["wanted"] for aside in asides), words
