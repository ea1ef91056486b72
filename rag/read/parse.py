"""A plan's text -> Document: sections, passages of one topic, their year and status."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace

from rag.errors import SourceError
from rag.language import parse_numeral, split_sentences
from rag.read.outline import (
    bullet_length,
    find_marker,
    is_furniture,
    is_heading_line,
    marker_rank,
    outline_data,
    run_in_heading_end,
    topic_end,
)
from rag.schema import Document, Passage, Section, Span, Status

_BLANK = " \t\r\f\u00a0\u3000\ufeff\u200b"


@dataclass(frozen=True, slots=True)
class _Heading:
    """One level of the path that holds at the current line."""

    text: str
    rank: int
    year: int
    status: Status
    kind: str


def parse_document(text: str, document_id: str, path: str) -> Document:
    """Parses a plan. Raises SourceError where no plan can be recognised in the text."""
    lines = [line for line in _lines(text) if not is_furniture(text[line.start : line.end])]
    if not lines:
        raise SourceError(f"{path}: no text is left beside the page's furniture.")
    title, body = _split_head(text, lines)
    published, issuer = _date_and_issuer(text[: body[0].start] if body else text)
    plan_year, base = _title_defaults(title, text[: min(len(text), 2000)], path)
    place = find_place(title) or issuer
    sections, passages = _walk(text, body, base, place)
    if not passages:
        raise SourceError(f"{path}: the text holds a title and no paragraphs.")
    return Document(
        id=document_id,
        path=path,
        title=title,
        place=place,
        published=published,
        issuer=issuer,
        plan_year=plan_year,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        text=text,
        sections=sections,
        passages=passages,
    )


def find_place(title: str) -> str:
    """The district or city that a title names.

    >>> find_place("《深圳市光明区2023年国民经济和社会发展计划执行情况与2024年计划》")
    '光明区'
    """
    head = re.split(r"[\d二]", title.strip("《》关于 "), maxsplit=1)[0]
    parts = re.findall(r"[^省市县区州]{1,8}(?:自治[区州县]|[省市县区州盟旗])", head)
    return parts[-1] if parts else ""


def _lines(text: str) -> list[Span]:
    spans, start = [], 0
    for line in text.splitlines(keepends=True):
        body = line.strip(_BLANK + "\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
        if body:
            low = start + line.index(body)
            spans.append(Span(low, low + len(body)))
        start += len(line)
    return spans


def _split_head(text: str, lines: list[Span]) -> tuple[str, list[Span]]:
    """The title, and the lines below it and its date line."""
    first_heading = next(
        (i for i, line in enumerate(lines) if find_marker(text[line.start : line.end])), len(lines)
    )
    keywords = outline_data()["title"]["keywords"]
    head = lines[: max(1, min(first_heading, 12))]
    titles = [
        i
        for i, line in enumerate(head)
        if any(word in text[line.start : line.end] for word in keywords) and line.end - line.start <= 60
    ]
    at = titles[0] if titles else 0
    if head[at].end - head[at].start > 60:  # no title at all: running text from the first line on
        return text[head[at].start : head[at].start + 30], lines
    title = text[lines[at].start : lines[at].end]
    rest = lines[at + 1 :]
    while rest and _is_dateline(text[rest[0].start : rest[0].end]):
        rest = rest[1:]
    return title, rest


def _is_dateline(line: str) -> bool:
    data = outline_data()["furniture"]
    return len(line) < 80 and bool(re.search(data["date"], line) or re.search(data["issuer"], line))


def _date_and_issuer(head: str) -> tuple[str, str]:
    data = outline_data()["furniture"]
    date = re.search(data["date"], head)
    issuer = re.search(data["issuer"], head)
    parts = re.findall(r"\d+", date["date"]) if date else []
    published = "-".join(part.zfill(2) for part in parts)
    return published, issuer["issuer"] if issuer else ""


def _years(text: str) -> list[int]:
    data = outline_data()["years"]
    found = [int(match["year"]) for match in re.finditer(data["any"], text)]
    return found + [int(parse_numeral(m["han"])) for m in re.finditer(data["han"], text)]


def _title_defaults(title: str, head: str, path: str) -> tuple[int, _Heading]:
    """The plan's year, and the year and status of text above any telling heading."""
    data = outline_data()
    planned = re.search(data["years"]["plan"], title)
    years = _years(title) or _years(head)
    if not years:
        raise SourceError(
            f"{path}: no year can be found in the title or the first lines.",
            "A plan names its year, as in “2024年国民经济和社会发展计划”.",
        )
    plan_year = int(planned["year"]) if planned else years[-1] if _years(title) else years[0]
    if any(word in title for word in data["kinds"]["report_same_year"]):
        return plan_year, _Heading("", -1, plan_year, "actual", "")
    status = status_of_heading(title) if not planned else "planned"
    return plan_year, _Heading("", -1, plan_year, status or "planned", "")


def status_of_heading(heading: str) -> Status | None:
    """What a heading says of its part: outturn, plan, or nothing.

    >>> status_of_heading("一、2019年国民经济和社会发展计划执行情况")
    'actual'
    """
    data = outline_data()["status"]
    for status in ("actual", "planned"):
        if any(word in heading for word in data[status]):
            return status
    return None


def _enter(path: list[_Heading], base: _Heading, text: str, kind: str, rank: int) -> None:
    """Replaces the part of `path` at or inside `rank` by a new heading."""
    while path and path[-1].rank >= rank:
        path.pop()
    above = path[-1] if path else base
    status = status_of_heading(text)
    years = _years(re.sub(r"《[^》]*》|[(（][^)）]*-[^)）]*[)）]", "", text))
    inherited = above.status
    year = above.year
    if status and (rank <= marker_rank("han") or years):
        year = years[0] if years else base.year if status == "planned" else _outturn_year(base)
        inherited = status
    path.append(_Heading(text, rank, year, inherited, kind))


def _outturn_year(base: _Heading) -> int:
    return base.year if base.status == "actual" else base.year - 1


def _walk(
    text: str, lines: list[Span], base: _Heading, place: str
) -> tuple[tuple[Section, ...], tuple[Passage, ...]]:
    path: list[_Heading] = []
    sections: list[Section] = []
    passages: list[Passage] = []
    closing = re.compile(outline_data()["topics"]["closing"])
    for span in lines:
        line = text[span.start : span.end]
        start = span.start
        marker = find_marker(line)
        if marker:
            kind, length = marker
            end = len(line) if is_heading_line(line) else run_in_heading_end(line, length)
            if end > length:
                heading = line[:end].rstrip("。;；:： ")
                _enter(path, base, heading, kind, marker_rank(kind))
                sections.append(_section(path, start, start + len(heading)))
                start = span.start + _skip_punctuation(line, end)
        elif closing.match(line):
            del path[1:]
        if start < span.end:
            _add_passages(text, Span(start, span.end), path, base, place, sections, passages)
    return _close_sections(sections, lines[-1].end if lines else 0), tuple(passages)


def _skip_punctuation(line: str, end: int) -> int:
    while end < len(line) and line[end] in "。;；:：" + _BLANK:
        end += 1
    return end


def _section(path: list[_Heading], start: int, heading_end: int) -> Section:
    names = tuple(level.text for level in path)
    return Section(names[-1], len(names) - 1, names, start, heading_end, heading_end)


def _add_passages(
    text: str,
    span: Span,
    path: list[_Heading],
    base: _Heading,
    place: str,
    sections: list[Section],
    passages: list[Passage],
) -> None:
    """Cuts a paragraph at its topic sentences and appends the passages (and their sections)."""
    here = path[-1] if path else base
    names = tuple(level.text for level in path)
    start = span.start
    for topic, body in _topics(text, span, here, place):
        if start < topic.start:
            passages.append(Passage(start, topic.start, names, here.year, here.status))
        heading = text[topic.start : topic.end]
        names = (*(level.text for level in path), heading)
        sections.append(Section(heading, len(path), names, topic.start, topic.end, topic.end))
        start = body
    if start < span.end:
        passages.append(Passage(start, span.end, names, here.year, here.status))


def _topics(text: str, span: Span, here: _Heading, place: str) -> list[tuple[Span, int]]:
    """The topic sentences of a paragraph, each with the offset where its body starts."""
    data = outline_data()
    leaf = here.kind in data["markers"]["leaf"]
    if leaf or span.end - span.start < data["topics"]["min_paragraph"]:
        return []
    if bullet_length(text[span.start : span.end]):
        return []
    found: list[tuple[Span, int]] = []
    sentences = split_sentences(text, span.start, span.end)
    after_topic = False
    for i, sentence in enumerate(sentences[:-1]):
        body = text[sentence.start : sentence.end]
        end = topic_end(body, i == 0, after_topic, place)
        after_topic = end is not None
        if end is not None:
            whole = end >= len(body.rstrip("。！!"))
            topic = Span(sentence.start, sentence.start + end)
            found.append((topic, sentence.end if whole else topic.end))
            after_topic = whole
    return found


def _close_sections(sections: list[Section], last: int) -> tuple[Section, ...]:
    closed: list[Section] = []
    for i, section in enumerate(sections):
        follower = next((s for s in sections[i + 1 :] if s.level <= section.level), None)
        closed.append(replace(section, end=follower.start if follower else last))
    return tuple(closed)
