"""What `rag ask` does around a question: its writer, its documents, its batch."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from rag.ask import check_question
from rag.commands.batch import BatchLine
from rag.errors import InputError, MissingPartError
from rag.jsonform import answer_to_json, dump
from rag.schema import Status

if TYPE_CHECKING:
    from rag.ask import LanguageModelWriter
    from rag.wiring import Pipeline


def choose_writer(pipeline: Pipeline, wanted: bool | None, stream: bool) -> LanguageModelWriter | None:
    """The language-model writer: if configured, unless --no-llm; --llm insists on it."""
    if wanted is False:
        return None
    from rag.wiring import make_writer

    def show_sentence(sentence: str) -> None:
        if stream and sys.stderr.isatty():
            typer.secho(sentence, err=True, dim=True)

    writer = make_writer(pipeline.settings, pipeline.plans.coverage.named_places, os.environ, show_sentence)
    if writer is None and wanted:
        raise MissingPartError(
            "No language model is configured.", "Set RAG_LLM_BASE_URL and RAG_LLM_MODEL, or leave out --llm."
        )
    return writer


def answer_batch(
    pipeline: Pipeline,
    lines: Sequence[BatchLine],
    years: Sequence[int],
    documents: Sequence[str],
    writer: LanguageModelWriter | None,
    status: Status | None = None,
) -> int:
    """Answers line by line; a line that cannot be asked gets its error in its place.

    Returns the exit code.
    """
    failed = 0
    for line in lines:
        try:
            question = check_question(line.text) if line.error is None else ""
            if line.error is not None:
                raise InputError(line.error)
            context = [check_question(earlier) for earlier in line.context]
            answer = pipeline.ask(question, years, documents, writer, context, status)
            typer.echo(dump(answer_to_json(answer, line.identity)))
        except InputError as error:
            failed += 1
            typer.echo(dump({"id": line.identity, "error": error.message}))
            typer.echo(f"rag: line {line.number}: {error.message}", err=True)
    return 2 if failed else 0
