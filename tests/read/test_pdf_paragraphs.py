"""The lines of a PDF are put together to the paragraphs that they were."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.read.readers.pdf_lines import Line, Word
from rag.read.readers.pdf_paragraphs import join_paragraphs
from tests import sources
from tests.read.drawn import BODY, TITLE, drawn, small, texts, write


def as_set(paragraphs: list[str], width: int = 30, page: int = 18) -> list[list[list[Line]]]:
    """Paragraphs of Han text as they are set: indented by two, `width` characters a line."""
    lines: list[Line] = []
    for text in paragraphs:
        first = width - 2
        pieces = [text[:first], *(text[i : i + width] for i in range(first, len(text), width))]
        for k, piece in enumerate(pieces):
            left = 20.0 if k == 0 else 0.0
            base = 800 - 16.0 * (len(lines) % page)
            lines.append(Line((Word(piece, left, left + 10 * len(piece)),), base, 10.0))
    return [[lines[i : i + page]] for i in range(0, len(lines), page)]


@settings(deadline=None)  # the first call loads what is needed
@given(st.lists(st.integers(60, 200), min_size=1, max_size=9))
def test_paragraphs_are_joined_as_they_were_broken(lengths: list[int]) -> None:
    han = (chr(code) for code in range(0x5000, 0x9000))
    paragraphs = ["".join(next(han) for _ in range(length)) + "。" for length in lengths]
    assert [line.text for line in join_paragraphs(as_set(paragraphs))] == paragraphs


@pytest.mark.parametrize(
    ("above", "below", "whole"),
    [
        ("增长10", "20.9亿元", "增长1020.9亿元"),
        ("the plan", "of 2024", "the plan of 2024"),
        ("万元G", "DP能耗", "万元GDP能耗"),
    ],
)
def test_words_and_figures_at_the_break(above: str, below: str, whole: str) -> None:
    page = [
        Line((Word(text, left, 300),), base, 10)
        for text, left, base in (("题" * 29 + "。", 0, 816), (above, 20, 800), (below, 0, 784))
    ]
    assert join_paragraphs([[page]])[-1].text == whole


def test_a_figure_broken_over_the_page_end_is_whole_and_the_note_stands_behind(tmp_path: Path) -> None:
    def first(drawing: Any) -> None:
        write(drawing, 104, 700, BODY[:34])
        write(drawing, 80, 680, BODY[:36], BODY[:26] + "全年投资完成10")
        small(drawing, 60, "① 投资不含农户，按可比口径计算。")
        drawing.drawCentredString(297, 30, "— 1 —")

    def second(drawing: Any) -> None:
        write(drawing, 80, 700, "5.75亿元，比上年增长6.2%。")
        write(drawing, 104, 680, "全年进出口总额增长3.1%。")
        drawing.drawCentredString(297, 30, "— 2 —")

    reading = drawn(tmp_path, first, second)
    found = texts(reading)
    assert found[0].endswith("全年投资完成105.75亿元，比上年增长6.2%。")
    assert found[1:] == ["① 投资不含农户，按可比口径计算。", "全年进出口总额增长3.1%。"]
    assert [line.page for line in reading.lines] == [1, 1, 2]


def test_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    left = [BODY[:18], BODY[18:36], "粮食产量目标为120万吨以上，", "单产水平继续提高，结构更优。"]
    right = [
        "工业方面，规模以上企业营业收",
        "入目标为3450亿元，增长8%左右",
        "，新增企业200户，研发投入增长",
        "10%以上，重点项目全部开工。",
    ]

    def page(drawing: Any) -> None:
        drawing.setFont(sources.FONT, 18)
        drawing.drawCentredString(297, 760, "临江市2024年国民经济和社会发展计划")
        drawing.setFont(sources.FONT, 12)
        for index, (one, other) in enumerate(zip(left, right, strict=True)):
            drawing.drawString(60, 700 - 20 * index, one)
            drawing.drawString(320, 700 - 20 * index, other)

    found = "".join(texts(drawn(tmp_path, page)))
    assert "".join(left) + "".join(right) in found


def test_ragged_lines_are_joined(tmp_path: Path) -> None:
    lines = [
        "2024年全市预期目标是：地区生产总值增长",
        "5.5%左右，固定资产投资增长6%，",
        "社会消费品零售总额增长7%左右，一般公共",
    ]
    lines += ["预算收入增长5%，城镇新增", "就业2.5万人，居民消费价格涨幅", "3%左右。"]
    assert texts(drawn(tmp_path, lambda drawing: write(drawing, 80, 700, *lines))) == ["".join(lines)]


def test_a_figure_goes_on_though_its_line_ends_short(tmp_path: Path) -> None:
    def first(drawing: Any) -> None:
        write(drawing, 80, 780, TITLE, "2023年，全市固定资产投资完成10", step=40)
        write(drawing, 80, 80, "注：投资不含农户。")
        drawing.drawCentredString(297, 40, "1")

    def second(drawing: Any) -> None:
        write(drawing, 80, 780, "5.75亿元，增长6.2%。", "进出口增长3%。", step=40)
        drawing.drawCentredString(297, 40, "2")

    assert texts(drawn(tmp_path, first, second)) == [
        TITLE,
        "2023年，全市固定资产投资完成105.75亿元，增长6.2%。",
        "注：投资不含农户。",
        "进出口增长3%。",
    ]


def test_words_spaced_out_letter_by_letter_are_closed_up(tmp_path: Path) -> None:
    def page(drawing: Any) -> None:
        for index, char in enumerate("政府工作报告"):
            drawing.drawString(100 + 40 * index, 700, char)

    assert texts(drawn(tmp_path, page)) == ["政府工作报告"]


def test_the_hyphen_at_the_end_of_a_line_stays(tmp_path: Path) -> None:
    reading = drawn(tmp_path, lambda drawing: write(drawing, 80, 700, "规划期为2019-", "2035年"))
    assert texts(reading) == ["规划期为2019-2035年"]


def test_pages_that_lie_on_their_side(tmp_path: Path) -> None:
    def page(drawing: Any) -> None:
        drawing.setPageRotation(90)
        drawing.rotate(90)
        write(drawing, 100, -100, "地区生产总值增长")
        write(drawing, 220, -100, "8.0%")

    assert texts(drawn(tmp_path, page)) == ["地区生产总值增长 8.0%"]


def test_a_page_begins_inside_the_paragraph_that_goes_on(tmp_path: Path) -> None:
    def first(drawing: Any) -> None:
        write(drawing, 80, 780, *(f"{n}，{BODY[:34]}" for n in "甲乙丙"))

    def second(drawing: Any) -> None:
        write(drawing, 80, 780, f"丁，{BODY[:34]}", "全年增长5%。")

    reading = drawn(tmp_path, first, second)
    assert len(reading.lines) == 1
    assert reading.pages == (0, 3 * 36)
