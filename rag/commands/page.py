"""The command that serves the page: ui."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from rag.commands.common import EmbedderName, IndexDir, open_index, read_settings
from rag.errors import InputError

Host = Annotated[str | None, typer.Option("--host", help="Where to listen [default: 127.0.0.1].")]
Port = Annotated[int | None, typer.Option("--port", min=1, max=65535, help="[default: 7860]")]
RootPath = Annotated[
    str | None, typer.Option("--root-path", help="The path under which a proxy serves the page.")
]
AddUser = Annotated[
    str | None, typer.Option("--add-user", help="Write a user into ui_users_file; asks for the password.")
]


def ui(
    host: Host = None,
    port: Port = None,
    root_path: RootPath = None,
    name: AddUser = None,
    index_dir: IndexDir = None,
    embedder: EmbedderName = None,
) -> None:
    """Serve the page (chat, sources, checking of texts), its HTTP API and its MCP server.

    It listens on this machine alone unless users are named (ui_users_file) or ui_open is set.
    Examples: `rag ui`, `rag ui --port 8000`, `RAG_UI_USERS_FILE=users rag ui --add-user alice`,
    `RAG_UI_USERS_FILE=users rag ui --host 0.0.0.0`.
    """
    settings = read_settings(index_dir, embedder, ui_host=host, ui_port=port, ui_root_path=root_path)
    if name is not None:
        _add_user(settings.ui_users_file, name)
        return
    from rag.ui.access import load_users
    from rag.ui.server import serve

    load_users(settings)  # refuses before anything is built
    open_index(index_dir, embedder, quiet=False)
    serve(settings, os.environ, lambda url: typer.echo(f"The page is at {url}  (Ctrl-C ends it)", err=True))


def _add_user(file: str, name: str) -> None:
    from rag.ui.access import add_user

    if not file:
        raise InputError("No file for users is set.", "Set RAG_UI_USERS_FILE, or ui_users_file in rag.toml.")
    password = typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    add_user(Path(file), name, password)
    typer.echo(f"{name} may use the page.", err=True)
