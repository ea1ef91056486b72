r"""Claims of an answer against the passages cited beside them, without any language model.

>>> from rag.schema import Citation
>>> cited = Citation(1, "d", "t", "p", 2024, 2023, "actual", (), "地区生产总值增长9.0%", 0, 11)
>>> [(c.text, c.verdict) for c in judge_claims("GDP增长9.0%。[1]\nGDP增长9.1%。[1]", (cited,))]
[('9.0%', 'supported'), ('9.1%', 'unsupported')]
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from rag.citation import cited_keys
from rag.quantity import find_quantities
from rag.schema import Citation, Claim, Quantity, Verdict

_SEGMENT = re.compile(r"[^\n]*?(?:\[\d+\])+|[^\n]+")
_HARMLESS: tuple[Verdict, ...] = ("supported", "rounded", "derived")


def judge_claims(text: str, citations: Sequence[Citation]) -> tuple[Claim, ...]:
    """Every figure of `text` with its verdict; a figure is cited by the keys that follow it."""
    by_key = {citation.key: citation for citation in citations}
    claims: dict[tuple[str, str | None, tuple[int, ...]], Claim] = {}
    for segment in _SEGMENT.findall(text):
        keys = tuple(key for key in cited_keys(segment) if key in by_key)
        for quantity in find_quantities(re.sub(r"\[\d+\]", " ", segment)):
            claim = _judge(quantity, keys, [by_key[key] for key in keys])
            claims.setdefault((claim.text, claim.qualifier, keys), claim)
    return tuple(claims.values())


def is_faithful(claims: Sequence[Claim]) -> bool:
    """Whether an answer with these claims may be shown."""
    return all(claim.verdict in _HARMLESS for claim in claims)


def quotes_stand(citations: Sequence[Citation], source: Callable[[str], str]) -> bool:
    """Whether every quote stands in its stored source text, letter for letter, where it says."""
    return all(source(c.document)[c.start : c.end] == c.quote for c in citations)


def _judge(quantity: Quantity, keys: tuple[int, ...], cited: Sequence[Citation]) -> Claim:
    verdict: Verdict = "unsupported" if cited else "uncited"
    for citation in cited:
        for source in find_quantities(citation.quote):
            if _same_figure(quantity, source):
                same_qualifier = quantity.qualifier == source.qualifier
                verdict = "supported" if same_qualifier else "qualifier_changed"
                break
        if verdict == "supported":
            break
    return Claim(
        text=quantity.text,
        value=str(quantity.value),
        unit=quantity.unit,
        qualifier=quantity.qualifier,
        verdict=verdict,
        citations=keys,
    )


def _same_figure(one: Quantity, other: Quantity) -> bool:
    return (one.magnitude, one.upper, one.unit_class) == (
        other.magnitude,
        other.upper,
        other.unit_class,
    )
