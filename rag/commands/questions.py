"""The commands that answer: ask, search, verify."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rag.commands.common import (
    AsJson,
    Documents,
    EmbedderName,
    IndexDir,
    Kind,
    Quiet,
    UseModel,
    Years,
    open_index,
)
from rag.commands.console import progress_bar, read_stdin
from rag.errors import InputError

if TYPE_CHECKING:
    from rag.wiring import Pipeline


def ask(
    question: Annotated[str | None, typer.Argument(help="The question; - reads standard input.")] = None,
    batch: Annotated[
        Path | None,
        typer.Option("--batch", help='JSON Lines of {"id", "question", "context"}; one JSON answer a line.'),
    ] = None,
    after: Annotated[
        list[str] | None, typer.Option("--after", help="An earlier question of the conversation; repeatable.")
    ] = None,
    year: Years = None,
    status: Kind = None,
    document: Documents = None,
    llm: UseModel = None,
    as_json: AsJson = False,
    index_dir: IndexDir = None,
    embedder: EmbedderName = None,
    quiet: Quiet = False,
) -> None:
    """Answer a question from the plans, with its sources.

    With a language model configured (RAG_LLM_BASE_URL, RAG_LLM_MODEL) it tells what was found, and
    every sentence is checked before it is shown; otherwise the plans are quoted.

    Exit code 1 says that the plans do not answer. Examples: `rag ask "2024年GDP增长目标?"`,
    `rag ask --year 2019 "新建公园多少个?"`, `rag ask "那2019年呢?" --after "2023年GDP增速?"`,
    `echo "…" | rag ask -`, `rag ask --batch questions.jsonl`.
    """
    from rag.ask import check_question
    from rag.commands.asking import answer_batch, choose_writer

    if (question is None) == (batch is None):
        raise InputError("Give a question or --batch FILE.", 'For example: rag ask "2024年GDP增长目标?"')
    if batch is not None:
        from rag.commands.batch import read_batch

        lines = read_batch(batch)
        pipeline = open_index(index_dir, embedder, quiet, document)
        writer = choose_writer(pipeline, llm, stream=False)
        raise typer.Exit(answer_batch(pipeline, lines, year or [], document or [], writer, status))
    text = check_question(read_stdin() if question == "-" else question or "")
    pipeline = open_index(index_dir, embedder, quiet, document)
    writer = choose_writer(pipeline, llm, stream=not (quiet or as_json))
    answer = pipeline.ask(text, year or (), document or (), writer, after or (), status)
    if as_json:
        from rag.jsonform import answer_to_json, dump

        typer.echo(dump(answer_to_json(answer)))
    else:
        from rag.commands.render import render_answer, surrounding
        from rag.commands.render import show as show_rendered

        texts = {c.document: pipeline.document(c.document).text for c in answer.citations}
        passages = {c.key: surrounding(texts[c.document], c) for c in answer.citations}
        show_rendered(render_answer(answer, passages))
    raise typer.Exit(0 if answer.outcome == "answered" else 1)


def search(
    question: Annotated[str, typer.Argument(help="The question, or words to look for.")],
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=100, help="How many passages.")] = 5,
    year: Years = None,
    status: Kind = None,
    document: Documents = None,
    as_json: AsJson = False,
    index_dir: IndexDir = None,
    embedder: EmbedderName = None,
    quiet: Quiet = False,
) -> None:
    """Show the ranked passages for a question. Example: `rag search "2019年5G基站" -n 3`."""
    from rag.ask import check_question

    text = check_question(question)
    pipeline = open_index(index_dir, embedder, quiet, document)
    results = pipeline.search(text, limit, year or (), document or (), status=status)
    if as_json:
        from rag.jsonform import dump, results_to_json

        typer.echo(dump(results_to_json(results)))
    else:
        from rag.commands.render import render_results
        from rag.commands.render import show as show_rendered

        show_rendered(render_results(results))
    raise typer.Exit(0 if results else 1)


def verify(
    file: Annotated[str | None, typer.Argument(help="A text file; - reads standard input.")] = None,
    batch: Annotated[
        Path | None,
        typer.Option("--batch", help='JSON Lines of {"id", "text", "evidence"}; one JSON verdict a line.'),
    ] = None,
    as_json: AsJson = False,
    index_dir: IndexDir = None,
    embedder: EmbedderName = None,
    quiet: Quiet = False,
) -> None:
    """Check every figure of a text against the plans.

    Each figure is supported, contradicted or not found; exit code 1 says that one is contradicted.
    In a batch, a line with “evidence” is judged by that passage alone and needs no index. Examples:
    `rag verify report.txt`, `echo "2023年GDP增长9.5%" | rag verify -`, `rag verify --batch claims.jsonl`.
    """
    if (file is None) == (batch is None):
        raise InputError("Give a text file or --batch FILE.", "For example: rag verify report.txt")
    from rag.commands.verification import read_text, verify_batch
    from rag.jsonform import dump, verification_to_json

    def open_plans() -> Pipeline:
        return open_index(index_dir, embedder, quiet)

    if batch is not None:
        raise typer.Exit(verify_batch(batch, open_plans, quiet))
    text = read_text(file or "")
    pipeline = open_plans()
    with progress_bar(quiet) as progress:
        verification = pipeline.verify(text, lambda done, total: progress("check", done, total))
    if as_json:
        typer.echo(dump(verification_to_json(verification)))
    else:
        from rag.commands.markup import render_verification
        from rag.commands.render import show as show_rendered

        show_rendered(render_verification(verification))
    raise typer.Exit(1 if verification.verdict == "contradicted" else 0)
