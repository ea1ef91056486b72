"""Figures in Chinese text: where they stand, what they are worth, how they are qualified.

>>> [(q.text, str(q.magnitude), q.unit_class, q.qualifier, q.role)
...  for q in chinese_quantities("固定资产投资1100亿元以上,增长5%左右,新建社康中心200余家")]
... # doctest: +NORMALIZE_WHITESPACE
[('1100亿元', '110000000000', 'money', '以上', 'level'),
 ('5%', '5', 'percent', '左右', 'growth'),
 ('200余家', '200', 'count:家', '余', 'level')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, DecimalException
from functools import cache
from typing import Any

from rag.language.numerals import fold_width, parse_numeral
from rag.language.resources import load_toml, load_tsv
from rag.schema import RELATIVE, Quantity, Role

_ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,])|\d+(?:\.\d+)?"
_RANGE = r"\s*(?:[-—–~～]|至|到)+\s*"
_CONTEXT = 16  # characters before a figure that may hold its qualifier and its role


def chinese_quantities(text: str) -> Iterator[Quantity]:
    """Every figure of a Chinese text in order; dates, names and labels are none."""
    folded = fold_width(text)
    masked = _mask_labels(folded)
    origins = tuple(_data()["origins"])
    position = 0
    while match := _pattern(True).search(masked, position):
        if (match["high"] or match["part2"]) and masked[: match.start()].endswith(origins):
            match = _pattern(False).match(masked, match.start()) or match  # 从5%到6% are two figures
        position = max(match.end(), match.start() + 1)
        quantity = _read(match, text, folded)
        if quantity is not None:
            yield quantity


def _data() -> dict[str, Any]:
    return load_toml("language/quantity.toml")


@cache
def _units() -> dict[str, tuple[str, Decimal]]:
    return {row[0]: (row[1], Decimal(row[2])) for row in load_tsv("language/units.tsv")}


@cache
def _multipliers() -> dict[str, Decimal]:
    return {word: Decimal(value) for word, value in _data()["numerals"]["multipliers"].items()}


def _alternation(words: Any) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def _pattern(ranges: bool) -> re.Pattern[str]:
    """One figure; with `ranges`, 2000万元—3000万元 is one: both ends have the same unit."""
    data = _data()
    numerals = data["numerals"]
    digit_class = "".join(numerals["digits"])
    spelled = f"[{digit_class}{''.join(numerals['steps'])}{''.join(numerals['groups'])}]+"
    spelled += f"(?:点[{digit_class}]+)?"
    number = f"{_ARABIC}|{spelled}"
    infix = f"[{''.join(data['qualifiers']['infix'])}]"
    unit = _alternation(_units())
    whole = _alternation(u for u in _units() if u.startswith(tuple(numerals["multipliers"])))
    multiplier = f"(?!{whole})(?:{_alternation(numerals['multipliers'])})"  # 千瓦 is a unit, 千家 is not
    tail = rf"(?P<tail>(?:{multiplier})?(?:{unit})?)"
    upper = rf"(?:{tail}{_RANGE}(?P<high>{number})(?=(?P=tail)))?" if ranges else "(?P<high>)"
    part_upper = rf"(?:{_RANGE}(?P=base)(?P<part2>{number}))?" if ranges else "(?P<part2>)"
    return re.compile(
        rf"(?P<hundredths>(?P<base>百分之|千分之)(?P<part>{number}){part_upper})"
        rf"|(?P<fraction>(?P<den>{spelled})分之(?P<num>{spelled})|(?P<num2>\d+)/(?P<den2>\d+)(?![\d/]))"
        rf"|(?P<sign>(?<![A-Za-z\d)）%])[-−](?=\d))?(?P<low>{number}){upper}"
        rf"(?P<infix>{infix})?\s*(?P<mult>{multiplier})?(?P<infix2>{infix})?"
        rf"(?:\s*(?P<unit>{unit})(?P<tenths>(?<=成)[{digit_class}](?![{''.join(numerals['steps'])}]))?"
        rf"(?:[(（]\w[)）]次?)?(?P<infix3>多|半)?)?"
    )


@cache
def _masks() -> re.Pattern[str]:
    return re.compile("|".join(_data()["masks"]["patterns"]))


def _mask_labels(folded: str) -> str:
    return _masks().sub(lambda match: "\0" * len(match.group()), folded)


def _read(match: re.Match[str], text: str, folded: str) -> Quantity | None:
    if match["hundredths"]:
        percent = match["base"] == "百分之"
        value = _number(match["part"])
        return _build(
            match,
            text,
            folded,
            value,
            _number(match["part2"]) if match["part2"] else None,
            "%" if percent else "‰",
            "percent" if percent else "permille",
            value,
        )
    if match["fraction"]:
        numerator = _number(match["num"] or match["num2"])
        denominator = _number(match["den"] or match["den2"])
        if not denominator:
            return None
        value = numerator / denominator
        return _build(match, text, folded, value, None, "", "ratio", value)
    return _read_plain(match, text, folded)


def _read_plain(match: re.Match[str], text: str, folded: str) -> Quantity | None:
    low, unit, mult = match["low"], match["unit"] or "", match["mult"] or ""
    spelled = not low[0].isdigit()
    if spelled and (not unit or _is_idiom(match, folded)):
        return None
    if not low.strip("万亿") and not folded.startswith(tuple(_data()["thresholds"]), match.end()):
        return None
    if not unit and not mult and not _predicated(folded[: match.start()]):
        return None
    try:
        value = _number(low)
        upper = _number(match["high"]) if match["high"] else None
    except (KeyError, DecimalException):
        return None
    if match["sign"]:
        value = -value
    if match["tenths"]:  # 三成五
        value += _number(match["tenths"]) / 10
    unit_class, factor = _units().get(unit, ("number", Decimal(1)))
    scale = factor * _multipliers().get(mult, Decimal(1))
    shown_unit = mult + folded[match.start("unit") : match.end()] if unit else mult
    for extra in ("infix3", "tenths"):
        shown_unit = shown_unit.removesuffix(match[extra] or "")
    return _build(match, text, folded, value, upper, shown_unit, unit_class, value * scale)


def _is_idiom(match: re.Match[str], folded: str) -> bool:
    words = tuple(_data()["numerals"]["idioms"])
    return folded.startswith(words, match.start())


def _predicated(before: str) -> bool:
    data = _data()
    return before.endswith(tuple(data["unitless"]["after"])) or bool(_qualifier_before(before))


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", "")) if text[0].isdigit() else parse_numeral(text)


def _build(
    match: re.Match[str],
    text: str,
    folded: str,
    value: Decimal,
    upper: Decimal | None,
    unit: str,
    unit_class: str,
    magnitude: Decimal,
) -> Quantity:
    start, end = match.span()
    before = folded[max(0, start - _CONTEXT) : start]
    infix = match["infix"] or match["infix2"] or match["infix3"]
    ahead = _qualifier_before(before)
    qualifier = infix or ahead or _qualifier_after(folded[end : end + 4])
    exponent = value.as_tuple().exponent
    return Quantity(
        text=text[start:end],
        start=start,
        end=end,
        value=value,
        unit=unit,
        unit_class=unit_class,
        magnitude=magnitude,
        decimals=max(0, -exponent) if isinstance(exponent, int) else 0,
        upper=upper,
        qualifier=qualifier,
        role=_role(before.removesuffix(ahead or "").rstrip(), unit_class in RELATIVE),
    )


def _qualifier_before(before: str) -> str | None:
    qualifiers = _data()["qualifiers"]
    if before.endswith(tuple(qualifiers["not_before"])):
        return None
    found = [word for word in qualifiers["before"] if before.endswith(word)]
    return max(found, key=len, default=None)


def _qualifier_after(after: str) -> str | None:
    qualifiers = _data()["qualifiers"]
    if after.startswith(tuple(qualifiers["not_after"])):
        return None
    found = [word for word in qualifiers["after"] if after.startswith(word)]
    return max(found, key=len, default=None)


def _role(before: str, relative: bool) -> Role:
    roles = _data()["roles"]
    if relative or before.endswith(tuple(roles["absolute"])):
        for role in ("growth", "decline", "share"):
            if before.endswith(tuple(roles[role])):
                return role
    if relative and re.search(roles["share_pattern"], before):
        return "share"
    return "level"
