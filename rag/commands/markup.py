"""A checked text for the terminal: every figure marked, then what the plans say."""

from __future__ import annotations

from collections import Counter

from rich.console import Group
from rich.text import Text

from rag.check import CheckedFigure, Finding, Verification
from rag.citation import citation_reference
from rag.language import Messages
from rag.schema import Citation

_STYLES: dict[Finding, str] = {"supported": "green", "contradicted": "bold red", "not_found": "yellow"}
_MARKS: dict[Finding, str] = {"supported": "✓", "contradicted": "✗", "not_found": "?"}


def render_verification(verification: Verification) -> Group:
    """The text with a mark behind every figure (✓ ✗ ?), the tally, and the passages."""
    messages = Messages(verification.language)
    parts: list[Text] = [_marked_text(verification), _tally(verification, messages)]
    for citation in verification.citations:
        figures = [f for f in verification.figures if citation.key in f.claim.citations]
        parts.append(_finding_lines(citation, figures, messages))
    return Group(*parts)


def _marked_text(verification: Verification) -> Text:
    text, position = Text(), 0
    for figure in verification.figures:
        text.append(verification.text[position : figure.start])
        text.append(verification.text[figure.start : figure.end], style=_STYLES[figure.finding])
        keys = "".join(f"[{key}]" for key in figure.claim.citations)
        text.append(f"{_MARKS[figure.finding]}{keys}", style=_STYLES[figure.finding])
        position = figure.end
    text.append(verification.text[position:].rstrip() + "\n")
    return text


def _tally(verification: Verification, messages: Messages) -> Text:
    if not verification.figures:
        return Text(messages.fill("no_figures") + "\n", style="bold")
    counts = Counter(figure.finding for figure in verification.figures)
    words = [
        f"{_MARKS[finding]} {messages.name('findings', finding)} {counts[finding]}"
        for finding in _STYLES
        if counts[finding]
    ]
    total = len(verification.figures)
    return Text(messages.fill("tally", total=total, counts=messages.join(words)) + "\n", style="bold")


def _finding_lines(citation: Citation, figures: list[CheckedFigure], messages: Messages) -> Text:
    frame = messages.frame(citation.year, citation.status)
    lines = Text(f"[{citation.key}] ", style="cyan")
    for figure in figures:
        lines.append(f"{_MARKS[figure.finding]} {figure.claim.text}  ", style=_STYLES[figure.finding])
    wrong = [figure for figure in figures if figure.finding == "contradicted"]
    reasons = dict.fromkeys(messages.name("verdicts", figure.claim.verdict) for figure in wrong)
    if reasons:
        lines.append(f"{messages.join(list(reasons))}; ", style="red")
    lines.append(messages.fill("instead", frame=frame) if wrong else frame, style="bold green")
    lines.append(f"\n    “{citation.quote}”\n")
    lines.append(f"    {citation.path}  ·  rag show {citation_reference(citation)}\n", style="dim")
    return lines
