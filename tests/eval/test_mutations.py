from __future__ import annotations

from collections import Counter

from eval.baseline import BASELINE
from eval.mutate import ALTERED, TRUE
from eval.mutations import Trial, draw_trials, is_accepted
from eval.results import read_results


def test_the_checker_meets_its_goals_on_the_plans(texts: dict[str, str]) -> None:
    """Altered figures are caught in 99.5 % of cases or more, true ones rejected in 1 % or less.

    The counts are those of the baseline, which every run of the evaluation is held to.
    """
    counts = read_results(BASELINE).checker
    for name, share in (("altered", 0.005), ("true", 0.01)):
        rows = counts[name].values()
        tried, wrong = sum(row["tried"] for row in rows), sum(row["wrong"] for row in rows)
        assert tried > 1500
        assert wrong <= share * tried, counts[name]
    assert set(counts["altered"]) == set(ALTERED)
    assert set(counts["true"]) == set(TRUE)
    trials = list(draw_trials(list(texts.values())))
    drawn = Counter((trial.true, trial.kind) for trial in trials)
    for name, rows in counts.items():
        assert all(row["tried"] == drawn[name == "true", kind] > 0 for kind, row in rows.items())


def test_a_checker_that_says_yes_would_be_noticed() -> None:
    passage = "新建公园63个。新增学位9540个。"
    assert is_accepted(Trial("as it stands", True, "新建公园63个。", passage))
    assert not is_accepted(Trial("digit", False, "新建公园68个。", passage))
    assert not is_accepted(Trial("neighbouring figure", False, "新建公园9540个。", passage))
