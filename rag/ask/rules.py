"""Rules on single candidates: unit, role, totals against increases, parts against the whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from rag.ask.question import FILLER_ASPECTS, Question
from rag.bind import Candidate, Context, describes_noun, find_ordinals, names_of, own_words
from rag.language import (
    NOUN,
    Glosses,
    Word,
    analyze_chinese,
    english_keys,
    find_quantities,
    load_toml,
    normalize,
)
from rag.schema import RATES, RELATIVE, Chunk, Language, Quantity


def _data() -> dict[str, Any]:
    return load_toml("bind/evidence.toml")


def fit_figure(
    question: Question, chunk: Chunk, candidate: Candidate, quantity: Quantity
) -> tuple[bool, float]:
    """Whether unit and role can answer, and what they add to the score."""
    if quantity.unit_class == "rank":
        return False, 0.0  # a place in an order answers no question for an amount
    data = _data()["figure"]
    wish = question.unit
    accepted = wish.accepts(quantity.unit_class)
    adjustment = data["unit_match"] if wish.classes and accepted else 0.0
    if wish.measure and quantity.unit.split("/")[0].endswith((wish.measure, f"{wish.measure}次")):
        adjustment += data["measure_match"]
    if question.role:
        reduced = _is_reduction(question, chunk, candidate, quantity)
        fits_role = reduced or quantity.role == question.role
        adjustment += data["role_match"] if fits_role else -data["role_missing"]
        as_share = question.role == "share" and quantity.role not in RATES
        accepted = reduced or (accepted and (fits_role or as_share))
    elif quantity.role in RATES:
        adjustment -= data["role_unasked"]
    return accepted or not (wish.hard or question.role), adjustment


def _is_reduction(question: Question, chunk: Chunk, candidate: Candidate, quantity: Quantity) -> bool:
    """Whether an amount is what something was reduced by, where a reduction is asked: 削减VOCs约240吨."""
    if question.role != "decline" or question.unit.hard or quantity.unit_class in RELATIVE:
        return False
    before = chunk.text[candidate.own.start : quantity.start]
    return any(cue in before for cue in _data()["contrast"]["reduced"])


def without_totals(words: Iterable[Word]) -> tuple[Word, ...]:
    """The words that do not ask for a total (总数)."""
    totals = _data()["contrast"]["stock"]
    return tuple(word for word in words if set(word.keys).isdisjoint(totals))


@lru_cache(maxsize=8192)
def tell_total(chunk: Chunk, candidate: Candidate, quantity: Quantity) -> tuple[bool, bool]:
    """Whether a figure is told as a total (总数达213个), and whether as what is new (新建63个)."""
    data = _data()["contrast"]
    own = {key for word in own_words(chunk, candidate) for key in word.keys}
    before = chunk.text[candidate.own.start : quantity.start]
    is_total = not own.isdisjoint(data["stock"]) or before.endswith(tuple(data["stock_cues"]))
    return is_total, not own.isdisjoint(data["flow"])


def contrast_totals(question: Question, chunk: Chunk, candidate: Candidate, quantity: Quantity) -> float:
    """Stock against flow: a total is no answer to how much is new, nor the other way round."""
    data = _data()["contrast"]
    if question.operation and question.operation.kind == "share":
        return 0.0  # what is new may be asked for as a share of the total
    asked = {key for word in question.words for key in word.keys}
    is_stock, is_flow = tell_total(chunk, candidate, quantity)
    if not asked.isdisjoint(data["stock"]) and (not asked.isdisjoint(data["flow"]) or question.asks_making):
        return 0.0  # 累计建成
    if question.asks_stock and asked.intersection(data["flow"]) == {"#aspect_completed"}:
        return 0.0  # 建好的超充站有几座
    if not asked.isdisjoint(data["stock"]):
        return float(data["met"] if is_stock else -data["missed"] if is_flow else 0.0)
    if question.asks_flow or not asked.isdisjoint(data["flow"]):
        return float(-data["missed"] if is_stock and not is_flow else 0.0)
    if question.asks_making:
        return float(-data["leaning"] if is_stock and not is_flow else 0.0)
    if _asks_for_total(question.plain, question.language):
        return float(data["met"] if is_stock else -data["missed"] if is_flow else 0.0)
    if question.asks_stock:
        return float(data["met"] if is_stock else -data["met"] if is_flow else 0.0)
    return 0.0


@lru_cache(maxsize=1024)
def _asks_for_total(plain: str, language: Language) -> bool:
    """Whether a question asks for a total in so many words; worked out once for all figures."""
    totals = load_toml("bind/question.toml")["kind"][language]["totals"]
    return re.search(totals, plain, re.IGNORECASE) is not None


def is_narrowed(chunk: Chunk, candidate: Candidate, weights: dict[Word, float]) -> bool:
    """A district-wide indicator that the clause states of a part only (城市更新项目完成固定资产投资)."""
    macro = {key for word in weights for key in word.keys} & set(_data()["macro"]["concepts"])
    clause = candidate.clause
    words = [w for w in analyze_chinese(chunk.text) if clause.start <= w.start < clause.end]
    wanted = {key for asked in weights for key in asked.keys}
    for i, word in enumerate(words):
        if macro.intersection(word.keys):
            foreign = [w for w in words[:i] if w.weight >= NOUN and wanted.isdisjoint(w.keys)]
            return any(w.text not in chunk.title and not _shares_part(w, weights) for w in foreign)
    return False


def _shares_part(word: Word, asked: Iterable[Word]) -> bool:
    """Whether a word has two characters in a row from one of those asked for: 城市更新, of 更新项目."""
    pairs = {word.text[i : i + 2] for i in range(len(word.text) - 1)}
    return any(pair in other.text for pair in pairs for other in asked)


def count_unmet(question: Question, chunk: Chunk, candidate: Candidate) -> float:
    """A quarter, a batch or a figure that the question names and the statement does not."""
    data = _data()["named"]
    statement = chunk.text[candidate.statement.start : candidate.statement.end]
    missing = data["period"] * _count_other_periods(question, statement)
    values = {quantity.magnitude for quantity in find_quantities(statement)}
    so_far = chunk.text[candidate.statement.start : candidate.clause.end]
    bounds = {quantity.magnitude for quantity in find_quantities(so_far)}
    missing += sum(data["threshold"] for value in question.thresholds if value not in bounds)
    if question.ordinals:
        other = _tells_of_other(question, chunk, candidate)
        missing += data[other] if other else 0.0
    return float(missing + sum(data["figure"] for value in question.figures if value not in values))


def _count_other_periods(question: Question, statement: str) -> int:
    """How many of the months and quarters that are asked for a statement does not name."""
    told = re.findall(load_toml("bind/question.toml")["periods"]["zh"], statement)
    if question.language == "en":  # any that is named may be the one
        return 0 if told else len(question.periods)
    return sum(period not in told for period in question.periods)


def _tells_of_other(question: Question, chunk: Chunk, candidate: Candidate) -> str | None:
    """Whether a clause tells of another batch than is asked for, or of none (keys of `named`); else None.

    What a clause leaves out may stand before it in its statement. Where the batch is named only behind it,
    the clause tells of another one: 开展114个城中村综合治理,第一批49个.
    """
    clause, statement = candidate.clause, candidate.statement
    stretches = ((clause.start, clause.end), (statement.start, clause.start), (clause.end, statement.end))
    inside, before, behind = (set(find_ordinals(chunk.text[start:end])) for start, end in stretches)
    told = inside or before
    if told:
        return "ordinal" if told.isdisjoint(question.ordinals) else None
    return "no_ordinal" if behind.isdisjoint(question.ordinals) else "ordinal"


def penalise_form(question: Question, chunk: Chunk, candidate: Candidate, quantity: Quantity) -> float:
    """What a figure loses: the origin of a change, in words, of a part, the size of a noun, of batches."""
    data = _data()
    spelled = not any(char.isdigit() for char in quantity.text)
    before = chunk.text[candidate.clause.start : candidate.own.end]
    asked = question.plain
    part = any(re.search(cue, before) and not re.search(cue, asked) for cue in data["lists"]["parts"])
    own = data["lists"]["own_names"].get(quantity.unit.removesuffix("次") or quantity.unit)  # 场次 is 场
    lost = {
        "origin": candidate.origin,
        "spelled": spelled,
        "part": part,
        "threshold": describes_noun(chunk.text, quantity),
        "own_name": own is not None and not re.search(own, _counted_text(question), re.IGNORECASE),
    }
    return float(sum(data["figure"][name] for name, holds in lost.items() if holds))


def _counted_text(question: Question) -> str:
    """The words of an English question that say what it counts; all of it where it counts nothing itself."""
    counts = load_toml("bind/question.toml")["kind"][question.language]["counts"]
    names = question.language == "en" and question.operation is None  # "by how many" counts nothing itself
    match = re.search(counts, question.plain, re.IGNORECASE) if names else None
    return question.plain[match.end() :][: _data()["lists"]["counted_within"]] if match else question.plain


@lru_cache(maxsize=8192)
def counted_nouns(chunk: Chunk, candidate: Candidate, quantity: Quantity) -> tuple[Word, ...]:
    """The nouns that a figure counts: 12条道路; in front of it where none follows: 供应保障房超7000套."""
    if not quantity.unit_class.startswith(("count", "person", "visit")):
        return ()
    behind = re.match(r"[\u4e00-\u9fff]+", chunk.text[quantity.end : candidate.clause.end])
    end = quantity.end + (len(behind[0].split("等")[0]) if behind else 0)
    if "的" in chunk.text[end : candidate.own.end]:  # 45家总估值超180亿元的企业
        end = candidate.own.end
    nouns = [w for w in analyze_chinese(chunk.text) if w.weight >= NOUN]
    if not behind:
        return tuple(w for w in nouns if candidate.own.start <= w.start < quantity.start)
    return tuple(w for w in nouns if quantity.end <= w.start < end)


def counts_any(counted: Sequence[Word], asked: Iterable[Word], context: Context) -> bool:
    """Whether one of the counted nouns can be one of those asked for."""
    asked = tuple(asked)
    return any(_is_like(word, noun, context) for noun in counted for word in asked)


def _is_like(asked: Word, word: Word, context: Context) -> bool:
    """Whether two words can mean the same thing, or a kind of it."""
    if not set(asked.keys).isdisjoint(_keys(word, context.glosses)) or word.text in context.likes(asked.text):
        return True
    return _are_alike(names_of(asked), names_of(word))


@lru_cache(maxsize=65536)
def _are_alike(ones: tuple[str, ...], others: tuple[str, ...]) -> bool:
    return any(one in other or other in one for one in ones for other in others)


@lru_cache(maxsize=65536)
def _stand_in(ones: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Whether one of some names stands in one of others."""
    return any(one in other for one in ones for other in others)


def measure_surplus(
    chunk: Chunk,
    candidate: Candidate,
    quantity: Quantity,
    weights: dict[Word, float],
    glosses: Glosses | None,
) -> float:
    """The share of the words beside the figure that the question says nothing of."""
    wanted = {key for word in weights for key in word.keys}
    names = tuple(name for word in weights for name in names_of(word))
    span = candidate.own
    examples = chunk.text.rfind("等", span.start, quantity.start)  # "A、B等项目136个"
    start = examples + 1 if examples >= 0 else span.start
    own = [w for w in own_words(chunk, candidate) if start <= w.start]
    total = sum(word.weight for word in own)
    neutral = FILLER_ASPECTS | set(_data()["contrast"]["stock"])
    foreign = sum(
        word.weight * (0.5 if _stand_in(names, (normalize(word.text),)) else 1.0)
        for word in own
        if neutral.isdisjoint(word.keys)
        and wanted.isdisjoint(_keys(word, glosses))
        and not _stand_in(names_of(word), names)
    )
    return foreign / total if total else 0.0


def _keys(word: Word, glosses: Glosses | None) -> tuple[str, ...]:
    return word.keys if glosses is None else (*word.keys, *english_keys(word, glosses))
