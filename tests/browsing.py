"""A real browser and a real server for the tests of the page."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect

ROOT = Path(__file__).parent.parent
PATIENCE = 20.0  # seconds; the machines that run this are small and busy
_QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

expect.set_options(timeout=PATIENCE * 1000)


def find_browser() -> str | None:
    """The Chromium of this machine."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next((path for name in names if (path := shutil.which(name))), None)


def start_browser(playwright: Playwright) -> Browser:
    """Chromium: that of this machine, else the one that Playwright has fetched."""
    return playwright.chromium.launch(executable_path=find_browser(), args=_QUIET)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Site:
    """A page that is served on a port of its own, over an index of its own."""

    index: Path
    port: int = field(default_factory=free_port)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def serving(site: Site, **settings: str | int) -> Iterator[Site]:
    """Served by a thread of this process, which has loaded already what takes a process of its own long."""
    from rag.settings import Settings
    from rag.ui.access import load_users
    from rag.ui.live import LivePipeline
    from rag.ui.server import listen, make_server

    known = Settings(index_dir=str(site.index), ui_port=site.port, lock_timeout=30, **settings)  # type: ignore[arg-type]

    async def build() -> uvicorn.Server:  # outside of a loop of events Gradio would leave one open
        return make_server(LivePipeline(known, {}), load_users(known))

    with ThreadPoolExecutor(1) as thread, listen(known) as listener:
        server = thread.submit(asyncio.run, build()).result()
        served = thread.submit(server.run, [listener])
        try:
            yield site
        finally:
            server.should_exit = True
            served.result()


@dataclass
class Server(Site):
    """`python app.py`, as a user runs it."""

    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns once the page can be opened."""
        self.process = subprocess.Popen(
            [sys.executable, "app.py", "--port", str(self.port), "--index-dir", str(self.index)],
            cwd=ROOT,
            env={**os.environ, "RAG_LOCK_TIMEOUT": "30", **self.environment},
        )
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline:
            assert self.process.poll() is None, "the server has ended"
            try:
                urllib.request.urlopen(f"{self.url}/health", timeout=5).read()
                return
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)
        raise TimeoutError("the server did not come up")

    def stop(self) -> None:
        """Ends it as an operator would."""
        assert self.process is not None
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


@contextmanager
def running(server: Server) -> Iterator[Server]:
    """The server from start to stop."""
    server.start()
    try:
        yield server
    finally:
        server.stop()


@dataclass
class Watch:
    """What a page did that nobody should see: errors in the console, requests to other hosts."""

    errors: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)

    def follow(self, page: Page, home: str) -> None:
        """Listens to a page; the browser itself may speak to nobody but `home`."""
        page.on("console", lambda m: self.errors.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("dialog", lambda dialog: self.errors.append(f"a dialog: {dialog.message}"))
        page.on("request", lambda r: self._note(r.url, home))

    def _note(self, url: str, home: str) -> None:
        if not url.startswith((home, "data:", "blob:")):
            self.strangers.append(url)


def open_page(
    context: BrowserContext, site: Site, watch: Watch, query: str = "", ready: str = ".intro, .turn"
) -> Page:
    """A page, ready to be used."""
    page = context.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    watch.follow(page, site.url)
    page.goto(f"{site.url}/{query}")
    page.locator(ready).first.wait_for()
    return page


def ask(page: Page, question: str) -> None:
    """Types a question and waits until the answer stands there."""
    box = page.locator("#question-box textarea")
    box.fill(question)
    box.press("Enter")
    last = page.locator("#current .turn")
    expect(last.locator(".question")).to_have_text(question)
    expect(last).not_to_have_class("turn pending")
    expect(page.locator("#send")).to_be_visible()


def shown_answer(page: Page) -> str:
    """The words of the newest answer."""
    return "\n".join(page.locator("#current .turn .answer p").all_inner_texts())


def marked(page: Page) -> str:
    """The words that are marked in the reader."""
    return "".join(page.locator("#reader mark.hit").all_text_contents())


if __name__ == "__main__":
    sys.exit(0 if find_browser() else "There is no Chromium on this machine.")
