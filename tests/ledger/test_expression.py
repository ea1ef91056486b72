"""Formulas of a text hold only if they come out."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from rag.ledger.expression import find_formulas

amounts = st.decimals(Decimal("0.1"), Decimal(10**6), places=1)


@given(one=amounts, other=amounts)
def test_a_change_in_per_cent_holds_only_if_it_is_right(one: Decimal, other: Decimal) -> None:
    high, low = max(one, other), min(one, other)
    percent = (100 * (high - low) / other).quantize(Decimal("0.1"))
    (right,) = find_formulas(f"({high}亿元 − {low}亿元) ÷ {other}亿元 = {percent}%")
    (wrong,) = find_formulas(f"({high}亿元 − {low}亿元) ÷ {other}亿元 = {percent + 1}%")
    assert right.holds
    assert not wrong.holds
