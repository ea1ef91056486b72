"""The web server around the page: access, headers, health."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from rag.errors import InputError, MissingPartError, RagError
from rag.schema import Language
from rag.settings import Settings
from rag.ui.access import Users, load_users
from rag.ui.guard import HEALTH, Guard
from rag.ui.live import LivePipeline

if TYPE_CHECKING:
    import uvicorn
    from fastapi import FastAPI

_FONT = ["system-ui", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif"]


def make_app(live: LivePipeline, users: Users | None) -> FastAPI:
    """The application: `/health`, and the page with its interfaces at `/`; for everybody without `users`.

    Raises MissingPartError where the packages of the page are not installed.
    """
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    try:
        import gradio as gr
        from fastapi import FastAPI
    except ImportError as error:
        raise MissingPartError(
            "The page needs packages that are not installed.", "pip install 'plan-rag[ui]'"
        ) from error
    from rag.ui.api import speak_json
    from rag.ui.page import build_page
    from rag.ui.widgets import asset

    settings = live.settings
    page = build_page(live)
    page.queue(default_concurrency_limit=settings.ui_concurrency, max_size=settings.ui_queue)
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.get(HEALTH)(lambda: _health(live))
    app.add_middleware(Guard, users=users)
    mounted: FastAPI = gr.mount_gradio_app(
        app,
        page,
        path="/",
        server_name=settings.ui_host,
        server_port=settings.ui_port,
        root_path=settings.ui_root_path or None,
        auth_dependency=(lambda request: request.scope.get("user_name")) if users else None,
        max_file_size=settings.ui_upload_mb * 2**20,
        show_error=True,
        ssr_mode=False,
        enable_monitoring=False,
        run_history=False,
        mcp_server=True,
        footer_links=["api"],
        theme=gr.themes.Default(primary_hue="blue", neutral_hue="slate", font=_FONT, font_mono=["monospace"]),
        head=f"<style>{asset('page.css')}</style>",  # as `css` its selectors would be rewritten
    )
    speak_json(page)
    # Gradio believes that a mounted page never starts, and then takes any path on this machine for a
    # file that was uploaded
    page.has_launched = page.is_running = True
    return mounted


def _health(live: LivePipeline) -> Any:
    from fastapi.responses import JSONResponse

    try:
        manifest = live.get().manifest
    except RagError as error:
        return JSONResponse({"status": "unavailable", "reason": error.message}, status_code=503)
    return JSONResponse({"status": "ok", "documents": len(manifest.documents), "passages": manifest.chunks})


def serve(
    settings: Settings, environment: Mapping[str, str], ready: Callable[[str], None] = lambda url: None
) -> None:
    """Opens the index, warms it up, and serves the page until interrupted; `ready` is told the address.

    Raises InputError if the address cannot be used, and what `load_users`, `make_app` and
    `LivePipeline.get` raise.
    """
    users = load_users(settings)
    listener = listen(settings)
    server = make_server(LivePipeline(settings, environment), users)
    host, port = listener.getsockname()[:2]
    if ":" in host:
        host = f"[{host}]"
    ready(f"http://{host}:{port}{settings.ui_root_path}/")
    server.run(sockets=[listener])


def make_server(live: LivePipeline, users: Users | None) -> uvicorn.Server:
    """The server of the application, warmed up; raises what `make_app` and `LivePipeline.get` raise."""
    import uvicorn

    app = make_app(live, users)
    _warm_up(live)
    config = uvicorn.Config(
        app, log_level="warning", proxy_headers=True, timeout_graceful_shutdown=1, lifespan="on"
    )
    logging.getLogger("uvicorn.error").addFilter(_tells_something)
    return uvicorn.Server(config)


def _warm_up(live: LivePipeline) -> None:
    """Loads now whatever is loaded lazily: by asking as the page does, in both languages."""
    from rag.ui.handlers import Chat

    live.writer(lambda sentence: None)
    warm: tuple[tuple[str, Language], ...] = (
        ("2019年地区生产总值是多少?", "zh"),
        ("What was GDP in 2019?", "en"),
    )
    for question, language in warm:
        for _ in Chat(live).submit(question, [], [], "", [], "quotes", language):
            pass


def _tells_something(record: logging.LogRecord) -> bool:
    """Open pages keep a connection, which the end of the server cancels; that is no error."""
    return not (record.exc_info and isinstance(record.exc_info[1], asyncio.CancelledError))


def listen(settings: Settings) -> socket.socket:
    """A socket at the address of the settings; InputError if it cannot be used."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            settings.ui_host, settings.ui_port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
            listener.listen(128)
        except BaseException:
            listener.close()
            raise
    except (OSError, OverflowError) as error:
        raise InputError(
            f"{settings.ui_host}:{settings.ui_port}: the page cannot listen here ({error}).",
            "Choose another with --host and --port.",
        ) from error
    return listener
