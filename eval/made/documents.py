"""A document before it has a look: who speaks, its sections, their paragraphs, tables and lists.

>>> from random import Random
>>> draft = draw_draft(Random(2), "work_report", level="city")
>>> [section.heading for section in draft.sections]
['2029年政府工作回顾', '2030年主要预期目标', '2030年主要任务']
>>> draft.place.zh, draft.year, [(s.year, s.status) for s in draft.sections]
('霁渡市', 2030, [(2029, 'actual'), (2030, 'planned'), (2030, 'planned')])
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import Any, Literal, cast

from eval.made.grammar import Sentence, Writer, plan_of
from eval.made.numerals import han_ordinal
from eval.made.patterns import fill
from eval.made.places import LEVELS, Place, draw_place
from eval.made.sources import load, widen
from eval.made.tables import DraftTable, draw_table

FIRST_YEAR, LAST_YEAR = 1990, 2030


@dataclass(frozen=True, slots=True)
class DraftList:
    """An enumeration: in one paragraph, or one line an item."""

    lead: str
    items: tuple[str, ...]
    lines: tuple[str, ...]


Block = tuple[Sentence, ...] | DraftTable | DraftList


@dataclass(frozen=True, slots=True)
class DraftSection:
    """A heading, what stands right below it, and the sections inside it."""

    heading: str
    transition: str
    year: int
    is_open: bool
    status: Literal["actual", "planned"]
    blocks: tuple[Block, ...]
    inside: tuple[DraftSection, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A document without a look."""

    kind: str
    place: Place
    year: int
    date: tuple[int, int, int]
    issuer: str
    language: Literal["zh", "en"]
    style: str
    opening: str
    closing: str
    names: Mapping[str, str]
    sections: tuple[DraftSection, ...]

    def write(self, pattern: str) -> str:
        """A title or line of `data/kinds.toml` with this document's names and years."""
        if (
            self.place.level == "nation" and pattern.startswith("{place}{Y}年国民")
        ) or "第{ordinal}" in pattern:
            pattern = pattern.replace("{place}", self.names["place"] or "中华人民共和国")
        text = fill(pattern, self.names, self.year, self.style == "han")
        return text if self.language == "en" else widen(text)


def draw_draft(
    rng: Random, kind: str, *, plain: bool = False, style: str = "plain", tables: int = 0, level: str = ""
) -> Draft:
    """A document of a kind. `plain`: its headings must name their years themselves."""
    data = load("kinds")[kind]
    language: Literal["zh", "en"] = "en" if kind == "english_report" else "zh"
    place = draw_place(rng, level or rng.choice(LEVELS))
    every = data.get("every", 1)
    year = rng.randrange(FIRST_YEAR, LAST_YEAR + 1)
    year = year if every == 1 else max(1991, year - (year - 1) % every)
    writer = Writer(rng, place, year, kind, language, style)
    names = _names(place, year, language)
    date = (year + data.get("after", 0), rng.choice(data["months"]), rng.randrange(5, 29))
    nation = place.level == "nation"
    issuer = ("国务院" if language == "zh" else "State Council") if nation else data["issuer"]
    issuer = data.get("nation_issuer", issuer) if nation else issuer
    draft = Draft(kind, place, year, date, "", language, style, "", data["closing"], names, ())
    opening = data.get("nation_opening", data["opening"]) if nation else data["opening"]
    return replace(
        draft,
        issuer=draft.write(issuer),
        opening=draft.write(opening.replace("[政府|]", rng.choice(("政府", "")))),
        closing=draft.write(data["closing"]),
        sections=tuple(
            _section(draft, writer, one, plain, tables if i == 0 else 0)
            for i, one in enumerate(data["sections"])
        ),
    )


def _names(place: Place, year: int, language: str) -> dict[str, str]:
    name = place.zh if language == "zh" else place.en
    return {
        "place": name if place.level != "nation" else "",
        "all": place.all,
        "plan": plan_of(year),
        "lastplan": plan_of(year - 5),
        "ordinal": han_ordinal((year - 1951) // 5),
    }


def _section(draft: Draft, writer: Writer, data: Mapping[str, Any], plain: bool, tables: int) -> DraftSection:
    year = draft.year + data["year"]
    heading = data.get("plain", data["heading"][0]) if plain else writer.rng.choice(data["heading"])
    status, is_open = data["status"], bool(data.get("open"))
    topics = load("kinds")["topics"].get(data["topics"], [])
    direct = 1 if topics else writer.rng.randint(2, 3)
    blocks: list[Block] = [_paragraph(writer, year, status) for _ in range(direct)]
    if draft.language == "zh" and writer.rng.random() < 0.5:
        blocks.append(_listing(writer.rng, status))
    blocks += [draw_table(writer, year, status, i + 1) for i in range(tables)]
    inside = tuple(
        _inner(writer, topic, year, is_open, status)
        for topic in writer.rng.sample(topics, writer.rng.randint(2, 4) if topics else 0)
    )
    return DraftSection(
        draft.write(heading), draft.write(data["transition"]), year, is_open, status, tuple(blocks), inside
    )


def _inner(
    writer: Writer, topic: str, year: int, is_open: bool, status: Literal["actual", "planned"]
) -> DraftSection:
    third = load("kinds")["topics"]["third"] if writer.language == "zh" and status == "planned" else []
    deeper = writer.rng.sample(third, 2) if third and writer.rng.random() < 0.3 else []
    inside = tuple(
        DraftSection(one, "", year, is_open, status, (_paragraph(writer, year, status),)) for one in deeper
    )
    return DraftSection(topic, "", year, is_open, status, (_paragraph(writer, year, status),), inside)


def _paragraph(writer: Writer, year: int, status: str) -> tuple[Sentence, ...]:
    return tuple(writer.draw(year, status) for _ in range(writer.rng.randint(2, 4)))


def _listing(rng: Random, status: str) -> DraftList:
    data = rng.choice([one for one in load("sentences")["listings"] if one["when"] == status])
    items = tuple(widen(item) for item in rng.sample(data["items"], 3))
    lead = widen(rng.choice(data["lead"].split("|"))) + "："
    text = widen(data["text"])
    for i, item in enumerate(items, start=1):
        text = text.replace("{" + str(i) + "}", item)
    lines = (lead, *text.split("\n")) if data.get("lines") else (lead + text,)
    return DraftList(lead, items, tuple(lines))


def report_kind(draft: Draft) -> Any:
    """The kind as the program names it."""
    return cast(Any, "work_report" if draft.kind == "english_report" else draft.kind)
