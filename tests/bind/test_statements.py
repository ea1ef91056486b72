"""Figures are bound by the words around them: every form of the documents on a line of text."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.bind import read_statements
from rag.read import parse_document
from rag.schema import Statement

HEAD = "青禾市2025年政府工作报告\n一、2024年工作回顾\n"
FORMS = [
    line.split("\t")
    for line in (Path(__file__).parent / "forms.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def bound(text: str) -> list[Statement]:
    return list(read_statements(parse_document(text, "qinghe", "qinghe.txt")))


def shown(statement: Statement) -> str:
    period, quantity = statement.period, statement.quantity
    when = f"{period.kind}:{period.start}-{period.end}:{period.part or ''}"
    fields = (
        statement.subject,
        str(quantity.value),
        quantity.unit,
        statement.measure,
        statement.flow or "-",
        when,
        statement.status,
        statement.place,
    )
    return "|".join(fields)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form[0][:20])
def test_a_form_of_the_documents_is_bound(form: list[str]) -> None:
    sentence, *expected = form
    assert [shown(statement) for statement in bound(HEAD + sentence)] == expected


def test_offsets_point_into_the_stored_text() -> None:
    document = parse_document(HEAD + "全市新建公园9个。财政收入30亿元。", "q", "q.txt")
    for statement in read_statements(document):
        quantity, clause = statement.quantity, statement.clause
        assert document.text[quantity.start : quantity.end] == quantity.text
        assert clause.start <= quantity.start < quantity.end <= clause.end
        assert statement.sentence.start <= clause.start
        assert clause.end <= statement.sentence.end


def test_a_review_of_five_years_sums_up_what_was_done_and_tells_what_was_reached() -> None:
    text = (
        "青禾市2026年政府工作报告\n一、“十四五”时期和2025年工作回顾\n"
        "“十四五”时期是极不平凡的五年。新建学校30所，常住人口城镇化率达到62%。\n"
        "刚刚过去的2025年，全市上下迎难而上。新建学校8所。"
    )
    periods = [(s.subject, s.period.kind, s.period.start, s.period.end) for s in bound(text)]
    assert periods == [
        ("新建学校", "span", 2021, 2025),
        ("常住人口城镇化率", "year", 2025, 2025),
        ("新建学校", "year", 2025, 2025),
    ]


def test_a_plan_is_planned_but_for_what_it_says_of_the_year_before() -> None:
    text = "青禾市2025年政府工作报告\n二、2025年重点工作\n新建学校8所，去年建成6所，力争到2027年达到30所。"
    statuses = [(str(s.quantity.value), s.status, s.period.end) for s in bound(text)]
    assert statuses == [("8", "planned", 2025), ("6", "actual", 2024), ("30", "planned", 2027)]


def test_english_is_bound_by_the_same_fields() -> None:
    text = (
        "Report on the Work of the Government\nI. Review of Work in 2017\n"
        "GDP rose to 82.7 trillion yuan, up 6.9 percent. Around 13.5 million new urban jobs were created."
    )
    facts = [(s.subject, str(s.quantity.value), s.measure, s.period.end, s.status) for s in bound(text)]
    assert facts == [
        ("GDP", "82.7", "level", 2017, "actual"),
        ("GDP", "6.9", "growth", 2017, "actual"),
        ("new urban jobs", "13.5", "level", 2017, "actual"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "，".join(f"项目{i}投资{i}亿元" for i in range(1, 201)) + "。",  # 200 figures in a sentence
        "发展" * 2500 + "达到5亿元。",  # a clause of 5,000 characters
        "（投资5亿元，（其中3亿元",  # brackets that nobody closes
        "5亿元。",  # no noun at all
        "2025年—2021年投资5亿元，2月30日竣工9个。",  # a period that ends before it begins, a day there is not
        "投资5啊吧元。",  # an unknown unit
    ],
)
def test_odd_text_is_bound_or_left_out(text: str) -> None:
    for statement in bound(HEAD + "工作平稳有序推进，各项事业发展。\n" + text):
        assert statement.period.start is None or statement.period.start <= (statement.period.end or 0)
        assert statement.subject == statement.subject.strip()
