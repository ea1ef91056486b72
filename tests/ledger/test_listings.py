"""Enumerations are found by what leads them in."""

from __future__ import annotations

import pytest

from rag.ledger import Filter, Ledger, find_listings
from tests.ledger.conftest import MakeLedger, report

HARD = "我们也面临不少困难:一是{}不足;二是水利设施老化;三是人才短缺。"


@pytest.fixture
def ledger(ledger_of: MakeLedger) -> Ledger:
    return ledger_of(
        qh=report("青禾市", 2024, HARD.format("用地")),
        hf=report("合肥市", 2025, HARD.format("用电")),
        none=report("望海市", 2025, "粮食产量12万吨。"),
    )


def test_words_of_the_lead_find_the_items_the_newest_first(ledger: Ledger) -> None:
    newest, older = find_listings(ledger, Filter(words="面临的困难"), 5)
    assert newest.items == ("用电不足", "水利设施老化", "人才短缺")
    assert older.source.place == "青禾市"
    assert newest.lead in HARD
    assert find_listings(ledger, Filter(words="面临的困难"), 1) == (newest,)


@pytest.mark.parametrize(
    "wanted",
    [
        Filter(words="困难", places=("Qinghe",)),
        Filter(words="困难", years=(2023,)),
        Filter(words="困难", documents=("qh",), statuses=("actual",)),
    ],
)
def test_place_year_status_and_document_restrict(ledger: Ledger, wanted: Filter) -> None:
    assert [found.source.id for found in find_listings(ledger, wanted, 5)] == ["qh"]


@pytest.mark.parametrize(
    "wanted", [Filter(words="火星"), Filter(words="困难", places=("上海",)), Filter(words="的")]
)
def test_what_is_not_listed_is_not_found(ledger: Ledger, wanted: Filter) -> None:
    assert find_listings(ledger, wanted, 5) == ()
