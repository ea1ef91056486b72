"""What a figure tells of and what the question asks for exclude each other, whatever words they share.

A phase (roads completed, roads started), a measure (added value, output), a relation (per head), a part
of the district (云谷片区), a kind (how many of them came from France).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from rag.ask.question import Question, drop_aside
from rag.bind import Candidate, own_words
from rag.language import is_subject, load_toml
from rag.schema import Chunk, Language, Quantity, Span

_NEVER = 1.0  # what a figure loses that cannot be meant


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the wording of a question asks for; worked out once for all figures."""

    relative: bool  # so much of one thing for each of another
    measures: frozenset[str]
    grounds: tuple[tuple[str, str], ...]  # the names of parts of the district, and of what kind they are
    kind: Span | None  # the words that tell of what kind those are that are counted


def _data() -> dict[str, Any]:
    return load_toml("bind/evidence.toml")


@lru_cache(maxsize=1024)
def _read(plain: str, language: Language) -> _Asked:
    data, asked = _data(), drop_aside(plain, language)
    kinds = data["measures"]["kinds"]
    grounds = [(m["name"], m["kind"]) for m in re.finditer(data["grounds"]["pattern"], plain)]
    kind = re.search(data["partitive"]["predicate"], plain, re.IGNORECASE)
    return _Asked(
        relative=re.search(data["intensity"]["asked"], asked, re.IGNORECASE) is not None,
        measures=frozenset(zh for zh, en in kinds if re.search(f"{zh}|{en}", asked, re.IGNORECASE)),
        grounds=tuple(pair for pair in grounds if not re.search(data["grounds"]["common"], pair[0])),
        kind=Span(*kind.span("kind")) if kind else None,
    )


def excludes(question: Question, chunk: Chunk, candidate: Candidate, matches: Sequence[float]) -> bool:
    """Whether a figure cannot answer: another part of the district, a total for what is new, another kind.

    `matches` tells how well each word of the question is borne out.
    """
    asked = _read(question.plain, question.language)
    return (
        _tells_of_other_ground(asked, chunk, candidate)
        or _tells_total_for_new(question, chunk, candidate)
        or not _bears_out_kind(asked, question, matches)
    )


def count_mismatches(question: Question, chunk: Chunk, candidate: Candidate, quantity: Quantity) -> float:
    """What a figure loses for telling of another phase, measure or kind of relation than is asked for."""
    data, asked = _data(), _read(question.plain, question.language)
    clause = chunk.text[candidate.clause.start : candidate.clause.end]
    lost = 0.0
    if _tells_other_phase(question, chunk, candidate):
        lost += data["phases"]["missed"]
    if quantity.unit_class == "money" and _tells_other_measure(asked, clause):
        lost += data["measures"]["missed"]
    if asked.relative and not re.search(data["intensity"]["told"], f"{clause}{quantity.unit}"):
        lost += _NEVER
    return lost


def _tells_of_other_ground(asked: _Asked, chunk: Chunk, candidate: Candidate) -> bool:
    """Whether a part of the district that is asked about is not named ahead of a figure.

    Of 光明中心区, which begins with the name of the district, the kind must be named.
    """
    if not asked.grounds:
        return False
    told = "\n".join((chunk.text[: candidate.sentence.end], *chunk.section))
    return any((kind if name in chunk.title else name) not in told for name, kind in asked.grounds)


def _tells_total_for_new(question: Question, chunk: Chunk, candidate: Candidate) -> bool:
    """Whether a figure is told as a total (累计筹集) where what is new is asked for, and nothing else."""
    data = _data()["contrast"]
    if question.operation:  # which may well be calculated from both
        return False
    asked = {key for word in question.words for key in word.keys}
    if not (question.asks_flow or data["new"] in asked) or not asked.isdisjoint(data["stock"]):
        return False
    own = {key for word in own_words(chunk, candidate) for key in word.keys}
    return not own.isdisjoint(data["stock"]) and own.isdisjoint(data["flow"])


def _bears_out_kind(asked: _Asked, question: Question, matches: Sequence[float]) -> bool:
    if asked.kind is None:
        return True
    words = zip(question.words, matches, strict=True)
    verbal = load_toml("bind/question.toml")["kind"]["en"]["verbal"]
    told = [
        match
        for word, match in words
        if asked.kind.start <= word.start < asked.kind.end
        and is_subject(word)
        and not re.search(verbal, word.text)
    ]
    return not told or max(told) >= _data()["partitive"]["least"]


def _tells_other_phase(question: Question, chunk: Chunk, candidate: Candidate) -> bool:
    """Whether a figure is of what is not finished, where what is finished is asked for; or the reverse."""
    data = _data()["phases"]
    one, other = set(data["finished"]), set(data["unfinished"])
    asked = {key for word in question.words for key in word.keys}
    if asked.isdisjoint(one) == asked.isdisjoint(other):
        return False
    own = {key for word in own_words(chunk, candidate) for key in word.keys}
    wanted, unwanted = (one, other) if asked & one else (other, one)
    return not own.isdisjoint(unwanted) and own.isdisjoint(wanted)


def _tells_other_measure(asked: _Asked, clause: str) -> bool:
    if not asked.measures:
        return False
    told = {zh for zh, _ in _data()["measures"]["kinds"] if re.search(zh, clause)}
    return bool(told) and told.isdisjoint(asked.measures)
