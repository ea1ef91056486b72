"""The dates that files give of themselves.

>>> iso_date("2026-04-24 20:00"), iso_date("发布时间：2019年5月1日"), iso_date("20260408")
('2026-04-24', '2019-05-01', '2026-04-08')
"""

from __future__ import annotations

from rag.language import find_dates


def iso_date(text: str) -> str:
    """The first whole date in a text as YYYY-MM-DD; empty if there is none."""
    return next((found for found in find_dates(text, packed=True) if found.count("-") == 2), "")
