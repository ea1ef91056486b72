"""Questions for several things at once, for differences and ratios, and with contrasts in them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.ask.decompose import split_question
from rag.ask.question import read_question
from rag.bind.asked_time import Coverage
from rag.wiring import Pipeline

PLANS = Coverage((2019, 2020, 2023, 2024), ("光明区",), 2024)


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("2024年GDP、固投和社零的增长目标分别是多少?", ["GDP", "固投", "社零"]),
        ("2023年居住用地比产业用地少多少公顷?", ["居住用地", "产业用地"]),
        ("2023年社会投资与制造业投资相差多少?", ["社会投资", "制造业投资"]),
        ("2023年轨道交通总里程和在建里程差多少公里?", ["轨道交通", "轨道交通"]),
        ("How large were social investment and manufacturing investment in 2023?",
         ["social investment", "manufacturing investment"]),
    ],
)  # fmt: skip
def test_things_asked_at_once_are_told_apart(text: str, subjects: list[str]) -> None:
    parts = split_question(read_question(text, PLANS))
    assert len(parts) == len(subjects)
    for part, subject in zip(parts, subjects, strict=True):
        named = {word.text for word in part.words}
        assert subject in named
        assert not named & (set(subjects) - {subject})


@pytest.mark.parametrize(
    "text",
    ["2023年一般公共预算收入比2019年多多少?", "2020年GDP和社零的增长目标?", "2019年教育和医疗有哪些进展?"],
)
def test_one_thing_stays_one_question(text: str) -> None:
    assert len(split_question(read_question(text, PLANS))) == 1


@pytest.mark.parametrize(
    ("question", "expression"),
    [
        ("2023年产业用地比居住用地多供应多少公顷?", "27.2公顷 − 8.8公顷 = 18.4公顷"),
        ("2023年制造业投资与社会投资,谁的增速更快,快多少?", "17.5% − 12.1% = 5.4个百分点"),
        ("2023年一般公共预算收入是2019年的几倍?", "109.21亿元 ÷ 58.6亿元 = 1.86倍"),
    ],
)
def test_a_difference_shows_its_formula(question: str, expression: str, pipeline: Pipeline) -> None:
    answer = pipeline.ask(question)
    assert expression in [claim.expression for claim in answer.claims], answer.answer


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("2019年公园总数是多少个?新建的不用说", "213个"),
        ("2019年新建公园多少个,区别于公园总数", "63个"),
        ("How many parks were newly built in 2019, rather than the total?", "63个"),
        ("By how much did manufacturing investment grow in 2023, not social investment?", "17.5%"),
        ("2019年新增海棉城市面积多少平方公里?", "7.2平方公里"),
    ],
)
def test_contrasts_and_slips_are_understood(question: str, figure: str, pipeline: Pipeline) -> None:
    assert pipeline.ask(question).claims[0].text == figure


def test_numerals_are_no_typing_errors(pipeline: Pipeline) -> None:
    assert pipeline.plans.read("2023年其中一亿元以上的有几个?").corrections == ()


def test_plans_of_two_places_are_kept_apart(plans_of: Callable[..., Pipeline]) -> None:
    both = plans_of(
        **{
            place: f"{place}2020年国民经济和社会发展计划\n\n一、2019年国民经济和社会发展计划执行情况\n\n"
            f"  2019年实现地区生产总值{amount}亿元,增长8.0%。\n"
            for place, amount in (("光明区", 1020), ("临江区", 777))
        }
    )
    for place, amount in (("光明区", 1020), ("临江区", 777), ("深圳市光明区", 1020)):
        answer = both.ask(f"{place}2019年地区生产总值是多少?")
        assert answer.claims[0].text == f"{amount}亿元"
        assert {citation.title[:3] for citation in answer.citations} == {place[-3:]}


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("In 2019, how many housing units were built or raised, and how many were supplied?", ["10247套", "2284套"]),
        ("How many kilometres of metro were running in 2023, and how many were under construction?",
         ["23.3公里", "21.6公里"]),
        ("How many projects above 100 million yuan did Guangming attract in 2023 and with what registered capital?",
         ["193个", "363.7亿元"]),
        ("By how much did GDP and the value added of above-scale industry grow in 2023?", ["9.0%", "9.2%"]),
    ],
)  # fmt: skip
def test_the_second_thing_may_be_named_by_the_first_alone(
    question: str, figures: list[str], pipeline: Pipeline
) -> None:
    answer = pipeline.ask(question)
    told = dict.fromkeys(claim.text for claim in answer.claims if claim.text in figures)
    assert list(told) == figures, answer.answer
    assert not any(claim.expression for claim in answer.claims), answer.answer


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("How many small and micro black-odorous water bodies were cleaned up in 2019?", "148个"),
        ("What proportion of residential, industrial and commercial users had natural gas in 2023?", "90%"),
    ],
)
def test_one_thing_with_two_names_is_one_thing(question: str, figure: str, pipeline: Pipeline) -> None:
    answer = pipeline.ask(question)
    assert len(answer.citations) == 1, answer.answer
    assert answer.claims[0].text == figure


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("2019年城中村综合治理一共开展多少个?", "114个"),
        ("2019年城中村综合治理第一批有多少个?", "49个"),
        ("How many urban villages were in the first batch of 2019?", "49个"),
    ],
)
def test_a_batch_is_told_from_all(question: str, figure: str, pipeline: Pipeline) -> None:
    answer = pipeline.ask(question)
    assert answer.claims[0].text == figure, answer.answer
