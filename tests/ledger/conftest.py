from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from rag.ledger import Ledger, open_ledger, write_ledger
from rag.read import parse_document
from rag.schema import Document

MakeLedger = Callable[..., Ledger]


def document(name: str, text: str) -> Document:
    return parse_document(text, name, f"{name}.txt")


def report(place: str, year: int, review: str, tasks: str = "新建公园9个。") -> str:
    """A work report of few words: what was done in the year before, and what is to be done."""
    return f"{place}{year}年政府工作报告\n一、{year - 1}年工作回顾\n{review}\n二、{year}年主要任务\n{tasks}\n"


@pytest.fixture
def ledger_of(tmp_path: Path) -> MakeLedger:
    """Writes a ledger of texts by the names of their documents, and opens it."""

    def make(**texts: str) -> Ledger:
        path = tmp_path / "ledger.sqlite"
        assert write_ledger(path, [document(name, text) for name, text in texts.items()]) == {}
        return open_ledger(path)

    return make
