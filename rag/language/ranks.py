"""Places in an order (居全国第5位, 列第二, 全国第三大): figures, unlike 第二次会议 and 第一批.

>>> [(f.value, f.unit, f.qualifier) for f in ranks("总量居全国第5位,增速列第二,综合实力进入全省前10名,第3批")]
[(Decimal('5'), '位', None), (Decimal('2'), '位', None), (Decimal('10'), '名', '前')]
>>> [list(ranks(t)) for t in ("召开第二次会议", "全国第一个自由贸易试验区", "担任第一书记", "第一季度")]
[[], [], [], []]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from rag.language.amounts import Figure
from rag.language.numerals import parse_numeral
from rag.language.resources import load_toml

_REACH = 16  # characters before a rank that may tell that it is one


@cache
def _pattern() -> re.Pattern[str]:
    end = load_toml("language/quantity.toml")["ranks"]["end"]
    number = r"(?P<number>\d{1,3}|[一二三四五六七八九十百]{1,4})"
    return re.compile(
        rf"第\s?{number}\s?(?:(?P<unit>[位名])(?P<closed>{end})?|(?P<bare>{end}|(?=大[^\d])))"
        rf"|(?P<first>首位){end}|前\s?(?P<top>\d{{1,3}}|[一二三四五六七八九十]{{1,3}})(?P<places>[位名])?{end}"
    )


@cache
def _context() -> re.Pattern[str]:
    return re.compile(load_toml("language/quantity.toml")["ranks"]["context"])


def _principle() -> tuple[str, ...]:
    return tuple(load_toml("language/quantity.toml")["ranks"]["principle"])


def ranks(folded: str) -> Iterator[Figure]:
    """Every rank of a folded text, in order."""
    if not any(char in folded for char in "第首前"):
        return
    for match in _pattern().finditer(folded):
        before = folded[max(0, match.start() - _REACH) : match.start()]
        if before.endswith(_principle()):
            continue
        if (match["number"] and match["closed"] is not None) or _context().search(before):
            yield _rank(match)


def _rank(match: re.Match[str]) -> Figure:
    if match["first"]:
        return Figure(match.start(), match.end(), Decimal(1), "位", "rank")
    if match["top"]:
        start = match.start("top")
        end = match.end("places") if match["places"] else match.end("top")
        value = _value(match["top"])
        return Figure(start, end, value, match["places"] or "位", "rank", qualifier="前")
    end = match.end("unit") if match["unit"] else match.end("number")
    return Figure(match.start(), end, _value(match["number"]), match["unit"] or "位", "rank")


def _value(written: str) -> Decimal:
    return Decimal(written) if written.isdigit() else parse_numeral(written)
