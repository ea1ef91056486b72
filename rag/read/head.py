r"""The head of a document: its title, what stands around it, and where the body begins.

>>> from rag.read.reading import plain_reading
>>> head = read_head(plain_reading("政府工作报告\n2026年1月27日在青禾省人大会议上\n各位代表:").lines)
>>> head.title, head.body
('政府工作报告', 2)
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from rag.language import find_dates, find_years, load_toml, normalize
from rag.read.outline import find_marker
from rag.read.reading import Line, Reading

_HEAD = 60  # lines in which a body must begin
_PARAGRAPH = 60  # a line as long as this is running text
_TITLE, _TITLE_ENGLISH = 90, 260  # characters of a title at most, over all its lines
_TITLE_LINES = 3
_LEAD = 6  # lines of a lead under which a title may stand
_REPORT = 3  # paragraphs that a report has at least


@dataclass(frozen=True, slots=True)
class Head:
    """The title (empty where there is none), the lines above the body, and the body's first line."""

    title: str
    lines: tuple[str, ...]
    body: int

    @property
    def text(self) -> str:
        """All lines above the body."""
        return "\n".join(self.lines)


@cache
def head_data() -> dict[str, Any]:
    """The language data of this module (`data/identity.toml`)."""
    return load_toml("read/identity.toml")


def read_head(lines: Sequence[Line]) -> Head:
    """Finds the title of a document among the lines above its first paragraph or numbered heading.

    Where there is none, it may stand under a lead of the news, or beside its label in a sheet of data.
    """
    first = next((i for i, line in enumerate(lines[:_HEAD]) if _opens_body(line)), None)
    body = min(len(lines), _TITLE_LINES) if first is None else first
    titles = [found for i in range(body) if (found := _title_at(lines, i, body))]
    best = max(titles, key=lambda found: _rating(found[0]), default=None)
    if best is None:
        return _head_without_title_line(lines, first)
    if first is None:  # nothing below it looks like running text or a heading
        body = next(i for i in range(body) if _title_at(lines, i, body) == best) + best[1]
    return Head(strip_title(best[0]), tuple(line.text for line in lines[:body]), body)


def _head_without_title_line(lines: Sequence[Line], first: int | None) -> Head:
    """The head of a document above whose body no line is a title."""
    body = first or 0
    labelled = next(filter(None, (_labelled_title(line.text) for line in lines[:body])), "")
    if not labelled and first is not None:
        for i in range(first, min(first + _LEAD, len(lines))):
            if find_marker(lines[i].text):
                break
            if (found := _title_at(lines, i, i + _TITLE_LINES)) and _rating(found[0], strong=2) >= 2:
                below = range(i + found[1], len(lines))
                end = next((k for k in below if _opens_body(lines[k])), len(lines))
                return Head(strip_title(found[0]), tuple(line.text for line in lines[:end]), body)
    return Head(labelled, tuple(line.text for line in lines[:body]), body)


def _labelled_title(line: str) -> str:
    """The title that stands behind its label: 标 题: 青禾市2024年计划."""
    match = re.search(head_data()["title"]["label"], normalize(line))
    title = strip_title(line[match.start("title") : match.end("title")]) if match else ""
    return title if any(re.search(end, normalize(title)) for end in head_data()["title"]["ends"]) else ""


def split_reports(reading: Reading) -> tuple[Reading, ...]:
    """The reports that one file holds, each from its title on; mostly there is one.

    A report begins at a title other than the one before, with a body behind it, and where a meeting and date,
    an address to the delegates or the first numbered heading follows.
    """
    lines, starts = reading.lines, [0]
    paragraphs = 0  # since the last title
    seen: set[str] = set()
    for i, line in enumerate(lines):
        if paragraphs >= _REPORT and line.text not in seen and _begins_report(lines, i):
            starts.append(i)
            paragraphs = 0
        paragraphs += not line.cells and "。" in line.text
        seen.add(line.text)
    ends = [*starts[1:], len(lines)]
    return tuple(replace(reading, lines=lines[a:b]) for a, b in zip(starts, ends, strict=True))


def _begins_report(lines: Sequence[Line], at: int) -> bool:
    """Whether another report begins at a line."""
    found = _title_at(lines, at, min(at + _TITLE_LINES, len(lines)))
    if found is None or not re.search("(?:报告|公报|REPORT)$", strip_title(normalize(found[0]))):
        return False
    below = [normalize(line.text) for line in lines[at + found[1] : at + found[1] + 6]]
    data = head_data()["title"]
    if any(re.match(data["address"], text) for text in below):
        return True
    named = bool(find_years(found[0])) and _rating(found[0]) >= 3
    first = any(re.match(r"(?:一|壹)、|第一[章编部]|\(一\)|（一）", text) for text in below[:4])
    return named and first


def _opens_body(line: Line) -> bool:
    text = normalize(line.text)
    if line.cells:
        return False
    if find_marker(text) and not re.search(r"\.{4}|…{2}|·{4}", text):  # and no line of a table of contents
        return True
    if re.search(head_data()["title"]["delivered"], text) and len(text) < _PARAGRAPH:
        return False
    if re.match(head_data()["title"]["address"], text):
        return True
    ends = re.search(r"[。;；!！?？]$|[a-z]{2}\.$|如下[::]$", text)
    return bool(ends) or (len(text) >= _PARAGRAPH and "。" in text)


def _title_at(lines: Sequence[Line], at: int, body: int) -> tuple[str, int] | None:
    """The title that begins at a line, over up to three lines, and how many it takes."""
    data = head_data()["title"]
    text = ""
    found = None
    for count in range(1, _TITLE_LINES + 1):
        if at + count > body or lines[at + count - 1].cells:
            break
        text += lines[at + count - 1].text
        plain = normalize(text)
        longest = _TITLE if re.search("[\u4e00-\u9fff]", text) else _TITLE_ENGLISH
        if len(text) > longest or _is_dateline(plain):
            break
        bare = strip_title(plain)
        if re.search(data["never"], bare):
            break
        if any(re.search(end, bare) for end in data["ends"]):
            found = text, count
            if not re.search(data["about"], bare) or re.search(data["about_ends"], bare):
                break
        elif not re.search(data["goes_on"], plain):
            break
    return found


def _is_dateline(text: str) -> bool:
    """Whether a line holds a date and little else."""
    return bool(find_dates(text)) and len(re.sub(r"[\d年月日星期一二三四五六七八九十:\s/.-]", "", text)) < 8


def strip_title(text: str) -> str:
    """The title without what is set behind it: the meeting, the date, a note of the editors."""
    plain = normalize(text)
    for tail in head_data()["title"]["tails"]:
        plain = re.sub(tail, "", plain)
    lead = re.match(head_data()["title"]["lead"], plain)
    return text[lead.end() if lead else 0 : len(plain.rstrip())].lstrip()


def _rating(title: str, strong: int = 1) -> int:
    """A title that names a year and says of what it reports (worth `strong`) is more of one."""
    plain = normalize(title)
    says = any(re.search(word, plain) for word in head_data()["title"]["strong"])
    return 2 * bool(find_years(plain)) + strong * says + plain.startswith("关于")
