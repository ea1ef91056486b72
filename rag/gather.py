"""Question -> evidence: what corrects it, what it wants calculated, or what answers it."""

from __future__ import annotations

import time
from dataclasses import replace

from rag.decompose import split_indicators, split_question
from rag.finding import Found, Plans, find_evidence
from rag.operands import find_operands, states_result
from rag.premise import correct_premise, takes_for_granted
from rag.question import Question
from rag.retrieve import Scope


def gather_evidence(plans: Plans, question: Question, allowed: Scope, found: Found) -> None:
    """Notes in `found` what answers a question, within what is allowed, or why nothing does."""
    if takes_for_granted(question) and _correct(plans, question, allowed, found):
        return
    if question.operation is not None:
        _gather_operands(plans, question, allowed, found)
    elif not _gather_listed(plans, question, allowed, found):
        find_evidence(plans, question, allowed, found)
    if not found.evidence:
        _correct(plans, question, allowed, found)


def _correct(plans: Plans, question: Question, allowed: Scope, found: Found) -> bool:
    """Whether the question takes something for granted that the plans contradict; that is the answer then."""
    started = time.perf_counter()
    evidence = correct_premise(plans, question, allowed)
    found.retrieve_ms += (time.perf_counter() - started) * 1000
    if evidence is not None:
        found.evidence, found.corrects = [evidence], True
        found.missing = [year for year in question.years if year != evidence.year]
    return evidence is not None


def _gather_listed(plans: Plans, question: Question, allowed: Scope, found: Found) -> bool:
    """A figure for each of the indicators that a question lists; False where not each has one of its own."""
    asks_figures = question.kind == "figure" or question.role is not None
    parts = split_indicators(question) if asks_figures and len(split_question(question)) == 1 else ()
    if not parts:
        return False
    listed = Found()
    for part in parts:
        known = len(listed.evidence)
        find_evidence(plans, replace(part, kind="figure"), allowed, listed)
        if len(listed.evidence) == known:
            return False
    figures = {(item.chunk.id, item.quantity.start) for item in listed.evidence if item.quantity}
    if len(figures) < len(parts):
        return False
    found.evidence, found.missing, found.passages = listed.evidence, listed.missing, listed.passages
    found.retrieve_ms += listed.retrieve_ms
    return True


def _gather_operands(plans: Plans, question: Question, allowed: Scope, found: Found) -> None:
    """The figures to calculate with, unless the plans state what would be calculated."""
    operation = question.operation
    assert operation is not None
    may_be_stated = operation.kind in ("change", "share", "ratio")
    if may_be_stated:
        find_evidence(plans, question, allowed, found)
        if states_result(question, found.evidence):
            return
    found.calculable = True
    started = time.perf_counter()
    operands = find_operands(plans, question, allowed)
    found.retrieve_ms += (time.perf_counter() - started) * 1000
    if operands:
        found.evidence, found.missing = operands, []
    elif not may_be_stated:
        find_evidence(plans, question, allowed, found)
