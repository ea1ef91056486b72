"""What belongs to the page or the print goes; what was broken is joined; what is the document's stays."""

from __future__ import annotations

import pytest

from rag.read import clean, plain_reading


def cleaned(text: str) -> list[str]:
    return [line.text for line in clean(plain_reading(text)).lines]


LONG = "全市坚持稳中求进工作总基调,统筹推进各项工作,经济运行总体平稳、稳中有进,高质量发展取得新的成效"


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        ("全年投资22\n5.7亿元。", "全年投资225.7亿元。"),
        ("根据《\n青禾市条例\n》的规定。", "根据《青禾市条例》的规定。"),
        ("（\n三）改革开放持续深化。", "（三）改革开放持续深化。"),
        ("十\n一、人民生活和社会保障", "十一、人民生活和社会保障"),
        ("全年收入增长5%，\n支出增长6%。", "全年收入增长5%，支出增长6%。"),
    ],
)
def test_broken_lines_are_joined(lines: str, joined: str) -> None:
    assert cleaned(lines) == [joined]


def test_lines_that_end_are_not_joined() -> None:
    lines = ["一、工作回顾", "全市投资增长5%。", "二、主要目标", "投资增长6%。"]
    assert cleaned("\n".join(lines)) == lines


def test_text_broken_at_a_margin_is_joined_and_headings_stay_alone() -> None:
    one, other = ("".join(chr(first + 7 * i) for i in range(187)) + "。" for first in (0x5000, 0x6000))
    first, second = ("\n".join(body[i : i + 20] for i in range(0, len(body), 20)) for body in (one, other))
    text = f"一、2024年工作回顾\n{first}\n二、2025年主要目标\n{second}"
    assert cleaned(text) == ["一、2024年工作回顾", one, "二、2025年主要目标", other]


def test_a_running_head_in_the_middle_of_sentences_goes_and_the_title_stays() -> None:
    parts = [LONG[:20], LONG[20:40], LONG[40:] + "。"]
    head = "青禾市2025年政府工作报告"
    text = f"{head}\n各位代表:\n" + f"\n{head}\n—2—\n".join(parts * 2)
    lines = cleaned(text)
    assert lines.count(head) == 1
    assert LONG + "。" in "".join(lines)


def test_a_body_that_stands_several_times_stands_once_and_is_told() -> None:
    body = "\n".join(f"第{i}件事:{LONG}{i}。" for i in range(6))
    reading = clean(plain_reading(f"青禾市2025年政府工作报告\n{body}\n页脚\n{body}\n页脚\n{body}"))
    assert reading.text.count("第3件事") == 1
    assert reading.warnings == ("the text stands in it 3 times",)


def test_a_paragraph_that_returns_once_stays() -> None:
    text = f"一、工作回顾\n{LONG}甲。\n{LONG}乙。\n{LONG}丙。\n二、主要目标\n{LONG}甲。\n{LONG}丁。"
    assert cleaned(text) == text.split("\n")


def test_the_tail_of_a_page_goes() -> None:
    body = [f"{LONG}{i}。" for i in range(8)]
    text = "\n".join([*body, "相关报道:", "青禾市召开会议", "2024年全市投资增长9999%。"])
    assert cleaned(text) == body
