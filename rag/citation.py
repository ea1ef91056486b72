"""Evidence -> numbered citations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.schema import Citation, Evidence

Place = tuple[str, int, int]  # document, start, end

_KEY = re.compile(r"\[(\d+)\]")


def number_evidence(evidence: Sequence[Evidence]) -> tuple[Citation, ...]:
    """Citations with keys from 1 by order; the same stretch of text is cited once."""
    citations: dict[Place, Citation] = {}
    for item in evidence:
        place = place_of(item)
        if place not in citations:
            citations[place] = Citation(
                key=len(citations) + 1,
                document=item.chunk.document,
                title=item.chunk.title,
                path=item.chunk.path,
                plan_year=item.chunk.plan_year,
                year=item.year,
                status=item.status,
                section=item.chunk.section,
                quote=item.quote,
                start=item.start,
                end=item.end,
                place=item.place,
                period=item.period,
            )
    return tuple(citations.values())


def place_of(item: Evidence | Citation) -> Place:
    """Where a piece of evidence or a quote stands."""
    document = item.document if isinstance(item, Citation) else item.chunk.document
    return document, item.start, item.end


def keys_by_place(citations: Sequence[Citation]) -> dict[Place, int]:
    """The key under which each stretch is cited."""
    return {place_of(citation): citation.key for citation in citations}


def cited_keys(text: str) -> tuple[int, ...]:
    """The keys that a text cites, by first use.

    >>> cited_keys("增长9.0%。[1] 增长8.0%。[2][1]")
    (1, 2)
    """
    return tuple(dict.fromkeys(int(key) for key in _KEY.findall(text)))


def renumber(text: str, citations: Sequence[Citation]) -> tuple[str, tuple[Citation, ...]]:
    """The text and the citations that it uses, with keys from 1 by first use."""
    by_key = {citation.key: citation for citation in citations}
    known = [key for key in cited_keys(text) if key in by_key]
    keys = {old: new for new, old in enumerate(known, start=1)}
    renamed = _KEY.sub(lambda match: f"[{keys.get(int(match[1]), match[1])}]", text)
    return renamed, tuple(replace(by_key[old], key=new) for old, new in keys.items())


def citation_reference(item: Evidence | Citation) -> str:
    """What `rag show` takes to show the passage again: document and offsets."""
    document, start, end = place_of(item)
    return f"{document}:{start}-{end}"
