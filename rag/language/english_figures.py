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

from rag.language.amounts import Figure, quantity_of
from rag.language.english_context import (
    FLAGS,
    REACH,
    data,
    kind_of_unit,
    per_after,
    per_before,
    qualifier_of,
    role_of,
    unit_pattern,
)
from rag.language.english_forms import english_forms
from rag.language.english_labels import hide_labels
from rag.language.figure_labels import hide
from rag.language.numerals import fold_width, parse_english_numeral
from rag.schema import RATES, RELATIVE, Quantity

COUNT = "count"  # the class of a bare number: what is counted is the noun behind it
_ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,]*\d)|\d+(?:\.\d+)?|\.\d+"
_FROM = re.compile(r"\bfrom\s+(?:[a-z']+\s+){0,4}$", FLAGS)
_BY = re.compile(r"\bby\s+(?:[a-z]+\s+){0,2}$", FLAGS)
_BETWEEN = re.compile(r"\bbetween\s+$", FLAGS)
_JOINED = re.compile(r"\s+(?:to|and)$", FLAGS)
_DIGIT = re.compile(r"\d")
_NEAR = 30  # characters before a figure that may hold "from" or its sign
_CLAUSE = re.compile(r"[,;:!?](?=\s)|\.(?=\s)|\n")
_WITHOUT_PER = ("duration", "age", "temperature", "rank", "proportion", *RELATIVE)


def english_quantities(text: str) -> Iterator[Quantity]:
    """Every figure of an English text in order; dates, names and labels are none."""
    folded = fold_width(text).replace("\u2236", ":")
    masked = hide_labels(folded)
    forms = [
        form
        for form in english_forms(folded)
        if "/" not in folded[form.start : form.end] or "\0" not in masked[form.start : form.end]
    ]
    masked = hide(masked, forms)
    amounts = [figure for match in _pattern().finditer(masked) for figure in _read(match, folded)]
    for figure in sorted([*forms, *amounts], key=lambda figure: figure.start):
        yield _in_context(figure, text, folded)


@cache
def _pattern() -> re.Pattern[str]:
    """A number with its currency, multiplier and unit, and a second one where it is a range."""
    numerals = data()["numerals"]
    word = "|".join([*numerals["words"], "hundred"])
    spelled = rf"\b(?:{word})(?:(?:[-\s]+and)?[-\s]+(?:{word}))*\b"
    multiplier = "|".join(re.escape(m) for m in sorted(numerals["multipliers"], key=len, reverse=True))
    multiplier = multiplier.replace(r"\ ", r"\s+")
    number = rf"{_ARABIC}|{spelled}"
    currency = "|".join(re.escape(c) for c in sorted(data()["currencies"], key=len, reverse=True))
    unit = unit_pattern()
    scale = rf"(?:[-\s]?(?:{multiplier})\b)"
    return re.compile(
        rf"(?P<currency>(?:(?<![A-Za-z])(?:{currency}))\s?)?"
        rf"(?P<sign>(?<![\w)\]%])[-−])?(?P<low>{number})(?P<lowscale>{scale})?(?P<lowunit>[-\s]?(?:{unit}))?"
        rf"(?:\s*(?:[-–—~]|\bto\b|\band\b(?=[^,;.]*(?<=and)))"
        rf"\s*(?P<highcurrency>(?:{currency})\s?)?\s?(?P<high>{number})"
        rf"(?P<scale>{scale})?(?P<unit>[-\s]?(?:{unit}))?)?",
        FLAGS,
    )


def _read(match: re.Match[str], folded: str) -> Iterator[Figure]:
    low, high = match["low"], match["high"]
    near = folded[max(0, match.start() - _NEAR) : match.start()]
    joined = folded[match.end("low") : match.start("high")] if high else ""
    scale, unit = match["lowscale"] or "", match["lowunit"] or ""
    changed = _FROM.search(near) or (scale and match["scale"] and _BY.search(near))
    if high and (changed or ("and" in joined and not _BETWEEN.search(near)) or _differs(match)):
        second = match.start("highcurrency") if match["highcurrency"] else match.start("high")
        if not scale and not unit and kind_of_unit(match["unit"] or "")[0] in RELATIVE:
            unit = match["unit"]  # by 4.2 and 0.7 percentage points
        yield from _maybe(match, folded, (match.start(), second), low, None, scale, unit)
        span = (second, match.end())
        yield from _maybe(match, folded, span, high, None, match["scale"] or "", match["unit"] or "")
        return
    if high:
        scale, unit = match["scale"] or scale, match["unit"] or unit
    yield from _maybe(match, folded, match.span(), low, high, scale, unit)


def _differs(match: re.Match[str]) -> bool:
    """Whether the two numbers of a supposed range have units of different kinds."""
    low, high = match["lowunit"], match["unit"]
    return bool(low) and (not high or kind_of_unit(low)[0] != kind_of_unit(high)[0])


def _maybe(
    match: re.Match[str],
    folded: str,
    span: tuple[int, int],
    low: str,
    high: str | None,
    scale: str,
    unit: str,
) -> Iterator[Figure]:
    start, end = span
    end = start + len(_JOINED.sub("", folded[start:end].rstrip(" -–—~")))
    numerals = data()["numerals"]
    spelled = not _DIGIT.search(low)
    relative = bool(unit) and kind_of_unit(unit)[0] in ("percent", "point")
    if spelled and low.lower() in numerals["vague"] and not scale and not relative:
        return
    factor = Decimal(numerals["multipliers"].get(" ".join(scale.lower().strip(" -").split()), 1))
    first = start == match.start()
    currency = (match["currency" if first else "highcurrency"] or "").strip()
    kind, unit_factor = COUNT, Decimal(1)
    if currency:
        kind = data()["currencies"][currency.lower()]
    elif unit:
        kind, unit_factor = kind_of_unit(unit)
    yield Figure(
        start,
        end,
        _number(low) * (-1 if match["sign"] and first else 1),
        unit=" ".join(part for part in (scale.strip(" -"), unit.strip(" -") or currency) if part),
        kind=kind,
        scale=factor * unit_factor,
        upper=_number(high) if high else None,
    )


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", "")) if _DIGIT.search(text) else parse_english_numeral(text)


def _in_context(figure: Figure, text: str, folded: str) -> Quantity:
    """The figure with its qualifier, role, sign and what it is counted per, as the words around it say."""
    figure = _with_per(figure, folded)
    start = figure.start
    sign = re.search(data()["roles"]["minus"], folded[max(0, start - _NEAR) : start], FLAGS)
    value = -figure.value if sign and sign[0][0] in "mMnN" else figure.value
    start -= len(sign[0]) if sign and value != figure.value else 0
    after = folded[figure.end : figure.end + REACH]
    qualifier, before = qualifier_of(folded[max(0, start - REACH) : start], after)
    alone = figure.kind in ("proportion", "rank")
    role = "level" if alone else role_of(before, after, figure.kind in RELATIVE)
    if value < 0 and figure.upper is None and role in RATES:
        value, role = -value, "decline"
    quantity = quantity_of(figure, text, start, value, qualifier, role)
    return replace(quantity, decimals=0) if figure.kind == "ratio" else quantity


def _with_per(figure: Figure, folded: str) -> Figure:
    """0.52 tons per 10,000 yuan; 7.2 after "beds per 1,000 people reached"."""
    if figure.kind.startswith(_WITHOUT_PER) or "/" in figure.kind:
        return figure
    after = folded[figure.end : figure.end + REACH]
    nouns = re.match(r"(?:\s+[A-Za-z-]+){1,4}?(?=\s+per\s)", after) if figure.kind == COUNT else None
    per = per_after(after[nouns.end() :] if nouns else after)
    end = figure.end if nouns or per is None else figure.end + per.end
    if per is None:
        near = folded[max(0, figure.start - REACH) : figure.start]
        per = per_before(_CLAUSE.split(near)[-1])
    if per is None:
        return figure
    unit = f"{figure.unit} {per.text}".strip()
    return replace(
        figure, end=end, unit=unit, kind=f"{figure.kind}/{per.kind}", scale=figure.scale * per.factor
    )
