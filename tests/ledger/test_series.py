"""One thing by places and years: what stands beside what, and what came of the targets."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from rag.language import load_toml
from rag.ledger import Beside, Filter, Row, Series, find, open_ledger, read_series, stage_of, write_ledger
from tests.ledger.conftest import MakeLedger, document, report

TEXTS = {
    "a23": report("青禾市", 2023, "地区生产总值620亿元,增长4.1%。", "地区生产总值增长6%左右。新建公园10个。"),
    "a24": report(
        "青禾市",
        2024,
        "地区生产总值651亿元,增长5.2%。新建公园12个。",
        "地区生产总值增长5.5%以上。新建公园20个。",
    ),
    "a25": report("青禾市", 2025, "地区生产总值690亿元,增长5.8%。新建公园15个。", "新建公园30个。"),
    "b24": report("望海市", 2024, "地区生产总值1.2万亿元,增长6.1%。公园总数300个。"),
}


def series_of(ledger_of: MakeLedger, wanted: Filter, **texts: str) -> Series:
    series = read_series(ledger_of(**(texts or TEXTS)), wanted)
    assert series is not None
    return series


def told(beside: Beside) -> tuple[list[str], list[str], list[str | None]]:
    figures = [[entry.figure for entry in entries] for entries in (beside.outturns, beside.targets)]
    return figures[0], figures[1], list(beside.judgements)


def row_of(series: Series, place: str, year: int) -> Row:
    (row,) = [row for row in series.rows if (row.place, row.period.end) == (place, year)]
    return row


def test_targets_stand_beside_outturns_and_are_judged(ledger_of: MakeLedger) -> None:
    series = series_of(ledger_of, Filter(words="GDP"))
    assert series.indicator == "gdp"
    assert told(row_of(series, "青禾市", 2023).growth) == (["5.2%"], ["6%左右"], ["missed"])
    assert told(row_of(series, "青禾市", 2024).growth) == (["5.8%"], ["5.5%以上"], ["met"])
    assert told(row_of(series, "青禾市", 2022).growth) == (["4.1%"], [], [])


def test_growth_is_worked_out_from_levels_with_its_formula(ledger_of: MakeLedger) -> None:
    series = series_of(ledger_of, Filter(words="GDP"))
    assert row_of(series, "青禾市", 2023).formula == "(651亿元 − 620亿元) ÷ 620亿元 = 5.0%"
    assert row_of(series, "青禾市", 2022).formula is None
    differences = [change.difference for change in series.changes if change.place == "青禾市"]
    assert differences == ["651亿元 − 620亿元 = 31亿元", "690亿元 − 651亿元 = 39亿元"]


def test_one_year_still_knows_the_one_before(ledger_of: MakeLedger) -> None:
    ledger = ledger_of(**TEXTS)
    for wanted in (Filter(words="GDP", years=(2023,)), Filter(words="2023年GDP")):
        series = read_series(ledger, wanted)
        assert series is not None
        assert {row.period.end for row in series.rows} == {2023}
        assert row_of(series, "青禾市", 2023).formula == "(651亿元 − 620亿元) ÷ 620亿元 = 5.0%"


def test_places_stand_side_by_side_and_are_not_mixed(ledger_of: MakeLedger) -> None:
    series = series_of(ledger_of, Filter(words="GDP", places=("望海", "青禾市"), years=(2023,)))
    assert {(row.place, row.level.outturns[0].figure) for row in series.rows} == {
        ("青禾市", "651亿元"),
        ("望海市", "1.2万亿元"),
    }


def test_what_is_new_is_not_compared_with_the_total(ledger_of: MakeLedger) -> None:
    series = series_of(ledger_of, Filter(words="新建公园"))
    figures = {e.figure for row in series.rows for e in (*row.level.outturns, *row.level.targets)}
    assert figures == {"12个", "15个", "10个", "20个", "30个"} | ({"9个"} & figures)
    assert told(row_of(series, "青禾市", 2023).level) == (["12个"], ["10个"], ["met"])
    assert told(row_of(series, "青禾市", 2024).level) == (["15个"], ["20个"], ["missed"])


def test_what_a_project_has_is_none_of_the_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import rag.ledger.writing
    from rag.bind import read_statements

    held = document("p", report("青禾市", 2025, "完成投资50亿元。"))
    (statement, *_) = read_statements(held)
    both = (statement, replace(statement, entity="北环快线"))
    monkeypatch.setattr(rag.ledger.writing, "read_statements", lambda _: both)
    write_ledger(tmp_path / "ledger.sqlite", [held])
    ledger = open_ledger(tmp_path / "ledger.sqlite")
    assert len(list(find(ledger, Filter()))) == 2
    series = read_series(ledger, Filter(words=statement.subject))
    assert series is not None
    assert [len(row.level.outturns) for row in series.rows] == [1]


def test_contradictions_are_all_shown_the_verified_first(ledger_of: MakeLedger) -> None:
    series = series_of(
        ledger_of,
        Filter(words="GDP"),
        early=report("青禾市", 2024, "初步核算,地区生产总值651亿元。"),
        rounded=report("青禾市", 2024, "地区生产总值651.0亿元。"),
        late=report("青禾市", 2025, "经最终核实,2023年地区生产总值648.2亿元。"),
    )
    outturns = row_of(series, "青禾市", 2023).level.outturns
    assert [(e.figure, stage_of(e), e.source.id) for e in outturns] == [
        ("648.2亿元", "final", "late"),
        ("651.0亿元", None, "rounded"),
    ]


def test_outturns_that_disagree_leave_the_judgement_open(ledger_of: MakeLedger) -> None:
    series = series_of(
        ledger_of,
        Filter(words="新建公园"),
        plan=report("青禾市", 2023, "粮食产量9万吨。", "新建公园15个。"),
        one=report("青禾市", 2024, "新建公园14个。"),
        other=document("x", report("青禾市", 2024, "新建公园16个。")).text,
    )
    assert told(row_of(series, "青禾市", 2023).level) == (["14个", "16个"], ["15个"], ["open"])


def test_nothing_told_is_no_series(ledger_of: MakeLedger) -> None:
    ledger = ledger_of(**TEXTS)
    assert read_series(ledger, Filter(words="火星移民人数")) is None
    assert read_series(ledger, Filter(words="GDP", places=("上海",))) is None


STAGES = load_toml("ledger/series.toml")["stages"]


@pytest.mark.parametrize("stage", STAGES)
def test_how_settled_a_figure_is_said_to_be(ledger_of: MakeLedger, stage: str) -> None:
    (entry, *_) = find(ledger_of(**TEXTS), Filter(words="GDP"), 1)
    for sentence in STAGES[stage]["examples"]:
        said = replace(entry, sentence=sentence, statement=_over(entry, len(sentence)))
        assert stage_of(said) == stage, sentence
    assert stage_of(entry) is None


def _over(entry, length):  # type: ignore[no-untyped-def]
    from rag.schema import Span

    return replace(entry.statement, clause=Span(0, length), sentence=Span(0, length))
