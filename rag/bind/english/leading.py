"""A figure that nothing stands before in its clause: items of a list, what follows is said of it.

>>> from rag.bind.english.slots import find_figures
>>> from rag.bind.english.views import views
>>> def show(text: str) -> str:
...     return read_leading(Case(views(text, find_figures(text), ())[0])).subject
>>> show("More than 6.67 million hectares of land should be afforested")
'land afforested'
>>> show("Over 60 percent of the fees have been abolished"), show("13 million people were registered there")
('fees abolished', 'people registered')
"""

from __future__ import annotations

import re
from dataclasses import replace

from rag.bind.english.money import money_words
from rag.bind.english.phrases import clean, counted_noun, noun_end, phrase
from rag.bind.english.predicates import described_noun, predicate_at, shared_predicate
from rag.bind.english.said import Case, Said, acted
from rag.bind.english.verbs import noun_of, verb_kind
from rag.bind.english.views import View
from rag.bind.english.words import compiled, listed
from rag.schema import Measure

_THAN = re.compile(r"^\s*\w+\s+than\s+(?:in\s+|for\s+|that\s+of\s+)?(?P<than>[^,;.]+)", re.IGNORECASE)
_EARLIER = re.compile(
    r"\b(?:previous|last|preceding|prior)\s+year|year\s+(?:before|earlier)|20\d\d\b", re.IGNORECASE
)
_PLACED = ("in", "for", "on", "at", "from", "to")
_REFERRING = ("them", "which", "these", "those")


def read_leading(case: Case) -> Said:
    """What a figure is said of that opens its clause, or goes on with the list of the one before."""
    view, previous = case.view, case.previous
    if found := read_behind(view):
        return replace(found, subject=found.subject or case.inherited)
    separator = _separator(view)
    if previous is not None and separator == "or" and view.before is not None and view.tail - view.before < 3:
        return replace(previous, of=None)
    if view.relative and view.follows("of"):
        return _share(case)
    return _item(case, previous) if previous is not None and separator else read_opening(case)


def read_behind(view: View) -> Said | None:
    """A change that is told behind the figure: 5 more than last year, a 5 percent rise in prices."""
    return _more(view) or change_behind(view)


def _more(view: View) -> Said | None:
    text = view.sentence[view.figure.span.end :]
    match = compiled("changes", "more").match(text)
    if not match:
        return None
    than = _THAN.match(text)
    if than and not _EARLIER.search(than["than"]) and view.relative:
        return Said("", state=True)  # 2 points higher than the average
    if than or view.tag(view.at + 2) in ("mark", "conj", "end"):
        return Said("", "growth" if match["growth"] else "decline", clean(than["than"]) if than else None)
    return None


def change_behind(view: View) -> Said | None:
    """A change that a noun behind a percentage tells: a 5 percent rise in prices."""
    if not view.relative:
        return None
    end = view.at + 1
    while end < view.stop and view.words[end].tag in ("noun", "time"):
        end += 1
    words = [word.word for word in view.words[view.at + 1 : end] if word.tag == "noun"]
    names: tuple[Measure, ...] = ("growth", "decline")
    for name in names:
        if words and words[-1] in listed("changes", name):
            leads = end < view.stop and view.words[end].word in ("in", "of")
            behind = phrase(view, end + 1, noun_end(view, end + 1)) if leads else ""
            return Said(behind or clean(" ".join(words[:-1])), name)
    return None


def _separator(view: View) -> str:
    """The word that joins a figure to the one before it, where it goes on with a list."""
    if view.before is None:
        return ""
    between = [word.word for word in view.words[view.before + 1 : view.at] if word.tag in ("conj", "mark")]
    return between[-1] if between else ""


def _share(case: Case) -> Said:
    """A percentage of a whole that opens its clause: of what follows, or of the figure before."""
    view, previous = case.view, case.previous
    end = noun_end(view, view.at + 2)
    whole, end = described_noun(view, phrase(view, view.at + 2, end), end)
    whole = whole or case.inherited
    told = predicate_at(view, end)
    listed_too = previous is not None and previous.measure == "share" and previous.noun
    if told is None and view.before is not None and previous is not None and not listed_too:
        return Said(previous.subject or case.inherited, "share", whole, state=True)
    subject = acted(whole, told.lemmas, told.complement) if told else whole
    return Said(subject, "share", whole, noun=whole, state=told is None)


def _item(case: Case, previous: Said) -> Said:
    """An item of a list that shares what was said of the figure before it."""
    view = case.view
    if view.words[view.at - 1].tag == "rel" or (view.money and view.tag(view.at + 1) == "verb"):
        return read_opening(case)
    if view.money and (found := _money_item(view, previous)):
        return found
    noun = counted_noun(view)
    told = predicate_at(view, noun_end(view, view.at + 1)) if noun else None
    if told is not None:
        frame = acted("{}", told.lemmas)
        return Said(acted(noun, told.lemmas, told.complement), noun=noun, frame=frame, state=told.state)
    if noun and "{}" in previous.frame:
        return previous.of_item("{}", noun)
    if not noun and view.follows(*_PLACED) and not view.money:
        return _placed_item(view, previous)
    return Said(noun, noun=noun) if noun else replace(previous, subject=previous.subject or case.inherited)


def _money_item(view: View, previous: Said) -> Said | None:
    """A further amount: 5 billion yuan for schools, 3 billion yuan in subsidies."""
    kind, purpose = money_words(view, view.at + 1)
    if not kind and not purpose:
        return None
    if "{+}" in previous.frame:
        return previous.of_item("{+}", purpose or f"in {kind}")
    return previous.of_item("{}", kind or purpose) if "{}" in previous.frame else None


def _placed_item(view: View, previous: Said) -> Said:
    """A further figure that only says where: 20 million at schools and 8 million at colleges."""
    place, joint = phrase(view, view.at + 2, noun_end(view, view.at + 2)), view.words[view.at + 1].word
    if place and previous.frame.endswith(f" {joint} {{}}"):
        return replace(previous, subject=previous.frame.replace("{}", place))
    stem = re.split(r"\s(?:in|for|on|at)\s", previous.noun or previous.subject)[0]
    return replace(previous, subject=f"{stem} {joint} {place}") if place else previous


def read_opening(case: Case) -> Said:
    """A figure at the beginning of its clause, with the noun that it counts and what is said of that."""
    view, previous = case.view, case.previous
    noun, end = _opening_noun(case)
    told = predicate_at(view, end) or shared_predicate(view)
    if told is None:
        return Said(noun or case.inherited, noun=noun, frame="{}" if noun else "", state=not view.counted)
    lemma = told.lemmas[0] if told.lemmas else ""
    if view.money and lemma and (name := noun or noun_of(lemma) or "funds") and verb_kind(lemma) != "done":
        return Said(" ".join(part for part in (name, told.complement) if part), noun=name, frame="{}")
    if not noun and not lemma and told.complement.split(" ")[0] not in ("", *listed("tags", "prep")):
        return Said(told.complement, noun=told.complement, frame="{}", state=True)  # 5 were students
    noun = noun or (previous.noun if previous else "") or case.inherited
    frame = acted("{}", told.lemmas, told.complement)
    return Said(acted(noun, told.lemmas, told.complement), noun=noun, frame=frame, state=told.state)


def _opening_noun(case: Case) -> tuple[str, int]:
    """The noun that a figure at the beginning of its clause counts, and where it ends."""
    view, previous = case.view, case.previous
    start = view.at + (2 if view.follows("of") else 1)
    end = noun_end(view, start)
    noun = (money_words(view, view.at + 1)[0] if view.money else "") or counted_noun(view, of=True)
    if view.follows("of") and start < view.stop and view.words[start].word in _REFERRING:
        noun, end = (previous.noun if previous else "") or case.inherited, start + 1
    if view.follows("such") and previous and previous.noun:
        noun = previous.noun
    if not noun and view.follows("from"):
        end = noun_end(view, start + 1)  # 5 billion yuan from the treasury was spent
    noun, end = described_noun(view, noun, end)
    wide = noun_end(view, start, wide=True)
    if wide > end and predicate_at(view, end) is None and predicate_at(view, wide) is not None:
        return phrase(view, start, wide), wide
    return noun, end
