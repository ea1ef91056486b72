"""The sentence forms of `data/forms/`: families of templates, each form with several wordings.

    {A} {B} {C}     the name of an indicator drawn for that letter; `draw` gives its kind (else flow)
    {P} {Q}         parts of A (draw: part)          {A.level ...} a figure of A: it becomes a statement
    {A:short}       another word of the letter: short and tail (of a group), act, acted (the act and the
                    name), did, entity
    {!why text}     a figure that is no statement
    [a|b|]          one of these words               {Y} {Y-5} a year; {plan} its five-year plan
    {all} {ours} {parent} {over} {child1} {zone} {entity} {example1}     names of places and things

Measures: level growth decline share from to rank points (a change in percentage points) down range levels
times more fewer (a change in the thing's own unit) cut gap some few, and sums. Words after a measure set the
statement's fields: year=-1 (from the section's year), point=+4, span=5 and average=5 (the years up to the
section's), part=H1, flow=new|total, status=, place=nation|parent|child1|zone, entity=E, of=A (the whole) or
of=-5 (the base year), q=pre|post|within|WORD (a qualifier that is written), said=WORD (one that the form has
written), as=WORDS (the subject, with <A>, <K:acted> for what was drawn).

`when`: the sections that it fits: actual (of a year), planned, five (of several years), plan5 (a plan for
several). `kinds`: only documents of these kinds. `clause`: may follow another in one sentence. `group`: the
letters are members of one group. `below`: only places below this level. `lasting`: its time or place could
hold for what follows, so that it stands last in its paragraph. Weight 1 unless `often` says more.

>>> form = named("zh", "base_year")
>>> form.family, form.when, form.texts[1]
('changes', ('actual',), '{A}较{Y-5}年增长{A.growth of=-5}。')
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate

from eval.made.sources import DATA, load

_NATION = ("{over}", "{parent}", "全国", "place=nation")  # words of a place below the nation


@dataclass(frozen=True, slots=True)
class Form:
    """What is said, in several wordings; the fields are those of the data files."""

    name: str
    family: str
    language: str
    when: tuple[str, ...]
    texts: tuple[str, ...]
    draw: Mapping[str, str] = field(default_factory=dict)
    group: str = ""
    kinds: tuple[str, ...] = ()
    clause: bool = False
    lasting: bool = False
    below: str = ""
    often: int = 1

    def fits(self, mode: str, kind: str, level: str) -> bool:
        """Whether a section of a mode, in a document of a kind about a place of a level, may hold it."""
        if mode not in self.when or (self.kinds and kind not in self.kinds):
            return False
        above = {"nation": ("nation",), "province": ("nation", "province", "region")}.get(self.below, ())
        return level not in above and (
            level != "nation" or not any(word in self.texts[0] for word in _NATION)
        )


@cache
def forms(language: str) -> tuple[Form, ...]:
    """Every form of a language."""
    found = []
    for path in sorted((DATA / "forms").glob("*.toml")):
        data = load(f"forms/{path.stem}")
        if data.get("language", "zh") == language:
            for row in data["forms"]:
                row = {key: tuple(v) if isinstance(v, list) else v for key, v in row.items()}
                found.append(Form(family=data["family"], language=language, **row))
    return tuple(found)


@cache
def named(language: str, name: str) -> Form:
    """The form of a name."""
    return next(form for form in forms(language) if form.name == name)


@cache
def fitting(
    language: str, mode: str, kind: str, level: str, clauses: bool = False
) -> tuple[list[Form], list[int]]:
    """The forms that fit, with their cumulated weights; `clauses`: only those that may follow another."""
    found = [
        form for form in forms(language) if form.fits(mode, kind, level) and (form.clause or not clauses)
    ]
    return found, list(accumulate(form.often for form in found))


@cache
def families() -> dict[str, str]:
    """Form -> its family."""
    return {form.name: form.family for language in ("zh", "en") for form in forms(language)}
