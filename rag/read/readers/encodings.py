"""Bytes -> text: which encoding makes Chinese of them, whatever the file declares.

>>> decode(Path("a.txt"), "經濟增長百分之五".encode("big5"))
'經濟增長百分之五'
>>> decode(Path("a.txt"), "经济增长百分之五".encode("gb18030"), declared="big5")
'经济增长百分之五'
"""

from __future__ import annotations

import codecs
from collections import Counter
from pathlib import Path

from rag.errors import SourceError

_CONTROL_SHARE = 0.01  # above this share of control characters the bytes are no text
_PLAUSIBLE = 0.4  # share of common characters; text in a wrong encoding has 0.02 to 0.3
_CUT_COST = 0.05  # a text with characters that are cut in half must be so much more plausible
_FEW = 2  # counted as common and as rare alike, so that one rare character decides nothing
_LOST_SHARE = 0.02  # above this share of U+FFFD the text was destroyed before it was saved
_COMMON = {"gb2312": (0xB0, 0xD7), "big5": (0xA4, 0xC6)}  # the first bytes of the frequent characters
_SIGNS = frozenset("，。、；：？！（）《》“”‘’—…％·•　①②③④⑤⑥⑦⑧⑨⑩ⅠⅡⅢ０１２３４５６７８９．－＋\xa0°²³¹×±")


def decode(path: Path, data: bytes, declared: str = "", damaged: float = 0.0) -> str:
    """Decodes the bytes of a text file; a share of `damaged` characters may come out as U+FFFD.

    What the file declares as its encoding comes second: a file that is saved anew as UTF-8 often
    still declares the old one, and hardly any other text is valid UTF-8. Among the other encodings
    the one wins that gives the largest share of common characters. Raises SourceError if none fits.
    """
    found = max(_readings(data, declared, damaged), default=None)
    if found and found[0] >= _PLAUSIBLE:
        return found[2]
    if (
        not data.startswith(b"%PDF")
        and _is_ascii(data)
        and _is_text(text := data.decode("cp1252", "replace"))
    ):
        return text  # English with typographic quotes
    raise SourceError(
        f"{path.name}: this is not a text file.",
        "Save the plan as UTF-8 or GB18030 text and try again.",
    )


def lost_characters(path: Path, text: str) -> tuple[str, ...]:
    """A warning of characters that could not be read. Raises SourceError if they are too many.

    >>> lost_characters(Path("a.txt"), "增长5.1%。" * 99 + "\ufffd")
    ('1 characters could not be read',)
    """
    lost = text.count("\ufffd")
    if lost > max(_LOST_SHARE * len(text), 5):
        raise SourceError(
            f"{path.name}: {lost:,} of its {len(text):,} characters were lost when the file was saved.",
            "Get the file anew from where it was published.",
        )
    return (f"{lost} characters could not be read",) if lost else ()


def _readings(data: bytes, declared: str, damaged: float) -> list[tuple[float, int, str]]:
    """What the encodings make of the bytes: how plausible, the encoding's place from the end, the text."""
    found = []
    encodings = _encodings(data, declared)
    for errors in ("strict", "replace") if damaged else ("strict",):
        for at, encoding in enumerate(encodings):
            try:
                text = data.decode(encoding, errors)
            except (UnicodeError, LookupError):
                continue
            whole = errors == "strict"
            if not _is_text(text) or not (whole or text.count("\ufffd") <= damaged * len(text)):
                continue
            if whole and at == 0:
                return [(1.0, 0, text)]
            found.append((_plausibility(text) - (0 if whole else _CUT_COST), -at, text))
    return found


def _encodings(data: bytes, declared: str) -> tuple[str, ...]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16",)
    narrow = declared.lower() in {"", "gb2312", "gbk", "utf-8", "utf8"}  # the first two are parts of GB18030
    others = ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
    return ("utf-8", *others) if narrow else ("utf-8", declared, *others)


def _is_text(text: str) -> bool:
    controls = sum(text.count(chr(code)) for code in range(32) if chr(code) not in "\t\n\r\f")
    return controls <= max(_CONTROL_SHARE * len(text), 1)


def _is_ascii(data: bytes) -> bool:
    return len(data.translate(None, bytes(range(128, 256)))) >= 0.95 * len(data)


def _plausibility(text: str) -> float:
    """The share of common Chinese characters and signs among all that are not ASCII."""
    counts = {char: number for char, number in Counter(text).items() if char > "\x7f"}
    total = sum(counts.values())
    shares = []
    for encoding, (first, last) in _COMMON.items():
        common = sum(
            n for char, n in counts.items() if char in _SIGNS or _within(char, encoding, first, last)
        )
        shares.append((common + _FEW) / (total + 2 * _FEW))
    return max(shares)


def _within(char: str, encoding: str, first: int, last: int) -> bool:
    code = char.encode(encoding, "ignore")
    return len(code) == 2 and first <= code[0] <= last
