r"""Figures of a text against passages, without any language model: the verdict on each.

>>> [j.verdict for j in judge_text("GDP增长9.0%,固投增长9.0%", [as_passage("GDP增长9.0%,固投增长15.7%")])]
['supported', 'misattributed']
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.bind import Assertion, as_passage, read_assertions
from rag.check.binding import fit_words
from rag.language import Glosses, agreement, analyze_chinese, gloss_tokens, load_toml, same_kind
from rag.schema import RATES, RELATIVE, Chunk, Verdict

_BORNE_OUT: tuple[Verdict, ...] = ("supported", "rounded", "derived")
# from the best verdict to the worst
_ORDER: tuple[Verdict, ...] = (
    "supported", "rounded", "derived", "qualifier_changed", "wrong_year", "misattributed",
    "unsupported", "wrong_unit", "uncited",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on one claim, the source figure that decided it, and how well its words fit.

    `nearest` is the comparable figure that fits the claim's words best, whatever its value.
    """

    claim: Assertion
    verdict: Verdict
    source: Assertion | None
    fit: float
    nearest: Assertion | None = None
    nearest_fit: float = 0.0


@dataclass(frozen=True, slots=True)
class _Match:
    """A source figure, and how well its words fit the claim's: of the claim, and both ways."""

    source: Assertion
    ours: float
    both: float


def _judge_assertion(claim: Assertion, matches: Sequence[_Match]) -> list[Judgement]:
    """What every source figure that agrees says of a claim, the one that decides first."""
    verdicts = [agreement(claim.quantity, match.source.quantity) for match in matches]
    rivals = _contradicting(claim, matches, verdicts)
    judged = [
        Judgement(claim, _bind(claim, match, verdict, _lead(match, rivals)), match.source, match.both)
        for match, verdict in zip(matches, verdicts, strict=True)
        if verdict is not None
    ]
    judged.sort(key=lambda j: (not is_borne_out(j.verdict), -j.fit, _ORDER.index(j.verdict)))
    comparable = [match for match in matches if same_kind(claim.quantity, match.source.quantity)]
    best = max(comparable, key=lambda match: (_years_agree(claim, match.source), match.both), default=None)
    nearest, near = (best.source, best.both) if best else (None, 0.0)
    judged.append(Judgement(claim, "unsupported", None, 0.0))
    return [replace(judgement, nearest=nearest, nearest_fit=near) for judgement in judged]


def _contradicting(
    claim: Assertion, matches: Sequence[_Match], verdicts: Sequence[Verdict | None]
) -> list[_Match]:
    """The source figures that the claim should have given if its words mean them."""
    return [
        match
        for match, verdict in zip(matches, verdicts, strict=True)
        if not (verdict and is_borne_out(verdict)) and _years_agree(claim, match.source)
    ]


def _lead(match: _Match, rivals: Sequence[_Match]) -> float:
    """How much better a source figure fits the claim's words than any that contradicts the claim."""
    aside = load_toml("check/faithfulness.toml")["binding"]["aside"]
    unit_class = match.source.quantity.unit_class
    best = 0.0
    for rival in rivals:
        kind = rival.source.quantity.unit_class
        if kind == unit_class:
            best = max(best, rival.both)
        elif kind in RELATIVE and unit_class in RELATIVE:
            best = max(best, rival.both - aside)
    return match.both - best


def _bind(claim: Assertion, match: _Match, verdict: Verdict, lead: float) -> Verdict:
    """The verdict on a figure that agrees, once its words, year and status are looked at."""
    if verdict in ("unsupported", "wrong_unit"):
        return verdict
    source = match.source
    data = load_toml("check/faithfulness.toml")["binding"]
    if _changes(claim) and _changes(source) and _changes(claim) != _changes(source):
        return "unsupported"
    if match.ours < data["floor"][claim.language] or lead < -data["margin"][claim.language]:
        return "misattributed"
    if not _years_agree(claim, source):
        return "wrong_year"
    return verdict if _statuses_agree(claim, source) else "misattributed"


def _changes(assertion: Assertion) -> str | None:
    """Whether a figure is a change (增长2倍) or what something came to (是2019年的2倍); None: unsaid."""
    if assertion.stance.moves_to:
        return "to"
    if assertion.quantity.role in RATES:
        return "by"
    return "to" if assertion.stance.equals else None


def _years_agree(claim: Assertion, source: Assertion) -> bool:
    ours, theirs = claim.stance, source.stance
    if ours.bases and theirs.bases and not ours.bases & theirs.bases:
        return False
    if not ours.years:
        return True
    known = theirs.years if theirs.own_year or source.year is None else frozenset({source.year})
    return not known or bool(ours.years & known)


def _statuses_agree(claim: Assertion, source: Assertion) -> bool:
    """A target is never taken for an outturn, nor the other way round."""
    ours, theirs = claim.stance, source.stance
    if ours.settled and not theirs.settled and theirs.planned in ("here", "before"):
        return False
    intends = ours.planned in ("here", "before")
    if source.status is not None:
        told_as_plan = theirs.planned in ("here", "before")
        return intends or not ours.actual if source.status == "planned" else told_as_plan or not intends
    if intends:
        return theirs.planned in ("here", "before") or theirs.until
    if theirs.planned == "here":
        return False
    return not (ours.actual and theirs.planned == "before" and not theirs.actual)


def judge_text(text: str, passages: Sequence[Chunk], beside_quote: bool = False) -> list[Judgement]:
    """Every figure of a text, judged against the passages alone.

    `beside_quote`: the words that bind the figures are those of the quote shown beside them.
    """
    return judge_assertions(read_assertions(as_passage(text)), passages, beside_quote)


def judge_assertions(
    claims: Sequence[Assertion], passages: Sequence[Chunk], beside_quote: bool = False
) -> list[Judgement]:
    """The same for claims that were read before; they all stand in one text."""
    glosses = passage_glosses(passages) if claims and claims[0].language == "en" else Glosses()
    matches: list[list[_Match]] = [[] for _ in claims]
    for passage in passages:
        sources = read_assertions(passage)
        if claims and sources:
            ours, both = fit_words(claims, passage, glosses)
            for i, found in enumerate(matches):
                found += [
                    _Match(s, 1.0, 1.0) if beside_quote else _Match(s, float(ours[i, j]), float(both[i, j]))
                    for j, s in enumerate(sources)
                ]
    options = [_judge_assertion(claim, found) for claim, found in zip(claims, matches, strict=True)]
    return [judged[0] for judged in options] if beside_quote else _assign(options)


def _assign(options: Sequence[list[Judgement]]) -> list[Judgement]:
    """Within a sentence a source figure bears out one claim: 由29趟增至29趟 is not 由23趟增至29趟."""
    chosen: list[Judgement] = [judgements[0] for judgements in options]
    used: set[tuple[int, Chunk, int]] = set()
    for i in sorted(range(len(options)), key=lambda i: -options[i][0].fit):
        for judgement in options[i]:
            source = judgement.source
            if source is None or not is_borne_out(judgement.verdict):
                break
            use = (judgement.claim.sentence.start, source.passage, source.quantity.start)
            if use not in used or _restates(options, i):
                used.add(use)
                chosen[i] = judgement
                break
        else:
            continue
        if is_borne_out(chosen[i].verdict) and chosen[i] is not judgement:
            chosen[i] = replace(chosen[i], verdict="misattributed")
    return chosen


def _restates(options: Sequence[list[Judgement]], i: int) -> bool:
    """Whether a claim tells again what the one before it tells: 1020.9亿元 (102.09 billion yuan)."""
    pattern = load_toml("check/faithfulness.toml")["restates"]
    claim = options[i][0].claim
    for other in (options[j][0].claim for j in (i - 1, i + 1) if 0 <= j < len(options)):
        first, second = sorted((claim.quantity, other.quantity), key=lambda quantity: quantity.start)
        between = claim.passage.text[first.end : second.start]
        loosely = (first.unit_class, second.unit_class) == ("ratio", "percent")  # more than half - 56.3%
        alike = agreement(first, second) in ("supported", "rounded")
        if alike and (loosely or re.fullmatch(pattern, between)):
            return True
    return False


def passage_glosses(passages: Sequence[Chunk]) -> Glosses:
    """The English meanings of the Chinese words of some passages."""
    texts = [text for passage in passages for text in (passage.text, *passage.section)]
    return gloss_tokens(
        word.keys[0] for text in texts for word in analyze_chinese(text) if word.keys[0][0] != "#"
    )


def is_borne_out(verdict: Verdict) -> bool:
    """Whether a figure with this verdict may be shown."""
    return verdict in _BORNE_OUT
