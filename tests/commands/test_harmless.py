"""What a document holds is shown in a terminal and in a spreadsheet, and does nothing there."""

from __future__ import annotations

import csv
from dataclasses import replace
from io import StringIO

import pytest

from rag.commands.render import render_passage, show, visible
from rag.jsonform import _harmless, facts_as_csv
from rag.schema import Document, Span
from rag.wiring import Pipeline
from tests.conftest import PLAN_2020

ESCAPES = "\x1b[2J\x1b]0;title\x07\x9b31m\x08\x7f\u202e"


@pytest.mark.parametrize("on_a_terminal", [True, False])
def test_escape_codes_of_a_document_are_shown_and_not_obeyed(
    documents: dict[str, Document],
    on_a_terminal: bool,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    if on_a_terminal:
        monkeypatch.setenv("FORCE_COLOR", "1")
    document = documents[PLAN_2020]
    evil = replace(document, text=f"{document.text}新建公园{ESCAPES}20个")
    show(render_passage(evil, Span(len(document.text), len(evil.text))))
    written = capsys.readouterr().out
    assert "新建公园␛[2J" in written
    assert ("\x1b[1" in written) is on_a_terminal  # the program's own colours stay
    for bad in ("\x1b[2J", "\x1b]0", "\x07", "\x08", "\x9b", "\x7f", "\u202e"):
        assert bad not in written


def test_lines_tabs_and_all_else_stay() -> None:
    text = "一、2025年\t计划\n“增长9.0%” € 𠮷\u3000é"
    assert visible(text) == text


@pytest.mark.parametrize(
    "cell", ["+cmd|' /C calc'!A0", "=1+1", "-2+3+cmd", "@SUM(A1)", "\t=1", " =1", "＝1", "\r=1", "-cmd"]
)
def test_a_cell_of_csv_is_no_formula(pipeline: Pipeline, cell: str) -> None:
    (entry,) = pipeline.facts(limit=1)
    told = replace(entry, quote=cell, statement=replace(entry.statement, subject=cell))
    row = next(csv.DictReader(StringIO("".join(facts_as_csv([told])), newline="")))
    assert row["subject"] == row["quote"] == f"'{cell}"


def test_figures_and_dashes_stay() -> None:
    for cell in ("-9.6%", "+5.2%", "-1,020.9亿元", "9.0%", "——增长9.0%", "(一)城市", -3, 2023):
        assert _harmless(cell) == cell
