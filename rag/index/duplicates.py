"""Documents that are the same text in two files, whatever the file types.

A document's sketch is the set of the smallest hashes of its sentences (Broder 1997, "On the resemblance
and containment of documents": bottom-k sketches); the share of common ones estimates how much two share.

>>> one = sketch("一般公共预算收入增长百分之五点三。全市常住人口稳定增长,城镇化率继续提高。")
>>> resemblance(one, one)
1.0
>>> texts = Texts()
>>> texts.add("a", "plan", "5f2e", one), texts.twin("plan", "5f2e", ())
(None, 'a')
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

_SIZE = 64
_SENTENCE = 10  # characters of a sentence that tells texts apart
_FEWEST = 8  # sentences by which two texts can be told to be the same; shorter ones by every letter
SAME = 0.8  # the same text read from two file types shares as much; reports of two years at most 0.1

Sketch = tuple[int, ...]


def sketch(text: str) -> Sketch:
    """The sketch of a text: up to 64 numbers, in order; empty for a text without sentences."""
    bare = re.sub(r"[^\u4e00-\u9fffA-Za-z0-9。！？!?;；.\n]", "", text)
    sentences = {part for part in re.split(r"[。！？!?;；\n]", bare) if len(part) >= _SENTENCE}
    hashes = (int.from_bytes(hashlib.blake2b(part.encode(), digest_size=6).digest()) for part in sentences)
    return tuple(sorted(hashes)[:_SIZE])


def resemblance(one: Sequence[int], other: Sequence[int]) -> float:
    """How much of two texts is common, 0 to 1, by their sketches."""
    smallest = set(sorted({*one, *other})[:_SIZE])
    return len(smallest & set(one) & set(other)) / len(smallest) if smallest else 0.0


@dataclass(slots=True)
class Texts:
    """The texts of the index, found by the numbers of their sketches and not by going through all."""

    _kinds: dict[str, str] = field(default_factory=dict)
    _sketches: dict[str, Sketch] = field(default_factory=dict)
    _by_hash: dict[str, str] = field(default_factory=dict)
    _by_number: defaultdict[int, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, name: str, kind: str, sha256: str, numbers: Sketch) -> None:
        """Adds a document."""
        self._kinds[name], self._sketches[name] = kind, numbers
        self._by_hash.setdefault(sha256, name)
        for number in numbers:
            self._by_number[number].append(name)

    def twin(self, kind: str, sha256: str, numbers: Sketch) -> str | None:
        """The document that is the same text, or its text with the furniture of another file type."""
        if sha256 in self._by_hash:
            return self._by_hash[sha256]
        if len(numbers) < _FEWEST:
            return None
        common = Counter(name for number in numbers for name in self._by_number.get(number, ()))
        for name, count in common.most_common():
            if 2 * count < len(numbers):  # two that resemble each other by 0.8 share more
                return None
            if self._kinds[name] == kind and resemblance(self._sketches[name], numbers) >= SAME:
                return name
        return None
