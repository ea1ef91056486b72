"""Whether a target was met is judged by what it says, and left open where the two do not tell."""

from __future__ import annotations

import pytest

from rag.language import find_quantities, load_toml
from rag.ledger.targets import judge_amounts, less_is_better

LOWER = load_toml("ledger/series.toml")["lower"]


@pytest.mark.parametrize(
    ("subject", "target", "outturn", "judgement"),
    [
        ("地区生产总值", "6%以上", "6.0%", "met"),
        ("地区生产总值", "6%以上", "5.9%", "missed"),
        ("地区生产总值", "6%", "6.3%", "met"),
        ("地区生产总值", "不低于6%", "5.8%", "missed"),
        ("地区生产总值", "5%左右", "4.8%", "met"),
        ("地区生产总值", "5%左右", "5.6%", "met"),
        ("地区生产总值", "5%左右", "4.2%", "missed"),
        ("地区生产总值", "6%—6.5%", "6.1%", "met"),
        ("地区生产总值", "6%—6.5%", "6.9%", "met"),
        ("地区生产总值", "6%—6.5%", "5.9%", "missed"),
        ("城镇调查失业率", "5.5%以内", "5.2%", "met"),
        ("城镇调查失业率", "5.5%左右", "5.1%", "met"),
        ("城镇调查失业率", "5.5%", "5.6%", "missed"),
        ("居民消费价格涨幅", "3%左右", "2.1%", "met"),
        ("PM2.5年均浓度", "35微克/立方米以下", "36.1微克/立方米", "missed"),
        ("城镇新增就业", "1200万人以上", "1269万人", "met"),
        ("城镇新增就业", "1.2万人", "11800人", "missed"),
        ("新建公园", "12个", "15个", "met"),
        ("投资", "1000亿元以上", "约1000亿元", "open"),
        ("投资", "1000亿元以上", "超1020亿元", "met"),
        ("投资", "1000亿元以上", "超980亿元", "open"),
        ("投资", "1000亿元", "980亿元以内", "missed"),
        ("投资", "1000亿元", "12%", "open"),
    ],
)
def test_a_target_reaches_as_far_as_its_words(
    subject: str, target: str, outturn: str, judgement: str
) -> None:
    one, other = (find_quantities(f"{subject}{text}")[-1] for text in (target, outturn))
    assert judge_amounts(one, other, subject) == judgement


def test_a_growth_where_a_decline_was_wanted_misses_it() -> None:
    target, less, more = (find_quantities(text)[0] for text in ("3%", "3.5%", "2%"))
    assert judge_amounts(target, less, "") == "met"
    assert judge_amounts(target, more, "") == "missed"
    assert judge_amounts(target, less, "", turned=True) == "missed"


@pytest.mark.parametrize("subject", LOWER["examples"])
def test_things_of_which_less_is_better(subject: str) -> None:
    assert less_is_better(subject)


@pytest.mark.parametrize("subject", LOWER["others"])
def test_things_of_which_more_is_better(subject: str) -> None:
    assert not less_is_better(subject)
