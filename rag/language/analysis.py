"""Texts -> weighted words that can be compared across wordings and languages.

A word's keys say what it can match: a concept ("#gdp"), a Chinese token ("公园") or an English stem
("en:park").

>>> [(w.text, w.keys, w.weight) for w in analyze_chinese("社零总额的增速")]
[('社零总额', ('#retail_sales',), 1.0), ('增速', ('#aspect_growth_rate',), 0.5)]
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

from rag.language.numerals import fold_width
from rag.language.quantity import find_quantities
from rag.language.resources import load_toml
from rag.language.stemming import stem_word
from rag.language.terms import ASPECT, find_concepts, find_english_concepts
from rag.schema import Language

_HAN = re.compile(r"[\u3400-\u9fff]")
_HAN_RUN = re.compile(r"(?<![\d.])(?P<bracket>[(“\"'‘《])?(?P<name>[\u3400-\u9fff][\u3400-\u9fff\d]*)")
_HAN_NAME = re.compile(r"(?![〇零一二三四五六七八九十百千万亿两几多数半余来第上下全])[\u3400-\u9fff]+")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
_ENGLISH_WORD = re.compile(r"[A-Za-z]+(?:\.\d+)?(?:'s)?|\d+(?:\.\d+)?")
NOUN = 0.7  # the least weight of a word that can name a thing; verbs and aspects are lighter
_ASPECT_WEIGHT = 0.5
_UNLISTED_TAG_WEIGHT = 1.0


@dataclass(frozen=True, slots=True)
class Word:
    """A word that carries content, with offsets into the analysed text."""

    text: str
    start: int
    end: int
    keys: tuple[str, ...]
    weight: float


def detect_language(text: str) -> Language:
    """The language that a question is asked in; names of the other language do not matter.

    >>> detect_language("How much did the auto mall (国际汽车城) sell?"), detect_language("GDP growth是多少")
    ('en', 'zh')
    """
    if not _HAN.search(text):
        return "en"
    frame = load_toml("language/analysis.toml")["frame"]
    asked_in_english = re.search(frame["en"], text, re.IGNORECASE) and not re.search(frame["zh"], text)
    return "en" if asked_in_english else "zh"


def text_language(text: str) -> Language:
    """The language that most of a text is in, a word of one counted like a character of the other.

    >>> text_language("GDP came to 102.09 billion yuan (1020.9亿元) in 2019")
    'en'
    """
    return "zh" if len(_HAN.findall(text)) >= max(1, len(_LATIN_WORD.findall(text))) else "en"


def to_simplified(text: str) -> str:
    """Traditional characters as simplified ones, character for character, so that offsets stay.

    >>> to_simplified("光明區規上工業增加值")
    '光明区规上工业增加值'
    """
    try:
        text.translate(_NOT_HAN).encode("gb2312")
        return text  # GB 2312 holds every simplified character in common use and no traditional one
    except UnicodeEncodeError:
        converted = str(_converter().convert(text))
        return converted if len(converted) == len(text) else text


class _DropNotHan(dict[int, str]):
    def __missing__(self, code: int) -> str:
        return chr(code) if 0x3400 <= code <= 0x9FFF else ""


_NOT_HAN = _DropNotHan()


@cache
def _converter() -> Any:
    from opencc_purepy import OpenCC

    return OpenCC("t2s")


@cache
def _data() -> dict[str, Any]:
    data = load_toml("language/analysis.toml")
    return {
        "zh_ignored": frozenset(data["chinese"]["ignored"]),
        "zh_ignored_tags": frozenset(data["chinese"]["ignored_tags"]),
        "zh_weak_tags": data["chinese"]["weak_tags"],
        "en_ignored": frozenset(stem_word(word) for word in data["english"]["ignored"]),
        "en_weak": frozenset(stem_word(word) for word in data["english"]["weak"]),
        "en_weak_weight": data["english"]["weak_weight"],
    }


@cache
def _tagger() -> Any:
    import rjieba

    return rjieba.Jieba()


@lru_cache(maxsize=32768)
def normalize(text: str) -> str:
    """Half width and simplified, character for character."""
    return to_simplified(fold_width(text))


def analyze(text: str, language: Language) -> tuple[Word, ...]:
    """The content words of a text in a language that is known."""
    return analyze_chinese(text) if language == "zh" else _analyze_mixed(text)


def is_indicator(word: Word) -> bool:
    """Whether a word names something that the data file lists, and no aspect of it."""
    return word.keys[0].startswith("#") and not word.keys[0].startswith(f"#{ASPECT}")


def is_subject(word: Word) -> bool:
    """Whether a word can name what a figure is about: no verb and no aspect."""
    return word.weight >= NOUN and not word.keys[0].startswith(f"#{ASPECT}")


@lru_cache(maxsize=16384)
def analyze_chinese(text: str) -> tuple[Word, ...]:
    """The content words of Chinese text: concepts first, jieba tokens between them."""
    plain = _blank_figures(normalize(text))
    words: list[Word] = []
    position = 0
    for concept, start, end in find_concepts(plain):
        if start < position or _heads_longer_word(plain, concept, start, end):
            continue
        words.extend(_tokens(plain, position, start))
        weight = _ASPECT_WEIGHT if concept.startswith(ASPECT) else 1.0
        words.append(Word(text[start:end], start, end, (f"#{concept}",), weight))
        position = end
    words.extend(_tokens(plain, position, len(plain)))
    return tuple(words)


def _heads_longer_word(text: str, concept: str, start: int, end: int) -> bool:
    """Whether a short name is only the head of another word: 外资 in 区本级外资金, 工业 in 工业区."""
    if end - start > 2 or concept.startswith(ASPECT):
        return False
    boundaries = _boundaries(text)
    joined = text[end : end + 1] in load_toml("language/analysis.toml")["chinese"]["joiners"]
    return start in boundaries and end not in boundaries and not joined


@lru_cache(maxsize=512)
def _boundaries(text: str) -> frozenset[int]:
    position, found = 0, {0}
    for token, _ in tag_tokens(text):
        position += len(token)
        found.add(position)
    return frozenset(found)


def _blank_figures(text: str) -> str:
    """Spaces for figures and their units, which would run into the words around them."""
    for quantity in find_quantities(text):
        blank = " " * (quantity.end - quantity.start)
        text = text[: quantity.start] + blank + text[quantity.end :]
    return text


def _tokens(text: str, start: int, end: int) -> list[Word]:
    words = []
    position = start
    for token, tag in _tagger().tag(text[start:end]):
        low, position = position, position + len(token)
        weight = token_weight(token, tag)
        if weight:
            words.append(Word(token, low, position, (token.lower(),), weight))
    return words


def token_weight(token: str, tag: str) -> float:
    """How much a token says of what is asked; 0 for function words, numbers and punctuation."""
    data = _data()
    if token in data["zh_ignored"] or not re.search(r"[^\W\d_]", token):
        return 0.0
    if tag == "m" and len(token) > 2 and _HAN_NAME.fullmatch(token):
        return _UNLISTED_TAG_WEIGHT  # 大仟里, which is no number
    if len(token) > 1 and tag not in data["zh_weak_tags"] and _HAN.search(token):
        return 0.0 if tag in data["zh_ignored_tags"] else _UNLISTED_TAG_WEIGHT
    if tag in data["zh_ignored_tags"] and _HAN.search(token):
        return 0.0
    weight = float(data["zh_weak_tags"].get(tag, _UNLISTED_TAG_WEIGHT))
    return weight * (0.5 if len(token) == 1 and _HAN.search(token) else 1.0)


@lru_cache(maxsize=4096)
def analyze_english(text: str) -> tuple[Word, ...]:
    """The content words of English text: concepts where their English names stand, else stems."""
    spans = [m.span() for m in _ENGLISH_WORD.finditer(text)]
    tokens = [text[a:b].removesuffix("'s") for a, b in spans]
    stems = tuple(stem_word(token) for token in tokens)
    words: list[Word] = []
    position = 0
    for concepts, start, end in find_english_concepts(stems):
        words.extend(_stems(text, spans, stems, position, start))
        low, high = spans[start][0], spans[end - 1][1]
        keys = tuple(f"#{concept}" for concept in concepts)
        keys += tuple(f"en:{stem}" for stem in stems[start:end]) if end - start == 1 else ()
        aspect = all(concept.startswith(ASPECT) for concept in concepts)
        weight = _ASPECT_WEIGHT if aspect else 1.0
        words.append(Word(text[low:high], low, high, keys, weight))
        position = end
    words.extend(_stems(text, spans, stems, position, len(stems)))
    return tuple(words)


@lru_cache(maxsize=4096)
def _analyze_mixed(text: str) -> tuple[Word, ...]:
    """The words of English text with those of the Chinese names in it.

    Of an English name with the Chinese one in brackets behind it, the Chinese one says more.

    >>> [(w.text, round(w.weight, 2)) for w in _analyze_mixed("new waterside paths (碧道)")]
    [('new', 0.5), ('waterside paths', 0.3), ('碧道', 1.0)]
    """
    words = list(analyze_english(text))
    lighter = load_toml("language/analysis.toml")["english"]["translated"]
    for run in _HAN_RUN.finditer(text):
        if run["bracket"]:
            end = len(text[: run.start()].rstrip())
            for i, word in reversed(list(enumerate(words))):
                if word.end == end and not word.keys[0].startswith(f"#{ASPECT}"):
                    words[i] = replace(word, weight=word.weight * lighter)
                    end = len(text[: word.start].rstrip(" -"))
        offset = run.start("name")
        words += [
            replace(w, start=w.start + offset, end=w.end + offset) for w in analyze_chinese(run["name"])
        ]
    return tuple(sorted(words, key=lambda word: word.start))


def _stems(
    text: str, spans: list[tuple[int, int]], stems: tuple[str, ...], start: int, end: int
) -> list[Word]:
    data = _data()
    ignored, weak = data["en_ignored"], data["en_weak"]
    return [
        Word(text[a:b], a, b, (f"en:{stem}",), data["en_weak_weight"] if stem in weak else 0.8)
        for (a, b), stem in zip(spans[start:end], stems[start:end], strict=True)
        if stem not in ignored and len(stem) > 1 and not stem[0].isdigit()
    ]


def tag_tokens(text: str) -> list[tuple[str, str]]:
    """jieba's tokens of a text with their part-of-speech tags."""
    return list(_tagger().tag(text))


def is_dictionary_word(word: str) -> bool:
    """Whether jieba's dictionary lists a word."""
    return bool(_tagger().has_word(word))


def is_known_word(word: str) -> bool:
    """Whether a word is one of those that questions are made of (`data/analysis.toml`)."""
    data = _data()
    return word in data["zh_ignored"] or stem_word(word) in data["en_ignored"] | data["en_weak"]


@lru_cache(maxsize=16384)
def subtokens(text: str) -> tuple[str, ...]:
    """The finer Chinese tokens inside a text, for searching by parts of a longer name."""
    return tuple(
        token.lower()
        for token in _tagger().cut_for_search(normalize(text))
        if len(token) > 1 or token.isalnum()
    )
