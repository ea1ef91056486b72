r"""What the readers share: tidy lines, and lines put together again.

>>> tidy("　　光明区\xa0 2019年\u200b")
'光明区 2019年'
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_BLANKS = re.compile(r"[ \t\n\r\f\v\x85\xa0\u2000-\u200a\u2028\u2029\u202f\u205f]+")
_INDENT = re.compile(
    r"[ \t\n\r\f\v\x85\xa0\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
    r"\x00-\x08\x0e-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]*"
)
_WIDE = "\u2018-\u201d\u2026\u2014\u2e80-\u9fff\uf900-\ufaff\uff01-\uff60"
_WIDE_BREAK = re.compile(rf"(?<=[{_WIDE}])[ \t]*[\r\n]\s*(?=[{_WIDE}])")
_RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")


def tidy(text: str) -> str:
    """One line: blanks collapsed, invisible characters and the indent gone.

    A line break of the source between two Han characters leaves no blank behind.
    """
    return _BLANKS.sub(" ", _WIDE_BREAK.sub("", _INVISIBLE.sub("", text))).strip(" \u3000")


def indent(text: str) -> int:
    """How many characters `tidy` takes away in front.

    >>> indent("　　\u200b光明区"), indent("光明区")
    (3, 0)
    """
    return _INDENT.match(text).end()  # type: ignore[union-attr]  # it matches nothing, too


def raised(text: str) -> str:
    """Superscript, told apart from the digits before it: a note's number must not lengthen a figure.

    >>> "2500" + raised("1") + "座"
    '2500¹座'
    """
    return text.translate(_RAISED)


def numbered(number: str, text: str) -> str:
    """A list item behind its number, kept apart where they would make one figure.

    >>> numbered("1.", "加快建设"), numbered("1.", "5G基站"), numbered("2", "万元产值")
    ('1.加快建设', '1. 5G基站', '2 万元产值')
    """
    open_end = re.search(r"[0-9A-Za-z]$", number) or (number.endswith(".") and text[:1].isascii())
    return f"{number} {text}" if open_end else number + text


def is_wide(char: str) -> bool:
    """Whether a character is set in a square: Han, or Chinese punctuation."""
    return bool(re.match(rf"[{_WIDE}]", char))


def join_broken(lines: Sequence[str]) -> str:
    """The lines of a cell or of a title, put together; only where both sides are Latin stays a blank.

    >>> join_broken(["8.0%", "9.0%"]), join_broken(["地区生产总值", "(亿元)"])
    ('8.0% 9.0%', '地区生产总值(亿元)')
    """
    text = ""
    for line in filter(None, lines):
        glued = not text or is_wide(text[-1]) or is_wide(line[0])
        text += line if glued else " " + line
    return text
