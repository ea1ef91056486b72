"""Fits the model that decides whether the best figure is the answer, on the tuning part alone.

    python -m eval.acceptance        prints the coefficients for `[accept]` of rag/bind/data/evidence.toml

Logistic regression (scikit-learn) over what `rag.acceptance.describe_best` tells of the best figure; with
them, what ten-fold cross-validation accepts at several thresholds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import get_args

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from eval.questions import GoldQuestion, load_questions
from eval.runner import open_seeds
from rag.ask import Plans, describe_best, rank_figures
from rag.commands.common import read_settings
from rag.commands.console import progress_bar
from rag.schema import Language

_SEVERAL = ("multi", "compare", "text", "list")  # no single figure is asked for
_OUTSIDE = ("place_not_covered", "year_not_covered")  # refused before anything is searched
_FOLDS = 10
_THRESHOLDS = (0.3, 0.4, 0.5, 0.6)
AGAINST = ("unnamed", "missing", "lost")  # features that speak against a figure


@dataclass(frozen=True, slots=True)
class Case:
    """What speaks for the best figure of a question, and whether it is the answer."""

    language: Language
    described: dict[str, float]
    right: bool
    answerable: bool


def describe_question(plans: Plans, gold: GoldQuestion) -> Case | None:
    """The case of a question; None where no single figure is judged."""
    if gold.category in _SEVERAL or gold.reason in _OUTSIDE:
        return None
    question = plans.read(plans.complete(gold.question, gold.context))
    if len(question.years) > 1 or question.kind == "text":
        return None
    fitting = [item for item in rank_figures(plans, question) if item.fits]
    if not fitting or fitting[0].candidate.quantity is None:
        return None
    best, frame = fitting[0].candidate.quantity, fitting[0].candidate.frame
    right = any(
        (best.value, frame.year, frame.status) == (item.value, item.year, item.status)
        for item in gold.expected
    )
    return Case(question.language, describe_best(question, fitting), right, gold.answerable)


def _cases(plans: Plans) -> Iterator[Case]:
    questions = [question for question in load_questions().questions if question.split == "tuning"]
    with progress_bar(quiet=False) as progress:
        for done, gold in enumerate(questions, start=1):
            case = describe_question(plans, gold)
            if case:
                yield case
            progress("evaluate", done, len(questions))


def _fit(language: Language, cases: Sequence[Case]) -> None:
    names = list(cases[0].described)
    features = np.array([[case.described[name] for name in names] for case in cases])
    right = np.array([case.right for case in cases])
    answerable = np.array([case.answerable for case in cases])
    model = LogisticRegression(C=10, max_iter=1000)
    names = speaking_as_meant(model, names, features, right)
    features = np.array([[case.described[name] for name in names] for case in cases])
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=0)
    sure = cross_val_predict(model, features, right, cv=folds, method="predict_proba")[:, 1]
    for least in _THRESHOLDS:
        accepted = sure >= least
        print(
            f"# least {least}: {(accepted & right).sum()} of {right.sum()} right figures accepted,"
            f" {(accepted & ~answerable).sum()} of {(~answerable).sum()} without an answer,"
            f" {(accepted & answerable & ~right).sum()} of {(answerable & ~right).sum()} wrong ones"
        )
    model.fit(features, right)
    print(f"[accept.{language}]\nintercept = {model.intercept_[0]:.2f}")
    weights = dict(zip(names, model.coef_[0], strict=True))
    for name in cases[0].described:
        print(f"{name} = {weights.get(name, 0.0):.2f}")


def speaking_as_meant(
    model: LogisticRegression, names: list[str], features: NDArray[np.float64], right: NDArray[np.bool_]
) -> list[str]:
    """The features that speak for or against a figure as they are meant to, beside the others.

    One that does not, because another one tells the same, is left out, the worst first.
    """
    while True:
        model.fit(features, right)
        signed = model.coef_[0] * [-1 if name in AGAINST else 1 for name in names]
        worst = int(np.argmin(signed))
        if signed[worst] >= 0:
            return names
        names = [name for i, name in enumerate(names) if i != worst]
        features = np.delete(features, worst, axis=1)


def main() -> None:
    """Prints, for both languages, the coefficients and what they are worth."""
    cases = list(_cases(open_seeds(read_settings(None, None)).plans))
    for language in get_args(Language):
        _fit(language, [case for case in cases if case.language == language])


if __name__ == "__main__":
    main()
