"""The commands that list figures: facts and compare."""

from __future__ import annotations

import csv
import json
from io import StringIO
from typing import Any

import pytest

from rag.wiring import Pipeline
from tests.conftest import PLAN_2024, Run

FIELDS = {
    "subject", "indicator", "measure", "value", "upper", "unit", "qualifier", "flow", "period", "status",
    "place", "entity", "of", "figure", "figure_start", "figure_end", "quote", "start", "end", "document",
    "title", "path", "section", "page",
}  # fmt: skip


def listed(rag: Run, *arguments: str) -> list[dict[str, Any]]:
    done = rag("facts", *arguments, "--json")
    assert done.returncode == 0, done.stderr
    return list(json.loads(done.stdout))


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text, newline="")))


def test_figures_come_with_all_their_fields_and_their_place(rag: Run, texts: dict[str, str]) -> None:
    facts = listed(rag, "学位")
    assert {(f["period"]["end"], f["status"], f["value"], f["unit"]) for f in facts} >= {
        (2019, "actual", "9540", "个"), (2023, "actual", "1.67", "万座"), (2024, "planned", "1.37", "万座"),
    }  # fmt: skip
    for fact in facts:
        text = texts[fact["document"]]
        assert set(fact) == FIELDS
        assert set(fact["period"]) == {"kind", "start", "end", "part"}
        assert text[fact["start"] : fact["end"]] == fact["quote"]
        assert text[fact["figure_start"] : fact["figure_end"]] == fact["figure"]
        assert "学位" in fact["subject"]
        assert fact["place"] == "光明区"
        assert fact["section"]


def test_an_english_word_finds_the_chinese_subject(rag: Run) -> None:
    figures = {fact["figure"] for fact in listed(rag, "retail sales growth", "--status", "planned")}
    assert {"7%", "8.0%"} <= figures


def test_without_words_every_figure_comes_in_the_order_of_the_documents(
    rag: Run, texts: dict[str, str]
) -> None:
    facts = listed(rag)
    assert len(facts) > 300
    order = [(list(texts).index(f["document"]), f["figure_start"]) for f in facts]
    assert order == sorted(order)
    assert listed(rag, "-n", "3") == facts[:3]


def test_filters_restrict_and_can_be_combined(rag: Run) -> None:
    for fact in listed(rag, "--year", "2019", "--status", "actual", "--unit", "万元", "--place", "光明"):
        assert (fact["period"]["end"], fact["status"], fact["place"]) == (2019, "actual", "光明区")
        assert fact["unit"].endswith("元")
    only = listed(rag, "--document", PLAN_2024, "--measure", "growth", "--measure", "decline")
    assert {fact["document"] for fact in only} == {PLAN_2024}
    assert {fact["measure"] for fact in only} <= {"growth", "decline"}


def test_places_and_years_among_the_words_count(rag: Run) -> None:
    assert listed(rag, "光明区2023年GDP") == listed(rag, "GDP", "--place", "Guangming", "--year", "2023")


def test_every_figure_can_be_taken_to_a_spreadsheet(rag: Run, texts: dict[str, str]) -> None:
    rows = rows_of(rag("facts", "--csv", "--status", "planned", "--year", "2020").stdout)
    assert len(rows) > 30
    assert {(row["period_end"], row["status"]) for row in rows} == {("2020", "planned")}
    assert ("2500座", "以上") in {(row["figure"], row["qualifier"]) for row in rows}
    for row in rows:
        assert texts[row["document"]][int(row["start"]) : int(row["end"])] == row["quote"]


def test_a_person_sees_place_period_figure_and_where_it_stands(rag: Run) -> None:
    head, first, *_ = rag("facts", "学位", "--year", "2020").stdout.splitlines()
    assert head.split() == ["place", "period", "status", "subject", "figure", "where"]
    assert first.split()[:3] == ["光明区", "2020", "planned"]
    assert "不少于1.76万个" in rag("facts", "学位", "--year", "2020").stdout


def test_figures_as_a_table_of_pandas(pipeline: Pipeline) -> None:
    frame = pipeline.facts("一般公共预算收入", years=[2023]).to_frame()
    assert frame["magnitude"].max() == 10_921_000_000
    assert set(frame["period_end"]) == {2023}
    assert list(pipeline.facts("火星移民人数").to_frame().columns) == list(frame.columns)


def test_compare_follows_a_thing_through_the_years(rag: Run) -> None:
    shown = rag("compare", "一般公共预算收入").stdout
    for part in ("58.6亿元 [1]", "35.2%", "10%以上", "109.21亿元 − 58.6亿元 = 50.61亿元", "rag show "):
        assert part in shown
    data = json.loads(rag("compare", "retail sales growth", "--json").stdout)
    told = [
        (r["period"]["end"], *(f["figure"] for f in (*r["growth"], *r["growth_targets"])))
        for r in data["rows"]
    ]
    assert told == [(2019, "7.2%"), (2020, "7%"), (2023, "8.9%"), (2024, "8.0%")]
    assert all(row["outturns"] == row["targets"] == [] for row in data["rows"])
    assert data["changes"] == []
    rows = rows_of(rag("compare", "一般公共预算收入", "--csv").stdout)
    assert [(row["period_end"], row["outturn"]) for row in rows] == [
        ("2019", "58.6亿元"), ("2020", ""), ("2023", "109.21亿元"), ("2024", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("facts", "火星移民人数"), "no such figure"),
        (("compare", "火星移民人数"), "no such figure"),
        (("facts", "学位", "--year", "1999"), "of 1999"),
        (("facts", "学位", "--place", "上海"), "of “上海”"),
        (("facts", "上海的学位"), "of “上海”"),
        (("compare", "GDP", "--place", "北京市"), "of “北京市”"),
        (("facts", "--unit", "光年"), "“光年”"),
    ],
)
def test_what_the_documents_do_not_hold_is_told_with_what_they_do(
    rag: Run, arguments: tuple[str, ...], told: str
) -> None:
    done = rag(*arguments)
    assert (done.returncode, done.stdout) == (1, "")
    assert told in done.stderr
    assert "光明区" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("facts", ""), ("facts", "位" * 300), ("facts", "--status", "maybe"), ("facts", "--measure", "size"),
        ("facts", "--limit", "0"), ("facts", "--limit", "9" * 30), ("facts", "--year", "NaN"), ("facts", "--document", "none"),
        ("facts", "--csv", "--json"), ("compare", " "), ("compare", "GDP", "--csv", "--json"),
    ],
)  # fmt: skip
def test_wrong_use_is_told_as_such(rag: Run, arguments: tuple[str, ...]) -> None:
    done = rag(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


def test_nothing_found_is_an_empty_list_for_a_program(rag: Run) -> None:
    done = rag("facts", "火星移民人数", "--json")
    assert (done.returncode, json.loads(done.stdout)) == (1, [])
    done = rag("compare", "火星移民人数", "--json")
    assert (done.returncode, json.loads(done.stdout)["rows"]) == (1, [])
