"""The `rag` command. Answers go to stdout, everything else to stderr.

Exit codes: 0 done or answered, 1 abstained, 2 wrong use or broken input, 3 a needed part is missing.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rag import __version__
from rag.console import check_question, complain, print_report, progress_bar, read_stdin
from rag.errors import InputError, RagError

if TYPE_CHECKING:
    from rag.ingest import IndexReport
    from rag.settings import Settings
    from rag.wiring import Pipeline

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="""Ask Chinese government plans for figures and commitments; every answer quotes its source.

    Examples:

      rag ask "2019年地区生产总值是多少?"

      rag ask "How many 5G base stations were planned for 2020?" --json

      rag index plans/ && rag sources
    """,
)

IndexDir = Annotated[str | None, typer.Option("--index-dir", help="Where the index lives [default: .rag].")]
EmbedderName = Annotated[
    str | None,
    typer.Option("--embedder", help="“embedded”, or a sentence-transformers hub id or folder."),
]
Years = Annotated[
    list[int] | None, typer.Option("--year", help="Only statements about this year; repeatable.")
]
Documents = Annotated[
    list[str] | None,
    typer.Option("--document", help="Only this document (see `rag sources`); repeatable."),
]
UseModel = Annotated[
    bool | None,
    typer.Option("--llm/--no-llm", help="Insist on the configured language model, or only quote."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no notes on stderr.")]


def main() -> None:
    """Entry point: runs the command and turns errors into messages and exit codes."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        app()
    except RagError as error:
        complain(error)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def _show_version(value: bool) -> None:
    if value:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


def _settings(index_dir: str | None, embedder: str | None) -> Settings:
    from rag.settings import SETTINGS_FILE, load_settings, read_settings_file

    file = read_settings_file(Path(SETTINGS_FILE))
    return load_settings(file, os.environ, index_dir=index_dir, embedder=embedder)


@app.command()
def index(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Files or folders with plans [default: seeds].")
    ] = None,
    remove: Annotated[
        list[str] | None, typer.Option("--remove", help="Take this document out; repeatable.")
    ] = None,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Build everything anew.")] = False,
    index_dir: IndexDir = None,
    embedder: EmbedderName = None,
    quiet: Quiet = False,
) -> None:
    """Build or update the index.

    Without paths it takes the plans in seeds/. Documents indexed before stay; a file that has gone
    from a given folder is taken out. Examples: `rag index`, `rag index plans/ 2025.txt`,
    `rag index --remove 2025`.
    """
    settings = _settings(index_dir, embedder)
    given = list(paths or ([] if remove else [Path(settings.seeds)]))
    report = _build(settings, given, remove or [], rebuild, quiet)
    if not quiet:
        print_report(report)
    if report.refused and not (report.added or report.changed or report.unchanged):
        raise typer.Exit(2)


def _build(
    settings: Settings, paths: list[Path], remove: list[str], rebuild: bool, quiet: bool
) -> IndexReport:
    from rag.wiring import build_index

    for path in paths:
        if not path.exists():
            raise InputError(
                f"{path}: there is no such file or folder.",
                "Give files or folders with plans: `rag index PATH`.",
            )
    with progress_bar(quiet) as progress:
        return build_index(settings, paths, remove=remove, rebuild=rebuild, progress=progress)


def _open(index_dir: str | None, embedder: str | None, quiet: bool) -> Pipeline:
    """Opens the index, and builds it from the seeds on first use."""
    from rag.manifest import read_manifest
    from rag.wiring import open_pipeline

    settings = _settings(index_dir, embedder)
    if read_manifest(Path(settings.index_dir)) is None:
        if not quiet:
            typer.echo("There is no index yet; building it (once).", err=True)
        _build(settings, [Path(settings.seeds)], [], False, quiet)
    return open_pipeline(settings)


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="The question; - reads standard input.")] = None,
    batch: Annotated[
        Path | None,
        typer.Option("--batch", help='JSON Lines of {"id", "question"}; one JSON answer a line.'),
    ] = None,
    year: Years = None,
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
    `rag ask --year 2019 "新建公园多少个?"`, `echo "…" | rag ask -`, `rag ask --batch questions.jsonl`.
    """
    from rag.asking import answer_batch, check_documents, choose_writer

    if (question is None) == (batch is None):
        raise InputError("Give a question or --batch FILE.", 'For example: rag ask "2024年GDP增长目标?"')
    if batch is not None:
        from rag.batch import read_batch

        lines = read_batch(batch)
        pipeline = _open(index_dir, embedder, quiet)
        check_documents(pipeline, document)
        writer = choose_writer(pipeline, llm, stream=False)
        raise typer.Exit(answer_batch(pipeline, lines, year or [], document or [], writer))
    text = check_question(read_stdin() if question == "-" else question or "")
    pipeline = _open(index_dir, embedder, quiet)
    check_documents(pipeline, document)
    writer = choose_writer(pipeline, llm, stream=not (quiet or as_json))
    answer = pipeline.ask(text, year or (), document or (), writer)
    if as_json:
        from rag.jsonform import answer_to_json, dump

        typer.echo(dump(answer_to_json(answer)))
    else:
        from rag.render import render_answer, surrounding
        from rag.render import show as show_rendered

        texts = {c.document: pipeline.document(c.document).text for c in answer.citations}
        passages = {c.key: surrounding(texts[c.document], c) for c in answer.citations}
        show_rendered(render_answer(answer, passages))
    raise typer.Exit(0 if answer.outcome == "answered" else 1)


@app.command()
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
    from rag.jsonform import dump, verification_to_json
    from rag.verification import read_text, verify_batch

    def open_plans() -> Pipeline:
        return _open(index_dir, embedder, quiet)

    if batch is not None:
        raise typer.Exit(verify_batch(batch, open_plans, quiet))
    text = read_text(file or "")
    pipeline = open_plans()
    with progress_bar(quiet) as progress:
        verification = pipeline.verify(text, lambda done, total: progress("check", done, total))
    if as_json:
        typer.echo(dump(verification_to_json(verification)))
    else:
        from rag.markup import render_verification
        from rag.render import show as show_rendered

        show_rendered(render_verification(verification))
    raise typer.Exit(1 if verification.verdict == "contradicted" else 0)


@app.command()
def search(
    question: Annotated[str, typer.Argument(help="The question, or words to look for.")],
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=100, help="How many passages.")] = 5,
    year: Years = None,
    document: Documents = None,
    as_json: AsJson = False,
    index_dir: IndexDir = None,
    embedder: EmbedderName = None,
    quiet: Quiet = False,
) -> None:
    """Show the ranked passages for a question. Example: `rag search "2019年5G基站" -n 3`."""
    from rag.asking import check_documents

    text = check_question(question)
    pipeline = _open(index_dir, embedder, quiet)
    check_documents(pipeline, document)
    results = pipeline.search(text, limit, year or (), document or ())
    if as_json:
        from rag.jsonform import dump, results_to_json

        typer.echo(dump(results_to_json(results)))
    else:
        from rag.render import render_results
        from rag.render import show as show_rendered

        show_rendered(render_results(results))
    raise typer.Exit(0 if results else 1)


@app.command()
def show(
    citation: Annotated[str, typer.Argument(help="DOCUMENT:START-END from an answer, or DOCUMENT.")],
    index_dir: IndexDir = None,
    embedder: EmbedderName = None,
) -> None:
    """Show a passage in its section, or the outline of a document.

    Examples: `rag show 003_6a70ec2443a71a7b:363-393`, `rag show 003_6a70ec2443a71a7b`.
    """
    from rag.render import render_outline, render_passage
    from rag.render import show as show_rendered
    from rag.schema import Span

    name, _, offsets = citation.rpartition(":")
    document = _stored_document(index_dir, embedder, name if offsets and name else citation)
    if not name:
        show_rendered(render_outline(document))
        return
    low, _, high = offsets.partition("-")
    if not (low.isdigit() and high.isdigit() and int(low) < int(high) <= len(document.text)):
        raise InputError(
            f"“{offsets}” is no stretch of {document.id}, which has {len(document.text)} characters.",
            "Copy DOCUMENT:START-END from an answer.",
        )
    show_rendered(render_passage(document, Span(int(low), int(high))))


def _stored_document(index_dir: str | None, embedder: str | None, name: str) -> Any:
    from rag.ingest import stored_text
    from rag.manifest import read_manifest
    from rag.parse import parse_document

    folder = Path(_settings(index_dir, embedder).index_dir)
    text = stored_text(folder, read_manifest(folder), name)
    return parse_document(text, name, name)


@app.command()
def sources(index_dir: IndexDir = None, embedder: EmbedderName = None, as_json: AsJson = False) -> None:
    """List the documents of the index, with the years they speak of."""
    from rag.errors import IndexStateError
    from rag.manifest import read_manifest

    folder = Path(_settings(index_dir, embedder).index_dir)
    manifest = read_manifest(folder)
    if manifest is None:
        raise IndexStateError(f"There is no index in {folder}.", "Build it with `rag index`.")
    if as_json:
        from dataclasses import asdict

        from rag.jsonform import dump

        typer.echo(dump([asdict(record) for record in manifest.documents]))
    else:
        from rag.render import render_sources
        from rag.render import show as show_rendered

        show_rendered(render_sources(manifest))


@app.command()
def doctor(index_dir: IndexDir = None, embedder: EmbedderName = None) -> None:
    """Say what is installed, configured and in the index; exit code 3 if a needed part is missing."""
    from rag.doctor import run_checks

    checks = run_checks(_settings(index_dir, embedder))
    width = max(len(check.name) for check in checks)
    for check in checks:
        typer.echo(f"{'ok  ' if check.ok else 'FAIL'}  {check.name:<{width}}  {check.detail}")
    raise typer.Exit(0 if all(check.ok for check in checks) else 3)
