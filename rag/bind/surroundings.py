"""What stands around a candidate, and how well it bears out a word of the question."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from rag.bind.candidates import Candidate
from rag.bind.postings import Places, Postings, chunk_postings
from rag.language import (
    NOUN,
    Glosses,
    Word,
    analyze_chinese,
    chinese_names,
    load_toml,
    normalize,
    stem_words,
    subtokens,
)
from rag.schema import Chunk, Span


@dataclass(frozen=True, slots=True)
class Context:
    """What words are compared with: their English meanings, every key of the index, likes by vector."""

    glosses: Glosses | None
    known: Container[str]
    likes: Callable[[str], Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a candidate: the zone weight of every word, and the text by zone."""

    weights: tuple[float, ...]  # of the words of `postings`
    stretches: tuple[tuple[str, float], ...]
    postings: Postings
    context: Context

    def weigh_key(self, key: str) -> float:
        """How well a key is borne out by the best word that has it or, in English, can mean it."""
        native = self._best(self.postings.native, key)
        foreign = self._best(self.postings.foreign, key) if self.context.glosses is not None else 0.0
        return max(native, foreign * float(_data()["zones"]["gloss"]))

    def weigh_text(self, text: str) -> float:
        """The best zone weight of a word as it stands; 0 where it does not stand."""
        return self._best(self.postings.texts, text)

    def own_concepts(self) -> set[str]:
        """The listed concepts that are named beside the figure."""
        least = _data()["zones"]["own"]
        native = self.postings.native
        return {key[1:] for key in native if key.startswith("#") and self._best(native, key) >= least}

    def _best(self, places: Places, key: str) -> float:
        return max((self.weights[i] * strength for i, strength in places.get(key, ())), default=0.0)


def _data() -> dict[str, Any]:
    return load_toml("bind/evidence.toml")


def look_around(chunk: Chunk, candidate: Candidate, context: Context) -> Surroundings:
    """The words and the text around a candidate."""
    postings = chunk_postings(chunk, context.glosses)
    return Surroundings(_weigh(chunk, candidate), _stretches(chunk, candidate), postings, context)


@lru_cache(maxsize=8192)
def _weigh(chunk: Chunk, candidate: Candidate) -> tuple[float, ...]:
    """The zone weight of every word of a chunk and of its headings, seen from a candidate."""
    zones = _data()["zones"]
    postings = chunk_postings(chunk, None)
    verb = _leading_verb(chunk.text, candidate.clause)
    inside = [zones[_zone(candidate, start, verb)] for start in postings.starts]
    return (*inside, *(zones["topic" if depth == 0 else "heading"] for depth in postings.depths))


def _leading_verb(text: str, clause: Span) -> int:
    """Where the verb that a clause begins with stands, since it goes with every figure of a list; else -1.

    完成4个新建、3个改扩建项目
    """
    first = next((word for word in analyze_chinese(text) if clause.start <= word.start < clause.end), None)
    return first.start if first and first.weight < NOUN else -1


def _zone(candidate: Candidate, start: int, verb: int) -> str:
    item, items = candidate.item, candidate.items
    if item and items and items.start <= start < items.end:
        return "own" if item.start <= start < item.end else "other_item"
    if candidate.own.start <= start < candidate.own.end:
        return "own"
    if candidate.clause.start <= start < candidate.clause.end:
        beside_other = start != verb and any(span.start <= start < span.end for span in candidate.others)
        return "other_figure" if beside_other else "clause"
    if candidate.statement.start <= start < candidate.statement.end:
        if start >= candidate.clause.start:
            return "after"
        return "before" if candidate.own_subject else "subject"
    within = candidate.sentence.start <= start < candidate.sentence.end
    return "sentence" if within else "neighbour"


@lru_cache(maxsize=8192)
def _stretches(chunk: Chunk, candidate: Candidate) -> tuple[tuple[str, float], ...]:
    """The text around a candidate, nearest first, with the weight of its zone."""
    zones = _data()["zones"]
    text = normalize(chunk.text)
    spans = [
        (candidate.item or candidate.own, "own"),
        (
            candidate.clause,
            "other_item" if candidate.item else "other_figure" if candidate.others else "clause",
        ),
        (
            Span(candidate.statement.start, candidate.clause.start),
            "before" if candidate.own_subject else "subject",
        ),
        (Span(candidate.clause.end, candidate.statement.end), "after"),
        (candidate.sentence, "sentence"),
    ]
    parts = [(text[span.start : span.end], zones[name]) for span, name in spans]
    headings = [(h, zones["topic" if d == 0 else "heading"]) for d, h in enumerate(reversed(chunk.section))]
    return tuple(sorted([*parts, *headings], key=lambda part: -part[1]))


def match_word(word: Word, around: Surroundings) -> float:
    """How well a word of the question is borne out, 0 to 1: by itself, or by a word that is like it."""
    return max(_match_itself(word, around), _match_like(word, around))


def _match_like(word: Word, around: Surroundings) -> float:
    likes = around.context.likes(word.text)
    concept = word.keys[0].startswith("#")
    share = _data()["likeness"]["concept"] if concept else 1.0
    texts = around.postings.texts
    found = (like * around.weigh_text(other) for other, like in likes.items() if other in texts)
    return share * max(found, default=0.0)


def _match_itself(word: Word, around: Surroundings) -> float:
    soft = _data()["soft"]
    concept = word.keys[0].startswith("#")
    used_elsewhere = concept and word.keys[0] in around.context.known
    stem = soft["stem"] * (soft["foreign_stem"] if used_elsewhere else 1.0)
    exact = max(
        (around.weigh_key(key) * (stem if concept and key.startswith("en:") else 1.0) for key in word.keys),
        default=0.0,
    )
    literal = _containing(normalize(word.text), around)
    if exact:
        if exact == _data()["zones"]["topic"]:
            exact = max(exact, _headed(word, around))
        named = word.keys[0].startswith("#") and not word.text.isascii()
        exact = exact if not named or literal >= exact else exact * soft["synonym"]
        return float(max(exact, literal * soft["literal"]))
    names = [name for key in word.keys if key.startswith("#") for name in chinese_names(key[1:])]
    nested = max((_naming(name, around) for name in names if not name.isascii()), default=0.0)
    nested = max(nested, literal) * soft["nested"]
    if word.text.isascii():
        return float(max(nested, _english_overlap(word, around)))
    overlap = max(_overlap(name, around) for name in (normalize(word.text), *names))
    return float(max(nested, overlap * (soft["used_elsewhere"] if used_elsewhere else 1.0)))


def _headed(word: Word, around: Surroundings) -> float:
    """The clause has only the head of a name (投资) whose full form (固定资产投资) is its topic."""
    heads = around.own_concepts()
    for name in names_of(word):
        for head in heads:
            if any(name.endswith(short) for short in chinese_names(head) if len(short) < len(name)):
                return float(_data()["soft"]["headed"])
    return 0.0


def _containing(text: str, around: Surroundings) -> float:
    """The weight of the nearest stretch that holds a text, and not inside one word (进出口)."""
    if len(text) < 2 or text not in around.postings.whole:
        return 0.0
    return next((weight for stretch, weight in around.stretches if _stands_in(text, stretch)), 0.0)


@lru_cache(maxsize=65536)
def _stands_in(text: str, stretch: str) -> bool:
    start = stretch.find(text)
    if start < 0:
        return False
    end = start + len(text)
    return not any(_hides(w, start, end) for w in analyze_chinese(stretch))


def _hides(word: Word, start: int, end: int) -> bool:
    """Whether a word of a stretch is another one than what stands there: inside it, or cut by it.

    出口 in 进出口总额; 外资 in 区外资金.
    """
    inside = word.start < start and end < word.end
    return inside or (end - start == 2 and start < word.start < end < word.end)


def _naming(name: str, around: Surroundings) -> float:
    """Like `_containing`, where what holds an indicator's name is a kind or a measure of it.

    Chinese compounds end in their head: 社会投资 is a kind of 投资, but 汽车充电桩 no 汽车.
    """
    if len(name) < 2 or name not in around.postings.whole:
        return 0.0
    return max(weight * _kinship(name, stretch) for stretch, weight in around.stretches)


@lru_cache(maxsize=65536)
def _kinship(name: str, stretch: str) -> float:
    """1 where the word that holds `name` is a kind or a measure of it, less where it only begins so."""
    start = stretch.find(name)
    if start < 0:
        return 0.0
    end = start + len(name)
    words = analyze_chinese(stretch)
    if any(_hides(word, start, end) and word.start > start for word in words):
        return 0.0
    holder = next((w for w in words if w.start <= start and end <= w.end), None)
    if holder is None or (holder.start, holder.end) == (start, end):
        return 1.0
    if end == holder.end and holder.keys[0].startswith("#"):
        return float(_data()["soft"]["listed"]) * float(start - holder.start > 1)
    if end == holder.end:
        return float(start - holder.start > 1)  # 进出口总额 is no 出口总额
    if start != holder.start:
        return 0.0
    measure = holder.text[len(name) :] in _data()["lists"]["measures"]
    return 1.0 if measure else float(_data()["soft"]["modifier"])


def _overlap(text: str, around: Surroundings) -> float:
    """A partial match by the parts of a longer name: 土地整备面积 against 整备土地."""
    soft = _data()["soft"]
    parts = _parts(text)
    if not parts:
        return 0.0
    hits = [_containing(part, around) for part in parts]
    share = sum(len(part) for part, hit in zip(parts, hits, strict=True) if hit)
    if share < soft["containment"] * sum(map(len, parts)):
        return 0.0
    return float(soft["factor"] * sum(hits) / len(hits))


@lru_cache(maxsize=4096)
def _parts(text: str) -> tuple[str, ...]:
    """The tokens of a name that carry content; none for a name of one token."""
    parts = tuple(part for part in subtokens(text) if part != text and len(part) > 1)
    return parts if len(parts) > 1 else ()


def _english_overlap(word: Word, around: Surroundings) -> float:
    """A partial match by the words of a longer English name."""
    soft = _data()["soft"]
    stems = [f"en:{stem}" for stem in stem_words(word.text)]
    if len(stems) < 2:
        return 0.0
    hits = [around.weigh_key(stem) for stem in stems]
    share = sum(1 for hit in hits if hit) / len(stems)
    return soft["factor"] * sum(hits) / len(stems) if share >= soft["english"] else 0.0


@lru_cache(maxsize=16384)
def names_of(word: Word) -> tuple[str, ...]:
    """A word as it stands, and the other names of its concept."""
    concepts = [key[1:] for key in word.keys if key.startswith("#")]
    return (normalize(word.text), *(name for concept in concepts for name in chinese_names(concept)))
