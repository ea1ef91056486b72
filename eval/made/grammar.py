"""Forms -> sentences: fills the slots of a form and knows what every figure says.

>>> from random import Random
>>> from eval.made.places import draw_place
>>> rng = Random(3)
>>> writer = Writer(rng, draw_place(rng, "city"), 2026, "work_report")
>>> said = writer.write("level_growth", 2025, "actual")
>>> said.text
'全市旅游总收入达到76.3亿元，比上年增长7.2%。'
>>> [(s.subject, s.measure, s.value, s.unit, said.text[s.start : s.end]) for s in said.statements][1]
('旅游总收入', 'growth', '7.2', '%', '7.2%')
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

from eval.made.filling import Filling
from eval.made.forms import Form, fitting, named
from eval.made.numerals import han_year
from eval.made.patterns import Part, compile_pattern
from eval.made.places import Place, nation, stems
from eval.made.subjects import Scene, draw_subjects
from eval.made.truth import Noise, Statement
from eval.made.values import Values

_TRIES = 4  # for a sentence that the document does not hold yet
_JOINED = 0.3  # share of the sentences that are made of several forms
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
    """A sentence with its statements and its noise, whose offsets count from its beginning."""

    text: str
    statements: tuple[Statement, ...]
    form: str
    noise: tuple[Noise, ...] = ()


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

    def draw(self, year: int, mode: str) -> Sentence:
        """A sentence of a section of a mode (actual, planned, five, plan5) that speaks of a year."""
        for _ in range(_TRIES):
            form = self._choose(mode)
            sentence = self.fill(form, year, mode)
            if form.clause and self.language == "zh" and self.rng.random() < _JOINED:
                sentence = join(sentence, *self._more(form, year, mode))
            if sentence.text not in self.said:
                break
        self.said.add(sentence.text)
        return sentence

    def write(self, name: str, year: int, mode: str) -> Sentence:
        """A sentence of a named form."""
        return self.fill(named(self.language, name), year, mode)

    def year_text(self, year: int) -> str:
        """A year as the document writes it."""
        return han_year(year) if self.style == "han" else str(year)

    def _more(self, first: Form, year: int, mode: str) -> list[Sentence]:
        """One or two sentences of other forms, to stand behind a first one."""
        chosen = {form.name: form for form in (self._choose(mode, clauses=True) for _ in range(2))}
        chosen.pop(first.name, None)
        return [self.fill(form, year, mode, follows=True) for form in chosen.values()]

    def _choose(self, mode: str, *, clauses: bool = False) -> Form:
        found, weights = fitting(self.language, mode, self.kind, self.place.level, clauses)
        return self.rng.choices(found, cum_weights=weights)[0]

    def fill(self, form: Form, year: int, mode: str, *, follows: bool = False) -> Sentence:
        """A sentence of a form; `follows`: it stands behind another one."""
        parts = compile_pattern(self.rng.choice(form.texts), self.language == "zh")
        scene = Scene(self.language, self.place.level, self.year)
        drawn = draw_subjects(self.rng, form, _letters(parts), scene)
        counted = next((s.indicator for s in drawn.values() if "examples" in s.indicator), {})
        names = self._names(counted, year, "" if follows else mode)
        status = "planned" if mode in {"planned", "plan5"} else "actual"
        filling = Filling(self, drawn, names, year, status, form.name)
        filling.write(parts)
        text = "".join(filling.text)
        if self.language == "en":
            text = text[:1].upper() + text[1:]
        return Sentence(text, tuple(filling.finish(text)), form.name, tuple(filling.noise))

    def _names(self, counted: Mapping[str, Any], year: int, mode: str) -> dict[str, Any]:
        rng, place = self.rng, self.place
        parts = rng.sample(place.parts, 3)
        (s, latin), (t, _) = rng.sample(stems(), 2)
        examples = rng.sample(counted["examples"], 2) if counted else ["", ""]
        made = [example.replace("{s}", s[0]).replace("{t}", t[-1]) for example in examples]
        times = ["", "", f"{self.year_text(year)}年，", "全年"] + ["去年，"] * (year == self.year - 1)
        above = place.parent or nation()
        zone = replace(
            place, zh=f"{s}{t[-1]}经济技术开发区", en=f"{latin} Development Zone", scale=place.scale / 8
        )
        children = replace(place, zh="、".join(part.zh for part in parts), en="")
        return {
            "all": place.all,
            "ours": place.ours,
            "parent": above.zh,
            "over": rng.choice(["全国", above.all]),
            "plan": plan_of(year),
            "time": rng.choice(times) if mode == "actual" else "",
            "now": rng.choice([times[2], "今年，", ""]) if mode == "planned" else "",
            "example1": made[0],
            "example2": made[1],
            "entity": f"{s}{t[-1]}产业园",
            "zone": zone.zh,
            **{f"child{i}": part.zh for i, part in enumerate(parts, start=1)},
            "places": {
                "here": place,
                "nation": nation(),
                "parent": above,
                "zone": zone,
                "children": children,
                **{f"child{i}": part for i, part in enumerate(parts, start=1)},
            },
        }


def _letters(parts: tuple[Part, ...]) -> set[str]:
    """The letters of a pattern."""
    found = {part[1] for part in parts if part[0] in {"name", "attr", "figure"}}
    return found.union(*(_letters(one) for part in parts if part[0] == "choice" for one in part[1]))


def join(first: Sentence, *others: Sentence) -> Sentence:
    """Several sentences as the clauses of one.

    >>> one, two = Sentence("粮食增产。", (), "a"), Sentence("农民增收。", (), "b")
    >>> join(one, two).text
    '粮食增产，农民增收。'
    """
    text = "，".join(one.text.rstrip("。") for one in (first, *others)) + "。"
    statements, noise, at = [], [], 0
    for one in (first, *others):
        statements += [replace(s, start=s.start + at, end=s.end + at, sentence=text) for s in one.statements]
        noise += [replace(n, start=n.start + at, end=n.end + at) for n in one.noise]
        at += len(one.text.rstrip("。")) + 1
    return Sentence(text, tuple(statements), first.form, tuple(noise))
