"""Whether the best figure is the answer, and which one is the best where neighbours look alike."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.ask.acceptance import describe_best, sureness
from rag.ask.finding import rank_figures
from rag.schema import Answer
from rag.wiring import Pipeline

PLAN = """临江区2023年国民经济和社会发展计划执行情况与2024年计划草案的报告
一、2023年计划执行情况
全年新开工水厂扩建等项目48个,其中投资亿元以上项目17个。第一批6个旧村改造试点已开工5个,第二批9个已开工4个。
引进工程师120人,其中全职30人、兼职90人。空气中PM2.5浓度为21.5微克/立方米,同比下降3.1%。
向上争取资金12.4亿元。全年为企业减税7.6亿元。
二、2024年主要任务
新建公园8个。
"""


@pytest.fixture(scope="module")
def town(plans_of: Callable[..., Pipeline]) -> Pipeline:
    return plans_of(plan=PLAN)


def leads(answer: Answer) -> list[str]:
    """The figures that the lines of an answer begin with."""
    return [line.split("(")[0].strip() for line in answer.answer.splitlines() if line[0].isdigit()]


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("2023年新开工的项目有多少个?", ["48个"]),
        ("2023年新开工的亿元以上项目有几个?", ["17个"]),
        ("2023年第二批旧村改造试点开工了几个?", ["4个"]),
        ("我们在做课题研究:2023年PM2.5浓度是多少?", ["21.5微克/立方米"]),
        ("2023年替企业省了多少税?", ["7.6亿元"]),
        ("How many engineers were recruited in 2023, and how many of them are full-time?", ["120人", "30人"]),
        ("2023年引进了几个工程师?全职的又有几个?", ["120人", "30人"]),
        ("听说2023年临江区新开工了60个项目,对吗?", ["48个"]),
    ],
)
def test_the_figure_that_is_meant_is_given(question: str, figures: list[str], town: Pipeline) -> None:
    assert leads(town.ask(question)) == figures


@pytest.mark.parametrize(
    "question",
    [
        "2023年临江区新建学校多少所?",
        "How many hospitals were built in 2023?",
        "2023年实际使用外资多少亿美元?",
    ],
)
def test_what_the_plan_does_not_state_is_not_answered(question: str, town: Pipeline) -> None:
    assert town.ask(question).outcome == "abstained"


def test_a_change_between_two_years_is_calculated_from_their_levels(pipeline: Pipeline) -> None:
    for question in (
        "By how much did the PM2.5 concentration fall between 2019 and 2023?",
        "PM2.5浓度从2019年到2023年降了多少?",
    ):
        answer = pipeline.ask(question)
        assert leads(answer) == ["25.4微克/立方米", "18.6微克/立方米"]
        assert "= 6.8微克/立方米" in answer.answer


def test_a_clear_lead_makes_the_best_figure_surer(town: Pipeline) -> None:
    question = town.plans.read("2024年新建公园多少个?")
    described = describe_best(question, [item for item in rank_figures(town.plans, question) if item.fits])
    assert sureness(described, "zh") > 0.9
    unclear = {**described, "lead": 0.0, "coverage": described["coverage"] / 2}
    assert sureness(unclear, "zh") < sureness({**unclear, "lead": 0.5}, "zh") < sureness(described, "zh")
