"""A document that does not tell its place or year answers for what it says, and spoils no other's answers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.wiring import Pipeline

REPORT = """临溪县2023年政府工作报告
一、2022年工作回顾
2022年,全县地区生产总值300.6亿元,增长5.1%。新建公园30个。城镇新增就业3000人。粮食产量达到20万吨。
二、2023年目标
地区生产总值增长6%。城镇新增就业3500人。
"""
NOTICE = "关于加强公园管理的通知\n各公园要延长开放时间,新建书屋12个。\n"
BULLETIN = "2021年全县国民经济和社会发展统计公报\n一、综合\n2021年,全县地区生产总值286.4亿元,增长5.5%。\n"


@pytest.fixture(scope="module")
def county(plans_of: Callable[..., Pipeline]) -> Pipeline:
    return plans_of(report=REPORT, notice=NOTICE, bulletin=BULLETIN)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("2022年地区生产总值增长多少?", "5.1%(2022年实际)"),
        ("2022年新建公园多少个?", "30个(2022年实际)"),
        ("2023年地区生产总值增长目标是多少?", "6%(2023年计划)"),
    ],
)
def test_a_document_without_a_year_leaves_the_others_their_answers(
    county: Pipeline, question: str, answer: str
) -> None:
    assert county.ask(question).answer.startswith(answer)


def test_a_document_without_a_year_is_quoted_without_one(county: Pipeline) -> None:
    answer = county.ask("新建书屋多少个?")
    assert answer.answer.startswith("12个(实际)")
    assert (answer.citations[0].year, answer.citations[0].plan_year) == (None, None)


def test_a_document_of_unknown_place_may_be_of_the_place_asked_for(county: Pipeline) -> None:
    assert county.ask("2021年临溪县地区生产总值是多少亿元?").answer.startswith("286.4亿元(2021年实际)")
