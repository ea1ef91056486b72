"""Documents one after the other: every layout in every file type, in turn."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from random import Random

from eval.made.disguise import disguise
from eval.made.documents import Draft, draw_draft
from eval.made.files import WRITERS
from eval.made.furniture import contents, cut_by_pages
from eval.made.heads import masthead
from eval.made.layouts import LAYOUTS, Composer, Layout, Line, closing_lines
from eval.made.questions import draw_questions
from eval.made.truth import Made, Report

TYPES = tuple(WRITERS)


def variants(types: Collection[str] = TYPES, layouts: Collection[str] = ()) -> list[tuple[Layout, str]]:
    """Every layout with every file type that it comes in; first each layout once in its first type.

    >>> [(layout.name, type_) for layout, type_ in variants(["html"])][:2]
    [('web_page', 'html'), ('numbered', 'html')]
    """
    chosen = [LAYOUTS[name] for name in layouts] if layouts else list(LAYOUTS.values())
    most = max(len(layout.types) for layout in chosen)
    every = [(one, one.types[i]) for i in range(most) for one in chosen if i < len(one.types)]
    return [(layout, type_) for layout, type_ in every if type_ in types]


def make_documents(
    seed: int, count: int, *, types: Collection[str] = TYPES, layouts: Collection[str] = ()
) -> Iterator[Made]:
    """So many documents; the same seed gives the same bytes, whatever the count.

    >>> one, two = make_documents(1, 2, types=["txt"])
    >>> one.layout, one.type, one.data.decode().splitlines()[0] == one.report.title
    ('numbered', 'txt', True)
    """
    turns = variants(types, layouts)
    for i in range(count):
        layout, type_ = turns[i % len(turns)]
        yield make_document(Random(f"{seed}/{i}"), layout, type_, f"made-{_letters(i)}")


def _letters(number: int) -> str:
    """A number in letters, so that no file name holds what looks like a year.

    >>> _letters(0), _letters(27)
    ('aaa', 'abb')
    """
    return "".join(chr(97 + number // 26**place % 26) for place in (2, 1, 0))


def make_document(rng: Random, layout: Layout, type_: str, name: str) -> Made:
    """One document of a layout in a file type; `name` is that of its file without suffix."""
    kind = rng.choice(layout.kinds)
    composer = Composer(layout, rng)
    plain = layout.headings in {"plain", "none"} or layout.head in {"untitled", "bare"}
    reports: list[Report] = []
    drafts: list[Draft] = []
    for _ in range(layout.reports):
        draft = draw_draft(rng, kind, plain=plain, style=layout.style, tables=layout.tables)
        report = composer.compose(draft)
        reports.append(replace(report, questions=draw_questions(report, draft.place, rng)))
        drafts.append(draft)
    lines = disguise(_dress(composer.lines, layout, drafts[0], reports[0], rng), layout, rng)
    title = reports[0].title or layout.name
    return Made(
        _path(layout, drafts[0], name) + "." + type_,
        WRITERS[type_](lines, title, layout),
        layout.name,
        type_,
        layout.encoding,
        layout.disguise,
        composer.text,
        tuple(reports),
    )


def _dress(lines: list[Line], layout: Layout, draft: Draft, report: Report, rng: Random) -> list[Line]:
    """The lines with what a layout puts around them."""
    body = lines * layout.copies
    if "contents" in layout.extras:
        body = [body[0], *contents(lines), *body[1:]]
    if "masthead" in layout.extras:
        body = [*(Line(text, "extra") for text in masthead(draft, rng)), *body]
    if "furniture" in layout.extras:
        body = cut_by_pages(body, report.title, rng)
    return [*body, *closing_lines(layout, rng)]


def _path(layout: Layout, draft: Draft, name: str) -> str:
    if not layout.path:
        return name
    kind = "统计公报" if draft.kind == "bulletin" else "政府工作报告"
    words = {"place": draft.place.zh, "Y": str(draft.year), "kind": kind}
    path = layout.path
    for key, value in words.items():
        path = path.replace("{" + key + "}", value)
    return f"{name}/{path}"
