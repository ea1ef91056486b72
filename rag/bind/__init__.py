"""TODO"""

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
from rag.bind.ordinals import find_ordinals, ordinal_pattern
from rag.bind.stance import carried_year
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
    "read_plan_year",
    "read_status",
    "read_unit",
    "read_years",
    "relative_year",
    "says",
    "sentence_candidates",
    "to_evidence",
]
