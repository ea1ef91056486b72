"""Which figure of a passage speaks of what is asked, and which of something beside it."""

from __future__ import annotations

import pytest

from rag.ask.question import read_question
from rag.ask.rules import counted_nouns, counts_any, penalise_form
from rag.bind.asked_time import Coverage
from rag.bind.candidates import Candidate, figure_candidates
from rag.bind.surroundings import Context, look_around, match_word
from rag.schema import Chunk

COVERAGE = Coverage((2023, 2024), ("光明区",), 2024)


CONTEXT = Context(None, frozenset(), lambda text: {})


def _chunk(text: str) -> Chunk:
    return Chunk("c", "d", "计划", "d.txt", 2024, 2024, "planned", (), 0, len(text), text)


def _only(text: str) -> tuple[Chunk, Candidate]:
    chunk = _chunk(text)
    return chunk, figure_candidates(chunk)[0]


def _match(asked: str, text: str) -> float:
    chunk, candidate = _only(text)
    word = read_question(f"{asked}多少?", COVERAGE).words[0]
    return match_word(word, look_around(chunk, candidate, CONTEXT))


def test_an_indicator_of_its_own_is_a_lesser_match_than_a_kind() -> None:
    assert 0 < _match("保障房", "筹集产业保障房5万平方米。") < _match("保障房", "筹集市属保障房5万平方米。")


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("推动12条市政道路等土地整备。", True),
        ("整备5个土地整备片区。", False),
        ("土地整备3平方公里。", False),
    ],
)
def test_what_is_counted_must_be_named(text: str, other: bool) -> None:
    chunk, candidate = _only(text)
    assert candidate.quantity is not None
    weights = dict.fromkeys(read_question("土地整备目标", COVERAGE).words, 1.0)
    nouns = counted_nouns(chunk, candidate, candidate.quantity)
    assert (bool(nouns) and not counts_any(nouns, weights, CONTEXT)) is other


@pytest.mark.parametrize(
    ("text", "less"),
    [
        ("招引5亿元以上项目。", True),
        ("投资5亿元以上。", False),
        ("第一批项目9个。", True),
        ("项目9个。", False),
    ],
)
def test_a_size_class_and_a_part_are_lesser_answers(text: str, less: bool) -> None:
    chunk, candidate = _only(text)
    assert candidate.quantity is not None
    question = read_question("项目多少?", COVERAGE)
    assert (penalise_form(question, chunk, candidate, candidate.quantity) > 0) is less
