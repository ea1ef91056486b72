"""Documents that are the same text in two files, whatever the file types.

A document's sketch is the set of the smallest hashes of its sentences (Broder 1997, "On the resemblance
and containment of documents": bottom-k sketches); the share of common ones estimates how much two share.

>>> one = sketch("一般公共预算收入增长百分之五点三。全市常住人口稳定增长,城镇化率继续提高。")
>>> resemblance(one, one)
1.0
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

_SIZE = 64
_SENTENCE = 10  # characters of a sentence that tells texts apart
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
