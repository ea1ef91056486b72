"""The rows and cells of tables in PDF files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.read.drawn import BODY, drawn, texts, write

HEADER = ("指标", "2024年", "2025年")


ROWS = (("税收收入", "120.5", "126"), ("其中：增值税", "", "48.2"), ("非税收入", "60.1", ""))


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
