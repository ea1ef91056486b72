"""Documents begin in many ways, and each is told for what it is."""

from __future__ import annotations

import tomllib

import pytest

from rag.read import parse_document
from tests.conftest import ROOT

HEADS = tomllib.loads((ROOT / "tests" / "read" / "specs" / "heads.toml").read_text(encoding="utf-8"))["head"]
BODY = "新建道路5公里,改造管网12公里,建成学校3所,各项工作有序推进,群众生活得到改善。\n"


@pytest.mark.parametrize("head", HEADS, ids=lambda head: head["name"])
def test_a_document_is_told_by_how_it_begins(head: dict[str, str]) -> None:
    known = parse_document(head["text"] + BODY * 3, "d", "d.txt").identity
    assert [known.kind, known.place, known.year] == head["told"]
