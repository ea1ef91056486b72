"""Questions, or texts to be checked, from a JSON Lines file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rag.errors import InputError

QUESTION = '{"id": …, "question": …}'
CLAIM = '{"id": …, "text": …, "evidence": …}'


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One question or text, or what is wrong with its line.

    `evidence` is the passage to judge by, `context` the earlier questions of a conversation.
    """

    number: int
    identity: object
    text: str
    evidence: str | None = None
    context: tuple[str, ...] = ()
    error: str | None = None


def read_batch(path: Path, field: str = "question") -> list[BatchLine]:
    """Every line of the file; raises InputError if it cannot be read or holds no line at all.

    `field` names what is read: "question" with an optional "context" beside it (earlier questions),
    or "text" with an optional "evidence".
    """
    form = f"Lines of {QUESTION if field == 'question' else CLAIM}."
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}).", "Check the path.") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 text.", form) from error
    numbered = [(i, line) for i, line in enumerate(text.split("\n"), start=1) if line.strip()]
    if not numbered:
        raise InputError(f"{path}: holds no {field}.", form)
    return [_read_line(number, line, field) for number, line in numbered]


def _read_line(number: int, line: str, field: str) -> BatchLine:
    try:
        data: Any = json.loads(line)
    except json.JSONDecodeError as error:
        return BatchLine(number, None, "", error=f"not JSON ({error.msg})")
    if not isinstance(data, dict):
        return BatchLine(number, None, "", error="not a JSON object")
    identity, text, evidence = data.get("id"), data.get(field), data.get("evidence")
    if not isinstance(text, str):
        return BatchLine(number, identity, "", error=f"has no “{field}” in text")
    if evidence is not None and not isinstance(evidence, str):
        return BatchLine(number, identity, "", error="has an “evidence” that is no text")
    context = data.get("context") or []
    if not isinstance(context, list) or not all(isinstance(earlier, str) for earlier in context):
        return BatchLine(number, identity, "", error="has a “context” that is no list of questions")
    return BatchLine(number, identity if identity is not None else number, text, evidence, tuple(context))
