"""When a document was delivered or published.

>>> delivery_dates(["政府工作报告", "——2026年1月27日在广东省第十四届", "人民代表大会第五次会议上"])
['2026-01-27']
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rag.language import find_dates
from rag.read.head import Head, head_data
from rag.read.reading import Reading
from rag.read.told import Told, first_told


def delivery_dates(lines: Sequence[str]) -> list[str]:
    """When a report was delivered, by the lines that say before which meeting, over two lines at most."""
    delivered = re.compile(head_data()["title"]["delivered"])
    texts = (*lines, *(f"{one} {other}" for one, other in pairwise(lines)))
    found = [date for text in texts if delivered.search(text) for date in find_dates(text)]
    return list(dict.fromkeys(found))


def read_date(head: Head, body: Sequence[str], reading: Reading) -> Told:
    """The date of a document: of its delivery, of a line at its head or end, or of its page."""
    delivered = next(iter(delivery_dates((*head.lines, *body[:2]))), "")
    lines = [*head.lines, *body[-4:]]
    dated = next((d for d in _dated_lines(lines)), "")
    return first_told((delivered, "body"), (dated, "body"), (reading.published, "page"))


def _dated_lines(lines: Sequence[str]) -> Iterator[str]:
    """The dates of lines that hold a date and little else; such a line may follow its label."""
    for above, line in zip(["", *lines], lines, strict=False):
        dates = find_dates(line)
        labelled = re.search(head_data()["date"]["line"], line) or re.fullmatch(
            head_data()["date"]["line"], above
        )
        if dates and (labelled or len(line) <= 24):
            yield dates[0]
