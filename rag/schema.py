"""Every domain type in one place. All are immutable values.

Offsets are characters into `Document.text`, the decoded source exactly as stored, so that
`document.text[start:end]` is always the quoted text, letter for letter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

Status = Literal["actual", "planned"]
Language = Literal["zh", "en"]
Certainty = Literal["actual", "estimated", "planned"]
Measure = Literal["level", "growth", "decline", "share", "from", "to", "rank"]
Flow = Literal["new", "total"]
PeriodKind = Literal["year", "point", "span", "average", "part", "open"]
Kind = Literal["plan", "work_report", "bulletin", "budget", "outline", "other"]
Role = Literal["level", "growth", "decline", "share"]
RATES: tuple[Role, ...] = ("growth", "decline")
RELATIVE = ("percent", "point", "permille", "multiple", "ratio")  # unit classes that tell a relation
Verdict = Literal[
    "supported",
    "rounded",
    "derived",
    "qualifier_changed",
    "wrong_year",
    "wrong_unit",
    "misattributed",
    "unsupported",
    "uncited",
]
AbstentionReason = Literal[
    "year_not_covered",
    "place_not_covered",
    "not_stated",
    "only_target",
    "only_actual",
    "unverified",
]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the source text, `[start, end)` in characters."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """Running text, or the rows of a table, under one heading path that speaks of one topic.

    `year` is the one that its headings give it; None where neither they nor the document name any. Where
    they speak of several years together (过去五年工作回顾), `first` is the first of them and `year` the last.
    """

    start: int
    end: int
    section: tuple[str, ...]
    year: int | None
    status: Status
    first: int | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its level (0 is the outermost) and where it stands.

    `end` is where the next heading of the same or an outer level begins.
    """

    heading: str
    level: int
    path: tuple[str, ...]
    start: int
    heading_end: int
    end: int


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table, with the year and status that its header names."""

    header: str
    year: int | None = None
    status: Status | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its caption, the unit that the caption or a line above names, its columns and body rows.

    Each row is the span of its line in the text and its cells, one for each column.
    """

    caption: str
    unit: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Span, tuple[str, ...]], ...]

    @property
    def start(self) -> int:
        """Where the first row begins."""
        return self.rows[0][0].start

    @property
    def end(self) -> int:
        """Where the last row ends."""
        return self.rows[-1][0].end


@dataclass(frozen=True, slots=True)
class Identity:
    """What a document is; a value that could not be told is empty, or None.

    `year` is the document's own: the year planned for (plan, work report, budget), told of (bulletin), or
    the first of the period (outline). `published` is YYYY-MM-DD, as far as it is known. `origins` says for
    each value where it was read: "title", "body", "page" (what the file says of itself outside its text),
    "file name", "folder" or "sidecar".
    """

    title: str = ""
    kind: Kind = "other"
    place: str = ""
    year: int | None = None
    published: str = ""
    issuer: str = ""
    origins: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Document:
    """A document with what it is, its outline and its passages.

    `notes` tell what is odd about it; `pages` are the offsets at which its pages begin, where it has any.
    """

    id: str
    path: str
    identity: Identity
    sha256: str
    text: str = field(repr=False)
    sections: tuple[Section, ...] = field(repr=False)
    passages: tuple[Passage, ...] = field(repr=False)
    tables: tuple[Table, ...] = field(repr=False, default=())
    notes: tuple[str, ...] = ()
    pages: tuple[int, ...] = field(repr=False, default=())

    @property
    def years(self) -> tuple[int, ...]:
        """The years that the document makes statements about, in order."""
        return tuple(sorted({passage.year for passage in self.passages if passage.year is not None}))


@dataclass(frozen=True, slots=True)
class Chunk:
    """The unit of retrieval: whole sentences of one passage. `id` is derived from the content."""

    id: str
    document: str
    title: str
    path: str
    plan_year: int | None
    year: int | None
    status: Status
    section: tuple[str, ...]
    start: int
    end: int
    text: str
    facets: tuple[str, ...] = ()  # every "year:status" that some clause of the text speaks about


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure with its unit, as it stands in a text.

    `value` and `unit` are as displayed ("1.3", "万个"); `magnitude` is in base units of
    `unit_class` (13000 of "count:个"). `upper` is the upper bound of a range, else None. A proportion
    (4.6:47.5:47.9) has all its `terms`, and the first of them as its value.
    """

    text: str
    start: int
    end: int
    value: Decimal
    unit: str
    unit_class: str
    magnitude: Decimal
    decimals: int
    upper: Decimal | None = None
    qualifier: str | None = None
    role: Role = "level"
    terms: tuple[Decimal, ...] = ()

    @property
    def told(self) -> str:
        """The value as a table shows it: "4.6:47.5:47.9" for a proportion."""
        return ":".join(map(str, self.terms)) if self.terms else str(self.value)


@dataclass(frozen=True, slots=True)
class Period:
    """What time a figure is of.

    `kind`: "year" (of one year), "point" (as of the end of `end`), "span" (all of `start` to `end` together),
    "average" (per year of `start` to `end`), "part" (the part of a year that `part` names: "H1", "Q3",
    "01-10") or "open" (none is meant, or none can be told; both years are None).
    """

    kind: PeriodKind = "open"
    start: int | None = None
    end: int | None = None
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One figure of a document, bound: all that a table row must hold to be understood without its sentence.

    Offsets, also those of `quantity`, count characters of `Document.text`. `subject` is what a table would
    call the row: head noun with every modifier, act and negation; `indicator` its standard name (a concept
    of the names of indicators) where one is known. `place` is whose figure it is; `entity` the project,
    company or event where it is not about the place. `of` is the whole of a share, or the base of a change
    where that is not the year before. `page` counts from 1 where the file has pages, else None.
    """

    document: str
    quantity: Quantity
    subject: str
    measure: Measure
    period: Period
    status: Certainty
    place: str
    clause: Span
    sentence: Span
    section: tuple[str, ...]
    indicator: str | None = None
    flow: Flow | None = None
    entity: str | None = None
    of: str | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """An enumeration of a document: what leads it in, and its items, in order.

    `lead` is the span of the words that say what is listed (面临的困难主要有, or a heading); `items` are the
    spans of the items without their marks. `kind` says by what they are told apart: "numbered" (一是…二是,
    (1)(2), 第一,…), "bullets", "names" (、 or ; behind a colon) or "headings" (those under a heading).
    """

    document: str
    kind: Literal["numbered", "bullets", "names", "headings"]
    lead: Span
    items: tuple[Span, ...]
    section: tuple[str, ...]
    year: int | None
    status: Status
    page: int | None = None


@dataclass(frozen=True, slots=True)
class SearchResult:
    """A chunk with its fused score and its rank in each single ranking (None: not found there)."""

    chunk: Chunk
    score: float
    lexical_rank: int | None
    dense_rank: int | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quote that is fit to answer: whole clauses of one sentence.

    `score` is the share (0 to 1) of the question's wording that the quote and its headings bear
    out; `quantity` is the figure asked for, or None for an answer in words. `place` is whose figure it is,
    `period` the time that it is of, as far as these are known.
    """

    chunk: Chunk
    start: int
    end: int
    quote: str
    year: int | None
    status: Status
    score: float
    quantity: Quantity | None = None
    place: str = ""
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a quote stands; `quote` is the source text from `start` to `end`.

    `place` and `period` are those of the figure that it was quoted for; `year` is the period's end.
    """

    key: int
    document: str
    title: str
    path: str
    plan_year: int | None
    year: int | None
    status: Status
    section: tuple[str, ...]
    quote: str
    start: int
    end: int
    place: str = ""
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A quantity asserted in an answer, with the verdict on it."""

    text: str
    value: str
    unit: str
    qualifier: str | None
    verdict: Verdict
    citations: tuple[int, ...]
    expression: str | None = None


@dataclass(frozen=True, slots=True)
class Abstention:
    """Why there is no answer, what is covered, and what comes closest."""

    reason: AbstentionReason
    message: str
    years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What is shown for a question."""

    question: str
    language: Language
    outcome: Literal["answered", "abstained"]
    answer: str
    writer: str  # "quotes", or the name of the language model
    citations: tuple[Citation, ...]
    claims: tuple[Claim, ...]
    abstention: Abstention | None
    timings_ms: dict[str, float]
    prompt: str | None = None  # name and hash of the prompt that the language model was given
    understood: str | None = None  # a follow-up in full, where it leaned on earlier questions
