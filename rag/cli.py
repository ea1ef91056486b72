"""The `rag` command. Answers go to stdout, everything else to stderr.

Exit codes: 0 done or answered, 1 abstained, 2 wrong use or broken input, 3 a needed part is missing.
"""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from rag import __version__
from rag.commands import documents, figures, page, program, questions
from rag.commands.console import complain
from rag.errors import RagError

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


for command in (
    questions.ask,
    questions.verify,
    questions.search,
    figures.facts,
    figures.compare,
    documents.show,
    documents.sources,
    documents.index,
    page.ui,
    program.evaluate,
    program.doctor,
):
    app.command(name="eval" if command is program.evaluate else None)(command)
