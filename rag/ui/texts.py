"""The wording of the page in one language (`data/interface.toml`).

>>> Texts("zh").fill("step_found", count=24)
'查阅 24 段'
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rag.bind import Coverage
from rag.language import Messages, load_toml
from rag.schema import Language, Status

_LANGUAGES: dict[str, Language] = {"zh": "zh", "en": "en"}


@dataclass(frozen=True, slots=True)
class Example:
    """A question to begin with, and what kind it is."""

    kind: str
    question: str


@dataclass(frozen=True, slots=True)
class Texts:
    """The wording of one language."""

    language: Language

    @property
    def _data(self) -> dict[str, Any]:
        data: dict[str, Any] = load_toml("ui/interface.toml")[self.language]
        return data

    def __getitem__(self, name: str) -> str:
        return str(self._data[name])

    def fill(self, name: str, **values: object) -> str:
        """A text with its placeholders filled."""
        return str(self._data[name]).format(**values)

    def name(self, table: str, key: str) -> str:
        """The word for a key of a table: what a verdict or a status is called."""
        return str(self._data[table][key])

    def kind(self, kind: str | None) -> str:
        """What a kind of document is called; empty where none is known.

        >>> Texts("en").kind("bulletin"), Texts("zh").kind(None)
        ('Statistical bulletin', '')
        """
        return self.name("kinds", kind) if kind else ""

    def frame(self, year: int | None, status: Status) -> str:
        """Year and status in words: 2023年实际."""
        return Messages(self.language).frame(year, status)

    def join(self, items: Sequence[object]) -> str:
        """A list in words; whole numbers are years."""
        return Messages(self.language).join(items)

    def examples(self, coverage: Coverage) -> tuple[Example, ...]:
        """A question of every kind, about the years that are covered."""
        years = example_years(coverage)
        return tuple(Example(row["kind"], row["question"].format(**years)) for row in self._data["examples"])


def example_years(coverage: Coverage) -> dict[str, int]:
    """The years that an example may name: a plan speaks of its own year and of the one before."""
    planned = coverage.newest_plan
    actual = planned - 1
    missing = next(year for year in range(planned - 2, 0, -1) if year not in coverage.years)
    earlier = min((year for year in coverage.years if year != actual), default=planned)
    return {"planned": planned, "actual": actual, "earlier": earlier, "missing": missing}


def choose_language(wanted: str, accepted: str) -> Language:
    """The language asked for, else the first that the browser accepts, else Chinese.

    >>> choose_language("", "de;q=0.9,en-GB,zh;q=0.8"), choose_language("zh", "en")
    ('en', 'zh')
    """
    if wanted in _LANGUAGES:
        return _LANGUAGES[wanted]
    ranked: list[tuple[float, str]] = []
    for item in accepted.split(","):
        tag, _, quality = item.strip().partition(";q=")
        try:
            ranked.append((-float(quality or 1), tag[:2].lower()))
        except ValueError:
            continue
    for _, tag in sorted(ranked, key=lambda pair: pair[0]):
        if tag in _LANGUAGES:
            return _LANGUAGES[tag]
    return "zh"
