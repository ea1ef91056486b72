"""Questions that want something calculated, or take something for granted, on plans of another town.

The plans of two consecutive years speak of 2023 twice: as the target of one and the outturn of the other.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.schema import Answer, Claim
from rag.wiring import Pipeline

OLDER = """临江区2022年国民经济和社会发展计划执行情况与2023年计划草案的报告
一、2022年计划执行情况
地区生产总值620亿元,增长5.5%。新建公园12个,公园总数达96个。医疗机构从40家增至52家。
常住人口31.2万人。PM2.5浓度为30.0微克/立方米。
二、2023年主要目标和任务
地区生产总值增长6%左右。新建公园15个。新增养老床位800张。
"""
NEWER = """临江区2023年国民经济和社会发展计划执行情况与2024年计划草案的报告
一、2023年计划执行情况
地区生产总值651亿元,增长5.0%。新建公园9个。新增养老床位640张,累计达2560张。
建成住宅用地12.5公顷、工业用地30公顷。物流企业营收84亿元,软件企业营收21亿元。
PM2.5浓度为24.0微克/立方米,同比下降20%。落户20亿元航运基金、8亿元农业基金、2亿元文化基金。
二、2024年主要目标和任务
地区生产总值增长5.5%。新建公园18个。
"""


@pytest.fixture(scope="module")
def town(plans_of: Callable[..., Pipeline]) -> Pipeline:
    return plans_of(older=OLDER, newer=NEWER)


def derived(answer: Answer) -> list[Claim]:
    return [claim for claim in answer.claims if claim.verdict == "derived"]


@pytest.mark.parametrize(
    ("question", "expression"),
    [
        # one thing in two years
        ("2023年地区生产总值比2022年多多少亿元?", "651亿元 − 620亿元 = 31亿元"),
        ("How many fewer parks were built in 2023 than in 2022?", "12个 − 9个 = 3个"),
        ("2024年要新建的公园是2023年实际新建的几倍?", "18个 ÷ 9个 = 2.00倍"),
        ("By what percentage did PM2.5 fall from 2022 to 2023?", "(30.0 − 24.0) ÷ 30.0 = 20.0%"),
        # what a figure grew from and to, in one year
        ("By how many did the number of medical institutions go up in 2022?", "52家 − 40家 = 12家"),
        ("2022年医疗机构增加了几家?", "52家 − 40家 = 12家"),
        # what is new as a share of the total
        ("What share of the elderly care beds at the end of 2023 had been added that year?", "640张 ÷ 2560张 = 25.0%"),
        # the target of a year against its outturn
        ("2023年实际新增的养老床位比当年目标少多少张?", "800张 − 640张 = 160张"),
        ("How far did actual GDP growth in 2023 fall short of that year's target?", "6% − 5.0% = 1.0个百分点"),
        # two things in one year
        ("2023年工业用地比住宅用地多多少公顷?", "30公顷 − 12.5公顷 = 17.5公顷"),
        ("In 2023, by what factor did revenue of logistics firms exceed that of software firms?",
         "84亿元 ÷ 21亿元 = 4.00倍"),
        ("2023年新增养老床位占累计床位的百分之几?", "640张 ÷ 2560张 = 25.0%"),
        # what something grew from
        ("2022年医疗机构增长了百分之几?", "(52家 − 40家) ÷ 40家 = 30.0%"),
        # more than two
        ("2023年落户的航运基金、农业基金和文化基金加起来有多少亿元?", "20亿元 + 8亿元 + 2亿元 = 30亿元"),
    ],
)  # fmt: skip
def test_what_is_asked_for_is_calculated(question: str, expression: str, town: Pipeline) -> None:
    answer = town.ask(question)
    assert [claim.expression for claim in derived(answer)] == [expression], answer.answer


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("2023年PM2.5浓度同比下降了百分之几?", "20%"),
        ("2023年地区生产总值增长了多少?", "5.0%"),
        ("How many elderly-care beds are there altogether in 2023?", "2560张"),
        ("2023年新建公园多少个?", "9个"),
    ],
)
def test_what_the_plans_state_is_not_calculated(question: str, figure: str, town: Pipeline) -> None:
    answer = town.ask(question)
    assert answer.claims[0].text == figure
    assert not derived(answer)


@pytest.mark.parametrize(
    "question",
    [
        "2023年常住人口比2022年多多少万人?",
        "2023年新建学校比新建医院多几所?",
        "2022年公园总数和常住人口相差多少?",
    ],
)
def test_nothing_is_calculated_with_a_figure_that_is_not_there(question: str, town: Pipeline) -> None:
    assert not derived(town.ask(question))


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("为什么2023年地区生产总值下降了?", "5.0%"),
        ("Why did PM2.5 rise in 2023?", "20%"),
        ("2023年新建了25个公园,分别在哪些街道?", "9个"),
        ("Given that 1,000 new elderly-care beds were added in 2023, who paid for them?", "640张"),
        ("2023年光是医疗机构就有52家,都在哪些街道?", "52家"),  # of another year, which is shown
    ],
)
def test_a_wrong_premise_is_put_right(question: str, figure: str, town: Pipeline) -> None:
    answer = town.ask(question)
    assert answer.claims[0].text == figure, answer.answer
    note = {"zh": "注:这与问题中的说法不同。", "en": "Note: this is not what the question takes for granted."}
    assert note[answer.language] in answer.answer.splitlines()


def test_a_true_premise_is_left_alone(town: Pipeline) -> None:
    answer = town.ask("为什么2023年地区生产总值增长了5.0%?")
    assert "651" not in answer.answer.split("\n", maxsplit=1)[0][:5]
    assert not any(claim.text == "6%" for claim in answer.claims)
    assert "说法不同" not in answer.answer


@pytest.mark.parametrize(
    ("question", "context", "figure"),
    [
        ("2022年公园加起来有几个?", [], "96个"),  # the total of one thing is no sum
        ("到2022年,医疗机构增加到了多少家?", [], "52家"),
        ("接下来还要建几个?", ["2023年新建公园多少个?"], "18个"),
        ("And the target for 2024?", ["How many parks were built in 2023?"], "18个"),
        ("And after it?", ["How many medical institutions were there before the 2022 increase?"], "52家"),
        ("And the agriculture one?", ["How large is the shipping fund of 2023?"], "8亿元"),
    ],
)
def test_nothing_is_calculated_where_a_figure_is_asked(
    question: str, context: list[str], figure: str, town: Pipeline
) -> None:
    answer = town.ask(question, context=context)
    assert [claim.text for claim in answer.claims if claim.verdict == "supported"][:1] == [figure], (
        answer.answer
    )
    assert not derived(answer)
