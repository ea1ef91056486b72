"""The page as its users meet it: a real Chromium, a real server, the seed plans."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browsing import Site, Watch, open_page, serving, start_browser


@pytest.fixture(scope="module")  # its loop of events is in the way of other tests on the same worker
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = start_browser(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(index_dir: Path) -> Iterator[Site]:
    """The page over the seeds, whose documents nobody changes."""
    with serving(Site(index_dir)) as site:
        yield site


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Whatever a test does: no error in the console, no request to another host, no dialog."""
    watch = Watch()
    yield watch
    assert watch.errors == []
    assert watch.strangers == []


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(locale="zh-CN", viewport={"width": 1360, "height": 900})
    yield context
    context.close()


Tab = tuple[Page, Watch]


def open_tab(browser: Browser, site: Site) -> Iterator[Tab]:
    context = browser.new_context(locale="zh-CN")
    watch = Watch()
    yield open_page(context, site, watch), watch
    context.close()


@pytest.fixture(scope="module")
def tab(browser: Browser, site: Site) -> Iterator[Tab]:
    """A tab for one test after another: a new one loads the page four times as long."""
    yield from open_tab(browser, site)


@pytest.fixture(scope="module")
def other_tab(browser: Browser, site: Site) -> Iterator[Tab]:
    """A tab of somebody else."""
    yield from open_tab(browser, site)


def cleared(tab: Tab, site: Site, watch: Watch) -> Page:
    """The page as who comes for the first time finds it."""
    page, steady = tab
    page.goto(f"{site.url}/health")  # where nothing that still comes in is remembered
    page.evaluate("localStorage.clear(); sessionStorage.clear()")
    steady.errors, steady.strangers = watch.errors, watch.strangers
    page.context.clear_permissions()
    page.set_viewport_size({"width": 1360, "height": 900})
    page.goto(site.url)
    page.locator(".intro").wait_for()
    return page


@pytest.fixture
def page(tab: Tab, site: Site, watch: Watch) -> Page:
    return cleared(tab, site, watch)


@pytest.fixture
def other(other_tab: Tab, site: Site, watch: Watch) -> Page:
    """The page of somebody else."""
    return cleared(other_tab, site, watch)
