"""Document -> Statements: every figure of its running text and its tables, bound once."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rag.bind.cells import read_cells
from rag.bind.measures import Reading, pairs, read_measure
from rag.bind.periods import Frame, find_times
from rag.bind.respective import share_out
from rag.bind.scopes import read_scope
from rag.bind.slots import Slot, read_slots
from rag.bind.stances import read_status
from rag.bind.subjects import Subject, cut_time, name_subject
from rag.bind.timing import read_period
from rag.bind.turning import turn
from rag.bind.words import new_act, strip_head, strip_tail, words_data
from rag.language import find_concepts, split_sentences
from rag.schema import RELATIVE, Document, Flow, Passage, Period, Span, Statement

_RESPECTIVELY = re.compile(r"分别|各为|依次")
_GROWTH = {"growth", "decline"}


def read_statements(document: Document) -> tuple[Statement, ...]:
    """Every figure of a document that is worth a row, in the order of the text."""
    tables = {table.start: table for table in document.tables}
    found: list[Statement] = []
    turned: tuple[tuple[str, ...], Frame | None] = ((), None)  # the part that a turn holds in, and its frame
    for passage in document.passages:
        if passage.start in tables:
            found += read_cells(document, tables[passage.start])
            continue
        frame = Frame(passage.first, passage.year, passage.status, document.identity.year)
        part, opened = turned
        if opened is None or part != passage.section[:1] or (opened.year, opened.status) != (frame.year, frame.status):
            opened = None
        for heading in passage.section[-1:]:
            opened = turn(heading, frame) or opened
        opened = yield_from(found, document, passage, opened or frame)
        turned = passage.section[:1], opened
    return tuple(found)


def yield_from(found: list[Statement], document: Document, passage: Passage, frame: Frame) -> Frame:
    """Binds the sentences of a passage; the frame that holds at its end."""
    text = document.text
    for span in split_sentences(text, passage.start, passage.end):
        sentence = text[span.start : span.end]
        frame = turn(sentence, frame) or frame
        found += _in_sentence(document, passage, span, frame)
    return frame


def _in_sentence(document: Document, passage: Passage, span: Span, frame: Frame) -> Iterator[Statement]:
    text = document.text
    sentence = text[span.start : span.end]
    if True:
        for bound in bind_sentence(sentence, frame, document.identity.place):
            yield Statement(
                document=document.id,
                quantity=replace(
                    bound.slot.quantity,
                    start=bound.slot.quantity.start + span.start,
                    end=bound.slot.quantity.end + span.start,
                ),
                subject=bound.subject,
                measure=bound.reading.measure,
                period=bound.period,
                status=bound.status,
                place=bound.place,
                clause=_moved(bound.slot.clause, span.start, text),
                sentence=span,
                section=passage.section,
                indicator=bound.indicator,
                flow=bound.flow,
                entity=bound.entity,
                of=bound.of,
                page=bisect_right(document.pages, span.start) or None,
            )


def _moved(span: Span, offset: int, text: str) -> Span:
    start, end = span.start + offset, span.end + offset
    while start < end and text[start].isspace():
        start += 1
    return Span(start, end)


@dataclass(frozen=True, slots=True)
class Bound:
    """A figure of a sentence with all that its words and its frame tell of it."""

    slot: Slot
    subject: str
    reading: Reading
    flow: Flow | None
    period: Period
    status: str
    place: str
    entity: str | None
    of: str | None
    indicator: str | None


def bind_sentence(sentence: str, frame: Frame, place: str) -> list[Bound]:
    """Binds the figures of a sentence that stands in a frame, in a document of a place."""
    slots = read_slots(sentence)
    if not slots:
        return []
    times = find_times(sentence, frame)
    runs = _runs(sentence, slots)
    subjects = _subjects(sentence, slots, runs)
    bound: list[Bound] = []
    for i, (slot, following) in enumerate(pairs(slots)):
        reading = read_measure(sentence, slot, following)
        if i in runs:
            reading = Reading(bound[runs[i]].reading.measure) if runs[i] < i else reading
        scope = read_scope(subjects[i].text, _ahead(sentence, slot), place)
        subject = _finish(scope.rest or subjects[i].text, reading)
        flow = _flow(sentence, slot, subjects[i].text)
        period = read_period(sentence, slot, times, frame, reading.measure, flow, subjects[i].text)
        base = next((t for t in times if t.compared and slot.clause.start <= t.start < slot.figure.start), None)
        of = reading.of
        if reading.measure in _GROWTH and base is not None and base.period.end != (period.end or 0) - 1:
            of = sentence[base.start : base.end].rstrip("，, ")
        bound.append(
            Bound(
                slot,
                subject,
                reading,
                flow,
                period,
                read_status(sentence, slot, frame, period),
                scope.place,
                scope.entity,
                of,
                _indicator(subject),
            )
        )
    return bound


def _runs(sentence: str, slots: Sequence[Slot]) -> dict[int, int]:
    """The figures that share what stands before the first of them, each with that first one.

    分别增长5%、6%; 实际增长9.8%和8.5%
    """
    runs: dict[int, int] = {}
    for i, slot in enumerate(slots):
        if i in runs:
            continue
        before = sentence[slot.before.start : slot.figure.start]
        run = _run(sentence, slots, i)
        alike = len({slots[j].quantity.unit_class for j in run}) == 1
        if len(run) > 1 and alike and (_RESPECTIVELY.search(before) or not strip_tail(before).kept):
            runs |= dict.fromkeys(run, i)
    return runs


def _subjects(sentence: str, slots: Sequence[Slot], runs: dict[int, int]) -> list[Subject]:
    """The subject of every figure: those of a list from its heads, the others from figure to figure."""
    found: list[Subject] = []
    last: Subject | None = None
    for i, slot in enumerate(slots):
        if runs.get(i) == i:
            run = [j for j, first in runs.items() if first == i]
            names = _names(sentence, slot, len(run), found)
            found += [Subject(name, "", name) for name in names] if names else []
        if i < len(found):
            last = found[i]
            continue
        ahead = sentence[: slot.clause.start]
        last = name_subject(sentence, slot, last, "" if re.search(r"\d", ahead[-30:]) and last else ahead)
        found.append(last)
    return found


def _names(sentence: str, slot: Slot, number: int, before: Sequence[Subject]) -> tuple[str, ...]:
    """The subjects of a list: its heads shared out, or those of the figures before it."""
    stretch = sentence[slot.before.start : slot.figure.start]
    match = _RESPECTIVELY.search(stretch)
    stated = strip_head(cut_time(strip_tail(stretch[: match.start()] if match else "").kept))
    if stated:
        return share_out(stated, number)
    return tuple(subject.stem or subject.text for subject in before[-number:]) if len(before) >= number else ()


def _run(sentence: str, slots: Sequence[Slot], first: int) -> list[int]:
    """The figures that follow each other behind 分别 with nothing but a joint between them."""
    run = [first]
    for i in range(first + 1, len(slots)):
        between = sentence[slots[i - 1].figure.end : slots[i].figure.start]
        if not re.fullmatch(r"\s*(?:、|和|与|及|，|,|/)?\s*(?:增长|下降|增加|减少|提高|降低)?\s*", between):
            break
        run.append(i)
    return run


def _ahead(sentence: str, slot: Slot) -> str:
    """What stands in the clause before a figure, without words of time at its beginning."""
    return cut_time(sentence[slot.clause.start : slot.figure.start].strip())


def _finish(subject: str, reading: Reading) -> str:
    """The subject without the noun that tells by itself which rate it is (增速)."""
    rates = words_data()["rates"]
    endings = rates["growth"] + rates["decline"] if reading.measure in _GROWTH else rates["share"] if reading.measure == "share" else []
    for ending in sorted(endings, key=len, reverse=True):
        if subject.endswith(ending) and len(subject) > len(ending) + 1:
            return subject[: -len(ending)]
    return subject


def _flow(sentence: str, slot: Slot, subject: str) -> Flow | None:
    before = sentence[slot.before.start : slot.figure.start]
    if new_act(subject) or re.search("新增|净增|新建|新开工", before):
        return "new"
    if any(word in before or subject.endswith(word) for word in words_data()["acts"]["total"]):
        return "total"
    counted = slot.quantity.unit_class not in RELATIVE and slot.quantity.unit_class.startswith("count")
    return "total" if counted and re.search(r"(?:达到?|增至|突破|超过?|增加到)$", before) else None


def _indicator(subject: str) -> str | None:
    """The standard name of a subject that is one of the listed names and nothing else."""
    for concept, start, end in find_concepts(subject):
        if start == 0 and end == len(subject) and not concept.startswith("aspect_"):
            return concept
    return None
