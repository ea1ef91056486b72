"""The wording of the program's own sentences, in the language of the question.

>>> Messages("zh").frame(2023, "actual"), Messages("en").frame(2024, "planned")
('2023年实际', '2024, plan')
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rag.language.resources import load_toml
from rag.language.spelling import Corrections
from rag.schema import Language, Status


@dataclass(frozen=True, slots=True)
class Messages:
    """The wording of one language (`data/messages.toml`)."""

    language: Language

    @property
    def _data(self) -> dict[str, Any]:
        data: dict[str, Any] = load_toml("language/messages.toml")[self.language]
        return data

    def fill(self, name: str, **values: object) -> str:
        """A message with its placeholders filled."""
        return str(self._data[name]).format(**values)

    def frame(self, year: int | None, status: Status, place: str = "") -> str:
        """Year and status in words: 2023年实际, or: 2023, outturn; without a year the status alone.

        With a place: 安徽省2023年实际, or: Anhui, 2023, outturn.
        """
        told = str(self._data["status"][status])
        frame = self.fill("frame", year=year, status=told) if year else told
        return self.fill("placed", place=place, frame=frame) if place else frame

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
