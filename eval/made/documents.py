"""A document before it has a look: who speaks, its sections, their paragraphs, tables and lists.

>>> from random import Random
>>> draft = draw_draft(Random(2), "work_report", level="city")
>>> [section.heading for section in draft.sections]
['过去一年工作回顾', '2030年工作总体部署', '2030年重点工作']
>>> draft.place.zh, draft.year, [(s.year, s.status) for s in draft.sections]
('霁渡市', 2030, [(2029, 'actual'), (2030, 'planned'), (2030, 'planned')])
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any, Literal, cast

from eval.made.forms import named
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
    """A heading, what stands right below it, and the sections inside it.

    `mode`: it reviews a year (actual) or several (five), or plans one (planned) or several (plan5).
    """

    heading: str
    transition: str
    year: int
    is_open: bool
    mode: str
    blocks: tuple[Block, ...]
    inside: tuple[DraftSection, ...] = ()

    @property
    def status(self) -> Literal["actual", "planned"]:
        """Whether it reviews or plans."""
        return "planned" if self.mode in {"planned", "plan5"} else "actual"

    @property
    def first(self) -> int | None:
        """The first of several years of which it speaks together."""
        return self.year - 4 if self.mode in {"five", "plan5"} else None


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
            for i, one in enumerate(_chosen(rng, data["sections"]))
        ),
    )


def _chosen(rng: Random, sections: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The sections of a kind of document, without some of those that not every one has."""
    return [one for one in sections if "chance" not in one or rng.random() < one["chance"]]


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
    year, mode = draft.year + data["year"], data["mode"]
    heading = data.get("plain", data["heading"][0]) if plain else writer.rng.choice(data["heading"])
    topics = load("kinds")["topics"].get(data["topics"], [])
    direct = 1 if topics else writer.rng.randint(2, 3)
    blocks: list[Block] = [_paragraph(writer, year, mode) for _ in range(direct)]
    if draft.language == "zh" and writer.rng.random() < 0.5:
        blocks.append(_listing(writer.rng, "planned" if mode in {"planned", "plan5"} else "actual"))
    blocks += [draw_table(writer, year, i + 1) for i in range(tables)]
    section = DraftSection(
        draft.write(heading),
        draft.write(data["transition"]),
        year,
        bool(data.get("open")),
        mode,
        tuple(blocks),
    )
    chosen = writer.rng.sample(topics, writer.rng.randint(2, 4) if topics else 0)
    return replace(section, inside=tuple(_inner(writer, topic, section) for topic in chosen))


def _inner(writer: Writer, topic: str, above: DraftSection) -> DraftSection:
    def paragraph() -> tuple[Sentence, ...]:
        return _paragraph(writer, above.year, above.mode)

    third = load("kinds")["topics"]["third"] if writer.language == "zh" and above.mode == "planned" else []
    deeper = writer.rng.sample(third, 2) if third and writer.rng.random() < 0.3 else []
    one = replace(above, heading=topic, transition="", blocks=(paragraph(),))
    return replace(one, inside=tuple(replace(one, heading=name, blocks=(paragraph(),)) for name in deeper))


def _paragraph(writer: Writer, year: int, mode: str) -> tuple[Sentence, ...]:
    """Sentences; at the end at most one whose time or place could hold for more than itself."""
    drawn = [writer.draw(year, mode) for _ in range(writer.rng.randint(2, 4))]
    lasting = [one for one in drawn if named(writer.language, one.form).lasting]
    return (*(one for one in drawn if one not in lasting), *lasting[:1])


def _listing(rng: Random, status: str) -> DraftList:
    data = rng.choice([one for one in load("listings")["listings"] if one["when"] == status])
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
