"""What is said of a figure of an English sentence, and the nouns of change that tell it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from rag.bind.english.phrases import clean
from rag.bind.english.verbs import participle, verb_kind
from rag.bind.english.views import View
from rag.bind.english.words import english_data, listed
from rag.schema import Measure

CHANGED: dict[str, Measure] = {"grow": "growth", "fall": "decline", "up": "growth", "down": "decline"}
_CHANGES: tuple[Measure, ...] = ("growth", "decline")
_NO_ACT = ("done", "reach", "keep", "share")  # no part of the name of what was counted
_LEADS_TO = re.compile(r"\b(?:to|for|on)\s", re.IGNORECASE)  # contribution to growth
_SHARE = re.compile(r"(?:the\s+)?(?:share|proportion)\s+of\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """What a figure is said of and what it measures.

    `noun` is what it counts, `frame` how items of a list are said ({} is their noun, {+} a phrase that
    begins with a preposition) and `item` what those measure. `state`: it stood so at the end of the time,
    and was not done within it.
    """

    subject: str
    measure: Measure = "level"
    of: str | None = None
    noun: str = ""
    frame: str = ""
    item: Measure = "level"
    state: bool = False

    def of_item(self, frame: str, noun: str) -> Said:
        """The same said of a further item of the list."""
        subject = self.frame.replace(frame, noun)
        return replace(self, subject=subject, measure=self.item, of=None, noun=noun)


@dataclass(frozen=True, slots=True)
class Case:
    """A figure with what is said of the one before it, and the subject that it may go on with."""

    view: View
    previous: Said | None = None
    inherited: str = ""

    @property
    def after_origin(self) -> bool:
        """Whether the figure before is where a change began (from 5 to 6)."""
        return self.previous is not None and self.previous.measure == "from"


def acted(noun: str, lemmas: tuple[str, ...], complement: str = "") -> str:
    """The name of what was counted, with what was done to it where that is a part of it.

    >>> acted("civil airports", ("build", "renovate", "expand")), acted("urban jobs", ("create",))
    ('civil airports built, renovated or expanded', 'urban jobs')
    """
    told = [participle(lemma) for lemma in lemmas if verb_kind(lemma) not in _NO_ACT]
    act = ", ".join(told[:-1]) + " or " + told[-1] if len(told) > 1 else "".join(told)
    return " ".join(part for part in (noun, act, complement) if part)


def changing(text: str) -> tuple[Measure, str] | None:
    """The change that a phrase names, and of what, if it says so.

    >>> changing("an increase in consumer prices"), changing("GDP growth"), changing("an annual increase")
    (('growth', 'consumer prices'), ('growth', 'GDP'), ('growth', ''))
    >>> changing("population") is None, changing("contribution to growth") is None
    (True, True)
    """
    for name in _CHANGES:
        of, after = _patterns(name)
        if match := of.match(text):
            rest = clean(match[1])
            return (name, rest) if rest else None
        match = after.match(text)
        if match and not _LEADS_TO.search(match[1]):
            return _changed_noun(name, text, match[1])
    return None


def _changed_noun(name: Measure, text: str, before: str) -> tuple[Measure, str] | None:
    """A change of the noun before it: GDP growth; economic growth is what it says."""
    what = clean(_rates().sub("", before.strip()))
    if what.lower() in listed("changes", "rates_proper"):
        return None
    return name, clean(text) if what.lower() in listed("changes", "adjectives") else what


@cache
def _patterns(name: Measure) -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = rf"(?:{'|'.join(english_data()['changes'][name])})(?:\s+rate)?"
    of = rf"(?:[\w-]+\s+){{0,4}}?{words}\s+(?:in|of|to)\s+(.+)$"
    return re.compile(of, re.IGNORECASE), re.compile(rf"(.*?)\b{words}$", re.IGNORECASE)


@cache
def _rates() -> re.Pattern[str]:
    """Words that tell which rate of a thing is meant."""
    rates = "|".join(english_data()["changes"]["rates"])
    return re.compile(rf"(?:(?:^|\s)(?:{rates}))+\s*$", re.IGNORECASE)


def tells_share(text: str) -> bool:
    """Whether a subject is the share of something."""
    return bool(_SHARE.match(text))
