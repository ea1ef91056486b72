"""One number of a Chinese text, read where it begins: digits with any separators, numerals, or both mixed.

>>> number = number_at("1亿6000万元", 0)
>>> number.value, number.multiplier, number_at("三四十家", 0).upper
(Decimal('1.6'), '亿', Decimal('40'))
>>> texts = ("13万2千人", "100万两千元", "2，288.1亿元", "1 356.4亿", "12. 5亿千瓦时", "三千零五十亿斤")
>>> [str(number_at(text, 0).value) for text in texts]
['132000', '1002000', '2288.1', '1356.4', '12.5', '3050']
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Any

from rag.language.numerals import parse_numeral
from rag.language.resources import load_toml
from rag.language.units import starts_unit

_LONGEST = 40  # characters of a number that is one
_SPACE = r"[ \u00a0\u2009\u202f]"
# one name a way of writing digits; the first that fits is read
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:[,，]\d{3})+(?:\.\d+)?(?!\d|[,，]\d)")
_SPACED = re.compile(rf"[1-9]\d{{0,2}}(?:{_SPACE}\d{{3}})+(?:\.\d+)?(?!\d)")
_GAPPED = re.compile(r"\d{1,7}(?: \. ?|\. |·)\d{1,4}(?![\d.])")
_DOTTED = re.compile(r"\d+(?:\.\d+)?")
_THOUSAND = "千(?![瓦米克伏升])"  # 千瓦 is a unit, 千家 is not
_MULTIPLIERS = rf"万亿|[十百千][多余]?[万亿]|亿|万|{_THOUSAND}|百|兆(?![瓦伏赫比])"
_MULTIPLIER = re.compile(_MULTIPLIERS)
_UP_TO_HUNDREDS_OF_MILLIONS = re.compile(r"(\d)千亿")
_BESIDE_DIGITS = re.compile(r"\d.?$")
_ITEM = re.compile(r"\S? ?[个元家项]")
_STEPS = "十百千"
_MEASURED = re.compile(rf"{_SPACE}?(?:[%‰倍元]|万|亿|个?百分点|[千兆]瓦|吨|亩|公[顷里斤]|平方|立方)")


@dataclass(frozen=True, slots=True)
class Number:
    """A number as shown: 1.6 and 亿; `upper` where two neighbouring digits make a range (三四十)."""

    end: int
    value: Decimal
    upper: Decimal | None = None
    multiplier: str = ""
    infix: str | None = None
    spelled: bool = False
    bare: bool = False  # a numeral without any digit: 百, 万亿

    @property
    def scale(self) -> Decimal:
        """What one of the displayed number is worth: 亿 is 100000000."""
        return _scale(self.multiplier)


def _data() -> dict[str, Any]:
    numerals: dict[str, Any] = load_toml("language/quantity.toml")["numerals"]
    return numerals


@cache
def _spelled() -> re.Pattern[str]:
    digits = "".join(_data()["digits"])
    return re.compile(rf"(?:[{digits}十百万亿]|{_THOUSAND}|兆(?![瓦伏赫比]))+(?:点[{digits}]+)?")


@cache
def _neighbours() -> re.Pattern[str]:
    """三四十, 十七八, 一百二三十: two digits, the second one more than the first."""
    digits = "一二三四五六七八九"
    pairs = "|".join(a + b for a, b in pairwise(digits))
    return re.compile(
        rf"(?P<head>(?:[{digits}零两]?[{_STEPS}])*)(?P<pair>{pairs}|两三|一两|三五)(?P<tail>[{_STEPS}]*)"
    )


@cache
def _piece() -> re.Pattern[str]:
    """What may follow 13万 in one number: 2千, 零500万, 两千."""
    digits = "".join(_data()["digits"])
    return re.compile(
        rf"零?(?P<number>\d{{1,3}}(?:,\d{{3}})+|\d+|[{digits}](?:[{digits}十百]|{_THOUSAND})*)"
        rf"(?P<multiplier>{_MULTIPLIERS})?"
    )


def number_at(text: str, position: int) -> Number | None:
    """The number that begins at a position of a folded text, with its multiplier (万) and infix (余)."""
    number = _arabic(text, position) if "0" <= text[position] <= "9" else _numeral(text, position)
    if number is None:
        return None
    number = _with_infix(text, number)
    if not number.multiplier:
        number = _with_multiplier(text, number)
    number = _compound(text, number)
    return number if number.infix else _with_infix(text, number)


def _with_multiplier(text: str, number: Number) -> Number:
    match = _MULTIPLIER.match(text, skip_space(text, number.end))
    if match is None or (match[0] in _STEPS and starts_unit(text, match.start())):
        return number
    multiplier, infix = _without_infix(match[0])
    return replace(number, end=match.end(), multiplier=multiplier, infix=number.infix or infix)


def _without_infix(multiplier: str) -> tuple[str, str | None]:
    """千万 and 多 of 千多万."""
    plain = re.sub("[多余]", "", multiplier)
    return plain, multiplier[1] if plain != multiplier else None


def _arabic(text: str, position: int) -> Number | None:
    match = _digits(text, position)
    if match.end() - position > _LONGEST:
        return None
    plain = re.sub(rf"{_SPACE}|[,，]", "", match[0]).replace("·", ".")
    return Number(match.end(), Decimal(plain))


def _digits(text: str, position: int) -> re.Match[str]:
    """The longest way of writing digits that fits what is around."""
    before = text[max(0, position - 8) : position]
    grouped = _GROUPED.match(text, position)
    if grouped and not ("，" in grouped[0] and "分别" in before):
        return grouped
    spaced = _SPACED.match(text, position)
    if spaced and not _BESIDE_DIGITS.search(before) and _is_measured(text, spaced.end()):
        return spaced
    gapped = _GAPPED.match(text, position)
    if gapped and _MEASURED.match(text, gapped.end()):
        item = not before.strip() and _ITEM.match(text, gapped.end())  # 1. 5个园区: the first of a list
        if "·" in gapped[0] or not item:
            return gapped
    plain = _DOTTED.match(text, position)
    assert plain
    return plain


def _is_measured(text: str, position: int) -> bool:
    return bool(_MEASURED.match(text, position)) or starts_unit(text, skip_space(text, position))


def _numeral(text: str, position: int) -> Number | None:
    match = _spelled().match(text, position)
    if match is None or match.end() - position > _LONGEST:
        return None
    written = match[0]
    stem = written.rstrip("万亿兆")
    group = written[len(stem) :]
    bare = not any(char in _data()["digits"] for char in written) and written[0] != "十"
    try:
        if pair := _neighbours().fullmatch(stem):
            low, high = (parse_numeral(pair["head"] + digit + pair["tail"]) for digit in pair["pair"])
            return Number(match.end(), low, high, _known(group), spelled=True)
        return _shown(match.end(), parse_numeral(written), written, stem, bare)
    except (KeyError, ValueError, ArithmeticError):
        return None


def _known(group: str) -> str:
    return group if group in _data()["multipliers"] else group[-1:]


def _shown(end: int, value: Decimal, written: str, stem: str, bare: bool) -> Number:
    """The value in the largest group of its numeral, if it ends in a group: 一亿六千万 is 1.6亿."""
    group = written[len(stem) :]
    if not group:
        return Number(end, value, spelled=True, bare=bare)
    groups = _data()["groups"]
    largest = max((char for char in written if char in groups), key=lambda char: int(groups[char]))
    shown = group if group in _data()["multipliers"] else largest
    number = Number(end, value, multiplier=shown, spelled=True, bare=bare)
    return replace(number, value=plain(value / number.scale))


def plain(value: Decimal) -> Decimal:
    """A number without zeros behind its point and without an exponent."""
    value = value.normalize()
    exponent = value.as_tuple().exponent
    return value.quantize(Decimal(1)) if isinstance(exponent, int) and exponent > 0 else value


def skip_space(text: str, position: int) -> int:
    """Behind at most two blanks, one of which may end a line."""
    end = position
    while end < position + 2 and text[end : end + 1] in (" ", "\u00a0", "\n", "\t"):
        end += 1
    return end


def _with_infix(text: str, number: Number) -> Number:
    """余, 多, 几 between a number and its multiplier or unit, or behind its multiplier (3亿多农民)."""
    infix = text[number.end : number.end + 1]
    if infix not in tuple(load_toml("language/quantity.toml")["qualifiers"]["infix"]):
        return number
    behind = skip_space(text, number.end + 1)
    told = number.multiplier or infix == "余" or _MULTIPLIER.match(text, behind) or starts_unit(text, behind)
    told = told or text.startswith("个百分点", behind)
    return replace(number, end=number.end + 1, infix=infix) if told else number


def _compound(text: str, number: Number) -> Number:
    """13万2千, 1亿6000万, 100万两千: one number in pieces, each less than a unit of the one before."""
    if number.infix or number.upper is not None or not number.multiplier or number.value % 1:
        return number
    total, last, end = number.value * number.scale, number.scale, number.end
    multiplier, infix = "", None
    while (match := _piece().match(text, end)) and (amount := _piece_value(match, text, last)):
        total, end = total + amount, match.end()
        multiplier, infix = _without_infix(match["multiplier"] or "")
        last = _scale(multiplier)
        if not multiplier or infix:
            break
    if last == _scale("万") and (match := _UP_TO_HUNDREDS_OF_MILLIONS.match(text, end)):  # 1万3千亿
        return Number(match.end(), total + int(match[1]) * _scale("千"), multiplier="亿")
    if end == number.end:
        return number
    kept = number.multiplier if multiplier[-1:] in tuple("万亿") and multiplier else ""
    return Number(end, plain(total / _scale(kept)), multiplier=kept, infix=infix)


def _scale(multiplier: str) -> Decimal:
    return Decimal(_data()["multipliers"][multiplier]) if multiplier else Decimal(1)


def _piece_value(match: re.Match[str], text: str, last: Decimal) -> Decimal | None:
    """What a further piece of a number is worth; None where it begins another number."""
    written, multiplier = match["number"], match["multiplier"] or ""
    if text[match.end() : match.end() + 1] in tuple(".·点") or len(written) > _LONGEST:
        return None
    arabic = written.isascii()
    try:
        value = Decimal(written.replace(",", "")) if arabic else parse_numeral(written)
    except (KeyError, ValueError):
        return None
    value *= _scale(_without_infix(multiplier)[0])
    full = multiplier or (len(written) == 4 if arabic else written[-1] in _STEPS)
    return value if full and value < last else None
