"""A passage, or a question -> what each figure is bound to: a year, a status, its words, its unit.

>>> text = "2024年新建公园9个,到2025年计划新建12个。"
>>> [(text[f.start : f.end], f.year, f.status) for f in clause_timeframes(text, 0, len(text), 2024, "actual")]
[('2024年新建公园9个,', 2024, 'actual'), ('到2025年计划新建12个。', 2025, 'planned')]
>>> read_years("2024年比2023年多几个公园", "zh", Coverage((2023, 2024), (), 2025), None, whole_range=False)
((2024,), (2023,))
"""

from rag.bind.asked_time import (
    Coverage,
    find_status_cues,
    mask_names,
    read_plan_year,
    read_status,
    read_years,
    relative_year,
    says,
)
from rag.bind.assertions import Assertion, as_passage, read_assertions
from rag.bind.candidates import (
    Candidate,
    describes_noun,
    figure_candidates,
    own_words,
    sentence_candidates,
    to_evidence,
)
from rag.bind.listings import read_listings
from rag.bind.ordinals import find_ordinals, ordinal_pattern
from rag.bind.stance import carried_year
from rag.bind.statements import read_statements
from rag.bind.surroundings import Context, look_around, match_word, names_of
from rag.bind.timeframe import Timeframe, clause_timeframes
from rag.bind.wishes import UnitWish, blank_measures, measure_pattern, names_thing, read_unit

__all__ = [
    "Assertion",
    "Candidate",
    "Context",
    "Coverage",
    "Timeframe",
    "UnitWish",
    "as_passage",
    "blank_measures",
    "carried_year",
    "clause_timeframes",
    "describes_noun",
    "figure_candidates",
    "find_ordinals",
    "find_status_cues",
    "look_around",
    "mask_names",
    "match_word",
    "measure_pattern",
    "names_of",
    "names_thing",
    "ordinal_pattern",
    "own_words",
    "read_assertions",
    "read_listings",
    "read_plan_year",
    "read_statements",
    "read_status",
    "read_unit",
    "read_years",
    "relative_year",
    "says",
    "sentence_candidates",
    "to_evidence",
]
