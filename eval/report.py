"""The report of a run as one HTML page, for finding out which answers changed, and why.

The same results make the same bytes. Times are no part of them: the page shows `latency.svg`, which lies
beside it and is different in every run.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from eval.baseline import Comparison
from eval.markdown import percent
from eval.plots import plot_abstention, plot_groups, plot_quality
from eval.questions import HERE, GoldQuestion
from eval.results import Results, metrics_of, pair_up
from eval.table import parts_of
from rag.errors import MissingPartError

if TYPE_CHECKING:
    from jinja2 import Environment

_TOKEN = re.compile(r"\d[\d,.]*|[A-Za-z]+|.", re.DOTALL)  # a figure changes as a whole
TEMPLATE = HERE / "report.html.j2"


def render_report(
    questions: Sequence[GoldQuestion],
    results: Results,
    baseline: Results | None,
    comparison: Comparison | None,
) -> str:
    """The page; `baseline` and `comparison` are None where there is nothing to compare with."""
    rows = pair_up(questions, results)
    parts = parts_of(rows)
    before = pair_up([question for question, _ in rows], baseline) if baseline else ()
    values = {part: metrics_of(inside) for part, inside in parts.items()}
    names = list(next(iter(values.values())))
    return (
        _environment()
        .from_string(TEMPLATE.read_text(encoding="utf-8"))
        .render(
            results=results,
            baseline=baseline,
            comparison=comparison,
            parts=list(parts),
            metrics=[(name, [percent(values[part][name]) for part in parts]) for name in names],
            plots=[
                ("Quality by category", plot_quality(rows)),
                ("Abstentions by reason", plot_abstention(rows)),
                *([("Since the baseline", plot_groups(before, rows))] if before else []),
            ],
            failures=[
                (part, [row for row in inside if row[1].outcome != "correct"])
                for part, inside in parts.items()
            ],
        )
    )


def _environment() -> Environment:
    try:
        from jinja2 import Environment, StrictUndefined
    except ImportError as error:
        raise MissingPartError(
            "The report needs jinja2.", "Install it: `pip install -e '.[eval]'`."
        ) from error
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals["pieces"] = difference
    return environment


def difference(before: str, after: str) -> list[dict[str, Any]]:
    """Two texts as runs of what is kept, taken out and put in.

    >>> [(run["kind"], run["text"]) for run in difference("增长8.0%", "增长9.0%")]
    [('kept', '增长'), ('out', '8.0'), ('in', '9.0'), ('kept', '%')]
    """
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    runs = []
    for tag, a, b, c, d in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        out, put = "".join(old[a:b]), "".join(new[c:d])
        pieces = [("kept", out)] if tag == "equal" else [("out", out), ("in", put)]
        runs += [{"kind": kind, "text": text} for kind, text in pieces if text]
    return runs
