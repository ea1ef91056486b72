"""One form being written: its words one after the other, and where its figures come to stand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from eval.made.binding import Bound, Setting, bind
from eval.made.numerals import write_figure, write_range
from eval.made.patterns import Part
from eval.made.sources import load
from eval.made.subjects import Subject
from eval.made.truth import Noise, Statement

if TYPE_CHECKING:
    from eval.made.grammar import Writer

_AFTER = {"左右", "以上", "以内", "以下"}  # qualifiers that stand behind the figure
_IN_NAMES = re.compile(r"\d[\d.]*")  # 5G基站, PM2.5


@dataclass(slots=True)
class Filling:
    """The text so far, with the figures found in it."""

    writer: Writer
    drawn: Mapping[str, Subject]
    names: Mapping[str, Any]
    year: int
    status: str
    form: str
    text: list[str] = field(default_factory=list)
    length: int = 0
    found: list[tuple[Bound, str | None, int, int]] = field(default_factory=list)
    noise: list[Noise] = field(default_factory=list)

    def write(self, parts: Sequence[Part]) -> None:
        """Writes the parts of a pattern."""
        for part in parts:
            match part[0]:
                case "text":
                    self._add(part[1])
                case "name":
                    self._name(self.drawn[part[1]].name)
                case "attr":
                    self._name(self.drawn[part[1]].words[part[2]])
                case "var":
                    self._add(self.names[part[1]])
                case "noise":
                    self._noise(part[2], part[1])
                case "year":
                    self._add(self.writer.year_text(self.year + part[1]))
                case "choice":
                    self.write(self.writer.rng.choice(part[1]))
                case _:
                    self._figure(part)

    def _add(self, text: str) -> None:
        self.text.append(text)
        self.length += len(text)

    def _name(self, name: str) -> None:
        for match in _IN_NAMES.finditer(name):
            start, end = (self.length + place for place in match.span())
            self.noise.append(Noise(match[0], "name", start, end))
        self._add(name)

    def _noise(self, text: str, why: str) -> None:
        self.noise.append(Noise(text, why, self.length, self.length + len(text)))
        self._add(text)

    def _figure(self, slot: Part) -> None:
        writer = self.writer
        bound = bind(writer.values, slot, Setting(self.drawn, self.names, self.year, self.status))
        before, after, qualifier = self._qualifier(slot[3].get("q"))
        value, style = bound.value, "en" if writer.language == "en" else writer.style
        if value.upper:
            shown = write_range(value.number, value.upper, value.unit, style)
        else:
            shown = write_figure(value.number, value.unit, style)
        self._add(before)
        start = self.length
        self._add(shown)
        self.found.append((bound, qualifier or bound.qualifier, start, self.length))
        self._add(after)

    def _qualifier(self, word: str | None) -> tuple[str, str, str | None]:
        """What stands before and behind a figure, and the qualifier that it is."""
        if word is None:
            return "", "", None
        rng, english = self.writer.rng, self.writer.language == "en"
        data = load("listings")["english" if english else "qualifiers"]
        if word == "pre":
            i = rng.randrange(len(data["pre"]))
            return data["pre"][i] + " " * english, "", data["pre_names"][i]
        if english:
            word = word.replace("_", " ")
            return f"{word} ", "", word
        if word in {"post", "within"}:
            after = rng.choice(data["within"] if word == "within" else data[f"post_{self.status}"])
            return "", after, after
        return ("", word, word) if word in _AFTER else (word, "", word)

    def finish(self, text: str) -> list[Statement]:
        """The statements, now that the sentence is whole."""
        return [_state(bound, q, text, start, end, self.form) for bound, q, start, end in self.found]


def _state(bound: Bound, qualifier: str | None, text: str, start: int, end: int, form: str) -> Statement:
    value = bound.value
    return Statement(
        bound.subject,
        bound.indicator,
        bound.measure,
        value.number,
        value.upper,
        value.unit,
        qualifier,
        bound.flow,  # type: ignore[arg-type]
        bound.period,
        bound.status,
        bound.place,
        bound.entity,
        bound.of,
        text[start:end],
        start,
        end,
        text,
        0,
        form,
        bound.subject_en,
    )
