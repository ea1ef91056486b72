"""What is said of the noun that a figure counts, behind it: 5 schools were built in rural areas.

>>> from rag.bind.english.slots import find_figures
>>> from rag.bind.english.views import views
>>> text = "5 million people should be registered as permanent residents, and 60 were students"
>>> for view in views(text, find_figures(text), ()):
...     print(predicate_at(view, view.at + 1))
Predicate(lemmas=('register',), complement='as permanent residents', state=False)
Predicate(lemmas=(), complement='students', state=True)
"""

from __future__ import annotations

from dataclasses import dataclass

from rag.bind.english.phrases import aim_end, group_start, noun_end, phrase, phrase_with
from rag.bind.english.views import View
from rag.bind.english.words import FINITE

_LINKED = ("aux", "modal", "adv", "rel", "to", "time")  # what may stand before the verb of a predicate
_BE = ("is", "are", "was", "were")


@dataclass(frozen=True, slots=True)
class Predicate:
    """The verbs of a predicate, what belongs to them, and whether it tells how things stand."""

    lemmas: tuple[str, ...]
    complement: str
    state: bool


def predicate_at(view: View, start: int) -> Predicate | None:
    """The predicate that begins at a place, if one does."""
    words, high = view.words, view.high
    begin = start
    while begin < high and words[begin].tag in ("adv", "time"):
        begin += 1
    if view.tag(begin) not in (*FINITE, "rel", "to"):
        return None
    i = begin
    while i < high and words[i].tag in _LINKED:
        i += 1
    if view.tag(i) == "verb":
        lemmas, i = _joined(view, i)
        return Predicate(lemmas, _complement(view, i + 1), False)
    if any(word.word in _BE for word in words[begin:i]):
        return Predicate((), _complement(view, i), True)
    return None


def _joined(view: View, i: int) -> tuple[tuple[str, ...], int]:
    """The verbs that are joined from a place on (built, renovated or expanded), and where the last stands."""
    words, lemmas = view.words, [view.words[i].lemma]
    while i + 2 < view.high and words[i + 1].tag in ("conj", "mark") and words[i + 2].tag == "verb":
        if words[i + 2].form == "ing" and words[i].form != "ing":
            break
        i += 2
        lemmas.append(words[i].lemma)
    return tuple(lemmas), i


def _complement(view: View, start: int) -> str:
    """What belongs to a verb behind it: registered as permanent urban residents."""
    words = view.words
    aim = next((i for i in range(start, view.high) if words[i].tag not in ("adv", "time")), view.high)
    if view.tag(aim) == "to" and view.tag(aim + 1) == "verb":
        return f"to {phrase(view, aim + 1, aim_end(view, aim + 1))}"
    end = start
    while view.tag(end) in ("noun", "det", "prep", "adv", "time", "to", "conj"):
        if view.tag(end) == "conj" and view.tag(end + 1) in ("det", "pron", "figure", "verb", "end"):
            break
        end += 1
    return phrase_with(view, start, end)


def opens_predicate(view: View) -> bool:
    """Whether something is said of what a figure counts, behind it."""
    return predicate_at(view, noun_end(view, view.at + (2 if view.follows("of") else 1))) is not None


def shared_predicate(view: View) -> Predicate | None:
    """What is said of a list as a whole behind its last item: 5 schools and 3 hospitals were built."""
    verb = next((i for i in range(view.stop, view.high) if view.words[i].tag in FINITE), None)
    between = view.words[noun_end(view, view.at + 1) : view.stop]
    if verb is None or view.stop == view.high or any(w.tag not in ("mark", "conj") for w in between):
        return None
    return predicate_at(view, group_start(view, verb) if view.words[verb].tag == "verb" else verb)


def described_noun(view: View, noun: str, end: int) -> tuple[str, int]:
    """A noun with the clause that describes it, where more is said of it behind that, and where that ends."""
    words = view.words
    if not noun or view.tag(end) not in ("rel", "verb"):
        return noun, end
    stop = next((i for i in range(end, view.high) if words[i].tag in ("mark", "figure")), view.high)
    if words[end].tag == "rel":
        groups = [i for i in range(end + 1, stop) if _starts_group(view, i)]
        told = groups[1] if len(groups) > 1 else None
        return (f"{noun} {words[end].word} {phrase(view, end + 1, told)}", told) if told else (noun, end)
    told = next((i for i in range(end + 1, stop) if words[i].tag in ("aux", "modal")), None)
    return (f"{noun} {phrase(view, end, told)}", told) if words[end].bare and told else (noun, end)


def _starts_group(view: View, i: int) -> bool:
    """Whether a group of verbs begins at a place."""
    word, before = view.words[i], view.words[i - 1]
    return word.tag in FINITE and before.tag not in (*FINITE, "adv", "to") and not word.bare
