r"""The outline of a document -> the headings and topic sentences that stand under each heading.

>>> from rag.bind.listings.outline import build_outline
>>> from rag.read import parse_document
>>> text = "青禾市2025年政府工作报告\n一、工作安排\n重点做好两项工作。\n(一)兴修水利\n(二)植树造林"
>>> text += "\n二、政府建设"
>>> outline = build_outline(parse_document(text, "q", "q.txt"), text)
>>> for found in find_headings(text, outline, []):
...     print(text[found.lead.start : found.lead.end], [text[i.start : i.end] for i in found.items])
青禾市2025年政府工作报告 ['工作安排', '政府建设']
重点做好两项工作 ['兴修水利', '植树造林']
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from rag.bind.listings.leads import Found, announces, lead_before, named_count
from rag.bind.listings.outline import Outline
from rag.bind.listings.spans import without_mark
from rag.schema import Span


def find_headings(text: str, outline: Outline, rows: Sequence[Found]) -> Iterator[Found]:
    """What stands under each heading, unless numbers have told it already."""
    numbered = {item.start for row in rows for item in row.items}
    for parent, children in outline.branches():
        topics = [i for i in children if outline.topics[i]]
        headings = [i for i in children if not outline.topics[i]]
        for found in (*_listed(text, outline, parent, headings), *_topics(text, outline, parent, topics)):
            if not any(item.start in numbered for item in found.items):
                yield found


def _topics(text: str, outline: Outline, parent: int, topics: Sequence[int]) -> Iterator[Found]:
    """The topic sentences of a part: those that open its paragraphs, and those inside each paragraph."""
    opening = [i for i in topics if outline.lines[i] == outline.starts[i]]
    if len(opening) > 1:
        yield from _listed(text, outline, parent, opening)
    for _, group in groupby(topics, key=outline.lines.__getitem__):
        inside = list(group)
        first = inside[0]
        if first not in opening:
            yield from _listed(text, outline, parent, inside)
        elif len(opening) > 1:
            yield from _listed(text, outline, first, inside[1:])
        else:
            yield from _listed(text, outline, parent, inside)


def _listed(text: str, outline: Outline, parent: int, children: Sequence[int]) -> Iterator[Found]:
    if len(children) > 1:
        first = outline.starts[children[0]]
        lead = heading_lead(text, outline, parent, first, len(children))
        if lead:
            items = tuple(without_mark(text, outline.heading(i)) for i in children)
            yield Found("headings", lead, items, parent)


def heading_lead(text: str, outline: Outline, home: int, first: int, count: int) -> Span | None:
    """The lead of the headings under one: the sentence above them that announces as many, or that heading.

    Topic sentences in a paragraph of its own have the sentence before them.
    """
    before = lead_before(text, first, outline.body(home), short=False)
    if before:
        points = text[before.end : before.end + 1] == ":" or announces(text, before, "below")
        if points or named_count(text, before) == count:
            return before
        apart = text.count("\n", outline.body(home), before.start) > 1
        if apart and "\n" not in text[before.end : first]:
            return before
    heading = outline.lead(home)
    return without_mark(text, heading) if heading else None
