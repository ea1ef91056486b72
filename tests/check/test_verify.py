from __future__ import annotations

import pytest

from rag.check.verify import MAX_TEXT, check_text, verify_against
from rag.errors import InputError
from rag.wiring import Pipeline

REPORT = """2023年,光明区地区生产总值增长9.0%,规上工业增加值增长9.5%。
2024年GDP增长目标为8.5%以上。2019年新建公园63个,新建酒店12家。
In 2019, Guangming's GDP reached 102.09 billion yuan.
深圳市2023年GDP为3.46万亿元。2021年光明区GDP增长12%。
"""


def test_every_figure_gets_its_finding(pipeline: Pipeline, texts: dict[str, str]) -> None:
    verification = pipeline.verify(REPORT)
    findings = [(REPORT[f.start : f.end], f.finding) for f in verification.figures]
    assert findings == [
        ("9.0%", "supported"),
        ("9.5%", "contradicted"),
        ("8.5%以上", "supported"),
        ("63个", "supported"),
        ("12家", "not_found"),
        ("102.09 billion yuan", "supported"),
        ("3.46万亿元", "not_found"),
        ("12%", "not_found"),
    ]
    assert verification.verdict == "contradicted"
    by_key = {c.key: c for c in verification.citations}
    wrong = verification.figures[1]
    assert "9.2%" in by_key[wrong.claim.citations[0]].quote
    for citation in verification.citations:
        assert texts[citation.document][citation.start : citation.end] == citation.quote
    assert by_key[verification.figures[2].claim.citations[0]].status == "planned"


def test_a_target_told_as_reached_is_contradicted(pipeline: Pipeline) -> None:
    verification = pipeline.verify("2024年光明区固定资产投资已完成1100亿元以上。")
    assert [f.finding for f in verification.figures] == ["contradicted"]


def test_a_year_is_carried_from_the_heading(pipeline: Pipeline) -> None:
    verification = pipeline.verify(
        "2019年工作回顾\n光明区地区生产总值增长8.0%。\n2023年情况\n地区生产总值增长8.0%。"
    )
    assert [f.finding for f in verification.figures] == ["supported", "contradicted"]


def test_against_a_passage_alone() -> None:
    assert verify_against("GDP增长9.0%", "地区生产总值增长9.0%。")[0] == "supported"
    assert verify_against("GDP增长9.1%", "地区生产总值增长9.0%。")[0] == "contradicted"
    assert verify_against("经济平稳增长", "地区生产总值增长9.0%。") == ("no_figures", ())
    assert verify_against("GDP增长9.1%", "经济平稳增长。")[0] == "not_found"


def test_unusable_texts() -> None:
    with pytest.raises(InputError, match="control"):
        check_text("增长9%\x00")
    with pytest.raises(InputError, match="characters"):
        check_text("一" * (MAX_TEXT + 1))
