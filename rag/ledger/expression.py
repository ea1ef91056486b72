"""Formulas that an answer shows for a calculated figure, recomputed with `Decimal`.

>>> [(f.text, f.holds) for f in find_formulas("是2019年的1.86倍(109.21亿元÷58.6亿元=1.86倍)")]
[('109.21亿元÷58.6亿元=1.86倍', True)]
>>> [f.holds for f in find_formulas("15.7% - 9.0% = 6.8个百分点; 259 − 136.6 = 122.4亿元")]
[False, True]
>>> [f.holds for f in find_formulas("(12000套 − 4000套) ÷ 12000套 = 66.7%; 711亿元 ÷ 1089.71亿元 = 65.2%")]
[True, True]
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, DivisionByZero, InvalidOperation

from rag.language import fold_width

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_TERM = rf"(?:{_NUMBER})\s*[^\d\s+\-−–×x*÷/=≈(),，。;；]{{0,6}}"
_SIGN = {"+": "+", "-": "-", "−": "-", "–": "-", "×": "*", "x": "*", "*": "*", "÷": "/", "/": "/"}
_OPERATOR = r"\s*[+\-−–×x*÷/]\s*"
_FORMULA = re.compile(rf"(?P<left>\(?{_TERM}(?:{_OPERATOR}\(?{_TERM}\)?)+)\s*[=≈]\s*(?P<right>{_TERM})")
_OPERATIONS: dict[type[ast.operator], Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


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
    """Every formula of a text, with its brackets; multiplication and division bind closer.

    A result in % of figures that are no per cents is their quotient times 100.
    """
    folded = fold_width(text)
    for match in _FORMULA.finditer(folded):
        left, start = match["left"], match.start()
        if left[0] == "(" and left.count("(") > left.count(")"):  # an aside that holds the formula
            left, start = left[1:], start + 1
        terms = re.findall(_TERM, left)
        numbers = [_number_and_unit(term) for term in terms]
        multiplies = any(_SIGN.get(char) == "*" for char in re.sub(_TERM, "", left))
        result, unit = _number_and_unit(match["right"])
        units = {unit for _, unit in numbers if unit}
        unlike = len(units) > 1 and not multiplies  # a sum or a quotient of 万元 and 亿元
        outcome = None if unlike else _compute(_as_python(left))
        if outcome is not None and unit == "%" and "%" not in units:
            outcome *= 100
        yield Formula(
            text=text[start : match.end()].strip(),
            start=start,
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


def _as_python(left: str) -> str:
    """The left side as Python writes it, without units: (120套 − 40套) ÷ 120套 as (120-40)/120."""
    numbers = re.sub(_TERM, lambda match: str(_number_and_unit(match[0])[0]), left)
    return "".join(_SIGN.get(char, char) for char in numbers if not char.isspace())


def _compute(expression: str) -> Decimal | None:
    """The value of an arithmetic expression; None if it has none (unbalanced, or divided by nothing)."""
    try:
        return _evaluate(expression, ast.parse(expression, mode="eval").body)
    except (SyntaxError, DivisionByZero, InvalidOperation):
        return None


def _evaluate(expression: str, node: ast.expr) -> Decimal:
    if isinstance(node, ast.BinOp):
        left, right = (_evaluate(expression, side) for side in (node.left, node.right))
        return _OPERATIONS[type(node.op)](left, right)
    return Decimal(ast.get_source_segment(expression, node) or "")


def _shows(outcome: Decimal, result: Decimal) -> bool:
    """Whether the outcome rounds to the digits shown, by either convention of rounding halves."""
    step = Decimal(1).scaleb(int(result.as_tuple().exponent))
    try:
        rounded = {outcome.quantize(step, rounding=way) for way in (ROUND_HALF_UP, ROUND_HALF_EVEN)}
    except InvalidOperation:
        return False
    return result in rounded
