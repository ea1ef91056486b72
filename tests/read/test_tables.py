"""Rows become tables with header, unit and the period of every column, apart from the text."""

from __future__ import annotations

from rag.read import parse_document

TEXT = """青禾市2025年预算执行情况与2026年预算草案的报告
一、2025年预算执行情况
全市一般公共预算收入完成120.5亿元。
表1 一般公共预算收支
单位:亿元
项目	2025年执行数	2026年预算数	比上年增长(%)
税收收入	90.5	94.3	4.2
一、非税收入	30	31	3.3
二、2026年预算草案
收入预期增长4%。
"""


def test_rows_are_a_table_with_unit_and_columns() -> None:
    document = parse_document(TEXT, "d", "d.txt")
    (table,) = document.tables
    assert (table.caption, table.unit) == ("表1 一般公共预算收支", "亿元")
    assert [(c.header, c.year, c.status) for c in table.columns] == [
        ("项目", None, None),
        ("2025年执行数", 2025, "actual"),
        ("2026年预算数", 2026, "planned"),
        ("比上年增长(%)", None, None),
    ]
    assert [cells for _, cells in table.rows] == [
        ("税收收入", "90.5", "94.3", "4.2"),
        ("一、非税收入", "30", "31", "3.3"),
    ]
    for span, cells in table.rows:
        assert document.text[span.start : span.end] == " | ".join(cells)


def test_numbered_rows_are_no_headings() -> None:
    document = parse_document(TEXT, "d", "d.txt")
    assert [s.heading for s in document.sections] == ["一、2025年预算执行情况", "二、2026年预算草案"]
    rows = next(p for p in document.passages if "非税收入" in document.text[p.start : p.end])
    assert rows.section == ("一、2025年预算执行情况", "表1 一般公共预算收支")


def test_titles_and_headers_among_the_rows_part_two_tables() -> None:
    rows = [
        "项目\t预算数\t完成数",
        "税收收入\t100\t94",
        "一、罚没收入\t-\t-",
        "2025年支出完成情况表",
        "单位:万元",
        "项目\t预算数\t完成数",
        "教育\t-\t30",
    ]
    document = parse_document(
        "\n".join(["青禾市2025年预算报告", "收入完成较好。", "2025年收入完成情况表", "(单位:亿元)", *rows]),
        "d",
        "d.txt",
    )
    assert [(t.caption, t.unit, len(t.rows)) for t in document.tables] == [
        ("2025年收入完成情况表", "亿元", 2),
        ("2025年支出完成情况表", "万元", 1),
    ]


def test_the_caption_is_the_nearest_line_and_no_sentence() -> None:
    rows = "指标\t产量\t增长(%)\n粮食\t3\t2\n"
    above = "青禾市2025年统计公报\n全年价格上涨0.6%。\n"
    (table,) = parse_document(above + "2025年全市产量\n" + rows, "d", "d.txt").tables
    assert table.caption == "2025年全市产量"
    (table,) = parse_document(above + rows, "d", "d.txt").tables
    assert table.caption == ""


def test_a_header_that_every_page_repeats_is_no_row() -> None:
    page = "项目\t2025年\n"
    text = (
        "青禾市2025年预算报告\n收入增长。\n2025年收入表\n"
        + page
        + "增值税\t5\n契税\t-\n"
        + page
        + "车船税\t3\n"
    )
    (table,) = parse_document(text, "d", "d.txt").tables
    assert [cells for _, cells in table.rows] == [("增值税", "5"), ("契税", "-"), ("车船税", "3")]


def test_dashes_end_a_header_and_a_column_of_numbers_is_no_part_of_it() -> None:
    text = (
        "青禾市2025年预算报告\n收入增长。\n2025年支出表\n"
        "项目\t合计\t合计\n项目\t小计\t财力\n栏次\t1\t2\n外交\t-\t-\n国防\t3\t4\n"
    )
    (table,) = parse_document(text, "d", "d.txt").tables
    assert [column.header for column in table.columns] == ["项目", "合计 小计", "合计 财力"]
    assert [cells[0] for _, cells in table.rows] == ["外交", "国防"]


def test_every_page_of_a_table_keeps_its_unit() -> None:
    page = "收入{}的说明没有写完,\n单位:万元\n项目\t2025年\n增值税{}\t5\n"
    text = "青禾市2025年预算报告\n" + "".join(page.format(n, n) for n in range(1, 5))
    assert [table.unit for table in parse_document(text, "d", "d.txt").tables] == ["万元"] * 4


def test_columns_that_stand_too_close_are_told_apart() -> None:
    rows = ["指标 单位\t绝对数", "快递业务量 万件\t6265", "财政收入亿元\t67.98"]
    text = "\n".join(
        [
            "青禾市2025年统计公报",
            "收入增长。",
            "表1 主要指标",
            *rows,
            "表2 完成情况\t",
            "指标 2024年\t2025年",
            "工业 161.3\t204.9",
            "旅游业38.2\t39.7",
        ]
    )
    first, second = parse_document(text, "d", "d.txt").tables
    assert [cells for _, cells in first.rows] == [
        ("快递业务量", "万件", "6265"),
        ("财政收入", "亿元", "67.98"),
    ]
    assert [column.year for column in second.columns] == [None, 2024, 2025]
    assert [cells for _, cells in second.rows] == [("工业", "161.3", "204.9"), ("旅游业", "38.2", "39.7")]
