"""Questions, or texts to be checked, from a JSON Lines file.

>>> next(iter(_read_lines('{"id": 7, "question": "GDP?", "note": [1]}', "question")))
BatchLine(number=1, identity=7, text='GDP?', evidence=None, context=(), error=None)
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
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
    or "text" with an optional "evidence". Whatever else a line holds is not looked at.
    """
    form = f"Lines of {QUESTION if field == 'question' else CLAIM}."
    try:
        text = path.read_text(encoding="utf-8-sig")
        if "\0" in text:  # as UTF-16 without a mark looks
            raise InputError(f"{path}: not UTF-8 text.", f"Save it as UTF-8. {form}")
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}).", "Check the path.") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 text.", f"Save it as UTF-8. {form}") from error
    lines = list(_read_lines(text, field))
    if not lines:
        raise InputError(f"{path}: holds no {field}.", form)
    return lines


def _read_lines(text: str, field: str) -> Iterator[BatchLine]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield _read_line(number, line, field)


def _read_line(number: int, line: str, field: str) -> BatchLine:
    try:
        data: Any = json.loads(line)
    except json.JSONDecodeError as error:
        return BatchLine(number, None, "", error=f"not JSON ({error.msg})")
    except RecursionError:
        return BatchLine(number, None, "", error="not JSON that can be read (nested too deep)")
    except ValueError:  # Python reads no integer of several thousand digits
        return BatchLine(number, None, "", error="not JSON that can be read (a number is too long)")
    if not isinstance(data, dict):
        return BatchLine(number, None, "", error="not a JSON object")
    identity, text = data.get("id"), data.get(field)
    if not _can_be_told(identity):
        return BatchLine(number, None, "", error="has an “id” that cannot be told again")
    if not isinstance(text, str):
        return BatchLine(number, identity, "", error=f"has no “{field}” in text")
    named = identity if identity is not None else number
    if field == "question":
        return _with_context(BatchLine(number, named, text), data.get("context"))
    return _with_evidence(BatchLine(number, named, text), data.get("evidence"))


def _can_be_told(identity: object) -> bool:
    """Whether an id can stand in the answer: no half character, no NaN, nothing too deep to be written."""
    try:
        return bool(json.dumps(identity, ensure_ascii=False, allow_nan=False).encode())
    except (ValueError, RecursionError):
        return False


def _with_context(line: BatchLine, context: object) -> BatchLine:
    if not context:
        return line
    if not isinstance(context, list) or not all(isinstance(earlier, str) for earlier in context):
        return replace(line, error="has a “context” that is no list of questions")
    return replace(line, context=tuple(context))


def _with_evidence(line: BatchLine, evidence: object) -> BatchLine:
    if evidence is None:
        return line
    if not isinstance(evidence, str):
        return replace(line, error="has an “evidence” that is no text")
    return replace(line, evidence=evidence)
