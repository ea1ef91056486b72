from __future__ import annotations

from dataclasses import replace

import pytest

from rag.ask.answer import answer_question
from rag.citation import cited_keys
from rag.language.agreement import agreement
from rag.language.quantity import find_quantities
from rag.wiring import Pipeline

QUESTIONS = [
    "2019年光明区地区生产总值是多少?",
    "2024年GDP增长目标是多少?",
    "2019年和2023年一般公共预算收入分别是多少?",
    "2024年如何发展低空经济?",
    "How many 5G base stations were planned for the end of 2020?",
    "2023年进出口总额是多少?",
    "2020年5G基站实际建成多少座?",
]


def is_converted(figure: str, quoted: str) -> bool:
    """Whether an English figure is that of the quote: 102.09 billion yuan for 1020.9亿元."""
    (told,) = find_quantities(figure)
    return any(agreement(told, q) in ("supported", "qualifier_changed") for q in find_quantities(quoted))


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_quote_is_its_slice_and_every_key_is_there(
    pipeline: Pipeline, texts: dict[str, str], question: str
) -> None:
    answer = pipeline.ask(question)
    for citation in answer.citations:
        assert texts[citation.document][citation.start : citation.end] == citation.quote
        assert citation.quote in answer.answer
    assert cited_keys(answer.answer) == tuple(c.key for c in answer.citations)
    assert [c.key for c in answer.citations] == list(range(1, len(answer.citations) + 1))
    assert {claim.verdict for claim in answer.claims} <= {"supported"}
    for claim in answer.claims:
        quoted = "".join(c.quote for c in answer.citations if c.key in claim.citations)
        assert claim.text in quoted or is_converted(claim.text, quoted)


@pytest.mark.parametrize(
    ("question", "figure", "year", "status", "topic"),
    [
        ("2019年光明区地区生产总值是多少?", "1020.9亿元", 2019, "actual", "千亿城区目标顺利达成"),
        ("2019年GDP增速?", "8.0%", 2019, "actual", "千亿城区目标顺利达成"),
        ("2020年GDP增长目标?", "7.2%左右", 2020, "planned", "(一)预期性指标"),
        ("2023年固投完成多少亿元?", "1089.71亿元", 2023, "actual", "固定资产投资量质齐升"),
        ("2019年全区国高企业有多少家?", "1272家", 2019, "actual", "产业转型升级加快推进"),
        ("2019年公办小学学位供给率?", "78%", 2019, "actual", "教育发展获得新突破"),
        ("2023年上市企业总数?", "32家", 2023, "actual", "企业培育扎实推进"),
        ("2024年要打通几条断头路?", "7条", 2024, "planned", "2.加快建设高品质宜居之城"),
    ],
)
def test_the_figure_its_year_status_and_section(
    pipeline: Pipeline, question: str, figure: str, year: int, status: str, topic: str
) -> None:
    answer = pipeline.ask(question)
    assert answer.answer.startswith(figure)
    (citation,) = answer.citations
    assert (citation.year, citation.status, citation.section[-1]) == (year, status, topic)


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("2021年光明区GDP增长多少?", "year_not_covered"),
        ("南山区2023年GDP增长多少?", "place_not_covered"),
        ("2023年光明区进出口总额是多少?", "not_stated"),
        ("2023年光明区GDP总量是多少亿元?", "not_stated"),
        ("2023年末常住人口多少万人?", "not_stated"),
        ("2020年光明区GDP实际增长了多少?", "only_target"),
        ("2019年光明区GDP增长目标是多少?", "only_actual"),
        ("What was the GDP of Shanghai in 2023?", "place_not_covered"),
        ("How many 5G base stations were actually built in 2020?", "only_target"),
    ],
)
def test_abstentions_say_why(pipeline: Pipeline, question: str, reason: str) -> None:
    answer = pipeline.ask(question)
    assert answer.outcome == "abstained"
    assert answer.abstention is not None
    assert answer.abstention.reason == reason
    assert answer.abstention.years == (2019, 2020, 2023, 2024)
    assert answer.abstention.message == answer.answer


def test_only_a_target_is_shown_as_one(pipeline: Pipeline) -> None:
    answer = pipeline.ask("2020年光明区GDP实际增长了多少?")
    (citation,) = answer.citations
    assert citation.status == "planned"
    assert "2020年计划" in answer.answer


def test_two_years_make_two_lines_in_order(pipeline: Pipeline) -> None:
    lines = pipeline.ask("2019年和2023年GDP增速分别是多少?").answer.split("\n")
    assert [line.split("(")[0] for line in lines] == ["8.0%", "9.0%"]


def test_without_a_year_the_newest_comes_first(pipeline: Pipeline) -> None:
    lines = pipeline.ask("GDP增长目标是多少?").answer.split("\n")
    assert lines[0].startswith("8.5%以上(2024年计划)")
    assert lines[1].startswith("7.2%左右(2020年计划)")


def test_an_uncovered_year_beside_a_covered_one_is_named(pipeline: Pipeline) -> None:
    answer = pipeline.ask("2021年和2023年GDP增速分别是多少?")
    assert answer.answer.startswith("9.0%")
    assert "2021" in answer.answer.split("\n")[-1]


def test_english_frames_the_chinese_quote(pipeline: Pipeline) -> None:
    answer = pipeline.ask("What was GDP growth in 2023?")
    assert answer.language == "en"
    assert answer.answer == "9.0% (2023, outturn): “主要经济指标表现良好,2023年地区生产总值增长9.0%” [1]" or (
        answer.answer == "9.0% (2023, outturn): “2023年地区生产总值增长9.0%” [1]"
    )


def test_year_and_document_restrict(pipeline: Pipeline) -> None:
    assert pipeline.ask("新建公园多少个?", years=[2019]).citations[0].year == 2019
    answer = pipeline.ask("GDP增长目标?", documents=["003_6a70ec2443a71a7b"])
    assert [c.plan_year for c in answer.citations] == [2020]


def test_timings_are_told(pipeline: Pipeline) -> None:
    timings = pipeline.ask(QUESTIONS[0]).timings_ms
    assert set(timings) == {"retrieve", "write", "verify", "total"}
    assert timings["total"] > 0


def test_a_passage_that_differs_from_its_source_is_not_shown(pipeline: Pipeline) -> None:
    def altered(document: str) -> str:
        return pipeline.plans.source(document).replace("1020.9亿元", "1021.9亿元")

    plans = replace(pipeline.plans, source=altered)
    answer = answer_question(plans, "2019年光明区地区生产总值是多少?")
    assert answer.outcome == "abstained"
    assert answer.abstention is not None
    assert answer.abstention.reason == "unverified"
    assert "1020.9" not in answer.answer
    assert answer_question(plans, "2019年新建公园多少个?").outcome == "answered"


def test_a_filter_narrows_and_never_reinterprets(pipeline: Pipeline) -> None:
    planned = pipeline.ask("GDP增长多少?", status="planned")
    assert {citation.status for citation in planned.citations} == {"planned"}
    assert [c.year for c in pipeline.ask("2019年GDP增长多少?", years=[2019, 2023]).citations] == [2019]
    outside = pipeline.ask("2019年GDP增长多少?", years=[2023])
    assert outside.outcome == "abstained"
    assert "2019年" in outside.answer
    assert "2023年" in outside.answer
    assert pipeline.ask("2019年GDP的增长目标是多少?", status="actual").outcome == "abstained"
    words = pipeline.ask("在义务教育方面有哪些安排?", status="planned")
    assert {citation.status for citation in words.citations} == {"planned"}
