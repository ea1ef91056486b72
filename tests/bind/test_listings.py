"""Enumerations of documents, as a reader would list them."""

from __future__ import annotations

import pytest

from rag.bind import read_listings
from rag.read import parse_document
from rag.schema import Document, Identity, Listing, Passage

TITLE = "青禾市2025年政府工作报告\n"
FILLER = "全市上下坚持稳中求进、实干争先,各项事业都取得了新的成绩,人民生活水平稳步提高,发展基础更加牢固。"


def listed(text: str) -> list[tuple[str, str, list[str]]]:
    """Kind, lead and items of every enumeration, but for the parts of the report."""
    document = parse_document(TITLE + text, "q", "q.txt")
    return [
        (one.kind, cut(document, one)[0], cut(document, one)[1:])
        for one in read_listings(document)
        if not cut(document, one)[0].startswith("青禾市2025年")
    ]


def cut(document: Document, listing: Listing) -> list[str]:
    return [document.text[span.start : span.end] for span in (listing.lead, *listing.items)]


@pytest.mark.parametrize(
    ("text", "lead", "items"),
    [
        pytest.param(
            "我们也看到,发展还面临不少困难和问题,主要是:一是水源不足;二是道路失修;三是人才短缺。我们一定努力解决。",
            "我们也看到,发展还面临不少困难和问题,主要是",
            ["水源不足", "道路失修", "人才短缺"],
            id="in one sentence",
        ),
        pytest.param(
            "重点做好三方面工作。一是修路。年内开工。二是架桥。年内完工。三是植树。年年坚持。",
            "重点做好三方面工作",
            ["修路。年内开工", "架桥。年内完工", "植树。年年坚持"],
            id="items of several sentences end with the paragraph",
        ),
        pytest.param(
            f"{FILLER}\n今年着力办好以下实事:\n一是兴修水利。\n二是架设桥梁。\n三是植树造林。\n{FILLER}",
            "今年着力办好以下实事",
            ["兴修水利", "架设桥梁", "植树造林"],
            id="in paragraphs of their own",
        ),
        pytest.param(
            "今年要办好“十件实事”。(1)修路5公里。(2)架桥2座。(3)植树9亩。",
            "今年要办好“十件实事”",
            ["修路5公里", "架桥2座", "植树9亩"],
            id="kept where the number named is another",
        ),
    ],
)
def test_numbered_items(text: str, lead: str, items: list[str]) -> None:
    assert listed(f"一、工作安排\n{text}") == [("numbered", lead, items)]


def test_one_enumeration_inside_an_item_of_another() -> None:
    text = "抓好两件事:一是交通,①修路;②架桥;二是植树。"
    assert listed(f"一、工作安排\n{text}") == [
        ("numbered", "抓好两件事", ["交通,①修路;②架桥", "植树"]),
        ("numbered", "交通", ["修路", "架桥"]),
    ]


def test_an_enumeration_stays_under_its_heading() -> None:
    text = f"一、交通\n一是修路。\n{FILLER}\n二、林业\n二是植树。\n{FILLER}"
    assert not [one for one in listed(text) if one[0] == "numbered"]


def test_bullets_with_an_explanation_below_each() -> None:
    text = f"今年的主要目标是:\n——收入稳步增长。\n{FILLER}\n——环境持续改善。\n{FILLER}\n{FILLER}"
    assert listed(f"一、工作安排\n{text}") == [
        ("bullets", "今年的主要目标是", ["收入稳步增长", "环境持续改善"])
    ]


def test_lines_that_the_one_above_announces() -> None:
    text = "采取以下措施:\n农业方面,兴修水利。\n交通方面,架设桥梁。\n林业方面,植树造林。"
    assert listed(f"一、工作安排\n{text}") == [
        ("bullets", "采取以下措施", ["农业方面,兴修水利", "交通方面,架设桥梁", "林业方面,植树造林"])
    ]


def test_the_heading_leads_where_no_words_do() -> None:
    text = f"一、工作回顾\n{FILLER}\n——收入稳步增长。\n——环境持续改善。"
    assert listed(text) == [("bullets", "工作回顾", ["收入稳步增长", "环境持续改善"])]


@pytest.mark.parametrize(
    ("text", "lead", "items"),
    [
        ("重点抓好以下工作:修路、架桥和植树。", "重点抓好以下工作", ["修路", "架桥", "植树"]),
        ("支持范围包括学校、医院、车站等领域。", "支持范围", ["学校", "医院", "车站"]),
        ("在东山、西山、南山等8个重点县建设基地。", "8个重点县", ["东山", "西山", "南山"]),
        (
            "还存在一些问题。水源不足;道路失修;人才短缺。",
            "还存在一些问题",
            ["水源不足", "道路失修", "人才短缺"],
        ),
        (
            "主要预期目标是:生产总值增长5%,粮食总产9亿斤,其中稻谷5亿斤,居民收入增长6%。",
            "主要预期目标是",
            ["生产总值增长5%", "粮食总产9亿斤,其中稻谷5亿斤", "居民收入增长6%"],
        ),
        (
            "抓好“三新”,发展新产业;开拓新市场;培育新主体。",
            "抓好“三新”",
            ["发展新产业", "开拓新市场", "培育新主体"],
        ),
        (
            "困难和挑战不少,主要是水源不足,道路失修,人才短缺,资金紧张。",
            "困难和挑战不少",
            ["水源不足", "道路失修", "人才短缺", "资金紧张"],
        ),
        (
            "还面临不少挑战,主要是:水源不足,地力下降。道路失修。人才短缺。我们将努力解决。",
            "还面临不少挑战,主要是",
            ["水源不足,地力下降", "道路失修", "人才短缺"],
        ),
        (
            "还存在不少问题。水源不足,道路失修,人才短缺,资金紧张,作风不实,等等。",
            "还存在不少问题",
            ["水源不足", "道路失修", "人才短缺", "资金紧张", "作风不实"],
        ),
    ],
)
def test_names_and_clauses(text: str, lead: str, items: list[str]) -> None:
    assert listed(f"一、工作安排\n{text}") == [("names", lead, items)]


@pytest.mark.parametrize(
    "text",
    [
        "三次产业增加值分别为10亿元、20亿元、30亿元。",
        "第一、第二、第三产业分别增长1%、2%、3%。",
        "全市首先要修路。其次序不变。",
        "会议强调:修路要早。",
        "增长1.5%;下降2.3%。",
    ],
)
def test_no_enumeration(text: str) -> None:
    assert listed(f"一、工作安排\n{text}") == []


def test_headings_under_a_heading_and_the_line_that_announces_them() -> None:
    text = f"一、工作安排\n重点做好两项工作。\n(一)兴修水利\n{FILLER}\n(二)植树造林\n{FILLER}"
    assert listed(text) == [("headings", "重点做好两项工作", ["兴修水利", "植树造林"])]


def test_topic_sentences_at_the_beginning_of_paragraphs() -> None:
    body = FILLER * 3
    text = f"一、工作安排\n(一)改善民生\n就业大局总体稳定。{body}\n教育质量稳步提升。{body}"
    assert ("headings", "改善民生", ["就业大局总体稳定", "教育质量稳步提升"]) in listed(text)


def test_a_heading_whose_number_alone_is_known_is_in_its_row() -> None:
    long = "把改善农村饮水条件作为头等大事来抓,全面推进水源地保护、管网延伸和水质检测工作,确保群众喝上放心水"
    text = f"一、工作安排\n(一)兴修水利\n{FILLER}\n(二){long}。{FILLER}\n(三)植树造林\n{FILLER}"
    assert ("headings", "工作安排", ["兴修水利", long, "植树造林"]) in listed(text)


ENGLISH = """Report on the Work of the Government of Qinghe City in 2025
I. Tasks
Much was done last year in the face of a difficult situation at home and abroad.
We will pursue a sound fiscal policy.
First, we will keep the deficit low.
It will not rise.
Second, we will plant trees.
This year we will do the following:
- build roads
- build bridges
We will develop service industries, including finance, logistics, and design.
We must: save water; build roads; and plant trees.
There are problems. Water is scarce; roads are bad; and talent is rare.
"""


def test_english() -> None:
    document = parse_document(ENGLISH, "q", "q.txt")
    assert [(one.kind, *cut(document, one)) for one in read_listings(document)] == [
        (
            "numbered",
            "We will pursue a sound fiscal policy",
            "we will keep the deficit low.\nIt will not rise",
            "we will plant trees",
        ),
        ("bullets", "This year we will do the following", "build roads", "build bridges"),
        ("names", "We will develop service industries", "finance", "logistics", "design"),
        ("names", "We must", "save water", "build roads", "plant trees"),
        ("names", "There are problems", "Water is scarce", "roads are bad", "talent is rare"),
    ]


def test_a_listing_knows_where_it_stands() -> None:
    text = f"{TITLE}一、2024年工作回顾\n{FILLER}\n二、2025年工作安排\n抓好两件事:一是修路;二是植树。"
    (listing,) = (one for one in read_listings(parse_document(text, "q", "q.txt")) if one.kind == "numbered")
    assert (listing.section, listing.year, listing.status) == (("二、2025年工作安排",), 2025, "planned")
    assert listing.page is None


def test_a_listing_knows_its_page() -> None:
    text = "全市面貌一新。\n抓好两件事:一是修路;二是植树。"
    passages = (Passage(0, len(text), (), 2025, "planned"),)
    document = Document("q", "q.pdf", Identity(), "", text, (), passages, pages=(0, 8))
    assert [listing.page for listing in read_listings(document)] == [2]


@pytest.mark.parametrize(
    "piece", ["东山、", "一是修路;", "“", "包括东山、", "(1)", "重点是:修路;", "1.", "\n"]
)
def test_a_long_line_is_read_in_linear_time(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    read_listings(Document("q", "q", Identity(), "", text, (), (Passage(0, len(text), (), 2025, "actual"),)))


def test_five_hundred_items() -> None:
    text = "任务是:" + "".join(f"修第{i}条路;" for i in range(500))
    (listing,) = read_listings(
        Document("q", "q", Identity(), "", text, (), (Passage(0, len(text), (), 2025, "actual"),))
    )
    assert len(listing.items) == 500
