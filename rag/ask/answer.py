"""Question -> Answer: understand, retrieve, quote, verify; or say why there is no answer."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from rag.ask.finding import Found, Plans
from rag.ask.gather import gather_evidence
from rag.ask.question import Question
from rag.ask.quotes import abstention_text, write_items, write_quotes
from rag.ask.steps import OnStep, Step, ignore
from rag.ask.writer import LanguageModelWriter
from rag.check import asked_first, is_faithful, judge_claims, quotes_stand
from rag.citation import number_evidence, renumber
from rag.language import Messages, foreign_places
from rag.ledger import compare
from rag.schema import Abstention, Answer, Status
from rag.search import Scope, limit_scope


def answer_question(
    plans: Plans,
    text: str,
    years: Sequence[int] = (),
    documents: Sequence[str] = (),
    writer: LanguageModelWriter | None = None,
    context: Sequence[str] = (),
    status: Status | None = None,
    on_step: OnStep = ignore,
) -> Answer:
    """Answers by quoting, or in the words of `writer` where these can be verified.

    `years`, `status` and `documents` restrict where the answer may come from; `context` holds the
    earlier questions of the conversation, oldest first; `on_step` is told how far it has come.
    """
    started = time.perf_counter()
    understood = plans.complete(text, context)
    question = plans.read(understood)
    allowed = limit_scope(years, status, documents)
    found = Found(outside=_outside(question, allowed))
    if years and not found.outside:
        question = replace(question, years=tuple(y for y in question.years if y in years) or tuple(years))
    question = replace(question, status=question.status or status)
    on_step(Step("read", understood, question.years, question.status))
    in_words = question.kind == "text"
    foreign = foreign_places(question.plain, plans.coverage.places, plans.attested, for_words=in_words)
    uncovered = [year for year in question.years if year not in plans.coverage.years]
    if foreign:
        found.reasons.append(("place_not_covered", None, None))
    elif found.outside:
        found.reasons.append(("not_stated", None, None))
    elif question.years and len(uncovered) == len(question.years):
        found.reasons.append(("year_not_covered", None, None))
    else:
        kept = tuple(year for year in question.years if year not in uncovered)
        gather_evidence(plans, replace(question, years=kept), allowed, found)
    on_step(Step("found", count=found.passages))
    if writer and found.evidence:
        on_step(Step("write", writer.model.name))
    answer = _compose(plans, question, foreign, uncovered, found, writer)
    on_step(Step("checked", count=len(answer.claims)))
    told = replace(answer, question=text, understood=None if understood == text else understood)
    return _with_timings(told, started, found)


def _outside(question: Question, allowed: Scope) -> tuple[str, str] | None:
    messages = Messages(question.language)
    if allowed.years and question.years and set(allowed.years).isdisjoint(question.years):
        return messages.join(question.years), messages.join(allowed.years)
    if allowed.status and question.status and question.status != allowed.status:
        return messages.name("status", question.status), messages.name("status", allowed.status)
    return None


def _compose(
    plans: Plans,
    question: Question,
    foreign: tuple[str, ...],
    uncovered: list[int],
    found: Found,
    writer: LanguageModelWriter | None,
) -> Answer:
    messages = Messages(question.language)
    if found.evidence:
        notes = [messages.partial(uncovered)] if uncovered else []
        notes += [messages.understood(question.corrections)] if question.corrections else []
        notes += [messages.missing_part(year) for year in found.missing]
        notes += [messages.fill("corrects")] if found.corrects else []
        answer = _write(plans, question, found, messages, notes, writer)
        if answer is not None:
            return answer
        found.reasons = [("unverified", None, None)]
    reason, closest, year = found.reasons[0]
    citations = number_evidence([closest]) if closest else ()
    if not quotes_stand(citations, plans.source):
        citations = ()
    text = abstention_text(
        reason,
        messages,
        asked=foreign or uncovered or question.years,
        coverage=plans.coverage,
        year=year,
        citation=citations[0] if citations else None,
        outside=found.outside,
    )
    return Answer(
        question.text,
        question.language,
        "abstained",
        text,
        "quotes",
        citations,
        judge_claims(text, citations, verbatim=True),
        Abstention(reason, text, plans.coverage.years),
        {},
    )


def _write(
    plans: Plans,
    question: Question,
    found: Found,
    messages: Messages,
    notes: list[str],
    writer: LanguageModelWriter | None,
) -> Answer | None:
    """The model's words where they can be verified, else the quotes, else nothing."""
    citations = number_evidence([*found.evidence, *([found.lead] if found.lead else [])])
    several = len(plans.coverage.named_places) > 1
    if found.lead:
        quotes = write_items(found.lead, found.evidence, citations, messages, several)
    else:
        quotes = write_quotes(found.evidence, citations, messages, several, question.role)
    calculated = None
    if question.operation and found.calculable:
        calculated = compare(question.operation, found.evidence, citations, messages)
    drafts = [(quotes, "quotes", notes)]
    if calculated:
        notes = [calculated, *notes]
        drafts.insert(0, (quotes, "quotes", notes))
    prompt = None
    if writer is not None:
        written = writer.write(question.text, found.evidence, citations, messages)
        prompt = written.prompt
        if written.text is None:
            drafts = [
                (*draft[:2], [*draft[2], messages.fallback(written.reason or "bad_reply")])
                for draft in drafts
            ]
        else:
            drafts.insert(0, (written.text, writer.model.name, notes))
    started = time.perf_counter()
    for text, name, remarks in drafts:
        body, used = "\n".join([text, *remarks]), citations
        if name != "quotes":  # a quote is numbered already, and may hold footnote marks: 工业[5]增加值
            body, used = renumber(body, citations)
        claims = asked_first(judge_claims(body, used, verbatim=name == "quotes"), found.evidence)
        found.verify_ms = (time.perf_counter() - started) * 1000
        if is_faithful(claims) and quotes_stand(used, plans.source):
            return Answer(
                question.text, question.language, "answered", body, name, used, claims, None, {}, prompt
            )
    return None


def _with_timings(answer: Answer, started: float, found: Found) -> Answer:
    total = (time.perf_counter() - started) * 1000
    timings = {
        "retrieve": round(found.retrieve_ms, 2),
        "write": round(max(0.0, total - found.verify_ms - found.retrieve_ms), 2),
        "verify": round(found.verify_ms, 2),
        "total": round(total, 2),
    }
    return replace(answer, timings_ms=timings)
