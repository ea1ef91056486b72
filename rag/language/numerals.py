"""Numbers as they are written: full-width digits, Chinese numerals, English number words."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import cache
from typing import Any

from rag.language.resources import load_toml

_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if code != 0xFF0C} | {0x3000: 0x20}
_COMPATIBLE = ((0x2080, 0x208A), (0x2E80, 0x2FE0), (0xF900, 0xFB00), (0x2F800, 0x2FA20))


def fold_width(text: str) -> str:
    """Full-width forms as half-width ones, radicals as characters, one for one, so that offsets stay.

    The full-width comma is left alone: it separates list items and thousands alike.

    >>> fold_width("９．５％，１２家"), fold_width("PM₂.₅，⼯业，⼈⺠")
    ('9.5%，12家', 'PM2.5，工业，人民')
    """
    return text if text.isascii() else text.translate(_width())


def decimals_of(value: Decimal) -> int:
    """How many digits a number shows behind its point.

    >>> decimals_of(Decimal("5.20")), decimals_of(Decimal(500))
    (2, 0)
    """
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


@cache
def _width() -> dict[int, int]:
    """Full-width forms, subscript digits, and the radicals and compatibility characters of fonts."""
    table = dict(_WIDTH)
    for first, end in _COMPATIBLE:
        for code in range(first, end):
            plain = unicodedata.normalize("NFKC", chr(code))
            if len(plain) == 1 and plain != chr(code):
                table[code] = ord(plain)
    radicals = _chinese()["radicals"]
    return table | {ord(radical): ord(plain) for radical, plain in zip(radicals[0], radicals[1], strict=True)}


def fold_figures(text: str) -> str:
    """A text as the readers of figures want it: width, traditional and formal characters, colons, points.

    >>> fold_figures("１．５億元，增長三點二個百分點，資金伍仟萬元，比例2∶1")
    '1.5亿元，增长三点二个百分点，资金五千万元，比例2:1'
    """
    if text.isascii():
        return text
    folded = text.translate(_figures())
    return _formal().sub(_simplify_formal, folded)


@cache
def _figures() -> dict[int, int]:
    data = _chinese()
    pairs = [*zip(*data["traditional"], strict=True), *zip(*data["signs"], strict=True)]
    return _width() | {ord(other): ord(plain) for other, plain in pairs}


@cache
def _formal() -> re.Pattern[str]:
    digits, steps = _chinese()["formal"][0][:9], _chinese()["formal"][0][9:]
    return re.compile(
        rf"(?<!队)(?:[{digits}][{steps}万亿]|(?<!收)(?<!大)[{steps}](?=[万亿元]))[{digits}{steps}零万亿]*"
    )


def _simplify_formal(match: re.Match[str]) -> str:
    return match[0].translate(str.maketrans(*_chinese()["formal"]))


def parse_numeral(text: str) -> Decimal:
    """The value of a number spelled with Chinese numerals.

    >>> [str(parse_numeral(n)) for n in ("两百三十", "一点八", "十二", "三千五百万", "二〇二三", "一兆二亿")]
    ['230', '1.8', '12', '35000000', '2023', '1000200000000']
    """
    numerals = _chinese()
    digits, steps, groups = numerals["digits"], numerals["steps"], numerals["groups"]
    whole, _, fraction = text.partition("点")
    if all(char in digits for char in whole):
        value = int("".join(str(digits[char]) for char in whole) or "0")
    else:
        value = _parse_positional(whole, digits, steps, groups)
    tail = "".join(str(digits[char]) for char in fraction)
    return Decimal(f"{value}.{tail}") if tail else Decimal(value)


def _parse_positional(
    text: str, digits: dict[str, int], steps: dict[str, int], groups: dict[str, int]
) -> int:
    total = section = 0
    digit: int | None = None
    last_step = 1
    for char in text:
        if char in digits:
            digit = digits[char]
            last_step = 1 if digit == 0 else last_step
        elif char in steps:
            last_step = steps[char]
            section += (1 if digit is None else digit) * last_step
            digit = None
        else:
            last_step = groups[char]
            section += digit or 0
            if last_step > total > 0:
                total, section = (total + section) * last_step, 0
            else:
                total, section = total + (section or 1) * last_step, 0
            digit = None
    if digit:  # "两百三" is 230, "两百零三" 203
        section += digit * (last_step // 10 if last_step > 10 else 1)
    return total + section


def parse_english_numeral(text: str) -> Decimal:
    """The value of a number in English words.

    >>> [str(parse_english_numeral(n)) for n in ("twenty-five", "two hundred and thirty", "six")]
    ['25', '230', '6']
    """
    data = load_toml("language/quantity_en.toml")["numerals"]
    total = group = 0
    for word in text.lower().replace("-", " ").split():
        if word in data["words"]:
            group += data["words"][word]
        elif word == "hundred":
            group = max(group, 1) * 100
        elif word in data["multipliers"]:
            total += max(group, 1) * int(data["multipliers"][word])
            group = 0
    return Decimal(total + group)


def _chinese() -> dict[str, Any]:
    numerals: dict[str, Any] = load_toml("language/quantity.toml")["numerals"]
    return numerals
