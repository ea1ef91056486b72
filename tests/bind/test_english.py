"""English sentences are bound by the same fields: forms on a line of text, and every rule by its examples."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rag.bind.bound import Bound
from rag.bind.english import bind_english
from rag.bind.english.slots import find_figures, is_number_only, noise_rules
from rag.bind.english.time import find_english_times, pattern, time_data
from rag.bind.english.verbs import guessed_form, participle, verb_forms
from rag.bind.english.words import compiled, english_data
from rag.bind.periods import Frame
from rag.language import find_quantities, load_tsv

FRAME = Frame(None, 2024, "actual", 2025)
FORMS = [
    line.split("\t")
    for line in (Path(__file__).parent / "english_forms.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
RULES = [
    (name, rule)
    for name in ("asides", "carriers", "openings", "intended")
    for rule in english_data()[name]["rule"]
]


def shown(bound: Bound) -> str:
    period, quantity = bound.period, bound.slot.quantity
    when = f"{period.kind}:{period.start}-{period.end}:{period.part or ''}"
    flow = bound.flow or "-"
    fields = (
        bound.subject,
        str(quantity.value),
        quantity.unit,
        bound.reading.measure,
        flow,
        when,
        bound.status,
    )
    return "|".join(fields)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form[0][:30])
def test_a_form_of_the_reports_is_bound(form: list[str]) -> None:
    sentence, *expected = form
    assert [shown(bound) for bound in bind_english(sentence, FRAME, "全国")] == expected


def noise(before: str, figure: str, after: str) -> bool:
    sentence = before + figure + after
    found = [q for q in find_quantities(sentence) if len(before) <= q.start < len(before + figure)]
    return not found or is_number_only(sentence, found[0])


@pytest.mark.parametrize("rule", noise_rules(), ids=lambda rule: rule["name"])
def test_a_number_that_is_no_figure_is_left_out(rule: dict[str, list[list[str]]]) -> None:
    assert all(noise(*example) for example in rule["examples"])
    assert not any(noise(*example) for example in rule["spared"])


@pytest.mark.parametrize(
    ("name", "rule"), RULES, ids=lambda value: value if isinstance(value, str) else value["name"]
)
def test_a_rule_finds_its_examples_alone(name: str, rule: dict[str, list[str]]) -> None:
    found = re.compile(str(rule["pattern"]), re.IGNORECASE)
    find = found.match if name == "openings" else found.search
    assert all(find(example) for example in rule["examples"])
    assert not any(find(example) for example in rule.get("spared", []))


@pytest.mark.parametrize(
    ("section", "name"), [("endings", "pattern"), ("per", "pattern"), ("changes", "more")]
)
def test_a_pattern_finds_its_examples_alone(section: str, name: str) -> None:
    assert all(compiled(section, name).search(text) for text in english_data()[section]["examples"])
    assert not any(compiled(section, name).search(text) for text in english_data()[section]["spared"])


@pytest.mark.parametrize(
    "rule", [*time_data()["year"]["rule"], *time_data()["passage"]["rule"]], ids=lambda rule: rule["name"]
)
def test_words_that_name_a_year_find_their_examples_alone(rule: dict[str, list[str]]) -> None:
    assert all(re.search(str(rule["pattern"]), text, re.IGNORECASE) for text in rule["examples"])
    assert not any(re.search(str(rule["pattern"]), text, re.IGNORECASE) for text in rule["spared"])


def kinds(text: str) -> list[str]:
    return [time.period.kind for time in find_english_times(text, FRAME)]


def test_several_years_plans_and_parts_find_their_examples_alone() -> None:
    data = time_data()
    several = [text for texts in data["several"]["examples"].values() for text in texts]
    assert all(
        kinds(text) == ["span"] for text in [*several, *data["plan"]["examples"], *data["since"]["examples"]]
    )
    assert all(kinds(text) == ["year"] for text in data["fiscal"]["examples"])
    assert all(kinds(text) == ["part"] for text in data["part"]["examples"])
    assert all(kinds(text) == ["part"] for rule in data["part"]["rules"] for text in rule["examples"])
    assert not any("span" in kinds(text) for text in [*data["several"]["spared"], *data["plan"]["spared"]])
    assert not any("part" in kinds(text) for text in data["part"]["spared"])


def test_a_time_is_a_point_or_compared_by_the_words_before_it() -> None:
    lead = time_data()["lead"]
    assert all(pattern("lead", "point").search(text) for text in lead["points"])
    assert not any(pattern("lead", "point").search(text) for text in lead["spared"])
    assert all(pattern("lead", "compared").search(text) for text in lead["comparisons"])
    assert not any(pattern("lead", "compared").search(text) for text in lead["level"])


def test_words_of_averages_find_their_examples_alone() -> None:
    average = time_data()["average"]
    assert all(pattern("average", "words").search(text) for text in average["examples"])
    assert not any(pattern("average", "words").search(text) for text in average["spared"])


def test_every_verb_is_known_by_its_forms() -> None:
    for lemma, *_ in load_tsv("bind/english_verbs.tsv"):
        assert (lemma, "base") in verb_forms(lemma)
        assert (lemma, "part") in verb_forms(participle(lemma))
    assert guessed_form("digitalizing") == ("digitaliz", "ing")


def test_a_figure_points_into_its_sentence() -> None:
    sentence = "Revenue rose from 5 billion to 6 billion yuan per year, and about 1.35 billion people gained."
    for figure in find_figures(sentence):
        quantity = figure.quantity
        assert sentence[quantity.start : quantity.end] == quantity.text
        assert figure.span.start <= quantity.start < quantity.end <= figure.span.end


def test_places_take_their_figures() -> None:
    bound = bind_english(
        "Hangzhou’s GDP reached 5 billion yuan; fiscal revenue was 3 billion yuan.", FRAME, "浙江省"
    )
    assert [(one.place, one.subject) for one in bound] == [("杭州市", "GDP"), ("浙江省", "fiscal revenue")]


@pytest.mark.parametrize(
    "text",
    [
        ", ".join(f"project {i} received {i} billion yuan" for i in range(2, 150)) + ".",
        "growth " * 2000 + "reached 5 percent.",
        "(up 5 percent, (of which 3 percent",
        "5 percent.",
        "The the of 5 and 6 or 7 million of which that.",
        "from 5 to to 6 by 7 by",
    ],
    ids=lambda text: text[:20],
)
def test_odd_text_is_bound_or_left_out(text: str) -> None:
    for one in bind_english(text, FRAME, "全国"):
        assert one.subject == one.subject.strip()
        assert one.slot.clause.start <= one.slot.quantity.start < one.slot.quantity.end <= one.slot.clause.end
