"""Formulas that an answer shows for a calculated figure, recomputed with `Decimal`.

>>> [(f.text, f.holds) for f in find_formulas("是2019年的1.86倍(109.21亿元÷58.6亿元=1.86倍)")]
[('109.21亿元÷58.6亿元=1.86倍', True)]
>>> [f.holds for f in find_formulas("15.7% - 9.0% = 6.8个百分点; 259 − 136.6 = 122.4亿元")]
[False, True]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, DivisionByZero, InvalidOperation

from rag.numerals import fold_width

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_TERM = rf"(?:{_NUMBER})\s*[^\d\s+\-−–×x*÷/=≈(),，。;；]{{0,6}}"
_OPERATOR = r"\s*[+\-−–×x*÷/]\s*"
_FORMULA = re.compile(rf"(?P<left>{_TERM}(?:{_OPERATOR}{_TERM})+)\s*[=≈]\s*(?P<right>{_TERM})")


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula from `start` to `end` of a text; `operands` are the numbers as written, units behind.

    `holds`: the result is what comes out, rounded to the digits shown.
    """

    text: str
    start: int
    end: int
    result_start: int
    operands: tuple[str, ...]
    result: Decimal
    holds: bool


def find_formulas(text: str) -> Iterator[Formula]:
    """Every formula of a text; multiplication and division bind closer than sum and difference."""
    folded = fold_width(text)
    for match in _FORMULA.finditer(folded):
        terms = re.findall(_TERM, match["left"])
        operators = [o.strip() for o in re.findall(rf"(?<=[^\s+\-−–×x*÷/]){_OPERATOR}(?=\d)", match["left"])]
        if len(operators) != len(terms) - 1:
            continue
        numbers = [_number_and_unit(term) for term in terms]
        result, _ = _number_and_unit(match["right"])
        outcome = _compute(_in_one_unit(numbers, operators), operators)
        yield Formula(
            text=text[match.start() : match.end()].strip(),
            start=match.start(),
            end=match.end(),
            result_start=match.start("right"),
            operands=tuple(term.strip() for term in terms),
            result=result,
            holds=outcome is not None and _shows(outcome, result),
        )


def _number_and_unit(term: str) -> tuple[Decimal, str]:
    match = re.match(_NUMBER, term)
    assert match is not None
    return Decimal(match.group().replace(",", "")), term[match.end() :].strip()


def _in_one_unit(numbers: list[tuple[Decimal, str]], operators: list[str]) -> list[Decimal]:
    """The numbers as displayed; nothing for a sum or a quotient of unlike units (万元 and 亿元)."""
    units = {unit for _, unit in numbers if unit}
    unlike = len(units) > 1 and not set(operators) & set("×x*")
    return [] if unlike else [number for number, _ in numbers]


def _compute(numbers: list[Decimal], operators: list[str]) -> Decimal | None:
    if not numbers:
        return None
    total, sign, product = Decimal(0), 1, numbers[0]
    try:
        for operator, number in zip(operators, numbers[1:], strict=True):
            if operator in "×x*":
                product *= number
            elif operator in "÷/":
                product /= number
            else:
                total += sign * product
                sign, product = (1 if operator == "+" else -1), number
    except (DivisionByZero, InvalidOperation):
        return None
    return total + sign * product


def _shows(outcome: Decimal, result: Decimal) -> bool:
    """Whether the outcome rounds to the digits shown, by either convention of rounding halves."""
    step = Decimal(1).scaleb(int(result.as_tuple().exponent))
    try:
        rounded = {outcome.quantize(step, rounding=way) for way in (ROUND_HALF_UP, ROUND_HALF_EVEN)}
    except InvalidOperation:
        return False
    return result in rounded
