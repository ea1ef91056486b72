"""The language of the generator: TOML files in `data/`, each parsed once.

>>> load("places")["nation"]["zh"]
'全国'
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
_WIDE = str.maketrans(",;:!?()", "，；：！？（）")


@cache
def load(name: str) -> dict[str, Any]:
    """One data file."""
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


def widen(text: str) -> str:
    """Chinese punctuation for text that the data files write with ASCII's.

    >>> widen("一是扩大内需;二是改善民生(草案)。")
    '一是扩大内需；二是改善民生（草案）。'
    """
    return text.translate(_WIDE)
