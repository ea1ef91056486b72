"""An English sentence -> its figures, bound.

>>> frame = Frame(None, 2017, "actual", 2018)
>>> text = "GDP rose to 82.7 trillion yuan, up 6.9 percent; around 13.51 million new urban jobs were created."
>>> for one in bind_english(text, frame, "全国"):
...     print(one.subject, "|", one.slot.quantity.text, one.reading.measure, one.period.end)
GDP | 82.7 trillion yuan level 2017
GDP | 6.9 percent growth 2017
new urban jobs | 13.51 million level 2017
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from rag.bind.bound import Bound
from rag.bind.english_time import find_english_times, governing_period
from rag.bind.measures import Reading
from rag.bind.periods import Frame
from rag.bind.slots import Slot
from rag.bind.subjects import Subject
from rag.language import analyze, find_quantities, is_indicator, load_toml, qualified_span
from rag.schema import RELATIVE, Certainty, Measure, Quantity, Span

_FLAGS = re.IGNORECASE
_DURATION = re.compile(r"\s*-?(?:years?|months?|days?|decades?|hours?)\b", _FLAGS)
_TRIM = " ,;:.—–-“”\"'’()"


@cache
def _data() -> dict[str, Any]:
    return load_toml("bind/english.toml")


@cache
def _pattern(section: str, name: str = "words") -> re.Pattern[str]:
    value = _data()[section][name]
    return re.compile("|".join(value) if isinstance(value, list) else value, _FLAGS)


def bind_english(sentence: str, frame: Frame, place: str, before: Subject | None = None) -> list[Bound]:
    """Binds the figures of an English sentence; `before` is the subject of the last figure ahead of it."""
    slots = list(_slots(sentence))
    times = find_english_times(sentence, frame)
    found: list[Bound] = []
    last = before if before else Subject("")
    for i, slot in enumerate(slots):
        following = slots[i + 1] if i + 1 < len(slots) else None
        reading = _reading(sentence, slot, following)
        subject = _subject(sentence, slot, last)
        last = Subject(subject, "", subject)
        period = governing_period(sentence, slot, times, frame, reading.measure)
        found.append(
            Bound(
                slot=slot,
                named=last,
                subject=subject,
                reading=reading,
                flow="new" if _pattern("heads", "new").search(subject) else None,
                period=period,
                status=_status(sentence, slot, frame, period.end),
                place=place,
                entity=None,
                of=reading.of,
                indicator=_indicator(subject),
            )
        )
    return found


def _slots(sentence: str) -> Iterator[Slot]:
    """The figures of a sentence with what stands before and behind each in its clause."""
    quantities = [
        q for q in find_quantities(sentence) if not (_is_duration(sentence, q) or _is_name(sentence, q))
    ]
    taken = [(q.start, q.end) for q in quantities]
    ends = [
        match.end()
        for match in _pattern("clauses", "ends").finditer(sentence)
        if not any(low <= match.start() < high for low, high in taken)
    ]
    for i, quantity in enumerate(quantities):
        figure = qualified_span(sentence, quantity)
        start = max([end for end in ends if end <= figure.start], default=0)
        end = min([end for end in ends if end >= figure.end], default=len(sentence))
        first = not any(start <= q.start < quantity.start for q in quantities)
        low = start if first else quantities[i - 1].end
        high = min(end, quantities[i + 1].start) if i + 1 < len(quantities) else end
        yield Slot(quantity, figure, Span(low, figure.start), Span(figure.end, high), Span(start, end), first)


def _is_duration(sentence: str, quantity: Quantity) -> bool:
    return bool(_DURATION.match(sentence, quantity.end)) and quantity.unit_class.startswith(
        ("count", "number")
    )


def _is_name(sentence: str, quantity: Quantity) -> bool:
    """Whether a number is part of a name: the Three Represents, the eight-point decision."""
    joined = re.match(r"-[a-z]", sentence[quantity.end :]) and "-" not in quantity.text
    return bool(joined) or (quantity.start > 0 and quantity.text.isalpha() and quantity.text[0].isupper())


def _reading(sentence: str, slot: Slot, following: Slot | None) -> Reading:
    """What a figure measures, by the nearest word of change or share before it, else behind it."""
    quantity = slot.quantity
    ahead = sentence[slot.clause.start : slot.figure.start]
    behind = sentence[slot.figure.end : slot.after.end]
    if quantity.unit_class == "rank":
        return Reading("rank")
    if _pattern("to", "from").search(ahead) and re.match(r"\s*(?:\w+\s+){0,2}to\b", behind, _FLAGS):
        return Reading("from")
    if re.search(r"\bfrom\b.*" + _data()["to"]["words"], ahead, _FLAGS):
        return Reading("to")
    relative = quantity.unit_class in RELATIVE
    of = _pattern("share", "of").match(behind)
    if relative and (_pattern("share").search(ahead) or of) and not _changes(ahead):
        return Reading("share", of["of"].strip() if of else None)
    by = re.search(r"\bby\s+(?:\w+\s+){0,3}$", ahead, _FLAGS)
    change = _changes(ahead) if relative or by else None
    return Reading(change or "level")


def _changes(ahead: str) -> Measure | None:
    """The change that the last word of change before a figure tells; a figure that it came to is none."""
    if _pattern("to").search(ahead):
        return None
    changes: tuple[Measure, ...] = ("growth", "decline")
    places = [(match.start(), name) for name in changes for match in _pattern(name).finditer(ahead)]
    return max(places)[1] if places else None


def _subject(sentence: str, slot: Slot, last: Subject) -> str:
    """What a figure is said of: the noun it counts, else the one before it, else that of the one before."""
    before = _strip_tail(sentence[slot.before.start : slot.figure.start])
    noun = _strip_head(before)
    behind = sentence[slot.figure.end : slot.after.end].strip(_TRIM)
    counts = slot.quantity.unit_class.startswith(("count", "person", "visit", "number"))
    if counts and behind and re.match(r"[a-z“‘]", behind, _FLAGS):
        match = _pattern("predicate").search(behind)
        thing = behind[: match.start()].strip(_TRIM) if match else behind
        if thing:
            return thing
    if slot.quantity.unit_class in RELATIVE and (of := re.match(r"of\s+(.+)", behind, _FLAGS)) and not noun:
        return last.text or of[1]
    if not noun:
        return last.text or behind
    return noun


@cache
def _tail() -> re.Pattern[str]:
    return re.compile(r"(?:^|[\s,])(?:" + "|".join(_data()["tail"]["words"]) + r")[\s,]*$", _FLAGS)


def _strip_tail(text: str) -> str:
    kept = text.rstrip(_TRIM)
    while match := _tail().search(kept):
        kept = kept[: match.start()].rstrip(_TRIM)
    return kept


@cache
def _head() -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(_data()["heads"]["words"]) + ")", _FLAGS)


def _strip_head(text: str) -> str:
    kept = text.strip(_TRIM)
    while (match := _head().match(kept)) and match.end() < len(kept):
        kept = kept[match.end() :].strip(_TRIM)
    return kept


def _status(sentence: str, slot: Slot, frame: Frame, year: int | None) -> Certainty:
    """Whether a figure was reached or is planned."""
    clause = sentence[: slot.figure.end]
    if frame.status == "planned":
        past = year is not None and frame.own is not None and year < frame.own
        return "actual" if past else "planned"
    later = year is not None and frame.year is not None and year > max(frame.year, (frame.own or 1) - 1)
    return "planned" if later or _planned(clause) else "actual"


def _planned(clause: str) -> bool:
    return bool(re.search(r"\b(?:will|shall)\b", clause, _FLAGS))


def _indicator(subject: str) -> str | None:
    """The standard name of a subject that is one of the listed names and nothing else."""
    words = analyze(subject, "en")
    named = len(words) == 1 and is_indicator(words[0]) and words[0].text == subject
    return words[0].keys[0].lstrip("#") if named else None
