"""Plain text in UTF-8, UTF-16 or GB18030."""

from __future__ import annotations

import codecs
from pathlib import Path

from rag.errors import SourceError
from rag.read.reading import Reading, plain_reading

_CONTROL_SHARE = 0.01  # above this share of control characters the bytes are no text


def read_txt(path: Path) -> Reading:
    """Decodes a text file; raises SourceError if its bytes are no text."""
    return plain_reading(decode(path, path.read_bytes()))


def decode(path: Path, data: bytes, declared: str = "", damaged: float = 0.0) -> str:
    """Decodes the bytes of a text file; a share of `damaged` characters may come out as U+FFFD.

    What the file declares as its encoding comes second: a file that is saved anew as UTF-8 often
    still declares the old one, and hardly any other text is valid UTF-8. Raises SourceError if no
    encoding fits.
    """
    for errors in ("strict", "replace") if damaged else ("strict",):
        for encoding in _encodings(data, declared):
            try:
                text = data.decode(encoding, errors)
            except (UnicodeError, LookupError):
                continue
            fits = errors == "strict" or text.count("\ufffd") <= damaged * len(text)
            if fits and _is_text(text):
                return text
    raise SourceError(
        f"{path.name}: this is not a text file.",
        "Save the plan as UTF-8 or GB18030 text and try again.",
    )


def _encodings(data: bytes, declared: str) -> tuple[str, ...]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16",)
    narrow = declared.lower() in {"", "gb2312", "gbk"}  # parts of GB18030
    return ("utf-8", "gb18030") if narrow else ("utf-8", declared, "gb18030")


def _is_text(text: str) -> bool:
    controls = sum(1 for char in text if ord(char) < 32 and char not in "\t\n\r\f")
    return controls <= _CONTROL_SHARE * len(text)
