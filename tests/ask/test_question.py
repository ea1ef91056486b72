from __future__ import annotations

import pytest

from rag.ask.question import read_question
from rag.bind.asked_time import Coverage
from rag.language.places import foreign_places
from rag.wiring import Pipeline

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


def test_typing_errors_are_mended_and_told(pipeline: Pipeline) -> None:
    answer = pipeline.ask("2019年公办园和普会园占笔是多少?")
    assert "87.7%" in answer.answer
    assert "“占笔”按“占比”理解" in answer.answer


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("南山区2023年GDP增速", ("南山区",)),
        ("上海2020年的目标", ("上海",)),
        ("2019年深圳全市的地区生产总值", ("深圳",)),
        ("公明街道2019年规上工业增加值", ("公明街道",)),
        ("光明区2019年GDP", ()),
        ("深圳市光明区2019年GDP", ()),
        ("每个街道打造几个夜间经济街区", ()),
        ("What growth did Shanghai target for 2020?", ("Shanghai",)),
        ("Guangming District's revenue in 2019", ()),
        ("When does Shenzhen Science Museum open?", ()),
    ],
)
def test_places(text: str, places: tuple[str, ...]) -> None:
    assert foreign_places(text, ("光明区",), lambda _: False) == places


def test_a_place_inside_a_name_of_the_plans_is_no_scope(pipeline: Pipeline) -> None:
    assert pipeline.plans.attested("深圳科技馆")
    assert foreign_places("深圳科技馆(新馆)2019年进展如何", ("光明区",), pipeline.plans.attested) == ()


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


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("2023年上事企业总数有多少家?", "上市企业"),  # every character of it is a word
        ("2023年新惯通的道路有多少公里?", "新贯通"),  # 新冠 only sounds like it, and no plan uses it
        ("打算到年底累计建到多少?", "累计建到"),  # 计建 is no 基建
        ("最后谈成意向的有多少人?", "谈成意向"),  # 成意 is no 成衣
    ],
)
def test_typing_errors_are_mended_and_nothing_else(text: str, mended: str, pipeline: Pipeline) -> None:
    assert mended in pipeline.plans.read(text).plain


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("what was hong kong's gdp growth in 2023", ("Hong Kong",)),
        ("gdp growth of shanghai in 2023", ("Shanghai",)),
        ("What was China's GDP growth in 2023?", ("China",)),
        ("Which law is China's first on science cities?", ()),
        ("How many school places are planned for Xinhu Subdistrict?", ("Xinhu",)),
        ("How many firms has Shenzhen's innovation centre brought to Guangming, and how many projects?", ()),
        ("How much faster than Shenzhen did Guangming grow?", ("Shenzhen",)),
    ],
)
def test_places_by_their_english_names(text: str, places: tuple[str, ...]) -> None:
    assert foreign_places(text, ("光明区",), lambda name: False) == places
