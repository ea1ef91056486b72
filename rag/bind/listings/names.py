"""A sentence -> the names that it lists behind a colon or words such as 包括.

>>> text = "支持范围包括学校、医院和车站。"
>>> for found in find_names(text, Span(0, len(text)), 0, ()):
...     print(text[found.lead.start : found.lead.end], [text[item.start : item.end] for item in found.items])
支持范围 ['学校', '医院', '车站']
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from functools import cache

from rag.bind.listings.leads import Found, lead_before
from rag.bind.listings.marks import listing_data
from rag.bind.listings.parts import is_marked
from rag.bind.listings.spans import is_latin, outside, split_at, trim, without_and
from rag.schema import Span

_FEWEST = 3  # names that make a list
_LONGEST = 40  # characters of a name
_LONGEST_ENGLISH = 70
_LOOK = 60  # characters that tell the language of names
_SHORTEST_JOINED = 2  # characters of either name that 和 joins
_COLON = re.compile(r":(?!\d|//)")
_STOP = re.compile(r"[，,;:。!?\n]")
_ETC = re.compile(r"等(?!级|候|于|待|边|高|额)|在内")
_AND = re.compile(r"以及|[和及与]")
_DIGITS = "一二三四五六七八九十0123456789"
_FIGURE = re.compile(r"[约超近逾]?[\d.]+\s*(?:%|‰|[万亿元个百人吨户家倍年项件公平])")


def find_names(text: str, sentence: Span, low: int, marks: Container[int]) -> Iterator[Found]:
    """The lists of names in a sentence; none that begins with a known item (`marks`).

    The words that lead to them stand in the sentence, or above it behind `low`.
    """
    openings = sorted(_openings(text, sentence))
    ends = [*(at for at, _ in openings[1:]), sentence.end]
    for (at, start), end in zip(openings, ends, strict=False):
        names = () if is_marked(start, marks) else _names(text, start, end)
        lead = lead_before(text, at, max(low, sentence.start)) if names else None
        if names and lead:
            yield Found("names", lead, names)


@cache
def _triggers() -> re.Pattern[str]:
    rules = listing_data()["names"]
    return re.compile("|".join(f"(?:{rule['pattern']})" for rule in rules), re.IGNORECASE)


def _openings(text: str, sentence: Span) -> Iterator[tuple[int, int]]:
    """Where the words before names end, and where the names begin."""
    for match in _COLON.finditer(text, sentence.start, sentence.end):
        yield match.span()
    for match in _triggers().finditer(text, sentence.start, sentence.end):
        yield (match.end() if match[0][0] in _DIGITS else match.start()), match.end()


def _names(text: str, start: int, end: int) -> tuple[Span, ...]:
    """The names that begin at an offset; none where they are too few, too long or figures."""
    while start < end and text[start] in " :\n":
        start += 1
    latin = is_latin(text, Span(start, min(end, start + _LOOK)))
    names = _english_names(text, Span(start, end)) if latin else _chinese_names(text, Span(start, end))
    longest = _LONGEST_ENGLISH if latin else _LONGEST
    if len(names) < _FEWEST or not all(0 < name.end - name.start <= longest for name in names):
        return ()
    if text.startswith("在内", names[-1].end + text.startswith("等", names[-1].end)):
        return ()  # 包括A、B、C在内的: names that stand inside another thing
    figures = sum(bool(_FIGURE.match(text, name.start, name.end)) for name in names)
    return tuple(names) if 2 * figures < len(names) else ()


def _chinese_names(text: str, behind: Span) -> list[Span]:
    names: list[Span] = []
    low, end = behind.start, behind.end
    for i in outside(text, behind):
        if text[i] == "、":
            names.append(trim(text, low, i))
            low = i + 1
        elif _STOP.match(text, i) or (i > low and _ETC.match(text, i)):
            end = i
            break
    return with_last(text, [*names, trim(text, low, end)]) if names else []


def with_last(text: str, names: list[Span]) -> list[Span]:
    """Names of which the last is parted at 和, unless others hold one too.

    >>> text = "修路、架桥和植树"
    >>> [text[name.start : name.end] for name in with_last(text, [Span(0, 2), Span(3, 8)])]
    ['修路', '架桥', '植树']
    """
    joined = any(_AND.search(text, name.start, name.end) for name in names[:-1])
    return names if joined else [*names[:-1], *_parted(text, names[-1])]


def _parted(text: str, last: Span) -> list[Span]:
    free = set(outside(text, last))
    for match in _AND.finditer(text, last.start, last.end):
        if match.start() in free:
            pair = [trim(text, last.start, match.start()), trim(text, match.end(), last.end)]
            if min(name.end - name.start for name in pair) >= _SHORTEST_JOINED:
                return pair
    return [last]


def _english_names(text: str, behind: Span) -> list[Span]:
    """Names that commas set apart, up to the one behind "and"."""
    stop = next((i for i in outside(text, behind) if text[i] in ";:"), behind.end)
    parts = split_at(text, Span(behind.start, stop), ",")
    for i, part in enumerate(parts):
        stripped = without_and(text, part)
        if stripped != part:
            return [*parts[:i], stripped]
    joint = text.rfind(" and ", parts[-1].start, parts[-1].end) if parts else -1
    if joint < 0:
        return []
    return [*parts[:-1], trim(text, parts[-1].start, joint), trim(text, joint + len(" and "), parts[-1].end)]
