from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import SourceError
from rag.language.numerals import parse_numeral
from rag.read.readers import read_source
from rag.read.readers.counting import count_in
from rag.read.reading import Reading

SIMPLIFIED = "2024年，全县地区生产总值增长5.1%。"
TRADITIONAL = "經濟增長百分之五點三，社會消費品零售總額增加。"


def read(tmp_path: Path, data: bytes, name: str = "a.txt") -> Reading:
    (tmp_path / name).write_bytes(data)
    return read_source(tmp_path / name)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_simplified_text_in_every_encoding(encoding: str, tmp_path: Path) -> None:
    assert read(tmp_path, SIMPLIFIED.encode(encoding)).text == SIMPLIFIED + "\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "big5", "gb18030"])
def test_traditional_text_in_every_encoding(encoding: str, tmp_path: Path) -> None:
    assert read(tmp_path, TRADITIONAL.encode(encoding)).text == TRADITIONAL + "\n"


def test_english_with_typographic_quotes(tmp_path: Path) -> None:
    text = "China\u2019s GDP grew by 5 percent, \u201ca good result\u201d for the year that has passed."
    assert read(tmp_path, text.encode("cp1252")).text == text + "\n"


def test_a_download_that_broke_off_is_read_and_told(tmp_path: Path) -> None:
    reading = read(tmp_path, (SIMPLIFIED * 100).encode()[:-2])
    assert reading.text.startswith(SIMPLIFIED)
    assert reading.warnings == ("1 characters could not be read",)


def test_a_stray_nul_does_not_matter(tmp_path: Path) -> None:
    assert read(tmp_path, ("\0" + SIMPLIFIED).encode()).compact == SIMPLIFIED + "\n"


def test_text_that_was_destroyed_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="were lost"):
        read(tmp_path, ("经济" + "\ufffd" * 30).encode())


def test_a_page_that_is_called_text_is_read_as_a_page(tmp_path: Path) -> None:
    page = f"<!DOCTYPE html><title>某县计划</title><nav>首页</nav><p>{SIMPLIFIED}</p><script>x</script>"
    assert read(tmp_path, page.encode()).text == SIMPLIFIED + "\n"
    pieces = "标题\n" + f"<p>{SIMPLIFIED}</p>" * 6
    assert read(tmp_path, pieces.encode()).text.splitlines() == ["标题", *[SIMPLIFIED] * 6]


def test_what_an_archive_wrote_above_the_text_is_not_the_text(tmp_path: Path) -> None:
    header = "# 存档\n\n- title: 某规划\n- source_url: http://x\n- publish_date: 2022-05-17\n\n---\n\n"
    reading = read(tmp_path, (header + "某规划\n" + SIMPLIFIED).encode())
    assert (reading.title, reading.published) == ("某规划", "2022-05-17")
    assert reading.compact == f"某规划\n{SIMPLIFIED}\n"
    comments = "# source: http://x\n# fetched: 2025-01-01\n"
    assert read(tmp_path, (comments + SIMPLIFIED).encode()).compact == SIMPLIFIED + "\n"


def test_text_that_looks_like_a_header_stays(tmp_path: Path) -> None:
    text = "# 2024年计划\nGDP: 5%\n一、目标\n"
    assert read(tmp_path, text.encode()).text == text


def test_remains_of_a_page_go(tmp_path: Path) -> None:
    text = f"<!--\n  \n-->\n<U+00A0><U+00A0>一、目标\n{SIMPLIFIED}"
    assert read(tmp_path, text.encode()).compact == f"一、目标\n{SIMPLIFIED}\n"


def test_markdown_marks_its_headings(tmp_path: Path) -> None:
    reading = read(tmp_path, "# 2024年计划\n\n## 一、目标\n\n增长8%。\n".encode(), "a.md")
    assert [(line.text, line.level) for line in reading.lines] == [
        ("2024年计划", 1),
        ("一、目标", 2),
        ("增长8%。", 0),
    ]


@pytest.mark.parametrize(
    "text", ["增" * 1_700_000, "0" * 5_000_000, "\u3000 " * 1_500_000 + "x", "<!--" * 500_000 + "文"]
)
def test_one_line_of_megabytes_is_read(text: str, tmp_path: Path) -> None:
    assert len(read(tmp_path, text.encode()).lines) == 1


@given(st.integers(1, 9999))
def test_han_numbers_are_those_that_the_program_reads(number: int) -> None:
    assert parse_numeral(count_in(number, "chineseCounting")) == number


def test_other_numbers() -> None:
    forms = {
        "upperLetter": "C",
        "lowerRoman": "iii",
        "decimalEnclosedCircle": "③",
        "chineseLegalSimplified": "叁",
    }
    forms |= {"ideographDigital": "三", "decimalFullWidth": "３", "decimalZero": "03", "something": "3"}
    assert {form: count_in(3, form) for form in forms} == forms


def test_rows_of_a_table_set_apart_by_strokes_or_gaps(tmp_path: Path) -> None:
    stroked = "| 指标 | 2024年 | 增长 |\n| :-- | --: | --: |\n| 税收 | 94.3 |  |\n| 罚没 | 2 | -1.5 |\n"
    gaps = "指标      产量    增长\n粮食      30.5    1.2\n棉花      2.1     -0.4\n合计      32.6    1.0\n"
    reading = read(tmp_path, f"某县公报\n{SIMPLIFIED}\n{stroked}{SIMPLIFIED}\n{gaps}".encode())
    assert [line.cells for line in reading.lines if line.cells] == [
        ("指标", "2024年", "增长"),
        ("税收", "94.3", ""),
        ("罚没", "2", "-1.5"),
        ("指标", "产量", "增长"),
        ("粮食", "30.5", "1.2"),
        ("棉花", "2.1", "-0.4"),
        ("合计", "32.6", "1.0"),
    ]


def test_text_with_strokes_and_gaps_is_no_table(tmp_path: Path) -> None:
    lines = [
        "首页 | 政务公开",
        "县长  李  明",
        "收  入  完  成  22  亿  元",
        "全  县  增  长  5  %",
        SIMPLIFIED,
    ]
    assert not any(line.cells for line in read(tmp_path, "\n".join(lines).encode()).lines)
