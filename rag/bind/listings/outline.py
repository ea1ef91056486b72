r"""The headings of a document as a tree: under which heading a place stands, and what stands under a heading.

>>> from rag.read import parse_document
>>> text = "青禾市2025年政府工作报告\n一、回顾\n(一)工业\n产值增长。\n二、目标\n增长5%。"
>>> document = parse_document(text, "q", "q.txt")
>>> outline = build_outline(document, text)
>>> [[document.sections[i].heading for i in children] for _, children in outline.branches()]
[['一、回顾', '二、目标']]
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rag.bind.listings.marks import families, listing_data
from rag.schema import Document, Section, Span

ROOT = -1  # the whole document
_END_OF_LINE = re.compile(r"[。.;:! ]*(?:\n|\Z)")
_HEAD = 2000  # characters in which a title stands


@dataclass(frozen=True, slots=True)
class Outline:
    """Sections in the order of the text, each with the one that it stands in (ROOT: none).

    `topics` says which of them are sentences in a paragraph, `breaks` which part what stands before them
    from what stands behind: neither those nor salutations. `lines` are the beginnings of their lines.
    """

    sections: tuple[Section, ...]
    parents: tuple[int, ...]
    breaks: tuple[bool, ...]
    topics: tuple[bool, ...]
    starts: tuple[int, ...]
    lines: tuple[int, ...]
    headings: Mapping[int, int]  # where each heading begins and ends
    parting: tuple[int, ...]  # where those stand that break the text
    title: Span | None
    length: int

    def home(self, offset: int, besides: Container[int] = ()) -> int:
        """The innermost section around an offset that breaks the text and does not start in `besides`."""
        i = bisect_right(self.starts, offset) - 1
        while i != ROOT and not (
            self.sections[i].end > offset and self.breaks[i] and self.starts[i] not in besides
        ):
            i = self.parents[i]
        return i

    def lead(self, index: int) -> Span | None:
        """The heading of a section; the title of the whole document, where that stands in the text."""
        if index == ROOT:
            return self.title
        return Span(self.starts[index], self.sections[index].heading_end)

    def heading(self, index: int) -> Span:
        """Where the heading of a section stands."""
        return Span(self.starts[index], self.sections[index].heading_end)

    def path(self, index: int) -> tuple[str, ...]:
        """The headings down to a section."""
        return () if index == ROOT else self.sections[index].path

    def inside(self, offset: int, besides: Container[int] = ()) -> int:
        """The innermost section around an offset, be it a topic sentence's; none that starts in `besides`."""
        i = bisect_right(self.starts, offset) - 1
        while i != ROOT and not (
            self.sections[i].end > offset
            and self.starts[i] not in besides
            and not _is_salutation(self.sections[i].heading)
        ):
            i = self.parents[i]
        return i

    def body(self, index: int) -> int:
        """Where the text under a heading begins."""
        return 0 if index == ROOT else self.sections[index].heading_end

    def next_break(self, offset: int) -> int:
        """Where the next heading behind an offset stands that breaks the text."""
        i = bisect_right(self.parting, offset)
        return self.parting[i] if i < len(self.parting) else self.length

    def between(self, start: int, end: int) -> bool:
        """Whether a heading that breaks the text stands between two offsets."""
        return self.next_break(start - 1) < end

    def branches(self) -> Iterator[tuple[int, list[int]]]:
        """Every section that has sections under it, and those."""
        children: dict[int, list[int]] = {}
        for i, parent in enumerate(self.parents):
            if not _is_salutation(self.sections[i].heading):
                children.setdefault(parent, []).append(i)
        yield from ((parent, inside) for parent, inside in sorted(children.items()) if len(inside) > 1)


NOTHING = Outline((), (), (), (), (), (), {}, (), None, 1 << 40)  # of a text without headings


def build_outline(document: Document, text: str) -> Outline:
    """The tree of a document's headings; `text`: its own, half-width."""
    parents: list[int] = []
    around: list[int] = []
    for i, section in enumerate(document.sections):
        while around and document.sections[around[-1]].level >= section.level:
            around.pop()
        parents.append(around[-1] if around else ROOT)
        around.append(i)
    sections = document.sections
    topics = tuple(_is_topic(text, section) for section in sections)
    breaks = tuple(
        not topic and not _is_salutation(section.heading)
        for section, topic in zip(sections, topics, strict=True)
    )
    starts = tuple(section.start for section in sections)
    return Outline(
        sections=sections,
        parents=tuple(parents),
        breaks=breaks,
        topics=topics,
        starts=starts,
        lines=_lines(text, starts),
        headings={section.start: section.heading_end for section in sections},
        parting=tuple(start for start, parts in zip(starts, breaks, strict=True) if parts),
        title=_find_title(document),
        length=len(text),
    )


def _lines(text: str, starts: Sequence[int]) -> tuple[int, ...]:
    lines: list[int] = []
    last = 0
    for before, start in zip((0, *starts), starts, strict=False):
        last = max(last, text.rfind("\n", before, start) + 1)
        lines.append(last)
    return tuple(lines)


def _find_title(document: Document) -> Span | None:
    title = document.identity.title
    start = document.text.find(title, 0, _HEAD) if title else -1
    return Span(start, start + len(title)) if start >= 0 else None


def _is_topic(text: str, section: Section) -> bool:
    """Whether a heading is a sentence of a paragraph: it has no number and does not fill its line."""
    if section.start and text[section.start - 1] != "\n":
        return True
    numbered = any(
        family.alone.match(text, section.start, section.heading_end)
        for family in families()
        if family.heading
    )
    return not numbered and not _END_OF_LINE.match(text, section.heading_end)


def _is_salutation(heading: str) -> bool:
    return bool(re.match(listing_data()["words"]["salutation"], heading))
