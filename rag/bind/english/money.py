"""An amount of money that was given, spent or earned -> what it is called.

>>> from rag.bind.english.phrases import last_verb
>>> from rag.bind.english.slots import find_figures
>>> from rag.bind.english.views import views
>>> def show(text: str) -> str:
...     view = views(text, find_figures(text), ())[0]
...     return read_money(Case(view), last_verb(view, 0, view.at), "central government").subject
>>> show("The central government allocated 42.6 billion yuan in special employment funds")
'central government special employment funds'
>>> show("The central government spent 5 billion yuan on health care, an increase of 3%")
'central government spending on health care'
"""

from __future__ import annotations

from rag.bind.english.phrases import aim_end, noun_end, phrase
from rag.bind.english.said import Case, Said, acted
from rag.bind.english.verbs import noun_of, verb_kind
from rag.bind.english.views import View

_PURPOSE = ("for", "on", "toward", "towards", "into")


def read_money(case: Case, verb: int, owner: str) -> Said:
    """What an amount behind a verb is called: whose it is, what kind of money, and what it is for."""
    view, lemma = case.view, case.view.words[verb].lemma
    noun = noun_of(lemma)
    kind, purpose = money_words(view, view.at + 1)
    if kind and verb_kind(lemma) != "give":
        return Said(f"{kind} of {owner}" if owner else acted(kind, (lemma,)), noun=kind, frame="{}")
    if kind and view.follows("in") and noun in ("spending", "investment") and noun not in kind:
        kind = f"{noun} in {kind}"
    thing = kind or noun
    if not thing and not purpose:
        return Said(owner or case.inherited, state=True)
    head = " ".join(part for part in (owner, thing or "funds") if part)
    frame = f"{owner} " + "{}" if kind else f"{head} " + "{+}"
    return Said(" ".join(part for part in (head, purpose) if part), noun=thing, frame=frame.strip())


def money_words(view: View, start: int) -> tuple[str, str]:
    """The kind of money that is named behind an amount, and what it is for."""
    words, at, kind = view.words, start, ""
    if at < view.stop and words[at].word in ("in", "of"):
        at = noun_end(view, start + 1, wide=True)
        kind = phrase(view, start + 1, at)
    if at + 1 >= view.stop:
        return kind, ""
    word, following = words[at], words[at + 1]
    if word.tag == "to" and following.tag in ("verb", "noun"):
        return kind, "" if kind else f"to {phrase(view, at + 1, aim_end(view, at + 1))}"
    if word.word not in _PURPOSE or following.word in ("this", "these"):
        return kind, ""
    verb = following.tag == "verb"
    end = aim_end(view, at + 1) if verb else noun_end(view, at + 1, wide=True)
    return kind, f"{word.word} {phrase(view, at + 1, end)}" if end > at + 1 else ""
