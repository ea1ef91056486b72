from __future__ import annotations

from dataclasses import replace

import pytest

from eval import metrics
from eval.judge import Outcome
from eval.metrics import Triad, triad
from rag.wiring import Pipeline

ONE, TWO, FAR = ("a", 0, 10), ("a", 20, 30), ("b", 0, 10)


def test_the_triad_counts_all_three() -> None:
    outcomes: list[Outcome] = ["correct", "refused", "incorrect", "correct"]
    assert triad(outcomes) == Triad(2, 1, 1)
    assert triad(outcomes).accuracy == 0.5
    assert triad([]).accuracy is None


@pytest.mark.parametrize(
    ("found", "gold", "precision", "recall"),
    [
        ([ONE], [ONE], 1.0, 1.0),
        ([("a", 9, 12)], [ONE], 1.0, 1.0),
        ([("a", 10, 12)], [ONE], 0.0, 0.0),
        ([ONE, FAR], [ONE, TWO], 0.5, 0.5),
        ([FAR], [ONE], 0.0, 0.0),
        ([], [ONE], None, 0.0),
        ([ONE], [], 0.0, None),
    ],
)
def test_precision_and_recall(
    found: list[metrics.Stretch], gold: list[metrics.Stretch], precision: float | None, recall: float | None
) -> None:
    assert metrics.precision(found, gold) == precision
    assert metrics.recall(found, gold) == recall


def test_ranking() -> None:
    assert metrics.recall_at_k([FAR, ONE, TWO], [ONE, TWO], 1) == 0.0
    assert metrics.recall_at_k([FAR, ONE, TWO], [ONE, TWO], 2) == 0.5
    assert metrics.recall_at_k([FAR, ONE, TWO], [ONE, TWO], 3) == 1.0
    assert metrics.ndcg_at_k([True, True, False], relevant=2, k=3) == 1.0
    assert metrics.ndcg_at_k([False, False, True], relevant=1, k=3) == 0.5
    assert metrics.ndcg_at_k([False, False, True], relevant=1, k=2) == 0.0
    assert metrics.ndcg_at_k([], relevant=0, k=5) is None
    assert metrics.ndcg_at_k([True, False], relevant=2, k=5) == pytest.approx(0.6131)


def test_abstention() -> None:
    rows = [(True, False), (True, True), (False, True), (False, True), (False, False)]
    assert metrics.abstention_precision(rows) == 0.6667
    assert metrics.abstention_recall(rows) == 0.6667
    assert metrics.false_refusals(rows) == 0.5
    assert metrics.abstention_precision([(True, False)]) is None


def test_percentiles() -> None:
    assert metrics.percentile([3.0, 1.0, 2.0], 0.5) == 2.0
    assert metrics.percentile([0.0, 10.0], 0.95) == 9.5
    assert metrics.percentile([], 0.5) is None


def test_faithfulness_does_not_take_the_checkers_word(pipeline: Pipeline) -> None:
    answer = pipeline.ask("2019年新建公园多少个?")
    assert metrics.faithfulness(answer) == 1.0
    (claim, *_) = answer.claims
    invented = replace(answer, claims=(replace(claim, text="68个", value="68"),))
    assert metrics.faithfulness(invented) == 0.0
    doubted = replace(answer, claims=(replace(claim, verdict="unsupported"),))
    assert metrics.faithfulness(doubted) == 0.0
    calculated = pipeline.ask("2023年一般公共预算收入比2019年多多少?")
    assert metrics.faithfulness(calculated) == 1.0
    wrong = tuple(
        replace(c, expression="109.21 − 58.6 = 51.61") if c.expression else c for c in calculated.claims
    )
    assert (metrics.faithfulness(replace(calculated, claims=wrong)) or 0.0) < 1.0


def test_quotes_must_be_letter_for_letter(pipeline: Pipeline) -> None:
    (citation, *_) = pipeline.ask("2019年新建公园多少个?").citations
    source = pipeline.plans.source
    assert metrics.quote_exactness([citation], source) == 1.0
    assert metrics.quote_exactness([citation, replace(citation, end=citation.end + 1)], source) == 0.5
