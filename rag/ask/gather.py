"""Question -> evidence: what corrects it, what it wants calculated, or what answers it."""

from __future__ import annotations

from dataclasses import replace

from rag.ask.decompose import split_indicators, split_question
from rag.ask.finding import Found, Plans, find_evidence
from rag.ask.operands import find_operands, states_result
from rag.ask.premise import correct_premise, takes_for_granted
from rag.ask.question import Question
from rag.search import Scope


def gather_evidence(plans: Plans, question: Question, allowed: Scope, found: Found) -> None:
    """Notes in `found` what answers a question, within what is allowed, or why nothing does."""
    granted = takes_for_granted(question)
    if granted and _adopt(found, _correct(plans, question, allowed)):
        return
    if question.operation is not None:
        _gather_operands(plans, question, allowed, found)
    else:
        _gather_stated(plans, question, allowed, found)
    if not found.evidence and not granted:
        _adopt(found, _correct(plans, question, allowed))


def _adopt(found: Found, attempt: Found) -> bool:
    """Takes over what an attempt led to, if to anything; the time that it took in any case."""
    found.retrieve_ms += attempt.retrieve_ms
    if not attempt.evidence:
        return False
    found.evidence, found.missing, found.passages = attempt.evidence, attempt.missing, attempt.passages
    found.corrects = attempt.corrects
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
    several_years = len({item.year for item in found.evidence}) > 1
    found.calculable = adopted or several_years or not operation.of_years


def _gather_stated(plans: Plans, question: Question, allowed: Scope, found: Found) -> None:
    """What the plans state: each of the indicators that a question lists, or what answers it part by part."""
    if not _adopt(found, _list(plans, question, allowed)):
        find_evidence(plans, question, allowed, found)
