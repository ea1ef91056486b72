"""The scorer of statements: what it takes for right, where it finds a figure, what it keeps and shows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from eval.made import LAYOUTS, Made, make_documents
from eval.statements import Known, compare, find_in, judge, read_gold, wilson
from eval.statements.__main__ import main
from eval.statements.gold import Folded
from eval.statements.kept import keep, read_kept, regressions
from eval.statements.report import counts_of, show_misses
from eval.statements.score import Score
from eval.statements.sets import known_of, read_documents, score_reports
from rag.read import parse_document
from rag.schema import Document, Period, Quantity, Span, Statement

REVIEW = """青禾市2025年政府工作报告
一、2024年工作回顾
全市新建口袋公园9座,新增5G基站300个。地区生产总值增长5.2%。
二、2025年主要任务
新建口袋公园12座左右。
"""
KNOWN: dict[str, Any] = {
    "value": "9",
    "upper": None,
    "unit": "座",
    "qualifier": None,
    "subject": "新建口袋公园",
    "measure": "level",
    "flow": "new",
    "period": {"kind": "year", "start": 2024, "end": 2024, "part": None},
    "status": "actual",
    "place": "青禾市",
    "entity": None,
    "of": None,
}


def period(
    kind: str, start: int | None = 2024, end: int | None = 2024, part: str | None = None
) -> dict[str, Any]:
    return {"kind": kind, "start": start, "end": end, "part": part}


def known(figure: str, before: str = "", after: str = "", start: int | None = None, **fields: Any) -> Known:
    keep_it = fields.pop("keep", True)
    return Known("a", before, figure, after, start, keep_it, {**KNOWN, **fields})


def said(document: Document, figure: str, subject: str, **fields: Any) -> Statement:
    """A statement about the first place where a figure stands."""
    start = document.text.index(figure)
    number = "".join(letter for letter in figure if letter.isdigit())
    quantity = Quantity(
        figure, start, start + len(figure), Decimal(number), figure[len(number) :], "", Decimal(number), 0
    )
    here = Span(start, start + len(figure))
    values: dict[str, Any] = {"measure": "level", "period": Period("year", 2024, 2024), "status": "actual"}
    return Statement(
        document.id,
        quantity,
        subject,
        place="青禾市",
        clause=here,
        sentence=here,
        section=(),
        **{**values, **fields},
    )


@pytest.mark.parametrize(
    ("read", "wrong"),
    [
        ({}, []),
        ({"value": "9.0", "unit": "座 ", "place": "青禾"}, []),
        ({"subject": "口袋公园"}, []),  # most of the words
        ({"subject": "公园城市"}, ["subject", "all"]),
        ({"period": period("point")}, []),  # the stock at a year's end and the flow of it
        ({"period": period("span", 2020)}, ["period", "all"]),
        ({"period": period("part", part="H1")}, ["period", "all"]),
        ({"period": period("open", None, None)}, ["period", "all"]),
        ({"status": "estimated"}, []),
        ({"status": "planned"}, ["status", "all"]),
        ({"flow": None}, ["flow"]),  # readers differ
        ({"upper": "12"}, ["value", "all"]),
        ({"qualifier": "以上"}, ["qualifier", "all"]),
        ({"place": "全国"}, ["place", "all"]),
        ({"place": ""}, ["place", "all"]),
        ({"measure": "growth"}, ["measure", "all"]),
    ],
)
def test_fields_are_compared_as_careful_readers_would(read: Mapping[str, Any], wrong: list[str]) -> None:
    assert [name for name, right in compare(KNOWN, {**KNOWN, **read}).items() if not right] == wrong


@pytest.mark.parametrize(
    ("name", "gold", "read"),
    [
        ("qualifier", "超过", "突破"),
        ("qualifier", "不少于", "以上"),
        ("qualifier", "力争", None),
        ("qualifier", "more than", "over"),
        ("unit", "∶1", ":1"),
        ("unit", "％", "%"),
        ("place", "中国", "全国"),
        ("subject", "國內生產總值", "国内生产总值"),
    ],
)
def test_two_ways_to_say_the_same_are_the_same(name: str, gold: str, read: str | None) -> None:
    assert compare({**KNOWN, name: gold}, {**KNOWN, name: read})[name]


def test_a_growth_below_zero_is_a_decline_and_two_things_with_a_name_are_about_it() -> None:
    fall = {**KNOWN, "measure": "decline", "value": "3.2"}
    assert compare(fall, {**KNOWN, "measure": "growth", "value": "-3.2"})["all"]
    port = {**KNOWN, "place": "青禾市", "entity": "青禾港"}
    assert compare(port, {**KNOWN, "place": "禾北区", "entity": "青禾港"})["place"]


@pytest.mark.parametrize(
    ("one", "where"),
    [
        (known("9座", "新建口袋公园", ",新增"), "9座"),
        (known("9座", "新建 口袋\n公园", "，新增"), "9座"),  # other spaces, other marks
        (known("12座", "公园", start=70), "12座"),
        (known("9座", "别的话", ",新增5G基站300个"), "9座"),  # the text before is cut by a page
        (known("12座", start=50), "12座"),
        (known("7座", "新建口袋公园"), None),
        (known("2", start=None), None),  # stands too often to be told
    ],
)
def test_a_figure_is_found_by_its_place_or_by_the_text_around_it(one: Known, where: str | None) -> None:
    span = find_in(Folded(REVIEW), one)
    assert (REVIEW[slice(*span)] if span else None) == where


def test_of_two_alike_the_one_near_the_known_place_is_meant() -> None:
    text = "新建公园9座。" * 3
    assert find_in(Folded(text), known("9座", "公园", start=12)) == (11, 13)


def test_outcomes_say_what_was_found_missed_and_kept_wrongly() -> None:
    document = parse_document(REVIEW, "a", "a.txt")
    lines = [
        known("9座", "新建口袋公园", ",新增"),
        known("300个", "新增5G基站", "。", subject="新增5G基站", value="300", unit="个"),
        known("5", "新增", "G基站", keep=False, why="name"),
        known("44座", "不在文中"),
    ]
    read = [said(document, "9座", "新建口袋公园"), said(document, "5G", "新增")]
    right, missed, noise, lost = judge(lines, document, read)
    assert right.right["all"]
    assert right.wrong == ("flow",)
    assert missed.wrong == ("found",)
    assert noise.wrong == ("noise",)
    assert lost.is_lost
    score = Score()
    for outcome in (right, missed, noise, lost):
        score.add(outcome)
    assert counts_of(score)["fields"]["found"] == [1, 3]
    assert counts_of(score)["fields"]["noise kept"] == [1, 1]
    shown = list(show_misses(score))
    assert len(shown) == 3
    assert "新增5G基站【300个】" in shown[0]
    assert "NOT FOUND: 新增5G基站" in shown[0]
    assert "NOISE KEPT (name)" in shown[1]


def test_a_miss_is_one_line_with_what_was_read_and_what_is_known() -> None:
    document = parse_document(REVIEW, "a", "a.txt")
    score = Score()
    read = [said(document, "9座", "新建口袋公园", period=Period("span", 2020, 2024))]
    for outcome in judge([known("9座", "新建口袋公园", ",新增")], document, read):
        score.add(outcome)
    (line,) = show_misses(score, field="period")
    assert "period: got span 2020–2024, gold year 2024" in line
    assert list(show_misses(score, field="subject")) == []
    assert list(show_misses(score, form="growth, year")) == []


@pytest.fixture
def gold_folder(tmp_path: Path) -> Path:
    """A gold folder of two files: one with its sample and offsets, one that stands alone without any."""
    folder = tmp_path / "gold"
    folder.mkdir()
    start = REVIEW.index("9座")
    sample = {
        "n": 0,
        "doc": "qinghe",
        "start": start,
        "end": start + 2,
        "match": "9座",
        "context": "新建口袋公园【9座】，新增",
    }
    (folder / "a.sample.jsonl").write_text(json.dumps(sample, ensure_ascii=False) + "\n", encoding="utf-8")
    (folder / "a.gold.jsonl").write_text(
        json.dumps({"n": 0, "keep": True, "doubt": "flow?", **KNOWN}, ensure_ascii=False) + "\n\n",
        encoding="utf-8",
    )
    alone = {
        "n": 0,
        "doc": "qinghe.txt",
        "start": None,
        "end": None,
        "figure": "12座",
        "evidence": "新建口袋公园12座左右",
        "keep": True,
        **KNOWN,
        "value": "12",
        "qualifier": "左右",
        "status": "planned",
        "period": period("year", 2025, 2025),
    }
    (folder / "b.gold.jsonl").write_text(json.dumps(alone, ensure_ascii=False), encoding="utf-8")
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "qinghe.txt").write_text(REVIEW, encoding="utf-8")
    return tmp_path


def test_gold_is_read_with_or_without_offsets(gold_folder: Path) -> None:
    one, two = read_gold(gold_folder / "gold")
    assert (one.before, one.figure, one.after, one.start, one.doubt) == (
        "新建口袋公园",
        "9座",
        "，新增",
        REVIEW.index("9座"),
        "flow?",
    )
    assert (two.before, two.figure, two.after, two.start) == ("新建口袋公园", "12座", "左右", None)
    (document,) = read_documents(gold_folder / "reports" / "qinghe.txt", "qinghe.txt")
    stored = Folded(document.text)
    assert [document.text[slice(*span)] for one in (one, two) if (span := find_in(stored, one))] == [
        "9座",
        "12座",
    ]


def test_a_gold_folder_is_scored_against_its_documents(
    gold_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    score = score_reports(gold_folder / "gold", gold_folder / "reports", progress=lambda *_: None)
    assert score.documents == 2  # one name with, one without its suffix
    assert score.all["found"] == 2
    assert score.all["all, where no reader doubts"] == 1
    main(
        [
            str(gold_folder / "gold"),
            str(gold_folder / "reports"),
            "--only",
            "reports",
            "--show",
            "3",
            "--forms",
        ]
    )
    out = capsys.readouterr().out
    assert "| level, year | 2 |" in out
    assert "reports" in out


def test_sets_that_are_not_there_are_told_and_skipped(capsys: pytest.CaptureFixture[str]) -> None:
    main(["/nowhere", "/nowhere", "--only", "reports"])
    assert "skipped" in capsys.readouterr().out


def test_results_are_kept_and_a_step_back_is_told(tmp_path: Path) -> None:
    score = Score(documents=3)
    score.all.update({"found": 100, "period": 100, "noise kept": 10})
    score.right.update({"found": 98, "period": 90, "noise kept": 1})
    result, page = tmp_path / "statements.json", tmp_path / "statements.md"
    keep({"made": score}, result, page)
    keep({"reports": score}, result, page)
    kept = read_kept(result)
    assert list(kept) == ["made", "reports"]
    assert "| period | 90.0 % (83–94), 90/100 |" in page.read_text(encoding="utf-8")
    assert regressions(kept["made"], kept["made"]) == []
    worse = {"fields": {"found": [98, 100], "period": [88, 100], "noise kept": [1, 10]}}
    assert regressions(kept["made"], worse) == ["period: 90.0 % -> 88.0 %"]


def test_the_interval_of_a_share_holds_it() -> None:
    for right, every in ((0, 5), (5, 5), (50, 100), (1, 1000)):
        low, high = wilson(right, every)
        assert 0 <= low <= right / every <= high <= 1
    assert wilson(0, 0) == (0.0, 1.0)


def made_ones() -> list[Made]:
    layouts = [name for name, layout in LAYOUTS.items() if not set(layout.disguise) & {"footnotes"}]
    return list(make_documents(3, len(layouts), types=["txt", "html"], layouts=layouts))


def test_what_was_made_is_found_in_the_stored_text(tmp_path: Path) -> None:
    from eval.made.reading import parse

    for made in made_ones():
        for report, document in zip(made.reports, parse(made, tmp_path), strict=True):
            stored = Folded(document.text)
            lines = known_of(made, report)
            lost = [one for one in lines if find_in(stored, one) is None]
            assert len(lost) <= len(lines) / 20, (made.name, lost[:3])
