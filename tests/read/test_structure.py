from __future__ import annotations

import pytest

from rag.errors import SourceError
from rag.read import parse_document
from rag.schema import Document
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
