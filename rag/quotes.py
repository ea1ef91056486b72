"""The quoting writer: evidence -> text, letter for letter, framed in the question's language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rag.asked_time import Coverage
from rag.citation import keys_by_place, place_of
from rag.conversion import english_amount
from rag.language import load_toml
from rag.quantity import find_quantities, qualified_span
from rag.schema import AbstentionReason, Citation, Evidence, Language, Status
from rag.spelling import Corrections


@dataclass(frozen=True, slots=True)
class Messages:
    """The wording of one language (`data/messages.toml`)."""

    language: Language

    @property
    def _data(self) -> dict[str, Any]:
        data: dict[str, Any] = load_toml("messages.toml")[self.language]
        return data

    def fill(self, name: str, **values: object) -> str:
        """A message with its placeholders filled."""
        return str(self._data[name]).format(**values)

    def frame(self, year: int, status: Status) -> str:
        """Year and status in words: 2023年实际, or: 2023, outturn."""
        return self.fill("frame", year=year, status=self._data["status"][status])

    def name(self, table: str, key: str) -> str:
        """The word for a key of a table: what a finding or a verdict is called."""
        return str(self._data[table][key])

    def join(self, items: Sequence[object]) -> str:
        """A list in words; whole numbers are years."""
        words = [self.fill("year", year=i) if isinstance(i, int) else str(i) for i in items]
        return str(self._data["list"]).join(words)

    def partial(self, years: Sequence[int]) -> str:
        """The note that some years asked about are not covered."""
        return self.fill("partial", years=self.join(years))

    def understood(self, corrections: Corrections) -> str:
        """The note that typing errors were mended."""
        pairs = [self.fill("correction", written=a, meant=b) for a, b in corrections]
        return self.fill("understood", corrections=self.join(pairs))

    @property
    def joiner(self) -> str:
        """What stands between two sentences."""
        return str(self._data["joiner"])

    def fallback(self, reason: str) -> str:
        """The note that the language model could not be used."""
        return self.fill("fallback", reason=self.name("writer", reason))

    def missing_part(self, year: int) -> str:
        """The note that nothing was found for one of the years."""
        return self.fill("missing_part", year=year)


def write_quotes(evidence: Sequence[Evidence], citations: Sequence[Citation], messages: Messages) -> str:
    """One line for each piece of evidence: the figure asked for, its frame, the quote, the key."""
    keys = keys_by_place(citations)
    lines = []
    for item in evidence:
        key = keys[place_of(item)]
        frame = messages.frame(item.year, item.status)
        figure = bilingual(item) if messages.language == "en" else headline(item)
        if figure:
            lines.append(messages.fill("figure", figure=figure, frame=frame, quote=item.quote, key=key))
        else:
            lines.append(messages.fill("text", frame=frame, quote=item.quote, key=key))
    return "\n".join(dict.fromkeys(lines))


def bilingual(evidence: Evidence) -> str:
    """The figure asked for as it stands in the quote, and in English: 1020.9亿元 (102.09 billion yuan)."""
    figure = headline(evidence)
    english = english_amount(find_quantities(figure)[0]) if re.search(r"[\u3400-\u9fff]", figure) else None
    return f"{figure} ({english})" if english else figure


def headline(evidence: Evidence) -> str:
    """The figure asked for as it stands in the quote, with its qualifier; empty without one."""
    if evidence.quantity is None:
        return ""
    offset = evidence.chunk.start + evidence.quantity.start - evidence.start
    for quantity in find_quantities(evidence.quote):
        if quantity.start == offset:
            span = qualified_span(evidence.quote, quantity)
            return evidence.quote[span.start : span.end]
    return evidence.quantity.text


def abstention_text(
    reason: AbstentionReason,
    messages: Messages,
    *,
    asked: Sequence[object],
    coverage: Coverage,
    year: int | None,
    citation: Citation | None,
    outside: tuple[str, str] | None = None,
) -> str:
    """Why there is no answer, what is covered, and what comes closest.

    `outside` says what is asked and what is allowed, where the two exclude each other.
    """
    covered: Sequence[object] = coverage.places if reason == "place_not_covered" else coverage.years
    text = messages.fill(
        "outside_scope" if outside else reason,
        allowed=outside[1] if outside else "",
        asked=outside[0] if outside else messages.join(asked),
        covered=messages.join(covered),
        year=year,
        scope=messages.join(asked) if asked else messages.fill("any_scope"),
    )
    if citation is None:
        return text
    frame = messages.frame(citation.year, citation.status)
    closest = messages.fill("closest", quote=citation.quote, frame=frame, key=citation.key)
    return f"{text}\n{closest}"
