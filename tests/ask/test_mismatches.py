"""What shares words with a question and is no answer to it: another phase, measure, relation, part or kind."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.wiring import Pipeline

PLAN = """临江区2023年国民经济和社会发展计划执行情况与2024年计划草案的报告
一、2023年计划执行情况
(一)经济稳中有进
全区生产总值增长6.3%。生物医药产业增加值占生产总值比重达12.5%,规模以上生物医药企业达86家,完成产值超310亿元。
制造业投资完成58亿元,全年完成投资412亿元。滨江片区建设提速,全年完成投资95亿元。柳湾片区规划获批。
一般公共预算收入64.5亿元,增长7.1%。全口径税收收入152.0亿元,增长5.5%。
(二)城市品质提升
统筹新开工道路14条,建成道路22条。轨道交通里程达31.5公里,在建18.2公里。超充站总数达到17座。
累计筹集人才住房超9000套。全年接待游客432.1万人次,同比增长18.6%。全年用水总量为0.92亿立方米。
举办公益招聘活动63场,助力1280家企业招工,吸引求职者5.6万人次。首个购物中心锦仟里开业,营业面积超过8万平方米。
新建碧道5.4公里。信访积案化解31宗。
二、2024年主要任务
新建公园8个。全区生产总值增长6.5%左右。新建碧道7公里以上。
"""


@pytest.fixture(scope="module")
def town(plans_of: Callable[..., Pipeline]) -> Pipeline:
    return plans_of(plan=PLAN)


@pytest.mark.parametrize(
    "question",
    [
        "2023年生物医药产业增加值是多少亿元?",  # the output is stated
        "2023年GDP总量是多少?",  # the growth is
        "2023年万元GDP用水量是多少立方米?",
        "How many cubic metres of water were used per 10,000 yuan of GDP in 2023?",
        "How many cubic metres of water did it take to produce 10,000 yuan of GDP in 2023?",
        "2023年柳湾片区完成投资多少亿元?",  # that of another part of the town
        "2023年新筹集了多少套人才住房?",  # the total is
        "2023年新增了几座超充站?",
        "How many of the tourists who came in 2023 were from Japan?",
        "2023年第三季度GDP增长多少?",
        "How fast did GDP grow in the third quarter of 2023?",
        "2023年引进的求职者平均年龄多大?",
        "2023年锦仟里的营业额是多少?",
        "What share of the residents were over 65 in 2023?",
        "How many parks did Liuwan Subdistrict plan for 2024?",
        "How many tourists went to neighbouring Dongguan in 2023?",
        "what was hong kong's gdp growth in 2023",
        "2023年的前一年,GDP增长了多少?",
        "What was GDP growth in the year before 2023?",
    ],
)
def test_what_only_shares_words_is_no_answer(question: str, town: Pipeline) -> None:
    assert town.ask(question).outcome == "abstained"


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("2023年生物医药产业的产值是多少亿元?", "310亿元"),
        ("2023年滨江片区完成投资多少亿元?", "95亿元"),
        ("2023年建成了多少条道路?", "22条"),
        ("2023年新开工了多少条道路?", "14条"),
        ("2023年累计筹集了多少套人才住房?", "9000套"),
        ("已经建好的超充站,2023年有几座?", "17座"),
        ("How much investment went into manufacturing in 2023?", "58亿元"),
        ("What was manufacturing investment in 2023?", "58亿元"),
        ("How many kilometres of riverside paths (碧道) were built in 2023?", "5.4公里"),
        ("How many km of 碧道 are planned for 2024?", "7公里"),
        ("How many of the petition cases (信访积案) were resolved in 2023?", "31宗"),
        ("If you were new in town, how many tourists came in 2023?", "432.1万人次"),
        ("2023年全口径税收收入增长到多少?", "152.0亿元"),
    ],
)
def test_what_is_meant_is_told(question: str, figure: str, town: Pipeline) -> None:
    answer = town.ask(question)
    assert answer.outcome == "answered"
    assert answer.claims[0].text == figure


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("2023年办了多少场招聘、帮了多少家企业、来了多少求职者?", ["63场", "1280家", "5.6万人次"]),
        ("2023 in figures: number of job fairs held, number of firms helped, and how many job seekers?",
         ["63场", "1280家", "5.6万人次"]),
        ("How many tourists came in 2023, and how much was that up on the year before?",
         ["432.1万人次", "18.6%"]),
        ("2023年一般公共预算收入占全口径税收收入的比例?", ["64.5亿元", "152.0亿元", "42.4%"]),
    ],
)  # fmt: skip
def test_several_things_are_told_together(question: str, figures: list[str], town: Pipeline) -> None:
    told = {claim.text for claim in town.ask(question).claims}
    assert set(figures) <= told


def test_shares_are_of_one_kind_of_thing(town: Pipeline) -> None:
    answer = town.ask("What percentage of the job fairs were about petition cases in 2023?")
    assert not any(claim.expression for claim in answer.claims)


@pytest.mark.parametrize(
    ("context", "question", "figure"),
    [
        ("2023年统筹新开工了多少条道路?", "那建成的呢?", "22条"),
        ("2023年新建碧道多少公里?", "紧接着那一年计划建多少?", "7公里"),
        ("2023年接待了多少游客?", "跟上一年比涨了百分之多少?", "18.6%"),
        ("How much manufacturing investment was there in 2023?", "And all investment, in yuan?", "412亿元"),
    ],
)
def test_follow_ups(context: str, question: str, figure: str, town: Pipeline) -> None:
    answer = town.ask(question, context=[context])
    assert answer.outcome == "answered"
    assert answer.claims[0].text == figure
