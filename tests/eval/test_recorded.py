"""The kept replies of a real small model, replayed through the writer and its gate."""

from __future__ import annotations

import json

import pytest

from eval.judge import judge
from eval.questions import load_questions
from eval.record import REPORT, load_recorded, replay
from rag.ask.prompt import load_prompt
from rag.check.faithfulness import is_faithful
from rag.wiring import Pipeline


def test_nothing_unverified_is_shown_and_nothing_right_is_lost(pipeline: Pipeline) -> None:
    gold = {question.id: question for question in load_questions().questions}
    kept = load_recorded()[::4]
    by_model = 0
    for item in kept:
        question = gold[item.id]
        answer = replay(pipeline, item, question)
        assert is_faithful(answer.claims), item.id
        by_model += answer.writer == item.model
        if judge(question, pipeline.ask(question.question)) == "correct":
            assert judge(question, answer) == "correct", f"{item.id}: {answer.answer}"
    assert by_model > len(kept) / 2


@pytest.mark.parametrize("name", ["answer_zh", "answer_en"])
def test_the_replies_were_given_to_the_prompts_of_today(name: str) -> None:
    """Otherwise they are stale: `python -m eval.record` renews them."""
    used = {item.prompt for item in load_recorded() if item.prompt.startswith(name)}
    assert used == {load_prompt(name).reference}


def test_the_report_is_that_of_the_kept_replies() -> None:
    report = json.loads(REPORT.read_text(encoding="utf-8"))
    assert report["questions"] == len(load_recorded())
    assert report["figures_not_borne_out"]["gate"] == 0
    assert report["outcomes"]["gate"]["correct"] >= report["outcomes"]["quotes"]["correct"]
