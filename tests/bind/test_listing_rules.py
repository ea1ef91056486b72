"""Every rule about enumerations, on the examples beside it (`rag/bind/data/listings.toml`)."""

from __future__ import annotations

import re
from typing import Any

import pytest

from rag.bind.listings.counted import find_counted
from rag.bind.listings.leads import announces
from rag.bind.listings.marks import families, find_marks, find_rows, listing_data
from rag.bind.listings.names import find_names
from rag.bind.listings.outline import NOTHING
from rag.bind.listings.rows import find_numbered
from rag.schema import Span


def examples(*path: str) -> list[Any]:
    """Each example of a list of rules, with the name of its rule."""
    rules: Any = listing_data()
    for part in path:
        rules = rules[part]
    return [
        pytest.param(rule["name"], example, id=f"{rule['name']}-{i}")
        for rule in rules
        for i, example in enumerate(rule["examples"])
    ]


def texts(text: str, spans: tuple[Span, ...]) -> list[str]:
    return [text[span.start : span.end] for span in spans]


@pytest.mark.parametrize(("name", "example"), examples("marks"))
def test_marks_part_their_items(name: str, example: dict[str, Any]) -> None:
    text = example["text"]
    (family,) = (family for family in families() if family.name == name)
    rows = find_rows(find_marks(text, family), lambda last, mark: True)
    assert len(rows) == bool(example["items"])
    found = find_numbered(text, NOTHING, lambda offset: False)
    assert [texts(text, one.items) for one in found] == ([example["items"]] if example["items"] else [])


@pytest.mark.parametrize(("name", "example"), examples("names"))
def test_words_lead_to_names(name: str, example: dict[str, Any]) -> None:
    text = example["text"]
    (rule,) = (rule for rule in listing_data()["names"] if rule["name"] == name)
    found = list(find_names(text, Span(0, len(text)), 0, ()))
    assert [texts(text, one.items) for one in found] == ([example["items"]] if example["items"] else [])
    assert re.search(rule["pattern"], text) or not found


@pytest.mark.parametrize("example", listing_data()["counted"]["examples"], ids=lambda one: one["text"])
def test_a_number_counts_the_names_before_it(example: dict[str, Any]) -> None:
    text = example["text"]
    found = list(find_counted(text, Span(0, len(text))))
    assert [texts(text, one.items) for one in found] == ([example["items"]] if example["items"] else [])
    assert texts(text, tuple(one.lead for one in found)) == ([example["lead"]] if example["items"] else [])


@pytest.mark.parametrize(("name", "example"), examples("words", "announcing"))
def test_words_announce_a_list(name: str, example: str) -> None:
    assert announces(example, Span(0, len(example)), name)
