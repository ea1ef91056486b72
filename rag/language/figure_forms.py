"""Figures of Chinese text that are no number with a unit: shares in words, doublings, proportions.

>>> forms = [form_at(text, 0) for text in ("百分之五到六", "千分之三", "一半", "翻了两番")]
>>> [(str(form.value), form.unit) for form in forms], forms[0].upper
([('5', '%'), ('3', '‰'), ('50', '%'), ('4', '倍')], Decimal('6'))
>>> form_at("4.6:47.5:47.9", 0).terms, form_at("10:30", 0)
((Decimal('4.6'), Decimal('47.5'), Decimal('47.9')), None)
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from rag.language.amounts import Figure
from rag.language.chinese_numbers import number_at
from rag.language.figure_context import window, words
from rag.language.numerals import parse_numeral
from rag.language.units import starts_unit

_HAN = "一二两三四五六七八九十"
_HUNDREDTHS = re.compile(r"(?P<base>[百千万])分之(?=[0-9零一二两三四五六七八九十百])")
_FURTHER = re.compile(r"\s?(?:[-—–~]+|至|到)\s?(?:[百千万]分之)?(?=[0-9零一二两三四五六七八九十])")
_BASES = {
    "百": ("%", "percent", Decimal(1)),
    "千": ("‰", "permille", Decimal(1)),
    "万": ("‱", "permille", Decimal("0.1")),
}
_FRACTION = re.compile(rf"(?P<den>\d{{1,3}}|[{_HAN}]{{1,3}})分之(?P<num>\d{{1,3}}|[{_HAN}]{{1,3}})")
_SLASH = re.compile(r"(?P<num>\d{1,3})/(?P<den>\d{1,3})(?![\d/.年月])")
_HALF = re.compile(r"一半(?!径)|半数")
_MORE_THAN_HALF = re.compile(r"半(?![年个月天日小里径岛导山决程身夜世生百点路途数])")
_DOUBLED = re.compile(
    rf"翻了?(?P<qualifier>近|约|超过?|逾)?(?P<times>[{_HAN}\d])?番(?P<more>多)?(?![茄薯禺])"
)
_TERM = r"\d+(?:\.\d+)?"
_PROPORTION = re.compile(rf"{_TERM}(?:(?::| : ){_TERM}){{1,5}}(?![:\d]|\.\d)")
_TIME = re.compile(r"(?:[01]?\d|2[0-4])\s?:\s?[0-5]\d(?:\s?:\s?[0-5]\d)?$")
_OF_MAP = re.compile(r"1\s?:\s?\d{3,}$")


def form_at(text: str, position: int) -> Figure | None:
    """The form that begins at a position of a folded text, if one does."""
    char = text[position]
    if "0" <= char <= "9":
        told = words("proportions.told").match(window(text, position)) is not None
        return proportion_at(text, position, told) or _fraction(text, position)
    if char == "翻":
        return _doubled(text, position)
    if char == "半" or text.startswith("一半", position):
        return _half(text, position)
    return _hundredths(text, position) or _fraction(text, position)


def _hundredths(text: str, position: int) -> Figure | None:
    """百分之五, 百分之五到六, 千分之三; 百分之五六 has two neighbouring digits."""
    match = _HUNDREDTHS.match(text, position)
    number = number_at(text, match.end()) if match else None
    if match is None or number is None or number.multiplier:
        return None
    end, upper = number.end, number.upper
    if upper is None and (further := _FURTHER.match(text, end)):
        high = number_at(text, further.end())
        if high and not starts_unit(text, high.end) and not text.startswith("分之", high.end):
            end, upper = high.end, high.value
    unit, kind, scale = _BASES[match["base"]]
    infix = text[end : end + 1] if text[end : end + 1] in ("几", "多") else ""
    return Figure(
        position, end + len(infix), number.value, unit, kind, scale, upper, number.infix or infix or None
    )


def _fraction(text: str, position: int) -> Figure | None:
    """三分之二, 1/4."""
    match = _FRACTION.match(text, position) or _SLASH.match(text, position)
    if match is None or text[max(0, position - 1) : position] in ("/", "."):
        return None
    numerator, denominator = _small(match["num"]), _small(match["den"])
    if not 0 < numerator < denominator:
        return None
    return Figure(position, match.end(), numerator / denominator, kind="ratio", spelled=False)


def _small(written: str) -> Decimal:
    return Decimal(written) if written.isdigit() else parse_numeral(written)


def _half(text: str, position: int) -> Figure | None:
    """一半, 半数; 半 after 过, 近 and the like."""
    match = _HALF.match(text, position)
    if match and text[max(0, position - 1) : position] != "另":
        return Figure(position, match.end(), Decimal(50), "%", "percent", role="share")
    qualifier = words("halves.before").match(window(text, position))
    if qualifier is None or words("halves.not_before").match(window(text, position)):
        return None
    if not _MORE_THAN_HALF.match(text, position):
        return None
    return Figure(position, position + 1, Decimal(50), "%", "percent", qualifier=qualifier, role="share")


def _doubled(text: str, position: int) -> Figure | None:
    """翻一番 is twice as much, 翻两番 four times."""
    match = _DOUBLED.match(text, position)
    if match is None:
        return None
    times = int(_small(match["times"])) if match["times"] else 1
    if not 0 < times < 10:
        return None
    qualifier = match["qualifier"] or match["more"]
    return Figure(position, match.end(), Decimal(2) ** times, "倍", "multiple", qualifier=qualifier)


def proportion_at(text: str, position: int, told: bool) -> Figure | None:
    """1:3.4, 4.6:47.5:47.9; a time of day or the scale of a map is one only where the text tells so."""
    match = _PROPORTION.match(text, position)
    if match is None or text[max(0, position - 1) : position] in (":", ".", "-"):
        return None
    terms = tuple(Decimal(term) for term in re.findall(_TERM, match[0]))
    behind = text[match.end() : match.end() + 1]
    if behind in tuple(":万亿千%") or starts_unit(text, match.end()) or behind.isdigit():
        return None
    timely = _TIME.match(match[0]) is not None and not (told or len(terms) > 3)
    if timely or (_OF_MAP.match(match[0]) and not told):
        return None
    return Figure(position, match.end(), terms[0], "ratio", "proportion", terms=terms)


@cache
def skipped() -> re.Pattern[str]:
    """Numbers with colons that are no proportion: 10:30, 1:10000."""
    return re.compile(rf"{_TIME.pattern[:-1]}(?![\d.])|1 ?: ?(?:\d{{3,}}|\d+万)")
