"""What the words of tables say, by the rules of `data/cells.toml`.

>>> says("code", "科目编码"), says("growth", "比上年±(%)"), says("growth", "增加值")
(True, True, False)
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from rag.language import load_toml


@cache
def rule(group: str) -> re.Pattern[str]:
    """Every rule of a group as one pattern."""
    return re.compile("|".join(f"(?:{pattern_of(one)})" for one in load_toml("bind/cells.toml")[group]))


def pattern_of(one: Mapping[str, Any]) -> str:
    r"""What a rule finds: its pattern, or a name that is one of its words or ends with one.

    >>> pattern_of({"whole": ["地区"]}), pattern_of({"ends": ["税", "费"]})
    ('(?:^|\\s)(?:地区)$', '(?:税|费)(?:[(（\\[].*)?$')
    """
    if "whole" in one:
        return rf"(?:^|\s)(?:{'|'.join(one['whole'])})$"
    if "ends" in one:
        return rf"(?:{'|'.join(one['ends'])})(?:[(（\[].*)?$"
    return str(one["pattern"])


def says(group: str, text: str) -> bool:
    """Whether any rule of a group is found in a text."""
    return bool(rule(group).search(text))


def without(groups: tuple[str, ...], text: str) -> str:
    """A text without all that the rules of some groups find, again and again until nothing is left to find.

    >>> without(("estimated", "actual", "empty"), "预计完成数"), without(("scope",), "全市常住人口")
    ('', '常住人口')
    """
    before = None
    while before != text:
        before = text
        for group in groups:
            text = rule(group).sub("", text)
    return text
