"""The accepted results, and what changed since: regressions fail a run, every change is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from eval.metrics import share
from eval.questions import HERE, PARTS, GoldQuestion
from eval.results import QuestionResult, Results, metrics_of, pair_up
from rag.errors import InputError

BASELINE = HERE / "baseline.json"
Kind = Literal["worse", "better", "other"]
_RANK = {"incorrect": 0, "refused": 1, "correct": 2}
_LOWER_IS_BETTER = ("false_refusals",)
_NOISE = 0.00005  # shares are kept with four digits


@dataclass(frozen=True, slots=True)
class Change:
    """A question whose result is not what it was; `reasons` say what is better or worse."""

    question: GoldQuestion
    kind: Kind
    reasons: tuple[str, ...]
    before: QuestionResult
    after: QuestionResult


@dataclass(frozen=True, slots=True)
class MetricChange:
    """A metric over a part of the set ("reported: recall@5") that is not what it was."""

    name: str
    before: float | None
    after: float | None
    worse: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that changed since the baseline."""

    changes: tuple[Change, ...]
    metrics: tuple[MetricChange, ...]

    @property
    def regressions(self) -> tuple[str, ...]:
        """What makes the run fail, a line each: questions first, then metrics."""
        questions = [
            f"{c.question.id} {', '.join(c.reasons)}: {c.question.question}"
            for c in self.changes
            if c.kind == "worse"
        ]
        metrics = [f"{m.name} {_told(m.before)} → {_told(m.after)}" for m in self.metrics if m.worse]
        return (*questions, *metrics)


def _told(value: float | None) -> str:
    return "none" if value is None else f"{value:.4f}"


def check_versions(baseline: Results, results: Results) -> None:
    """Raises InputError if the two cannot be compared: other questions, or another writer."""
    accept = "Accept the new state deliberately: `rag eval --accept`."
    if baseline.questions != results.questions:
        raise InputError(
            f"baseline.json is of question set {baseline.questions}; this run used {results.questions}.",
            accept,
        )
    if baseline.writer != results.writer:
        raise InputError(
            f"baseline.json was written by “{baseline.writer}”; this run by “{results.writer}”.",
            "Compare with a run of the same writer: `rag eval --no-llm --check`.",
        )


def compare(baseline: Results, results: Results, questions: Sequence[GoldQuestion]) -> Comparison:
    """What changed, over the questions that both runs hold."""
    old = {result.id: result for result in baseline.answers}
    rows = [
        (question, old[question.id], new)
        for question, new in pair_up(questions, results)
        if question.id in old
    ]
    changes = [change for row in rows if (change := _compare_question(*row)) is not None]
    metrics: list[MetricChange] = []
    for part in (*PARTS, "all"):
        inside = [row for row in rows if part in ("all", row[0].split)]
        before = metrics_of([(question, one) for question, one, _ in inside])
        after = metrics_of([(question, one) for question, _, one in inside])
        metrics += _compare_metrics(part, before, after)
    if baseline.checker and results.checker:
        metrics += _compare_metrics("checker", checker_metrics(baseline), checker_metrics(results))
    return Comparison(tuple(changes), tuple(metrics))


def _compare_question(question: GoldQuestion, old: QuestionResult, new: QuestionResult) -> Change | None:
    if old == new:
        return None
    worse = [f"{name} fell" for name in ("faithfulness", "quote_exactness") if _falls(old, new, name)]
    better = [f"{name} rose" for name in ("faithfulness", "quote_exactness") if _falls(new, old, name)]
    if _RANK[new.outcome] != _RANK[old.outcome]:
        (worse if _RANK[new.outcome] < _RANK[old.outcome] else better).append(f"became {new.outcome}")
    if worse:
        return Change(question, "worse", tuple(worse), old, new)
    if better:
        return Change(question, "better", tuple(better), old, new)
    if (old.answer, old.citations) != (new.answer, new.citations):
        return Change(question, "other", ("other words or passages",), old, new)
    return None


def _falls(old: QuestionResult, new: QuestionResult, name: str) -> bool:
    before, after = getattr(old, name), getattr(new, name)
    return after is not None and after < (1.0 if before is None else before)


def _compare_metrics(
    part: str, before: dict[str, float | None], after: dict[str, float | None]
) -> list[MetricChange]:
    changed = []
    for name, old in before.items():
        new = after[name]
        if old == new:
            continue
        gain = (new if new is not None else 0.0) - (old if old is not None else 0.0)
        gain = -gain if name in _LOWER_IS_BETTER else gain
        changed.append(MetricChange(f"{part}: {name}", old, new, gain < -_NOISE))
    return changed


def checker_metrics(results: Results) -> dict[str, float | None]:
    """The share of altered texts that the checker caught, and of true ones that it accepted, by kind."""
    return {
        f"{name} {kind}": share(row["tried"] - row["wrong"], row["tried"])
        for name, rows in results.checker.items()
        for kind, row in rows.items()
    }
