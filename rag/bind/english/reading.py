"""A figure of an English sentence -> what it is said of and what it measures.

>>> from rag.bind.english.slots import find_figures
>>> from rag.bind.english.views import views
>>> text = "We increased pensions by 10 percent; prices rose 3 percent; we built or renovated 35 airports"
>>> for view in views(text, find_figures(text), ()):
...     said = read(Case(view))
...     print(said.subject, said.measure)
pensions growth
prices growth
airports built or renovated level
"""

from __future__ import annotations

import re
from dataclasses import replace

from rag.bind.english.leading import read_leading
from rag.bind.english.owners import owner_of
from rag.bind.english.phrases import counted_noun, edge, last_verb, phrase
from rag.bind.english.predicates import opens_predicate
from rag.bind.english.prepositions import before_particle, read_behind_preposition, read_within
from rag.bind.english.said import CHANGED, Case, Said, changing, tells_share
from rag.bind.english.verbal import read_behind_verb
from rag.bind.english.verbs import verb_kind
from rag.bind.english.views import View
from rag.schema import RATES

_APPOSED = ("a", "an", "up", "down", "well", "far")  # a marked improvement over 1.5 percent


def read(case: Case) -> Said:
    """What a figure is said of."""
    view, previous = case.view, case.previous
    said = _read(case)
    if said.measure in RATES and previous and previous.frame and said.subject == previous.subject:
        kept = replace(previous, measure=said.measure, of=said.of)  # the list may go on behind its changes
        return said if said.frame else kept
    return replace(said, subject=_of_those(view, said.subject, case.inherited))


def _of_those(view: View, subject: str, inherited: str) -> str:
    """A subject whose noun is that of the figure before: those to Europe, behind exports to America."""
    first = view.words[view.tail]
    if first.word not in ("that", "those") or view.tag(view.tail + 1) not in ("prep", "to") or not inherited:
        return subject
    joint = view.words[view.tail + 1].word
    head = re.split(rf"\s{joint}\s", inherited)[0]
    return f"{head} {joint} {subject}"


def _read(case: Case) -> Said:
    view = case.view
    if view.unit_class == "rank":
        return Said(owner_of(view, view.at) or case.inherited, "rank", state=True)
    end = edge(view)
    if _is_apposed(view, end):
        end -= 1
    last = view.words[end - 1] if end > view.tail else None
    if last is not None and last.tag == "conj" and view.before is None and (found := _joined(case, end)):
        return found
    if last is None or last.tag in ("conj", "mark", "rel"):
        return read_leading(case)
    if last.tag == "particle":
        return Said(before_particle(case, end - 1), CHANGED[last.word])
    if last.lemma == "say" and opens_predicate(view):
        return read_leading(case)
    if last.tag in ("verb", "aux") and (not last.bare or last.form == "ing"):
        return read_behind_verb(case, end - 1)
    if last.tag in ("prep", "to"):
        return read_behind_preposition(case, end - 1)
    return _behind_noun(case, end)


def _is_apposed(view: View, end: int) -> bool:
    """Whether a comma stands between a noun and its figure: excise tax, 855 billion yuan."""
    if end - 1 <= view.tail or view.words[end - 1].tag != "mark" or view.before is not None:
        return False
    return view.tag(view.tail) in ("noun", "det") and not opens_predicate(view)


def _joined(case: Case, end: int) -> Said | None:
    """A figure that a conjunction joins to a noun: zones in Shanghai and 10 other cities."""
    view = case.view
    verb = last_verb(view, view.tail, end)
    low = view.tail if verb is None else verb + 1
    prepositions = [i for i in range(low, end) if view.words[i].tag == "prep"]
    return read_within(case, prepositions[-1], verb) if prepositions else None


def _behind_noun(case: Case, end: int) -> Said:
    """A figure right behind a noun, as in a list of targets: the unemployment rate within 5.5 percent."""
    view, previous = case.view, case.previous
    verb = last_verb(view, view.tail, end)
    told = phrase(view, view.tail if verb is None else verb + 1, end)
    if changed := changing(told):
        return Said(changed[1] or case.inherited, changed[0])
    if verb is None:
        apposed = view.words[view.tail].word in _APPOSED
        if apposed and previous and view.figure.quantity.qualifier in ("over", "above", "below"):
            return replace(previous, of=None)
        share = view.relative and tells_share(told)
        return Said(told or case.inherited, "share" if share else "level", state=True)
    lemma = view.words[verb].lemma
    if verb_kind(lemma) in CHANGED and _at_a_rate(view, end):
        return Said(told or case.inherited, CHANGED[verb_kind(lemma)])
    if lemma == "cost":
        return Said(f"cost of {owner_of(view, verb + 1) or case.inherited}")
    if view.counted and (noun := counted_noun(view)):
        return Said(f"{told} {noun}", noun=noun)
    share = view.relative and tells_share(told)
    return Said(told or case.inherited, "share" if share else "level", state=True)


def _at_a_rate(view: View, end: int) -> bool:
    """Whether the words between a noun and its figure say that it is a rate (at an annual rate of)."""
    return any(word.word in ("rate", "pace", "speed") for word in view.words[end : view.at])
