from __future__ import annotations

import time
from pathlib import Path

import pytest

from rag.read.readers import read_source
from rag.read.reading import Reading
from tests import sources
from tests.bad_files import with_parts

RUN = "<w:r><w:t>{}</w:t></w:r>"
NOTE = "<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:footnoteReference w:id='{}'/></w:r>"


def read_whole(tmp_path: Path, data: bytes) -> Reading:
    (tmp_path / "d.docx").write_bytes(data)
    return read_source(tmp_path / "d.docx")


def read(tmp_path: Path, data: bytes) -> str:
    return read_whole(tmp_path, data).text


def test_docx_tables_stand_in_their_place(tmp_path: Path) -> None:
    document = sources.as_docx(["标题"])
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ("指标", "2019年", "地区生产\n总值", "8.0%"), strict=True):
        cell.text = text
    document.add_paragraph("表后")
    assert read(tmp_path, sources.saved(document)).splitlines() == [
        "标题", "指标 | 2019年", "地区生产总值 | 8.0%", "表后",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ("<w:ins>" + RUN.format("新增") + "</w:ins><w:del><w:r><w:delText>旧</w:delText></w:r></w:del>", "新增"),
        ("<w:hyperlink>" + RUN.format("链接") + "</w:hyperlink>" + RUN.format("后"), "链接后"),
        ("<w:moveFrom>" + RUN.format("移") + "</w:moveFrom><w:moveTo>" + RUN.format("到") + "</w:moveTo>", "到"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>" + RUN.format("见"), "见"),
        ("<w:r><w:t>2500</w:t></w:r><w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>1</w:t></w:r>", "2500¹"),
        ("<w:r><w:t>增长</w:t></w:r><w:r><w:rPr><w:strike/></w:rPr><w:t>9</w:t></w:r><w:r><w:rPr><w:dstrike/></w:rPr><w:t>7</w:t></w:r><w:r><w:t>8%</w:t></w:r>", "增长8%"),
        ("<w:r><w:rPr><w:strike w:val='0'/></w:rPr><w:t>见</w:t></w:r>", "见"),
        ("<w:r><w:t>202</w:t></w:r><w:r><w:t>5</w:t></w:r><w:proofErr/><w:r><w:t>年</w:t></w:r>", "2025年"),
        ("<w:r><w:instrText>PAGE</w:instrText></w:r>" + RUN.format("文"), "文"),
        ("<w:sdt><w:sdtContent>" + RUN.format("控件") + "</w:sdtContent></w:sdt>", "控件"),
        ("<w:r><w:t>上</w:t><w:br/><w:t>下</w:t><w:tab/><w:t>右</w:t><w:noBreakHyphen/></w:r>", "上\n下 右-"),
        ("<w:r><w:pict><w:txbxContent><w:p>" + RUN.format("框") + "</w:p></w:txbxContent></w:pict></w:r>", "框"),
    ],
)  # fmt: skip
def test_docx_takes_the_text_that_is_seen(xml: str, text: str, tmp_path: Path) -> None:
    document = sources.as_docx(["标题"])
    document.element.body.insert(1, sources.element(f"<w:p>{xml}</w:p>"))
    assert read(tmp_path, sources.saved(document)) == f"标题\n{text}\n"


def test_docx_joins_paragraphs_whose_end_is_deleted(tmp_path: Path) -> None:
    document = sources.as_docx(["标题"])
    deleted = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
    document.element.body.insert(1, sources.element(f"<w:p>{deleted}{RUN.format('增长')}</w:p>"))
    document.element.body.insert(2, sources.element(f"<w:p>{RUN.format('8.0%')}</w:p>"))
    assert read(tmp_path, sources.saved(document)) == "标题\n增长8.0%\n"


def test_docx_leaves_its_table_of_contents_out(tmp_path: Path) -> None:
    document = sources.as_docx(["标题", "一、目标"])
    document.styles.add_style("toc 1", 1)
    document.add_paragraph("一、目标\t3", style="toc 1")
    assert read(tmp_path, sources.saved(document)) == "标题\n一、目标\n"


def test_docx_numbers_come_from_the_styles_and_start_anew(tmp_path: Path) -> None:
    document = sources.as_docx(["标题"])
    sources.add_numbering(document)
    root = document.part.numbering_part.element
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    root.append(
        sources.element(f'<w:num w:numId="71"><w:abstractNumId w:val="{sources.LIST}"/>{again}</w:num>')
    )
    for name, level in (("Heading 1", 0), ("Heading 2", 1)):
        style = document.styles[name].element.get_or_add_pPr()
        style.append(
            sources.element(f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{sources.LIST}"/></w:numPr>')
        )
    for text, level in (("甲", 1), ("乙", 2), ("丙", 2), ("丁", 1), ("戊", 2)):
        document.add_heading(text, level)
    for text in ("己", "庚"):
        paragraph = document.add_paragraph(text)
        properties = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="71"/></w:numPr>'
        paragraph._p.get_or_add_pPr().append(sources.element(properties))
    plain = document.add_heading("辛", 1)
    plain._p.get_or_add_pPr().append(sources.element('<w:numPr><w:numId w:val="0"/></w:numPr>'))
    document.add_paragraph("壬", style="List Bullet")
    assert read(tmp_path, sources.saved(document)).split() == [
        "标题", "一、甲", "(一)乙", "(二)丙", "二、丁", "(一)戊", "五、己", "六、庚", "辛", "•壬",
    ]  # fmt: skip


def test_docx_notes_stand_at_the_end_and_lengthen_no_figure(tmp_path: Path) -> None:
    document = sources.as_docx(["标题"])
    marked = f"{RUN.format('服务3500')}{NOTE.format(3)}{RUN.format('人、')}{RUN.format('2400')}{NOTE.format(2)}{RUN.format('户。')}"
    document.element.body.insert(1, sources.element(f"<w:p>{marked}</w:p>"))
    notes = "".join(
        f'<w:footnote w:id="{at}"><w:p>{RUN.format(text)}</w:p></w:footnote>'
        for at, text in ((0, "分隔"), (2, "指农户。"), (3, "指5年累计。"))
    )
    root = f'<w:footnotes xmlns:w="{sources.W}">{notes}</w:footnotes>'.encode()
    data = with_parts(sources.saved(document), footnotes=root)
    assert read(tmp_path, data).splitlines() == [
        "标题", "服务3500人、2400户。", "注释：", "[1] 指5年累计。", "[2] 指农户。",
    ]  # fmt: skip


def test_docx_merged_cells_stand_in_every_row_and_column(tmp_path: Path) -> None:
    document = sources.as_docx(["标题"])
    table = document.add_table(rows=4, cols=3)
    rows = (
        ("指标", "2025年", ""),
        ("", "总量", "增速(%)"),
        ("其中：", "", ""),
        ("地区生产总值", "312.6", "5.2"),
    )
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(0, 0).merge(table.cell(1, 0)).text = "指标"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "2025年"
    table.cell(2, 0).merge(table.cell(2, 2)).text = "其中："
    lines = read_whole(tmp_path, sources.saved(document)).lines[1:]
    assert [line.cells for line in lines] == [
        ("指标", "2025年", "2025年"),
        ("指标", "总量", "增速(%)"),
        ("其中：", "其中：", "其中："),
        ("地区生产总值", "312.6", "5.2"),
    ]
    assert lines[2].text == "其中："


def test_docx_cells_over_a_fine_grid_are_one_column_each(tmp_path: Path) -> None:
    def row(*cells: tuple[str, int]) -> str:
        return "".join(
            f"<w:tc><w:tcPr><w:gridSpan w:val='{span}'/></w:tcPr><w:p>{RUN.format(text)}</w:p></w:tc>"
            for text, span in cells
        )

    rows = (
        row(("科目", 3), ("预算", 3), ("完成", 2)),
        row(("增值税", 2), ("36", 4), ("27", 2)),
        row(("房产税", 3), ("38", 2), ("43", 3)),
    )
    document = sources.as_docx(["标题"])
    document.element.body.insert(
        1, sources.element("<w:tbl>" + "".join(f"<w:tr>{r}</w:tr>" for r in rows) + "</w:tbl>")
    )
    assert read(tmp_path, sources.saved(document)).splitlines()[1:] == [
        "科目 | 预算 | 完成", "增值税 | 36 | 27", "房产税 | 38 | 43",
    ]  # fmt: skip


def test_docx_headings_have_the_level_of_their_style(tmp_path: Path) -> None:
    document = sources.as_docx(["标题"])
    document.add_heading("一、目标", 1)
    document.add_heading("（一）增长", 2)
    document.add_paragraph("正文")
    outlined = document.add_paragraph("二、任务")
    outlined._p.get_or_add_pPr().append(sources.element('<w:outlineLvl w:val="0"/>'))
    document.add_heading("全年地区生产总值增长5.2%，达到312.6亿元。", 1)
    reading = read_whole(tmp_path, sources.saved(document))
    assert [line.level for line in reading.lines] == [0, 1, 2, 0, 1, 0]


def test_docx_title_of_its_properties_unless_it_is_of_another_year(tmp_path: Path) -> None:
    document = sources.as_docx(["关于2024年预算的说明", "收入235.4亿元。"])
    for title, told in (("关于2024年预算的说明", "关于2024年预算的说明"), ("关于2019年预算的说明", "")):
        document.core_properties.title = title
        assert read_whole(tmp_path, sources.saved(document)).title == told


def test_docx_table_of_thousands_of_rows_is_quick(tmp_path: Path) -> None:
    cells = "".join(f"<w:tc><w:p>{RUN.format(text)}</w:p></w:tc>" for text in ("项目", "1", "2", "3"))
    document = sources.as_docx(["标题"])
    document.element.body.insert(1, sources.element(f"<w:tbl>{f'<w:tr>{cells}</w:tr>' * 10_000}</w:tbl>"))
    data = sources.saved(document)
    started = time.perf_counter()
    assert len(read_whole(tmp_path, data).lines) == 10_001
    assert time.perf_counter() - started < 20
