"""Documents that come and go, handed in at the page."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browsing import Site, ask, serving, shown_answer

PLAN_2025 = """光明区2025年国民经济和社会发展计划
  一、2025年国民经济和社会发展计划
  (一)城市建设
  2025年计划新建公园20个,新增学位<b>3000</b>座,<script>document.title='x'</script>建成道路12条。
"""


@pytest.fixture(scope="module")
def site(index_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    own = shutil.copytree(index_dir, tmp_path_factory.mktemp("page") / "index")
    with serving(Site(own), ui_upload_mb=1) as site:
        yield site


def upload(page: Page, name: str, content: bytes) -> None:
    page.locator("#upload input[type=file]").set_input_files(
        [{"name": name, "mimeType": "application/octet-stream", "buffer": content}]
    )
    expect(page.locator("#upload .file-preview, #upload table")).to_be_visible()
    page.locator("#add").click()


def test_a_document_is_added_asked_shown_as_text_and_removed(page: Page, site: Site) -> None:
    page.get_by_role("tab", name="文件").click()
    upload(page, "../../x<img src=q onerror=alert(1)>2025.txt", PLAN_2025.encode())
    expect(page.locator("#outcome .good")).to_contain_text("已添加")
    expect(page.locator("#table tbody tr")).to_have_count(3)
    assert [path.parent for path in (site.index / "uploads").iterdir()] == [site.index / "uploads"]
    page.get_by_role("tab", name="提问").click()
    ask(page, "2025年计划新建公园多少个?")
    assert shown_answer(page).startswith("20个(2025年计划)")
    expect(page.locator("#reader .source-text")).to_contain_text("<script>document.title='x'</script>")
    assert page.title() == "计划问答"
    page.locator("#scope > button").click()
    expect(page.locator("#years")).to_contain_text("2025年")

    page.get_by_role("tab", name="文件").click()
    upload(page, "another.txt", PLAN_2025.encode())
    expect(page.locator("#outcome .bad")).to_contain_text("内容与已收录的")
    page.locator("#removable input").click()
    page.get_by_role("option", name=re.compile("2025年")).click()
    page.locator("#remove").click()
    expect(page.locator("#sure")).to_contain_text("确认移除")
    page.locator("#yes").click()
    expect(page.locator("#outcome .good")).to_contain_text("已移除")
    expect(page.locator("#table tbody tr")).to_have_count(2)
    assert list((site.index / "uploads").iterdir()) == []


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("表.xyz", b"text", "不支持"),
        ("空.txt", b" ", "文件是空的"),
        ("图.txt", bytes(range(256)) * 9, "不是文本文件"),
        ("题目.txt", "光明区2025年国民经济和社会发展计划\n".encode(), "没有正文"),
    ],
)
def test_a_bad_file_is_told_and_nothing_is_lost(page: Page, name: str, content: bytes, told: str) -> None:
    page.get_by_role("tab", name="文件").click()
    upload(page, name, content)
    expect(page.locator("#outcome .bad")).to_contain_text(told)
    expect(page.locator("#table tbody tr")).to_have_count(2)


def test_a_file_that_is_too_large_is_told(page: Page) -> None:
    page.get_by_role("tab", name="文件").click()
    page.locator("#upload input[type=file]").set_input_files(
        [{"name": "大.txt", "mimeType": "text/plain", "buffer": b"x" * 2_000_000}]
    )
    expect(page.locator("body")).to_contain_text("exceed the maximum allowed size")
    page.locator("#add").click()
    expect(page.locator("#outcome .bad")).to_contain_text("请先选择文件")
