from __future__ import annotations

from eval.mutate import ALTERED, TRUE
from eval.mutations import Trial, count, draw_trials, is_accepted


def test_the_checker_meets_its_goals_on_the_plans(texts: dict[str, str]) -> None:
    """Design goals: altered figures caught in 99.5 % of cases or more, true ones rejected in 1 % or less."""
    counts = count(list(draw_trials(list(texts.values()))))
    for name, share in (("altered", 0.005), ("true", 0.01)):
        rows = counts[name].values()
        tried, wrong = sum(row["tried"] for row in rows), sum(row["wrong"] for row in rows)
        assert tried > 1500
        assert wrong <= share * tried, counts[name]
    assert set(counts["altered"]) == set(ALTERED)
    assert set(counts["true"]) == set(TRUE)
    assert all(row["tried"] for rows in counts.values() for row in rows.values())


def test_a_checker_that_says_yes_would_be_noticed() -> None:
    passage = "新建公园63个。新增学位9540个。"
    assert is_accepted(Trial("as it stands", True, "新建公园63个。", passage))
    assert not is_accepted(Trial("digit", False, "新建公园68个。", passage))
    assert not is_accepted(Trial("neighbouring figure", False, "新建公园9540个。", passage))
