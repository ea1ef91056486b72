"""The list of contents at the head of a document, which says each of its headings once more.

>>> lines = ["目 录", "第一章 基础……1", "第二章 目标……9", "第一章 基础", "经济增长。", "第二章 目标"]
>>> [line.text for line in drop_contents([Line(text) for text in lines])]
['第一章 基础', '经济增长。', '第二章 目标']
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from rag.read.outline import find_marker
from rag.read.reading import Line

_TITLE = re.compile(r"目\s*[录次錄]|CONTENTS|Contents|Table of Contents")
_LEADER = re.compile(r"\s*(?:[.·…．—-]{2,}|\s)\s*\d{0,4}\s*$")  # dots and the number of the page
_LONGEST = 70  # characters of an entry
_BEGINS = 0.3  # in this share of the lines the list must begin
_FEWEST = 2  # entries


def drop_contents(lines: Sequence[Line]) -> list[Line]:
    """The lines without the list: entries that stand under its title, or one by one, and again further on."""
    start = next((i for i, line in enumerate(lines) if _TITLE.fullmatch(line.text)), None)
    if start is None or start > _BEGINS * len(lines):
        return list(lines)
    left = Counter(_key(line.text) for line in lines[start + 1 :])
    end = start + 1
    for line in lines[start + 1 :]:
        key = _key(line.text)
        if not key or len(line.text) > _LONGEST or line.cells or line.text.endswith("。"):
            break
        left[key] -= 1
        if left[key] < 1 and not _LEADER.search(line.text):
            break
        end += 1
    entries = lines[start + 1 : end]
    if len(entries) < _FEWEST or not any(find_marker(line.text) for line in entries):
        return [*lines[:start], *lines[start + 1 :]]
    return [*lines[:start], *lines[end:]]


def _key(text: str) -> str:
    """An entry as its heading stands in the text, blanks apart."""
    return re.sub(r"\s+", "", _LEADER.sub("", text))
