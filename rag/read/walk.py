"""Goes through the lines of a body and notes its sections, its tables, and passages of one topic."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from rag.language import parse_numeral, split_sentences
from rag.read.cleaning import opens_notes
from rag.read.frames import Frame, HeadingFrame, heading_frame, names_time, orders, tells_own_year, turn_of
from rag.read.outline import (
    bullet_length,
    find_marker,
    heading_rank,
    is_heading_line,
    outline_data,
    plain_heading_rank,
    run_in_heading_end,
    topic_end,
)
from rag.read.reading import Line
from rag.read.tables import Row, is_row, read_tables
from rag.schema import Identity, Passage, Section, Span, Table

_BLANK = " \t\r\f\u00a0\u3000"
_ADDRESS = re.compile(
    r"(?:各位代表|各位委员|同志们|女士们、?先生们|Fellow Deputies|Esteemed Deputies)?[,，、:：!！。.]*"
)
_ANNEX = re.compile(r"附(?:件|录|表)\s*[一二三四五六七八九十\d]*\s*[::]?.{0,40}")
_YEAR = re.compile(r"(?:19|20)\d\d年|[一二][〇零○一二三四五六七八九]{3}年|五[”\"]时期|[今去]年|过去")
_ABOVE = 4  # lines above a table that can hold its caption and unit
_NOTES_FROM = 0.4  # notes and glossaries stand behind the first parts of a document


@dataclass(frozen=True, slots=True)
class _Heading:
    """One level of the path that holds at the current line."""

    text: str
    rank: float
    frame: Frame
    told: HeadingFrame | None  # what its own words say
    leaf: bool = False  # its paragraphs hold no further topic sentences


@dataclass(slots=True)
class Walk:
    """Goes through the lines of a body once and notes what stands in it."""

    text: str
    identity: Identity
    base: Frame
    plain: Callable[[str], str]  # as the rules about years expect a heading
    path: list[_Heading] = field(default_factory=list)
    before: dict[float, HeadingFrame] = field(default_factory=dict)  # what the last heading of each rank told
    numbers: tuple[int, int] = (0, 0)  # the last of 一、二、, and of those that began anew inside
    restarted: bool = False  # whether any did
    notes: list[str] = field(default_factory=list)
    turned: Frame | None = None  # what a paragraph turned to, where no heading tells
    sections: list[Section] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)

    def lines(self, lines: Sequence[Line], starts: Sequence[int]) -> None:
        """Takes the lines of the body, each with where it begins in the text."""
        rows: list[Row] = []
        in_notes = False
        for i, (line, start) in enumerate(zip(lines, starts, strict=True)):
            span = Span(start, start + len(line.text))
            if not in_notes and (line.cells or is_row(line.text, rows)):
                rows.append((span, line.cells or (line.text,)))
                continue
            if rows:
                self._tables(rows, lines[max(0, i - len(rows) - _ABOVE) : i - len(rows)])
                rows = []
            if opens_notes(line.text) and i >= _NOTES_FROM * len(lines):
                in_notes = True
                self._head(line.text.strip(), span, -1, leaf=True)
            elif _ANNEX.fullmatch(line.text) and i >= _NOTES_FROM * len(lines):
                in_notes = False
                self._head(line.text, span, -1)
            elif not in_notes:
                self._line(line, span, lines[i + 1] if i + 1 < len(lines) else None)
        if rows and not in_notes:
            self._tables(rows, lines[: -len(rows)][-_ABOVE:])

    def _line(self, line: Line, span: Span, follower: Line | None) -> None:
        text = line.text
        if _ADDRESS.fullmatch(text) or text == self.identity.title:
            return  # nothing is said, or it is a running head
        marker = find_marker(text)
        if marker:
            kind, length = marker
            end = len(text) if is_heading_line(self.plain(text)) else run_in_heading_end(text, length)
            if end > length:
                heading = text[:end].rstrip("。;；:： ")
                leaf = kind in outline_data()["markers"]["leaf"]
                rank = self._nested(kind, text[:length], heading)
                self._head(heading, Span(span.start, span.start + len(heading)), rank, leaf)
                span = Span(span.start + _skip_punctuation(text, end), span.end)
        elif (plain_rank := plain_heading_rank(line, follower, self._tells(text))) is not None:
            heading = text.rstrip("。:：")
            self._head(heading, Span(span.start, span.start + len(heading)), plain_rank)
            return
        elif re.match(outline_data()["topics"]["closing"], text):
            del self.path[1:]
        if span.start < span.end:
            self._turn(text)
            self._paragraph(span)

    def _nested(self, kind: str, marker: str, heading: str) -> float:
        """The rank of a numbered heading; where 一、 begins anew inside 二、, that of a level further in."""
        rank = heading_rank(kind)
        numeral = re.search(r"[一二三四五六七八九十]+", marker)
        if kind != "han" or not numeral:
            return rank
        number = int(parse_numeral(numeral[0]))
        outer, inner = self.numbers
        if inner and number == inner + 1 and not (number == outer + 1 and self._frame_of(heading)):
            self.numbers = outer, number
        elif number == 1 and outer and any(level.rank == rank for level in self.path):
            self.numbers, self.restarted = (outer, 1), True
        else:
            if 1 < number < outer and not self.restarted:
                self.notes.append(f"“{heading}” stands behind part {outer}: the text may be out of order")
            self.numbers = number, 0
        return rank + 0.5 if self.numbers[1] else rank

    def _head(self, text: str, span: Span, rank: float, leaf: bool = False) -> None:
        """Replaces the part of the path at or inside `rank` by a new heading."""
        while self.path and self.path[-1].rank >= rank:
            self.path.pop()
        told = self._told(text, rank)
        if told:
            self.before = {other: frame for other, frame in self.before.items() if other < rank}
            self.before[rank] = told
        if told or not self.path:
            self.turned = None
        frame = told.own if told else self._inherited(text, rank)
        self.path.append(_Heading(text, rank, frame, told, leaf))
        names = tuple(level.text for level in self.path)
        self.sections.append(Section(text, len(names) - 1, names, span.start, span.end, span.end))

    def _told(self, text: str, rank: float) -> HeadingFrame | None:
        """What a heading says of its part; one inside another part must name a time to say anything."""
        inside = bool(self.path) and rank > heading_rank("han")
        return None if inside and not names_time(text) else self._frame_of(text)

    def _frame_of(self, heading: str) -> HeadingFrame | None:
        kind, title = self.identity.kind, self.identity.title
        return heading_frame(self.plain(heading), kind, self.identity.year, tells_own_year(kind, title))

    def _tells(self, line: str) -> bool:
        """Whether a line without a number says by its words of which year it reviews or plans."""
        return bool(_YEAR.search(self.plain(line))) and self._frame_of(line) is not None

    def _inherited(self, text: str, rank: float) -> Frame:
        """The frame of the part around; at the outermost level that of the parts before it."""
        if self.path:
            return self._here()
        last = self.before.get(rank) or (max(self.before.items())[1] if self.before and rank < 0 else None)
        if last is None:
            return self.turned or self.base
        bare = text[marker[1] :] if (marker := find_marker(text)) else text
        if last.after.status == "actual" and self.identity.kind == "work_report" and orders(bare):
            return Frame(self.identity.year, "planned")
        return last.after

    def _turn(self, paragraph: str) -> None:
        """Notes that a paragraph turns to a review or a plan, where no heading tells or one tells both."""
        telling = next((heading.told for heading in reversed(self.path) if heading.told), None)
        if not telling.mixed if telling else self.before:
            return
        status = turn_of(paragraph)
        if status is None or self.identity.kind not in ("work_report", "plan", "budget"):
            return
        if telling:
            self.turned = telling.own if telling.own.status == status else telling.after
        else:
            year = self.identity.year
            self.turned = Frame(year if status == "planned" or year is None else year - 1, status)

    def _here(self) -> Frame:
        """The frame that holds at the current line."""
        telling = any(heading.told and not heading.told.mixed for heading in self.path)
        if self.turned and not telling:
            return self.turned
        return self.path[-1].frame if self.path else self.base

    def _passage(self, start: int, end: int, names: tuple[str, ...]) -> None:
        here = self._here()
        self.passages.append(Passage(start, end, names, here.year, here.status, here.first))

    def _paragraph(self, span: Span) -> None:
        """Cuts a paragraph at its topic sentences and notes the passages (and their sections)."""
        names = tuple(level.text for level in self.path)
        start = span.start
        for topic, body in self._topics(span):
            if start < topic.start:
                self._passage(start, topic.start, names)
            heading = self.text[topic.start : topic.end]
            names = (*(level.text for level in self.path), heading)
            self.sections.append(Section(heading, len(self.path), names, topic.start, topic.end, topic.end))
            start = body
        if start < span.end:
            self._passage(start, span.end, names)

    def _topics(self, span: Span) -> list[tuple[Span, int]]:
        """The topic sentences of a paragraph, each with the offset where its body starts."""
        leaf = bool(self.path) and self.path[-1].leaf
        if leaf or span.end - span.start < outline_data()["topics"]["min_paragraph"]:
            return []
        if bullet_length(self.text[span.start : span.end]):
            return []
        found: list[tuple[Span, int]] = []
        sentences = split_sentences(self.text, span.start, span.end)
        after_topic = False
        for i, sentence in enumerate(sentences[:-1]):
            body = self.text[sentence.start : sentence.end]
            end = topic_end(body, i == 0, after_topic, self.identity.place)
            after_topic = end is not None
            if end is not None:
                whole = end >= len(body.rstrip("。！!"))
                topic = Span(sentence.start, sentence.start + end)
                found.append((topic, sentence.end if whole else topic.end))
                after_topic = whole
        return found

    def _tables(self, rows: Sequence[Row], above: Sequence[Line]) -> None:
        """Notes the tables of a run of rows; `above` are the lines before it."""
        lines = [line.text for line in takewhile(lambda line: not line.cells, reversed(above))]
        path = tuple(level.text for level in self.path)
        for table in read_tables(rows, lines[::-1], self.tables[-1] if self.tables else None):
            self.tables.append(table)
            names = (*path, table.caption) if table.caption and table.caption not in path else path
            self._passage(table.start, table.end, names)


def _skip_punctuation(line: str, end: int) -> int:
    while end < len(line) and line[end] in "。;；:：" + _BLANK:
        end += 1
    return end
