"""Free text is judged: replies that name no year, no status and no passage.

The judging is lenient on purpose: a plain pipeline is not asked for more than the figure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from eval.judge import Outcome
from eval.questions import GoldQuestion
from rag.language import agreement, find_quantities, same_kind
from rag.schema import Quantity

_SAME = ("supported", "rounded", "qualifier_changed")
_SOURCE = re.compile(r"\[[\d,，\s]+\]|(?:\bsources?|来源|资料)\s*\d+", re.IGNORECASE)
_REFUSALS = (  # what a reply says that does not answer
    r"(?:\b(?:not|never|cannot|unable|insufficient)|n['’]t)(?: \w+){0,3}? "
    r"(?:mention|provid|specif|stat|contain|includ|giv|found|find|know|answer|determin|availab|report|helpful)",
    r"\bno (?:\w+ ){0,2}(?:information|data|mention|figure|answer|source)",
    r"\bnone of the|insufficient (?:information|data)|empty response",
    r"[未没沒](?:有)?(?:明确|直接|具体|关于|任何)?(?:提|说明|給出|给出|找到|包含|涉及|披露|公布|相关|明确|信息|数据)",
    r"无法|無法|无相关|不知道|不清楚|不能确定|不能回答",
)
_REFUSAL = re.compile("|".join(_REFUSALS), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Passage:
    """What a retriever found: a stretch of a document."""

    document: str
    start: int
    end: int
    text: str


def expected_figures(question: GoldQuestion) -> list[Quantity]:
    """The gold figures of a question."""
    return [find_quantities(f"共{item.value}{item.unit}")[0] for item in question.expected]


def stands_among(figure: Quantity, among: Sequence[Quantity]) -> bool:
    """Whether the figure, or one that states the same in other words or digits, is among some."""
    return any(agreement(other, figure) in _SAME for other in among)


def figures_told(question: GoldQuestion, reply: str) -> list[Quantity]:
    """The figures of a reply that are neither numbers of sources nor taken from the question."""
    asked = {quantity.text for quantity in find_quantities(question.question)}
    return [q for q in find_quantities(_SOURCE.sub(" ", reply)) if q.text not in asked]


def judge_reply(question: GoldQuestion, reply: str) -> Outcome:
    """The verdict on free text, which names no year and no passage that could be judged.

    Correct: every expected figure stands in it, and the first figure of its kind is an expected one.
    Refused: it says that it does not know, or gives no figure; correct where the plans do not answer.
    """
    told = figures_told(question, reply)
    expected = expected_figures(question)
    if expected and all(_gives(figure, expected, told) for figure in expected):
        return "correct"
    if not told or _REFUSAL.search(reply):
        return "refused" if question.answerable else "correct"
    return "incorrect"


def _gives(figure: Quantity, expected: Sequence[Quantity], told: Sequence[Quantity]) -> bool:
    same = [other for other in told if same_kind(other, figure)]
    return stands_among(figure, same) and any(stands_among(other, same[:1]) for other in expected)


def not_borne_out(question: GoldQuestion, reply: str, passages: Sequence[Passage]) -> int:
    """How many figures of a reply stand in none of the passages that its writer was shown."""
    shown = [quantity for passage in passages for quantity in find_quantities(passage.text)]
    return sum(
        not any(agreement(told, source) in _SAME for source in shown)
        for told in figures_told(question, reply)
    )
