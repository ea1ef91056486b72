"""Answers and passages for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.padding import Padding
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from rag.citation import citation_reference
from rag.index import Manifest
from rag.language import load_toml
from rag.schema import Answer, Citation, Document, Language, SearchResult, Span

EMPHASIS = "bold green"
QUIET = "dim"
_PIPE_WIDTH = 10_000  # a pipe gets whole lines
# control characters as their pictures; those without one, and what turns the direction of writing, as �
_SEEN = {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n"} | {0x7F: 0x2421}
_SEEN |= dict.fromkeys((*range(0x80, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)), 0xFFFD)
_CONTEXT = 60  # characters of the passage shown on either side of a quote


def render_answer(answer: Answer, sources: dict[int, str]) -> Group:
    """The answer, then its numbered sources; `sources` gives the passage around each citation."""
    head = Text()
    if answer.understood:
        understood = load_toml("language/messages.toml")[answer.language]["followup"]
        head.append(f"{understood.format(question=answer.understood)}\n", style=QUIET)
    for line in answer.answer.split("\n"):
        head.append(_answer_line(line, answer))
        head.append("\n")
    parts: list[Text | Padding] = [head]
    for citation in answer.citations:
        parts.append(_source_head(citation, answer.language))
        parts.append(
            Padding(
                _source_body(citation, sources.get(citation.key, citation.quote)), (0, 0, 1, 4), expand=False
            )
        )
    return Group(*parts)


def _answer_line(line: str, answer: Answer) -> Text:
    text = Text(line)
    if answer.outcome == "answered":
        for claim in answer.claims:
            text.highlight_words([claim.text], EMPHASIS)
    elif answer.abstention:
        text.stylize("yellow")
    text.highlight_regex(r"\[\d+\]", "cyan")
    return text


def frame_label(citation: Citation, language: Language) -> str:
    """Year and status in words: 2019年实际, or: 2019, outturn."""
    data = load_toml("language/messages.toml")[language]
    return str(data["frame"]).format(year=citation.year, status=data["status"][citation.status])


def _source_head(citation: Citation, language: Language) -> Text:
    head = Text(f"[{citation.key}] ", style="cyan")
    head.append(citation.title, style="bold")
    head.append(f"  {frame_label(citation, language)}", style=EMPHASIS)
    return head


def _source_body(citation: Citation, passage: str) -> Text:
    body = Text(" › ".join(citation.section), style=QUIET)
    body.append("\n")
    quoted = Text(passage, style="default")
    at = passage.find(citation.quote)
    if at >= 0:
        quoted.stylize("bold", at, at + len(citation.quote))
    body.append(quoted)
    body.append(f"\n{citation.path}  ·  rag show {citation_reference(citation)}", style=QUIET)
    return body


def surrounding(text: str, citation: Citation) -> str:
    """A stretch of the source around a quote, cut to a readable length."""
    start = max(0, citation.start - _CONTEXT)
    end = min(len(text), citation.end + _CONTEXT)
    before = text[start : citation.start].rsplit("\n", 1)[-1].lstrip()
    after = text[citation.end : end].split("\n", 1)[0].rstrip()
    cut_before = "…" if len(before) == citation.start - start and start else ""
    cut_after = "…" if len(after) == end - citation.end and end < len(text) else ""
    return f"{cut_before}{before}{citation.quote}{after}{cut_after}"


def render_results(results: Sequence[SearchResult]) -> Group:
    """Ranked passages, best first, with their ranks in both rankings."""
    parts: list[Text | Padding] = []
    for rank, result in enumerate(results, start=1):
        chunk = result.chunk
        head = Text(f"{rank}. ", style="cyan")
        head.append(f"{chunk.year} {chunk.status}", style=EMPHASIS)
        ranks = (result.lexical_rank or "–", result.dense_rank or "–")
        head.append("  bm25 {}, dense {}".format(*ranks), style=QUIET)
        body = Text(" › ".join(chunk.section) + "\n", style=QUIET)
        body.append(chunk.text, style="default")
        body.append(f"\n{chunk.document}:{chunk.start}-{chunk.end}", style=QUIET)
        parts += [head, Padding(body, (0, 0, 1, 4), expand=False)]
    return Group(*parts)


def make_table(*columns: str) -> Table:
    """An empty table without lines."""
    table = Table(box=None, padding=(0, 2), show_edge=False)
    for name in columns:
        table.add_column(name, overflow="fold")
    return table


def render_sources(manifest: Manifest) -> Table:
    """The documents of the index."""
    table = make_table("document", "kind", "place", "year", "published", "title", "passages", "path")
    for record in manifest.documents:
        kind, year = record.kind.replace("_", " "), str(record.plan_year or "–")
        values = (record.place or "–", year, record.published or "–", record.title, str(record.chunks))
        table.add_row(record.id, kind, *values, record.path)
    return table


def render_passage(document: Document, span: Span) -> Text:
    """The passage that holds a span, under its headings, with the span emphasised."""
    holder = next((p for p in document.passages if p.start <= span.start < p.end), None)
    text = Text(f"{document.identity.title}\n", style="bold")
    if holder is None:
        text.append(document.text[span.start : span.end], style=f"{EMPHASIS} default")
        return text
    text.append(" › ".join(holder.section) + "\n", style=QUIET)
    text.append(f"{holder.year or ''} {holder.status}".strip() + "\n\n", style=EMPHASIS)
    text.append(document.text[holder.start : span.start], style="default")
    text.append(document.text[span.start : span.end], style="bold reverse")
    text.append(document.text[span.end : max(span.end, holder.end)], style="default")
    return text


def render_outline(document: Document) -> Text:
    """The headings of a document, indented, each with its offsets."""
    text = Text(f"{document.identity.title}\n", style="bold")
    for section in document.sections:
        text.append("  " * section.level + section.heading)
        text.append(f"  {section.start}-{section.end}\n", style=QUIET)
    return text


def visible(text: str) -> str:
    r"""A text whose control characters are seen and not obeyed: no colours, no titles, no moved cursor.

    >>> visible("\x1b[31m增长\x9b0m\u202e9.0%\n")
    '␛[31m增长�0m�9.0%\n'
    """
    return text.translate(_SEEN)


class _Console(Console):
    """Shows what documents hold, and does not let it act on the terminal."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterator[Segment]:
        for segment in super().render(renderable, options):
            yield segment if segment.control else Segment(visible(segment.text), segment.style)


def make_console(stderr: bool = False) -> Console:
    """A console that keeps colours for terminals and honours NO_COLOR."""
    return _Console(stderr=stderr, highlight=False)


def show(renderable: RenderableType) -> None:
    """Prints to stdout: wrapped for a terminal, whole lines without padding for a pipe."""
    console = make_console()
    if console.is_terminal:
        console.print(renderable)
        return
    console.width = _PIPE_WIDTH
    with console.capture() as capture:
        console.print(renderable)
    lines = [line.rstrip() for line in capture.get().rstrip().split("\n")]
    console.file.write("\n".join(lines) + "\n")
