"""Typing errors in questions: homophones in Chinese, a slipped letter in English.

>>> speller = Speller(frozenset({"占比", "面积"}), frozenset({"stations"}))
>>> speller.correct("森林面基占笔", "zh")
('森林面积占比', (('面基', '面积'), ('占笔', '占比')))
>>> speller.correct("how many statons", "en")
('how many stations', (('statons', 'stations'),))
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Any

from rag.language.analysis import is_dictionary_word, is_known_word, tag_tokens
from rag.language.stemming import stem_word
from rag.language.terms import find_concepts
from rag.schema import Language, Span

_LONGEST = 8
_CLOSE = 87  # rapidfuzz similarity, 0 to 100: one slip in a word of seven letters
_SHORTEST_ENGLISH = 4
_NUMERAL = re.compile(r"[〇零一二两三四五六七八九十百千万亿]")
Corrections = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Speller:
    """Corrects towards the words that the plans and the indicator names use."""

    chinese: frozenset[str]
    english: frozenset[str]  # words, not stems
    ordinary: frozenset[str] = frozenset()  # stems of English words that are no typing errors
    attested: Callable[[str], bool] = lambda text: False  # whether the plans hold a text

    @cached_property
    def _by_character(self) -> dict[tuple[int, int, str], list[str]]:
        """The Chinese words by their length and by each of their characters at its place."""
        found: dict[tuple[int, int, str], list[str]] = {}
        for word in sorted(self.chinese):
            if 2 <= len(word) <= _LONGEST and re.fullmatch(r"[\u4e00-\u9fff]+", word):
                for place, char in enumerate(word):
                    found.setdefault((len(word), place, char), []).append(word)
        return found

    def _likes(self, window: str) -> list[str]:
        """The known words that share half of their characters with a window, and all of its sounds."""
        places = [self._by_character.get((len(window), i, char), []) for i, char in enumerate(window)]
        shared = Counter(word for words in places for word in words)
        near = sorted(word for word, count in shared.items() if count * 2 >= len(window) and word != window)
        return [word for word in near if _sound(word) == _sound(window)]

    @cached_property
    def _english_stems(self) -> frozenset[str]:
        return frozenset(stem_word(word) for word in self.english)

    def correct(self, text: str, language: Language) -> tuple[str, Corrections]:
        """The text with its typing errors mended, and what was mended."""
        return self._correct_chinese(text) if language == "zh" else self._correct_english(text)

    def _correct_chinese(self, text: str) -> tuple[str, Corrections]:
        made: list[tuple[str, str]] = []
        for start, end, is_word in _unknown_spans(text, self.chinese):
            if end - start > 1 and self.attested(text[start:end]):
                continue
            for length in range(_LONGEST, 2 if is_word else 1, -1):
                window = self._mend(text, start, end, length)
                if window:
                    low, word = window
                    made.append((text[low : low + length], word))
                    text = text[:low] + word + text[low + length :]
                    break
        return text, tuple(made)

    def _mend(self, text: str, start: int, end: int, length: int) -> tuple[int, str] | None:
        """A window of `length` that touches the unknown stretch and sounds like a known word.

        One that the plans use is preferred: 新贯通 for 新惯通, and not 新冠通.
        """
        found: list[tuple[int, str]] = []
        concepts = [Span(start, end) for _, start, end in find_concepts(text)]
        for low in range(max(0, start - length + 1), min(end, len(text) - length + 1)):
            window = text[low : low + length]
            if _cuts(concepts, low, low + length):
                continue  # 累计建成 holds no 基建
            han = re.fullmatch(r"[\u4e00-\u9fff]+", window) and not _NUMERAL.search(window)
            if length == 2 and any(is_known_word(char) for char in window):
                continue  # 数是, which only sounds like a word
            across = (text[max(0, low - 1) : low + 1], text[low + length - 1 : low + length + 1])
            if length == 2 and any(pair in self.chinese for pair in across):
                continue  # 成意, of 谈成 and 意向
            if han and not self.attested(window) and (likes := self._likes(window)):
                found.append((low, likes[0]))
        attested = (option for option in found if self.attested(option[1]))
        return next(attested, found[0] if found else None)

    def _correct_english(self, text: str) -> tuple[str, Corrections]:
        made: list[tuple[str, str]] = []

        def mend(match: re.Match[str]) -> str:
            word = match.group()
            stem = stem_word(word)
            known = stem in self._english_stems or stem in self.ordinary or is_known_word(word)
            if word[0].isupper() or known:
                return word
            meant = self._nearest_english(word)
            if meant is None:
                return word
            made.append((word, meant))
            return meant

        return re.sub(rf"[A-Za-z]{{{_SHORTEST_ENGLISH},}}", mend, text), tuple(made)

    def _nearest_english(self, word: str) -> str | None:
        """The word that one slip turns into `word` (two letters swapped are one), or one much like it."""
        from rapidfuzz import fuzz, process
        from rapidfuzz.distance import OSA

        slips = process.extract(word, self._english_sorted, scorer=OSA.distance, score_cutoff=1)
        meant = [slip for slip, _, _ in slips if slip[0] == word[0] and len(slip) >= _SHORTEST_ENGLISH]
        if meant:
            return max(meant, key=lambda slip: fuzz.ratio(slip, word))
        like = process.extractOne(word, self._english_sorted, scorer=fuzz.ratio, score_cutoff=_CLOSE)
        return str(like[0]) if like is not None else None

    @cached_property
    def _english_sorted(self) -> list[str]:
        return sorted(self.english)


def _cuts(names: Iterable[Span], low: int, high: int) -> bool:
    """Whether a window cuts through one of the names that stand in a text."""
    return any(
        name.start < high and low < name.end and not (low <= name.start and name.end <= high)
        for name in names
    )


@cache
def _pinyin() -> Any:
    from pypinyin import lazy_pinyin

    return lazy_pinyin


@lru_cache(maxsize=16384)
def _sound(word: str) -> tuple[str, ...]:
    """The syllables of a word without tones."""
    return tuple(_pinyin()(word))


def _unknown_spans(text: str, known: frozenset[str]) -> list[tuple[int, int, bool]]:
    """Stretches whose tokens are neither in the plans nor ordinary words of a question.

    The third value says whether the token is a word all the same (海棉, which stands for 海绵), or two of one
    character each.
    """
    spans = []
    position = 0
    broken = 0  # where a run of single characters began: 上事企业, which stands for 上市企业
    for token, _ in tag_tokens(text):
        end = position + len(token)
        single = len(token) == 1 and re.fullmatch(r"[\u4e00-\u9fff]", token)
        broken = broken if single else end
        if end - broken == 2:
            spans.append((broken, end, True))
        odd = re.fullmatch(r"[\u4e00-\u9fff]+", token) and token not in known
        if odd and not is_known_word(token):
            spans.append((position, end, len(token) > 1 and is_dictionary_word(token)))
        position = end
    return spans
