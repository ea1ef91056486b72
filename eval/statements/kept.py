"""The results that are kept: eval/statements.json, docs/statements.md, and what would be a step back.

>>> before = {"fields": {"period": [95, 100], "noise kept": [5, 100]}}
>>> after = {"fields": {"period": [93, 100], "noise kept": [9, 100]}}
>>> regressions(before, after)
['noise kept: 5.0 % -> 9.0 %', 'period: 95.0 % -> 93.0 %']
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from eval.markdown import percent
from eval.statements.report import NOT_GOOD, counts_of, markdown_fields, markdown_forms
from eval.statements.score import Score

HERE = Path(__file__).parent.parent
RESULT = HERE / "statements.json"
TABLE = HERE.parent / "docs" / "statements.md"
TOLERANCE = 0.01  # by which a share may be worse
Kept = dict[str, dict[str, Any]]
_MEANING = {
    "made": "invented documents in Chinese whose statements are known by construction (`eval/made`)",
    "made_en": "the same in English",
    "reports": "real reports with statements that careful readers bound by hand",
}


def read_kept(path: Path = RESULT) -> Kept:
    """Set -> its counts and the commit at which they were taken."""
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {}


def keep(scores: Mapping[str, Score], result: Path = RESULT, table: Path = TABLE) -> None:
    """Writes the sets that were measured; others stay as they were."""
    measured = {name: {"commit": _commit(), **counts_of(score)} for name, score in scores.items()}
    kept = {**read_kept(result), **measured}
    result.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    table.write_text(render_page(kept), encoding="utf-8")


def render_page(kept: Kept) -> str:
    """docs/statements.md."""
    parts = [
        "# Statements, as figures are bound",
        "Made by `python -m eval.statements GOLD FOLDER --write`: the statements read from documents, field\n"
        "by field beside what is known. In brackets the 95 % interval; `all` is every field but the flow.",
        "\n".join(f"- `{name}`: {told_set(name, kept)}" for name in kept),
        markdown_fields(kept),
    ]
    for name, row in kept.items():
        parts += [f"## By form: {name}", markdown_forms(row["forms"])]
    return "\n\n".join(parts) + "\n"


def told_set(name: str, kept: Kept) -> str:
    """A set in words."""
    return f"{_MEANING[name]}; {kept[name]['documents']} documents, commit `{kept[name]['commit']}`."


def regressions(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """The shares of a set that are worse by more than a point, in words."""
    found = []
    for name, (right, every) in sorted(before["fields"].items()):
        now_right, now_every = after["fields"].get(name, (0, 1))
        old, new = right / every, now_right / now_every
        worse = new - old if name in NOT_GOOD else old - new
        if worse > TOLERANCE:
            found.append(f"{name}: {percent(old)} -> {percent(new)}")
    return found


def _commit() -> str:
    command = ["git", "rev-parse", "--short", "HEAD"]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=HERE).stdout.strip()
