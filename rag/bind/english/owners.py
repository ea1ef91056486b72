"""Whose verb it is: the subject of the verb before a figure, and the whole that a share is of.

>>> from rag.bind.english.slots import find_figures
>>> from rag.bind.english.views import views
>>> def show(text: str) -> str:
...     view = views(text, find_figures(text), ())[0]
...     return owner_of(view, view.at)
>>> show("The city's fiscal revenue reached 5 billion yuan"), show("We run projects that help 5 people")
('fiscal revenue', 'projects')
>>> show("We have a plan to invest 5 billion yuan"), lowered("Large enterprises"), lowered("GDP growth")
('', 'large enterprises', 'GDP growth')
"""

from __future__ import annotations

import re

from rag.bind.english.phrases import group_start, last_verb, noun_end, phrase
from rag.bind.english.said import Said, changing, tells_share
from rag.bind.english.views import View

PRONOUN = re.compile(r"(?:we|it|they|this|these|that|he|she|i|them|which|who)$", re.IGNORECASE)


def owner_of(view: View, end: int) -> str:
    """The subject of the verb before a place, or the noun there; nothing for "we"."""
    verb = last_verb(view, view.tail, end)
    if verb is None:
        return _named(phrase(view, view.tail, end))
    start = group_start(view, verb)
    if is_subordinate(view, start):
        return ""
    rel = next((i for i in range(start - 1, view.low - 1, -1) if view.words[i].tag == "rel"), None)
    if rel is not None and (text := _behind_relative(view, rel, start)):
        return text
    relative = any(word.tag == "rel" for word in view.words[view.tail : start])
    spoken = [i for i in range(view.tail, start) if _is_finite(view, i)]
    low = spoken[-1] + 1 if spoken and not relative else view.tail
    return _named(phrase(view, low, start))


def _named(text: str) -> str:
    return "" if PRONOUN.match(text) else text


def _is_finite(view: View, i: int) -> bool:
    """Whether a verb tells something by itself: no infinitive, gerund or mere description."""
    word = view.words[i]
    before = view.words[i - 1].tag if i else ""
    if word.tag != "verb" or word.bare:
        return False
    return word.lemma in ("make", "see", "let") or (word.form in ("past", "part", "base") and before != "to")


def is_subordinate(view: View, start: int) -> bool:
    """Whether a group of verbs is an aim or a manner: a plan to invest, by expanding."""
    before = view.words[start - 1] if start > view.low else None
    return view.words[start].tag == "to" or (before is not None and before.tag == "prep")


def _behind_relative(view: View, rel: int, start: int) -> str:
    """Of that, which and who it is the noun before them; of a clause that is told, the subject in it."""
    words = view.words
    own = phrase(view, rel + 1, start)
    if not own and rel >= view.tail - 2:
        before = last_verb(view, view.low, rel)
        low = view.low if before is None else before + 1
        marks = [i for i in range(low, rel - 1) if words[i].tag == "mark" and words[i + 1].tag == "det"]
        return _named(phrase(view, marks[-1] if marks else low, rel))
    told = own and rel >= view.tail and last_verb(view, view.tail, rel) is not None
    return own if told else ""


def lowered(text: str) -> str:
    """A phrase that opened its sentence, as it stands within one."""
    first, _, rest = text.partition(" ")
    ordinary = first[1:].islower() and (rest[:1].islower() or not rest)
    return f"{first.lower()} {rest}".strip() if ordinary else text


def whole_of(view: View) -> str | None:
    """The whole that a percentage is of."""
    if view.relative and view.follows("of"):
        return phrase(view, view.at + 2, noun_end(view, view.at + 2)) or None
    return None


def level_of(view: View, subject: str) -> Said:
    """A figure that something reached or stood at; a percentage of something is a share of it."""
    changed = changing(subject) if view.relative else None
    if changed and changed[1]:
        return Said(changed[1], changed[0])
    whole = whole_of(view)
    share = whole or (view.relative and tells_share(subject))
    return Said(subject, "share" if share else "level", whole, state=True)
