"""Whether a figure was reached, is estimated for a year just ending, or is only planned.

>>> from rag.bind.slots import read_slots
>>> frame = Frame(None, 2024, "actual", 2025)
>>> def of(text, period): return read_status(text, read_slots(text)[0], frame, period)
>>> of("预计货运量1.2亿吨", Period("year", 2024, 2024)), of("到2027年达到30家", Period("point", 2027, 2027))
('estimated', 'planned')
"""

from __future__ import annotations

import re
from functools import cache

from rag.bind.periods import Frame
from rag.bind.slots import Slot
from rag.language import load_toml
from rag.schema import Certainty, Period


@cache
def _cue(name: str) -> re.Pattern[str]:
    return re.compile("|".join(load_toml("bind/stances.toml")[name]["words"]))


def read_status(sentence: str, slot: Slot, frame: Frame, period: Period, subject: str = "") -> Certainty:
    """The certainty of a figure of a period, in a passage that reviews or plans."""
    ahead = sentence[: slot.figure.start]
    clause = sentence[slot.clause.start : slot.clause.end]
    if _cue("intended").search(subject):
        return "planned"
    if frame.status == "actual":
        later = (
            period.end is not None
            and frame.year is not None
            and period.end > max(frame.year, (frame.own or 1) - 1)
        )
        if later and not _cue("done").search(clause):
            return "planned"
        if _cue("estimated").search(ahead) and not _cue("done").search(clause):
            return "estimated"
        return "planned" if _cue("planned").search(clause) else "actual"
    earlier = (
        period.end is not None and frame.own is not None and period.end < frame.own and period.kind != "open"
    )
    if earlier and frame.year is not None and period.end is not None and period.end < frame.year:
        return "estimated" if _cue("estimated").search(ahead) else "actual"
    return "actual" if _cue("done").search(clause) else "planned"
