from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import SourceError
from rag.read.readers import read_source
from rag.read.readers.pdf_lines import Line, Word
from rag.read.readers.pdf_paragraphs import join_paragraphs
from rag.read.reading import Reading
from tests import sources

Draw = Callable[[Any], None]
BODY = "全市上下坚持稳中求进工作总基调，着力扩大内需、优化结构、提振信心、防范化解风险，"


def drawn(tmp_path: Path, *pages: Draw, **options: Any) -> Reading:
    """What is read of a PDF with these pages."""
    path = tmp_path / "t.pdf"
    drawing = sources.canvas(path, **options)
    for page in pages:
        drawing.setFont(sources.FONT, 12)
        page(drawing)
        drawing.showPage()
    drawing.save()
    return read_source(path)


def texts(reading: Reading) -> list[str]:
    return [line.text for line in reading.lines]


def write(drawing: Any, x: float, y: float, *lines: str, step: float = 20) -> None:
    for index, line in enumerate(lines):
        drawing.drawString(x, y - step * index, line)


def small(drawing: Any, y: float, text: str, x: float = 80, size: float = 8) -> None:
    drawing.setFont(sources.FONT, size)
    drawing.drawString(x, y, text)
    drawing.setFont(sources.FONT, 12)


def picture(drawing: Any) -> None:
    from PIL import Image

    drawing.drawInlineImage(Image.effect_noise((60, 80), 90), 50, 80, 480, 700)


# paragraphs


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


def test_a_table_under_two_columns_keeps_its_rows(tmp_path: Path) -> None:
    def page(drawing: Any) -> None:
        for index in range(6):
            drawing.drawString(60, 740 - 16 * index, BODY[index : index + 18])
            drawing.drawString(310, 740 - 16 * index, BODY[index + 9 : index + 27])
        for y, cells in ((600, HEADER), (580, ROWS[0])):
            for x, cell in zip((80, 240, 400), cells, strict=True):
                drawing.drawString(x, y, cell)

    reading = drawn(tmp_path, page)
    assert [line.cells for line in reading.lines if line.cells] == [HEADER, ROWS[0]]
    assert texts(reading)[0].startswith(BODY[:18] + BODY[1:19])


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


# tables

HEADER = ("指标", "2024年", "2025年")
ROWS = (("税收收入", "120.5", "126"), ("其中：增值税", "", "48.2"), ("非税收入", "60.1", ""))


def test_columns_stay_in_line_where_cells_are_empty(tmp_path: Path) -> None:
    def page(drawing: Any) -> None:
        for index, cells in enumerate((HEADER, *ROWS)):
            for x, cell in zip((80, 240, 400), cells, strict=True):
                drawing.drawString(x, 700 - 20 * index, cell)

    reading = drawn(tmp_path, page)
    assert [line.cells for line in reading.lines] == [HEADER, *ROWS]
    assert reading.lines[1].text == "税收收入 | 120.5 | 126"


def test_rules_tell_cells_that_are_wrapped_merged_or_stand_close(tmp_path: Path) -> None:
    def page(drawing: Any) -> None:
        drawing.grid([80, 160, 210, 260], [600, 640, 660, 700])
        write(drawing, 84, 685, "项 目")
        write(drawing, 162, 685, "2025年", "完成数", step=14)
        write(drawing, 212, 685, "同比增", "长（%）", step=14)
        write(drawing, 84, 645, "债务付息支出")
        write(drawing, 162, 645, "2,818,782")
        write(drawing, 216, 645, "1.18")
        write(drawing, 84, 625, "政府性基金补", "助收入", step=14)
        write(drawing, 216, 618, "-0.5")

    assert [line.cells for line in drawn(tmp_path, page).lines] == [
        ("项目", "2025年完成数", "同比增长（%）"),
        ("债务付息支出", "2,818,782", "1.18"),
        ("政府性基金补助收入", "", "-0.5"),
    ]


def test_a_figure_broken_inside_its_cell_is_one(tmp_path: Path) -> None:
    def page(drawing: Any) -> None:
        drawing.grid([80, 160, 200, 240], [600, 640, 660])
        for x, cell in zip((84, 162, 202), ("指标", "2024", "2025"), strict=True):
            drawing.drawString(x, 645, cell)
        write(drawing, 84, 618, "收入合计")
        write(drawing, 162, 625, "308,37", "2", step=14)
        write(drawing, 202, 625, "325,16", "6", step=14)

    assert drawn(tmp_path, page).lines[-1].cells == ("收入合计", "308,372", "325,166")


def test_merged_cells_are_repeated(tmp_path: Path) -> None:
    def page(drawing: Any) -> None:
        for y in (600, 620, 660):
            drawing.line(80, y, 320, y)
        drawing.line(160, 640, 320, 640)
        for x in (80, 160, 320):
            drawing.line(x, 600, x, 660)
        drawing.line(240, 600, 240, 640)
        write(drawing, 90, 636, "指标")
        write(drawing, 220, 645, "全市")
        write(drawing, 165, 625, "2024年")
        write(drawing, 245, 625, "2025年")
        for x, cell in zip((90, 170, 250), ("税收收入", "120.5", "126"), strict=True):
            drawing.drawString(x, 605, cell)

    assert [line.cells for line in drawn(tmp_path, page).lines] == [
        ("指标", "全市", "全市"),
        ("指标", "2024年", "2025年"),
        ("税收收入", "120.5", "126"),
    ]


def test_a_name_broken_around_its_figures_is_one_cell(tmp_path: Path) -> None:
    def page(drawing: Any) -> None:
        for y, cells in (
            (700, HEADER),
            (670, ROWS[0]),
            (640, ("规模以上工业企", "", "")),
            (632, ("", "9.1", "9.4")),
        ):
            for x, cell in zip((80, 240, 400), cells, strict=True):
                drawing.drawString(x, y, cell)
        write(drawing, 80, 624, "业利润")

    assert [line.cells for line in drawn(tmp_path, page).lines][-1] == ("规模以上工业企业利润", "9.1", "9.4")


# what a reader sees


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


# titles, heads and page numbers

TITLE = "临江市2024年国民经济和社会发展计划"


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


# what cannot be read


def test_pages_that_are_pictures_are_named(tmp_path: Path) -> None:
    def page(drawing: Any) -> None:
        write(drawing, 104, 700, BODY[:34])
        write(drawing, 80, 680, "地区生产总值增长5%。")

    def scanned(drawing: Any) -> None:
        picture(drawing)
        drawing.drawCentredString(297, 30, f"— {drawing.getPageNumber()} —")

    reading = drawn(tmp_path, page, page, scanned, scanned, scanned)
    assert reading.warnings == ("pages 3-5 are pictures without text and could not be read",)
    assert texts(reading) == [BODY[:34] + "地区生产总值增长5%。"] * 2


def test_a_scan_with_page_numbers_is_a_scan(tmp_path: Path) -> None:
    def scanned(drawing: Any) -> None:
        picture(drawing)
        drawing.drawCentredString(297, 30, str(drawing.getPageNumber()))

    with pytest.raises(SourceError, match="no text layer; the pages are pictures") as caught:
        drawn(tmp_path, scanned, scanned, scanned)
    assert "OCR" in caught.value.hint


def test_fonts_that_give_nothing_but_figures_are_told(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="do not tell which characters"):
        drawn(tmp_path, lambda drawing: write(drawing, 40, 800, *["，。２０２５％，。（）１２"] * 30))


def test_a_table_of_figures_is_no_broken_font(tmp_path: Path) -> None:
    def page(drawing: Any) -> None:
        for index in range(30):
            for x, cell in zip((80, 200, 300, 400), ("合计", "1,234.5", "2,345.6", "3.4"), strict=True):
                drawing.drawString(x, 780 - 20 * index, cell)

    assert len(drawn(tmp_path, page).lines) == 30


def test_a_packed_stream_with_bytes_behind_its_end_is_no_endless_loop(tmp_path: Path) -> None:
    import zlib

    path = tmp_path / "t.pdf"
    drawing = sources.canvas(path)
    drawing.setFont(sources.FONT, 12)
    write(drawing, 80, 700, "地区生产总值增长5%。")
    drawing.save()
    packed = zlib.compress(bytes(2**20)) + b"\r\n"
    path.write_bytes(path.read_bytes() + b"\n9 0 obj\n<</X 1>>\nstream\n" + packed + b"endstream\nendobj\n")
    start = time.monotonic()
    assert texts(read_source(path)) == ["地区生产总值增长5%。"]
    assert time.monotonic() - start < 10
