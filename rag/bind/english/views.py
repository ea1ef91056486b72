"""An English sentence seen from each of its figures: where its part of it begins and ends.

>>> from rag.bind.english.slots import find_figures
>>> text = "We raised the minimum wage, and pensions for retirees rose by 5%, while prices fell 3%"
>>> for view in views(text, find_figures(text), ()):
...     print([word.word for word in view.words[view.tail : view.at]])
['pensions', 'for', 'retirees', 'rose', 'by']
['prices', 'fell']
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from rag.bind.english.slots import Figure
from rag.bind.english.tagging import read_words
from rag.bind.english.words import FINITE, Word, compiled, english_data
from rag.schema import RELATIVE

_HARD = ";:—–-()[]"
_HARD_WORDS = ("while", "whereas", "but")
_INSERTED = re.compile(r"\b(?:will|would|should|must|has|have|had|was|were|is|are),\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class View:
    """The words of a sentence seen from one of its figures.

    `at` is its place among the words, `tail` where what tells of it begins, `low` and `high` where its part
    of the sentence does and ends, `stop` where the next figure stands, or that end; `before` is the place
    of the figure before it in its part, if any.
    """

    sentence: str
    words: Sequence[Word]
    figure: Figure
    at: int
    low: int
    tail: int
    stop: int
    high: int
    before: int | None

    @property
    def unit_class(self) -> str:
        """The class of the figure's unit."""
        return self.figure.quantity.unit_class

    @property
    def relative(self) -> bool:
        """Whether the figure tells a relation (a percentage, a multiple)."""
        return self.unit_class in RELATIVE

    @property
    def counted(self) -> bool:
        """Whether the figure counts things."""
        return self.unit_class.startswith(("count", "person", "visit", "number"))

    @property
    def money(self) -> bool:
        """Whether the figure is an amount of money."""
        return self.unit_class.startswith("money")

    def follows(self, *words: str) -> bool:
        """Whether one of these words stands right behind the figure."""
        return self.at + 1 < self.stop and self.words[self.at + 1].word in words

    def tag(self, place: int) -> str:
        """The class of the word at a place of the figure's part, or "end"."""
        return self.words[place].tag if place < self.high else "end"


def views(sentence: str, figures: Sequence[Figure], dropped: Sequence[tuple[int, int]]) -> list[View]:
    """The sentence seen from each of its figures; `dropped` are words of time."""
    spans = [(f.span.start, f.span.end, "figure") for f in figures]
    asides = [match.span() for match in compiled("asides", "rule").finditer(sentence)]
    spans += [(*_whole_aside(sentence, low, high), "time") for low, high in [*dropped, *asides]]
    words = read_words(sentence, _apart(spans))
    places = {word.start: i for i, word in enumerate(words) if word.tag == "figure"}
    return [_view(sentence, words, figure, places[figure.span.start]) for figure in figures]


def _view(sentence: str, words: Sequence[Word], figure: Figure, at: int) -> View:
    low = next((i + 1 for i in range(at - 1, -1, -1) if _is_hard(words[i])), 0)
    high = next((i for i in range(at + 1, len(words)) if _is_hard(words[i])), len(words))
    stop = next((i for i in range(at + 1, high) if words[i].tag == "figure"), high)
    before = next((i for i in range(at - 1, low - 1, -1) if words[i].tag == "figure"), None)
    return View(sentence, words, figure, at, low, _tail(words, low, at, before), stop, high, before)


def _whole_aside(sentence: str, low: int, high: int) -> tuple[int, int]:
    """Words of time with what they leave behind: this year's; would, over the year, grow."""
    if match := re.match(r"[’']s\b", sentence[high:]):
        high += match.end()
    inserted = _INSERTED.search(sentence[:low])
    if inserted and (match := re.match(r"\s*,", sentence[high:])):
        return low - (len(inserted[0]) - inserted[0].index(",")), high + match.end()
    return low, high


def _apart(spans: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Figures whole, and of the rest what does not overlap them or another stretch."""
    kept = [span for span in spans if span[2] == "figure"]
    for span in sorted((s for s in spans if s[2] != "figure"), key=lambda s: s[0] - s[1]):
        if not any(span[0] < high and low < span[1] for low, high, _ in kept):
            kept.append(span)
    return sorted(kept)


def _is_hard(word: Word) -> bool:
    return (word.tag == "mark" and word.word in _HARD) or word.word in _HARD_WORDS


def _tail(words: Sequence[Word], low: int, at: int, before: int | None) -> int:
    """Where what tells of a figure begins: behind the last clause that is whole without it."""
    starts = [low]
    for i in range(low, at):
        if words[i].tag not in ("mark", "conj") or i < starts[-1]:
            continue
        stretch = words[starts[-1] : i]
        if _within_noun(words, i, at, stretch):
            continue
        apart = words[i].tag == "mark" and (_introduces(stretch) or words[i + 1].word == "with")
        if apart or _whole(stretch) or _verb_next(words, i, at):
            starts.append(i + 1)
        elif words[i].tag == "conj" and i and words[i - 1].tag == "mark" and len(starts) > 1:
            starts.append(i + 1)  # A, B, and revenue rose: behind a list that belongs to the clause before
    while len(starts) > 1 and not _suffices(words, starts[-1], at, before):
        starts.pop()
    start = max(starts[-1], 0 if before is None else before + 1)
    while start < at and words[start].tag in ("mark", "conj"):
        start += 1
    return start


def _within_noun(words: Sequence[Word], i: int, at: int, stretch: Sequence[Word]) -> bool:
    """Whether a conjunction only joins parts of the noun that the figure before it counts."""
    figures = [k for k, word in enumerate(stretch) if word.tag == "figure"]
    if words[i].tag != "conj" or not figures or words[i - 1].tag != "noun":
        return False
    if any(word.tag not in ("noun", "prep", "det", "time") for word in stretch[figures[-1] + 1 :]):
        return False
    if i + 1 >= at or words[i + 1].tag != "noun":
        return False
    further = (k for k in range(i + 1, at - 1) if words[k].tag in ("conj", "mark"))
    return any(words[k + 1].tag in ("det", "verb", "pron", "adv", "mark", "conj") for k in further)


def _whole(stretch: Sequence[Word]) -> bool:
    """Whether a stretch says something by itself: by a figure, or a verb that no describing clause has."""
    if any(word.tag == "figure" for word in stretch):
        return True
    described = groups = 0
    for i, word in enumerate(stretch):
        described += word.tag == "rel" and i > 0 and stretch[i - 1].tag in ("noun", "prep")
        groups += _tells(word) and not (i and _tells(stretch[i - 1]))
    return groups > described


def _verb_next(words: Sequence[Word], i: int, at: int) -> bool:
    """Whether a verb follows right behind a mark or a conjunction."""
    i += 1
    while i < at and words[i].tag in ("adv", "time", "conj"):
        i += 1
    return i < at and words[i].tag == "verb" and not words[i].bare


def _tells(word: Word) -> bool:
    return word.tag == "aux" or (word.tag == "verb" and not word.bare)


def _introduces(stretch: Sequence[Word]) -> bool:
    """In urban areas, / First, / This year,: what stands before the clause proper."""
    said = [word for word in stretch if word.tag != "time"]
    return not said or (said[0].tag in ("prep", "adv", "to") and said[0].word != "per")


def _suffices(words: Sequence[Word], start: int, at: int, before: int | None) -> bool:
    """Whether the words from `start` on tell what a figure is of without those before them."""
    if before is not None and before < start:
        apart = words[start - 1].tag == "mark" or words[start - 2].tag == "mark"
        return apart or not any(_tells(word) for word in words[before:start])
    said = [word for word in words[start:at] if word.tag not in ("time", "mark", "conj")]
    if any(word.tag in FINITE and (not word.bare or word.form == "ing") for word in said):
        return True
    if not said:
        joined = words[start - 1].tag == "conj" and before is None
        return not joined or _spoken_behind(words, at)
    return bool(_change_told().search(" ".join(word.word for word in said)))


@cache
def _change_told() -> re.Pattern[str]:
    changes = english_data()["changes"]
    nouns = "|".join([*changes["growth"], *changes["decline"]])
    return re.compile(rf"^(?:up|down)\b|\b(?:{nouns})\s+of\b|^including\b|^with\b")


def _spoken_behind(words: Sequence[Word], at: int) -> bool:
    """Whether something is said of a figure behind it, before the next mark."""
    for word in words[at + 1 :]:
        if word.tag in ("mark", "conj"):
            return False
        if word.tag in FINITE and not word.bare:
            return True
    return False
