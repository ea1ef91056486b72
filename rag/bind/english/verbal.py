"""A figure right behind its verb: reached 5, built 5 schools, fell 5 percent, covers 5 million people.

>>> from rag.bind.english.phrases import last_verb
>>> from rag.bind.english.slots import find_figures
>>> from rag.bind.english.views import views
>>> def show(text: str) -> str:
...     view = views(text, find_figures(text), ())[0]
...     return read_behind_verb(Case(view), last_verb(view, 0, view.at)).subject
>>> show("GDP reached 5 trillion yuan"), show("Insurance plans cover 5 million people")
('GDP', 'people covered by insurance plans')
>>> show("We built or upgraded 200 kilometers of rural roads"), show("There were 5 million new jobs")
('rural roads built or upgraded', 'new jobs')
"""

from __future__ import annotations

from dataclasses import replace

from rag.bind.english.leading import read_behind, read_opening
from rag.bind.english.money import read_money
from rag.bind.english.owners import is_subordinate, level_of, lowered, owner_of, whole_of
from rag.bind.english.phrases import acts, counted_noun, described, group_start, noun_end, phrase, phrase_with
from rag.bind.english.said import CHANGED, Case, Said, acted
from rag.bind.english.verbs import participle, verb_kind
from rag.bind.english.views import View
from rag.bind.english.words import listed
from rag.schema import Measure

_HAVE = ("has", "have", "had", "having")
_BE = ("was", "were", "been", "be", "is", "are")


def read_behind_verb(case: Case, verb: int) -> Said:
    """What a figure is said of that stands right behind the verb at a place."""
    view = case.view
    kind, owner = _kind(view, verb), owner_of(view, verb + 1)
    subject = owner or case.inherited
    if (found := read_behind(view)) and kind not in ("grow", "fall"):
        return replace(found, subject=found.subject or subject)
    if kind in ("grow", "fall"):
        return _moved(view, verb, owner, case.inherited, CHANGED[kind])
    if kind == "share" or (view.relative and view.words[verb].lemma == "contribute"):
        return Said(subject, "share", whole_of(view), state=True)
    noun = counted_noun(view)
    if view.relative and noun and kind not in ("reach", "keep"):
        return _portion(view, noun)
    if (kind == "keep" and view.relative) or (
        kind == "reach" and not (noun and _only_there(view, group_start(view, verb)))
    ):
        return level_of(view, subject)
    if view.money and view.tag(view.at + 1) == "verb":
        return read_opening(replace(case, previous=None))
    if view.money and kind in ("give", "done", "act"):
        return read_money(case, verb, lowered(owner))
    if not noun:
        return replace(level_of(view, subject), state=kind in ("done", "keep"))
    return _covered(case, verb, owner, noun) if kind == "cover" else _counted(view, verb, noun)


def _only_there(view: View, start: int) -> bool:
    """Whether what is counted stands behind the verb: there were 5 schools, among which were 2 new ones."""
    before = view.words[max(start - 1, 0)]
    led = before.tag == "rel" and start > 1 and view.words[start - 2].tag == "prep"
    return before.word == "there" or led


def _kind(view: View, verb: int) -> str:
    """What kind of verb it is; one of change that is joined with an act is an act too."""
    word = view.words[verb]
    if word.tag == "aux":
        return "done" if word.word in _HAVE else "reach"
    kind = verb_kind(word.lemma)
    joined = kind in ("grow", "fall") and any(verb_kind(lemma) == "act" for lemma in acts(view, verb))
    return "act" if joined else kind


def _counted(view: View, verb: int, noun: str) -> Said:
    """What was counted, with what was done to it."""
    has = view.words[verb].tag == "aux"
    lemmas = () if has else acts(view, verb)
    told = described(view, noun, noun_end(view, view.at + 1))
    return Said(acted(told, lemmas, _complement(view)), noun=noun, frame=acted("{}", lemmas), state=has)


def _complement(view: View) -> str:
    """What belongs to the verb behind the noun: taken off the roads, put into operation."""
    end = noun_end(view, view.at + 1)
    if end >= view.stop or view.words[end].word not in listed("prepositions", "off"):
        return ""
    return f"{view.words[end].word} {phrase(view, end + 1, noun_end(view, end + 1))}"


def _covered(case: Case, verb: int, owner: str, noun: str) -> Said:
    """Who or what is covered, and by what."""
    view = case.view
    lemma = view.words[verb].lemma
    alone = view.before is None and not is_subordinate(view, group_start(view, verb))
    by = lowered(owner) or (case.inherited if alone else "")
    frame = f"{{}} {participle(lemma)} by {by}" if by else "{}"
    return Said(frame.replace("{}", noun), noun=noun, frame=frame, state=lemma == "cover")


def _moved(view: View, verb: int, owner: str, inherited: str, measure: Measure) -> Said:
    """A figure right behind a verb of change: of what rose by it, or of what was raised."""
    noun = counted_noun(view)
    passive = any(word.word in _BE for word in view.words[group_start(view, verb) : verb])
    if not noun or view.relative or passive:
        return Said(owner or inherited, measure)
    if not owner or view.counted or view.money:
        return Said(noun, measure, noun=noun, frame="{}", item=measure)
    if verb_kind(view.words[verb].lemma) == "grow":
        lemmas = acts(view, verb)
        return Said(acted(noun, lemmas), noun=noun, frame=acted("{}", lemmas))
    return Said(owner, measure)


def _portion(view: View, noun: str) -> Said:
    """A percentage of what is named behind it, and what is said of that part."""
    end = noun_end(view, view.at + 1)
    told = ""
    if end < view.stop and view.words[end].tag == "verb":
        stop = next((i for i in range(end, view.stop) if view.words[i].tag in ("mark", "figure")), view.stop)
        told = phrase_with(view, end, stop)
    return Said(f"{noun} {told}".strip(), "share", noun, noun=noun, state=True)
