"""Cells of tables become statements: one invented table for each form that bulletins and budgets have."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from rag.bind.cells import read_cells
from rag.bind.cells.words import pattern_of
from rag.language import load_toml
from rag.read import Line, Reading, parse_reading
from rag.schema import Document, Statement

RULES = load_toml("bind/cells.toml")
BULLETIN = "青禾市2025年国民经济和社会发展统计公报"
BUDGET = "关于青禾市2025年预算执行情况与2026年预算草案的报告"
PLAN = "青禾市2025年国民经济和社会发展计划执行情况与2026年计划草案的报告"


def document_of(title: str, above: Sequence[str], rows: Sequence[str]) -> Document:
    lines = [Line(title), Line("一、综合"), Line("全市经济运行总体平稳。"), *map(Line, above)]
    lines += [Line.row([cell.strip() for cell in row.split("|")]) for row in rows]
    return parse_reading(Reading(tuple(lines)), "d", "d.txt")


def cells_of(document: Document) -> list[Statement]:
    return [statement for table in document.tables for statement in read_cells(document, table)]


def bind(rows: str, caption: str = "", unit: str = "", title: str = BULLETIN) -> list[Statement]:
    document = document_of(title, [line for line in (caption, unit) if line], rows.strip().splitlines())
    found = cells_of(document)
    for statement in found:
        quantity = statement.quantity
        assert document.text[quantity.start : quantity.end] == quantity.text
    return found


def told(statements: Sequence[Statement]) -> list[tuple[str, str, str]]:
    return [(s.subject, s.measure, f"{s.quantity.value}{s.quantity.unit}") for s in statements]


def dated(statements: Sequence[Statement]) -> list[tuple[str, int | None, str]]:
    return [(str(s.quantity.value), s.period.end, s.status) for s in statements]


@pytest.mark.parametrize(
    ("group", "rule"),
    [(group, rule) for group, rules in RULES.items() for rule in rules],
    ids=lambda value: value if isinstance(value, str) else value["name"],
)
def test_a_rule_finds_its_examples_and_spares_the_others(group: str, rule: dict[str, object]) -> None:
    pattern = re.compile(pattern_of(rule))
    for text in rule["examples"]:  # type: ignore[attr-defined]
        assert pattern.search(text), text
    for text in rule["spared"]:  # type: ignore[attr-defined]
        assert not pattern.search(text), text


def test_level_and_change_of_a_row() -> None:
    rows = "指标|绝对数（亿元）|比上年增长（%）\n地区生产总值|1,020.5|5.2\n第一产业增加值|93.1|-1.4"
    found = bind(rows, "表1 主要指标")
    assert told(found) == [
        ("地区生产总值", "level", "1020.5亿元"),
        ("地区生产总值", "growth", "5.2%"),
        ("第一产业增加值", "level", "93.1亿元"),
        ("第一产业增加值", "decline", "1.4%"),
    ]
    assert found[0].indicator == "gdp"
    bound = {(s.period.kind, s.period.end, s.status, s.place) for s in found}
    assert bound == {("year", 2025, "actual", "青禾市")}


def test_a_cell_is_quoted_by_its_row() -> None:
    document = document_of(BULLETIN, ["表1 产值", "单位:亿元"], ["指标|绝对数|增长", "产值|5|5"])
    first, second = cells_of(document)
    assert document.text[first.clause.start : first.clause.end] == "产值 | 5 | 5"
    assert second.quantity.start == first.quantity.start + len("5 | ")
    assert first.section == ("一、综合", "表1 产值")


def test_the_columns_noun_completes_the_rows_name() -> None:
    found = bind("产品名称|产量（万吨）|比上年增长%\n粮食|303.2|0.3", "2025年全市主要农产品产量及增速")
    assert told(found) == [("粮食产量", "level", "303.2万吨"), ("粮食产量", "growth", "0.3%")]


def test_a_name_that_says_what_is_counted_needs_no_noun() -> None:
    found = bind("产品名称|单位|产量\n发电量|亿千瓦小时|256.7\n生铁|万吨|3", "2025年主要产品产量")
    assert told(found) == [("发电量", "level", "256.7亿千瓦小时"), ("生铁产量", "level", "3万吨")]


def test_columns_of_different_things() -> None:
    found = bind("指标|招生数（人）|在校生数（人）\n研究生|314|922", "2025年各类教育发展情况")
    assert told(found) == [("研究生招生数", "level", "314人"), ("研究生在校生数", "level", "922人")]


def test_a_part_lends_the_head_of_the_row_that_it_is_of() -> None:
    rows = """指标|单位|绝对数
旅客运输量|万人次|81
其中：公路|万人次|18
铁路|万人次|55
货物运输量|万吨|63
#水运|万吨|13"""
    assert [s.subject for s in bind(rows, "2025年运输量")] == [
        "旅客运输量",
        "公路旅客运输量",
        "铁路旅客运输量",
        "货物运输量",
        "水运货物运输量",
    ]


def test_a_group_row_without_figures_lends_its_head() -> None:
    found = bind("指标|年末数（万人）\n一、常住人口|\n1.城镇|210.5\n2.乡村|90.2", "表1 人口")
    assert [(s.subject, s.period.kind) for s in found] == [
        ("城镇常住人口", "point"),
        ("乡村常住人口", "point"),
    ]


def test_the_caption_lends_its_noun() -> None:
    rows = """行业|比上年增长（%）|行业|比上年增长（%）
总计|3.1|金融业|—
制造业|-2.4|教育|14.5"""
    assert told(bind(rows, "表5 2025年分行业固定资产投资（不含农户）增长速度")) == [
        ("固定资产投资(不含农户)", "growth", "3.1%"),
        ("制造业固定资产投资(不含农户)", "decline", "2.4%"),
        ("教育固定资产投资(不含农户)", "growth", "14.5%"),
    ]


def test_an_index_is_of_what_the_caption_names() -> None:
    (cell,) = bind("类别|指数\n衣着|104.9", "表2 2025年居民消费价格指数")
    assert (cell.subject, cell.measure, cell.quantity.unit) == ("衣着居民消费价格指数", "level", "")


def test_income_and_spending_side_by_side() -> None:
    rows = """预算科目|2025年预计数|2026年预算数|增长%|预算科目|2025年预计数|2026年预算数|增长%
一、税收收入|93|94.86|2.00%|一、教育支出|92.45|93.11|0.71%
二、非税收入||||二、科学技术支出|11.07||
收 入 合 计|93|94.86||支 出 合 计|103.52|93.11|"""
    found = bind(rows, "2026年全市一般公共预算收支草案", "单位：亿元", BUDGET)
    assert told(found)[:4] == [
        ("税收收入", "level", "93亿元"),
        ("税收收入", "level", "94.86亿元"),
        ("税收收入", "growth", "2.00%"),
        ("教育支出", "level", "92.45亿元"),
    ]
    assert dated(found)[:4] == [
        ("93", 2025, "estimated"),
        ("94.86", 2026, "planned"),
        ("2.00", 2026, "planned"),
        ("92.45", 2025, "estimated"),
    ]
    assert [s.subject for s in found][-4:] == ["一般公共预算收入合计"] * 2 + ["一般公共预算支出合计"] * 2
    assert found[0].clause.end < found[3].clause.start


def test_status_of_the_columns_of_a_budget() -> None:
    rows = "项目|2025年预算数|2025年执行数|为预算%|2026年预期\n税收收入|100|94|94.0|99"
    found = bind(rows, "表1 收入", "单位:万元", BUDGET)
    assert dated(found) == [
        ("100", 2025, "planned"),
        ("94", 2025, "actual"),
        ("94.0", 2025, "actual"),
        ("99", 2026, "planned"),
    ]
    assert (found[2].measure, found[2].of, found[2].quantity.unit) == ("share", "预算", "%")


def test_a_budgets_name_says_nothing_of_status() -> None:
    (cell,) = bind("科目|决算数\n教育|5", "2025年度一般公共预算支出决算表", "单位:万元", BUDGET)
    assert (cell.subject, cell.status, cell.period.end) == ("教育支出", "actual", 2025)


def test_income_and_spending_as_columns() -> None:
    rows = "项目|全市收入预算|全市收入完成|全市支出预算|市本级支出完成\n医疗保险基金|46|47|39|20"
    found = bind(rows, "2025年社会保险基金收支完成情况表", "单位:亿元", BUDGET)
    assert [(s.subject, s.status) for s in found] == [
        ("医疗保险基金收入", "planned"),
        ("医疗保险基金收入", "actual"),
        ("医疗保险基金支出", "planned"),
        ("市本级医疗保险基金支出", "actual"),
    ]


def test_a_header_of_two_rows() -> None:
    rows = """项目|2024年|2024年|2025年|2025年
项目|总量（亿元）|增速（%）|总量（亿元）|增速（%）
工业增加值|40|5|42|5.5"""
    assert [(s.measure, s.period.end, s.quantity.unit) for s in bind(rows, "表1 工业")] == [
        ("level", 2024, "亿元"),
        ("growth", 2024, "%"),
        ("level", 2025, "亿元"),
        ("growth", 2025, "%"),
    ]


def test_a_wrapped_header_with_blanks() -> None:
    (cell,) = bind("预 算 科 目|2026 年 预 算 数\n契 税|5", "", "单 位: 万 元", BUDGET)
    bound = (cell.subject, cell.quantity.unit, cell.period.end, cell.status)
    assert bound == ("契税", "万元", 2026, "planned")


def test_a_unit_in_the_first_column() -> None:
    found = bind("单位|指标|2025年|2024年\n万吨|原煤产量|631.9|544.7", "表3 产量")
    assert told(found) == [("原煤产量", "level", "631.9万吨"), ("原煤产量", "level", "544.7万吨")]
    assert [s.period.end for s in found] == [2025, 2024]


def test_units_of_rows_names() -> None:
    found = bind("指标|2025年\n粮食产量（万吨）|30.5\n一、年末户籍人口（万人）|80", "表1 指标")
    assert told(found) == [("粮食产量", "level", "30.5万吨"), ("年末户籍人口", "level", "80万人")]


def test_years_as_rows() -> None:
    rows = "年份|地区生产总值（亿元）|比上年增长（%）\n2024年|980|5.0\n2025|1020|5.2"
    assert [(s.subject, s.measure, s.period.end) for s in bind(rows, "表1 生产总值")] == [
        ("地区生产总值", "level", 2024),
        ("地区生产总值", "growth", 2024),
        ("地区生产总值", "level", 2025),
        ("地区生产总值", "growth", 2025),
    ]


def test_parts_of_the_year_as_rows_and_columns() -> None:
    found = bind("时间|工业增加值增速（%）\n1-2月|5.1\n上半年|6.2\n12月|7", "2025年工业增加值增速")
    assert [s.period.part for s in found] == ["01-02", "H1", "12"]
    (cell,) = bind("指标|1-10月\n用电量（亿千瓦时）|45", "2025年用电量")
    assert (cell.period.kind, cell.period.part) == ("part", "01-10")


def test_places_as_rows() -> None:
    rows = "地区|地区生产总值（亿元）|比上年增长（%）\n全市|1163|9.1\n城东区|664|7.6\n高新区|211|14.6"
    found = bind(rows, "表1 2025年分区县地区生产总值")
    assert [(s.place, s.subject) for s in found[::2]] == [
        ("青禾市", "地区生产总值"),
        ("城东区", "地区生产总值"),
        ("高新区", "地区生产总值"),
    ]


def test_places_as_columns() -> None:
    found = bind("项目|合计|和田市|皮山县\n转移支付补助|9|5|4", "2025年转移支付表", "单位:万元")
    assert [(s.subject, s.place) for s in found] == [
        ("转移支付补助", "青禾市"),
        ("转移支付补助", "和田市"),
        ("转移支付补助", "皮山县"),
    ]


def test_a_level_of_government_stays_in_the_subject() -> None:
    rows = "项目|完成数\n契税|5"
    (cell,) = bind(rows, "2025年市本级一般公共预算收入完成情况表", "单位:万元", BUDGET)
    assert (cell.subject, cell.place, cell.status) == ("市本级契税", "青禾市", "actual")


def test_shares_and_their_whole() -> None:
    rows = "指标|年末数（万人）|比重（%）\n常住人口|346|100\n其中：城镇|231|66.9"
    found = bind(rows, "表1 人口及其构成")
    assert told(found)[2:] == [("城镇常住人口", "level", "231万人"), ("城镇常住人口", "share", "66.9%")]
    (cell,) = bind("指标|占GDP比重（%）\n研发经费|2.1", "表2 2025年研发经费")
    assert (cell.measure, cell.of) == ("share", "GDP")


def test_rows_that_are_rates() -> None:
    rows = """指标|单位|2025年完成|2026年目标
地区生产总值增长|%|5.2|5左右
单位GDP能耗降低|%|3|≥2.5
研发经费占GDP比重|%|2.1|2.3"""
    found = bind(rows, "主要指标", "", PLAN)
    assert [(s.subject, s.measure, s.status) for s in found] == [
        ("地区生产总值", "growth", "actual"),
        ("地区生产总值", "growth", "planned"),
        ("单位GDP能耗", "decline", "actual"),
        ("单位GDP能耗", "decline", "planned"),
        ("研发经费", "share", "actual"),
        ("研发经费", "share", "planned"),
    ]
    assert [s.quantity.qualifier for s in found] == [None, "左右", None, "不低于", None, None]
    assert found[-1].of == "GDP"


def test_a_target_of_growth_beside_what_was_reached() -> None:
    rows = "指标|2025年|2025年|2026年\n指标|完成|增长%|目标增长%\n粮食产量（万吨）|79.3|1.1|0.5左右"
    assert [(s.measure, s.period.end, s.status) for s in bind(rows, "", "", PLAN)] == [
        ("level", 2025, "actual"),
        ("growth", 2025, "actual"),
        ("growth", 2026, "planned"),
    ]


def test_a_change_against_another_year_or_a_plan() -> None:
    found = bind("指标|2025年|比2020年增长（%）\n人口|5|3", "表1 人口（万人）")
    assert [(s.measure, s.of) for s in found] == [("level", None), ("growth", "2020年")]
    rows = "项目|2026年预算数|对比预算数增幅（%）\n税收|5|3"
    found = bind(rows, "收入", "单位:亿元", BUDGET)
    assert (found[1].measure, found[1].of, found[1].period.end) == ("growth", "预算数", 2026)


def test_amounts_of_change() -> None:
    (cell,) = bind("指标|比上年增减额（亿元）\n税收收入|-3.2", "2025年收入")
    assert (cell.measure, str(cell.quantity.value), cell.quantity.unit) == ("decline", "3.2", "亿元")


def test_numbers_codes_and_remarks_are_no_statements() -> None:
    rows = """序号|科目编码|项目|2025年|备注
1|20101|人大事务|5|2024年3项
2|20102|政协事务|7|见附件2"""
    assert [str(s.quantity.value) for s in bind(rows, "支出", "单位:万元")] == ["5", "7"]
    rows = "项目|项目|预算数\n201|一般公共服务|5\n20101|人大事务|3"
    assert [s.subject for s in bind(rows, "支出表", "单位:万元", BUDGET)] == [
        "一般公共服务支出",
        "人大事务支出",
    ]


def test_dashes_and_blanks_are_no_figures() -> None:
    rows = "项目|2024年|2025年\n契税|—|…\n印花税|-|3\n其他||/"
    found = bind(rows, "收入", "单位:万元")
    assert [(s.subject, str(s.quantity.value)) for s in found] == [("印花税", "3")]


def test_forms_of_numbers() -> None:
    rows = "指标|数量\n医院|1,234\n学校|12 345\n企业|５６７\n商场|8*\n公园|3个"
    assert [(str(s.quantity.value), s.quantity.unit) for s in bind(rows, "表1 设施", "单位:家")] == [
        ("1234", "家"),
        ("12345", "家"),
        ("567", "家"),
        ("8", "家"),
        ("3", "个"),
    ]


def test_a_merged_cell_counts_once() -> None:
    found = bind("项目|合计|合计|其中：城区\n绿地面积（亩）|50|50|20", "表1 绿地")
    assert [str(s.quantity.value) for s in found] == ["50", "20"]


def test_names_that_stand_several_times_are_told_apart() -> None:
    rows = """科目|预算数
人大事务|9
行政运行|5
机关服务|4
政协事务|8
行政运行|6
机关服务|2"""
    found = bind(rows, "2026年一般公共预算支出表", "单位:万元", BUDGET)
    assert [s.subject for s in found][1:] == [
        "人大事务行政运行支出",
        "人大事务机关服务支出",
        "政协事务支出",
        "政协事务行政运行支出",
        "政协事务机关服务支出",
    ]


def test_projects_are_entities() -> None:
    rows = "序号|项目单位|项目名称|债券金额\n1|商务局|冷链物流建设项目|0.2"
    (cell,) = bind(rows, "2025年新增债券使用情况表", "单位:亿元")
    assert (cell.entity, cell.subject) == ("冷链物流建设项目", "债券金额")


def test_two_columns_of_names() -> None:
    rows = "项目|项目|皮山县\n一般债务|期初余额|2.1\n一般债务|期末余额|3.4"
    found = bind(rows, "2025年债务余额变动表", "单位:亿元", BUDGET)
    assert [(s.subject, s.period.kind, s.period.end) for s in found] == [
        ("一般债务期初余额", "point", 2024),
        ("一般债务期末余额", "point", 2025),
    ]


def test_places_in_an_order() -> None:
    found = bind("指标|增速（%）|全省位次\n工业增加值|8.2|3", "2025年工业")
    assert told(found)[1] == ("工业增加值", "rank", "3位")


def test_a_table_without_a_header() -> None:
    found = bind("地区生产总值|1020亿元\n粮食产量|30.5万吨", "2025年主要指标")
    assert told(found) == [("地区生产总值", "level", "1020亿元"), ("粮食产量", "level", "30.5万吨")]


def test_a_table_that_goes_on_behind_a_note_keeps_its_columns() -> None:
    lines = [
        Line(BUDGET),
        Line("一、收入"),
        Line("收入增长。"),
        Line("表1 2025年收入"),
        Line("单位:万元"),
        Line.row(["项目", "2025年完成数"]),
        Line.row(["契税", "5"]),
        Line("续表1"),
        Line.row(["印花税", "7"]),
        Line.row(["车船税", "9"]),
    ]
    document = parse_reading(Reading(tuple(lines)), "d", "d.txt")
    found = cells_of(document)
    assert {s.quantity.unit for s in found} == {"万元"}
    assert [(s.subject, s.period.end, s.status) for s in found] == [
        ("契税", 2025, "actual"),
        ("印花税", 2025, "actual"),
        ("车船税", 2025, "actual"),
    ]


def test_a_long_table_is_read_in_one_walk() -> None:
    rows = "指标|2024年|2025年\n" + "\n".join(f"支出项{n}|{n}|{n + 1}" for n in range(1, 2001))
    assert len(bind(rows, "表1 支出", "单位:万元")) == 4000
