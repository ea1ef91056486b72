"""Every rule of language in the data of rag/read/ finds its examples and spares what is beside them."""

from __future__ import annotations

import re

import pytest

from rag.language import load_toml
from rag.read.announced import announced, kind_announced
from rag.read.cleaning import drop_marks, is_furniture, opens_notes
from rag.read.frames import heading_frame, heading_status, names_time, orders
from rag.read.head import strip_title
from rag.read.identity import kind_of, kind_of_body
from rag.read.place import speaker

CLEANING = load_toml("read/cleaning.toml")
FRAMES = load_toml("read/frames.toml")
IDENTITY = load_toml("read/identity.toml")


@pytest.mark.parametrize(
    ("group", "rule"),
    [(group, rule) for group in ("furniture", "tail", "note") for rule in CLEANING[group]],
    ids=lambda value: value if isinstance(value, str) else value["name"],
)
def test_a_rule_of_lines_finds_its_examples_alone(group: str, rule: dict[str, object]) -> None:
    pattern = re.compile(str(rule["pattern"]), re.IGNORECASE)
    found = {"furniture": is_furniture, "note": opens_notes}.get(group, pattern.fullmatch)
    for line in rule["examples"]:  # type: ignore[attr-defined]
        assert pattern.fullmatch(line), line
        assert found(line)
    for line in rule["spared"]:  # type: ignore[attr-defined]
        assert not found(line), line


@pytest.mark.parametrize(("text", "clean"), CLEANING["mark"]["examples"])
def test_marks_of_notes_go(text: str, clean: str) -> None:
    assert drop_marks(text) == clean


@pytest.mark.parametrize("text", CLEANING["mark"]["spared"])
def test_what_looks_like_a_mark_stays(text: str) -> None:
    assert drop_marks(text) == text


@pytest.mark.parametrize(
    ("status", "heading"),
    [(name, text) for name in ("actual", "planned", "none") for text in FRAMES[name]["examples"]],
)
def test_headings_review_or_plan_by_their_words(status: str, heading: str) -> None:
    assert heading_status(heading) == (None if status == "none" else status)


def test_headings_that_order() -> None:
    bare = [
        re.sub(r"^(?:[一二三四五]、|（[一二三四五]）)", "", text) for text in FRAMES["orders"]["examples"]
    ]
    assert all(map(orders, bare))
    assert not any(orders(text.split("、")[-1]) for text in FRAMES["orders"]["spared"])


@pytest.mark.parametrize(
    ("heading", "year", "years"), [*FRAMES["years_past"]["examples"], *FRAMES["years_ahead"]["examples"]]
)
def test_headings_count_years(heading: str, year: int, years: list[int]) -> None:
    told = heading_frame(heading, "work_report", year)
    assert told
    assert [told.own.first, told.own.year] == years


@pytest.mark.parametrize("heading", [*FRAMES["years_past"]["spared"], *FRAMES["years_ahead"]["spared"]])
def test_headings_that_count_no_years(heading: str) -> None:
    told = heading_frame(heading, "work_report", 2023)
    assert told is None or told.own.first is None or "个五年" in heading


def test_headings_that_name_a_time() -> None:
    assert all(map(names_time, FRAMES["names_time"]["examples"]))
    assert not any(map(names_time, FRAMES["names_time"]["spared"]))


@pytest.mark.parametrize(("title", "kind"), FRAMES["kinds"]["examples"])
def test_titles_name_a_kind(title: str, kind: str) -> None:
    assert kind_of(title) == kind


@pytest.mark.parametrize(("kind", "text"), IDENTITY["announced"]["examples"])
def test_a_speaker_announces_a_kind(kind: str, text: str) -> None:
    assert kind_announced(announced(f"各位代表:\n{text}。\n一、总体情况")) == kind


@pytest.mark.parametrize(("kind", "text"), IDENTITY["body"]["examples"])
def test_first_paragraphs_tell_a_kind(kind: str, text: str) -> None:
    assert kind_of_body(text) == ("other" if kind == "none" else kind)


@pytest.mark.parametrize("rule", IDENTITY["speaks"], ids=lambda rule: rule["name"])
def test_a_text_says_for_whom_it_speaks(rule: dict[str, list[tuple[str, str]]]) -> None:
    for text, place in rule["examples"]:
        assert re.search(str(rule["pattern"]), text), text
        assert speaker(text) == place


@pytest.mark.parametrize(("line", "title"), IDENTITY["title"]["examples"])
def test_what_is_set_behind_a_title_goes(line: str, title: str) -> None:
    assert strip_title(line) == title
