from __future__ import annotations

import pytest

from rag.ask.question import read_question
from rag.bind.asked_time import Coverage

COVERAGE = Coverage((2019, 2020, 2023, 2024), ("光明区",), 2024)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2019年地区生产总值是多少?", (2019,)),
        ("二〇一九年地区生产总值是多少?", (2019,)),
        ("19年GDP多少", (2019,)),
        ("2019年和2023年的PM2.5浓度", (2019, 2023)),
        ("2023年万元GDP用水量较2020年下降多少?", (2023,)),
        ("去年新建公园多少个?", (2023,)),
        ("今年的目标是什么?", (2024,)),
        ("GDP growth in 2023 and 2024", (2023, 2024)),
        ("公园有多少个?", ()),
        ("近10年来的变化", ()),
        ("2019年的前一年,GDP增长多少?", (2018,)),
        ("What was GDP growth in the year before 2019?", (2018,)),
        ("If you moved here in 2023, how many parks were there?", (2023,)),
    ],
)
def test_years(text: str, years: tuple[int, ...]) -> None:
    assert read_question(text, COVERAGE).years == years


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("2024年GDP增长目标是多少?", "planned"),
        ("2020年计划建成多少座5G基站?", "planned"),
        ("2020年GDP实际增长多少?", "actual"),
        ("2020年GDP增长了多少?", "actual"),
        ("2024年技改投资目标最后完成情况?", "actual"),
        ("2019年规上工业增加值是多少?", None),
        ("2019年新增公园多少个?", None),
        ("What GDP growth was targeted for 2020?", "planned"),
        ("How much did GDP actually grow in 2020?", "actual"),
        ("What was the PM2.5 concentration in 2023?", None),
        ("How many job fairs did the 2020 plan call for?", "planned"),
        ("How many talents were recruited in 2023 under the talent highland plan?", None),
        ("2020年GDP增长目标和上一年实际增速一样吗?", "planned"),
        ("How much money came in, said to be a record?", None),
    ],
)
def test_status(text: str, status: str | None) -> None:
    assert read_question(text, COVERAGE).status == status


@pytest.mark.parametrize(
    ("text", "classes", "measure"),
    [
        ("新建公园多少个?", ("count", "person"), "个"),
        ("投资了多少亿元?", ("money",), "元"),
        ("2020年规上工业增加值计划增长几个点?", "percent", None),
        ("接待游客多少万人次?", ("person", "visit"), "人次"),
        ("PM2.5浓度是多少?", ("concentration",), None),
    ],
)
def test_unit(text: str, classes: tuple[str, ...] | str, measure: str | None) -> None:
    unit = read_question(text, COVERAGE).unit
    if isinstance(classes, str):
        assert classes in unit.classes
    else:
        assert (unit.classes, unit.measure) == (classes, measure)


def test_an_indicator_name_is_no_growth() -> None:
    question = read_question("2019年规上工业增加值是多少?", COVERAGE)
    assert question.role is None
    assert read_question("2019年规上工业增加值增长多少?", COVERAGE).role == "growth"


def test_the_plan_named_as_source_is_not_the_year_asked_about() -> None:
    question = read_question("2020年计划里提到2019年GDP是多少?", COVERAGE)
    assert (question.plan_year, question.years) == (2020, (2019,))


def test_traditional_characters_and_full_width_digits() -> None:
    question = read_question("２０１９年規上工業增加值是多少？", COVERAGE)
    assert question.years == (2019,)
    assert [word.keys for word in question.words] == [("#industrial_va_above_scale",)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("How many km of 碧道 were built?", "en"),
        ("Tell me the 2023 figure for 规上工业增加值", "en"),
        ("2023年的GDP growth是多少?", "zh"),
        ("TCL华星2023年投资多少?", "zh"),
        ("PM2.5浓度", "zh"),
    ],
)
def test_names_of_the_other_language_do_not_change_the_question(text: str, language: str) -> None:
    assert read_question(text, COVERAGE).language == language
