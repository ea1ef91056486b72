"""True and altered rewordings of sentences, for the mutation test of the checker (`eval.mutations`).

Every function takes a sentence and a random generator, and returns the reworded text, or None where
the sentence offers nothing to reword in that way.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from rag.bind import as_passage, read_assertions
from rag.language import (
    agreement,
    analyze_chinese,
    chinese_names,
    english_names,
    find_quantities,
    fold_width,
    split_sentences,
)
from rag.schema import Quantity

HERE = Path(__file__).parent
_CONTEXT = 400  # characters of the passage, at least
_DIGITS = "零一二三四五六七八九"

Mutate = Callable[["Sentence", random.Random], str | None]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with figures, and the passage that it stands in."""

    text: str
    passage: str
    quantities: tuple[Quantity, ...]


def sentences_of(text: str) -> Iterator[Sentence]:
    """Every sentence with figures; its passage is the paragraph, or some lines where lines are short."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for i, line in enumerate(lines):
        passage, low, high = line, i, i + 1
        while len(passage) < _CONTEXT and (low > 0 or high < len(lines)) and high - low < 5:
            low, high = max(0, low - 1), min(len(lines), high + 1)
            passage = "\n".join(lines[low:high])
        for span in split_sentences(line, 0, len(line)):
            sentence = line[span.start : span.end]
            sentence = fold_width(sentence)
            quantities = find_quantities(sentence)
            if quantities and len(sentence) > 8:
                yield Sentence(sentence, passage, quantities)


@cache
def _wordings() -> dict[str, Any]:
    return tomllib.loads((HERE / "mutations.toml").read_text(encoding="utf-8"))


def _replace(text: str, quantity: Quantity, surface: str) -> str:
    return text[: quantity.start] + surface + text[quantity.end :]


def _pick(sentence: Sentence, rng: random.Random, fits: Callable[[Quantity], bool]) -> Quantity | None:
    fitting = [q for q in sentence.quantities if fits(q)]
    return rng.choice(fitting) if fitting else None


def _is_arabic(quantity: Quantity) -> bool:
    return bool(re.search(r"\d", quantity.text)) and quantity.upper is None and quantity.unit_class != "ratio"


def alter_digit(sentence: Sentence, rng: random.Random) -> str | None:
    """One digit of one figure is another one."""
    quantity = _pick(sentence, rng, _is_arabic)
    if quantity is None:
        return None
    places = [m.start() for m in re.finditer(r"\d", quantity.text)]
    at = rng.choice(places)
    lowest = 1 if at == places[0] else 0
    digit = rng.choice([d for d in range(lowest, 10) if str(d) != quantity.text[at]])
    return _replace(sentence.text, quantity, quantity.text[:at] + str(digit) + quantity.text[at + 1 :])


def alter_shift(sentence: Sentence, rng: random.Random) -> str | None:
    """The decimal point of one figure moves by one place."""
    quantity = _pick(sentence, rng, lambda q: _is_arabic(q) and q.value != 0 and q.text[0].isdigit())
    if quantity is None:
        return None
    number = re.match(r"[\d,.]+", quantity.text)
    if number is None:
        return None
    factor = rng.choice([Decimal(10), Decimal("0.1")])
    shifted = f"{quantity.value * factor:f}"
    shifted = shifted.rstrip("0").rstrip(".") if "." in shifted else shifted
    return _replace(sentence.text, quantity, shifted + quantity.text[number.end() :])


def alter_scale(sentence: Sentence, rng: random.Random) -> str | None:
    """亿 is 万, or 万 is 亿."""
    quantity = _pick(sentence, rng, lambda q: _is_arabic(q) and ("亿" in q.text) != ("万" in q.text))
    if quantity is None:
        return None
    return _replace(sentence.text, quantity, quantity.text.translate(str.maketrans("亿万", "万亿")))


def alter_unit(sentence: Sentence, rng: random.Random) -> str | None:
    """% is 个百分点, or the other way round."""
    quantity = _pick(sentence, rng, lambda q: q.unit in ("%", "个百分点", "百分点") and "分之" not in q.text)
    if quantity is None:
        return None
    if quantity.unit == "%":
        return _replace(sentence.text, quantity, re.sub("[%％]", "个百分点", quantity.text))
    return _replace(sentence.text, quantity, re.sub("个?百分点", "%", quantity.text))


def alter_year(sentence: Sentence, rng: random.Random) -> str | None:
    """Another year, where a figure of the sentence belongs to the one that is named."""
    own = [a for a in read_assertions(as_passage(sentence.text)) if a.stance.own_year or a.stance.bases]
    if not own:
        return None
    stance = rng.choice(own).stance
    year = rng.choice(sorted(stance.years if stance.own_year else stance.bases))
    other = rng.choice([y for y in range(year - 5, year + 6) if str(y) not in sentence.passage])
    return re.sub(rf"{year}(?=\s*年)", str(other), sentence.text)


def _swap_word(
    sentence: Sentence,
    rng: random.Random,
    pairs: Sequence[Sequence[str]],
    reach: int,
    behind: bool = False,
    fits: Callable[[Quantity], bool] = lambda quantity: True,
) -> str | None:
    """One of the words beside a figure (or behind it) is its counterpart."""
    options = []
    for quantity in filter(fits, sentence.quantities):
        low, high = (quantity.end, quantity.end) if behind else (quantity.start - reach, quantity.start)
        stretch = sentence.text[max(0, low) : high + (reach if behind else 0)]
        for old, new in pairs:
            if stretch.startswith(old) if behind else stretch.endswith(old):
                at = quantity.end if behind else quantity.start - len(old)
                if sentence.text[at - 1] == "不":
                    continue
                options.append(sentence.text[:at] + new + sentence.text[at + len(old) :])
    return rng.choice(options) if options else None


def alter_sign(sentence: Sentence, rng: random.Random) -> str | None:
    """增长 is 下降."""
    pairs = _wordings()["altered"]["sign"]
    return _swap_word(sentence, rng, pairs, 4, fits=lambda q: q.role in ("growth", "decline"))


def alter_qualifier(sentence: Sentence, rng: random.Random) -> str | None:
    """以上 is 以内, 超过 is 不足."""
    words = _wordings()["altered"]
    ahead = _swap_word(sentence, rng, words["qualifier_before"], 4)
    behind = _swap_word(sentence, rng, words["qualifier_behind"], 4, behind=True)
    return rng.choice([text for text in (ahead, behind) if text] or [None])


def alter_status(sentence: Sentence, rng: random.Random) -> str | None:
    """A target is told as an outturn, or an outturn as a target."""
    options = []
    for assertion in read_assertions(as_passage(sentence.text)):
        clause = sentence.text[assertion.clause.start : assertion.clause.end]
        planned = assertion.stance.planned
        if planned in ("before", "earlier"):
            continue
        for old, new in _wordings()["altered"]["to_actual" if planned == "here" else "to_planned"]:
            at = clause.find(old)
            if 0 <= at < assertion.quantity.start - assertion.clause.start:
                told = clause[:at] + new + clause[at + len(old) :]
                told_text = (
                    sentence.text[: assertion.clause.start] + told + sentence.text[assertion.clause.end :]
                )
                options.append(told_text)
    return rng.choice(options) if options else None


def alter_neighbour(sentence: Sentence, rng: random.Random) -> str | None:
    """A figure is that of another clause of the passage."""
    others = find_quantities(sentence.passage)
    options = [
        (q, other)
        for q in sentence.quantities
        for other in others
        if q.unit == other.unit and agreement(q, other) is None and agreement(other, q) is None
    ]
    options = [
        (q, other)
        for q, other in options
        if not any(agreement(other, same) in ("supported", "rounded") for same in sentence.quantities)
        or sentence.text.count(other.text) == 1
    ]
    if not options:
        return None
    quantity, other = rng.choice(options)
    return _replace(sentence.text, quantity, other.text)


def keep(sentence: Sentence, rng: random.Random) -> str | None:
    """The sentence as it stands."""
    return sentence.text


def reorder(sentence: Sentence, rng: random.Random) -> str | None:
    """Statements between semicolons in another order; else two clauses that name their subjects."""
    text = sentence.text.rstrip("。;；!")
    if re.search(r"其中|分别|年|该|这|比|将|力争|计划|[:：“(（]", text):
        return None
    parts = [part for part in re.split("[;；,，]", text) if part.strip()]
    if len(parts) < 2 or not all(_stands_alone(part) for part in parts):
        return None
    rng.shuffle(parts)
    return ",".join(parts) + "。"


def _stands_alone(clause: str) -> bool:
    """Whether a clause names what its only figure is about."""
    assertions = read_assertions(as_passage(clause))
    names = [
        w
        for a in assertions
        for w, zone in a.words
        if zone == "own" and w.keys[0][0] == "#" and w.weight >= 1
    ]
    return len(assertions) == 1 and bool(names)


def round_figure(sentence: Sentence, rng: random.Random) -> str | None:
    """A figure with one digit less behind the point."""
    quantity = _pick(
        sentence, rng, lambda q: _is_arabic(q) and q.decimals > 0 and q.value >= 1 and q.text[0].isdigit()
    )
    if quantity is None:
        return None
    number = re.match(r"[\d,.]+", quantity.text)
    if number is None:
        return None
    rounded = f"{quantity.value:.{quantity.decimals - 1}f}"
    return _replace(sentence.text, quantity, rounded + quantity.text[number.end() :])


def use_synonym(sentence: Sentence, rng: random.Random) -> str | None:
    """An indicator under another of its names."""
    options = []
    for word in analyze_chinese(sentence.text):
        if word.keys[0].startswith("#") and word.weight >= 1:
            for name in chinese_names(word.keys[0][1:]):
                if name.lower() != word.text.lower():
                    options.append(sentence.text[: word.start] + name + sentence.text[word.end :])
    return rng.choice(options) if options else None


def reword(sentence: Sentence, rng: random.Random) -> str | None:
    """A verb or a qualifier beside a figure as another one of the same meaning."""
    return _swap_word(sentence, rng, _wordings()["true"]["wording"], 5)


def convert(sentence: Sentence, rng: random.Random) -> str | None:
    """The same amount in another unit."""
    quantity = _pick(
        sentence, rng, lambda q: _is_arabic(q) and q.text[0].isdigit() and _converted(q) is not None
    )
    return _replace(sentence.text, quantity, str(_converted(quantity))) if quantity else None


_CONVERSIONS = {
    "亿元": ("万元", "10000"),
    "万元": ("亿元", "0.0001"),
    "万人": ("人", "10000"),
    "万个": ("个", "10000"),
    "万吨": ("吨", "10000"),
    "公里": ("米", "1000"),
    "公顷": ("平方米", "10000"),
    "平方米": ("公顷", "0.0001"),
    "万平方米": ("平方米", "10000"),
    "平方公里": ("公顷", "100"),
    "亿立方米": ("万立方米", "10000"),
}


def _converted(quantity: Quantity) -> str | None:
    if quantity.unit not in _CONVERSIONS or re.search("[余多几]", quantity.text):
        return None
    unit, factor = _CONVERSIONS[quantity.unit]
    return f"{(quantity.value * Decimal(factor)).normalize():f}{unit}"


def spell(sentence: Sentence, rng: random.Random) -> str | None:
    """A percentage or a small number in Chinese numerals, or digits in full width."""
    quantity = _pick(sentence, rng, lambda q: _is_arabic(q) and q.text[0].isdigit())
    if quantity is None:
        return None
    if quantity.unit == "%" and quantity.value < 100:
        whole, _, tail = f"{quantity.value:f}".partition(".")
        numeral = _spell_whole(int(whole)) + ("点" + "".join(_DIGITS[int(d)] for d in tail) if tail else "")
        return _replace(sentence.text, quantity, f"百分之{numeral}")
    wide = quantity.text.translate({ord(d): ord(d) + 0xFEE0 for d in "0123456789."})
    return _replace(sentence.text, quantity, wide)


def _spell_whole(number: int) -> str:
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


def translate(sentence: Sentence, rng: random.Random) -> str | None:
    """An English sentence about one figure, by the English name of the indicator beside it."""
    options = []
    for assertion in read_assertions(as_passage(sentence.text)):
        english = _english(assertion.quantity)
        named = [w for w, zone in assertion.words if zone == "own" and w.keys[0][0] == "#" and w.weight >= 1]
        if english is None or len(named) != 1 or assertion.stance.planned != "never":
            continue
        name = english_names(named[0].keys[0][1:])[0]
        verb = {"growth": "grew by", "decline": "fell by"}.get(assertion.quantity.role, "came to")
        options.append(f"{name[0].upper()}{name[1:]} {verb} {english}.")
    return rng.choice(options) if options else None


def _english(quantity: Quantity) -> str | None:
    if quantity.qualifier or not _is_arabic(quantity) or quantity.value < 0:
        return None
    if quantity.unit in ("%", "个百分点"):
        return f"{quantity.value} {'percent' if quantity.unit == '%' else 'percentage points'}"
    if quantity.unit_class == "money" and quantity.magnitude >= 10**8:
        return f"{(quantity.magnitude / 10**9).normalize():f} billion yuan"
    return f"{quantity.magnitude:,f}" if quantity.unit_class.startswith("count:") else None


ALTERED: dict[str, Mutate] = {
    "digit": alter_digit,
    "decimal point": alter_shift,
    "亿 and 万": alter_scale,
    "% and 百分点": alter_unit,
    "year": alter_year,
    "target and outturn": alter_status,
    "sign": alter_sign,
    "qualifier": alter_qualifier,
    "neighbouring figure": alter_neighbour,
}
TRUE: dict[str, Mutate] = {
    "as it stands": keep,
    "reordered": reorder,
    "rounded": round_figure,
    "synonym": use_synonym,
    "other wording": reword,
    "other unit": convert,
    "numerals": spell,
    "English": translate,
}
