"""What the commands share: options, settings, and the index, built on first use."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rag.commands.console import progress_bar
from rag.errors import InputError
from rag.schema import Status

if TYPE_CHECKING:
    from rag.index import IndexReport
    from rag.ledger import Ledger
    from rag.settings import Settings
    from rag.wiring import Pipeline

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
Kind = Annotated[
    Status | None,
    typer.Option("--status", help="Only outturns (actual) or only targets (planned)."),
]
UseModel = Annotated[
    bool | None,
    typer.Option("--llm/--no-llm", help="Insist on the configured language model, or only quote."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no notes on stderr.")]


def read_settings(index_dir: str | None, embedder: str | None, **flags: object) -> Settings:
    """The settings of this call; `flags` are further ones, None where they are not given."""
    from rag.settings import SETTINGS_FILE, load_settings, read_settings_file

    file = read_settings_file(Path(SETTINGS_FILE))
    return load_settings(file, os.environ, index_dir=index_dir, embedder=embedder, **flags)


def build(
    settings: Settings, paths: list[Path], remove: list[str], rebuild: bool, quiet: bool
) -> IndexReport:
    """Indexes files and folders with a progress bar; raises InputError for one that is not there."""
    from rag.wiring import build_index

    for path in paths:
        if not os.path.exists(path):  # noqa: PTH110
            raise InputError(
                f"{path}: there is no such file or folder.",
                "Give files or folders with plans: `rag index PATH`.",
            )
    with progress_bar(quiet) as progress:
        return build_index(settings, paths, remove=remove, rebuild=rebuild, progress=progress)


def open_index(
    index_dir: str | None, embedder: str | None, quiet: bool, documents: Sequence[str] | None = None
) -> Pipeline:
    """Opens the index, and builds it from the seeds on first use.

    Raises InputError where one of the `documents` that are asked for is not in it.
    """
    from rag.index import check_documents
    from rag.wiring import open_pipeline

    pipeline = open_pipeline(_settings_of_index(index_dir, embedder, quiet))
    check_documents(pipeline.manifest, documents)
    return pipeline


def open_figures(
    index_dir: str | None, embedder: str | None, quiet: bool, documents: Sequence[str] | None = None
) -> Ledger:
    """As `open_index`, for those who need its figures alone, which takes a moment."""
    from rag.index import check_documents, check_schema, require_documents, require_manifest
    from rag.ledger import NAME, open_ledger

    folder = Path(_settings_of_index(index_dir, embedder, quiet).index_dir)
    manifest = require_manifest(folder)
    check_schema(manifest)
    require_documents(manifest, folder)
    check_documents(manifest, documents)
    return open_ledger(folder / manifest.generation / NAME)


def _settings_of_index(index_dir: str | None, embedder: str | None, quiet: bool) -> Settings:
    """The settings of an index that is there, or was just built from the seeds."""
    from rag.index import read_manifest

    settings = read_settings(index_dir, embedder)
    if read_manifest(Path(settings.index_dir)) is None:
        if not quiet:
            typer.echo("There is no index yet; building it (once).", err=True)
        build(settings, [Path(settings.seeds)], [], False, quiet)
    return settings
