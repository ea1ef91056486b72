"""A conversation: kept by the browser, linked to, leaned on by follow-ups."""

from __future__ import annotations

import json
from dataclasses import replace
from urllib.parse import parse_qs

import pytest

from rag.errors import InputError
from rag.ui.turns import (
    MOST_TURNS,
    Filters,
    Turn,
    check_context,
    context_of,
    describe_filters,
    link_query,
    standalone,
    turns_from_json,
    turns_to_json,
)
from tests.conftest import PLAN_2024
from tests.ui.conftest import GDP, ZH


def test_a_conversation_comes_back_from_the_browser(turns: tuple[Turn, ...]) -> None:
    assert turns_from_json(json.loads(json.dumps(turns_to_json(turns)))) == turns
    assert turns_to_json(turns * 20)[-1] == turns_to_json(turns)[-1]
    assert len(turns_to_json(turns * 20)) == MOST_TURNS


def test_tampered_data_gives_no_conversation(turns: tuple[Turn, ...]) -> None:
    (kept,) = turns_to_json(turns[:1])
    tampered: list[object] = [
        None,
        "x",
        7,
        {"question": "x"},
        [{}],
        [[kept]],
        [{**kept, "question": {"a": 1}}],
        [{**kept, "answer": "9.0%"}],
        [{**kept, "answer": {**kept["answer"], "outcome": "<script>"}}],
        [{**kept, "answer": {**kept["answer"], "claims": [{"text": "9"}]}}],
        [{**kept, "filters": {"years": ["x"]}}],
        [{**kept, "filters": {"status": "surely"}}],
    ]
    for data in tampered:
        assert turns_from_json(data) == ()


def test_a_link_holds_what_an_answer_needs(turns: tuple[Turn, ...]) -> None:
    scoped, leaning, plain = turns
    assert parse_qs(link_query(scoped)) == {
        "q": [GDP],
        "year": ["2023"],
        "status": ["actual"],
        "document": [PLAN_2024],
    }
    assert parse_qs(link_query(standalone(leaning))) == {"q": ["那2019年呢?"], "after": [GDP]}
    assert standalone(replace(plain, context=(GDP,))) == plain
    titles = {PLAN_2024: "2024年计划"}
    assert describe_filters(scoped.filters, titles, ZH) == "2023年 · 实际 · 2024年计划"
    assert describe_filters(Filters(), titles, ZH) == ""


def test_a_follow_up_leans_on_answered_questions_alone(turns: tuple[Turn, ...]) -> None:
    failed = Turn("?", error="x")
    assert context_of((*turns, failed)) == tuple(turn.question for turn in turns)
    assert check_context(["a"] * 99) == ("a",) * 6
    with pytest.raises(InputError):
        check_context(["很" * 3000])
