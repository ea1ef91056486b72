"""Question -> Evidence: retrieved and judged part by part and year by year; or why there is none."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from rag.ask.acceptance import accepts
from rag.ask.beside import find_beside, find_companion, prefer_beside
from rag.ask.decompose import split_question
from rag.ask.followup import complete_question
from rag.ask.question import Question, read_question
from rag.ask.scoring import Scored, score_candidates
from rag.ask.sentence_answers import accept_sentences, rank_sentences
from rag.bind import Coverage, Timeframe, figure_candidates, to_evidence
from rag.language import Speller, load_toml, named_places, place_names
from rag.ledger import Ledger
from rag.schema import AbstentionReason, Chunk, Evidence, SearchResult, Status
from rag.search import Scope, Searcher, search

_RESULTS = 24  # chunks whose clauses are judged
_CHECKED = 16  # chunks that a sentence is judged against, for each way of searching


@dataclass(frozen=True, slots=True)
class Origin:
    """Which plan a document is; `place` is empty where the document does not say."""

    plan_year: int | None
    place: str


@dataclass(frozen=True, slots=True)
class Plans:
    """What the use-case knows of the index: where to search, and what is covered."""

    searcher: Searcher
    coverage: Coverage
    origins: dict[str, Origin]  # by document id
    source: Callable[[str], str]  # document id -> its stored text
    attested: Callable[[str], bool]  # whether the plans hold a text
    speller: Speller
    ledger: Ledger

    def read(self, text: str) -> Question:
        """What the program understands of a question."""
        return read_question(text, self.coverage, self.speller)

    def asked_places(self, question: Question) -> tuple[str, ...]:
        """The covered places that a question names, in its order."""
        text = question.plain
        named = named_places(text, self.coverage.named_places)
        starts = {
            place: min((text.find(name) for name in place_names((place,)) if name in text), default=len(text))
            for place in named
        }
        return tuple(sorted(named, key=lambda place: starts[place]))

    def passages(self, sentence: str, years: Sequence[int]) -> list[Chunk]:
        """The passages, of `years` and of any, that may bear out a sentence of somebody's text."""
        question = replace(read_question(sentence[:2000], self.coverage), status=None)
        found: dict[str, Chunk] = {}
        for scope in (Scope(tuple(years) or None), Scope()):
            for result in search(self.searcher, question, scope, _CHECKED):
                found[result.chunk.id] = result.chunk
        return list(found.values())

    def complete(self, text: str, context: Sequence[str]) -> str:
        """A follow-up in full; the text itself without earlier questions."""
        return complete_question(text, context, self.read, self.searcher.facets) if context else text


@dataclass(slots=True)
class Found:
    """What the parts of a question led to."""

    evidence: list[Evidence] = field(default_factory=list)
    lead: Evidence | None = None  # what leads to the evidence, where that is the items of an enumeration
    missing: list[int] = field(default_factory=list)
    reasons: list[tuple[AbstentionReason, Evidence | None, int | None]] = field(default_factory=list)
    outside: tuple[str, str] | None = None  # what is asked and what is allowed, where they exclude each other
    corrects: bool = False  # the evidence contradicts what the question takes for granted
    calculable: bool = False  # the evidence is there to be calculated with, and does not say the result
    passages: int = 0
    retrieve_ms: float = 0.0
    verify_ms: float = 0.0


def find_evidence(plans: Plans, question: Question, allowed: Scope, found: Found) -> None:
    """Finds what answers each part of a question, within what is allowed, and notes it in `found`."""
    for part in split_question(question):
        part = replace(part, years=tuple(y for y in part.years if y in plans.coverage.years))
        known = len(found.evidence)
        for years in _single_years(part):
            _answer_year(plans, part, years, allowed, found)
        told = [item.quote for item in found.evidence[known:]]
        for year in part.compared_years:  # "比2019年": told by the clause (较2020年), or a figure of its own
            if told and year in plans.coverage.years and not any(str(year) in quote for quote in told):
                both = replace(part, years=(*part.years, year))
                _answer_year(plans, both, (year,), allowed, found)


def _answer_year(plans: Plans, part: Question, years: tuple[int, ...], allowed: Scope, found: Found) -> None:
    status = _usable_status(plans, part, years)
    _answer_single(plans, replace(part, years=years, status=status), allowed, found)


def _single_years(part: Question) -> list[tuple[int, ...]]:
    return [(year,) for year in part.years] if part.years else [()]


def _usable_status(plans: Plans, part: Question, years: tuple[int, ...]) -> Status | None:
    """Of several years, each may be known in one status only; that one is then meant."""
    if len(part.years) < 2 or part.status is None or not years:
        return part.status
    return part.status if f"{years[0]}:{part.status}" in plans.searcher.facets else None


def _answer_single(plans: Plans, question: Question, allowed: Scope, found: Found) -> None:
    scope = _scope(plans, question, allowed)
    results = _search(plans, question, scope, found)
    accepted, ranked = _judge(plans, question, results, scope, found.evidence)
    accepted = accepted or find_beside(question, ranked, found.evidence)
    if len(accepted) == 1 and accepted[0].candidate.quantity:
        accepted += find_companion(question, accepted[0], ranked)
    if accepted:
        found.evidence += [cite(question, item) for item in accepted]
        return
    if (
        question.kind == "text" and question.status and not allowed.status
    ):  # words, whose frame is shown beside them
        _answer_single(plans, replace(question, status=None), allowed, found)
        return
    if question.status and question.years:
        other: Status = "planned" if question.status == "actual" else "actual"
        flipped = replace(question, status=other)
        other_scope = replace(scope, status=other)
        others = search(plans.searcher, flipped, other_scope, _RESULTS)
        accepted, _ = _judge(plans, flipped, others, other_scope)
        if accepted:
            reason: AbstentionReason = "only_target" if other == "planned" else "only_actual"
            found.reasons.append((reason, cite(question, accepted[0]), question.years[0]))
            return
    if question.years:
        found.missing.append(question.years[0])
    closest = _closest(plans, question, allowed, ranked)
    found.reasons.append(("not_stated", closest, None))


def _search(plans: Plans, question: Question, scope: Scope, found: Found) -> tuple[SearchResult, ...]:
    """The chunks for a question; `found` is told how many there are, and how long it took."""
    started = time.perf_counter()
    results = search(plans.searcher, question, scope, _RESULTS)
    found.retrieve_ms += (time.perf_counter() - started) * 1000
    found.passages += len(results)
    return results


def rank_figures(
    plans: Plans, question: Question, allowed: Scope | None = None, found: Found | None = None
) -> list[Scored]:
    """Every figure that could answer a question for one, best first, whether or not it is good enough.

    `found` is told how many chunks were looked through, and how long the search took.
    """
    scope = _scope(plans, question, allowed or Scope())
    results = _search(plans, question, scope, found or Found())
    return score_candidates(question, results, plans.searcher, figure_candidates, _admits(scope))


def _scope(plans: Plans, question: Question, allowed: Scope) -> Scope:
    documents = allowed.documents or _meant(plans, question) or None
    return Scope(question.years or None, question.status, documents)


def _meant(plans: Plans, question: Question) -> tuple[str, ...]:
    """The documents that the question names by their year or their place; none where it names neither."""
    places = plans.asked_places(question)
    origins = plans.origins.items()
    by_year = {
        name for name, origin in origins if question.plan_year and origin.plan_year == question.plan_year
    }
    by_place = {name for name, origin in origins if origin.place in (*places, "")} if places else set()
    return tuple(sorted(by_year & by_place or by_year or by_place))


def _admits(scope: Scope) -> Callable[[Timeframe], bool]:
    def holds(frame: Timeframe) -> bool:
        return (scope.years is None or frame.year in scope.years) and scope.status in (None, frame.status)

    return holds


def _judge(
    plans: Plans,
    question: Question,
    results: Sequence[SearchResult],
    scope: Scope,
    given: Sequence[Evidence] = (),
) -> tuple[list[Scored], list[Scored]]:
    """The places that answer, and all of them ranked (figures first).

    `given` answers other parts of the question.
    """
    searcher = plans.searcher
    data: dict[str, Any] = load_toml("bind/evidence.toml")
    figures: list[Scored] = []
    if question.kind != "text":
        figures = score_candidates(question, results, searcher, figure_candidates, _admits(scope))
        figures = prefer_beside(figures, given)
        accepted = _accept_figures(question, figures, data["figure"])
        if accepted or question.kind == "figure":
            return accepted, figures
    sentences = rank_sentences(question, results, searcher, _admits(scope))
    return accept_sentences(question, sentences), figures or sentences


def _accept_figures(question: Question, ranked: list[Scored], data: dict[str, Any]) -> list[Scored]:
    fitting = [s for s in ranked if s.fits]
    if not fitting or not accepts(question, fitting):
        return []
    best = fitting[0]
    if question.years and question.status:
        return [best]
    chosen: dict[tuple[int | None, str], Scored] = {}
    for item in fitting:
        frame = (item.candidate.frame.year, item.candidate.frame.status)
        if item.score >= best.score - data["near"] and frame not in chosen:
            chosen[frame] = item
    newest_first = sorted(chosen, key=lambda frame: (-(frame[0] or 0), frame[1]))
    return [chosen[frame] for frame in newest_first]


def cite(question: Question, scored: Scored) -> Evidence:
    """The quote for a place that answers a question."""
    wanted = {key for word in question.words for key in word.keys}
    return to_evidence(scored.chunk, scored.candidate, scored.coverage, wanted)


def _closest(plans: Plans, question: Question, allowed: Scope, ranked: list[Scored]) -> Evidence | None:
    """The best passage of any year, if it is about the same thing at all."""
    wide = replace(question, years=(), status=None)
    scope = _scope(plans, wide, allowed)
    _, everywhere = _judge(plans, wide, search(plans.searcher, wide, scope, _RESULTS), scope)
    best = max([*ranked[:1], *everywhere[:1]], key=lambda item: item.coverage, default=None)
    return cite(question, best) if best and best.coverage >= 0.5 else None
