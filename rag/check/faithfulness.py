r"""Claims of an answer against the passages cited beside them, without any language model.

>>> from rag.schema import Citation
>>> cited = Citation(1, "d", "t", "p", 2024, 2023, "actual", (), "地区生产总值增长9.0%", 0, 11)
>>> [(c.text, c.verdict) for c in judge_claims("GDP增长9.0%。[1]\nGDP增长9.1%。[1]", (cited,))]
[('9.0%', 'supported'), ('9.1%', 'unsupported')]
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from rag.check.judgement import Judgement, is_borne_out, judge_text
from rag.citation import cited_keys
from rag.errors import InputError
from rag.language import agreement, find_quantities
from rag.ledger import Formula, find_formulas
from rag.schema import Chunk, Citation, Claim, Evidence, Quantity, Verdict

_SEGMENT = re.compile(r"[^\n]*?\[\d+\](?:\s*\[\d+\])*|[^\n]+")
_ANY_SUBJECT = "共"  # before an operand, so that it is read as a figure of a text
_KEY = re.compile(r"\[\d+\]")
_ITEM = re.compile(r"^(\d+\. )(?P<words>.+?)(?= ?\[(?P<key>\d+)\]$)", re.MULTILINE)
_PRIVATE = re.compile(r"[\ue000-\uf8ff]")  # stands in for quotes, so nobody else may use it


def judge_claims(text: str, citations: Sequence[Citation], verbatim: bool = False) -> tuple[Claim, ...]:
    """Every figure of `text` with its verdict; a figure is cited by the keys that follow it.

    `verbatim`: the text is the program's own, and what it quotes letter for letter is borne out by
    that alone. In anybody else's text the words around a quote can turn its meaning.
    """
    by_key = {citation.key: citation for citation in citations}
    text = _PRIVATE.sub(" ", text)
    shown = {key: citation.quote for key, citation in by_key.items()}
    if verbatim:
        text = _ITEM.sub(lambda item: _stand_in_item(item, by_key, shown), text)
        for citation in citations:
            text = text.replace(f"“{citation.quote}”", _stand_in(citation))  # it may hold marks like keys
    claims: dict[tuple[str, str | None, tuple[int, ...]], Claim] = {}
    for segment in _SEGMENT.findall(text):
        keys = tuple(key for key in cited_keys(segment) if key in by_key)
        for claim in _judge_segment(segment, keys, [by_key[key] for key in keys], shown):
            claims.setdefault((claim.text, claim.qualifier, keys), claim)
    return tuple(claims.values())


def _stand_in_item(item: re.Match[str], cited: Mapping[int, Citation], shown: dict[int, str]) -> str:
    """A stand-in for an item of a list whose words begin the quote; `shown` is told of them."""
    words, citation = item["words"], cited.get(int(item["key"]))
    if citation is None or not " ".join(citation.quote.split()).startswith(words):
        return item.group()
    shown[citation.key] = words
    return _stand_in(citation)


def _stand_in(citation: Citation) -> str:
    """A character of private use in place of a quote."""
    return chr(0xE000 + citation.key)


def _judge_segment(
    segment: str, keys: tuple[int, ...], cited: Sequence[Citation], shown: Mapping[int, str]
) -> list[Claim]:
    """The claims of one sentence; `shown` are the words that stand-ins stand for."""
    said = _KEY.sub(" ", segment)
    quoted: list[Quantity] = []
    for citation in cited:
        if _stand_in(citation) in said:
            said = said.replace(_stand_in(citation), " ")
            quoted += find_quantities(shown[citation.key])
    judged = judge_text(said, [as_chunk(citation) for citation in cited], beside_quote=bool(quoted))
    cited_figures = [q for citation in cited for q in find_quantities(citation.quote)]
    formulas = [f for f in find_formulas(said) if f.holds and _operands_stand(f, cited_figures)]
    claims = [
        _recompute(make_claim(j.claim.quantity, j.verdict if cited else "uncited", keys), j, formulas)
        for j in judged
    ]
    return claims + [make_claim(quantity, "supported", keys) for quantity in quoted]


def _operands_stand(formula: Formula, cited: Sequence[Quantity]) -> bool:
    """Whether every operand is a figure of the passages cited."""
    shown = {(str(q.value), q.unit) for q in cited}
    shown |= {(str(value), "") for q in cited for value in (q.value, q.magnitude)}
    for operand in formula.operands:
        digits = re.match(r"[\d.,]+", operand)
        assert digits is not None
        if (digits.group().replace(",", ""), operand[digits.end() :].strip()) not in shown and not any(
            (told.magnitude, told.unit_class) == (q.magnitude, q.unit_class)
            for told in find_quantities(f"{_ANY_SUBJECT}{operand}")
            for q in cited
        ):
            return False
    return True


def _recompute(claim: Claim, judgement: Judgement, formulas: Sequence[Formula]) -> Claim:
    """Figures of a formula that holds: operands stand in the passages, the result is derived."""
    start = judgement.claim.quantity.start
    for formula in formulas:
        if formula.start <= start < formula.result_start:
            return replace(claim, verdict="supported")
        if judgement.claim.quantity.value == formula.result and not is_borne_out(claim.verdict):
            return replace(claim, verdict="derived", expression=formula.text)
    return claim


def make_claim(quantity: Quantity, verdict: Verdict, keys: tuple[int, ...]) -> Claim:
    """A judged figure in the shape that answers carry."""
    return Claim(
        text=quantity.text,
        value=str(quantity.value),
        unit=quantity.unit,
        qualifier=quantity.qualifier,
        verdict=verdict,
        citations=keys,
    )


def asked_first(claims: Sequence[Claim], evidence: Sequence[Evidence]) -> tuple[Claim, ...]:
    """The claims, those that were asked for ahead of those told beside them."""
    asked = [item.quantity for item in evidence if item.quantity is not None]

    def is_beside(claim: Claim) -> bool:
        told = find_quantities(claim.text)
        return not any(agreement(one, other) for one in told for other in asked if one.unit_class != "ratio")

    return tuple(sorted(claims, key=is_beside))


def is_faithful(claims: Sequence[Claim]) -> bool:
    """Whether an answer with these claims may be shown."""
    return all(is_borne_out(claim.verdict) for claim in claims)


def quotes_stand(citations: Sequence[Citation], source: Callable[[str], str]) -> bool:
    """Whether every quote stands in its stored source text, letter for letter, where it says."""
    return all(source(c.document)[c.start : c.end] == c.quote for c in citations)


def require_quotes(citations: Sequence[Citation], source: Callable[[str], str]) -> None:
    """Raises InputError where a quote does not stand in its stored source text."""
    if not quotes_stand(citations, source):
        raise InputError("The index does not match its stored texts.", "Build it anew: rag index --rebuild")


def as_chunk(citation: Citation) -> Chunk:
    """The quoted stretch with what its headings say of year and status."""
    c = citation
    return Chunk(
        "", c.document, c.title, c.path, c.plan_year, c.year, c.status, c.section, c.start, c.end, c.quote
    )
