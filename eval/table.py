"""The results as tables, for the terminal and as Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from eval.baseline import Comparison
from eval.markdown import percent
from eval.metrics import Triad
from eval.questions import PARTS, GoldQuestion, group_of
from eval.results import QuestionResult, metrics_of, triads

Rows = Sequence[tuple[GoldQuestion, QuestionResult]]
_SHOWN = (  # of the metrics, in the terminal and in the documentation
    "numeric_correctness",
    "faithfulness",
    "quote_exactness",
    "citation_precision",
    "citation_recall",
    "recall@1",
    "recall@5",
    "recall@10",
    "ndcg@10",
    "abstention_precision",
    "abstention_recall",
    "false_refusals",
)


def parts_of(rows: Rows) -> dict[str, Rows]:
    """The rows of each part of the set that was run."""
    split = {part: [row for row in rows if row[0].split == part] for part in PARTS}
    return {part: inside for part, inside in split.items() if inside}


def render_tables(rows: Rows) -> Group:
    """Triads by part and group and by category, then the metrics."""
    groups = [
        (part, g, t) for part, inside in parts_of(rows).items() for g, t in triads(inside, group_of).items()
    ]
    categories = [
        (part, name, counts)
        for part, inside in parts_of(rows).items()
        for name, counts in triads(inside, lambda q: f"{q.category}, {q.language}").items()
    ]
    return Group(_triad_table("questions", groups), _triad_table("category", categories), _metric_table(rows))


def _triad_table(what: str, rows: Sequence[tuple[str, str, Triad]]) -> Table:
    table = Table("part", what, box=None, header_style="bold")
    for name in ("correct", "incorrect", "refused", "share correct"):
        table.add_column(name, justify="right")
    for part, name, counts in rows:
        style = "" if counts.correct == counts.total else "yellow"
        numbers = (counts.correct, counts.incorrect, counts.refused)
        table.add_row(part, name, *map(str, numbers), Text(percent(counts.accuracy), style=style))
    table.add_row()
    return table


def _metric_table(rows: Rows) -> Table:
    parts = parts_of(rows)
    table = Table("metric", box=None, header_style="bold")
    for part in parts:
        table.add_column(part, justify="right")
    values = {part: metrics_of(inside) for part, inside in parts.items()}
    for name in _SHOWN:
        table.add_row(name, *(percent(values[part][name]) for part in parts))
    return table


def render_comparison(comparison: Comparison) -> RenderableType:
    """The regressions, a line each, and how many other answers changed."""
    counts = {kind: sum(c.kind == kind for c in comparison.changes) for kind in ("worse", "better", "other")}
    text = Text(
        f"Since the baseline: {counts['worse']} worse, {counts['better']} better, "
        f"{counts['other']} told in other words or from other passages.\n"
    )
    for line in comparison.regressions:
        text.append(f"  {line}\n", style="red")
    for change in comparison.changes:
        if change.kind == "better":
            text.append(
                f"  {change.question.id} {', '.join(change.reasons)}: {change.question.question}\n",
                style="green",
            )
    return text


def markdown_groups(rows: Rows) -> str:
    """The triads by part and group as Markdown; the documentation holds them and a test compares."""
    lines = [
        "| part | questions | correct | incorrect | refused | share correct |",
        "| --- | --- | --: | --: | --: | --: |",
    ]
    for part, inside in parts_of(rows).items():
        for group, counts in triads(inside, group_of).items():
            numbers = " | ".join(str(n) for n in (counts.correct, counts.incorrect, counts.refused))
            lines.append(f"| {part} | {group} | {numbers} | {percent(counts.accuracy)} |")
    return "\n".join(lines)


def markdown_metrics(rows: Rows) -> str:
    """The metrics by part as Markdown."""
    parts = parts_of(rows)
    values = {part: metrics_of(inside) for part, inside in parts.items()}
    lines = [f"| metric | {' | '.join(parts)} |", f"| --- |{' --: |' * len(parts)}"]
    for name in _SHOWN:
        lines.append(f"| {name} | {' | '.join(percent(values[part][name]) for part in parts)} |")
    return "\n".join(lines)
