"""Phrases around a figure of an English sentence: the noun behind it, the verb before it, as text.

>>> from rag.bind.english.slots import find_figures
>>> from rag.bind.english.views import views
>>> text = "We built or renovated another 35 civil airports in poor areas and prices rose by 3%"
>>> view = views(text, find_figures(text), ())[0]
>>> counted_noun(view), acts(view, last_verb(view, view.low, view.at)), phrase(view, view.tail, edge(view))
('civil airports in poor areas', ('build', 'renovate'), 'renovated')
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.bind.english.views import View
from rag.bind.english.words import FINITE, Word, compiled, listed

_PEOPLE = re.compile(r"(?:people|persons?)$", re.IGNORECASE)
_PAIRS = (("(", ")"), ("“", "”"), ("[", "]"))
_MARKS = " ,;:.—–-\"'’‘“”*#"
_CARRIED = ("noun", "det", "prep", "adv", "time", "to")  # what goes on behind a verb


def phrase(view: View, low: int, high: int) -> str:
    """The words from one place to another as text, without times, figures and what is no part of a name."""
    pieces: list[str] = []
    run: list[Word] = []
    for word in [*view.words[low:high], None]:
        if word is not None and word.tag not in ("time", "figure"):
            run.append(word)
        elif run:
            pieces.append(view.sentence[run[0].start : run[-1].end])
            run = []
    return clean(" ".join(pieces))


def clean(text: str) -> str:
    """A phrase without what stands at its beginning or end and is no part of a name.

    >>> clean("in addition, China’s total exports of"), clean("our 5 parks (all new) and")
    ('addition, China’s total exports', '5 parks (all new)')
    """
    kept = re.sub(r"\s+([,;])", r"\1", " ".join(text.split())).strip(_MARKS)
    opening, ending = compiled("openings", "rule"), compiled("endings", "pattern")
    while (match := opening.match(kept)) and match.end() < len(kept):
        kept = kept[match.end() :].lstrip(_MARKS)
    while match := ending.search(f" {kept}"):
        kept = f" {kept}"[: match.start()].strip(_MARKS)
    for low, high in _PAIRS:
        if kept.count(low) != kept.count(high):
            kept = kept.replace(low, "").replace(high, "")
    return kept.strip(_MARKS)


def phrase_with(view: View, low: int, high: int) -> str:
    """A phrase together with the preposition that it begins with."""
    text = phrase(view, low, high)
    first = view.words[low] if low < high else None
    leads = first is not None and first.tag in ("prep", "to") and not text.startswith(f"{first.word} ")
    return f"{first.word} {text}" if text and first and leads else text


def noun_end(view: View, start: int, wide: bool = False) -> int:
    """Where the noun that begins at a place ends; `wide`: an enumeration may go on behind commas."""
    words, i = view.words, start
    while i < view.stop and not _ends_noun(view, i, start, wide):
        i += 1
    while i > start and words[i - 1].tag in ("prep", "conj", "mark", "det", "adv", "time", "to"):
        i -= 1
    return i


def _ends_noun(view: View, i: int, start: int, wide: bool) -> bool:
    word = view.words[i]
    if word.tag == "to":
        return i == start or view.words[i - 1].word not in listed("prepositions", "to")
    if word.tag == "prep":
        return i > start and word.word not in listed("prepositions", "kept")
    if word.tag == "mark":
        return not (wide and _goes_on(view, i))
    if word.tag == "conj":
        return not _joins(view, i, wide)
    return word.tag in ("verb", "aux", "modal", "rel", "pron", "figure", "particle")


def counted_noun(view: View, of: bool = False) -> str:
    """The noun that a figure counts, behind it; people are told by the unit."""
    start = view.at + 1
    if of and start < view.stop and view.words[start].word == "of":
        start += 1
    leads = start < view.stop and view.words[start].tag == "prep" and not view.follows("of")
    noun = "" if leads else phrase(view, start, _list_end(view, start))
    if view.figure.quantity.unit_class == "person" and _PEOPLE.search(view.figure.quantity.text):
        return f"people {phrase_with(view, start, noun_end(view, start))}".strip()
    days = noun and view.follows("of") and view.unit_class.startswith("duration")
    return f"{view.figure.quantity.unit} of {noun}" if days else noun


def _list_end(view: View, start: int) -> int:
    """Where a counted noun ends; one that only its last part names goes on (science, art and other films)."""
    end, wide = noun_end(view, start), noun_end(view, start, wide=True)
    plural = end > start and view.words[end - 1].word.endswith("s")
    named = wide > end and view.words[wide - 1].word.endswith("s")
    return wide if named and not plural and end == start + 1 else end


def aim_end(view: View, start: int) -> int:
    """Where the words of an aim end that begins at a verb: support or promote 41 projects."""
    end = start + 1
    while view.tag(end) == "conj" and view.tag(end + 1) == "verb":
        end += 2
    end = max(noun_end(view, end, wide=True), end)
    if view.tag(end) == "figure":
        end += 1
        while view.tag(end) in ("noun", "det", "time"):
            end += 1
    if view.tag(end) == "prep" and view.tag(end + 1) == "verb":
        return max(noun_end(view, end + 2, wide=True), end + 2)
    return end


def described(view: View, noun: str, end: int) -> str:
    """A noun with the participle behind it that tells which one is meant: people entering the workforce."""
    words = view.words
    if end >= view.high or words[end].tag != "verb" or not words[end].bare:
        return noun
    stop = end + 1
    while stop < view.high and words[stop].tag in _CARRIED:
        stop += 1
    return f"{noun} {phrase(view, end, stop)}".strip()


def _goes_on(view: View, i: int) -> bool:
    """Whether an enumeration goes on behind a comma: agriculture, rural areas, and farmers."""
    following = view.words[i + 1 : view.high]
    if view.words[i].word != "," or not following:
        return False
    first = following[1] if following[0].tag == "conj" and len(following) > 1 else following[0]
    if first.tag != "noun" or _is_change(first.word):
        return False
    for word in following[1:]:
        if word.tag in ("mark", "figure"):
            return True
        if word.tag in FINITE and not word.bare:
            return opens_clause(view)
    return True


def _joins(view: View, i: int, wide: bool) -> bool:
    """Whether a conjunction joins two parts of one noun, and no new clause or item."""
    words = view.words
    following = words[i + 1 : view.high]
    if words[i].word not in ("and", "or") or view.tag(i + 1) not in ("noun", "prep", "adv"):
        return False
    if words[i - 1].tag == "mark" and not wide:
        return False
    for word in following:
        if word.tag in ("mark", "conj"):
            return True
        if word.tag == "figure" or (word.tag in FINITE and not word.bare):
            return opens_clause(view)
    return True


def opens_clause(view: View) -> bool:
    """Whether a figure stands at the beginning of its clause: what follows is said of it."""
    told = any(word.tag in FINITE and not word.bare for word in view.words[view.tail : view.at])
    return not told and all(word.tag != "noun" for word in view.words[view.tail : edge(view)])


def _is_change(word: str) -> bool:
    return word in listed("changes", "growth") or word in listed("changes", "decline")


def edge(view: View) -> int:
    """Where the words before a figure end that say more than how it is counted (a total of, another)."""
    words, i = view.words, view.at
    while i > view.tail:
        last = words[i - 1]
        if last.tag in ("adv", "time") or last.word in listed("carriers", "before"):
            if last.tag == "prep" and not _only_counts(words, i - 1, view.tail):
                break
            i -= 1
            continue
        text = view.sentence[words[view.tail].start : last.end]
        match = compiled("carriers", "rule").search(text)
        if not match:
            break
        start = words[view.tail].start + match.start()
        i = next(k for k in range(view.tail, i) if words[k].start >= start)
    return i


def _only_counts(words: Sequence[Word], i: int, low: int) -> bool:
    """Whether a preposition before a figure only qualifies it: that of a verb or a noun does more."""
    return i == low or words[i - 1].tag in ("prep", "to", "mark", "conj", "adv", "verb", "aux", "det")


def last_verb(view: View, low: int, high: int) -> int | None:
    """The place of the last verb between two places: one that says something, else one that describes."""
    places = [i for i in range(low, high) if view.words[i].tag in ("verb", "aux")]
    spoken = [i for i in places if not view.words[i].bare]
    found = spoken or places
    return found[-1] if found else None


def group_start(view: View, verb: int) -> int:
    """Where the group of a verb begins: with its auxiliaries, and the verbs that it is joined with."""
    words, i = view.words, verb
    while i > view.low:
        last = words[i - 1]
        if last.tag in ("aux", "modal", "adv", "time") or last.word == "to" or last.tag == "verb":
            i -= 1
            continue
        joined = last.tag in ("mark", "conj") and i - 2 >= view.low
        k = i - 2 if joined and words[i - 2].tag not in ("mark",) else i - 3
        if joined and k >= view.low and words[k].tag == "verb" and not words[k].bare:
            i = k
            continue
        break
    return i


def acts(view: View, verb: int) -> tuple[str, ...]:
    """The verbs of a group that are joined with one another: built, renovated or expanded."""
    start = group_start(view, verb)
    verbs = [w for w in view.words[start : verb + 1] if w.tag == "verb"]
    joined = [w for w in verbs if w.form == verbs[-1].form or {w.form, verbs[-1].form} <= {"past", "part"}]
    return tuple(dict.fromkeys(w.lemma for w in joined))
