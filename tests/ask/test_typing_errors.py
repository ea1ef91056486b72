"""Typing errors are mended and told, and nothing else is."""

from __future__ import annotations

import pytest

from rag.wiring import Pipeline


def test_typing_errors_are_mended_and_told(pipeline: Pipeline) -> None:
    answer = pipeline.ask("2019年公办园和普会园占笔是多少?")
    assert "87.7%" in answer.answer
    assert "“占笔”按“占比”理解" in answer.answer


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("2023年上事企业总数有多少家?", "上市企业"),  # every character of it is a word
        ("2023年新惯通的道路有多少公里?", "新贯通"),  # 新冠 only sounds like it, and no plan uses it
        ("打算到年底累计建到多少?", "累计建到"),  # 计建 is no 基建
        ("最后谈成意向的有多少人?", "谈成意向"),  # 成意 is no 成衣
    ],
)
def test_typing_errors_are_mended_and_nothing_else(text: str, mended: str, pipeline: Pipeline) -> None:
    assert mended in pipeline.plans.read(text).plain
