"""A place in the stored text of a plain text file is the same place in the file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.read import Reading, clean, parse_reading, read_source, split_reports
from rag.search import chunk_document

TITLE = "青禾市2025年政府工作报告"
BODY = "一、2024年工作回顾", "全市生产总值增长5%。就业增加3万人。", "二、2025年主要任务", "力争增长6%。"
BLANK = st.sampled_from(["", "\u3000\u3000", "  ", "\t"])
DROPPED = st.lists(st.sampled_from(["", " ", "首页", "—3—", "责任编辑：李明", "\u3000\u3000"]), max_size=3)


def read(path: Path, text: str) -> Reading:
    path.write_text(text, encoding="utf-8", newline="")
    return clean(read_source(path))


def same_place(text: str, file: str, lines: tuple[str, ...]) -> bool:
    """Whether every line stands where it stands in the file, and there is nothing else."""
    found = all(text[(at := file.index(line)) : at + len(line)] == line for line in lines)
    return found and text.split() == " ".join(lines).split()


@settings(deadline=None)  # the first call loads what is needed
@given(
    around=st.lists(st.tuples(DROPPED, BLANK, BLANK), min_size=5, max_size=5),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_every_line_begins_where_it_does_in_its_file(
    around: list[tuple[list[str], str, str]], end: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    lines = (TITLE, *BODY)
    parts = [
        "".join(line + "\n" for line in (*dropped, before + line + behind))
        for line, (dropped, before, behind) in zip(lines, around, strict=True)
    ]
    file = "".join(parts)
    path = tmp_path_factory.getbasetemp() / "placed.txt"
    text = read(path, file.replace("\n", end)).text
    assert same_place(text, file, lines)


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("a.txt", "\ufeff{0}\n\n\n　　{1}\n　　{2}\n\n　　{3}\n{4}\n"),
        ("a.txt", "<!-- saved\n -->{0}\n　　**{1}**\n<U+00A0>{2}\n\n{3}\n{4}"),
        ("a.txt", "# 存档\n- title: 某报告\n- date: 2025-01-02\n---\n\n{0}\n\n{1}\n\n{2}\n{3}\n{4}\n"),
        ("a.md", "# {0}\n\n##   {1}\n\n{2}\n\n## {3}\n\n{4}\n"),
        ("a.md", "\n**{0}**\n\n• {1}\n{2}\n{3}\n{4}\n"),
    ],
)
def test_what_a_file_holds_beside_its_lines_leaves_them_in_place(
    name: str, file: str, tmp_path: Path
) -> None:
    lines = (TITLE, *BODY)
    file = file.format(*lines)
    assert same_place(read(tmp_path / name, file).text, file.removeprefix("\ufeff"), lines)


def test_a_line_put_right_moves_nothing_behind_it(tmp_path: Path) -> None:
    file = f"{TITLE}\n2024年,全市一般公共预算收入完成22\n\n5.7亿元,人口①120万人。\n\n{BODY[1]}\n收入\t支出\n1.5\t2.5\n{BODY[3]}\n"
    text = read(tmp_path / "a.txt", file).text
    assert "225.7亿元,人口120万人" in text
    assert text.index(BODY[1]) == file.index(BODY[1])
    assert text.index("收入 | 支出\n1.5 | 2.5\n力争") == file.index("收入\t支出")


def test_the_second_report_of_a_file_keeps_its_place(tmp_path: Path) -> None:
    reports = [
        f"青禾市{year}年政府工作报告\n各位代表:\n" + "\n\n".join(BODY) + "\n增长。\n增长。\n"
        for year in (2024, 2025)
    ]
    file = "\n".join(reports)
    parts = split_reports(read(tmp_path / "a.txt", file))
    assert len(parts) == 2
    assert parts[1].text.index(BODY[1]) == file.rindex(BODY[1])
    assert parts[1].text.split() == reports[1].split()


def test_passages_and_sections_hold_no_blanks_around(tmp_path: Path) -> None:
    file = f"{TITLE}\n首页\n\n　　" + "\n责任编辑：李明\n\n　　".join(BODY) + "\n\n\n"
    document = parse_reading(read(tmp_path / "a.txt", file), "a", "a.txt")
    stretches = [document.text[p.start : p.end] for p in document.passages]
    stretches += [document.text[s.start : s.heading_end] for s in document.sections]
    stretches += [chunk.text for chunk in chunk_document(document)]
    assert all(text == text.strip() and "  " not in text for text in stretches)
    assert document.sections[-1].end <= len(document.text.rstrip())


def test_the_same_words_are_the_same_text_wherever_they_stand(tmp_path: Path) -> None:
    one, other = "\n".join([TITLE, *BODY]), "\n\n　　".join([TITLE, *BODY])
    assert read(tmp_path / "a.txt", one).digest == read(tmp_path / "b.txt", other).digest
