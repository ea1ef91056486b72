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
from dataclasses import replace

from rag.language.amounts import Figure, amount_at, join_range, quantity_of, share_units
from rag.language.figure_context import (
    REACH,
    per_before,
    qualifier_across,
    qualifier_after,
    qualifier_before,
    role_before,
    window,
    words,
)
from rag.language.figure_forms import form_at, skipped
from rag.language.figure_labels import hide, hide_labels
from rag.language.numerals import fold_figures
from rag.language.ranks import ranks
from rag.language.resources import load_toml
from rag.language.units import with_per
from rag.schema import RATES, RELATIVE, Quantity

_ANCHOR = re.compile(r"[0-9零〇○一二两三四五六七八九十百千万亿兆半翻]")
_RUN = re.compile(r"\d+|[零〇○一二两三四五六七八九十百千万亿兆]+")
_NEGATIVE = re.compile(r"(?:(?<![A-Za-z\d)）%‰])[-−–]|(?<![担抱肩胜减自辜])负|零下) ?$")
_WORD = re.compile(r"[\u4e00-\u9fff]")
_NO_NOUN = re.compile(r"[大以左余多的年月日时分号届版期级点和与及、到至]")
_ROUND = re.compile(r"(?:10{1,6}|[十百千万]{1,2})(?![\d一二三四五六七八九])")
_LISTED = re.compile(r"、|和|及|与|以及")
_YEAR = re.compile(r"(?:19|20)\d\d$")
_WITHOUT_PER = ("duration", "age", "temperature", "rank", "number", "proportion", *RELATIVE)


def chinese_quantities(text: str) -> Iterator[Quantity]:
    """Every figure of a Chinese text in order; dates, names and labels are none."""
    folded = fold_figures(text)
    if not _ANCHOR.search(folded) and "首位" not in folded:
        return
    places = tuple(ranks(folded))
    masked = hide(hide_labels(folded), places)
    before: Quantity | None = None
    for figure in sorted([*places, *share_units(masked, *_figures(masked))], key=lambda figure: figure.start):
        quantity = _in_context(figure, text, folded)
        if before and quantity.role == "level" and before.unit_class == quantity.unit_class:
            listed = _LISTED.fullmatch(folded, before.end, quantity.start)
            quantity = replace(quantity, role=before.role) if listed else quantity  # 分别增长3.1%、4.2%
        before = quantity
        yield quantity


def _figures(masked: str) -> tuple[list[Figure], list[Figure]]:
    """The figures of a text without labels, and the numbers of it that are none."""
    found: list[Figure] = []
    others: list[Figure] = []
    position = 0
    while match := _ANCHOR.search(masked, position):
        start = match.start()
        figure = form_at(masked, start)
        if figure is None and (other := skipped().match(masked, start)):
            position = other.end()
            continue
        if figure is None and (amount := amount_at(masked, start)):
            figure = amount if masked.endswith(_origins(), 0, start) else join_range(masked, amount)
            figure = _with_currency(figure, masked)
            position = figure.end
            (found if _is_figure(figure, masked) else others).append(figure)
            continue
        if figure is None:
            run = _RUN.match(masked, start)
            position = run.end() if run else start + 1
            continue
        position = figure.end
        found.append(figure)
    return found, others


def _origins() -> tuple[str, ...]:
    return tuple(load_toml("language/quantity.toml")["origins"])


def _with_currency(figure: Figure, masked: str) -> Figure:
    """¥3500万, 人民币2亿: the currency stands before the number."""
    signs: dict[str, str] = load_toml("language/quantity.toml")["currencies"]
    if figure.measured or figure.start == 0:
        return figure
    found = [sign for sign in signs if masked.endswith(sign, 0, figure.start)]
    return replace(figure, kind=signs[max(found, key=len)]) if found else figure


def _is_figure(figure: Figure, masked: str) -> bool:
    """Whether a number with or without a unit is a figure where it stands."""
    if masked[max(0, figure.start - 1) : figure.start] == "每" and _ROUND.match(masked, figure.start):
        return False  # 每十万人口: what something is counted per
    if figure.bare:
        return _is_round_figure(figure, masked)
    if figure.spelled and _is_idiom(figure, masked):
        return False
    if (
        figure.measured
        or figure.kind != "number"
        or (figure.multiplier and not figure.spelled and figure.multiplier[-1] in "万亿兆")
    ):
        return True
    return _is_counted(figure, masked)


def _is_round_figure(figure: Figure, masked: str) -> bool:
    """亿元以上, 近百个, 千亿元: a numeral without a digit needs a unit and often a qualifier."""
    data = load_toml("language/quantity.toml")
    if figure.measured is None:
        return False
    if masked.startswith(tuple(data["thresholds"]), figure.end):
        return True
    if figure.qualifier or words("round").match(window(masked, figure.start)):
        return True
    written = masked[figure.start : figure.end]
    counted = figure.kind.startswith(("count", "person", "number", "duration"))
    return not (counted or written[0] in "万亿兆" or written.startswith(tuple(data["numerals"]["idioms"])))


def _is_idiom(figure: Figure, masked: str) -> bool:
    """一个, 一批, 零距离, 二次供水: numerals of phrases."""
    if masked.startswith(tuple(load_toml("language/quantity.toml")["numerals"]["idioms"]), figure.start):
        return True
    first, second = masked[figure.start], masked[figure.start + 1 : figure.start + 2]
    if first in "零〇○":
        return second != "点"
    one = figure.value == 1 and figure.upper is None and not figure.multiplier
    return one and figure.kind.startswith(("count", "person"))


def _is_counted(figure: Figure, masked: str) -> bool:
    """A number without a unit: 总数达1925, 突破五千万, 新增320圈舍."""
    before = window(masked, figure.start)
    if figure.spelled and not figure.multiplier:
        return False
    year = _YEAR.fullmatch(masked, figure.start, figure.end)
    if year and before.endswith(("到", "至")):
        return False
    if words("unitless.after").match(before) or qualifier_before(before):
        return True
    noun = _WORD.match(masked, figure.end) and not _NO_NOUN.match(masked, figure.end)
    return bool(noun and not year and words("unitless.counting").match(before))


def _in_context(figure: Figure, text: str, folded: str) -> Quantity:
    """The figure with its qualifier, role, sign and what it is counted per, as the words around it say."""
    sign = _NEGATIVE.search(folded, max(0, figure.start - 3), figure.start) if figure.kind != "rank" else None
    start = sign.start() if sign else figure.start
    before = window(folded, start)
    ahead = qualifier_before(before, figure.bare)
    qualifier = figure.qualifier or ahead or qualifier_after(folded[figure.end : figure.end + 4])
    qualifier = qualifier or qualifier_across(before)
    relative = figure.kind in RELATIVE
    role = figure.role or role_before(before.removesuffix(ahead or "").rstrip(), relative)
    value = figure.value
    if sign:
        turned = role in RATES or (relative and words("roles.compared").match(before))
        value, role = (value, "decline") if turned and figure.upper is None else (-value, role)
    figure = _with_per(figure, folded)
    return quantity_of(figure, text, start, value, qualifier, role)


def _with_per(figure: Figure, folded: str) -> Figure:
    """床位7.2张 after 每千人口 is 7.2张/千人."""
    if figure.measured is None or "/" in figure.unit or figure.kind.startswith(_WITHOUT_PER):
        return figure
    per = per_before(folded[max(0, figure.start - REACH) : figure.start])
    if not per:
        return figure
    unit = with_per(figure.measured, per, figure.end)
    scale = figure.scale / figure.measured.factor * unit.factor
    return replace(figure, unit=figure.multiplier + unit.text, kind=unit.kind, scale=scale)
