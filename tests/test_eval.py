from __future__ import annotations

from collections.abc import Sequence

import pytest

from eval.judge import GoldQuestion, judge, load_questions
from eval.run import KNOWN_FAILURES, run
from rag.schema import Answer
from rag.wiring import Pipeline


@pytest.fixture(scope="module")
def questions() -> tuple[GoldQuestion, ...]:
    return load_questions()


def test_the_set_is_sound(questions: Sequence[GoldQuestion], texts: dict[str, str]) -> None:
    assert len({q.id for q in questions}) == len(questions) >= 300
    for question in questions:
        for item in question.evidence:
            assert item.text in texts[item.document], question.id
        assert question.answerable == bool(question.evidence) == (question.reason is None), question.id


def test_no_question_became_wrong(pipeline: Pipeline, questions: tuple[GoldQuestion, ...]) -> None:
    known = set(KNOWN_FAILURES.read_text(encoding="utf-8").split())
    outcomes = run(pipeline, questions)
    new = [
        f"{q.id} {outcome}: {q.question}"
        for q, _, outcome in outcomes
        if outcome != "right" and q.id not in known
    ]
    assert not new, "\n".join(new)
    mended = [q.id for q, _, outcome in outcomes if outcome == "right" and q.id in known]
    assert not mended, f"right now, take them out of {KNOWN_FAILURES.name}: {mended}"


def test_no_answer_shows_an_unsupported_figure(
    pipeline: Pipeline, questions: tuple[GoldQuestion, ...], texts: dict[str, str]
) -> None:
    for _, answer, _ in run(pipeline, questions[::5]):
        for claim in answer.claims:
            assert claim.verdict == ("derived" if claim.expression else "supported"), answer.answer
        for citation in answer.citations:
            assert texts[citation.document][citation.start : citation.end] == citation.quote


def test_the_judge_tells_right_from_wrong(pipeline: Pipeline, questions: Sequence[GoldQuestion]) -> None:
    gold = next(q for q in questions if q.category == "lookup_actual" and q.expected[0].value == 63)
    right = pipeline.ask("2019年新建公园多少个?")
    assert judge(gold, right) == "right"
    other_year: Answer = pipeline.ask("2023年建成公园多少个?")
    assert judge(gold, other_year) == "wrong"
    assert judge(gold, pipeline.ask("2021年新建公园多少个?")) == "refused"
