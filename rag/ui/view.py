"""Values -> HTML and Markdown. Everything goes through templates that escape what they are given."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from rag.bind import Coverage
from rag.check import CheckedFigure, Verification
from rag.citation import citation_reference
from rag.index import SourceRecord
from rag.schema import Document, Span
from rag.ui.parts import split_answer
from rag.ui.passages import Reference, passage_at, read_lines, section_around
from rag.ui.texts import Texts
from rag.ui.turns import Turn, describe_filters, link_query

if TYPE_CHECKING:
    from jinja2 import Environment

_MARKDOWN = re.compile(r"([\\`*_<>#|~])")


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("rag.ui"),
        autoescape=lambda name: bool(name and ".html" in name),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["reference"] = citation_reference
    environment.filters["markdown"] = lambda text: _MARKDOWN.sub(r"\\\1", text)
    return environment


def _render(template: str, **values: object) -> str:
    return _environment().get_template(template).render(**values)


def view_turn(turn: Turn, titles: dict[str, str], texts: Texts, last: bool) -> str:
    """A finished turn; `titles` names the documents, and the last turn can be asked again."""
    scope = describe_filters(turn.filters, titles, texts)
    kind = turn.answer.outcome if turn.answer else "failed"
    return _render(
        "turn.html.j2",
        turn=turn,
        t=texts,
        scope=scope,
        kind=kind,
        last=last,
        lines=split_answer(turn.answer) if turn.answer else (),
        query=link_query(turn) if turn.answer else "",
        markdown=export_markdown(turn, titles, texts) if turn.answer else "",
    )


def export_markdown(turn: Turn, titles: dict[str, str], texts: Texts) -> str:
    """An answer with its citations as Markdown, to be pasted into a report."""
    scope = describe_filters(turn.filters, titles, texts)
    return _render("answer.md.j2", turn=turn, t=texts, scope=scope).strip() + "\n"


def view_pending(
    question: str, scope: str, steps: Sequence[str], sentences: Sequence[str], texts: Texts
) -> str:
    """A turn that is being answered."""
    return _render(
        "pending.html.j2", question=question, scope=scope, steps=steps, sentences=sentences, t=texts
    )


def view_conversation(turns: Sequence[Turn], titles: dict[str, str], texts: Texts, last: bool) -> str:
    """Turns from the oldest to the newest; `last` says whether the newest turn is among them."""
    end = len(turns) - 1
    return "\n".join(view_turn(turn, titles, texts, last and n == end) for n, turn in enumerate(turns))


def view_intro(coverage: Coverage, documents: int, texts: Texts) -> str:
    """What an empty conversation shows."""
    covered = texts.fill(
        "covered",
        documents=documents,
        places=texts.join(coverage.named_places),
        years=texts.join(coverage.years),
    )
    return _render("intro.html.j2", t=texts, covered=covered, examples=texts.examples(coverage))


def view_header(texts: Texts) -> str:
    """The head of the page."""
    return _render("header.html.j2", t=texts)


def view_reader(document: Document, reference: Reference, whole: bool, texts: Texts) -> str:
    """A document around a citation: its section, or all of it; the cited words are marked."""
    hit = reference.span
    everything = Span(0, len(document.text))
    shown = everything if whole or hit is None else section_around(document, hit.start)
    return _render(
        "reader.html.j2",
        document=document,
        passage=passage_at(document, hit.start) if hit else None,
        hit=hit,
        reference=f"{document.id}:{hit.start}-{hit.end}" if hit else document.id,
        whole=whole or hit is None,
        lines=read_lines(document, shown, hit),
        t=texts,
    )


@dataclass(frozen=True, slots=True)
class TextPart:
    """A stretch of a checked text; `figure` belongs to a figure of it."""

    text: str
    figure: CheckedFigure | None


def view_verification(verification: Verification, texts: Texts) -> str:
    """A checked text with its figures marked, and what the plans say."""
    parts: list[TextPart] = []
    position = 0
    for figure in verification.figures:
        parts.append(TextPart(verification.text[position : figure.start], None))
        parts.append(TextPart(verification.text[figure.start : figure.end], figure))
        position = figure.end
    parts.append(TextPart(verification.text[position:], None))
    counts = Counter(figure.finding for figure in verification.figures)
    return _render(
        "verification.html.j2",
        verification=verification,
        parts=parts,
        counts=[(name, counts[name]) for name in ("supported", "contradicted", "not_found") if counts[name]],
        t=texts,
    )


def view_documents(records: Sequence[SourceRecord], texts: Texts) -> str:
    """The indexed documents."""
    return _render("documents.html.j2", records=records, t=texts)


def view_messages(messages: Sequence[tuple[str, str]]) -> str:
    """What came of an action; each message has a kind (`good`, `bad`)."""
    return _render("messages.html.j2", messages=messages)


def view_note(text: str) -> str:
    """A note in place of something that is not there."""
    return _render("messages.html.j2", messages=[("note", text)])
