"""Each form of a made sentence, and each kind of table, says what a careful reader would write of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest

from eval.made.forms import Form, forms, named
from eval.made.grammar import Sentence, Writer, join
from eval.made.patterns import compile_pattern
from eval.made.places import draw_place
from eval.made.tables import DraftTable, by_place, with_targets, with_units, yearly

FIVE = {"five_work": {"span"}, "five_held": {"point"}, "five_average": {"average"}, "five_from_to": {"year"}}


def sentences(form: Form, seed: int = 1) -> list[Sentence]:
    """A form in each of its wordings, in the first section that it fits."""
    rng, english = Random(seed), form.language == "en"
    level = next(
        level
        for level in ("county", "nation")
        if form.fits(form.when[0], (*form.kinds, "work_report")[0], level)
    )
    kind = "english_report" if english else "work_report"
    writer = Writer(rng, draw_place(rng, level), 2026, kind, form.language)
    year = {"planned": 2026, "plan5": 2030}.get(form.when[0], 2025)
    return [writer.fill(replace(form, texts=(text,)), year, form.when[0]) for text in form.texts]


@pytest.mark.parametrize("form", [*forms("zh"), *forms("en")], ids=lambda form: form.name)
def test_every_wording_of_a_form_says_where_its_figures_stand(form: Form) -> None:
    for one in sentences(form):
        assert not re.search(r"[{}<>\[\]|_]", one.text)
        for said in one.statements:
            assert one.text[said.start : said.end] == said.figure
            assert said.subject
            assert not re.search(r"[{}<>_]", said.subject)
            assert said.status == ("planned" if form.when[0] in {"planned", "plan5"} else said.status)
        for noise in one.noise:
            assert one.text[noise.start : noise.end] == noise.text
            assert not any(said.start < noise.end and noise.start < said.end for said in one.statements)
        figures = sum(part[0] == "figure" for part in compile_pattern(form.texts[0], form.language == "zh"))
        assert len(sentences(form)[0].statements) == figures


@pytest.mark.parametrize(
    ("name", "pattern", "subjects"),
    [
        ("shared_head_decline", r"(\w+)(起数|授权量|拥有量|可支配收入|营业收入|存款余额).*", 2),
        ("shared_tail_growth", r"(\w+?)[、和](\w+)(产量|投资|收入|增加值|覆盖率).*", 2),
        ("shared_verb", r"(全年)?(\w+?)\d.*", 2),
        ("of_which", r"(\w+?)[\d.]+.*其中.*", 5),
        ("new_and_total", r".*新增.*(累计|总数|总量).*", 2),
    ],
)
def test_figures_that_share_words_have_whole_subjects(name: str, pattern: str, subjects: int) -> None:
    first = sentences(named("zh", name), seed=4)[0]
    assert re.match(pattern, first.text)
    assert len(first.statements) == subjects
    assert all(len(said.subject) > 3 for said in first.statements)


def test_a_review_of_five_years_tells_sums_averages_and_what_stands_at_their_end() -> None:
    kinds = {
        form: {s.period.kind for one in sentences(named("zh", form)) for s in one.statements} for form in FIVE
    }
    assert kinds == FIVE
    work = sentences(named("zh", "five_work"))[0].statements[0].period
    assert (work.start, work.end) == (2021, 2025)


def test_clauses_of_one_sentence_keep_the_places_of_their_figures() -> None:
    one, two, three = (sentences(named("zh", name))[0] for name in ("level_growth", "threshold", "work"))
    joined = join(one, two, three)
    assert joined.text.count("。") == 1
    assert [joined.text[s.start : s.end] for s in joined.statements] == [
        s.figure for s in (*one.statements, *two.statements, *three.statements)
    ]
    assert [joined.text[n.start : n.end] for n in joined.noise] == ["10亿元"]


@pytest.mark.parametrize("kind", [yearly, with_units, with_targets, by_place])
def test_every_figure_of_a_table_is_a_statement(kind: Callable[[Writer, int, int], DraftTable]) -> None:
    rng = Random(2)
    table = kind(Writer(rng, draw_place(rng, "city"), 2026, "plan"), 2025, 1)
    cells = [cell for row in table.rows for cell in row if re.fullmatch(r"-?[\d.]+", cell)]
    assert [said.figure for said in table.statements] == cells
    assert all(len(row) == len(table.header[0]) for row in table.rows)
    assert all(said.sentence[said.start : said.end] == said.figure for said in table.statements)
    if kind is with_targets:
        assert {said.status for said in table.statements} == {"planned", "actual"}
    if kind is by_place:
        assert len({said.place for said in table.statements}) == len(table.rows)
