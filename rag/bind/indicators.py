"""The standard names of subjects.

>>> indicator_of("地区生产总值"), indicator_of("地区生产总值增长潜力")
('gdp', None)
"""

from __future__ import annotations

from functools import lru_cache

from rag.language import ASPECT, find_concepts


@lru_cache(maxsize=4096)
def indicator_of(subject: str) -> str | None:
    """The standard name of a subject that is one of the listed names and nothing else."""
    for concept, start, end in find_concepts(subject):
        if start == 0 and end == len(subject) and not concept.startswith(ASPECT):
            return concept
    return None
