"""What is known of a made document by construction: its identity, sections, figures, tables, questions.

All offsets count characters of `Made.text`, the document as a person reads it: title, headings and
paragraphs, one a line, before page furniture is added and letters are changed. `text[start:end]` of a
statement is its figure, and `text[sentence_start:][:len(sentence)]` its sentence.

>>> Period("span", 2021, 2025).as_json()
{'kind': 'span', 'start': 2021, 'end': 2025, 'part': None}
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Kind = Literal["plan", "work_report", "bulletin", "budget", "outline"]
Measure = Literal["level", "growth", "decline", "share", "from", "to", "rank"]
PeriodKind = Literal["year", "point", "span", "average", "part", "open"]
Standing = Literal["actual", "estimated", "planned"]


@dataclass(frozen=True, slots=True)
class Period:
    """When a figure holds; see section 4 of the design."""

    kind: PeriodKind
    start: int
    end: int
    part: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The period as `rag facts` tells it."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Statement:
    """One figure with all that binds it, where it stands, and the name of the form that wrote it."""

    subject: str
    indicator: str | None
    measure: Measure
    value: str
    upper: str | None
    unit: str
    qualifier: str | None
    flow: Literal["new", "total"] | None
    period: Period
    status: Standing
    place: str
    entity: str | None
    of: str | None
    figure: str
    start: int
    end: int
    sentence: str
    sentence_start: int
    form: str
    subject_en: str
    section: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Noise:
    """A figure that is no statement, and why: a name, a threshold, a date."""

    text: str
    why: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as it stands, marker and all; level 0 is the outermost."""

    text: str
    level: int
    path: tuple[str, ...]
    start: int


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of text of one year and status. `year` is None where its heading leaves the year open.

    `first` is the first of several years that it reviews or plans for together, `year` the last.
    """

    path: tuple[str, ...]
    level: int
    year: int | None
    status: Literal["actual", "planned"]
    start: int
    end: int
    first: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table; merged cells of the header are repeated."""

    caption: str
    unit: str
    header: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[str, ...], ...]
    section: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """An enumeration with the words that lead to it."""

    lead: str
    items: tuple[str, ...]
    start: int
    end: int
    section: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A question; `figures` and `texts` must be in a right answer, `forbid` would be a wrong one.

    `reason` is why the documents do not answer it.
    """

    text: str
    language: Literal["zh", "en"]
    category: str
    figures: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    forbid: tuple[str, ...] = ()
    evidence: str = ""
    reason: str | None = None

    @property
    def answerable(self) -> bool:
        """Whether the document answers it."""
        return self.reason is None


@dataclass(frozen=True, slots=True)
class Report:
    """One document inside a file. `title` is empty where none stands in the text, so are date and issuer."""

    title: str
    kind: Kind
    place: str
    year: int
    published: str
    issuer: str
    language: Literal["zh", "en"]
    headings: tuple[Heading, ...]
    sections: tuple[Section, ...]
    statements: tuple[Statement, ...]
    tables: tuple[Table, ...]
    listings: tuple[Listing, ...]
    questions: tuple[Question, ...]
    noise: tuple[Noise, ...] = ()


@dataclass(frozen=True, slots=True)
class Made:
    """A made file: its name (with folders), its bytes, and the truth about it.

    `text` stands in the file letter for letter if `is_plain`; else the layout's disguise has changed letters.
    """

    name: str
    data: bytes = field(repr=False)
    layout: str
    type: str
    encoding: str
    disguise: tuple[str, ...]
    text: str = field(repr=False)
    reports: tuple[Report, ...] = field(repr=False)

    @property
    def report(self) -> Report:
        """The only report, or the first."""
        return self.reports[0]

    @property
    def is_plain(self) -> bool:
        """Whether no letter was changed on the way into the file."""
        return not self.disguise

    def truth(self) -> str:
        """One line of JSON: everything but the bytes."""
        row = asdict(self)
        del row["data"]
        return json.dumps(row, ensure_ascii=False)
