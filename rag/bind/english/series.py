"""Figures that are shared out over several nouns: A and B grew 5% and 6% respectively.

>>> split_nouns("chemical oxygen demand and sulfur dioxide emissions", 2)
['chemical oxygen demand emissions', 'sulfur dioxide emissions']
>>> split_nouns("Prices of early rice, middle rice and japonica rice", 3)
['Prices of early rice', 'Prices of middle rice', 'Prices of japonica rice']
>>> split_nouns("value of the primary, secondary and tertiary industries", 3)[1]
'value of the secondary industries'
>>> split_nouns("exports and imports", 3) is None
True
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.bind.english.said import Said
from rag.bind.english.views import View
from rag.bind.english.words import listed

_PREPOSITION = re.compile(r"^(.*\b(?:of|to|in|for|from|on|by)\s(?:the\s)?)(?=\S)", re.IGNORECASE)


def share_out(seen: Sequence[View], said: Sequence[Said]) -> list[Said]:
    """What each figure is said of, those of a series shared out over the nouns or the figures before."""
    found = list(said)
    i = 0
    while i < len(seen):
        last = i
        while last + 1 < len(seen) and _joined(seen[last], seen[last + 1]):
            last += 1
        if last > i and _ends_series(seen[last - 1], seen[last]):
            _share_run(found, i, last)
        i = last + 1
    return found


def _joined(one: View, other: View) -> bool:
    """Whether nothing but a comma or "and" stands between two figures of one kind."""
    between = [w.word for w in one.words[one.at + 1 : other.at] if w.tag != "time"]
    alike = one.relative == other.relative
    return alike and bool(between) and set(between) <= {",", "and"} and len(between) <= 2


def _ends_series(one: View, last: View) -> bool:
    """Whether the last figure of a run is joined with "and", or said to stand in the order of the nouns."""
    between = [w.word for w in one.words[one.at + 1 : last.at]]
    return "and" in between or last.sentence[last.figure.span.end :].lstrip(" ,").startswith("respectively")


def _share_run(found: list[Said], first: int, last: int) -> None:
    count = last - first + 1
    head = found[first]
    if names := split_nouns(head.subject, count):
        for k, name in enumerate(names):
            found[first + k] = replace(head, subject=name)
        return
    ahead = found[max(0, first - count) : first]
    changing = head.measure in ("growth", "decline")
    if changing and len(ahead) == count and len({one.subject for one in ahead}) == count:
        for k, one in enumerate(ahead):
            found[first + k] = replace(head, subject=one.subject)
        return
    for k in range(first + 1, last + 1):
        found[k] = replace(head, of=found[k].of)


def split_nouns(text: str, count: int) -> list[str] | None:
    """The parts of an enumeration of nouns, each with what it shares with the others; None unless as many."""
    parts = re.split(r"\s*,\s*(?:and\s+)?", text)
    while len(parts) < count and (match := re.fullmatch(r"(.+)\s+and\s+(.+?)", parts[-1])):
        parts[-1:] = [match[1], match[2]]
    if len(parts) != count or count < 2 or not all(parts):
        return None
    parts[0] = re.sub(r"^both\s+", "", parts[0], flags=re.IGNORECASE)
    return _completed(parts)


def _completed(parts: list[str]) -> list[str]:
    first, last = parts[0], parts[-1]
    prefix = _PREPOSITION.match(first)
    if first.split()[-1].lower() in listed("measures", "short") and len(last.split()) > 1:
        rest = " ".join(last.split()[1:])  # urban and rural per capita income
        led = prefix[1] if prefix else ""
        return [f"{first} {rest}", *(f"{led}{part} {rest}" for part in parts[1:-1]), led + last]
    if prefix and not any(_measures(part) or _PREPOSITION.match(part) for part in parts[1:]):
        return [first, *(prefix[1] + part for part in parts[1:])]
    if (
        prefix
        and _measures(last)
        and not any(_measures(part) for part in [first[prefix.end() :], *parts[1:-1]])
    ):
        tail = last.split()[-1]
        return [f"{first} {tail}", *(f"{prefix[1]}{part} {tail}" for part in parts[1:-1]), prefix[1] + last]
    if _measures(last) and not any(_measures(part) for part in parts[:-1]):
        return [*(f"{part} {last.split()[-1]}" for part in parts[:-1]), last]
    return parts


def _measures(text: str) -> bool:
    """Whether a noun names what can be measured by itself (sales, revenue)."""
    head = re.split(r"\s(?:of|in|for|to|from|on|by)\s", text)[0].split()
    return bool(head) and head[-1].lower() in listed("measures", "words")
