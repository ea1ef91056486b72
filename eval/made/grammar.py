"""Statements -> sentences: draws a form, fills its slots and knows what every figure says.

>>> from random import Random
>>> from eval.made.places import draw_place
>>> rng = Random(3)
>>> writer = Writer(rng, draw_place(rng, "city"), 2026, "work_report")
>>> said = writer.write("level_growth", 2025, "actual")
>>> said.text
'政府性基金预算收入达到114.78亿元，比上年增长4.4%。'
>>> [(s.subject, s.measure, s.value, s.unit, said.text[s.start : s.end]) for s in said.statements][1]
('政府性基金预算收入', 'growth', '4.4', '%', '4.4%')
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate
from random import Random
from typing import Any

from eval.made.binding import Bound, Subject, bind
from eval.made.numerals import han_year, write_figure, write_range
from eval.made.patterns import Part, compile_pattern
from eval.made.places import Place, nation, stems
from eval.made.sources import load
from eval.made.truth import Statement
from eval.made.values import Values

_TRIES = 4  # for a sentence that the document does not hold yet
_PLANS = {
    1986: "七五",
    1991: "八五",
    1996: "九五",
    2001: "十五",
    2006: "十一五",
    2011: "十二五",
    2016: "十三五",
}
_PLANS |= {2021: "十四五", 2026: "十五五", 2031: "十六五", 1981: "六五"}


def plan_of(year: int) -> str:
    """The five-year plan that a year belongs to.

    >>> plan_of(2025), plan_of(2026)
    ('十四五', '十五五')
    """
    return _PLANS[year - (year - 1) % 5]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its statements, whose offsets count from its beginning."""

    text: str
    statements: tuple[Statement, ...]
    form: str


@cache
def _forms(language: str) -> tuple[dict[str, Any], ...]:
    return tuple(load("sentences" if language == "zh" else "english")["forms"])


@cache
def _fitting(language: str, status: str, kind: str, level: str) -> tuple[list[dict[str, Any]], list[int]]:
    """The forms that a section of a kind of document may use, with their cumulated weights."""
    fitting = [form for form in _forms(language) if _fits(form, status, kind, level)]
    return fitting, list(accumulate(form.get("often", 1) for form in fitting))


def _fits(form: Mapping[str, Any], status: str, kind: str, level: str) -> bool:
    if form["when"] != status or kind not in form.get("kinds", [kind]):
        return False
    if kind == "outline" and status == "planned" and "kinds" not in form:
        return form["name"] in {"intention"}  # its targets name their year
    return level != "nation" or not ("nation" in form["text"] or form["name"] in {"rank"})


@cache
def indicators(kind: str) -> tuple[Mapping[str, Any], ...]:
    """The indicators that a sentence form may draw for a kind of letter."""
    every = [*load("indicators")["indicators"], *load("sentences")["extra"]]
    if "whole" in kind:
        kinds, least = {"stock"} if kind == "stock_whole" else {"flow", "index"}, 2 if "two" in kind else 1
        return tuple(one for one in every if one["kind"] in kinds and len(one.get("parts", ())) >= least)
    return tuple(one for one in every if one["kind"] == kind)


@dataclass(slots=True)
class Writer:
    """Writes the sentences of one document."""

    rng: Random
    place: Place
    year: int
    kind: str
    language: str = "zh"
    style: str = "plain"
    values: Values = field(init=False)
    said: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        english, grouped = self.language == "en", self.style != "commas"
        self.values = Values(self.rng, self.place.scale, english, grouped)

    def draw(self, year: int, status: str) -> Sentence:
        """A sentence of a section that speaks of a year."""
        forms, weights = _fitting(self.language, status, self.kind, self.place.level)
        for _ in range(_TRIES):
            sentence = self._fill(self.rng.choices(forms, cum_weights=weights)[0], year, status)
            if sentence.text not in self.said:
                break
        self.said.add(sentence.text)
        return sentence

    def write(self, name: str, year: int, status: str) -> Sentence:
        """A sentence of a named form."""
        form = next(form for form in _forms(self.language) if form["name"] == name)
        return self._fill(form, year, status)

    def year_text(self, year: int) -> str:
        """A year as the document writes it."""
        return han_year(year) if self.style == "han" else str(year)

    def _fill(self, form: Mapping[str, Any], year: int, status: str) -> Sentence:
        parts = compile_pattern(form["text"], self.language == "zh")
        drawn = self._subjects(form.get("draw", {}), parts)
        filling = _Filling(self, drawn, self._names(drawn, year, status), year, status, form["name"])
        filling.write(parts)
        text = "".join(filling.text)
        if self.language == "en":
            text = text[:1].upper() + text[1:]
        return Sentence(text, tuple(filling.finish(text)), form["name"])

    def _subjects(self, kinds: Mapping[str, str], parts: Sequence[Part]) -> dict[str, Subject]:
        letters = sorted({part[1] for part in parts if part[0] in {"name", "figure"}})
        drawn: dict[str, Subject] = {}
        used: set[str] = set()
        for letter in letters:
            kind = kinds.get(letter, "flow")
            subject = self._part(drawn["A"], used) if kind == "part" else self._subject(kind, used)
            used.add(subject.name_en)
            drawn[letter] = subject
        return drawn

    def _subject(self, kind: str, used: set[str]) -> Subject:
        options = indicators(kind)
        while True:
            one = self.rng.choice(options)
            if one["en"] not in used and one.get("since", 0) <= self.year - 5:
                break
        name = self.rng.choice(one["names"])
        if self.place.level == "nation" and "nation" in one:
            name = one["nation"]
        return Subject(name if self.language == "zh" else one["en"], one["en"], one)

    def _part(self, whole: Subject, used: set[str]) -> Subject:
        names, english = whole.indicator["parts"], whole.indicator["parts_en"]
        left = [i for i, name in enumerate(english) if name not in used] or [0]
        i = self.rng.choice(left)
        part = {**whole.indicator, "whole": whole.name_en}
        return Subject(names[i] if self.language == "zh" else english[i], english[i], part)

    def _names(self, drawn: Mapping[str, Subject], year: int, status: str) -> dict[str, Any]:
        rng, place = self.rng, self.place
        parts = rng.sample(place.parts, 3)
        counted = next((one.indicator for one in drawn.values() if "acts" in one.indicator), None)
        examples = rng.sample(counted["examples"], 2) if counted else ["", ""]
        (s, _), (t, _) = rng.sample(stems(), 2)
        times = ["", "", f"{self.year_text(year)}年，", "全年"] + ["去年，"] * (year == self.year - 1)
        made = [example.replace("{s}", s[0]).replace("{t}", t[-1]) for example in examples]
        return {
            "all": place.all,
            "time": rng.choice(times) if status == "actual" else "",
            "act": rng.choice(counted["acts"]) if counted else "",
            "example1": made[0],
            "example2": made[1],
            "entity": f"{s}{t[-1]}产业园",
            "child1": parts[0].zh,
            "child2": parts[1].zh,
            "child3": parts[2].zh,
            "places": {
                "here": place,
                "nation": nation(),
                "child1": parts[0],
                "child2": parts[1],
                "child3": parts[2],
            },
        }


@dataclass(slots=True)
class _Filling:
    """One form being written."""

    writer: Writer
    drawn: Mapping[str, Subject]
    names: Mapping[str, Any]
    year: int
    status: str
    form: str
    text: list[str] = field(default_factory=list)
    length: int = 0
    found: list[tuple[Bound, str | None, int, int]] = field(default_factory=list)

    def write(self, parts: Sequence[Part]) -> None:
        for part in parts:
            match part[0]:
                case "text":
                    self._add(part[1])
                case "name":
                    self._add(self.drawn[part[1]].name)
                case "var":
                    self._add(self.names[part[1]])
                case "year":
                    self._add(self.writer.year_text(self.year + part[1]))
                case "choice":
                    self.write(self.writer.rng.choice(part[1]))
                case _:
                    self._figure(part)

    def _add(self, text: str) -> None:
        self.text.append(text)
        self.length += len(text)

    def _figure(self, slot: Part) -> None:
        writer = self.writer
        bound = bind(writer.values, slot, self.drawn, self.names, self.year, self.status)
        before, after, qualifier = self._qualifier(slot[3].get("q"))
        value, style = bound.value, "en" if writer.language == "en" else writer.style
        if value.upper:
            shown = write_range(value.number, value.upper, value.unit, style)
        else:
            shown = write_figure(value.number, value.unit, style)
        self._add(before)
        start = self.length
        self._add(shown)
        self.found.append((bound, qualifier, start, self.length))
        self._add(after)

    def _qualifier(self, word: str | None) -> tuple[str, str, str | None]:
        """What stands before and behind a figure, and the qualifier that it is."""
        if word is None:
            return "", "", None
        data, rng = (
            load("sentences" if self.writer.language == "zh" else "english")["qualifiers"],
            self.writer.rng,
        )
        if self.writer.language == "en":
            return f"{word} ", "", word
        if word == "pre":
            i = rng.randrange(len(data["pre"]))
            return data["pre"][i], "", data["pre_names"][i]
        if word not in {"post", "within"}:
            return word, "", word
        after = rng.choice(data["within"] if word == "within" else data[f"post_{self.status}"])
        return "", after, after

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
