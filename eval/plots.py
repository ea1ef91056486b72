"""The plots of the report, as SVG that is the same for the same results."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from eval.metrics import percentile
from eval.questions import group_of
from eval.results import triads
from eval.table import Rows
from rag.errors import MissingPartError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_COLOURS = {"correct": "#2a9d5c", "refused": "#e9b44c", "incorrect": "#c8443c"}
_WIDTH = 7.2  # inches


def plot_quality(rows: Rows) -> str:
    """Correct, refused and incorrect by category, as shares of its questions."""
    counts = triads(rows, lambda q: f"{q.category}, {q.language}")
    names = list(counts)[::-1]
    figure, axes = _figure(0.24 * len(names) + 1.1)
    left = [0.0] * len(names)
    for outcome, colour in _COLOURS.items():
        widths = [100 * getattr(counts[name], outcome) / counts[name].total for name in names]
        axes.barh(names, widths, left=left, color=colour, label=outcome)
        left = [a + b for a, b in zip(left, widths, strict=True)]
    axes.set_yticks(range(len(names)), [f"{name} ({counts[name].total})" for name in names])
    axes.set_xlabel("% of the questions")
    axes.set_xlim(0, 100)
    _legend(figure, axes)
    return _svg(figure)


def plot_abstention(rows: Rows) -> str:
    """How reliable an abstention is: for each reason given, whether the plans do not answer indeed."""
    reasons = sorted({result.abstained for _, result in rows if result.abstained})
    due = [sum(r.abstained == reason and not q.answerable for q, r in rows) for reason in reasons]
    wrong = [sum(r.abstained == reason and q.answerable for q, r in rows) for reason in reasons]
    missed = sum(r.abstained is None and not q.answerable for q, r in rows)
    names = [*reasons, "answered all the same"]
    figure, axes = _figure(0.3 * len(names) + 1.1)
    axes.barh(names, [*due, 0], color=_COLOURS["correct"], label="due")
    axes.barh(names, [*wrong, 0], left=[*due, 0], color=_COLOURS["refused"], label="the plans answer")
    axes.barh(names[-1:], [missed], color=_COLOURS["incorrect"], label="an abstention was due")
    axes.invert_yaxis()
    axes.set_xlabel("questions")
    _legend(figure, axes)
    return _svg(figure)


def plot_groups(before: Rows, after: Rows) -> str:
    """The share of correct answers by group, beside that of the baseline."""
    old, new = triads(before, group_of), triads(after, group_of)
    names = list(new)[::-1]
    figure, axes = _figure(0.4 * len(names) + 1.1)
    places = range(len(names))
    known = [old.get(name) for name in names]
    axes.barh([p + 0.2 for p in places], [100 * (new[n].accuracy or 0) for n in names], 0.38, label="now")
    shares = [100 * ((triad.accuracy if triad else 0) or 0) for triad in known]
    axes.barh([p - 0.2 for p in places], shares, 0.38, color="#b5b5b5", label="baseline")
    axes.set_yticks(places, names)
    axes.set_xlim(0, 100)
    axes.set_xlabel("% correct")
    _legend(figure, axes)
    return _svg(figure)


def plot_latency(milliseconds: Sequence[float]) -> str:
    """The share of the answers that were there within a time."""
    ordered = sorted(milliseconds)
    figure, axes = _figure(2.6)
    axes.step(ordered, [100 * (i + 1) / len(ordered) for i in range(len(ordered))], where="post")
    for q, style in ((0.5, "-"), (0.95, "--")):
        value = percentile(ordered, q)
        axes.axvline(
            value or 0, color="#777777", linestyle=style, linewidth=0.8, label=f"p{q * 100:.0f} {value} ms"
        )
    axes.set_xscale("log")
    axes.set_xlim(max(ordered[0], 0.1) / 2, max(ordered[-1], 0.1) * 2)  # one answer alone spans nothing
    axes.set_xlabel("milliseconds for an answer")
    axes.set_ylabel("% of the answers")
    _legend(figure, axes)
    return _svg(figure)


def _figure(height: float) -> tuple[Figure, Axes]:
    try:
        import matplotlib as mpl
        from matplotlib.figure import Figure as MatplotlibFigure
    except ImportError as error:
        raise MissingPartError(
            "The report needs matplotlib.", "Install it: `pip install -e '.[eval]'`."
        ) from error
    mpl.rcParams.update({"svg.hashsalt": "plan-rag", "svg.fonttype": "none", "font.size": 8})
    figure = MatplotlibFigure(figsize=(_WIDTH, height), layout="constrained")
    axes = figure.subplots()
    axes.spines[["top", "right"]].set_visible(False)
    return figure, axes


def _legend(figure: Figure, axes: Axes) -> None:
    handles, labels = axes.get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside upper right", ncols=len(labels), frameon=False)


def _svg(figure: Figure) -> str:
    buffer = BytesIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    text = buffer.getvalue().decode()
    return text[text.index("<svg") :]
