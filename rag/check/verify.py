"""Somebody's own text against the plans: every figure supported, contradicted or not found."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from rag.bind import Assertion, Coverage, as_passage, carried_year, read_assertions, to_evidence
from rag.check.faithfulness import make_claim, require_quotes
from rag.check.judgement import Judgement, is_borne_out, judge_assertions, judge_text
from rag.citation import Place, keys_by_place, number_evidence, place_of
from rag.errors import InputError
from rag.language import find_quantities, foreign_places, load_toml, qualified_span, text_language
from rag.schema import Chunk, Citation, Claim, Evidence, Language

Finding = Literal["supported", "contradicted", "not_found"]
Outcome = Literal["supported", "contradicted", "not_found", "no_figures"]
_QUOTED = re.compile(r"[“《][^”》]*[”》]")
MAX_TEXT = 500_000  # characters


@dataclass(frozen=True, slots=True)
class CheckedFigure:
    """A figure of the text, its qualifier included, from `start` to `end`, with what was found.

    The claim's citation is where the plans bear it out, or what they say instead.
    """

    start: int
    end: int
    claim: Claim
    finding: Finding


@dataclass(frozen=True, slots=True)
class Verification:
    """What came of checking a text; `verdict` is contradicted as soon as one figure is."""

    text: str
    language: Language
    verdict: Outcome
    figures: tuple[CheckedFigure, ...]
    citations: tuple[Citation, ...]


def check_text(text: str) -> str:
    """A text fit to be checked; raises InputError for one that is empty, huge or binary."""
    if not text.strip():
        raise InputError("The text is empty.", "Give a file with text: rag verify report.txt")
    if len(text) > MAX_TEXT:
        raise InputError(
            f"The text has {len(text):,} characters; {MAX_TEXT:,} are allowed.", "Check it part by part."
        )
    if any((ord(char) < 32 and char not in "\t\n\r\f") or 0xD800 <= ord(char) < 0xE000 for char in text):
        raise InputError("The text holds control characters.", "Is this a text file?")
    return text


def verify_against(text: str, evidence: str) -> tuple[Outcome, tuple[Claim, ...]]:
    """Every figure of a text, judged against one passage alone."""
    judgements = judge_text(text, [as_passage(evidence)])
    claims = tuple(make_claim(j.claim.quantity, j.verdict, ()) for j in judgements)
    if not claims:
        return "no_figures", claims
    if all(is_borne_out(claim.verdict) for claim in claims):
        return "supported", claims
    return "contradicted" if find_quantities(evidence) else "not_found", claims


class Sources(Protocol):
    """The documents that a text is checked against."""

    @property
    def coverage(self) -> Coverage:
        """Their years and places."""
        ...

    @property
    def source(self) -> Callable[[str], str]:
        """Document id -> its stored text."""
        ...

    @property
    def attested(self) -> Callable[[str], bool]:
        """Whether they hold a text."""
        ...

    def passages(self, sentence: str, years: Sequence[int]) -> list[Chunk]:
        """The passages, of `years` and of any, that may bear out a sentence."""
        ...


def verify_text(
    plans: Sources, text: str, progress: Callable[[int, int], None] = lambda done, total: None
) -> Verification:
    """Every figure of a text, judged against the plans. `progress` is told paragraphs done and all."""
    judged: list[tuple[int, Judgement, Finding]] = []
    paragraphs = list(_paragraphs(text))
    for done, (offset, claims) in enumerate(paragraphs):
        progress(done, len(paragraphs))
        judged += [(offset, *found) for found in _verify_paragraph(plans, claims)]
    progress(len(paragraphs), len(paragraphs))
    evidence = [_told_by(judgement, finding) for _, judgement, finding in judged]
    citations = number_evidence([item for item in evidence if item])
    require_quotes(citations, plans.source)
    keys = keys_by_place(citations)
    spans = [qualified_span(j.claim.passage.text, j.claim.quantity) for _, j, _ in judged]
    figures = tuple(
        CheckedFigure(
            offset + span.start,
            offset + span.end,
            make_claim(judgement.claim.quantity, judgement.verdict, _keys(item, keys)),
            finding,
        )
        for (offset, judgement, finding), item, span in zip(judged, evidence, spans, strict=True)
    )
    return Verification(text, text_language(text), _overall(figures), figures, citations)


def _keys(item: Evidence | None, keys: dict[Place, int]) -> tuple[int, ...]:
    return (keys[place_of(item)],) if item else ()


def _overall(figures: Sequence[CheckedFigure]) -> Outcome:
    findings = {figure.finding for figure in figures}
    order: tuple[Finding, ...] = ("contradicted", "not_found", "supported")
    return next((finding for finding in order if finding in findings), "no_figures")


def _paragraphs(text: str) -> Iterator[tuple[int, list[Assertion]]]:
    """The offset and the claims of every paragraph, each in its language; a year is carried on."""
    offset = 0
    carried: int | None = None
    for line in text.splitlines(keepends=True):
        claims = [
            replace(claim, stance=replace(claim.stance, years=frozenset({carried})))
            if carried and not claim.stance.years
            else claim
            for claim in read_assertions(as_passage(line))
        ]
        yield offset, claims
        carried = carried_year(line, text_language(line)) or carried
        offset += len(line)


def _verify_paragraph(plans: Sources, claims: Sequence[Assertion]) -> Iterator[tuple[Judgement, Finding]]:
    """Judges claims sentence by sentence; those of another place or year are not found."""
    for start in sorted({claim.sentence.start for claim in claims}):
        inside = [_within_sentence(claim) for claim in claims if claim.sentence.start == start]
        sentence = inside[0].passage.text[start : inside[0].sentence.end]
        unquoted = _QUOTED.sub("", sentence)  # “山水连城” is a name and no place
        foreign = foreign_places(unquoted, plans.coverage.places, plans.attested)
        years = {year for claim in inside for year in claim.stance.years} & set(plans.coverage.years)
        passages = [] if foreign else plans.passages(sentence, sorted(years))
        for judgement in judge_assertions(inside, passages):
            yield judgement, _finding(plans, judgement)


def _within_sentence(claim: Assertion) -> Assertion:
    """The claim without the words of the other sentences of its paragraph."""
    low, high = claim.sentence.start, claim.sentence.end
    return replace(claim, words=tuple((w, zone) for w, zone in claim.words if low <= w.start < high))


def _finding(plans: Sources, judgement: Judgement) -> Finding:
    if is_borne_out(judgement.verdict):
        return "supported"
    years = judgement.claim.stance.years
    if years and years.isdisjoint(plans.coverage.years):
        return "not_found"
    enough = load_toml("check/faithfulness.toml")["finding"]
    told = judgement.fit >= enough["same_figure"] or judgement.nearest_fit >= enough["other_figure"]
    return "contradicted" if told else "not_found"


def _told_by(judgement: Judgement, finding: Finding) -> Evidence | None:
    """Where the plans bear a claim out, or what they say instead."""
    if finding == "not_found":
        return None
    source = judgement.source if finding == "supported" else judgement.nearest or judgement.source
    if source is None:
        return None
    wanted = {key for word, zone in judgement.claim.words if zone in ("own", "subject") for key in word.keys}
    return to_evidence(source.passage, source.candidate, judgement.fit, wanted)
