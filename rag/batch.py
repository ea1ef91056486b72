"""Questions from a JSON Lines file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from rag.errors import InputError


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One question, or what is wrong with its line."""

    number: int
    identity: object
    question: str
    error: str | None = None


def read_batch(path: Path) -> list[BatchLine]:
    """Every line of the file; raises InputError if it cannot be read or holds no line at all."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}).", "Check the path.") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 text.", 'Lines of {"id": …, "question": …}.') from error
    numbered = [(i, line) for i, line in enumerate(text.split("\n"), start=1) if line.strip()]
    if not numbered:
        raise InputError(f"{path}: holds no question.", 'Lines of {"id": …, "question": …}.')
    return [_read_line(number, line) for number, line in numbered]


def _read_line(number: int, line: str) -> BatchLine:
    try:
        data = json.loads(line)
    except json.JSONDecodeError as error:
        return BatchLine(number, None, "", f"not JSON ({error.msg})")
    if not isinstance(data, dict):
        return BatchLine(number, None, "", "not a JSON object")
    identity, question = data.get("id"), data.get("question")
    if not isinstance(question, str):
        return BatchLine(number, identity, "", "has no “question” in text")
    return BatchLine(number, identity if identity is not None else number, question)
