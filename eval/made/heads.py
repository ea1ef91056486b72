"""The first lines of a document: title, date, speaker, and what they tell of it.

>>> from random import Random
>>> from eval.made.documents import draw_draft
>>> from eval.made.layouts import LAYOUTS
>>> draft = draw_draft(Random(2), "work_report", level="city")
>>> [text for text, _ in draw_head(draft, LAYOUTS["bare_title"], Random(1)).lines][:2]
['政府工作报告', '——2030年2月28日在霁渡市第九届人民代表大会第五次会议上']
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from eval.made.numerals import han_ordinal, han_year
from eval.made.sources import load, widen

if TYPE_CHECKING:
    from eval.made.documents import Draft
    from eval.made.layouts import Layout

_MONTHS = ("January", "February", "March", "April", "May", "June")
_ORDINALS = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth")


@dataclass(frozen=True, slots=True)
class Head:
    """The lines (text, kind) before the first section, and what they say; empty where they do not."""

    title: str
    published: str
    issuer: str
    lines: tuple[tuple[str, str], ...]


def draw_head(draft: Draft, layout: Layout, rng: Random) -> Head:
    """The head of a document in a layout."""
    data = load("kinds")[draft.kind]
    published = "-".join(f"{part:02}" for part in draft.date)
    if layout.head == "untitled":
        return Head("", "", draft.issuer, (("各位代表：", "text"), (draft.opening, "text")))
    if layout.head == "nameless":
        title = "统计公报" if draft.kind == "bulletin" else "政府工作报告"
        return Head(title, "", "", ((title, "title"), ("各位代表：", "text")))
    pattern = {"year_first": data["year_first"], "bare": data["bare"]}.get(layout.head)
    title = draft.write(pattern or rng.choice(data["titles"]))
    lines = ((title, "title"), *_below_title(draft, bool(data["delivered"]), rng))
    return Head(title, published, draft.issuer, (*lines, (draft.opening, "text")))


def _below_title(draft: Draft, delivered: bool, rng: Random) -> list[tuple[str, str]]:
    date = _date(draft)
    name = draft.names["place"]
    if draft.language == "en":
        session = f"at the {rng.choice(_ORDINALS)} Session of the {rng.choice(_ORDINALS)}"
        body = f"People's Congress of {name}" if name else "National People's Congress"
        congress = f"{session} {body} on {date}"
        return [(f"--Delivered {congress}", "subtitle"), ("Fellow Deputies,", "text")]
    if not delivered:
        return [(f"{draft.issuer}", "subtitle"), (date, "subtitle")]
    number, session = han_ordinal(rng.randint(7, 17)), han_ordinal(rng.randint(1, 5))
    congress = f"第{number}届{'' if name else '全国'}人民代表大会第{session}次会议上"
    office = {"work_report": draft.place.head, "budget": "局长" if name else "部长"}.get(draft.kind, "主任")
    speaker = f"{draft.issuer}{office}　某　某"
    if draft.issuer == "国务院":
        speaker = "国务院总理　某　某"
    lines = [(f"——{date}在{name}{congress}", "subtitle"), (speaker, "subtitle")]
    return [*lines, ("各位代表：", "text")]


def _date(draft: Draft) -> str:
    year, month, day = draft.date
    if draft.language == "en":
        return f"{_MONTHS[month - 1]} {day}, {year}"
    if draft.style == "han":
        return f"{han_year(year)}年{han_ordinal(month)}月{han_ordinal(day)}日"
    return f"{year}年{month}月{day}日"


def masthead(draft: Draft, rng: Random) -> list[str]:
    """The lines of a newspaper above a report: another place's name and another day's date."""
    data = load("kinds")["masthead"]
    other = draft.place.parent if draft.place.parent and draft.place.parent.stem else draft.place.parts[0]
    year, month, day = draft.date
    words = {
        "Y": str(year),
        "month": str(month),
        "day": str(min(day + 2, 28)),
        "weekday": rng.choice("一二三四五六日"),
        "page": str(rng.randint(1, 8)),
    }
    line = data["line"]
    for name, value in words.items():
        line = line.replace("{" + name + "}", value)
    return [rng.choice(data["papers"]).replace("{other}", other.stem), widen(line)]
