"""A sentence -> the names that stand before N things: A、B、C等8个县, A、B、C“三大产业”.

>>> text = "在东山、西山、南山等8个重点县建设基地。"
>>> for found in find_counted(text, Span(0, len(text))):
...     print(text[found.lead.start : found.lead.end], [text[item.start : item.end] for item in found.items])
8个重点县 ['东山', '西山', '南山']
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from rag.bind.listings.leads import Found
from rag.bind.listings.marks import listing_data
from rag.bind.listings.names import with_last
from rag.bind.listings.spans import depth_change, trim
from rag.language import parse_numeral, tag_tokens
from rag.schema import Span

_FEWEST = 3  # names that make a list
_LONGEST = 40  # characters of a name
_WINDOW = 3000  # characters before a number in which the names stand
_LONGER = 2  # characters by which the first name may be longer than the longest of the others
_NOUN = 12  # characters of a noun behind a number
_SHORT_NOUN = 8  # ... that is taken whole where punctuation ends it
_STOP = re.compile(r"[，,;:。!?\n]")
_VERBS = frozenset(("v", "p", "d", "c", "ad", "ul", "uj"))  # tags of words before a name, none of it
_QUOTES = ("”", '"')


@cache
def _number() -> re.Pattern[str]:
    return re.compile(listing_data()["counted"]["number"])


def find_counted(text: str, sentence: Span) -> Iterator[Found]:
    """The lists of names in a sentence that a number of things behind them counts."""
    low = sentence.start
    for match in _number().finditer(text, sentence.start, sentence.end):
        before = Span(max(low, match.start() - _WINDOW), match.start())
        low = match.end()
        if "、" not in text[before.start : before.end]:
            continue
        if text[before.end - 1] in _QUOTES and not match["etc"]:
            before = Span(before.start, before.end - 1)  # “A、B、C”三大产业
        number = int(match["n"]) if match["n"].isdigit() else int(parse_numeral(match["n"]))
        names = _names_before(text, before, number, bool(match["etc"]))
        if names:
            yield Found("names", _noun(text, match, sentence.end), names)


def _names_before(text: str, before: Span, number: int, etc: bool) -> tuple[Span, ...]:
    """The names that end at an offset, as many as the number says, or not more before 等."""
    names = _run(text, before)
    if len(names) < number:
        names = with_last(text, names)
    counts = _FEWEST <= len(names) <= number if etc else len(names) == number >= _FEWEST
    if not counts or any(name.start == name.end for name in names):
        return ()
    names[0] = _first_name(text, names[0], names[1:])
    return tuple(names) if all(name.end - name.start <= _LONGEST for name in names) else ()


def _run(text: str, before: Span) -> list[Span]:
    """What 、 sets apart before an offset, back to other punctuation or an open bracket."""
    low, high, depth = before.start, before.end, 0
    names: list[Span] = []
    for i in range(before.end - 1, before.start - 1, -1):
        depth -= depth_change(text[i])
        if depth < 0 or (not depth and _STOP.match(text, i)):
            low = i + 1
            break
        if not depth and text[i] == "、":
            names.append(trim(text, i + 1, high))
            high = i
    return [trim(text, low, high), *reversed(names)]


def _first_name(text: str, span: Span, others: Sequence[Span]) -> Span:
    """The first name without the verb or preposition before it, unless the others begin with one too."""
    tokens = tag_tokens(text[span.start : span.end])
    starts = [span.start + sum(len(token) for token, _ in tokens[:i]) for i in range(len(tokens))]
    lengths = {other.end - other.start for other in others}
    if len(lengths) == 1 and span.end - min(lengths) in starts:
        return Span(span.end - min(lengths), span.end)  # 实施新建布局、优化提升、整合重组
    verbal = _verbal(text, others)
    leading = _VERBS - {"v"} if 2 * verbal > len(others) else _VERBS
    ignored = listing_data()["counted"]["before"]
    start = span.start
    for at, (token, tag) in zip(starts, tokens, strict=True):
        start = at
        if tag not in leading and token not in ignored and not (tag == "vn" and at > span.start):
            break
    longest = max(lengths) + _LONGER
    if span.end - start <= longest or verbal:
        return Span(start, span.end)
    tags = [tag for _, tag in tokens]
    behind = (
        at
        for at, before, tag in zip(starts[1:], tags, tags[1:], strict=False)
        if before in _VERBS and tag not in _VERBS and at > start and span.end - at <= longest
    )
    return Span(next(behind, start), span.end)


def _verbal(text: str, names: Sequence[Span]) -> int:
    """How many names begin with a verb; none where all begin with the same one (合成纤维、合成橡胶)."""
    first = [tag_tokens(text[name.start : name.end])[0] for name in names]
    return sum(tag == "v" for _, tag in first) if len(set(first)) > 1 else 0


def _noun(text: str, number: re.Match[str], end: int) -> Span:
    """A number with the noun that it counts."""
    start, position = number.start("n"), number.end()
    if number["quote"]:
        close = re.compile('[”"]').search(text, position, end)
        return Span(start, close.start() if close else position)
    behind = re.compile(rf"[\u4e00-\u9fff]{{1,{_NOUN}}}").match(text, position, end)
    tokens = tag_tokens(behind[0]) if behind else []
    if not number["etc"] and behind and len(behind[0]) <= _SHORT_NOUN and tokens[-1][1].startswith("n"):
        return Span(start, behind.end())
    seen = False
    for token, tag in tokens:
        if tag[0] in "vpdmcfu" and (seen or tag[0] != "v"):
            break
        seen = seen or tag[0] in "nj"
        position += len(token)
    return Span(start, position)
