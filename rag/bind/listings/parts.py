"""A sentence -> the clauses that it lists: behind a colon, or behind words that announce them.

>>> text = "还有不少困难,主要是:水少;地薄;路远。"
>>> found = find_parts(text, Span(0, len(text)), 0, ())
>>> [text[item.start : item.end] for item in found.items]
['水少', '地薄', '路远']
"""

from __future__ import annotations

import re
from collections.abc import Container
from functools import cache

from rag.bind.listings.leads import Found, announces, lead_before, named_count
from rag.bind.listings.marks import listing_data
from rag.bind.listings.spans import is_latin, line_end, split_at, trim, without_and
from rag.schema import Span

_FEWEST = 3  # clauses that make a list ...
_FEWEST_BY_COMMA = 4  # ... and where only commas set them apart and no colon stands before them
_FEWEST_BARE = 5  # ... and no words either
_LONGEST_TROUBLES = 1500  # characters
_LONGEST_MARK = 8  # characters from a mark to its item
_COLON = re.compile(r":(?!\d|//)")
_ETC = re.compile(r"(?<![平均高同对初中上])等等?$")
_CLAUSE_END = re.compile(r"[，,]")
_MORE = re.compile(r"(?:。[^。\n]*;[^。\n]*)+")  # sentences of parts that semicolons set apart


def find_parts(text: str, sentence: Span, low: int, marks: Container[int]) -> Found | None:
    """The clauses that a sentence lists; its lead stands in it, or above it behind `low`.

    None where they are the items of a known list, which begin at `marks`.
    """
    found = (
        _behind_colon(text, sentence, low)
        or _behind_sentence(text, sentence, low)
        or _behind_words(text, sentence, low)
        or _behind_clause(text, sentence)
    )
    if found is None or sum(is_marked(item.start, marks) for item in found.items) > 1:
        return None
    return found


def is_marked(start: int, items: Container[int]) -> bool:
    """Whether what begins at an offset is the mark of a known item."""
    return any(offset in items for offset in range(start, start + _LONGEST_MARK))


def _behind_colon(text: str, sentence: Span, low: int) -> Found | None:
    """重点是:A;B;C — also what commas set apart, where the lead says that they are aims or troubles."""
    colon = _COLON.search(text, sentence.start, sentence.end)
    if colon is None or text.find(";", sentence.start, colon.start()) >= 0:
        return None
    lead = lead_before(text, colon.start(), low)
    if lead is None:
        return None
    behind = Span(colon.end(), sentence.end)
    parts = _semicolons(text, behind) or _sentences(text, behind, lead) or _commas(text, behind, lead)
    return _found(text, lead, parts)


def _behind_sentence(text: str, sentence: Span, low: int) -> Found | None:
    """还存在一些困难。A;B;C。 — troubles also by commas."""
    commas = "" if is_latin(text, sentence) else "，,"
    parts = _semicolons(text, sentence) or split_at(text, sentence, commas)
    if len(parts) < _FEWEST:
        return None
    lead = lead_before(text, sentence.start, low)
    troubles = lead and announces(text, lead, "troubles faced")
    if not lead or not (troubles or announces(text, lead, "below")):
        return None
    semicolons = text.count(";", sentence.start, sentence.end) >= _FEWEST - 1
    return _found(text, lead, parts) if semicolons or (troubles and len(parts) >= _FEWEST_BARE) else None


def _behind_words(text: str, sentence: Span, low: int) -> Found | None:
    """困难不少,主要是A,B,C,D。 — also 主要表现在A;B;C, whatever stands before."""
    match = _mainly().search(text, sentence.start, sentence.end)
    lead = lead_before(text, match.start(), low) if match else None
    if match is None or lead is None:
        return None
    behind = Span(match.end(), sentence.end)
    parts = _semicolons(text, behind)
    if parts or not announces(text, lead, "troubles"):
        return _found(text, lead, parts)
    parts = split_at(text, behind, "，,")
    return _found(text, lead, parts) if len(parts) >= _FEWEST_BY_COMMA else None


def _behind_clause(text: str, sentence: Span) -> Found | None:
    """抓好“三新”,A;B;C。 — as many clauses as the first words say."""
    parts = _semicolons(text, sentence)
    comma = _CLAUSE_END.search(text, parts[0].start, parts[0].end) if len(parts) >= _FEWEST else None
    if comma is None:
        return None
    lead = Span(parts[0].start, comma.start())
    if named_count(text, lead) != len(parts):
        return None
    return _found(text, lead, [trim(text, comma.end(), parts[0].end), *parts[1:]])


@cache
def _mainly() -> re.Pattern[str]:
    return re.compile(listing_data()["words"]["mainly"])


def _found(text: str, lead: Span, parts: list[Span]) -> Found | None:
    if parts:
        tail = _ETC.search(text, parts[-1].start, parts[-1].end)
        last = trim(text, parts[-1].start, tail.start()) if tail else parts[-1]
        parts = [*parts[:-1], last] if last.start < last.end else parts[:-1]
    return Found("names", lead, tuple(parts)) if len(parts) >= _FEWEST else None


def _semicolons(text: str, span: Span) -> list[Span]:
    if text.count(";", span.start, span.end) < _FEWEST - 1:
        return []
    return [without_and(text, part) for part in split_at(text, span, ";")]


@cache
def _aims() -> re.Pattern[str]:
    return re.compile(listing_data()["words"]["aims"], re.IGNORECASE)


def _sentences(text: str, behind: Span, lead: Span) -> list[Span]:
    """Troubles that fill a sentence each, up to one that turns from them.

    >>> text = "困难不少,主要是:水少,地薄。路远,车少。人才缺乏。我们将努力解决。"
    >>> [text[span.start : span.end] for span in _sentences(text, Span(9, 14), Span(0, 8))]
    ['水少,地薄', '路远,车少', '人才缺乏']
    """
    if not announces(text, lead, "troubles"):
        return []
    end = line_end(text, behind.end, min(len(text), behind.end + _LONGEST_TROUBLES))
    parts = [trim(text, behind.start, behind.end)]
    for part in split_at(text, Span(behind.end, end), "。"):
        if _turning().match(text, part.start, part.end):
            break
        parts.append(part)
    return parts if len(parts) >= _FEWEST else []


@cache
def _turning() -> re.Pattern[str]:
    return re.compile(listing_data()["words"]["turning"])


def _commas(text: str, behind: Span, lead: Span) -> list[Span]:
    """What commas set apart, where the lead names how many there are, or that they are aims or troubles.

    Aims go on in the sentences behind as long as semicolons set some apart there.
    """
    aims = _aims().search(text, lead.start, lead.end)
    more = _MORE.match(text, behind.end) if aims else None
    if more:
        return split_at(text, Span(behind.start, more.end()), ";。")
    if text.find(";", behind.start, behind.end) >= 0:
        return []
    parts = split_at(text, behind, "," if is_latin(text, behind) else "，,")
    if not (aims or announces(text, lead, "troubles") or named_count(text, lead) == len(parts)):
        return []
    items: list[Span] = []
    for part in parts:
        if items and text.startswith("其中", part.start):
            items[-1] = Span(items[-1].start, part.end)
        else:
            items.append(without_and(text, part))
    return items
