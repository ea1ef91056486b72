"""Drafts -> lines and the truth about them: titles, headings and paragraphs as a layout has them.

>>> LAYOUTS["named_by_file"].head, LAYOUTS["chapters"].headings
('nameless', 'chapters')
>>> marker("han", 0, 3), marker("han", 1, 2), marker("han", 2, 1), marker("chapters", 1, 2)
('三、', '（二）', '1.', '第二节　')
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from random import Random
from typing import Any

from eval.made.documents import Draft, DraftList, DraftSection, report_kind
from eval.made.grammar import Sentence
from eval.made.heads import Head, draw_head
from eval.made.numerals import han_ordinal
from eval.made.sources import load, widen
from eval.made.tables import CELL, DraftTable
from eval.made.truth import Heading, Listing, Noise, Report, Section, Statement, Table

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")


@dataclass(frozen=True, slots=True)
class Layout:
    """How a document looks; `data/layouts.toml` explains each field."""

    name: str
    kinds: tuple[str, ...]
    types: tuple[str, ...]
    head: str = "full"
    headings: str = "han"
    indent: bool = False
    run_in: bool = False
    extras: tuple[str, ...] = ()
    disguise: tuple[str, ...] = ()
    style: str = "plain"
    tables: int = 0
    copies: int = 1
    reports: int = 1
    encoding: str = "utf-8"
    declared: str = ""
    path: str = ""


def _layouts() -> dict[str, Layout]:
    names = {one.name for one in fields(Layout)}
    found = {}
    for row in load("layouts")["layouts"]:
        values: dict[str, Any] = {
            key: tuple(v) if isinstance(v, list) else v for key, v in row.items() if key in names
        }
        found[row["name"]] = Layout(**values)
    return found


LAYOUTS = _layouts()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file. `kind`: title, subtitle, heading, text, caption, row, or one of the extras."""

    text: str
    kind: str = "text"
    level: int = 0
    cells: tuple[str, ...] = ()
    indent: str = ""


def marker(headings: str, level: int, number: int) -> str:
    """What stands before a heading of a level; `number` counts from 1."""
    if headings == "chapters":
        return f"第{han_ordinal(number)}{'章节'[level]}　" if level < 2 else f"{number}."
    if headings == "roman":
        return f"{ROMAN[number - 1]}. " if level == 0 else f"{number}. "
    if headings != "han":
        return ""
    return (f"{han_ordinal(number)}、", f"（{han_ordinal(number)}）", f"{number}.")[level]


@dataclass(slots=True)
class Composer:
    """Lays out one draft after the other into one text."""

    layout: Layout
    rng: Random
    lines: list[Line] = field(default_factory=list)
    length: int = 0
    headings: list[Heading] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    listings: list[Listing] = field(default_factory=list)
    noise: list[Noise] = field(default_factory=list)

    def compose(self, draft: Draft) -> Report:
        """Adds a document and returns the truth about it, still without questions."""
        head = draw_head(draft, self.layout, self.rng)
        for text, kind in head.lines:
            self._line(Line(text, kind))
        marks = "roman" if draft.language == "en" else self.layout.headings
        for number, section in enumerate(draft.sections, start=1):
            self._section(section, marks, number, (), draft.language)
        if draft.closing:
            self._line(Line(draft.closing, indent=self._indent(draft.language)))
        return self._report(draft, head)

    @property
    def text(self) -> str:
        """The text of all lines so far."""
        return "".join(line.text + "\n" for line in self.lines)

    def _indent(self, language: str) -> str:
        return "　　" if self.layout.indent and language == "zh" else ""

    def _line(self, line: Line) -> int:
        start = self.length
        self.lines.append(line)
        self.length += len(line.text) + 1
        return start

    def _section(
        self, section: DraftSection, marks: str, number: int, above: tuple[str, ...], language: str
    ) -> None:
        level, start = len(above), self.length
        indent, path = self._indent(language), above
        lead = ""
        if marks == "none":
            if section.transition:
                self._line(Line(section.transition, indent=indent))
        elif marks != "plain" or level < 2:  # without numbers nobody can tell a third level from the second
            heading = marker(marks, level, number) + section.heading
            path = (*above, heading)
            self.headings.append(Heading(heading, level, path, start))
            if self.layout.run_in and level > 0:
                lead = heading + "。"
            else:
                self._line(Line(heading, "heading", level, indent=indent))
        year = None if section.is_open else section.year
        place = len(self.sections)
        self.sections.append(Section(path, level, year, section.status, start, start, section.first))
        for block in section.blocks:
            self._block(block, lead, path, indent, " " if language == "en" else "")
            lead = ""
        for i, inner in enumerate(section.inside, start=1):
            self._section(inner, marks, i, path, language)
        self.sections[place] = replace(self.sections[place], end=self.length)

    def _block(self, block: Any, lead: str, path: tuple[str, ...], indent: str, between: str) -> None:
        if isinstance(block, DraftTable):
            self._table(block, path)
        elif isinstance(block, DraftList):
            self._list(block, path, indent)
        else:
            self._paragraph(block, lead, path, indent, between)

    def _paragraph(
        self, sentences: tuple[Sentence, ...], lead: str, path: tuple[str, ...], indent: str, between: str
    ) -> None:
        at = self.length + len(lead)
        for sentence in sentences:
            self.statements += [_placed(s, at, path) for s in sentence.statements]
            self.noise += [replace(n, start=at + n.start, end=at + n.end) for n in sentence.noise]
            at += len(sentence.text) + len(between)
        self._line(Line(lead + between.join(s.text for s in sentences), indent=indent))

    def _list(self, block: DraftList, path: tuple[str, ...], indent: str) -> None:
        start = self.length
        for text in block.lines:
            self._line(Line(text, indent=indent))
        self.listings.append(Listing(block.lead, block.items, start, self.length - 1, path))

    def _table(self, block: DraftTable, path: tuple[str, ...]) -> None:
        self._line(Line(block.caption, "caption"))
        if block.unit:
            self._line(Line(f"单位：{block.unit}", "unit"))
        for cells in block.header:
            self._line(Line(CELL.join(cells), "header", cells=cells))
        per_row = len(block.statements) // len(block.rows)
        for i, cells in enumerate(block.rows):
            start = self._line(Line(CELL.join(cells), "row", cells=cells))
            said = block.statements[i * per_row : (i + 1) * per_row]
            self.statements += [_placed(s, start, path) for s in said]
        self.tables.append(Table(block.caption, block.unit, block.header, block.rows, path))

    def _report(self, draft: Draft, head: Head) -> Report:
        place = draft.place.zh if draft.language == "zh" or draft.place.level == "nation" else draft.place.en
        truth = (self.headings, self.sections, self.statements, self.tables, self.listings)
        told: list[Any] = [*(tuple(part) for part in truth), (), tuple(self.noise)]
        for part in (*truth, self.noise):
            part.clear()
        return Report(
            head.title,
            report_kind(draft),
            place,
            draft.year,
            head.published,
            head.issuer,
            draft.language,
            *told,
        )


def _placed(statement: Statement, at: int, path: tuple[str, ...]) -> Statement:
    return replace(
        statement,
        start=at + statement.start,
        end=at + statement.end,
        sentence_start=at,
        section=path,
    )


def closing_lines(layout: Layout, rng: Random) -> list[Line]:
    """What a layout adds behind the document: a glossary, notes."""
    added: list[Line] = []
    if "glossary" in layout.extras:
        data = load("kinds")["glossary"]
        added.append(Line(data["title"], "extra"))
        terms = rng.sample(data["terms"], 3)
        added += [Line(f"{i}. {widen(term)}", "extra") for i, term in enumerate(terms, start=1)]
    if "notes" in layout.extras:
        data = load("kinds")["notes"]
        added.append(Line(widen(data["title"]), "extra"))
        added += [Line(f"[{i}] {widen(text)}", "extra") for i, text in enumerate(data["texts"], start=1)]
    return added
