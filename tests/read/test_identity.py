"""What a document is: kind, place, year, date and issuing body, and where each was read."""

from __future__ import annotations

import pytest

from rag.read import clean, parse_document, parse_reading, plain_reading
from rag.read.reading import Line, Reading
from rag.schema import Identity

BODY = "各位代表:\n一、2025年工作回顾\n全市地区生产总值增长5%。\n二、2026年主要任务\n力争增长5%。\n"


def identity(text: str, path: str = "d.txt") -> Identity:
    return parse_document(text, "d", path).identity


@pytest.mark.parametrize(
    ("title", "kind", "place", "year"),
    [
        ("2025年北京市政府工作报告", "work_report", "北京市", 2025),
        (
            "政府工作报告\n——2026年1月26日在广东省第十四届人民代表大会第五次会议上",
            "work_report",
            "广东省",
            2026,
        ),
        (
            "陕西省2026年政府工作报告\n2026年1月27日在陕西省第十四届人民代表大会上",
            "work_report",
            "陕西省",
            2026,
        ),
        ("关于常德市2025年预算执行情况与2026年预算（草案）的报告", "budget", "常德市", 2026),
        ("关于青禾市2025年财政决算的报告", "budget", "青禾市", 2025),
        (
            "关于2025年国民经济和社会发展计划执行情况与\n2026年计划草案的报告\n2026年1月在临溪县第十八届人民代表大会上",
            "plan",
            "临溪县",
            2026,
        ),
        ("2025年新乡市国民经济和社会发展统计公报", "bulletin", "新乡市", 2025),
        ("青禾市国民经济和社会发展第十四个五年规划和二〇三五年远景目标纲要", "outline", "青禾市", 2021),
        ("宁夏2026年政府工作报告", "work_report", "宁夏回族自治区", 2026),
        ("深圳市光明区2026年国民经济和社会发展计划", "plan", "光明区", 2026),
        ("二〇二六年国务院政府工作报告", "work_report", "全国", 2026),
    ],
)
def test_titles_of_many_forms(title: str, kind: str, place: str, year: int) -> None:
    known = identity(f"{title}\n{BODY}")
    assert (known.kind, known.place, known.year) == (kind, place, year)


def test_every_value_says_where_it_was_read() -> None:
    known = identity(f"政府工作报告\n——2026年1月26日在广东省第十四届人民代表大会第五次会议上\n{BODY}")
    assert known.published == "2026-01-26"
    assert known.origins == {
        "title": "title", "kind": "title", "place": "body", "year": "body", "published": "body",
    }  # fmt: skip


def test_a_masthead_is_no_place() -> None:
    known = identity(f"南方日报\n2026年2月3日\n2026年青禾市政府工作报告\n{BODY}")
    assert (known.place, known.title) == ("青禾市", "2026年青禾市政府工作报告")


def test_a_document_without_a_title() -> None:
    known = identity(
        "各位代表:\n现在,我代表国务院,向大会报告政府工作,请予审议。\n一、2025年工作回顾\n增长5%。\n", "a.txt"
    )
    assert (known.kind, known.place, known.year) == ("work_report", "全国", 2026)
    assert known.issuer == "国务院"
    assert (known.title, known.origins["title"]) == ("a", "file name")


@pytest.mark.parametrize(
    ("path", "origin"),
    [("青禾市2026年政府工作报告.txt", "file name"), ("青禾市/2026/政府工作报告.txt", "folder")],
)
def test_the_name_of_the_file_or_its_folders_tells_the_rest(path: str, origin: str) -> None:
    known = identity("一、工作回顾\n生产总值增长5%。\n二、主要任务\n力争增长5%。\n", path)
    assert (known.place, known.origins["place"]) == ("青禾市", origin)
    assert known.year == 2026


def test_what_a_page_says_of_itself_comes_behind_its_text() -> None:
    lines = tuple(map(Line, ["一、综合", "初步核算,2025年全市地区生产总值增长5%。"]))
    page = Reading(lines, title="青禾市2025年国民经济和社会发展统计公报", published="2026-04-01")
    known = parse_reading(clean(page), "d", "a.html").identity
    assert (known.kind, known.place, known.year) == ("bulletin", "青禾市", 2025)
    assert (known.published, known.origins["published"]) == ("2026-04-01", "page")


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("政府工作报告\n各位代表:\n现在,我代表省政府,向大会报告工作。\n我省的工作:\n", ""),
        (
            "青禾市2025年国民经济和社会发展统计公报\n青禾市统计局\n2026年4月1日\n一、综合\n增长5%。\n",
            "青禾市统计局",
        ),
        (
            "关于青禾市2025年预算执行情况的报告\n市财政局\n各位代表:\n一、2025年预算执行情况\n完成5亿元。\n",
            "青禾市财政局",
        ),
        ("青禾市2026年政府工作报告\n各位代表:\n现在,我代表市人民政府,向大会报告工作。\n", "青禾市人民政府"),
    ],
)
def test_the_issuing_body_by_its_full_name(text: str, issuer: str) -> None:
    found = identity(text).issuer
    assert found == issuer if issuer else found.endswith("人民政府")


def test_the_owner_of_a_file_knows_better() -> None:
    reading = clean(plain_reading(f"2025年北京市政府工作报告\n{BODY}"))
    known = parse_reading(reading, "d", "d.txt", {"place": "青禾市", "year": "2024"}).identity
    assert (known.place, known.year, known.kind) == ("青禾市", 2024, "work_report")
    assert known.origins["place"] == known.origins["year"] == "sidecar"


def test_a_year_of_the_republic_of_china() -> None:
    known = identity(
        "行政院施政報告\n中華民國114年2月25日\n壹、113年工作回顧\n全年經濟成長率為4.6%,較上年提高。\n"
    )
    assert (known.kind, known.place, known.published) == ("work_report", "台湾省", "2025-02-25")
