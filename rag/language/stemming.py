"""English words and their stems (Snowball's English stemmer).

>>> stem_words("Fixed-asset investments in 2019")
('fix', 'asset', 'invest', 'in', '2019')
"""

from __future__ import annotations

import re
import threading
from functools import cache, lru_cache
from typing import Any

from rag.language.resources import load_toml

_WORD = re.compile(r"[A-Za-z]+(?:\.\d+)?|\d+(?:\.\d+)?")
_STEMMING = threading.Lock()  # the stemmer keeps the word in hand as its own state


@cache
def _stemmer() -> Any:
    import Stemmer

    return Stemmer.Stemmer("english")


@cache
def _spellings() -> tuple[tuple[re.Pattern[str], str], ...]:
    rules = load_toml("language/analysis.toml")["english"]["spellings"]
    return tuple((re.compile(pattern), replacement) for pattern, replacement in rules)


@cache
def _kept() -> dict[str, str]:
    """Words that the stemmer would throw together with unlike ones (parking, parks) -> their stems."""
    stems: dict[str, list[str]] = load_toml("language/analysis.toml")["english"]["stems"]
    return {word: stem for stem, words in stems.items() for word in words}


@lru_cache(maxsize=65536)
def stem_word(word: str) -> str:
    """The stem of one word, in lower case and American spelling.

    >>> stem_word("subsidised") == stem_word("subsidized"), stem_word("centres")
    (True, 'center')
    >>> stem_word("parking"), stem_word("parks")
    ('parking', 'park')
    """
    lowered = word.lower()
    for pattern, replacement in _spellings():
        lowered = pattern.sub(replacement, lowered)
    kept = _kept().get(lowered)
    if kept:
        return kept
    with _STEMMING:
        return str(_stemmer().stemWord(lowered))


def find_words(text: str) -> list[str]:
    """Every word of `text` in order, figures among them."""
    return _WORD.findall(text)


def stem_words(text: str) -> tuple[str, ...]:
    """The stems of every word of `text` in order."""
    return tuple(stem_word(word) for word in find_words(text))
