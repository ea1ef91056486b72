"""What stands around and between the lines of a document and is no part of it.

>>> from random import Random
>>> lines = [Line("一段很长的文字，" * 20)]
>>> [line.kind for line in cut_by_pages(lines, "青禾市2025年政府工作报告", Random(1), per_page=60)][:5]
['text', 'foot', 'running', 'text', 'foot']
"""

from __future__ import annotations

from dataclasses import replace
from random import Random

from eval.made.layouts import Line

_PER_PAGE = 420  # characters


def cut_by_pages(lines: list[Line], title: str, rng: Random, per_page: int = _PER_PAGE) -> list[Line]:
    """Page numbers and running heads, in the middle of sentences where a page ends there."""
    placed: list[Line] = []
    left, page = per_page, 1
    for line in lines:
        text, indent = line.text, line.indent
        while line.kind == "text" and len(text) > left:
            at = max(left, 1)
            while at < len(text) and text[at - 1 : at + 1].isascii():  # printers do not part figures
                at += 1
            placed.append(replace(line, text=text[:at], indent=indent))
            placed += [Line(f"— {page} —", "foot"), Line(title, "running")]
            text, indent, page, left = text[at:], "", page + 1, per_page + rng.randint(-40, 40)
        left -= len(text)
        if text:
            placed.append(replace(line, text=text, indent=indent))
    return placed


def contents(lines: list[Line]) -> list[Line]:
    """A table of contents with dot leaders, to stand below the title."""
    rows, page = [Line("目　录", "extra")], 1
    for line in lines:
        if line.kind == "heading":
            dots = "…" * max(4, 24 - len(line.text))
            rows.append(Line(f"{line.text}{dots}{page}", "extra"))
            page += 1
    return rows
