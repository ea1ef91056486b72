"""Scores for a reader: tables, and each miss as one line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from eval.markdown import markdown_table, percent
from eval.statements.score import MEASURES, Outcome, Score, wilson

NOT_GOOD = ("noise kept", "statements that are none")  # shares that should be low
_UNDOUBTED = "all, where no reader doubts"
ROWS = (*MEASURES, _UNDOUBTED, *NOT_GOOD)
_NEEDS_HEADING = {"period", "status", "place"}  # fields that a heading may give
_AROUND = 46  # characters shown on each side of a figure


def counts_of(score: Score) -> dict[str, Any]:
    """What is kept of a score."""
    doubted = score.all[_UNDOUBTED] < score.all["all"]  # nobody doubts what was made
    told = [name for name in ROWS if score.all[name] and (doubted or name != _UNDOUBTED)]
    return {
        "documents": score.documents,
        "fields": {name: [score.right[name], score.all[name]] for name in told},
        "forms": {name: dict(score.forms[name]) for name in sorted(score.forms)},
    }


def markdown_fields(sets: Mapping[str, Mapping[str, Any]]) -> str:
    """Field by set, each share with its 95 % interval."""
    rows = [[name, *(_cell(kept["fields"].get(name)) for kept in sets.values())] for name in ROWS]
    return markdown_table(["", *sets], rows)


def _cell(counts: list[int] | None) -> str:
    if not counts or not counts[1]:
        return "–"
    low, high = wilson(*counts)
    return f"{percent(counts[0] / counts[1])} ({low * 100:.0f}–{high * 100:.0f}), {counts[0]}/{counts[1]}"


def markdown_forms(forms: Mapping[str, Mapping[str, int]]) -> str:
    """Found and right by form."""
    rows = []
    for name, counts in sorted(forms.items()):
        found, right, known = counts.get("found", 0), counts.get("right", 0), counts["known"]
        rows.append([name, str(known), percent(found / known), percent(right / known)])
    return markdown_table(["form", "known", "found", "all right"], rows)


def show_misses(score: Score, field: str = "", form: str = "") -> Iterator[str]:
    """Each miss as a line: where, the text around, what was read and what is known."""
    for outcome in score.outcomes:
        wrong = [name for name in outcome.wrong if name != "all"]
        if wrong == ["flow"] and field != "flow":
            continue  # it does not count
        if (field and field not in wrong) or (form and form not in _forms(outcome)):
            continue
        if wrong:
            yield _line(outcome, [field] if field else wrong)


def _forms(outcome: Outcome) -> tuple[str, ...]:
    known = outcome.known
    where = "table cell" if outcome.in_table else "running text"
    return (outcome.form if known.keep else "noise", known.form, known.family, where)


def _line(outcome: Outcome, wrong: list[str]) -> str:
    known = outcome.known
    before = " ".join(known.before.split())[-_AROUND:]
    after = " ".join(known.after.split())[:_AROUND]
    said = "; ".join(_difference(outcome, name) for name in wrong)
    form = f" [{known.form}]" if known.form else ""
    doubt = f" (doubt: {known.doubt})" if known.doubt else ""
    section = _section(outcome)
    below = f" § {section[-1]}" if section and _NEEDS_HEADING & {*wrong} else ""
    return f"{known.document}{form} …{before}【{known.figure}】{after}… | {said}{doubt}{below}"


def _section(outcome: Outcome) -> tuple[str, ...]:
    return tuple(outcome.read["section"]) if outcome.read else ()


def _difference(outcome: Outcome, name: str) -> str:
    fields = outcome.known.fields
    if name == "found":
        return f"{'NOT IN THE STORED TEXT' if outcome.is_lost else 'NOT FOUND'}: {fields['subject']}"
    read = outcome.read or {}
    if name == "noise":
        return f"NOISE KEPT ({fields.get('why')}): {read['value']}{read['unit']} {read['subject']}"
    got, gold = shown(read, name), shown(fields, name)
    return f"{name}: got {got}, gold {gold}"


def shown(row: Mapping[str, Any], name: str) -> str:
    """A field in a few words.

    >>> shown({"period": {"kind": "part", "start": 2025, "end": 2025, "part": "H1"}}, "period")
    'part 2025 H1'
    """
    value = row.get(name)
    if name == "period" and value:
        years = dict.fromkeys(str(year) for year in (value["start"], value["end"]) if year)
        return " ".join(filter(None, (value["kind"], "–".join(years), value.get("part"))))
    if name == "value" and row.get("upper"):
        return f"{value}–{row['upper']}"
    if name == "place" and row.get("entity"):
        return f"{value} ({row['entity']})"
    return "–" if value is None else str(value)
