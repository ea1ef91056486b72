"""The numbers that word processors and browsers set before list items.

>>> [count_in(12, form) for form in ("decimal", "chineseCounting", "upperRoman", "lowerLetter")]
['12', '十二', 'XII', 'l']
"""

from __future__ import annotations

from collections.abc import Callable

_HAN = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


def count_in(number: int, form: str) -> str:
    """`number` in one of the forms of OOXML (ST_NumberFormat); decimal where the form does not reach."""
    write = _FORMS.get(form)
    return write(number) if write and number > 0 else str(number)


def _counted(number: int, digits: str, units: str) -> str:
    if number >= 10 ** (len(units) + 1):
        return "".join(digits[int(digit)] for digit in str(number))
    text, skipped = "", False
    for place in range(len(str(number)) - 1, -1, -1):
        digit = number // 10**place % 10
        if digit:
            text += (digits[0] if skipped else "") + digits[digit] + (units[place - 1] if place else "")
        skipped = digit == 0
    return text


def _chinese(number: int) -> str:
    text = _counted(number, _HAN.replace("〇", "零"), "十百千")
    return text[1:] if 10 <= number < 20 else text


def _roman(number: int) -> str:
    if number >= 4000:
        return str(number)
    text = ""
    for value, letters in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text


def _letter(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number <= 780 else str(number)


def _symbols(symbols: str) -> Callable[[int], str]:
    return lambda number: symbols[number - 1] if number <= len(symbols) else str(number)


def _run(first: str, length: int) -> str:
    return "".join(chr(ord(first) + i) for i in range(length))


_FORMS: dict[str, Callable[[int], str]] = {
    **dict.fromkeys(
        ("chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand",
         "japaneseCounting", "cjk-ideographic", "simp-chinese-informal", "trad-chinese-informal"),
        _chinese,
    ),
    "ideographDigital": lambda number: "".join(_HAN[int(digit)] for digit in str(number)),
    "chineseLegalSimplified": lambda number: _counted(number, _FORMAL, "拾佰仟"),
    "ideographTraditional": _symbols("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _symbols("子丑寅卯辰巳午未申酉戌亥"),
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": lambda number: "".join(chr(ord("０") + int(digit)) for digit in str(number)),
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), _symbols(_run("①", 20))),
    "decimalEnclosedParen": _symbols(_run("⑴", 20)),
    "decimalEnclosedFullstop": _symbols(_run("⒈", 20)),
    "ideographEnclosedCircle": _symbols(_run("㊀", 10)),
    "lowerRoman": _roman,
    "lower-roman": _roman,
    "i": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "upper-roman": lambda number: _roman(number).upper(),
    "I": lambda number: _roman(number).upper(),
    "lowerLetter": _letter,
    "lower-alpha": _letter,
    "a": _letter,
    "upperLetter": lambda number: _letter(number).upper(),
    "upper-alpha": lambda number: _letter(number).upper(),
    "A": lambda number: _letter(number).upper(),
}  # fmt: skip
