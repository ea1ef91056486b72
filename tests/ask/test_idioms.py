"""What idioms, counters and verbs of a question ask for."""

from __future__ import annotations

import pytest

from rag.ask.question import read_question
from rag.bind.asked_time import Coverage

COVERAGE = Coverage((2023, 2024), ("光明区",), 2024)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("2023年总共用了多少水?", "#water_consumption"),
        ("2023年用掉多少度电?", "#electricity_consumption"),
        ("今年经济预期增长多少?", "#gdp"),
        ("今年经济要增长多少?", "#gdp"),
        ("2023年学校砸了多少钱?", "投入"),
        ("How fast did the local economy expand in 2023?", "#gdp"),
        ("How many people live in the district?", "#permanent_pop"),
    ],
)
def test_idioms_ask_for_what_they_stand_for(text: str, named: str) -> None:
    assert named in {key for word in read_question(text, COVERAGE).words for key in word.keys}


@pytest.mark.parametrize(
    ("text", "named"),
    [("2024年新增多少学位?", "#basic_edu_place"), ("新增了多少床位?", "#hospital_bed")],
)
def test_a_counter_that_is_a_noun_is_asked_about(text: str, named: str) -> None:
    question = read_question(text, COVERAGE)
    assert named in {key for word in question.words for key in word.keys}
    assert "家" not in {word.text for word in read_question("新增多少家企业?", COVERAGE).words}


@pytest.mark.parametrize(
    ("text", "making"),
    [
        ("2024年打算修多少公园?", True),
        ("建好了几条路?", True),
        ("全区有多少公园?", False),
        ("新建多少项目?", False),
    ],
)
def test_verbs_of_making(text: str, making: bool) -> None:
    assert read_question(text, COVERAGE).asks_making is making


def test_a_task_is_a_plan_only_where_its_amount_is_asked() -> None:
    assert read_question("改革有多少项具体任务?", COVERAGE).status is None
    assert read_question("2024年招商任务是多少?", COVERAGE).status == "planned"


def test_a_year_that_is_only_compared_with_is_not_asked_about() -> None:
    question = read_question("用水量比2023年下降多少?", COVERAGE)
    assert (question.years, question.compared_years) == ((), (2023,))
