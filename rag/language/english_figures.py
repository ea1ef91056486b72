"""Figures in English text: where they stand, what they are worth, how they are qualified.

>>> text = "GDP exceeded RMB 102.09 billion, up 7.2 percent; 1,272 enterprises or more"
>>> [(q.text, str(q.magnitude), q.unit_class, q.qualifier, q.role) for q in english_quantities(text)]
... # doctest: +NORMALIZE_WHITESPACE
[('RMB 102.09 billion', '102090000000.00', 'money', 'exceeded', 'level'),
 ('7.2 percent', '7.2', 'percent', None, 'growth'),
 ('1,272', '1272', 'count', 'or more', 'level')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Any

from rag.language.numerals import fold_width, parse_english_numeral
from rag.language.resources import load_toml, load_tsv
from rag.schema import RATES, RELATIVE, Quantity, Role

COUNT = "count"  # the class of a bare number: what is counted is the noun behind it
_ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,]*\d)|\d+(?:\.\d+)?|\.\d+"
_FLAGS = re.IGNORECASE | re.ASCII  # Han characters are no word characters here
_REACH = 60  # characters before a figure that may hold its qualifier and its verb


def english_quantities(text: str) -> Iterator[Quantity]:
    """Every figure of an English text in order; dates, names and labels are none."""
    folded = fold_width(text)
    masked = _mask(folded)
    for match in _pattern().finditer(masked):
        yield from _read(match, text, folded)


@cache
def _data() -> dict[str, Any]:
    return load_toml("language/quantity_en.toml")


@cache
def _units() -> tuple[tuple[re.Pattern[str], str, Decimal], ...]:
    rows = load_tsv("language/units_en.tsv")
    return tuple((re.compile(row[0], _FLAGS), row[1], Decimal(row[2])) for row in rows)


def _unit_pattern() -> str:
    by_length = sorted((row[0] for row in load_tsv("language/units_en.tsv")), key=len, reverse=True)
    return "|".join(rf"{unit}(?![A-Za-z])" if unit[-1] != "%" else unit for unit in by_length)


@cache
def _pattern() -> re.Pattern[str]:
    numerals = _data()["numerals"]
    word = "|".join([*numerals["words"], "hundred"])
    spelled = rf"\b(?:{word})(?:(?:[-\s]+and)?[-\s]+(?:{word}))*\b"
    multiplier = "|".join(re.escape(m) for m in sorted(numerals["multipliers"], key=len, reverse=True))
    multiplier = multiplier.replace(r"\ ", r"\s+")
    number = rf"{_ARABIC}|{spelled}"
    currency = "|".join(re.escape(c) for c in sorted(_data()["currencies"], key=len, reverse=True))
    unit = _unit_pattern()
    scale = rf"(?:[-\s]?(?:{multiplier})\b)"
    return re.compile(
        rf"(?P<fraction>\b(?P<num>{'|'.join(numerals['words'])}|a)[-\s]"
        rf"(?P<den>{'|'.join(numerals['denominators'])})\b(?=\s+(?:of|the|share|as)\b|(?<=thirds|fifths|tenths))|(?<![\d/])\d+/\d+(?![\d/]))"
        rf"|(?P<currency>(?:(?<![A-Za-z])(?:{currency}))\s?)?"
        rf"(?P<sign>(?<![\w)\]%])[-−])?(?P<low>{number})(?P<lowscale>{scale})?(?P<lowunit>[-\s]?(?:{unit}))?"
        rf"(?:\s*(?:[-–—~]|\bto\b|\band\b(?=[^,;.]*(?<=and)))\s*(?P<highcurrency>(?:{currency})\s?)?\s?(?P<high>{number})"
        rf"(?P<scale>{scale})?(?P<unit>[-\s]?(?:{unit}))?)?",
        _FLAGS,
    )


@cache
def _masks() -> re.Pattern[str]:
    masks = _data()["masks"]
    filled = (
        p.replace("{month}", masks["months"]).replace("{unit}", _unit_pattern()) for p in masks["patterns"]
    )
    return re.compile("|".join(filled), _FLAGS)


def _mask(folded: str) -> str:
    masked = _masks().sub(lambda m: "\0" * len(m.group()), folded)
    masks = _data()["masks"]

    def blank(match: re.Match[str]) -> str:
        before, after = masked[: match.start()], masked[match.end() :]
        if re.match(rf"[-\s]?(?:{_unit_pattern()}|million|billion|thousand)", after, _FLAGS):
            return match.group()
        if re.search(r"(?:rmb|cny|usd|[$¥€])\s*$", before, _FLAGS):
            return match.group()
        round_number = match.group().endswith("00")
        named = re.search(masks["year_before"], before, _FLAGS)
        return match.group() if round_number and not named and before.strip() else "\0" * 4

    return re.sub(masks["year"], blank, masked)


def _read(match: re.Match[str], text: str, folded: str) -> Iterator[Quantity]:
    if match["fraction"]:
        yield from _read_fraction(match, text, folded)
        return
    low, high = match["low"], match["high"]
    changes = re.search(r"\bfrom\s+(?:[a-z]+\s+){0,2}$", folded[: match.start()], _FLAGS)
    between = re.search(r"\bbetween\s+$", folded[: match.start()], _FLAGS)
    joined = folded[match.end("low") : match.start("high")] if high else ""
    scale, unit = match["lowscale"] or "", match["lowunit"] or ""
    if high and (changes or ("and" in joined and not between) or _differs(match)):
        second = match.start("highcurrency") if match["highcurrency"] else match.start("high")
        yield from _maybe(match, text, folded, (match.start(), second), low, None, scale, unit)
        span = (second, match.end())
        yield from _maybe(match, text, folded, span, high, None, match["scale"] or "", match["unit"] or "")
        return
    if high:
        scale, unit = match["scale"] or scale, match["unit"] or unit
    yield from _maybe(match, text, folded, match.span(), low, high, scale, unit)


def _differs(match: re.Match[str]) -> bool:
    """Whether the two numbers of a supposed range have units of different kinds."""
    low, high = match["lowunit"], match["unit"]
    return bool(low) and (not high or _unit_class(low)[0] != _unit_class(high)[0])


def _maybe(
    match: re.Match[str],
    text: str,
    folded: str,
    span: tuple[int, int],
    low: str,
    high: str | None,
    scale: str,
    unit: str,
) -> Iterator[Quantity]:
    start, end = span
    end = start + len(folded[start:end].rstrip(" -–—~"))
    end = start + len(re.sub(r"\s+(?:to|and)$", "", folded[start:end], flags=_FLAGS))
    spelled = not re.search(r"\d", low)
    numerals = _data()["numerals"]
    if spelled and low.lower() in numerals["vague"] and not (scale or unit.strip(" -") in ("percent",)):
        return
    factor = Decimal(numerals["multipliers"].get(" ".join(scale.lower().strip(" -").split()), 1))
    currency = (match["currency" if start == match.start() else "highcurrency"] or "").strip()
    unit_class, unit_factor = (
        (_data()["currencies"][currency.lower()], Decimal(1))
        if currency
        else (_unit_class(unit) if unit else (COUNT, Decimal(1)))
    )
    value = _number(low) * (-1 if match["sign"] and start == match.start() else 1)
    exponent = value.as_tuple().exponent
    quantity = Quantity(
        text=text[start:end],
        start=start,
        end=end,
        value=value,
        unit=" ".join(part for part in (scale.strip(" -"), unit.strip(" -") or currency) if part),
        unit_class=unit_class,
        magnitude=value * factor * unit_factor,
        decimals=max(0, -exponent) if isinstance(exponent, int) else 0,
        upper=_number(high) if high else None,
    )
    yield _qualify(quantity, folded)


def _read_fraction(match: re.Match[str], text: str, folded: str) -> Iterator[Quantity]:
    numerals = _data()["numerals"]
    if match["num"]:
        numerator = Decimal(numerals["words"].get(match["num"].lower(), 1))
        denominator = Decimal(numerals["denominators"][match["den"].lower()])
    else:
        numerator, denominator = map(Decimal, match["fraction"].split("/"))
    if not denominator:
        return
    value = numerator / denominator
    start, end = match.span()
    quantity = Quantity(text[start:end], start, end, value, "", "ratio", value, 0)
    yield _qualify(quantity, folded)


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", "")) if re.search(r"\d", text) else parse_english_numeral(text)


def _unit_class(surface: str) -> tuple[str, Decimal]:
    wanted = surface.strip().strip("- ")
    return next((name, factor) for pattern, name, factor in _units() if pattern.fullmatch(wanted))


def _qualify(quantity: Quantity, folded: str) -> Quantity:
    before = folded[max(0, quantity.start - _REACH) : quantity.start]
    after = folded[quantity.end : quantity.end + _REACH]
    qualifier, before = _qualifier(before, after)
    relative = quantity.unit_class in RELATIVE
    return replace(quantity, qualifier=qualifier, role=_role(before, after, relative))


@cache
def _qualifier_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = _data()["qualifiers"]

    def alternation(names: list[str]) -> str:
        return "|".join(re.escape(n).replace(r"\ ", r"\s+") for n in sorted(names, key=len, reverse=True))

    ahead = (
        rf"(?<![A-Za-z])(?<!\bthe )(?P<word>{alternation(words['before'])})\s+(?:{words['transparent']})*$"
    )
    behind = rf"^\s*(?:\w+\s+)?(?P<word>{alternation(words['after'])})(?![A-Za-z])"
    return re.compile(ahead, _FLAGS), re.compile(behind, _FLAGS)


def _qualifier(before: str, after: str) -> tuple[str | None, str]:
    """The qualifier beside a figure, and the text before it without one in front."""
    ahead, behind = _qualifier_patterns()
    if match := ahead.search(before):
        word = " ".join(match["word"].split())
        return (None if word.lower() == "some" else word), before[: match.start()]
    match = behind.match(after)
    return (" ".join(match["word"].split()) if match else None), before


def _role(before: str, after: str, relative: bool) -> Role:
    roles = _data()["roles"]
    clause = re.split(r"[,;:.!?](?=\s)|\n|\bwhile\b|\bwhereas\b|\d", before)[-1]
    if re.search(roles["level"], clause, _FLAGS):
        return "level"
    if not relative and not re.search(roles["absolute"], clause, _FLAGS):
        return "level"
    places: dict[Role, int] = {}
    governing: tuple[Role, ...] = ("growth", "decline", "share")
    for role in governing:
        found = [m.start() for m in re.finditer(roles[role], clause, _FLAGS)]
        if found:
            places[role] = found[-1]
    if places:
        nearest = max(places, key=lambda role: places[role])
        # "at a growth rate of": the rate is of growth
        return "growth" if nearest == "share" and "growth" in places else nearest
    for role in RATES:
        if re.search(roles[f"{role}_after"], after, _FLAGS):
            return role
    return "level"
