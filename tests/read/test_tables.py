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
