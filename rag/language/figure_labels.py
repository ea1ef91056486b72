r"""Digits and numerals of a Chinese text that are names, dates or labels: hidden before figures are read.

>>> hide_labels("2024年5G基站达2.1万个").replace("\0", "_")
'_______基站达2.1万个'
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from rag.language.amounts import Figure
from rag.language.resources import load_toml


@cache
def _labels() -> re.Pattern[str]:
    return re.compile("|".join(label["pattern"] for label in load_toml("language/labels.toml")["label"]))


def hide_labels(folded: str) -> str:
    """A folded text with NUL in the place of every character of a label."""
    return _labels().sub(lambda match: "\0" * len(match.group()), folded)


def hide(masked: str, figures: Iterable[Figure]) -> str:
    """The text with NUL in the place of figures that have been read."""
    pieces, position = [], 0
    for figure in figures:
        pieces += [masked[position : figure.start], "\0" * (figure.end - figure.start)]
        position = figure.end
    return "".join([*pieces, masked[position:]])
