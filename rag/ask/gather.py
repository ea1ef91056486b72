"""Question -> evidence: what corrects it, what it wants calculated, or what answers it."""

from __future__ import annotations

from dataclasses import replace

from rag.ask.decompose import split_indicators, split_question
from rag.ask.enumerations import find_items
from rag.ask.finding import Found, Plans, find_evidence
from rag.ask.operands import find_operands, states_result
from rag.ask.placing import place_evidence
from rag.ask.premise import correct_premise, takes_for_granted
from rag.ask.question import Question
from rag.ask.side_by_side import find_side_by_side, find_stated
from rag.search import Scope


def gather_evidence(plans: Plans, question: Question, allowed: Scope, found: Found) -> None:
    """Notes in `found` what answers a question, within what is allowed, or why nothing does."""
    _gather(plans, question, allowed, found)
    _placed(plans, question, found)


def _gather(plans: Plans, question: Question, allowed: Scope, found: Found) -> None:
    if _adopt(found, _beside(plans, question, allowed)):
        found.calculable = _is_calculable(question, found)
        return
    if _adopt(found, _items(plans, question, allowed)):
        return
    granted = takes_for_granted(question)
    if granted and _adopt(found, _correct(plans, question, allowed)):
        return
    if question.operation is not None:
        _gather_operands(plans, question, allowed, found)
    else:
        _gather_stated(plans, question, allowed, found)
    if not found.evidence and not granted:
        _adopt(found, _correct(plans, question, allowed))


def _beside(plans: Plans, question: Question, allowed: Scope) -> Found:
    """The figures that a question sets side by side: of places, of target and outturn."""
    attempt = Found()
    if not allowed.years and allowed.status is None:
        attempt.evidence = find_side_by_side(plans, question, allowed.documents or ())
    return attempt


def _items(plans: Plans, question: Question, allowed: Scope) -> Found:
    """The items of the enumeration that a question in words asks for."""
    attempt = Found()
    listed = find_items(plans, question, allowed)
    if listed:
        attempt.lead, attempt.evidence = listed.lead, list(listed.items)
    return attempt


def _placed(plans: Plans, question: Question, found: Found) -> None:
    """Gives the evidence place and period, and drops what is of another place or time."""
    asked = plans.asked_places(question)
    kept = place_evidence(plans.ledger, question, asked, found.evidence, plans.origins)
    if found.evidence and not kept:
        found.reasons.append(("not_stated", None, None))
    found.evidence = kept


def _adopt(found: Found, attempt: Found) -> bool:
    """Takes over what an attempt led to, if to anything; the time that it took in any case."""
    found.retrieve_ms += attempt.retrieve_ms
    if not attempt.evidence:
        return False
    found.evidence, found.missing, found.passages = attempt.evidence, attempt.missing, attempt.passages
    found.corrects, found.lead = attempt.corrects, attempt.lead
    return True


def _correct(plans: Plans, question: Question, allowed: Scope) -> Found:
    """What contradicts what a question takes for granted."""
    attempt = Found(corrects=True)
    evidence = correct_premise(plans, question, allowed, attempt)
    if evidence is not None:
        attempt.evidence = [evidence]
        attempt.missing = [year for year in question.years if year != evidence.year]
    return attempt


def _list(plans: Plans, question: Question, allowed: Scope) -> Found:
    """A figure for each of the indicators that a question lists; nothing unless each has one of its own."""
    attempt = Found()
    asks_figures = question.kind == "figure" or question.role is not None
    parts = split_indicators(question) if asks_figures else ()
    if not parts or len(split_question(question)) > 1:
        return attempt
    for part in parts:
        known = len(attempt.evidence)
        find_evidence(plans, replace(part, kind="figure"), allowed, attempt)
        if len(attempt.evidence) == known:
            break
    figures = {(item.chunk.id, item.quantity.start) for item in attempt.evidence if item.quantity}
    if len(figures) < len(parts):
        attempt.evidence = []
    return attempt


def _gather_operands(plans: Plans, question: Question, allowed: Scope, found: Found) -> None:
    """The figures to calculate with, unless the plans state what would be calculated."""
    operation = question.operation
    assert operation is not None
    may_be_stated = operation.kind in ("change", "share", "ratio")
    if may_be_stated:
        find_evidence(plans, question, allowed, found)
        if states_result(question, found.evidence):
            return
    attempt = Found()
    attempt.evidence = find_operands(plans, question, allowed, attempt)
    adopted = _adopt(found, attempt)
    if not adopted and not may_be_stated:
        _gather_stated(plans, question, allowed, found)
    found.calculable = adopted or _is_calculable(question, found)


def _is_calculable(question: Question, found: Found) -> bool:
    """Whether a calculation is asked for of what was found: one of years wants several of them."""
    several_years = len({item.year for item in found.evidence}) > 1
    return question.operation is not None and (several_years or not question.operation.of_years)


def _gather_stated(plans: Plans, question: Question, allowed: Scope, found: Found) -> None:
    """What the plans state: each of the indicators that a question lists, or what answers it part by part."""
    if _adopt(found, _stated(plans, question, allowed)):
        return
    if not _adopt(found, _list(plans, question, allowed)):
        find_evidence(plans, question, allowed, found)


def _stated(plans: Plans, question: Question, allowed: Scope) -> Found:
    """The statements of just the thing that is asked for, where the question is for one figure."""
    attempt = Found()
    single = len(split_question(question)) == 1 and not split_indicators(question)
    if single and not allowed.years:
        attempt.evidence = find_stated(plans, question, allowed.documents or ())
    return attempt
