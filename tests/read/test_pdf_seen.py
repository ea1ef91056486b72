"""What is read of a page is what its reader sees."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests import sources
from tests.read.drawn import Draw, drawn, picture, small, texts, write


def test_superscripts_contents_and_watermarks(tmp_path: Path) -> None:
    def page(drawing: Any) -> None:
        text = drawing.beginText(80, 640)
        for piece, size, rise in (("建成2500", 12, 0), ("1", 7, 4), ("座", 12, 0)):
            text.setFont(sources.FONT, size)
            text.setRise(rise)
            text.textOut(piece)
        drawing.drawText(text)
        drawing.drawString(80, 600, "一、目标…………………3")
        drawing.rotate(45)
        drawing.drawString(300, 300, "内部资料")

    assert texts(drawn(tmp_path, page)) == ["建成2500¹座"]


def test_bold_type_that_is_drawn_twice_is_read_once(tmp_path: Path) -> None:
    def page(drawing: Any) -> None:
        x = 80
        for char in "一、关于11.1亿元的安排":
            drawing.drawString(x, 700, char)
            drawing.drawString(x + 0.4, 700, char)
            x += drawing.stringWidth(char, sources.FONT, 12)
        write(drawing, 80, 660, "全文画了两遍：2233")
        write(drawing, 80.3, 660.2, "全文画了两遍：2233")

    assert "".join(texts(drawn(tmp_path, page))) == "一、关于11.1亿元的安排全文画了两遍：2233"


def _invisible(drawing: Any) -> None:
    text = drawing.beginText(80, 660)
    text.setTextRenderMode(3)
    text.textOut("增长99%")
    drawing.drawText(text)


def _white(drawing: Any) -> None:
    drawing.setFillColorRGB(1, 1, 1)
    drawing.drawString(80, 660, "增长99%")


def _beside(drawing: Any) -> None:
    drawing.drawString(80, 900, "增长99%")


@pytest.mark.parametrize(
    "hide", [_invisible, _white, _beside, lambda drawing: small(drawing, 660, "增长99%", size=0.5)]
)
def test_what_nobody_sees_is_left_out(hide: Draw, tmp_path: Path) -> None:
    def page(drawing: Any) -> None:
        drawing.drawString(80, 700, "地区生产总值增长5%。")
        hide(drawing)

    assert texts(drawn(tmp_path, page)) == ["地区生产总值增长5%。"]


def test_white_type_on_a_dark_ground_is_read(tmp_path: Path) -> None:
    def page(drawing: Any) -> None:
        drawing.setFillColorRGB(0.1, 0.2, 0.5)
        drawing.rect(70, 640, 300, 80, stroke=0, fill=1)
        _white(drawing)

    assert texts(drawn(tmp_path, page)) == ["增长99%"]


def test_the_text_layer_of_a_scan_is_read(tmp_path: Path) -> None:
    def page(drawing: Any) -> None:
        picture(drawing)
        text = drawing.beginText(80, 660)
        text.setTextRenderMode(3)
        text.textOut("地区生产总值增长5%，工业增加值增长6%。")
        drawing.drawText(text)

    assert texts(drawn(tmp_path, page)) == ["地区生产总值增长5%，工业增加值增长6%。"]
