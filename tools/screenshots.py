"""Takes the pictures of the README from the real page: `python tools/screenshots.py` (needs Chromium)."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from browsing import (  # type: ignore[import-not-found]  # noqa: E402
    Server,
    Watch,
    ask,
    open_page,
    running,
    start_browser,
)

from rag.settings import Settings  # noqa: E402
from rag.wiring import build_index  # noqa: E402

DRAFT = "2023年光明区地区生产总值增长9.0%,规上工业增加值增长9.5%,\n建成公园16个,新增就业99万人。"


def picture_desk(browser: Browser, server: Server, language: str, name: str) -> None:
    """A follow-up with its source, on a desk."""
    context = browser.new_context(locale=language, viewport={"width": 1360, "height": 800})
    page = open_page(context, server, Watch())
    ask(page, "2023年光明区GDP增长多少?" if language == "zh-CN" else "What was GDP growth in 2023?")
    ask(page, "那2024年的目标呢?" if language == "zh-CN" else "And the target for 2024?")
    page.wait_for_timeout(600)
    page.screenshot(path=ROOT / "docs" / name)
    context.close()


def picture_phone(browser: Browser, server: Server) -> None:
    """A source opened on a phone."""
    context = browser.new_context(
        locale="zh-CN", viewport={"width": 390, "height": 780}, has_touch=True, device_scale_factor=2
    )
    page = open_page(context, server, Watch())
    ask(page, "2019年新建公园多少个?")
    page.locator("#current .answer .cite").tap()
    page.wait_for_timeout(600)
    page.screenshot(path=ROOT / "docs" / "phone.png")
    context.close()


def picture_verify(browser: Browser, server: Server) -> None:
    """A checked text, in the dark."""
    context = browser.new_context(locale="en-GB", viewport={"width": 1360, "height": 800})
    page = open_page(context, server, Watch())
    page.locator(".theme").click()
    page.get_by_role("tab", name="Check a text").click()
    page.locator("#draft textarea").fill(DRAFT)
    page.locator("#check").click()
    page.locator("#checked .cite").nth(1).click()
    page.locator("#reader mark.hit").wait_for()
    page.wait_for_timeout(600)
    page.screenshot(path=ROOT / "docs" / "verify.png")
    context.close()


def main() -> None:
    """Writes docs/*.png."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        index = Path(folder) / "index"
        build_index(Settings(index_dir=str(index)), [ROOT / "seeds"])
        browser = start_browser(playwright)
        with running(Server(index)) as server:
            picture_desk(browser, server, "en-GB", "page.png")
            picture_desk(browser, server, "zh-CN", "page.zh-CN.png")
            picture_phone(browser, server)
            picture_verify(browser, server)
        browser.close()


if __name__ == "__main__":
    main()
