"""How well an enumeration of a document fits what a question wants listed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from rag.ask.enumeration_wish import Wish, data, pattern
from rag.ask.question import Question
from rag.language import NOUN, Word, analyze, fold_width, normalize, subtokens, text_language
from rag.ledger import Enumeration, text_tokens

_ROUND = 200  # characters around names in which their clause begins and ends
_READ = 12  # enumerations whose items are read
_OPENING = 40  # characters of an item that are read


@dataclass(frozen=True, slots=True)
class Fit:
    """How well an enumeration fits: how much of each word of the question it bears out, what else agrees."""

    enumeration: Enumeration
    told: Mapping[Word, float]
    bonus: float  # topic, number of items and quoted name, less what time costs
    sure: bool  # topic and number of items both agree
    topic: bool

    def share(self, weights: Mapping[Word, float]) -> float:
        """The share of the question's words that is borne out."""
        total = sum(weights[word] for word in self.told)
        return sum(weights[word] * told for word, told in self.told.items()) / total if total else 0.0


def best_fit(
    found: Iterable[Enumeration],
    question: Question,
    wish: Wish,
    weights: Mapping[Word, float],
    source: Callable[[str], str],
) -> tuple[Enumeration, float] | None:
    """The enumeration that fits best, the newest among equals, with how well; None where none is meant."""
    fits = [fit for one in found if (fit := _fit(one, question, wish, source))]
    fits.sort(key=lambda fit: -(fit.share(weights) + fit.bonus))
    fits = [_with_items(fit) for fit in fits[:_READ]]
    fitting = [fit for fit in fits if _is_enough(fit, wish, weights)]
    if not fitting:
        return None
    best = min(
        fitting,
        key=lambda fit: (-round(fit.share(weights) + fit.bonus, 2), -(fit.enumeration.source.year or 0)),
    )
    return best.enumeration, best.share(weights)


def _fit(one: Enumeration, question: Question, wish: Wish, source: Callable[[str], str]) -> Fit | None:
    """How an enumeration fits without a look at its items; None where it cannot be meant."""
    time = _time(one, question, wish)
    count = len(one.items) in wish.counts
    topic = bool(wish.topic) and is_about(one.lead, wish.topic)
    if time is None or (wish.counts and not count) or (wish.topic == "difficulties" and not topic):
        return None
    if _is_title(one) and not pattern("parts", question.language).search(question.plain):
        return None
    rules = _rules()
    around = f"{one.lead} {_around(one, source)}"
    *above, heading = one.listing.section or ("",)
    # names are a detail of what a heading tells, unless they are the very goals or tasks that it is about
    detail = one.listing.kind == "names" and not topic
    if not _bears_label(wish, one, around if detail else f"{around} {heading}"):
        return None
    apart = "path" if detail else "heading"
    told = {
        word: max(
            rules["lead"] * _bears(word, one.lead),
            rules[apart] * _bears(word, heading),
            rules["path"] * max((_bears(word, text) for text in above), default=0.0),
            rules["title"] * _bears(word, one.source.title) * topic,
            rules["sentence"] * _bears(word, around),
        )
        for word in wish.words
    }
    bonus = rules["topic"] * topic + rules["count"] * count + rules["label"] * bool(wish.labels) - time
    return Fit(one, told, bonus, topic and count, topic)


def _is_title(one: Enumeration) -> bool:
    """Whether it is the parts of a report, which its title leads to."""
    return one.listing.kind == "headings" and not one.listing.section


def _rules() -> dict[str, Any]:
    rules: dict[str, Any] = data()["fit"]
    return rules


def _with_items(fit: Fit) -> Fit:
    """The fit with what the items themselves bear out."""
    rules = _rules()
    told = dict(fit.told)
    for word, known in told.items():
        if known < rules["items"]:
            items = [_bears(word, item[:_OPENING]) for item in fit.enumeration.items]
            told[word] = max(known, rules["items"] * _in_all(items), rules["some"] * max(items))
    return replace(fit, told=told)


def _in_all(items: Sequence[float]) -> bool:
    """Whether all items bear a word, of three or more all but one."""
    return sum(item >= 1.0 for item in items) >= len(items) - (len(items) > 2)


def _is_enough(fit: Fit, wish: Wish, weights: Mapping[Word, float]) -> bool:
    rules = _rules()
    if not wish.words:
        return fit.topic or bool(wish.labels)
    least = rules["counted"] if fit.sure else rules
    nouns = [told for word, told in fit.told.items() if word.weight >= NOUN] or list(fit.told.values())
    return bool(fit.share(weights) >= least["least"] and max(nouns) >= least["head"])


@lru_cache(maxsize=8192)
def _tokens(text: str, english: bool) -> frozenset[str]:
    """What a text can be found under; by English words only where these are asked for."""
    text = normalize(text)
    if english:
        return frozenset(text_tokens(text))
    words = analyze(text, text_language(text))
    return frozenset(key for word in words for key in (*word.keys, *subtokens(word.text)))


def _bears(word: Word, text: str) -> float:
    """How well a text bears a word out: whole, or the share of its parts."""
    if not text:
        return 0.0
    tokens = _tokens(text, word.text.isascii())
    if word.text in text or not tokens.isdisjoint(word.keys):
        return 1.0
    parts = subtokens(word.text)
    return sum(part in tokens for part in parts) / len(parts) if len(parts) > 1 else 0.0


def _bears_label(wish: Wish, one: Enumeration, around: str) -> bool:
    """Whether lead or items bear the names that the question quotes, their number aside."""
    few = len(wish.labels) > 1  # examples of what is asked for
    for label in wish.labels:
        noun = pattern("label", "number").sub("", label)
        noun = noun if len(noun) > 1 else label
        items = [float(noun in item) for item in one.items]
        if noun in around or (any(items) if few else _in_all(items)):
            return True
    return not wish.labels


def is_about(lead: str, topic: str) -> bool:
    """Whether a lead leads to what a topic stands for.

    >>> is_about("发展还面临不少困难", "difficulties"), is_about("着力解决突出问题", "difficulties")
    (True, False)
    """
    text = normalize(fold_width(lead))
    if pattern("topics", topic, "not_leads").search(text):
        return False
    return pattern("topics", topic, "leads").search(text) is not None


def _time(one: Enumeration, question: Question, wish: Wish) -> float | None:
    """What an enumeration loses for the time it is of; None where it is of another one."""
    rules = _rules()
    listing, loss = one.listing, 0.0
    if question.status and question.status != listing.status:
        loss += float(rules["other_status"])
    if wish.report:
        return loss if one.source.year == wish.report else None
    since = pattern("report", "since").search(question.plain)
    if not question.years or since or listing.year in question.years:
        return loss
    told_by = bool(wish.topic) and one.source.year in question.years
    return loss + float(rules["other_year"]) if told_by else None


def _around(one: Enumeration, source: Callable[[str], str]) -> str:
    """The clause around an enumeration of names, without these; empty for any other."""
    listing = one.listing
    if listing.kind != "names":
        return ""
    text = source(listing.document)
    first, end = listing.items[0].start, listing.items[-1].end
    before = re.split(r"[。!！?？\n,，;；]", text[max(0, first - _ROUND) : first])[-1]
    after = re.split(r"[。!！?？\n,，;；]", text[end : end + _ROUND])[0]
    return f"{before} {after}"
