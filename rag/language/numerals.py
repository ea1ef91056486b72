"""Numbers as they are written: full-width digits, Chinese numerals, English number words."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from rag.language.resources import load_toml

_FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if code != 0xFF0C} | {0x3000: 0x20}


def fold_width(text: str) -> str:
    """Full-width forms as half-width ones, character for character, so that offsets stay.

    The full-width comma is left alone: it separates list items and never thousands.

    >>> fold_width("９．５％，１２家")
    '9.5%，12家'
    """
    return text.translate(_FOLD)


def parse_numeral(text: str) -> Decimal:
    """The value of a number spelled with Chinese numerals.

    >>> [str(parse_numeral(n)) for n in ("两百三十", "一点八", "十二", "三千五百万", "二〇二三")]
    ['230', '1.8', '12', '35000000', '2023']
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
