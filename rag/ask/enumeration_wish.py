"""A question in words -> which enumeration it asks for: its topic, how many items, the words that tell it.

>>> from rag.ask.question import read_question
>>> from rag.bind import Coverage
>>> question = read_question("2026年全市要全力抓的七项重点是什么?", Coverage((2025, 2026), ("青禾市",), 2026))
>>> wish = read_wish(question)
>>> wish.topic, wish.counts
('tasks', frozenset({7}))
>>> read_wish(read_question("2024年GDP是多少?", Coverage((2024,), ("青禾市",), 2024))) is None
True
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from rag.ask.question import Question
from rag.language import Word, load_toml, parse_english_numeral, parse_numeral


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be listed; `report` is the year of the report that is named."""

    topic: str
    counts: frozenset[int]
    words: tuple[Word, ...]  # those that say something of the thing listed
    report: int | None
    labels: tuple[str, ...] = ()  # names that the question quotes


def data() -> dict[str, Any]:
    """The rules for questions that enumerations answer."""
    return load_toml("ask/enumerations.toml")


@cache
def pattern(*path: str) -> re.Pattern[str]:
    """A pattern of the rules, or several as one."""
    found: Any = data()
    for name in path:
        found = found[name]
    return re.compile(found if isinstance(found, str) else "|".join(found), re.IGNORECASE)


def read_wish(question: Question) -> Wish | None:
    """What a question wants listed; None where it asks for something else."""
    if not asks_items(question.plain, for_figure=question.kind == "figure"):
        return None
    return Wish(
        topic=read_topic(question.plain),
        counts=frozenset(named_counts(question.plain)),
        words=tuple(word for word in question.words if not _is_generic(word, question)),
        report=question.plan_year or named_report(question.plain),
        labels=tuple(quoted_labels(question.plain)),
    )


def asks_items(text: str, for_figure: bool = False) -> bool:
    """Whether a question asks for the items of something; `for_figure`: its words could ask for a figure.

    >>> asks_items("面临哪些困难?"), asks_items("What is the total?")
    (True, False)
    """
    rules = (rule for rule in data()["asks"] if rule.get("figure") or not for_figure)
    return any(re.search(rule["pattern"], text, re.IGNORECASE) for rule in rules)


def read_topic(text: str) -> str:
    """What of a report a question is about, where it is one of the things that every report has."""
    found = (name for name in data()["topics"] if pattern("topics", name, "asked").search(text))
    return next(found, "")


def named_report(text: str) -> int | None:
    """The year of the report that a question names.

    >>> named_report("在2025年的政府工作报告里"), named_report("its 2026 report"), named_report("2025年")
    (2025, 2026, None)
    """
    for language in ("zh", "en"):
        match = pattern("report", language).search(text)
        if match:
            return int(next(year for year in match.groups() if year))
    return None


def named_counts(text: str) -> Iterator[int]:
    """How many items a question says there are.

    >>> list(named_counts("要做到哪“五个坚持”?")), list(named_counts("Which three fields are meant?"))
    ([5], [3])
    """
    for name in ("zh", "quoted", "en"):
        for match in pattern("count", name).finditer(text):
            told = match.groupdict()
            written = told.get("n") or told.get("word") or ""
            numeral = parse_numeral if told.get("n") else parse_english_numeral
            yield int(written) if written.isdigit() else int(numeral(written))


def quoted_labels(text: str) -> Iterator[str]:
    """The names that a question quotes, unless they are English.

    >>> list(quoted_labels("要做到哪“五个坚持”?")), list(quoted_labels("the highlands (三大高地)"))
    (['五个坚持'], ['三大高地'])
    """
    for match in pattern("label", "quoted").finditer(text):
        if not re.search("[A-Za-z]{2}", match["name"]):
            yield match["name"]


def _is_generic(word: Word, question: Question) -> bool:
    """Whether a word says nothing of the thing listed: it asks, counts or names the report."""
    generic = data()["generic"]
    if word.text.lower() in _generic(question.language) or not set(generic["keys"]).isdisjoint(word.keys):
        return True
    return pattern("count", "zh").fullmatch(word.text) is not None


@cache
def _generic(language: str) -> frozenset[str]:
    return frozenset(data()["generic"][language])
