from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rag.language.numerals import fold_width, parse_numeral
from rag.language.quantity import find_quantities, qualified_span
from rag.schema import Document

# text; then for each figure: surface, magnitude in base units, unit class, qualifier, role
SPECS: list[tuple[str, list[tuple[str, str, str, str | None, str]]]] = [
    ("地区生产总值1020.9亿元", [("1020.9亿元", "102090000000", "money", None, "level")]),
    ("增长7.2%左右", [("7.2%", "7.2", "percent", "左右", "growth")]),
    ("同比下降2.2%", [("2.2%", "2.2", "percent", None, "decline")]),
    ("提高2个百分点", [("2个百分点", "2", "point", None, "growth")]),
    ("占GDP比重提高至57.8%", [("57.8%", "57.8", "percent", None, "share")]),
    ("占一般公共预算支出71.3%", [("71.3%", "71.3", "percent", None, "share")]),
    ("新增学位1.3万个", [("1.3万个", "13000", "count:个", None, "level")]),
    ("服务企业1400余次", [("1400余次", "1400", "count:次", "余", "level")]),
    ("覆盖群众21万余人", [("21万余人", "210000", "person", "余", "level")]),
    ("视频监控5600多个", [("5600多个", "5600", "count:个", "多", "level")]),
    ("解决问题近900个", [("900个", "900", "count:个", "近", "level")]),
    ("不少于200家企业", [("200家", "200", "count:家", "不少于", "level")]),
    ("控制在1.74亿立方米以内", [("1.74亿立方米", "174000000", "volume", "以内", "level")]),
    ("浓度18.6微克/立方米", [("18.6微克/立方米", "18.6", "concentration", None, "level")]),
    (
        "从987家增至1272家",
        [("987家", "987", "count:家", None, "level"), ("1272家", "1272", "count:家", None, "level")],
    ),
    ("近四成企业", [("四成", "40", "percent", "近", "level")]),
    ("百分之五以上", [("百分之五", "5", "percent", "以上", "level")]),
    ("集聚全市三分之一的企业", [("三分之一", str(Decimal(1) / 3), "ratio", None, "level")]),
    ("总投资1,234.5万元", [("1,234.5万元", "12345000", "money", None, "level")]),
    ("增长５．５％", [("５．５％", "5.5", "percent", None, "growth")]),
    ("两百三十余家", [("两百三十余家", "230", "count:家", "余", "level")]),
    (
        "8.5亩农田",
        [("8.5亩", str(Decimal("8.5") * Decimal("666.6666666666666666666666667")), "area", None, "level")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), SPECS, ids=[text for text, _ in SPECS])
def test_figures(text: str, expected: list[tuple[str, str, str, str | None, str]]) -> None:
    found = find_quantities(text)
    assert [(q.text, q.unit_class, q.qualifier, q.role) for q in found] == [
        (surface, unit_class, qualifier, role) for surface, _, unit_class, qualifier, role in expected
    ]
    assert [q.magnitude for q in found] == [Decimal(item[1]) for item in expected]


def read_specs() -> list[tuple[str, list[tuple[str, ...]], bool]]:
    """tests/language/specs/quantities.tsv: text, figures (surface, value, unit, qualifier), known failure."""
    specs = []
    for line in (Path(__file__).parent / "specs" / "quantities.tsv").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        text, figures, *mark = line.split("\t")
        expected = [] if figures == "-" else [tuple(f.strip().split(";")) for f in figures.split(" | ")]
        specs.append((text, expected, mark == ["known failure"]))
    return specs


@pytest.mark.parametrize(("text", "expected", "fails"), read_specs())
def test_specs(text: str, expected: list[tuple[str, ...]], fails: bool) -> None:
    found = []
    for q in find_quantities(text):
        assert text[q.start : q.end] == q.text
        value = str(q.value) if q.upper is None else f"{q.value}..{q.upper}"
        found.append((q.text, value, q.unit, q.qualifier or ""))
    assert (found == expected) is not fails, (
        "a known failure is right now: take its mark away" if fails else ""
    )


@pytest.mark.parametrize(
    "text",
    [
        "2019年至2023年", "2024年4月16日", "第13届", "“1+3+N”体系", "十四五规划", "5G网络与PM2.5",
        "6号线支线", "一大批企业", "1.加快建设", "区委二届四次全会", "《规划(2019-2035年)》", "见[1]和[2]", "二次供水",
    ],
)  # fmt: skip
def test_names_dates_and_labels_are_no_figures(text: str) -> None:
    assert find_quantities(text) == ()


def test_a_range_has_both_bounds() -> None:
    (quantity,) = find_quantities("增长5%-6%")
    assert (quantity.value, quantity.upper) == (Decimal(5), Decimal(6))


def test_offsets_in_the_plans(documents: dict[str, Document]) -> None:
    for document in documents.values():
        for quantity in find_quantities(document.text):
            assert document.text[quantity.start : quantity.end] == quantity.text
            span = qualified_span(document.text, quantity)
            assert span.start <= quantity.start < quantity.end <= span.end


_DIGITS = "零一二三四五六七八九"


def spell(number: int) -> str:
    """A number below 100 million in Chinese numerals, by the rules of the language."""
    if number >= 10_000:
        rest = number % 10_000
        gap = "零" if 0 < rest < 1000 else ""
        return spell(number // 10_000) + "万" + gap + (spell(rest) if rest else "")
    parts, gap = "", False
    for step, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // step % 10
        if digit:
            parts += ("零" if gap and parts else "") + _DIGITS[digit] + name
            gap = False
        else:
            gap = True
    return parts or "零"


@given(st.integers(min_value=0, max_value=99_999_999))
def test_spelled_numbers_round_trip(number: int) -> None:
    assert parse_numeral(spell(number)) == number


@given(
    st.decimals(min_value=0, max_value=99999, places=2),
    st.sampled_from(["亿元", "万元", "%", "家", "平方米", "公里"]),
    st.text(alphabet="光明区建设增长,。;的", max_size=10),
)
def test_a_written_figure_is_found_where_it_stands(value: Decimal, unit: str, before: str) -> None:
    text = f"{before}共{value}{unit}。"
    (quantity,) = find_quantities(text)
    assert quantity.text == f"{value}{unit}"
    assert text[quantity.start : quantity.end] == quantity.text
    assert quantity.value == value


@given(st.text(max_size=60))
def test_width_folding_keeps_offsets(text: str) -> None:
    assert len(fold_width(text)) == len(text)


@given(st.text(alphabet="0123456789.,%一二三百千万亿点分之成倍年月第约超以上内-—()（）元家个", max_size=40))
def test_no_text_breaks_the_reader(text: str) -> None:
    for quantity in find_quantities(text):
        assert text[quantity.start : quantity.end] == quantity.text


_SMALL = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]  # fmt: skip
_TENS = ["zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def spell_english(number: int) -> str:
    """A number below 1000 in English words."""
    if number >= 100:
        rest = f" and {spell_english(number % 100)}" if number % 100 else ""
        return f"{_SMALL[number // 100]} hundred{rest}"
    if number < 20:
        return _SMALL[number]
    return _TENS[number // 10] + (f"-{_SMALL[number % 10]}" if number % 10 else "")


@given(st.integers(min_value=2, max_value=999))
def test_english_words_round_trip(number: int) -> None:
    (quantity,) = find_quantities(f"It opened {spell_english(number)} new parks.")
    assert quantity.magnitude == number


@given(
    st.decimals(min_value=1, max_value=9999, places=2), st.sampled_from(["billion", "million", "trillion"])
)
def test_english_amounts_are_worth_their_chinese_ones(value: Decimal, scale: str) -> None:
    factor = {"million": 10**6, "billion": 10**9, "trillion": 10**12}[scale]
    (english,) = find_quantities(f"Investment came to RMB {value:,} {scale} in 2023.")
    (chinese,) = find_quantities(f"投资额{value * factor / 10**8}亿元")
    assert (english.magnitude, english.unit_class) == (chinese.magnitude, chinese.unit_class)


@given(st.text(alphabet="0123456789.,%$¥ -–abmoiln toperfydhun\n", max_size=50))
@example("0\n%")
def test_no_english_text_breaks_the_reader(text: str) -> None:
    for quantity in find_quantities(text):
        assert text[quantity.start : quantity.end] == quantity.text
