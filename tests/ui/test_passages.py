"""A document to be read: its lines, its headings, the cited stretch marked to the character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.schema import Document, Span
from rag.ui.passages import Reference, parse_reference, read_lines, section_around
from tests.conftest import PLAN_2020, PLAN_2024


@given(data=st.data())
def test_every_letter_of_the_source_is_shown_and_the_hit_is_the_quote(
    documents: dict[str, Document], data: st.DataObject
) -> None:
    document = documents[data.draw(st.sampled_from([PLAN_2020, PLAN_2024]))]
    size = len(document.text)
    start = data.draw(st.integers(0, size - 1))
    hit = Span(start, data.draw(st.integers(start + 1, min(size, start + 300))))
    whole = data.draw(st.booleans())
    shown = Span(0, size) if whole else section_around(document, start)
    assert shown.start <= start < shown.end
    lines = read_lines(document, shown, hit)
    source = document.text[shown.start : shown.end].splitlines()
    assert ["".join(piece.text for piece in line.pieces) for line in lines] == [
        s.rstrip() for s in source if s.strip()
    ]
    for piece in (piece for line in lines for piece in line.pieces):
        assert document.text[piece.start : piece.start + len(piece.text)] == piece.text
    marked = "".join(piece.text for line in lines for piece in line.pieces if piece.hit)
    quoted = document.text[hit.start : min(hit.end, shown.end)].splitlines(keepends=True)
    assert marked.strip() == "".join(q.rstrip() for q in quoted).strip()


def test_headings_are_told_apart(documents: dict[str, Document]) -> None:
    document = documents[PLAN_2024]
    lines = read_lines(document, Span(0, len(document.text)), None)
    told = {piece.start: piece.text for line in lines for piece in line.pieces if piece.heading}
    assert told == {s.start: document.text[s.start : s.heading_end] for s in document.sections}
    first = document.sections[0]
    level = next(line.level for line in lines if any(piece.start == first.start for piece in line.pieces))
    assert level == first.level


def test_the_section_around_a_place_is_the_widest_that_can_be_taken_in(
    documents: dict[str, Document],
) -> None:
    document = documents[PLAN_2024]
    around = section_around(document, document.sections[2].start)
    assert around.end - around.start <= 4000
    assert any((s.start, s.end) == (around.start, around.end) for s in document.sections)
    assert section_around(document, 0) == Span(0, len(document.text))


@given(st.text(min_size=1, max_size=20), st.integers(0, 10**8), st.integers(0, 10**8))
def test_references_come_back(name: str, start: int, end: int) -> None:
    assert parse_reference(f"{name}:{start}-{end}") == Reference(name, Span(start, end))


@pytest.mark.parametrize("text", ["plan", "", ":", "plan:1", "plan:1-", "plan:-1-2", "plan:1-" + "9" * 5000])
def test_whatever_else_names_a_whole_document(text: str) -> None:
    assert parse_reference(text) == Reference(text, None)
