"""Plain text in UTF-8, UTF-16 or GB18030."""

from __future__ import annotations

import codecs
from pathlib import Path

from rag.errors import SourceError

_CONTROL_SHARE = 0.01  # above this share of control characters the bytes are no text


def read_txt(path: Path) -> str:
    """Decodes a text file; raises SourceError if its bytes are no text."""
    data = path.read_bytes()
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_text(text):
            return text
    raise SourceError(
        f"{path.name}: this is not a text file.",
        "Save the plan as UTF-8 or GB18030 text and try again.",
    )


def _encodings(data: bytes) -> tuple[str, ...]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16",)
    return ("utf-8", "gb18030")


def _is_text(text: str) -> bool:
    controls = sum(1 for char in text if ord(char) < 32 and char not in "\t\n\r\f")
    return controls <= _CONTROL_SHARE * len(text)
