"""Which words of an English sentence are verbs: their neighbours tell.

>>> text = "The planned investment increased by 5% and we built 3 schools"
>>> words = read_words(text, [(36, 38, "figure"), (52, 53, "figure")])
>>> [word.word for word in words if word.tag == "verb"], [word.word for word in words if word.tag == "noun"]
(['increased', 'built'], ['planned', 'investment', 'schools'])
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.bind.english.verbs import guessed_form, verb_forms, verb_kind
from rag.bind.english.words import FINITE, Word, listed, split_words

_OBJECT = ("figure", "det", "pron")
_BEHIND_PAST = ("prep", "to", "mark", "conj", "end", "rel", *_OBJECT, *FINITE)
_HELPING = ("help", "see", "let", "make")  # seen the industry grow
_SUBJECTS = ("we", "they", "i", "you")


def read_words(sentence: str, spans: Sequence[tuple[int, int, str]]) -> list[Word]:
    """The words of a sentence; `spans` are stretches of it with a class of their own (figure, time)."""
    words = split_words(sentence, spans)
    for i, word in enumerate(words):  # from left to right: a word may lean on the ones before it
        if word.tag == "noun":
            words[i] = _tagged(words, i)
    return [_bare(words, i) for i in range(len(words))]


@dataclass(frozen=True, slots=True)
class _Place:
    """A word that may be a verb, the words before it, and its neighbours but for adverbs and times."""

    word: str
    ahead: Sequence[Word]
    before: Word | None
    after: Word | None

    @property
    def following(self) -> str:
        """The class of the word behind it."""
        return self.after.tag if self.after else "end"

    def spoken(self) -> bool:
        """Whether a verb is told before it."""
        return any(word.tag in FINITE and not word.bare for word in self.ahead)


def _neighbour(words: Sequence[Word], i: int, step: int) -> Word | None:
    """The next word on one side that is neither an adverb nor a word of time."""
    i += step
    while 0 <= i < len(words) and words[i].tag in ("adv", "time"):
        i += step
    return words[i] if 0 <= i < len(words) else None


def _tagged(words: Sequence[Word], i: int) -> Word:
    """A word as a verb, where its neighbours make it one."""
    word = words[i]
    place = _Place(word.word, words[:i], _neighbour(words, i, -1), _neighbour(words, i, 1))
    forms = _forms(place)
    for lemma, form in forms:
        if _is_verb(words, i, place, form):
            return replace(word, tag="verb", lemma=lemma, form=form)
    if not forms and word.word.isalpha() and _governed(place):
        return replace(word, tag="verb", lemma=word.word, form="base")
    return word


def _forms(place: _Place) -> Sequence[tuple[str, str]]:
    """The verbs that a word may be a form of, a listed one or one that its ending suggests."""
    led = place.before is not None and place.before.tag in ("aux", "pron")
    if place.word in listed("tags", "thing_ed") and place.following == "noun" and not led:
        return ()
    guess = guessed_form(place.word)
    guessed = () if guess is None else (guess, (guess[0], "past")) if guess[1] == "part" else (guess,)
    return verb_forms(place.word) or guessed


def _governed(place: _Place) -> bool:
    """Whether the word before makes any word a verb: we, will, to."""
    before = place.before
    if before is None:
        return False
    return (
        before.word in _SUBJECTS
        or before.tag == "modal"
        or (before.tag == "to" and place.following in _OBJECT)
    )


def _is_verb(words: Sequence[Word], i: int, place: _Place, form: str) -> bool:
    before, following = place.before, place.following
    if place.after and place.after.word == "of" and place.word.rstrip("sd") in listed("tags", "noun_of"):
        return False
    if before is None or before.tag in ("mark", "conj"):
        return _opens(place, form)
    if before.word in ("this", "these", "those") and form in ("past", "s"):
        return following in ("prep", "figure", "det", "to")
    if before.tag in ("pron", "rel"):
        return form != "ing"
    if before.tag == "aux":
        return form in ("part", "ing")
    if form == "ing":
        return _gerund(place, before)
    if form == "base":
        return _base(place, before)
    if before.tag not in ("noun", "figure") or before.word in listed("tags", "adj"):
        return False
    if form == "s":
        return _third_person(place)
    if before.tag == "figure" and following == "noun":
        return False
    return following in _BEHIND_PAST or not _verb_follows(words, i)


def _gerund(place: _Place, before: Word) -> bool:
    """Whether a word that ends in -ing is a verb behind another word (by raising, students graduating)."""
    thing, following = place.word in listed("tags", "thing_ing"), place.following
    if before.tag in ("prep", "verb"):
        return following in _OBJECT or (not thing and following == "noun")
    if before.tag not in ("noun", "figure"):
        return False
    many = before.tag == "noun" and (before.word.endswith("s") or before.word == "people")
    goes_on = following in ("prep", "to", "end") or (following == "noun" and many)
    return following in ("figure", "det") or (not thing and goes_on)


def _base(place: _Place, before: Word) -> bool:
    """Whether the plain form is a verb: will grow, seen prices grow, plans cover 5 million people."""
    following = place.following
    if before.tag in ("modal", "to"):
        return True
    if before.tag == "verb":
        return before.lemma in _HELPING and following in ("det", "figure", "noun")
    if before.tag != "noun":
        return False
    told = next((w for w in reversed(place.ahead) if w.tag in ("mark", *FINITE)), None)
    if told and told.lemma in _HELPING and following in ("figure", "prep", "to"):
        return True
    many = place.word in listed("tags", "said_of_many") and not place.spoken()
    leads = following == "to" and place.word in listed("tags", "leading")
    plural = before.word.endswith("s") and before.word not in listed("tags", "adj")
    return plural and (following == "figure" or many or leads)


def _third_person(place: _Place) -> bool:
    """Whether a form in -s is a verb and no plural: the index rises by, it plans to."""
    forms = verb_forms(place.word)
    moved = bool(forms) and verb_kind(forms[0][0]) in ("grow", "fall") and place.word != "contracts"
    if moved and place.after and place.after.word in ("by", "to", "from", "above", "below"):
        return True
    if place.following == "to":
        return place.word.removesuffix("s") in listed("tags", "leading")
    counts = place.word in listed("tags", "said_of_one") and place.following == "prep"
    return place.following == "figure" or counts


def _opens(place: _Place, form: str) -> bool:
    """Whether a verb opens a clause, or goes on with those of the clause before."""
    following = place.following
    alike = any(word.tag == "verb" and _same(word.form, form) for word in place.ahead)
    if form == "s":
        return False
    if form == "ing":
        return _opens_gerund(place, alike)
    if form == "base":
        goes_on = alike and following in ("noun", "conj", "rel")
        return following in _OBJECT or (goes_on and place.word not in listed("tags", "noun_of"))
    return following in ("figure", "det", "prep", "to", "conj") or (alike and following in ("noun", "mark"))


def _opens_gerund(place: _Place, alike: bool) -> bool:
    following, ahead = place.following, place.ahead
    if following in _OBJECT:
        return True
    if place.word in listed("tags", "thing_ing"):
        return False
    behind_mark = bool(ahead) and ahead[-1].tag == "mark"
    if following == "particle" or (behind_mark and following in ("prep", "to")):
        return True
    joined = len(ahead) > 1 and ahead[-1].tag == "conj" and ahead[-2].tag == "noun"
    forms = verb_forms(place.word)
    moved = bool(forms) and verb_kind(forms[0][0]) in ("grow", "fall", "reach", "share")
    return (alike or not joined) and (following == "noun" or moved)


def _same(one: str, other: str) -> bool:
    return one == other or {one, other} <= {"past", "part"}


def _verb_follows(words: Sequence[Word], i: int) -> bool:
    """Whether a finite verb stands further on before the next figure or mark: then this one is none."""
    for word in words[i + 1 :]:
        if word.tag in ("mark", "figure", "conj", "rel"):
            return False
        if word.tag in ("aux", "modal") or any(form == "past" for _, form in verb_forms(word.word)):
            return True
    return False


def _bare(words: Sequence[Word], i: int) -> Word:
    """Marks a participle behind a noun that only describes it: people registered there, bonds issued."""
    word, before, after = words[i], _neighbour(words, i, -1), _neighbour(words, i, 1)
    if word.tag != "verb" or word.form not in ("past", "part", "ing"):
        return word
    if before is None or before.tag not in ("noun", "figure"):
        return word
    if word.form == "ing" or (after is not None and after.tag in FINITE):
        return replace(word, bare=True)
    moved = verb_kind(word.lemma) in ("grow", "fall", "reach", "share")
    if after is None or after.tag not in ("prep", "to") or moved:
        return word
    return replace(word, bare=after.word == "by" or _finite_later(words, i) or _told_before(words, i))


def _told_before(words: Sequence[Word], i: int) -> bool:
    """Whether the clause has its verb already: there were 5 firms engaged in trade."""
    for word in reversed(words[:i]):
        if word.tag in ("mark", "conj", "rel"):
            return False
        if word.tag in FINITE and not word.bare:
            return True
    return False


def _finite_later(words: Sequence[Word], i: int) -> bool:
    for word in words[i + 1 :]:
        if word.tag == "figure" or (word.tag == "mark" and word.word in ";:"):
            return False
        if word.tag in ("aux", "modal"):
            return True
    return False
