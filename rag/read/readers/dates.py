"""The dates that files give of themselves.

>>> iso_date("2026-04-24 20:00"), iso_date("发布时间：2019年5月1日"), iso_date("20260408")
('2026-04-24', '2019-05-01', '2026-04-08')
"""

from __future__ import annotations

import re
from datetime import date

_DATE = re.compile(
    r"((?:19|20)\d\d)\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})(?!\d)|((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)"
)


def iso_date(text: str) -> str:
    """The first date in a text as YYYY-MM-DD; empty if there is none."""
    for match in _DATE.finditer(text):
        year, month, day = (int(part) for part in match.groups() if part)
        try:
            return date(year, month, day).isoformat()
        except ValueError:
            continue
    return ""
