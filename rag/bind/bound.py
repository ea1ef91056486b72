"""A figure of a sentence, bound: what the readers of both languages give back."""

from __future__ import annotations

from dataclasses import dataclass

from rag.bind.measures import Reading
from rag.bind.slots import Slot
from rag.bind.subjects import Subject
from rag.schema import Certainty, Flow, Period


@dataclass(frozen=True, slots=True)
class Bound:
    """A figure of a sentence with all that its words and its frame tell of it."""

    slot: Slot
    named: Subject
    subject: str
    reading: Reading
    flow: Flow | None
    period: Period
    status: Certainty
    place: str
    entity: str | None
    of: str | None
    indicator: str | None
