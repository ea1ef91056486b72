from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import SourceError
from rag.read.readers import read_source
from rag.read.readers.pdf_lines import Line
from rag.read.readers.pdf_paragraphs import join_paragraphs
from tests import sources
from tests.bad_files import scan


def _set(paragraphs: list[str], width: int = 30, page: int = 18) -> list[list[Line]]:
    """Paragraphs of Han text as they are set: indented by two, `width` characters a line."""
    lines: list[Line] = []
    for text in paragraphs:
        first = width - 2
        pieces = [text[:first], *(text[i : i + width] for i in range(first, len(text), width))]
        for k, piece in enumerate(pieces):
            left = 20.0 if k == 0 else 0.0
            base = 800 - 16.0 * (len(lines) % page)
            lines.append(Line((piece,), left, left + 10 * len(piece), base, 10.0))
    return [lines[i : i + page] for i in range(0, len(lines), page)]


@given(st.lists(st.integers(60, 200), min_size=1, max_size=9))
def test_paragraphs_are_joined_as_they_were_broken(lengths: list[int]) -> None:
    han = (chr(code) for code in range(0x5000, 0x9000))  # no two lines alike, or they would be running heads
    paragraphs = ["".join(next(han) for _ in range(length)) + "。" for length in lengths]
    assert join_paragraphs(_set(paragraphs)) == paragraphs


def test_pdf_words_and_figures_at_the_break() -> None:
    def broken(one: str, other: str) -> str:
        above, below = Line((one,), 20, 300, 800, 10), Line((other,), 0, 300, 784, 10)
        return join_paragraphs([[Line(("题" * 29 + "。",), 0, 300, 816, 10), above, below]])[-1]

    assert broken("增长10", "20.9亿元") == "增长1020.9亿元"
    assert broken("the plan", "of 2024") == "the plan of 2024"
    assert broken("万元G", "DP能耗") == "万元GDP能耗"


def test_pdf_tables_superscripts_and_watermarks(tmp_path: Path) -> None:
    path = tmp_path / "t.pdf"
    drawing = sources.canvas(path)
    drawing.setFont(sources.FONT, 12)
    for y, cells in ((700, ("指标", "单位", "2019年")), (680, ("地区生产总值", "亿元", "1020.9"))):
        for x, cell in zip((80, 240, 400), cells, strict=True):
            drawing.drawString(x, y, cell)
    text = drawing.beginText(80, 640)
    for piece, size, rise in (("建成2500", 12, 0), ("1", 7, 4), ("座", 12, 0)):
        text.setFont(sources.FONT, size)
        text.setRise(rise)
        text.textOut(piece)
    drawing.drawText(text)
    drawing.drawString(80, 600, "一、目标…………………3")
    drawing.rotate(45)
    drawing.drawString(300, 300, "内部资料")
    drawing.save()
    assert read_source(path).text.splitlines() == [
        "指标 | 单位 | 2019年",
        "地区生产总值 | 亿元 | 1020.9",
        "建成2500¹座",
    ]


def test_pdf_keeps_the_hyphen_at_the_end_of_a_line(tmp_path: Path) -> None:
    drawing = sources.canvas(tmp_path / "t.pdf")
    drawing.setFont(sources.FONT, 12)
    drawing.drawString(80, 700, "规划期为2019-")
    drawing.drawString(80, 680, "2035年")
    drawing.save()
    assert read_source(tmp_path / "t.pdf").text == "规划期为2019-2035年\n"


def test_pdf_pages_that_lie_on_their_side(tmp_path: Path) -> None:
    path = tmp_path / "t.pdf"
    drawing = sources.canvas(path)
    drawing.setPageRotation(90)
    drawing.rotate(90)
    drawing.setFont(sources.FONT, 12)
    drawing.drawString(100, -100, "地区生产总值增长")
    drawing.drawString(220, -100, "8.0%")
    drawing.save()
    assert read_source(path).text == "地区生产总值增长 8.0%\n"


def test_a_scan_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(scan(tmp_path))
    with pytest.raises(SourceError, match="OCR"):
        read_source(tmp_path / "a.pdf")
