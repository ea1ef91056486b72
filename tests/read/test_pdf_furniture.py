"""Running heads and page numbers go, titles stay."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rag.read.readers import read_source
from tests import sources
from tests.read.drawn import BODY, TITLE, Draw, drawn, small, texts, write


def test_a_title_that_is_also_the_running_head_stays_once(tmp_path: Path) -> None:
    def page(number: int) -> Draw:
        def draw(drawing: Any) -> None:
            small(drawing, 800, TITLE, 220, 9)
            write(drawing, 104, 740, f"第{'一二三四'[number - 1]}段：" + BODY[:30])
            drawing.drawCentredString(297, 30, str(number))

        return draw

    found = texts(drawn(tmp_path, *map(page, range(1, 5))))
    assert found.count(TITLE) == 1
    assert found[0] == TITLE
    assert "".join(found).count("临江市") == 1


def test_the_head_of_a_collection_is_no_title(tmp_path: Path) -> None:
    sources.as_pdf(tmp_path / "t.pdf", [TITLE, *([BODY * 3 + "。"] * 12)])
    found = texts(read_source(tmp_path / "t.pdf"))
    assert found[0] == TITLE
    assert not any("文件汇编" in text for text in found)


def test_heads_that_change_with_the_chapter_are_dropped(tmp_path: Path) -> None:
    def page(number: int) -> Draw:
        def draw(drawing: Any) -> None:
            small(drawing, 800, "第一章综合情况" if number < 4 else "第二章工业和建筑业", 80, 9)
            write(drawing, 104, 740, f"本段是{'甲乙丙丁戊己'[number - 1]}段。")

        return draw

    found = texts(drawn(tmp_path, *map(page, range(1, 7))))
    assert not [text for text in found[1:] if "章" in text]


def test_the_title_in_the_properties_is_a_hint(tmp_path: Path) -> None:
    def titled(title: str) -> Draw:
        return lambda drawing: (drawing.setTitle(title), write(drawing, 80, 700, "正文。"))

    assert drawn(tmp_path, titled(TITLE)).title == TITLE
    assert drawn(tmp_path, titled("Microsoft Word - 计划.docx")).title == ""
    assert drawn(tmp_path, titled(TITLE)).published == ""
