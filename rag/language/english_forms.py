"""Figures of English text that are no number with a unit: fractions, doublings, proportions, ranks.

>>> text = "It ranked fifth and doubled; half of it, a ratio of 2.04:1"
>>> [(str(form.value), form.kind) for form in english_forms(text)]
[('5', 'rank'), ('2', 'multiple'), ('0.5', 'ratio'), ('2.04', 'proportion')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from rag.language.amounts import Figure
from rag.language.english_context import FLAGS, data
from rag.language.figure_forms import proportion_at

_RATIO = re.compile(r"\b(?:ratio|proportion|split|structure)\b", FLAGS)
_NEAR = 40  # characters before two numbers with a colon that may tell that they are a proportion


@cache
def _patterns() -> re.Pattern[str]:
    """One alternative a form; each is named, and read by the function of that name."""
    words = data()["numerals"]
    numerators, denominators = "|".join(words["words"]), "|".join(words["denominators"])
    ordinals = "|".join(data()["ranks"]["ordinals"])
    told, best = data()["ranks"]["told"], "|".join(data()["ranks"]["best"])
    return re.compile(
        rf"\b(?P<num>{numerators}|an?)(?:-(?P<den>{denominators})\b|\s(?P<apart>{denominators})\b"
        r"(?:(?=\s+(?:of|the|share|as)\b)|(?<=thirds)|(?<=fifths)|(?<=tenths)))"
        r"|(?P<slash>(?<![\d/])\d{1,3}/\d{1,3}(?![\d/]))"
        r"|(?<!first )(?<!second )(?<!latter )(?<!other )\b(?P<half>half)(?=\s+(?:of|the|its|their|all)\b)"
        rf"|\b(?P<times>{'|'.join(data()['doubled'])})\b"
        rf"|{told}(?P<rank>{ordinals}|\d{{1,3}}(?:st|nd|rd|th))\b|{told}(?:no\.?\s?|number\s)(?P<number>\d{{1,3}})\b"
        rf"|\b(?P<largest>{ordinals}|\d{{1,3}}(?:st|nd|rd|th))[-\s](?={best}\b)"
        r"|(?P<colon>(?<![\d:.])\d+(?:\.\d+)?(?=\s?:\s?\d))",
        FLAGS,
    )


def english_forms(folded: str) -> Iterator[Figure]:
    """Every such form of a folded text, in order."""
    end = 0
    for match in _patterns().finditer(folded):
        figure = _read(match, folded) if match.start() >= end else None
        if figure is not None:
            end = figure.end
            yield figure


def _read(match: re.Match[str], folded: str) -> Figure | None:
    if match["colon"]:
        near = re.split("[.;,](?= )", folded[max(0, match.start() - _NEAR) : match.start()])[-1]
        return proportion_at(folded, match.start(), bool(_RATIO.search(near)))
    if match["times"]:
        value = Decimal(data()["doubled"][match["times"].lower()])
        return Figure(match.start(), match.end(), value, "times", "multiple")
    for name in ("rank", "number", "largest"):
        if match[name]:
            return Figure(match.start(name), match.end(name), _ordinal(match[name]), "", "rank")
    fraction = _fraction(match)
    return None if fraction is None else Figure(match.start(), match.end(), fraction, "", "ratio")


def _fraction(match: re.Match[str]) -> Decimal | None:
    words = data()["numerals"]
    if match["half"]:
        return Decimal("0.5")
    if match["slash"]:
        numerator, denominator = map(Decimal, match["slash"].split("/"))
        return numerator / denominator if 0 < numerator < denominator else None
    numerator = Decimal(words["words"].get(match["num"].lower(), 1))
    denominator = Decimal(words["denominators"][(match["den"] or match["apart"]).lower()])
    return numerator / denominator if numerator else None


def _ordinal(written: str) -> Decimal:
    digits = re.sub(r"\D", "", written)
    return Decimal(digits or data()["ranks"]["ordinals"][written.lower()])
