"""An answer in parts: figures, keys and the words between them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rag.ui.parts import split_answer, split_line
from rag.wiring import Pipeline
from tests.ui.conftest import GDP, citation


def test_figures_and_keys_of_an_answer_are_told_apart(pipeline: Pipeline) -> None:
    answer = pipeline.ask(GDP)
    (line,) = split_answer(answer)
    assert "".join(part.text for part in line) == answer.answer
    assert (line[0].kind, line[0].text) == ("lead", answer.claims[0].text)
    assert [part.text for part in line if part.kind == "figure"] == ["9.0%"]
    assert [part.citation for part in line if part.kind == "key"] == [answer.citations[0]]


def test_an_abstention_has_no_figures(pipeline: Pipeline) -> None:
    answer = pipeline.ask("2021年GDP是多少?")
    assert answer.outcome == "abstained"
    kinds = {part.kind for line in split_answer(answer) for part in line}
    assert kinds == {"text"}


def test_footnote_marks_inside_a_quote_are_no_keys() -> None:
    one = citation(1, "工业[1]增加值增长9.5%")
    parts = split_line(f"“{one.quote}”[1]", {"9.5%"}, {1: one}, True)
    assert [(part.kind, part.text) for part in parts] == [
        ("text", "“工业[1]增加值增长"),
        ("figure", "9.5%"),
        ("text", "”"),
        ("key", "[1]"),
    ]


def test_a_key_without_a_citation_is_text() -> None:
    assert [part.kind for part in split_line("见[7]", set(), {1: citation(1)}, True)] == ["text"]


@given(st.text("增长9.0%[]1(2023年) \u3000“”x", max_size=40), st.booleans())
def test_the_parts_are_the_line(line: str, emphasised: bool) -> None:
    parts = split_line(line, {"9.0%", "1"}, {1: citation(1)}, emphasised)
    assert "".join(part.text for part in parts) == line
