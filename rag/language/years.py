"""Years, five-year periods and dates as they are written.

>>> [(y.first, y.last) for y in find_years("“十四五”时期(2021—2025年)和二〇三五年")]
[(2021, 2025), (2021, 2025), (2035, 2035)]
>>> [(y.first, y.last) for y in find_years("民國113年7月;２０１０年;第九个五年计划;in 2018")]
[(2024, 2024), (2010, 2010), (1996, 2000), (2018, 2018)]
>>> [(y.first, y.last) for y in find_years("the 14th Five-Year Plan; the Ninth Five-Year Plan period")]
[(2021, 2025), (1996, 2000)]
>>> find_dates("——2026年1月27日在广东省;二〇二六年五月;March 5, 2018;2026/04/21")
('2026-01-27', '2026-05', '2018-03-05', '2026-04-21')
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from rag.language.analysis import to_simplified
from rag.language.numerals import fold_width, parse_numeral

_HAN_DIGIT = "〇零○一二三四五六七八九"
_HAN = "一二三四五六七八九十"
_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_ORDINALS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
]
_ROC_YEAR = re.compile(
    r"(?:中華|中华)?(?:民國|民国)?\s*(?<![\d.,])([7-9]\d|1[0-2]\d)\s*年(?![來来以間间的前後后代])"
)
_SAMPLE = 2000  # characters that tell how a text is written
_ROC = 1911  # what is added to a year of the Republic of China


@dataclass(frozen=True, slots=True)
class YearSpan:
    """A year or a period of years that a text names, from `start` to `end`; one year is first and last."""

    start: int
    end: int
    first: int
    last: int


@cache
def _pattern() -> re.Pattern[str]:
    year = r"(?:19|20)\d\d"
    han = rf"[一二][{_HAN_DIGIT}]{{3}}"
    return re.compile(
        rf"(?P<from>{year})\s*年?\s*[-—–－~～至到]+\s*(?P<to>{year})\s*年"
        rf"|(?P<year>(?<!\d){year})\s*(?:年|度)"
        rf"|(?P<han>{han})年"
        rf"|(?:民國|民国)\s*(?P<roc>\d{{2,3}})\s*年|(?<!\d)(?P<short>1[01]\d)年(?=\d{{1,2}}月|度|底)"
        rf"|(?<![第一二三四五六七八九十])[“\"「]?(?P<plan>[{_HAN}]{{1,3}})五(?:[”\"」](?!图)|(?=规划|时期|期间|以来))|第(?P<nth>[{_HAN}]{{1,3}})个五年"
        rf"|(?P<th>\d{{1,2}}(?=th|st|nd|rd)|(?i:{'|'.join(_ORDINALS)}))(?:th|st|nd|rd)?\s+(?i:five-year)"
        rf"|(?<![\d,.$¥€-])(?P<english>{year})(?!\d|,\d|\.\d)"
    )


def find_years(text: str) -> tuple[YearSpan, ...]:
    """Every year and period of years, in order; full-width digits are digits."""
    plain = fold_width(text)
    found = []
    for match in _pattern().finditer(plain):
        span = _years_of(match, plain)
        if span:
            found.append(YearSpan(match.start(), match.end(), *span))
    return tuple(found)


def find_single_years(text: str, bare: bool = False) -> tuple[YearSpan, ...]:
    """The years that a text speaks of by number, of a range its last; `bare`: also those without 年.

    >>> [y.last for y in find_single_years("2021—2025年和“十四五”时期,二〇二六年")]
    [2025, 2026]
    >>> [y.last for y in find_single_years("in 2024, the 14th Five-Year Plan, than 2023", bare=True)]
    [2024, 2023]
    """
    return tuple(
        span for span in find_years(text) if "年" in text[span.start : span.end] or _is_bare(text, span, bare)
    )


def _is_bare(text: str, span: YearSpan, bare: bool) -> bool:
    return bare and text[span.start : span.end].isdigit()


def _years_of(match: re.Match[str], text: str) -> tuple[int, int] | None:
    if match["from"]:
        first, last = int(match["from"]), int(match["to"])
        return (first, last) if first <= last else None
    if match["year"]:
        return (int(match["year"]),) * 2
    if match["han"]:
        year = int(parse_numeral(match["han"]))
        return (year, year) if 1900 <= year < 2100 else None
    if match["roc"] or match["short"]:
        return (int(match["roc"] or match["short"]) + _ROC,) * 2
    if match["plan"] or match["nth"]:
        return plan_period(int(parse_numeral(match["plan"] or match["nth"])))
    if match["th"]:
        word = match["th"].lower()
        return plan_period(int(word) if word.isdigit() else _ORDINALS.index(word) + 1)
    ascii_around = not re.search(r"[\u4e00-\u9fff]", text[max(0, match.start() - 2) : match.end() + 2])
    return (int(match["english"]),) * 2 if ascii_around else None


def is_traditional(text: str) -> bool:
    """Whether Chinese text is written in traditional characters.

    >>> is_traditional("去年全縣地區生產總值增長"), is_traditional("去年全县地区生产总值增长")
    (True, False)
    """
    han = [char for char in text[:_SAMPLE] if "\u4e00" <= char <= "\u9fff"]
    return 10 * sum(to_simplified(char) != char for char in han) > len(han) > 0


def western_years(text: str) -> str:
    """Text from Taiwan with the years of the Republic, also bare ones, counted as others count them.

    >>> western_years("一、108年預算執行情況;民國92年1月26日;未來20年")
    '一、2019年預算執行情況;2003年1月26日;未來20年'
    """
    return _ROC_YEAR.sub(lambda match: f"{int(match[1]) + _ROC}年", fold_width(text))


def plan_period(number: int) -> tuple[int, int] | None:
    """First and last year of a national five-year plan; None for a number that there is not.

    The first began in 1953, the third in 1966.

    >>> plan_period(1), plan_period(8), plan_period(14)
    ((1953, 1957), (1991, 1995), (2021, 2025))
    """
    if not 1 <= number <= 25:
        return None
    first = 1953 + 5 * (number - 1) if number < 3 else 1966 + 5 * (number - 3)
    return first, first + 4


@cache
def _dates() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<y>(?:19|20)\d\d)\s*年\s*(?P<m>\d{{1,2}})\s*月(?:\s*(?P<d>\d{{1,2}})\s*日)?"
        rf"|(?P<hy>[一二][{_HAN_DIGIT}]{{3}})年(?P<hm>[{_HAN}]{{1,2}})月(?:(?P<hd>[{_HAN}]{{1,3}})日)?"
        r"|(?<!\d)(?P<iy>(?:19|20)\d\d)\s*[-/.]\s*(?P<im>\d{1,2})\s*[-/.]\s*(?P<id>\d{1,2})(?!\d)"
        r"|(?:民國|民国)\s*(?P<ry>\d{2,3})\s*年\s*(?P<rm>\d{1,2})\s*月(?:\s*(?P<rd>\d{1,2})\s*日)?"
        r"|(?<!\d)(?P<py>(?:19|20)\d\d)(?P<pm>\d\d)(?P<pd>\d\d)(?!\d)"
        rf"|(?P<em>{'|'.join(_MONTHS)})\s+(?P<ed>\d{{1,2}})(?:st|nd|rd|th)?,\s*(?P<ey>(?:19|20)\d\d)",
        re.IGNORECASE,
    )


def find_dates(text: str, packed: bool = False) -> tuple[str, ...]:
    """Every date that a text names, as YYYY-MM-DD or YYYY-MM; dates that there are not are left out.

    `packed`: digits alone are one too, as in what a page says of itself.

    >>> find_dates("PubDate 20260408"), find_dates("PubDate 20260408", packed=True), find_dates("2026-02-30")
    ((), ('2026-04-08',), ())
    """
    found = []
    for match in _dates().finditer(fold_width(text)):
        year, month, day = _parts(match)
        if _is_date(year, month, day) and (packed or not match["py"]):
            found.append(f"{year}-{month:02}" + (f"-{day:02}" if day else ""))
    return tuple(found)


def _is_date(year: int, month: int, day: int | None) -> bool:
    try:
        date(year, month, 1 if day is None else day)
    except ValueError:
        return False
    return True


def _parts(match: re.Match[str]) -> tuple[int, int, int | None]:
    if match["hy"]:
        span = find_years(match["hy"] + "年")
        day = int(parse_numeral(match["hd"])) if match["hd"] else None
        return span[0].first, int(parse_numeral(match["hm"])), day
    if match["em"]:
        return int(match["ey"]), _MONTHS.index(match["em"].lower()) + 1, int(match["ed"])
    year = int(match["y"] or match["iy"] or match["py"] or int(match["ry"]) + _ROC)
    digits = match["d"] or match["id"] or match["pd"] or match["rd"]
    return year, int(match["m"] or match["im"] or match["pm"] or match["rm"]), int(digits) if digits else None
