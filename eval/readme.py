"""The tables of the project's READMEs, in English and in Chinese, from the result files."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from eval.baseline import BASELINE
from eval.markdown import markdown_table
from eval.questions import HERE, load_questions
from eval.reading import RESULT as DOCUMENTS
from eval.reading import markdown_counts
from eval.record import REPORT, markdown_report
from eval.results import pair_up, read_results
from eval.table import markdown_groups, markdown_metrics

READMES = {HERE.parent / "README.md": "en", HERE.parent / "README.zh-CN.md": "zh"}
_RECORDED = """\
A real small model ({model}, {questions} answerable questions, median {median_seconds} s an answer on 2
cores), its replies kept in `eval/recorded.jsonl`:"""
_TIMED = {"new_process_s": "a question in a new process, s", "warm_ms": "a warm question, median ms"}
_LOAD = {
    "users": "people",
    "seconds": "seconds",
    "questions": "questions",
    "errors": "errors",
    "latency_ms.median": "median ms",
    "latency_ms.p95": "95th percentile ms",
    "latency_ms.max": "longest ms",
    "memory_mb.start": "memory at the start, MB",
    "memory_mb.middle": "in the middle, MB",
    "memory_mb.end": "at the end, MB",
}
_OPENING = {
    "rounds": "times opened",
    "opened_ms.median": "page ready, median ms",
    "opened_ms.longest": "page ready, longest ms",
    "first_answer_ms.median": "first answer, median ms",
    "first_answer_ms.longest": "first answer, longest ms",
}


@cache
def _chinese() -> dict[str, Any]:
    return tomllib.loads((HERE / "chinese.toml").read_text(encoding="utf-8"))


def project_tables(language: str, folder: Path = HERE) -> dict[str, str]:
    """The tables of a README by the name of their marks."""
    rows = pair_up(load_questions().questions, read_results(folder / BASELINE.name))
    report, bench = _read(folder / REPORT.name), _read(folder / "bench.json")
    load, opening = _read(folder / "load.json"), _read(folder / "opening.json")
    tables = {
        "groups": markdown_groups(rows),
        "metrics": markdown_metrics(rows),
        "language model": markdown_report(report),
        "speed": markdown_table(
            ["", "rag", "plain LlamaIndex + Chroma"],
            [[label, str(bench[name]["rag"]), str(bench[name]["plain"])] for name, label in _TIMED.items()],
        ),
        "load": _row(_LOAD, load),
        "opening": _row(_OPENING, opening),
        "documents": markdown_counts(_read(folder / DOCUMENTS.name)["counts"]),
    }
    recorded = _RECORDED
    if language == "zh":
        tables = {name: in_chinese(table) for name, table in tables.items()}
        recorded = _chinese()["recorded"]
    tables["language model"] = f"{recorded.format(**report)}\n\n{tables['language model']}"
    return tables


def in_chinese(table: str) -> str:
    """A Markdown table with the words of its cells in Chinese (`eval/chinese.toml`).

    >>> in_chinese("| part | questions |")
    '| 部分 | 问题 |'
    """
    words = _chinese()["cells"]
    lines = [[cell.strip() for cell in line.split("|")] for line in table.split("\n")]
    return "\n".join(" | ".join(words.get(cell, cell) for cell in line).strip() for line in lines)


def with_tables(text: str, tables: Mapping[str, str]) -> str:
    """A text with the tables between their marks, `<!-- name -->` and `<!-- end -->`, made new."""
    for name, table in tables.items():
        mark = f"<!-- {name} -->\n"
        head, found, rest = text.partition(mark)
        _, end, tail = f"\n{rest}".partition("\n<!-- end -->")
        if not (found and end):
            raise ValueError(f"the text has no marks for the table “{name}”")
        text = f"{head}{mark}{table}{end}{tail}"
    return text


def write_readmes() -> list[Path]:
    """Renews the tables of both READMEs."""
    for path, language in READMES.items():
        text = path.read_text(encoding="utf-8")
        path.write_text(with_tables(text, project_tables(language)), encoding="utf-8")
    return list(READMES)


def _row(columns: Mapping[str, str], data: dict[str, Any]) -> str:
    return markdown_table(list(columns.values()), [[str(_at(data, name)) for name in columns]])


def _at(data: dict[str, Any], path: str) -> Any:
    outer, _, inner = path.partition(".")
    return data[outer][inner] if inner else data[outer]


def _read(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text(encoding="utf-8")))
