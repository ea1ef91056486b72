"""English verbs: every form of those that reports tell their figures with.

>>> verb_forms("built"), verb_forms("accounting"), verb_forms("carried out")[0]
((('build', 'past'), ('build', 'part')), (('account', 'ing'),), ('carry out', 'past'))
>>> verb_kind("build"), verb_kind("fall"), noun_of("invest"), participle("rebuild")
('act', 'fall', 'investment', 'rebuilt')
"""

from __future__ import annotations

import re
from functools import cache

from rag.language import load_tsv

_VOWELS = "aeiou"


@cache
def _rows() -> dict[str, tuple[str, ...]]:
    rows = ((*row, "", "", "", "")[:5] for row in load_tsv("bind/english_verbs.tsv"))
    return {row[0]: row for row in rows}


def verb_kind(lemma: str) -> str:
    """What kind of verb it is; one that is not listed is an act."""
    row = _rows().get(lemma)
    return row[1] if row else "act"


def noun_of(lemma: str) -> str:
    """The noun that tells what a verb of giving gave (spend: spending), else nothing."""
    row = _rows().get(lemma)
    return row[4] if row else ""


def participle(lemma: str) -> str:
    """The participle of a verb."""
    row = _rows().get(lemma)
    if row is None and lemma.endswith("ed"):
        return lemma  # of a verb that is not listed this form is all that is known
    return row[3] if row and row[3] else _regular(lemma, "ed")[0]


@cache
def _forms() -> dict[str, tuple[tuple[str, str], ...]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for lemma, row in _rows().items():
        past = row[2].split() if " " not in lemma and row[2] else [row[2]] if row[2] else []
        forms = [
            ("base", [lemma]),
            ("past", past or _regular(lemma, "ed")),
            ("part", [row[3]] if row[3] else _regular(lemma, "ed")),
            ("s", _regular(lemma, "s")),
            ("ing", _regular(lemma, "ing")),
        ]
        for form, words in forms:
            for word in words:
                if (lemma, form) not in found.setdefault(word, []):
                    found[word].append((lemma, form))
    return {word: tuple(forms) for word, forms in found.items()}


def verb_forms(word: str) -> tuple[tuple[str, str], ...]:
    """The listed verbs that a word may be a form of."""
    return _forms().get(word, ())


def guessed_form(word: str) -> tuple[str, str] | None:
    """The form of a verb that is not listed, by its ending."""
    if "-" in word or len(word) < 5:
        return None
    if word.endswith("ed") and not word.endswith("eed"):
        return word, "part"
    return (word.removesuffix("ing"), "ing") if word.endswith("ing") else None


def _regular(lemma: str, ending: str) -> list[str]:
    """The regular forms of a verb with an ending; where a consonant may be doubled, both ways."""
    head, _, rest = lemma.partition(" ")
    tail = f" {rest}" if rest else ""
    return [form + tail for form in _inflect(head, ending)]


def _inflect(head: str, ending: str) -> list[str]:
    consonant_y = head.endswith("y") and head[-2] not in _VOWELS
    if ending == "s":
        if consonant_y:
            return [head[:-1] + "ies"]
        return [head + "es" if re.search(r"(?:[sxz]|ch|sh|o)$", head) else head + "s"]
    if ending == "ed" and consonant_y:
        return [head[:-1] + "ied"]
    if head.endswith("e") and not (ending == "ing" and head.endswith("ee")):
        return [head[:-1] + ending]
    doubled = re.search(r"[^aeiou][aeiou][bdgmnprt]$", head)
    if not doubled:
        return [head + ending]
    twice = head + head[-1] + ending
    single = len(re.findall(r"[aeiou]+", head)) == 1
    return [twice] if single else [head + ending, twice]
