"""One thing of several places, targets beside outturns, averages of years: answered from the ledger."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from rag.language import load_toml
from rag.wiring import Pipeline

CUES = load_toml("ask/side_by_side.toml")
NORTH_2025 = """北原市2025年政府工作报告
一、2024年工作回顾
全市地区生产总值500亿元、增长5.2%。
二、2025年重点工作
主要预期目标:地区生产总值增长6%左右,城镇新增就业2万人。
"""
NORTH_2026 = """北原市2026年政府工作报告
一、“十四五”时期和2025年工作回顾
“十四五”时期是极不平凡的五年。财政收入年均增长7.8%。
刚刚过去的2025年,全市地区生产总值540亿元、增长5.5%,城镇新增就业2.3万人,财政收入增长3.1%。
二、2026年重点工作
地区生产总值增长5%。
"""
SOUTH_2026 = """南汀市2026年政府工作报告
一、2025年工作回顾
全市地区生产总值410亿元、增长6.1%。
二、2026年重点工作
地区生产总值增长6%以上。
"""


@pytest.fixture(scope="module")
def reports(plans_of: Callable[..., Pipeline]) -> Pipeline:
    return plans_of(north_2025=NORTH_2025, north_2026=NORTH_2026, south_2026=SOUTH_2026)


def figures(pipeline: Pipeline, question: str) -> list[str]:
    return [claim.text for claim in pipeline.ask(question).claims]


def test_a_target_stands_beside_what_was_reached(reports: Pipeline) -> None:
    answer = reports.ask("北原市2025年地区生产总值增长目标完成了吗?")
    assert [claim.text for claim in answer.claims][:2] == ["6%", "5.5%"]
    assert {citation.document for citation in answer.citations} == {"north_2025", "north_2026"}
    assert [citation.status for citation in answer.citations] == ["planned", "actual"]


def test_each_place_has_its_own_figure(reports: Pipeline) -> None:
    answer = reports.ask("2025年北原市地区生产总值比南汀市多多少亿元?")
    assert "540亿元" in answer.answer
    assert "410亿元" in answer.answer
    assert "130亿元" in answer.answer
    assert [citation.place for citation in answer.citations] == ["北原市", "南汀市"]


def test_what_is_told_of_places_stands_in_the_order_of_the_question(reports: Pipeline) -> None:
    answer = reports.ask("南汀市和北原市2025年地区生产总值分别增长多少?")
    assert [claim.text for claim in answer.claims][:2] == ["6.1%", "5.5%"]
    assert "0.6" not in answer.answer  # nothing is calculated unasked


def test_a_fall_is_told_as_one_and_never_taken_for_a_rise(plans_of: Callable[..., Pipeline]) -> None:
    text = "一、2025年工作回顾\n全市地区生产总值[2]500亿元,下降4.3%。人均地区生产总值9万元,下降3.5%。\n"
    pipeline = plans_of(north_fell=f"北原市2026年政府工作报告\n{text}", south_rose=SOUTH_2026)
    assert pipeline.ask("北原市2025年地区生产总值增长多少?").answer.startswith("下降4.3%(")
    difference = pipeline.ask("2025年南汀市地区生产总值增速比北原市高多少个百分点?")
    assert "1.8个百分点" not in difference.answer


def test_an_indicator_is_no_other_one_whose_name_holds_it(plans_of: Callable[..., Pipeline]) -> None:
    pipeline = plans_of(
        per_head="北原市2026年政府工作报告\n一、2025年工作回顾\n人均地区生产总值9万元。\n", south=SOUTH_2026
    )
    answer = pipeline.ask("2025年北原市地区生产总值比南汀市多多少亿元?")
    assert "9万元" not in answer.answer


def test_an_average_of_years_is_no_year_and_the_reverse(reports: Pipeline) -> None:
    assert figures(reports, "北原市2025年财政收入增长多少?")[0] == "3.1%"
    assert figures(reports, "“十四五”时期北原市财政收入年均增长多少?")[0] == "7.8%"


def test_a_figure_of_one_place_is_none_of_another(reports: Pipeline) -> None:
    answer = reports.ask("2025年南汀市城镇新增就业多少人?")
    assert answer.outcome == "abstained"


@pytest.mark.parametrize("name", ["both", "average", "span"])
def test_cues_find_their_examples_alone(name: str) -> None:
    pattern = re.compile("|".join((*CUES[name]["zh"], *CUES[name]["en"])), re.IGNORECASE)
    assert all(pattern.search(text) for text in CUES[name]["examples"])
    assert not any(pattern.search(text) for text in CUES[name]["spared"])
