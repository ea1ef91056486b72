r"""How a layout changes the letters of a line; `disclose` takes back what can be taken back.

>>> full_width("增长12.5%。"), spaced("合计10亿元"), roc("2025年工作")
('增长１２．５％。', '合  计  10  亿  元', '114年工作')
>>> disclose("增长１２．５％。合  计"), disclose("二产\n增加值")
('增长12.5%。合计', '二产增加值')
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from functools import cache
from random import Random
from typing import Any

from eval.made.layouts import Layout, Line

_WIDE = str.maketrans("0123456789%", "０１２３４５６７８９％")
_FIGURE = re.compile(r"\d[\d.]*%?")
_WIDTH = 38  # characters of a printed line
_SPOKEN = {"text", "heading"}


def full_width(text: str) -> str:
    """Digits, points and percent signs as wide as Chinese characters."""
    return _FIGURE.sub(lambda m: m[0].translate(_WIDE).replace(".", "．"), text)


def spaced(text: str) -> str:
    """Letters set apart, as justified print comes out of a PDF; figures and words stay whole."""
    return "  ".join(re.findall(r"[0-9A-Za-z.,%—]+|\S", text))


def roc(text: str) -> str:
    """Years of the Republic of China."""
    return re.sub(r"(?<!\d)(19|20)(\d\d)(?=年|—\d{4}年)", lambda m: str(int(m[0]) - 1911), text)


@cache
def _converter() -> Any:
    from opencc_purepy import OpenCC

    return OpenCC("s2t")


def traditional(text: str) -> str:
    """Traditional characters and years of the Republic.

    >>> traditional("2025年国内生产总值")
    '114年國內生產總值'
    """
    return str(_converter().convert(roc(text)))


def footnoted(text: str, rng: Random) -> str:
    """A footnote mark glued between a name and its figure."""
    spots = [m.start() for m in re.finditer(r"(?<=[一-龥])(?=\d+(?:\.\d+)?[亿万%])", text)]
    if not spots or rng.random() < 0.4:
        return text
    at = rng.choice(spots)
    return f"{text[:at]}[{rng.randint(1, 4)}]{text[at:]}"


def broken(line: Line, rng: Random) -> list[Line]:
    """A line cut at the margin, inside words and numbers too."""
    width = _WIDTH + rng.randint(-2, 2)
    pieces = [line.text[i : i + width] for i in range(0, len(line.text), width)]
    return [replace(line, text=piece, indent=line.indent if i == 0 else "") for i, piece in enumerate(pieces)]


def disguise(lines: list[Line], layout: Layout, rng: Random) -> list[Line]:
    """The lines as a layout's file has them."""
    for name in layout.disguise:
        if name == "broken":
            lines = [
                piece for line in lines for piece in (broken(line, rng) if line.kind in _SPOKEN else [line])
            ]
        elif name == "footnotes":
            lines = [
                replace(one, text=footnoted(one.text, rng)) if one.kind == "text" else one for one in lines
            ]
        elif name != "doubled":
            change = {"full_width": full_width, "spaced": spaced, "traditional": traditional}[name]
            lines = [
                replace(one, text=change(one.text), cells=tuple(map(change, one.cells))) for one in lines
            ]
    return lines


def disclose(text: str) -> str:
    """Text without spaces and line ends, in one width: equal for a line and its disguise, marks apart."""
    return "".join(unicodedata.normalize("NFKC", text).split())
