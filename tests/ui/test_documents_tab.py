"""What the page says of its documents: kind, place and year, where they are known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import get_args

import pytest

import rag.schema
from rag.ui.texts import Texts
from rag.ui.view import view_documents
from rag.wiring import Pipeline

ZH, EN = Texts("zh"), Texts("en")


@dataclass
class Record:
    """A document of the index, as far as the table looks at it."""

    kind: str | None = "bulletin"
    place: str | None = "临溪县"
    plan_year: int | None = 2023
    id: str = "a"
    path: str = "a.txt"
    title: str = "公报"
    scopes: tuple[str, ...] = ("2023:actual",)
    chunks: int = 3


def cells(html: str) -> list[list[str]]:
    """The table without its markup."""
    rows = re.findall(r"<tr>(.*?)</tr>", html, re.S)
    return [
        [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[hd].*?</t[hd]>", row)]
        for row in rows
    ]


def test_kind_place_and_year_are_shown() -> None:
    head, row = cells(view_documents([Record()], ZH))  # type: ignore[list-item]
    assert dict(zip(head, row, strict=True)) | {"": ""} == {
        "标题": "公报",
        "类别": "统计公报",
        "地区": "临溪县",
        "年份": "2023",
        "所述年份": "2023年实际",
        "文件": "a.txt 3 段",
        "": "",
    }
    assert cells(view_documents([Record()], EN))[1][1] == "Statistical bulletin"  # type: ignore[list-item]


@pytest.mark.parametrize("nothing", ["", None])
def test_what_is_not_known_is_a_dash(nothing: str | None) -> None:
    record = Record(kind=nothing, place=nothing, plan_year=None)
    _, row = cells(view_documents([record], ZH))  # type: ignore[list-item]
    assert row[1:4] == ["–", "–", "–"]
    assert "None" not in "".join(row)


def test_every_kind_has_a_name() -> None:
    kinds = get_args(getattr(rag.schema, "Kind", None))
    for texts in (ZH, EN):
        assert len({texts.kind(kind) for kind in kinds}) == len(kinds)


def test_documents_of_a_real_index_can_be_shown(pipeline: Pipeline) -> None:
    rows = cells(view_documents(pipeline.manifest.documents, ZH))[1:]
    assert [row[2] for row in rows] == ["光明区", "光明区"]
    assert sorted(row[3] for row in rows) == ["2020", "2024"]
