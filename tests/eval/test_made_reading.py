"""What was put into made documents is found again by `rag.read`, layout by layout."""

from __future__ import annotations

import pytest

from eval.made import LAYOUTS, make_documents, variants
from eval.made.reading import PROPERTIES, Score, score_all

SEED = 11  # eval.made.reading prints the same counts for any seed and number of documents


@pytest.fixture(scope="module")
def scores() -> dict[str, Score]:
    """The scores of a layout, all its file types together; two documents of each."""
    found: dict[str, Score] = {}
    for name, score in score_all(make_documents(SEED, 2 * len(variants()))).items():
        total = found.setdefault(name.split()[0], Score())
        total.right += score.right
        total.all += score.all
        total.wrong += score.wrong
    return found


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", PROPERTIES)
def test_what_was_put_in_is_found_again(scores: dict[str, Score], layout: str, name: str) -> None:
    score = scores[layout]
    wrong = [words for words in score.wrong if f" {name}: " in words]
    assert score.right[name] == score.all[name], wrong[:5]
