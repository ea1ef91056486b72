"""Indicator names, their synonyms and their English names (`data/terms.tsv`).

>>> find_concepts("2019年社零和GDP")
[('retail_sales', 5, 7), ('gdp', 8, 11)]
"""

from __future__ import annotations

from functools import cache

from rag.language.resources import load_tsv
from rag.language.stemming import stem_words

ASPECT = "aspect_"  # prefix of the ids that name an aspect (growth, share) and no indicator


@cache
def _chinese() -> tuple[dict[str, str], dict[str, int]]:
    names: dict[str, str] = {}
    longest: dict[str, int] = {}
    for concept, chinese, _ in load_tsv("language/terms.tsv"):
        for name in chinese.lower().split("|"):
            names.setdefault(name, concept)
            longest[name[0]] = max(longest.get(name[0], 0), len(name))
    return names, longest


@cache
def _english() -> tuple[dict[tuple[str, ...], tuple[str, ...]], int]:
    names: dict[tuple[str, ...], tuple[str, ...]] = {}
    for concept, _, english in load_tsv("language/terms.tsv"):
        for name in english.split("|"):
            stems = stem_words(name)
            if len("".join(stems)) > 1 and concept not in names.get(stems, ()):
                names[stems] = (*names.get(stems, ()), concept)
    return names, max(map(len, names))


@cache
def _rows() -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    return {
        row[0]: (tuple(row[1].split("|")), tuple(row[2].split("|"))) for row in load_tsv("language/terms.tsv")
    }


def chinese_names(concept: str) -> tuple[str, ...]:
    """Every Chinese name of a concept id, the standard name first."""
    return _rows()[concept][0]


def english_names(concept: str) -> tuple[str, ...]:
    """Every English name of a concept id, the usual name first."""
    return _rows()[concept][1]


def find_concepts(text: str) -> list[tuple[str, int, int]]:
    """Concepts named in Chinese text, longest names first from the left: (id, start, end)."""
    names, longest = _chinese()
    lowered = text.lower()
    found = []
    position = 0
    while position < len(lowered):
        limit = min(longest.get(lowered[position], 0), len(lowered) - position)
        for length in range(limit, 1, -1):
            concept = names.get(lowered[position : position + length])
            if concept and not _cuts_word(lowered, position, position + length):
                if length == 2 and _starts_longer(lowered, position + 1, length):
                    break  # 在建 in 在建筑工地上
                found.append((concept, position, position + length))
                position += length - 1
                break
        position += 1
    return found


def _starts_longer(text: str, start: int, length: int) -> bool:
    """Whether a longer name than one of `length` characters begins inside it, and is no kind of aspect."""
    names, longest = _chinese()
    limit = min(longest.get(text[start : start + 1], 0), len(text) - start)
    concepts = (names.get(text[start : start + size]) for size in range(limit, length, -1))
    return any(concept and not concept.startswith(ASPECT) for concept in concepts)


def _cuts_word(text: str, start: int, end: int) -> bool:
    """Whether a Latin name would be cut out of a longer Latin word."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return (_is_latin(before) and _is_latin(text[start])) or (_is_latin(after) and _is_latin(text[end - 1]))


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalpha()


def find_turned_concepts(stems: tuple[str, ...], links: frozenset[str]) -> list[tuple[str, tuple[int, ...]]]:
    """Concepts whose English names stand in a text turned round: (id, places of their words).

    A preposition among `links` (stems) ties the head of a name to what tells its kind, with one word
    at most between: "investment went into manufacturing" names manufacturing investment.

    >>> find_turned_concepts(stem_words("investment went into manufacturing"), frozenset({"into"}))
    [('manufacturing_inv', (0, 3))]
    """
    found: dict[str, tuple[int, ...]] = {}
    for concepts, name in _names_with(set(stems)):
        for cut in range(1, len(name)):
            if places := _find_turned(stems, name[cut:], name[:cut], links):
                found |= dict.fromkeys(concepts, places)
    return sorted(found.items())


def _find_turned(
    stems: tuple[str, ...], head: tuple[str, ...], kind: tuple[str, ...], links: frozenset[str]
) -> tuple[int, ...]:
    for start in range(len(stems) - len(head)):
        end = start + len(head)
        for second in (end + 1, end + 2, end + 3):
            tied = stems[start:end] == head and stems[second : second + len(kind)] == kind
            if tied and not links.isdisjoint(stems[max(end, second - 2) : second]):
                return (*range(start, end), *range(second, second + len(kind)))
    return ()


def _names_with(stems: set[str]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    return [
        (concepts, name)
        for stem in sorted(stems)
        for name, concepts in _english_by_first().get(stem, ())
        if stems.issuperset(name)
    ]


@cache
def _english_by_first() -> dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]]:
    """The English names of several different words, by the first of them."""
    by_first: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for name, concepts in _english()[0].items():
        listed = tuple(concept for concept in concepts if not concept.startswith(ASPECT))
        if listed and len(set(name)) == len(name) > 1:
            by_first.setdefault(name[0], []).append((name, listed))
    return by_first


def find_english_concepts(stems: tuple[str, ...]) -> list[tuple[tuple[str, ...], int, int]]:
    """Concepts named in stemmed English words, longest names first: (ids, start, end)."""
    names, longest = _english()
    found = []
    position = 0
    while position < len(stems):
        for length in range(min(longest, len(stems) - position), 0, -1):
            concepts = names.get(stems[position : position + length])
            if concepts:
                found.append((concepts, position, position + length))
                position += length - 1
                break
        position += 1
    return found
