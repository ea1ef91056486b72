from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from time import process_time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rag.language.agreement import agreement
from rag.language.analysis import to_simplified
from rag.language.numerals import fold_figures, fold_width, parse_numeral
from rag.language.quantity import find_quantities, qualified_span
from rag.language.resources import load_toml
from rag.schema import Document, Quantity

SPECS = Path(__file__).parent / "specs"


def read_forms() -> list[tuple[str, str]]:
    """Texts with their figures: forms by kind, and a set that was written before the reader was tried."""
    lines = [
        line
        for name in ("figures", "blind")
        for line in (SPECS / f"{name}.tsv").read_text("utf-8").split("\n")
    ]
    return [
        (text, figures) for text, figures in (line.split("\t") for line in lines if line and line[0] != "#")
    ]


def shown(quantity: Quantity) -> str:
    value = round(quantity.value, 4) if quantity.unit_class == "ratio" else quantity.value
    told = quantity.told if quantity.terms else f"{value.normalize():f}" if value % 1 else str(value)
    told += f"..{quantity.upper}" if quantity.upper is not None else ""
    unit, qualifier = quantity.unit, quantity.qualifier or ""
    return ";".join((quantity.text, told, unit, quantity.unit_class, qualifier, quantity.role))


@pytest.mark.parametrize(("text", "figures"), read_forms())
def test_forms(text: str, figures: str) -> None:
    assert (" | ".join(map(shown, find_quantities(text))) or "-") == figures


@pytest.mark.parametrize("label", load_toml("language/labels.toml")["label"], ids=lambda label: label["name"])
def test_labels_are_no_figures(label: dict[str, list[str]]) -> None:
    assert [q.text for example in label["examples"] for q in find_quantities(example)] == []


@pytest.mark.parametrize(
    "ways",
    [
        (
            "1亿6000万元",
            "一亿六千万元",
            "1.6亿元",
            "16000万元",
            "160,000,000元",
            "１．６億元",
            "RMB 160 million",
        ),
        ("5万6千人", "5.6万人", "五万六千人", "56,000人", "56 000人", "56,000 people"),
        ("提高两三个百分点", "提高2—3个百分点", "提高2到3个百分点", "up 2 to 3 percentage points"),
        ("下降3.2%", "增长-3.2%", "负增长3.2%", "同比下降百分之三点二", "down 3.2 percent"),
        ("半数以上", "一半以上", "百分之五十以上", "五成以上", "1/2以上", "二分之一以上"),
        ("增长一倍", "翻一番", "为原来的2倍"),
        ("7.2张/千人", "每千人口床位7.2张", "72张/万人"),
        ("三次产业结构4.6:47.5:47.9", "4.6∶47.5∶47.9", "4.6：47.5：47.9"),
        ("居全国第5位", "居全国第五", "ranked fifth", "ranked No. 5"),
    ],
    ids=lambda ways: ways[0],
)
def test_ways_to_write_one_figure(ways: tuple[str, ...]) -> None:
    figures = [find_quantities(way) for way in ways]
    assert all(len(found) == 1 for found in figures), figures
    assert {agreement(one[0], figures[0][0]) for one in figures} == {"supported"}


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("100亿元", "数百亿元"), ("10家", "几十家企业"), ("100个", "近百个"), ("1万人", "上万人"),
        ("增长4.4%", "负增长4.4%"), ("6000万元", "1亿6000万元"), ("增长5%", "增长百分之五到六"),
        ("3亿元", "3亿港币"), ("居第3位", "居第5位"), ("增长2倍", "是上年的2倍"), ("4.6:47.5:47.9", "4.6:47.9:47.5"),
    ],
)  # fmt: skip
def test_another_figure_bears_none_out(claim: str, source: str) -> None:
    verdicts = [agreement(one, other) for one in find_quantities(claim) for other in find_quantities(source)]
    assert "supported" not in verdicts
    assert "rounded" not in verdicts


@pytest.mark.parametrize(
    "part",
    [
        "1",
        "一",
        "1,",
        "1，",
        "1:",
        "1 ",
        "“一",
        "每人",
        "百分之",
        "第1位,",
        "1万",
        "半",
        "A1",
        "1.2",
        "5%-",
        "三四",
    ],
)
def test_a_long_line_is_read_in_a_moment(part: str) -> None:
    def seconds(count: int) -> float:
        start = process_time()
        find_quantities(part * count + "元")
        return process_time() - start

    seconds(10)
    assert seconds(20_000 // len(part)) < 3


def test_traditional_characters_are_read_as_simplified_ones() -> None:
    pairs = load_toml("language/quantity.toml")["numerals"]["traditional"]
    ambiguous = str.maketrans("参圆於後", "叁元于后")
    assert "".join(to_simplified(char) for char in pairs[0]).translate(ambiguous) == pairs[1]


def read_specs() -> list[tuple[str, list[tuple[str, ...]], bool]]:
    """tests/language/specs/quantities.tsv: text, figures (surface, value, unit, qualifier), known failure."""
    specs = []
    for line in (SPECS / "quantities.tsv").read_text("utf-8").splitlines():
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
    assert len(fold_width(text)) == len(fold_figures(text)) == len(text)


@given(
    st.text(
        alphabet="0123456789.,:/·，%一二三百千万亿兆点分之成倍年月第约超以上内-—()（）元家个每人翻番半负伍仟億",
        max_size=40,
    )
)
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
