"""Numbers as documents write them: digits, with commas, in Chinese numerals.

>>> han_number("1356.4"), han_number("20000"), han_number("105"), han_number("12")
('一千三百五十六点四', '二万', '一百零五', '十二')
>>> write_figure("5.2", "%", "han"), write_figure("1356.4", "亿元", "commas")
('百分之五点二', '1,356.4亿元')
>>> han_year(2025), han_ordinal(14)
('二〇二五', '十四')
"""

from __future__ import annotations

DIGITS = "零一二三四五六七八九"
YEAR_DIGITS = "〇一二三四五六七八九"
_STEPS = ((1000, "千"), (100, "百"), (10, "十"), (1, ""))


def _below_ten_thousand(number: int, inner: bool) -> str:
    written, zero = "", inner
    for step, name in _STEPS:
        digit, number = divmod(number, step)
        if digit:
            if zero and (written or inner):
                written += "零"
            written += DIGITS[digit] + name
            zero = False
        elif written or inner:
            zero = True
    return written


def han_ordinal(number: int) -> str:
    """A whole number below a hundred million in Chinese numerals."""
    if number == 0:
        return "零"
    high, low = divmod(number, 10_000)
    written = _below_ten_thousand(high, False) + "万" if high else ""
    if low:
        missing = "零" if high and low < 1000 else ""
        written += missing + _below_ten_thousand(low, False)
    return written[1:] if written.startswith("一十") else written


def han_number(value: str) -> str:
    """A decimal in Chinese numerals."""
    whole, _, decimals = value.partition(".")
    written = han_ordinal(int(whole))
    return f"{written}点{''.join(DIGITS[int(d)] for d in decimals)}" if decimals else written


def han_year(year: int) -> str:
    """A year, digit by digit."""
    return "".join(YEAR_DIGITS[int(digit)] for digit in str(year))


def write_figure(value: str, unit: str, style: str) -> str:
    """A value with its unit in a style: plain, commas, han or en."""
    if style == "han":
        return "百分之" + han_number(value) if unit == "%" else han_number(value) + unit
    if style in {"commas", "en"}:
        value = with_commas(value)
    return f"{value} {unit}".strip() if style == "en" else value + unit


def write_range(low: str, high: str, unit: str, style: str) -> str:
    """A range of two values.

    >>> write_range("5", "5.5", "%", "plain"), write_range("1800", "2000", "个", "plain")
    ('5%—5.5%', '1800—2000个')
    """
    if style == "han":
        mark = "百分之" if unit == "%" else ""
        return f"{mark}{han_number(low)}至{mark}{han_number(high)}{'' if mark else unit}"
    if style == "en":
        return f"{with_commas(low)} to {with_commas(high)} {unit}".strip()
    return f"{low}{unit if unit == '%' else ''}—{high}{unit}"


def with_commas(value: str) -> str:
    """Thousands set apart.

    >>> with_commas("1234567.50")
    '1,234,567.50'
    """
    whole, dot, decimals = value.partition(".")
    return f"{int(whole):,}{dot}{decimals}"
