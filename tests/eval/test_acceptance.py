"""The model of acceptance speaks as it is meant."""

from __future__ import annotations

import numpy as np

from rag.language.resources import load_toml


def test_what_speaks_against_its_meaning_is_left_out_of_the_model() -> None:
    from sklearn.linear_model import (
        LogisticRegression,  # seconds of imports that other tests need not wait for
    )

    from eval.acceptance import speaking_as_meant

    random = np.random.default_rng(0)
    coverage = random.uniform(size=400)
    right = coverage + random.normal(scale=0.2, size=400) > 0.5
    twin = coverage + random.normal(scale=0.01, size=400)  # tells the same, and is meant to speak against it
    features = np.column_stack([coverage, twin])
    kept = speaking_as_meant(LogisticRegression(), ["coverage", "missing"], features, right)
    assert kept == ["coverage"]


def test_the_model_of_acceptance_speaks_as_it_is_meant() -> None:
    from eval.acceptance import AGAINST

    for language in ("zh", "en"):
        model = load_toml("bind/evidence.toml")["accept"][language]
        assert all(value <= 0 for name, value in model.items() if name in AGAINST)
        assert all(value >= 0 for name, value in model.items() if name not in (*AGAINST, "intercept"))
