r"""Plain text and Markdown; text that is a page's source is read as the page.

>>> text = "# 存档\n\n- title: 某规划\n- publish_date: 2022-05-17\n\n---\n第一章\n"
>>> header, start = _front_matter(text)
>>> header["title"], text[start:]
('某规划', '第一章\n')
"""

from __future__ import annotations

import re
from itertools import islice
from pathlib import Path

from rag.read.lines import tidy
from rag.read.readers.dates import iso_date
from rag.read.readers.encodings import decode, lost_characters
from rag.read.readers.signature import refuse_other_type
from rag.read.reading import Line, Reading, file_lines, plain_reading, text_lines

__all__ = ["decode", "read_txt"]

_CUT_SHARE = 0.001  # of characters that may be cut in half, as in a download that broke off
_PAGE = re.compile(r"\s*(?:<!--.{0,500}?-->\s*)*<(?:!doctype html|html|head|body)\b", re.I | re.S)
_MARKUP = re.compile(r"</(?:p|div|span|td|tr|li)>|<br */?>", re.I)
_ENTRY = re.compile(r"[-*#\s]*([A-Za-z][\w .-]{0,30}):\s+(\S.*)")
_RULE = re.compile(r"-{3,}\s*")
_HEADER = 60  # lines in which it must end
_NOTHING = "\u200b"  # in the place of what is no part of the text: it has no width, and goes
_MIN_ENTRIES = 2  # a header with fewer is text
_ESCAPE = re.compile(r"<U\+([0-9A-Fa-f]{4,5})>")  # as R prints a character that its encoding lacks
_MARKDOWN = re.compile(r"(#{1,6})\s+(\S.*?)\s*#*")


def read_txt(path: Path) -> Reading:
    """Decodes a text file; raises SourceError if its bytes are no text."""
    data = path.read_bytes()
    refuse_other_type(path, data, b"")
    text = decode(path, data, damaged=_CUT_SHARE).removeprefix("\ufeff")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    warnings = lost_characters(path, text)
    if _is_page(text):
        from rag.read.readers.html import read_page

        return read_page(path, text)
    text = _without_comments(_ESCAPE.sub(_escaped, text))
    header, start = _front_matter(text)
    text = _NOTHING * start + text[start:]
    lines = _markdown(text) if path.suffix.lower() == ".md" else plain_reading(text).lines
    published = iso_date(header.get("publish_date") or header.get("date") or "")
    return Reading(lines, header.get("title", ""), published, warnings)


def _is_page(text: str) -> bool:
    tags = len(_MARKUP.findall(text[:100_000]))
    return bool(_PAGE.match(text)) or (tags >= 5 and 200 * tags > len(text[:100_000]))


def _escaped(match: re.Match[str]) -> str:
    return chr(int(match[1], 16)).ljust(len(match[0]), _NOTHING)


def _without_comments(text: str) -> str:
    """Text without the comments that a page's source left in it; everything else stays in its place."""
    kept, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        kept += [text[at:start], _NOTHING * (end + 3 - start)]
        at = end + 3
    return "".join(kept) + text[at:]


def _front_matter(text: str) -> tuple[dict[str, str], int]:
    """What an archive wrote above the text, by its names, and where the text begins."""
    entries: dict[str, str] = {}
    lines = list(islice(file_lines(text), _HEADER))
    for at, raw in lines:
        line = tidy(raw)
        entry = _ENTRY.fullmatch(line)
        if entry:
            entries.setdefault(entry[1].lower(), entry[2].strip("\"'"))
        elif _RULE.fullmatch(line) and len(entries) >= _MIN_ENTRIES:
            return entries, at + len(raw)
        elif line and not line.startswith("#") and not _RULE.fullmatch(line):
            if len(entries) >= _MIN_ENTRIES and lines[0][1].startswith("#"):
                return entries, at
            break
    return {}, 0


def _markdown(text: str) -> tuple[Line, ...]:
    lines = []
    for raw, line in text_lines(text):
        heading = None if line.cells else _MARKDOWN.fullmatch(line.text)
        if heading:
            mark = re.match(r"#+\s+", raw.lstrip())
            begins = (line.at or 0) + (mark.end() if mark else 0)
            lines.append(Line(heading[2], level=len(heading[1]), at=begins))
        else:
            lines.append(line)
    return tuple(lines)
