"""Words that mean the same."""

from __future__ import annotations

import pytest

from rag.search.likeness import Likeness, embed_words
from rag.wiring import Pipeline


def test_words_find_those_that_mean_the_same(pipeline: Pipeline) -> None:
    embedder = pipeline.plans.searcher.embedder
    likeness = Likeness(embed_words(["游客", "学位", "道路"], embedder), embedder)
    assert set(likeness.of("旅客")) == {"游客"}
    assert set(likeness.of("roads")) == {"道路"}
    assert likeness.of("游客")["游客"] == pytest.approx(0.8)
    assert not likeness.of("天气")
