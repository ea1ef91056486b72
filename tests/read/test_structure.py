from __future__ import annotations

import pytest

from rag.errors import SourceError
from rag.read import Line, Reading, clean, parse_document, parse_reading, plain_reading, split_reports
from rag.schema import Document
from rag.search import chunk_document
from tests.conftest import PLAN_2020, PLAN_2024, ROOT

GOLDEN = ROOT / "tests" / "read" / "golden"


@pytest.mark.parametrize("name", [PLAN_2020, PLAN_2024])
def test_outline_is_the_one_read_by_hand(name: str, documents: dict[str, Document]) -> None:
    golden = (GOLDEN / f"{name}.outline.txt").read_text(encoding="utf-8").splitlines()
    assert ["  " * s.level + s.heading for s in documents[name].sections] == golden


@pytest.mark.parametrize("name", [PLAN_2020, PLAN_2024])
def test_offsets_point_at_the_text(name: str, documents: dict[str, Document]) -> None:
    document = documents[name]
    for section in document.sections:
        assert document.text[section.start : section.heading_end] == section.heading
        assert section.heading_end <= section.end
    ends = [0, *(p.end for p in document.passages)]
    for passage, before in zip(document.passages, ends, strict=False):
        assert before <= passage.start < passage.end


def test_head_is_read(documents: dict[str, Document]) -> None:
    plan = documents[PLAN_2024]
    known = plan.identity
    assert known.title == "《深圳市光明区2023年国民经济和社会发展计划执行情况与2024年计划》"
    assert (known.kind, known.year, plan.years, known.place) == ("plan", 2024, (2023, 2024), "光明区")
    assert (known.published, known.issuer) == ("2024-04-16", "光明区发展和改革局")
    assert documents[PLAN_2020].identity.year == 2020


@pytest.mark.parametrize(
    ("name", "quote", "year", "status", "section"),
    [
        (PLAN_2020, "实现地区生产总值1020.9亿元", 2019, "actual", "千亿城区目标顺利达成"),
        (PLAN_2020, "固定资产投资总额增长20%", 2020, "planned", "(一)预期性指标"),
        (PLAN_2020, "建成5G基站2500座以上", 2020, "planned", "加快城市基础设施建设"),
        (PLAN_2024, "全年社会消费零售总额达259亿元", 2023, "actual", "消费潜力不断释放"),
        (PLAN_2024, "招引投资额亿元以上项目193个", 2023, "actual", "招商引资成果显著"),
        (PLAN_2024, "为不少于200家企业提供", 2024, "planned", "1.加快提升产业智能化、绿色化、融合化水平"),
        (PLAN_2024, "打通断头路7条", 2024, "planned", "2.加快建设高品质宜居之城"),
        (PLAN_2024, "国内经济内生动力还不强", 2023, "actual", "一、2023年国民经济和社会发展计划执行情况"),
    ],
)
def test_passages_know_year_status_and_section(
    documents: dict[str, Document], name: str, quote: str, year: int, status: str, section: str
) -> None:
    document = documents[name]
    at = document.text.index(quote)
    passage = next(p for p in document.passages if p.start <= at < p.end)
    assert (passage.year, passage.status, passage.section[-1]) == (year, status, section)


def test_furniture_is_left_out(documents: dict[str, Document]) -> None:
    for document in documents.values():
        body = "".join(document.text[p.start : p.end] for p in document.passages)
        for word in ("分享到", "footer", "字号:", "首页 >", "信息来源"):
            assert word not in body


OTHER_FORMS = """临江市2025年国民经济和社会发展计划

第一章 2024年计划执行情况
第一节 经济运行
２０２４年地区生产总值增长５.５％。
第二章 2025年主要目标
1、地区生产总值增长6%;
2、新增就业3万人。
第二节 重点工作
(1)加快建设交通网络
新建道路12条。
"""


def test_other_heading_forms_and_full_width_digits() -> None:
    document = parse_document(OTHER_FORMS, "d", "d.txt")
    assert [(s.level, s.heading) for s in document.sections] == [
        (0, "第一章 2024年计划执行情况"),
        (1, "第一节 经济运行"),
        (0, "第二章 2025年主要目标"),
        (1, "第二节 重点工作"),
        (2, "(1)加快建设交通网络"),
    ]
    first, *_, last = document.passages
    assert (first.year, first.status) == (2024, "actual")
    assert (last.year, last.status) == (2025, "planned")
    assert "地区生产总值增长6%" in "".join(document.text[p.start : p.end] for p in document.passages)


def test_a_bulletin_speaks_of_its_own_year() -> None:
    text = "临江市2023年国民经济和社会发展统计公报\n\n一、综合\n全年地区生产总值1200.5亿元,比上年增长5.1%。\n"
    document = parse_document(text, "d", "d.txt")
    assert {(p.year, p.status) for p in document.passages} == {(2023, "actual")}


def test_a_work_report_without_years_in_its_headings() -> None:
    text = (
        "临江市2024年政府工作报告\n\n一、过去一年工作回顾\n新建学校5所。\n"
        "二、今年工作安排\n计划新建医院2家。\n"
    )
    document = parse_document(text, "d", "d.txt")
    assert [(p.year, p.status) for p in document.passages] == [(2023, "actual"), (2024, "planned")]


def test_a_document_without_any_year_is_read() -> None:
    document = parse_document(
        "关于加强公园管理的通知\n各公园要延长开放时间。\n2030年前建成12个。", "d", "d.txt"
    )
    assert (document.identity.kind, document.identity.year) == ("other", None)
    assert {p.year for p in document.passages} == {None}


def test_a_title_alone_is_no_document() -> None:
    with pytest.raises(SourceError, match="no paragraphs"):
        parse_document("临江市2025年政府工作报告\n", "d", "d.txt")


def frames(text: str) -> list[tuple[str, int | None, str]]:
    """The passages of a text by their beginnings, with year and status."""
    document = parse_document(text, "d", "青禾市2025年政府工作报告.txt")
    return [(document.text[p.start :][:4], p.year, p.status) for p in document.passages]


def test_a_report_without_headings_turns_from_review_to_plan() -> None:
    text = (
        "青禾市2025年政府工作报告\n各位代表:\n过去一年,全市生产总值增长5%。\n新建公园12个。\n"
        "各位代表!今年经济社会发展的主要预期目标是:增长6%。\n新建公园20个。\n"
    )
    assert frames(text) == [
        ("过去一年", 2024, "actual"),
        ("新建公园", 2024, "actual"),
        ("各位代表", 2025, "planned"),
        ("新建公园", 2025, "planned"),
    ]


def test_headings_without_numbers_tell_year_and_status() -> None:
    text = (
        "青禾市2025年政府工作报告\n2024年工作回顾\n新建公园12个。\n2025年重点工作\n扩大有效需求\n"
        "新建公园20个,改造小区30个,新增学位4000个。\n"
    )
    assert frames(text) == [("新建公园", 2024, "actual"), ("新建公园", 2025, "planned")]


def test_a_heading_that_names_both_turns_inside_and_plans_behind() -> None:
    text = (
        "青禾市2025年政府工作报告\n一、2024年工作回顾和2025年总体要求\n全市新建公园12个。\n"
        "今年工作的总体要求是:稳中求进。\n二、促进农业全面发展\n一年来新建大棚很多,要再建30座。\n"
    )
    assert frames(text) == [
        ("全市新建", 2024, "actual"),
        ("今年工作", 2025, "planned"),
        ("一年来新", 2025, "planned"),
    ]


def test_a_part_that_orders_behind_a_review_plans() -> None:
    text = "青禾市2025年政府工作报告\n一、工作回顾\n新建公园12个。\n二、加快建设文化强市\n新建书房20个。\n"
    assert frames(text)[-1] == ("新建书房", 2025, "planned")


def test_the_aims_of_a_five_year_period_are_those_of_its_last_year() -> None:
    text = (
        "青禾市2026年政府工作报告\n一、“十四五”时期和2025年工作回顾\n新建公园12个。\n"
        "二、“十五五”时期主要目标\n生产总值突破1000亿元,2026年新建公园20个。\n三、2026年重点工作\n新建公园20个。\n"
    )
    assert [frame[1:] for frame in frames(text)] == [(2025, "actual"), (2030, "planned"), (2026, "planned")]


def test_an_outline_plans() -> None:
    text = (
        "青禾市国民经济和社会发展第十四个五年规划纲要\n第一章 发展基础\n生产总值达到300亿元。\n"
        "第二章 主要目标\n到2025年达到450亿元。\n"
    )
    document = parse_document(text, "d", "d.txt")
    assert [(p.year, p.status) for p in document.passages] == [(2020, "actual"), (2025, "planned")]


def test_numbers_that_begin_anew_inside_a_part_are_a_level_further_in() -> None:
    text = "一、过去五年回顾\n一、工业\n增长5%。\n二、农业\n增长4%。\n二、主要任务\n一、工业\n增长6%。\n三、结束语\n完。\n"
    document = parse_document(text, "d", "青禾市2025年政府工作报告.txt")
    assert [(s.level, s.heading) for s in document.sections][:6] == [
        (0, "一、过去五年回顾"),
        (1, "一、工业"),
        (1, "二、农业"),
        (0, "二、主要任务"),
        (1, "一、工业"),
        (0, "三、结束语"),
    ]


def test_notes_at_the_end_are_no_body_and_an_annex_is() -> None:
    text = (
        "青禾市2025年政府工作报告\n一、2024年工作回顾\n新建公园12个。\n二、2025年主要任务\n新建公园20个。\n"
        "名词解释\n1.独角兽企业:估值10亿美元以上。\n附件1:2025年民生实事\n一、新建书房20个。\n"
    )
    document = parse_document(text, "d", "d.txt")
    body = [document.text[p.start : p.end] for p in document.passages]
    assert not any("独角兽" in passage for passage in body)
    annex = document.passages[-1]
    assert (annex.section[0], annex.year, annex.status) == ("附件1:2025年民生实事", 2025, "planned")


def test_several_reports_in_one_file_are_told_apart() -> None:
    reports = [
        f"{title}\n——2026年1月20日在青禾市第十届人民代表大会第六次会议上\n各位代表:\n一、2025年{word}执行情况\n"
        + "".join(f"第{i}项工作完成{i}个。\n" for i in range(20))
        for title, word in (
            ("青禾市2026年政府工作报告", "计划"),
            ("关于青禾市2025年预算执行情况与2026年预算草案的报告", "预算"),
        )
    ]
    parts = split_reports(clean(plain_reading("".join(reports))))
    kinds = [parse_reading(part, "d", "d.txt").identity.kind for part in parts]
    assert kinds == ["work_report", "budget"]


def test_a_passage_that_stands_twice_is_cut_into_chunks_of_two_ids() -> None:
    text = "青禾市2025年政府工作报告\n一、2024年工作回顾\n新建公园12个。\n新建公园12个。\n"
    chunks = chunk_document(parse_document(text, "d", "d.txt"))
    assert [chunk.text for chunk in chunks] == ["新建公园12个。"] * 2
    assert len({chunk.id for chunk in chunks}) == 2


def test_a_document_knows_where_its_pages_begin() -> None:
    texts = (
        ("青禾市2025年政府工作报告", 1),
        ("一、2024年工作回顾", 2),
        ("生产总值增长5%。", 2),
        ("就业增加3万人。", 4),
    )
    document = parse_reading(Reading(tuple(Line(text, page) for text, page in texts)), "d", "d.pdf")
    begins = [document.text[start:].splitlines()[0] for start in document.pages]
    assert begins == [texts[0][0], texts[1][0], texts[3][0], texts[3][0]]
    assert parse_document("青禾市2025年计划\n生产总值增长5%。", "d", "d.txt").pages == ()


@pytest.mark.parametrize(
    ("title", "headings", "frame"),
    [
        ("青禾市2023年政府工作报告", ["一、过去五年工作回顾"], (2018, 2022, "actual")),
        ("青禾市2023年政府工作报告", ["一、过去五年工作回顾", "(一)2022年工作"], (None, 2022, "actual")),
        ("青禾市2023年政府工作报告", ["一、2022年和过去五年工作回顾"], (None, 2022, "actual")),
        ("青禾市2023年政府工作报告", ["一、工作回顾", "(一)五年来的主要成就"], (2018, 2022, "actual")),
        ("青禾市2023年政府工作报告", ["二、今后五年的奋斗目标"], (2023, 2027, "planned")),
        ("青禾市2023年政府工作报告", ["一、“十四五”以来工作回顾"], (2021, 2022, "actual")),
        ("青禾市2024年政府工作报告", ["一、未来三年的目标任务"], (2024, 2026, "planned")),
        ("青禾市2026年政府工作报告", ["一、2025年和“十四五”时期工作回顾"], (None, 2025, "actual")),
        ("青禾市2026年政府工作报告", ["一、“十四五”时期发展成就"], (2021, 2025, "actual")),
        ("青禾市2026年政府工作报告", ["一、工作回顾", "(二)“十四五”期间的成就"], (2021, 2025, "actual")),
        ("青禾市2026年政府工作报告", ["二、“十五五”时期主要目标"], (2026, 2030, "planned")),
        ("青禾市2025年政府工作报告", ["二、2025年任务", "(一)完成“十四五”目标"], (None, 2025, "planned")),
        ("青禾市国民经济和社会发展第十四个五年规划纲要", ["第一章 指导思想"], (2021, 2025, "planned")),
        ("青禾市国民经济和社会发展第十四个五年规划纲要", ["第一章 2035年远景目标"], (None, 2035, "planned")),
        ("青禾市2025年国民经济和社会发展统计公报", ["一、综合"], (None, 2025, "actual")),
    ],
)
def test_headings_that_speak_of_several_years(
    title: str, headings: list[str], frame: tuple[int | None, int, str]
) -> None:
    document = parse_document("\n".join([title, *headings, "生产总值增长5%。"]), "d", "d.txt")
    passage = document.passages[-1]
    assert (passage.first, passage.year, passage.status) == frame
