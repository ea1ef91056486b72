"""The language-model writer: evidence -> prose whose every sentence has been checked.

A sentence is passed on only when its keys exist and its figures stand in the passages cited in it.
One attempt to repair is made; after that the caller falls back to quoting.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rag.ask.prompt import Prompt, fill, load_prompt
from rag.ask.quotes import headline
from rag.ask.streaming import split_reply, stream_within
from rag.bind import as_passage, read_assertions
from rag.check import as_chunk, is_borne_out, judge_claims, share_of_words
from rag.citation import cited_keys, place_of
from rag.errors import LanguageModelError
from rag.interfaces import LanguageModel, Message
from rag.language import (
    Messages,
    agreement,
    english_amount,
    find_quantities,
    load_toml,
    qualified_span,
    text_language,
    unknown_places,
)
from rag.schema import Citation, Evidence, Language

_KEYS = re.compile(r"\s*((?:\s*\[\d+\])+)\s*([。.!?]?)\s*$")
_BRACKETED = re.compile(r"[(（“][^)）”]*[)）”]")


@dataclass(frozen=True, slots=True)
class Written:
    """The checked text, or None with the reason (a key of `writer` in `data/messages.toml`)."""

    text: str | None
    prompt: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class LanguageModelWriter:
    """Asks a model to tell what was found; `on_sentence` is given each sentence once it is checked."""

    model: LanguageModel
    places: tuple[str, ...]  # those that the plans are about
    timeout: float  # seconds for everything, the repair included
    on_sentence: Callable[[str], None] = lambda sentence: None

    def write(
        self, question: str, evidence: Sequence[Evidence], citations: Sequence[Citation], messages: Messages
    ) -> Written:
        """The answer in prose; never raises for what the model does."""
        deadline = time.monotonic() + self.timeout
        prompt = load_prompt(f"answer_{messages.language}")
        keys = "".join(f"[{citation.key}]" for citation in citations)
        told = tell_evidence(evidence, citations, messages)
        turns = prompt.messages(question=question, evidence=told, keys=keys)
        try:
            context = f"{question}\n{told}"
            attempt = self._attempt(turns, deadline, evidence, citations, messages, (), context)
            if attempt.failed:
                turns += _repair_turns(prompt, attempt, keys)
                shown = attempt.accepted
                attempt = self._attempt(turns, deadline, evidence, citations, messages, shown, context)
        except LanguageModelError as error:
            return Written(None, prompt.reference, error.reason)
        if attempt.failed:
            return Written(None, prompt.reference, "unverified")
        return Written(messages.joiner.join(attempt.accepted), prompt.reference)

    def _attempt(
        self,
        turns: Sequence[Message],
        deadline: float,
        evidence: Sequence[Evidence],
        citations: Sequence[Citation],
        messages: Messages,
        shown: Sequence[str],
        context: str,
    ) -> _Attempt:
        """One reply, read until a sentence fails."""
        attempt = _Attempt([], [], "")
        for sentence in split_reply(stream_within(self.model, turns, deadline)):
            attempt.reply += sentence
            attempt.failed += unknown_places(sentence, self.places, context)
            attempt.failed += failures(sentence, citations, messages.language)
            if attempt.failed:
                return attempt
            framed = add_frame(add_source_amounts(sentence, citations), citations, messages)
            attempt.accepted.append(framed)
            if framed not in shown:
                self.on_sentence(framed)
        attempt.failed += _left_out(attempt.accepted, evidence)
        return attempt


@dataclass(slots=True)
class _Attempt:
    accepted: list[str]
    failed: list[str]
    reply: str


def _repair_turns(prompt: Prompt, attempt: _Attempt, keys: str) -> list[Message]:
    request = fill(prompt.repair, {"failed": ", ".join(dict.fromkeys(attempt.failed)), "keys": keys})
    return [Message("assistant", attempt.reply or "…"), Message("user", request)]


def tell_evidence(evidence: Sequence[Evidence], citations: Sequence[Citation], messages: Messages) -> str:
    """The evidence as the model reads it: key, frame, quote and, in English, the amounts converted."""
    lines = []
    for citation in citations:
        line = messages.fill(
            "evidence",
            key=citation.key,
            frame=messages.frame(citation.year, citation.status),
            quote=citation.quote,
        )
        amounts = _amounts(citation, evidence) if messages.language == "en" else []
        lines.append(" | ".join([line, *amounts]))
    return "\n".join(lines)


def _amounts(citation: Citation, evidence: Sequence[Evidence]) -> list[str]:
    """The figure asked for, in Chinese and in English."""
    found = []
    for item in evidence:
        figure = headline(item)
        if place_of(item) == place_of(citation) and figure and item.quantity:
            english = english_amount(item.quantity)
            found += [f"{figure} = {english}"] if english else []
    return list(dict.fromkeys(found))


def failures(sentence: str, citations: Sequence[Citation], language: Language) -> list[str]:
    """What keeps a sentence from being shown: figures, keys that do not exist, or all of it."""
    known = {citation.key: citation for citation in citations}
    keys = cited_keys(sentence)
    missing = [f"[{key}]" for key in keys if key not in known]
    if missing:
        return missing
    body = _KEYS.sub("", sentence)
    if not keys or not _is_in(body, language):
        return [body]
    claims = judge_claims(sentence, citations)
    wrong = [claim.text for claim in claims if not is_borne_out(claim.verdict)]
    if wrong or claims:
        return wrong
    least = load_toml("check/faithfulness.toml")["binding"]["words"][language]
    shares = (share_of_words(body, as_chunk(known[key])) for key in keys)
    return [] if max(shares) >= least else [body]


def _is_in(text: str, language: Language) -> bool:
    """Whether a sentence is in the language of the question; names in brackets or quotes aside."""
    return text_language(_BRACKETED.sub("", text)) == language


def _left_out(accepted: Sequence[str], evidence: Sequence[Evidence]) -> list[str]:
    """The figures asked for that the text does not give exactly."""
    said = [q for sentence in accepted for q in find_quantities(sentence)]
    return [
        headline(item)
        for item in evidence
        if item.quantity is not None and not any(agreement(q, item.quantity) == "supported" for q in said)
    ] or ([] if accepted else ["…"])


def add_source_amounts(sentence: str, citations: Sequence[Citation]) -> str:
    """In English, the Chinese amount behind each converted one: 102.09 billion yuan (1020.9亿元)."""
    if re.search(r"[\u3400-\u9fff]", sentence):
        return sentence
    keys = cited_keys(sentence)
    sources = [q for c in citations if c.key in keys for q in find_quantities(c.quote)]
    for quantity in reversed(find_quantities(sentence)):
        agreeing = (s.text for s in sources if agreement(quantity, s) and re.search("[万亿]", s.text))
        if surface := next(agreeing, None):
            end = qualified_span(sentence, quantity).end
            sentence = f"{sentence[:end]} ({surface}){sentence[end:]}"
    return sentence


def add_frame(sentence: str, citations: Sequence[Citation], messages: Messages) -> str:
    """Names year and status where a sentence with figures leaves them open."""
    keys = cited_keys(sentence)
    cited = [citation for citation in citations if citation.key in keys]
    assertions = read_assertions(as_passage(_KEYS.sub("", sentence)))
    frames = {(citation.year, citation.status) for citation in cited}
    if not assertions or len(frames) != 1:
        return sentence
    ((year, status),) = frames
    says_year = any(year in assertion.stance.years for assertion in assertions)
    says_status = status == "actual" or any(a.stance.planned in ("here", "before") for a in assertions)
    match = _KEYS.search(sentence)
    if match is None or (says_year and says_status):
        return sentence
    body = sentence[: match.start()]
    end = body[-1] if body[-1] in "。.!?" else ""
    frame = messages.fill("framed", frame=messages.frame(year, status))
    return f"{body.removesuffix(end)}{frame}{end}{match[1]}{match[2]}"
