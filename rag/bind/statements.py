"""Document -> Statements: every figure of its running text and its tables, bound once."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace

from rag.bind.bound import Bound
from rag.bind.cells import read_cells
from rag.bind.english import bind_english
from rag.bind.periods import Frame, Time, find_times, opening_time, part_of_year
from rag.bind.sentence import bind_sentence
from rag.bind.subjects import Subject
from rag.bind.turning import turn
from rag.language import (
    fold_width,
    is_traditional,
    normalize,
    split_english_sentences,
    split_sentences,
    text_language,
)
from rag.schema import Document, Passage, Span, Statement


def read_statements(document: Document) -> tuple[Statement, ...]:
    """Every figure of a document that is worth a row, in the order of the text."""
    tables = {table.start: table for table in document.tables}
    found: list[Statement] = []
    turned = _Turned()
    for passage in document.passages:
        if passage.start in tables:
            found += read_cells(document, tables[passage.start])
        else:
            statements, turned = _in_passage(document, passage, turned)
            found += statements
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Turned:
    """The frame that an opening turned to, and the part of the document in which it holds."""

    part: tuple[str, ...] = ()
    frame: Frame | None = None

    def within(self, part: tuple[str, ...], frame: Frame) -> Frame:
        """The frame of a passage: that of the turn where it still holds."""
        held = self.frame
        alike = held is not None and (held.year, held.status) == (frame.year, frame.status)
        return held if held is not None and alike and part == self.part else frame


def _in_passage(document: Document, passage: Passage, turned: _Turned) -> tuple[list[Statement], _Turned]:
    """The figures of a passage, and the frame that it leaves to the next one."""
    topic = passage.section[-1] if passage.section else ""
    part = next(filter(None, map(part_of_year, (document.identity.title, *passage.section))), None)
    frame = Frame(passage.first, passage.year, passage.status, document.identity.year, part)
    frame = turned.within(passage.section[:1], frame)
    frame = turn(topic, frame) or frame
    last: Subject | None = None
    time: Time | None = None
    found: list[Statement] = []
    place = document.identity.place
    english = text_language(document.text[passage.start : passage.end]) == "en"
    split = split_english_sentences if english else split_sentences
    for span in split(document.text, passage.start, passage.end):
        sentence = _readable(document.text[span.start : span.end])
        frame = turn(sentence, frame) or frame
        if english:
            bound = bind_english(sentence, frame, place, last)
        else:
            bound = bind_sentence(sentence, frame, place, last, topic, time)
            times = find_times(sentence, frame)
            time = opening_time(sentence, times) or (None if times else time)
        found += [_placed(document, passage, span, one) for one in bound]
        last, topic = (bound[-1].named, "") if bound else (last, sentence)
    return found, _Turned(passage.section[:1], frame)


def _readable(sentence: str) -> str:
    """A sentence as the rules want it, character for character: half width, and simplified if it is not."""
    return normalize(sentence) if is_traditional(sentence) else fold_width(sentence)


def _placed(document: Document, passage: Passage, sentence: Span, bound: Bound) -> Statement:
    """A figure of a sentence as a statement of its document."""
    quantity = bound.slot.quantity
    return Statement(
        document=document.id,
        quantity=replace(quantity, start=quantity.start + sentence.start, end=quantity.end + sentence.start),
        subject=bound.subject,
        measure=bound.reading.measure,
        period=bound.period,
        status=bound.status,
        place=bound.place,
        clause=_moved(bound.slot.clause, sentence.start, document.text),
        sentence=sentence,
        section=passage.section,
        indicator=bound.indicator,
        flow=bound.flow,
        entity=bound.entity,
        of=bound.of,
        page=bisect_right(document.pages, sentence.start) or None,
    )


def _moved(span: Span, offset: int, text: str) -> Span:
    start, end = span.start + offset, span.end + offset
    while start < end and text[start].isspace():
        start += 1
    return Span(start, end)
