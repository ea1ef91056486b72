"""A figure behind a preposition: rose by 5, an increase of 5, training for 5 million workers.

>>> from rag.bind.english.slots import find_figures
>>> from rag.bind.english.views import views
>>> def show(text: str) -> tuple[str, str]:
...     view = views(text, find_figures(text), ())[0]
...     said = read_behind_preposition(Case(view), view.at - 1)
...     return said.subject, said.measure
>>> show("We increased pensions by 5%"), show("a drop of 30% in the density of dust"), show("a deficit of 5%")
(('pensions', 'growth'), ('density of dust', 'decline'), ('deficit', 'level'))
>>> show("We provided job training for 5 million workers"), show("The system was installed in 60% of clinics")
(('job training for workers', 'level'), ('system in clinics', 'share'))
"""

from __future__ import annotations

from dataclasses import replace

from rag.bind.english.leading import change_behind, read_leading
from rag.bind.english.owners import PRONOUN, level_of, owner_of, whole_of
from rag.bind.english.phrases import counted_noun, described, last_verb, noun_end, phrase, phrase_with
from rag.bind.english.said import CHANGED, Case, Said, changing
from rag.bind.english.verbs import participle, verb_kind
from rag.bind.english.views import View
from rag.bind.english.words import listed
from rag.schema import Measure


def read_behind_preposition(case: Case, at: int) -> Said:
    """What a figure is said of that stands behind the preposition at a place."""
    view, word, before = case.view, case.view.words[at].word, case.view.words[at - 1]
    verb = last_verb(view, view.tail, at)
    if word in ("from", "by") and at > view.tail and before.tag == "particle":
        return Said(before_particle(case, at - 1), "from" if word == "from" else CHANGED[before.word])
    if word == "for" and before.lemma == "account":
        return Said(owner_of(view, at) or case.inherited, "share", whole_of(view), state=True)
    if before.word == "compared" and case.previous is not None:
        return replace(case.previous, of=None)
    if word == "of":
        return _behind_of(case, at, verb)
    if word not in listed("prepositions", "value") or (word == "at" and view.counted and counted_noun(view)):
        return read_within(case, at, verb)
    return _gapped(case, at) if verb is None else _valued(case, at, verb)


def before_particle(case: Case, at: int) -> str:
    """What went up or down: the noun before that word, but for one that a comma sets apart."""
    apart = at > case.view.low and case.view.words[at - 1].tag == "mark"
    return case.inherited if apart and case.inherited else owner_of(case.view, at) or case.inherited


def _valued(case: Case, at: int, verb: int) -> Said:
    """A figure that a verb and a preposition lead to: set the tax at 5, rose by 5, cut prices to 5."""
    view, words, word = case.view, case.view.words, case.view.words[at].word
    kind = verb_kind(words[verb].lemma) if words[verb].tag == "verb" else "reach"
    told, direct = _object(view, verb, at, kind)
    owner = owner_of(view, verb + 1) or case.inherited
    subject = told if told and direct and not PRONOUN.match(told) else owner
    noun = counted_noun(view)
    if case.after_origin and word == "to":
        return Said(case.previous.subject if case.previous else subject, "to", state=True)
    if word == "to" and view.relative and noun and view.follows("of"):
        return Said(f"{subject} in {noun}" if subject else noun, "share", noun, state=True)
    if told == "home" and noun:
        return Said(noun, noun=noun, frame="{}", state=True)
    if word == "to" and view.counted and noun and kind not in ("grow", "fall", "reach", "keep"):
        return Said(f"{subject} to {noun}", noun=noun, frame=f"{subject} to " + "{}")
    if direct and (changed := changing(told)):
        return _came_to(view, word, changed[1] or subject, changed[0])
    if word == "from":
        return Said(subject, "from")
    if word in ("by", "over") and kind in CHANGED:
        return _placed(view, Said(subject or noun, CHANGED[kind]))
    return level_of(view, subject or noun)


def _placed(view: View, said: Said) -> Said:
    """A change that a list tells of several places or groups: by 9 percent for urban and 14 for rural."""
    joint = view.words[view.at + 1].word if view.at + 1 < view.stop else ""
    further = view.words[view.stop + 1].word if view.stop + 1 < view.high else ""
    place = phrase(view, view.at + 2, noun_end(view, view.at + 2))
    if joint not in ("for", "in", "at") or joint != further or not place:
        return said
    return replace(said, subject=f"{said.subject} {joint} {place}", frame=f"{said.subject} {joint} " + "{}")


def _object(view: View, verb: int, at: int, kind: str) -> tuple[str, bool]:
    """What stands between a verb and its preposition, and whether it is what the verb is about."""
    words, first = view.words, verb + 1
    while first < at and words[first].tag in ("adv", "time"):
        first += 1
    told = phrase(view, first, at - 1 if words[at - 1].tag == "particle" else at)
    direct = first < at and words[first].tag not in ("prep", "particle", "to")
    resulting = words[verb].form == "ing" and kind not in (*CHANGED, "reach")
    return told, direct or resulting  # resulting in a rise of costs to 5


def _came_to(view: View, word: str, subject: str, measure: Measure) -> Said:
    """A change that a phrase names, by a figure; an amount that it went on to is a level."""
    if word == "to" and (whole := whole_of(view)):
        return Said(subject, "share", whole, state=True)
    came_to = word == "to" and not view.relative
    return Said(subject, "level" if came_to else measure, state=came_to)


def _gapped(case: Case, at: int) -> Said:
    """A figure behind a preposition without a verb: it goes on with that of the figure before."""
    view, previous, word = case.view, case.previous, case.view.words[at].word
    told = phrase(view, view.tail, at - 1 if view.words[at - 1].tag == "particle" else at)
    if changed := changing(told):
        return _came_to(view, word, changed[1] or case.inherited, changed[0])
    if word == "from":
        return Said(told or case.inherited, "from")
    if previous is not None and case.after_origin and word == "to":
        return replace(previous, measure="to", state=True)
    if previous is not None and word in ("over", "than"):
        return Said(case.inherited, previous.measure, state=True)
    measure = previous.measure if previous and view.before is not None and word == "by" else "level"
    return Said(told or case.inherited, measure, state=word != "by")


def _behind_of(case: Case, at: int, verb: int | None) -> Said:
    """A figure behind "of": an increase of 5, a deficit of 5, GDP growth of 5."""
    view = case.view
    low = _told_from(view, at, verb)
    told = phrase(view, low, at)
    commas = [i for i in range(low, at) if view.words[i].word == ","]
    last = changing(phrase(view, commas[-1] + 1, at)) if commas else None
    owner = owner_of(view, verb + 1) if verb is not None else ""
    if changed := last or changing(told):
        behind = phrase(view, view.at + 2, noun_end(view, view.at + 2)) if view.follows("in", "of") else ""
        return Said(behind or changed[1] or owner or case.inherited, changed[0])
    noun = counted_noun(view)
    if verb is not None and not told and view.words[verb].lemma in ("consist", "compose", "comprise"):
        return _items(view, owner or case.inherited)
    if noun and view.counted:
        return Said(f"{told} of {noun}" if told else noun, noun=noun, state=True)
    return Said(told or owner or noun or case.inherited, noun=noun, state=True)


def _told_from(view: View, at: int, verb: int | None) -> int:
    """Where the phrase begins that "of" and its figure end: behind the verb, or a part that stands apart."""
    words, low = view.words, view.tail if verb is None else verb + 1
    commas = [i for i in range(low, at - 1) if words[i].word == ","]
    if commas and words[commas[-1] + 1].word in listed("prepositions", "stripped"):
        low = commas[-1] + 1
    while verb is not None and low < at and words[low].tag in ("adv", "prep", "particle"):
        low += 1
    return low


def _items(view: View, whole: str) -> Said:
    """The parts that an amount consists of."""
    if view.follows("in", "of") and (noun := phrase(view, view.at + 2, noun_end(view, view.at + 2))):
        return Said(noun, noun=noun, frame="{}", state=True)
    behind = phrase_with(view, view.at + 1, noun_end(view, view.at + 1, wide=True))
    return Said(f"{whole} {behind}".strip(), noun=counted_noun(view), frame=f"{whole} " + "{+}", state=True)


def read_within(case: Case, at: int, verb: int | None) -> Said:
    """A figure behind a preposition that leads to what it counts: training for 5 million workers."""
    view, word = case.view, case.view.words[at].word
    low = view.tail if verb is None else verb + 1
    told = phrase(view, low, at)
    if word == "worth":
        return Said(told or case.inherited, state=True)
    if word in listed("prepositions", "led") and not told and verb is None:
        return read_leading(replace(case, previous=None))
    if change := change_behind(view):
        return replace(change, subject=change.subject or case.inherited)
    noun = described(view, counted_noun(view), noun_end(view, view.at + 1))
    direct = verb is None or view.tag(low) not in ("prep", "to", "particle")
    if not told or not (direct or (verb and view.words[verb].lemma in ("start", "begin"))):
        told = _doing(case, verb)
    subject = f"{told} {word} {noun}" if noun and told else noun or told
    if view.relative and noun:
        return Said(subject, "share", noun, noun=noun, state=True)
    return Said(subject, noun=noun, frame=f"{told} {word} " + "{}" if noun else "")


def _doing(case: Case, verb: int | None) -> str:
    """The subject of a verb with what was done to it: trials begun (in 5 enterprises)."""
    view = case.view
    if verb is None:
        return case.inherited
    owner, word = owner_of(view, verb + 1) or case.inherited, view.words[verb]
    act = word.tag == "verb" and verb_kind(word.lemma) == "act" and not view.relative
    return f"{owner} {participle(word.lemma)}" if act else owner
