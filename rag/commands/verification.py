"""The input and the batch of `rag verify`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from rag.check import MAX_TEXT, check_text, verify_against
from rag.commands.batch import BatchLine, read_batch
from rag.errors import InputError, SourceError
from rag.jsonform import claims_to_json, dump, verification_to_json
from rag.read import READERS, decode, read_source

if TYPE_CHECKING:
    from rag.wiring import Pipeline

_MAX_BYTES = 4 * MAX_TEXT  # no encoding needs more for a character


def read_text(file: str) -> str:
    """The text of a file (of any type that plans are read from), or of standard input for -.

    Raises InputError if it is none.
    """
    if file == "-":
        try:
            return check_text(sys.stdin.buffer.read(_MAX_BYTES + 1).decode())
        except UnicodeDecodeError as error:
            raise InputError("Standard input is not UTF-8 text.") from error
    path = Path(file)
    if not path.is_file():
        raise InputError(f"{path}: there is no such file.", "Give a text file: rag verify report.txt")
    if path.suffix.lower() in READERS and path.suffix.lower() != ".txt":
        return check_text(_read_document(path))
    if path.stat().st_size > _MAX_BYTES:
        raise InputError(
            f"{path}: too large; {MAX_TEXT:,} characters are allowed.", "Check the text part by part."
        )
    try:
        return check_text(decode(path, path.read_bytes()))
    except SourceError as error:
        raise InputError(f"{path}: this is not a text file.", "Save it as plain text (UTF-8).") from error


def _read_document(path: Path) -> str:
    try:
        return read_source(path).text
    except SourceError as error:
        raise InputError(error.message, error.hint) from error


def verify_batch(path: Path, open_plans: Callable[[], Pipeline], quiet: bool) -> int:
    """One JSON verdict a line, in order; the index is opened when a line has no evidence.

    Returns the exit code: 2 if a line could not be judged, 1 if one is contradicted, else 0.
    """
    lines = read_batch(path, "text")
    pipeline = open_plans() if any(line.evidence is None and line.error is None for line in lines) else None
    code = 0
    for line in lines:
        try:
            result = _verify_line(line, pipeline)
        except InputError as error:
            result = {"id": line.identity, "error": error.message}
            code = 2
            if not quiet:
                typer.echo(f"rag: line {line.number}: {error.message}", err=True)
        typer.echo(dump(result))
        if result.get("verdict") == "contradicted":
            code = max(code, 1)
    return code


def _verify_line(line: BatchLine, pipeline: Pipeline | None) -> dict[str, Any]:
    if line.error is not None:
        raise InputError(line.error)
    text = check_text(line.text)
    if line.evidence is not None:
        verdict, claims = verify_against(text, check_text(line.evidence))
        return {"id": line.identity, "verdict": verdict, "claims": claims_to_json(claims)}
    assert pipeline is not None
    return {"id": line.identity, **verification_to_json(pipeline.verify(text))}
