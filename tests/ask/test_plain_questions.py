"""Questions as people put them find their figure, and what only sounds alike does not answer."""

from __future__ import annotations

import pytest

from rag.wiring import Pipeline


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("2024年要新增多少学位?", "1.37万座"),
        ("公园总数2020年要到多少个?", "254个"),
        ("2020年打算修多少公园?", "41个"),
        ("2023年光明区拆违多少万平方米?", "232.5万平方米"),
        ("国家高新技术企业总数超过多少?", "2000家"),
        ("How many trains stop at Guangming every day?", "29趟"),
        ("How many EV chargers does the district have altogether?", "11089个"),
        ("By how much did crime reports fall in 2023?", "16.15%"),
    ],
)
def test_plain_questions_find_their_figure(pipeline: Pipeline, text: str, figure: str) -> None:
    assert figure in pipeline.ask(text).answer.splitlines()[0]


@pytest.mark.parametrize(
    "text",
    [
        "How many new parks does Guangming plan to build in 2024?",
        "How many libraries were built in 2023?",
        "How many primary school pupils are there in Guangming?",
        "2023年光明区有多少名教师?",
    ],
)
def test_what_only_sounds_alike_is_no_answer(pipeline: Pipeline, text: str) -> None:
    assert pipeline.ask(text).outcome == "abstained"


def test_money_put_into_a_thing_is_no_investment_of_the_district(pipeline: Pipeline) -> None:
    answer = pipeline.ask("2019年治水投入了多少资金?")
    assert answer.claims[0].text == "49.67亿元", answer.answer


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("From how many countries did films come to the 2019 short film festival?", "122个"),
        ("How many bus routes were changed in 2023?", "54条"),
        ("How many metres of gas main did Guangming lay in 2023?", "20.9千米"),
        ("How many cubic metres of tap water should reclaimed water replace in 2024?", "1100万立方米"),
        (
            "How much land was supplied for public-welfare facilities, including research, in 2023?",
            "86.9公顷",
        ),
    ],
)
def test_of_several_figures_the_one_that_counts_what_is_asked(
    question: str, figure: str, pipeline: Pipeline
) -> None:
    answer = pipeline.ask(question)
    assert answer.claims[0].text == figure, answer.answer
