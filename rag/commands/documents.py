"""The commands that deal with documents: index, show, sources."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rag.commands.common import AsJson, EmbedderName, IndexDir, Quiet, build, read_settings
from rag.commands.console import print_report
from rag.errors import InputError

if TYPE_CHECKING:
    from rag.schema import Document


def index(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Files or folders with documents [default: seeds].")
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

    Without paths it takes the documents in seeds/. Documents indexed before stay; a file that has gone
    from a given folder is taken out. It says what each document was taken for, and what it does not tell;
    NAME.toml beside a file corrects it. Examples: `rag index`, `rag index plans/ 2025.txt`,
    `rag index --remove 2025`.
    """
    settings = read_settings(index_dir, embedder)
    given = list(paths or ([] if remove else [Path(settings.seeds)]))
    report = build(settings, given, remove or [], rebuild, quiet)
    if not quiet:
        print_report(report)
    if report.refused and not (report.added or report.changed or report.unchanged):
        raise typer.Exit(2)


def show(
    citation: Annotated[str, typer.Argument(help="DOCUMENT:START-END from an answer, or DOCUMENT.")],
    index_dir: IndexDir = None,
    embedder: EmbedderName = None,
) -> None:
    """Show a passage in its section, or the outline of a document.

    Examples: `rag show 003_6a70ec2443a71a7b:363-394`, `rag show 003_6a70ec2443a71a7b`.
    """
    from rag.commands.render import render_outline, render_passage
    from rag.commands.render import show as show_rendered
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


def _stored_document(index_dir: str | None, embedder: str | None, name: str) -> Document:
    from rag.index import read_manifest, stored_document

    folder = Path(read_settings(index_dir, embedder).index_dir)
    return stored_document(folder, read_manifest(folder), name)


def sources(index_dir: IndexDir = None, embedder: EmbedderName = None, as_json: AsJson = False) -> None:
    """List the documents of the index: kind, place, year and date of each.

    With --json each also says where these were read: in its title, body, page, file name, folder or sidecar.
    What is wrong there is put right in NAME.toml beside the file (`place = "青禾市"`) and `rag index`.
    """
    from rag.errors import IndexStateError
    from rag.index import read_manifest

    folder = Path(read_settings(index_dir, embedder).index_dir)
    manifest = read_manifest(folder)
    if manifest is None:
        raise IndexStateError(f"There is no index in {folder}.", "Build it with `rag index`.")
    if as_json:
        from dataclasses import asdict

        from rag.jsonform import dump

        rows = [asdict(record) for record in manifest.documents]
        inner = ("file", "sketch")  # what tells files and texts apart means nothing to a reader
        typer.echo(dump([{key: row[key] for key in row if key not in inner} for row in rows]))
    else:
        from rag.commands.render import render_sources
        from rag.commands.render import show as show_rendered

        show_rendered(render_sources(manifest))
