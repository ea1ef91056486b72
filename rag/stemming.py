"""English words and their stems (Snowball's English stemmer).

>>> stem_words("Fixed-asset investments in 2019")
('fix', 'asset', 'invest', 'in', '2019')
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

_WORD = re.compile(r"[A-Za-z]+(?:\.\d+)?|\d+(?:\.\d+)?")


@cache
def _stemmer() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("english")


@lru_cache(maxsize=65536)
def stem_word(word: str) -> str:
    """The stem of one word, in lower case."""
    return str(_stemmer().stemWord(word.lower()))


def stem_words(text: str) -> tuple[str, ...]:
    """The stems of every word of `text` in order."""
    return tuple(stem_word(word) for word in _WORD.findall(text))
