"""Questions that ask what there is: answered by the enumeration of one document, each item with its place."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from rag.ask.enumeration_fit import is_about
from rag.ask.enumeration_wish import asks_items, data, named_counts, named_report, read_topic
from rag.ask.quotes import item_words
from rag.schema import Answer
from rag.wiring import Pipeline

NORTH_2025 = """北原市2025年政府工作报告
一、2024年工作回顾
一年来,主要做了以下工作:
(一)经济稳步回升。全市地区生产总值500亿元。
(二)城乡面貌改善。新建公园9个。
我们也清醒看到,全市发展还面临不少困难和挑战,主要是:有效需求不足;企业经营困难;财政收支矛盾突出。
二、2025年重点工作
做好今年工作,必须做到“三个坚持”:一是坚持党的领导。把方向、管大局。二是坚持实干为先。三是坚持人民至上。
(一)加快科技创新。
建强实验室体系。新建实验室3家。
攻关关键技术。投入2亿元。
(二)改善人民生活。
稳定就业。城镇新增就业2万人。
扩大养老服务。新增床位500张。
"""
NORTH_2026 = """北原市2026年政府工作报告
一、2025年工作回顾
我们也清醒看到,发展中还存在不少问题:消费增长乏力;创新能力不强;风险隐患较多。
二、2026年重点工作
(一)扩大内需。促进消费。
(二)改善民生。办好教育。
(三)保护生态。治理河流。
"""
SOUTH_2026 = """南汀市2026年政府工作报告
一、2025年工作回顾
我们也看到,发展还面临不少困难:人口减少;耕地退化;水源不足。
"""


@pytest.fixture(scope="module")
def reports(plans_of: Callable[..., Pipeline]) -> Pipeline:
    return plans_of(north_2025=NORTH_2025, north_2026=NORTH_2026, south_2026=SOUTH_2026)


def items(answer: Answer) -> list[str]:
    """The items that an answer lists, without their keys."""
    return re.findall(r"^\d+\. (.+?) ?\[\d+\]$", answer.answer, re.MULTILINE)


def rules(path: str) -> list[dict[str, Any]]:
    return list(data()[path])


@pytest.mark.parametrize("rule", rules("asks"), ids=lambda rule: str(rule["name"]))
def test_questions_that_ask_for_items(rule: dict[str, Any]) -> None:
    for question in rule["examples"]:
        assert re.search(rule["pattern"], question, re.IGNORECASE), question
    for question in rule["not"]:
        assert not asks_items(question), question


@pytest.mark.parametrize("topic", data()["topics"])
def test_leads_of_a_topic(topic: str) -> None:
    rule = data()["topics"][topic]
    assert all(is_about(lead, topic) for lead in rule["examples"])
    assert not any(is_about(lead, topic) for lead in rule["not_examples"])


def test_the_report_that_a_question_names() -> None:
    for question, year in data()["report"]["examples"].items():
        assert named_report(question) == year, question


def test_the_number_of_items_that_a_question_names() -> None:
    for question, count in data()["count"]["examples"].items():
        assert count in named_counts(question) or (count == 0 and not list(named_counts(question))), question


def test_topics_are_named_in_both_languages() -> None:
    assert read_topic("What shortcomings remain?") == read_topic("还有哪些短板?") == "difficulties"


@pytest.mark.parametrize(
    ("question", "listed"),
    [
        (
            "北原市在2025年的政府工作报告里承认面临哪些困难?",
            ["有效需求不足", "企业经营困难", "财政收支矛盾突出"],
        ),
        (
            "What problems does the 2026 report of 北原市 acknowledge?",
            ["消费增长乏力", "创新能力不强", "风险隐患较多"],
        ),
        ("南汀市面临哪些困难和挑战?", ["人口减少", "耕地退化", "水源不足"]),
        (
            "北原市2025年必须做到哪“三个坚持”?",
            ["坚持党的领导。把方向、管大局", "坚持实干为先", "坚持人民至上"],
        ),
        ("北原市2025年在科技创新方面有哪些举措?", ["建强实验室体系", "攻关关键技术"]),
        ("北原市2026年的重点工作有哪些?", ["扩大内需", "改善民生", "保护生态"]),
    ],
)
def test_the_items_of_one_report_answer(reports: Pipeline, question: str, listed: list[str]) -> None:
    answer = reports.ask(question)
    assert items(answer) == listed
    assert len({citation.document for citation in answer.citations}) == 1


def test_every_item_is_cited_where_it_stands(reports: Pipeline) -> None:
    answer = reports.ask("北原市在2025年的政府工作报告里承认面临哪些困难?")
    assert [c.quote for c in answer.citations] == [
        *items(answer),
        "我们也清醒看到,全市发展还面临不少困难和挑战,主要是",
    ]
    assert {c.place for c in answer.citations} == {"北原市"}
    assert answer.answer.startswith("(北原市2024年实际)")


@pytest.mark.parametrize(
    "question",
    [
        "北原市2025年在深海探测方面有哪些举措?",
        "北原市2025年要做到哪“四个统一”?",
        "What measures does 北原市 plan for space tourism in 2026?",
    ],
)
def test_another_enumeration_is_no_answer(reports: Pipeline, question: str) -> None:
    assert items(reports.ask(question)) == []


def test_figures_of_items_are_borne_out_by_their_quotes(plans_of: Callable[..., Pipeline]) -> None:
    text = "东岭市2025年政府工作报告\n一、2025年重点工作\n今年办好三件实事:(1)修路5公里。(2)新增学位1200个。(3)植树3万棵。\n"
    answer = plans_of(east=text).ask("东岭市2025年要办好哪三件实事?")
    assert items(answer) == ["修路5公里", "新增学位1200个", "植树3万棵"]
    assert {claim.verdict for claim in answer.claims} == {"supported"}


def test_a_long_item_is_shown_as_far_as_its_first_sentence() -> None:
    assert item_words("稳定就业。" + "促进多渠道就业," * 20) == "稳定就业"
    assert item_words("We will build roads. " + "They will be long. " * 20) == "We will build roads"


def test_difficulties_told_in_running_text_are_listed(plans_of: Callable[..., Pipeline]) -> None:
    text = "西谷市2025年政府工作报告\n一、2024年工作回顾\n新建公园9个。我们也清醒认识到,发展还面临不少困难。水源不足。耕地退化。我们要努力解决。\n二、2025年工作\n修路。\n"
    answer = plans_of(west=text).ask("西谷市在2025年的报告里承认哪些困难?")
    assert items(answer) == ["水源不足", "耕地退化"]
