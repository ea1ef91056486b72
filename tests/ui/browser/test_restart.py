"""`python app.py`, as a user runs it: stopped, and with an index that changes, under an open page."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from rag.settings import Settings
from rag.wiring import build_index
from tests.browsing import Server, Watch, ask, open_page, running, serving
from tests.conftest import SEEDS
from tests.ui.conftest import GDP


@pytest.fixture(scope="module")
def site(index_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    own = shutil.copytree(index_dir, tmp_path_factory.mktemp("page") / "index")
    with running(Server(own)) as server:
        yield server


def test_a_rebuild_does_not_stop_the_answers(page: Page, site: Server) -> None:
    settings = Settings(index_dir=str(site.index))
    rebuilt = threading.Thread(target=build_index, args=(settings, [SEEDS]), kwargs={"rebuild": True})
    rebuilt.start()
    figures = {GDP: "9.0%", "2024年GDP增长目标是多少?": "8.5%以上"}
    asked = 0
    while rebuilt.is_alive() or asked < len(figures):
        question, figure = list(figures.items())[asked % len(figures)]
        ask(page, question)
        expect(page.locator("#current .lead")).to_have_text(figure)
        asked += 1
    rebuilt.join()
    ask(page, "2019年新建公园多少个?")
    expect(page.locator("#current .lead")).to_have_text("63个")


def test_a_restart_under_an_open_page_loses_nothing(site: Server, context: BrowserContext) -> None:
    page = open_page(context, site, Watch())
    ask(page, GDP)
    site.stop()
    with serving(site):  # to the page it is the same server once more
        expect(page.locator(".turn")).to_have_count(1)
        time.sleep(1)
        ask(page, "那2019年呢?")
        expect(page.locator("#current .lead")).to_have_text("8.0%")
        expect(page.locator(".turn")).to_have_count(2)
