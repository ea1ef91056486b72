"""The page as its users meet it: a real Chromium, a real server, the seed plans."""

from __future__ import annotations

import re
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from rag.settings import Settings
from rag.wiring import Pipeline, build_index
from tests.browsing import Server, Watch, ask, marked, open_page, running, start_browser
from tests.conftest import PLAN_2020, PLAN_2024, SEEDS
from tests.endpoint import Endpoint

GDP = "2023年光明区GDP增长多少?"
TWO = "2019年和2023年的社会消费品零售总额各是多少?"
PLAN_2025 = """光明区2025年国民经济和社会发展计划
  一、2025年国民经济和社会发展计划
  (一)城市建设
  2025年计划新建公园20个,新增学位<b>3000</b>座,<script>document.title='x'</script>建成道路12条。
"""


@pytest.fixture(scope="module")  # its loop of events is in the way of other tests on the same worker
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = start_browser(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def server(index_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    own = tmp_path_factory.mktemp("page") / "index"
    shutil.copytree(index_dir, own)
    with running(Server(own, environment={"RAG_UI_UPLOAD_MB": "1"})) as server:
        yield server


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


@pytest.fixture(scope="module")
def tab(browser: Browser, server: Server) -> Iterator[tuple[Page, Watch]]:
    """A tab for one test after another: a new one loads the page four times as long."""
    context = browser.new_context(locale="zh-CN")
    watch = Watch()
    yield open_page(context, server, watch), watch
    context.close()


@pytest.fixture
def page(tab: tuple[Page, Watch], server: Server, watch: Watch) -> Page:
    """The page as who comes for the first time finds it."""
    page, steady = tab
    page.evaluate("localStorage.clear(); sessionStorage.clear()")
    page.goto("about:blank")
    steady.errors, steady.strangers = watch.errors, watch.strangers
    page.context.clear_permissions()
    page.set_viewport_size({"width": 1360, "height": 900})
    page.goto(server.url)
    page.locator(".intro").wait_for()
    return page


def shown_answer(page: Page) -> str:
    return "\n".join(page.locator("#current .turn .answer p").all_inner_texts())


def test_an_answer_stands_beside_its_source_with_the_very_words_marked(
    page: Page, pipeline: Pipeline
) -> None:
    answer = pipeline.ask(GDP)
    ask(page, GDP)
    assert shown_answer(page) == answer.answer
    expect(page.locator("#current .lead")).to_have_text(answer.claims[0].text)
    expect(page.locator("#current .card .badge")).to_have_text("2023年实际")
    (citation,) = answer.citations
    expect(page.locator("#current .card .path")).to_have_text(" › ".join(citation.section))
    expect(page.locator("#reader mark.hit").first).to_be_in_viewport()
    assert marked(page) == citation.quote


def test_every_key_opens_its_own_passage(page: Page, pipeline: Pipeline) -> None:
    answer = pipeline.ask(TWO)
    assert len(answer.citations) == 2
    ask(page, TWO)
    for citation in reversed(answer.citations):
        page.locator("#current .answer .cite", has_text=f"[{citation.key}]").click()
        expect(page.locator("#reader mark.hit").first).to_have_text(citation.quote)
        expect(page.locator("#reader h2")).to_have_text(citation.title)
        expect(page.locator("#reader mark.hit").first).to_be_in_viewport()


def test_the_whole_document_can_be_read_by_its_outline(page: Page, pipeline: Pipeline) -> None:
    ask(page, GDP)
    page.locator("#reader").get_by_role("button", name="看全文").click()
    page.locator("#reader .outline summary").click()
    text = "".join(page.locator("#reader .source-text p").all_text_contents())
    assert text == "".join(line for line in pipeline.document(PLAN_2024).text.splitlines() if line.strip())
    heading = page.locator("#reader .outline a").last
    heading.click()
    assert page.evaluate("scrollY") == 0  # the document moves, and not the page
    expect(page.locator("#reader .source-text p", has_text=heading.inner_text()).last).to_be_in_viewport()


def test_figures_are_listed_with_their_verdicts_and_formulas(page: Page, pipeline: Pipeline) -> None:
    question = "2023年一般公共预算收入比2019年多多少?"
    answer = pipeline.ask(question)
    ask(page, question)
    page.locator("#current .figures summary").click()
    rows = page.locator("#current .figures tbody tr")
    assert rows.count() == len(answer.claims)
    calculated = next(claim for claim in answer.claims if claim.expression)
    row = rows.filter(has_text=calculated.expression or "")
    expect(row).to_contain_text("计算得出")
    assert row.locator(".cite").count() == len(calculated.citations)


def test_a_follow_up_says_how_it_was_understood(page: Page, pipeline: Pipeline) -> None:
    ask(page, GDP)
    ask(page, "那2019年呢?")
    told = pipeline.ask("那2019年呢?", context=[GDP])
    expect(page.locator("#current .understood")).to_contain_text(told.understood or "")
    assert shown_answer(page) == told.answer
    expect(page.locator("#past .turn")).to_have_count(1)


def test_an_abstention_looks_different_and_says_what_is_covered(page: Page) -> None:
    ask(page, "2021年光明区失业率是多少?")
    turn = page.locator("#current .turn")
    expect(turn).to_have_class("turn abstained")
    expect(turn.locator(".flag")).to_have_text("计划没有回答")
    expect(turn).to_contain_text("2019年、2020年、2023年、2024年")
    assert turn.locator(".lead, .figure").count() == 0


def test_the_scope_is_visible_in_the_answer_that_it_shaped(page: Page) -> None:
    page.locator("#scope > button").click()
    page.locator("#years").get_by_text("2020年", exact=True).click()
    page.locator("#status").get_by_text("计划", exact=True).click()
    page.locator("#documents").get_by_text("光明区2020年", exact=False).click()
    ask(page, "地区生产总值增长多少?")
    expect(page.locator("#current .scope-note")).to_contain_text("2020年 · 计划 · 光明区2020年")
    assert shown_answer(page).startswith("7.2%左右(2020年计划)")
    ask(page, "2019年地区生产总值增长多少?")
    expect(page.locator("#current .turn")).to_contain_text("范围限定为2020年")


def test_examples_are_questions_of_every_kind_about_what_is_covered(page: Page) -> None:
    examples = page.locator(".intro [data-example]")
    assert examples.count() >= 5
    question = examples.last.get_attribute("data-example") or ""
    assert "2022年" in question
    examples.last.click()
    expect(page.locator("#current .turn")).to_have_class("turn abstained")
    expect(page.locator("#past .intro")).to_have_count(0)


def test_an_answer_can_be_copied_saved_and_reopened(
    page: Page, context: BrowserContext, server: Server, watch: Watch, pipeline: Pipeline, tmp_path: Path
) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, GDP)
    ask(page, "那2019年呢?")
    page.locator("#current").get_by_role("button", name="复制").click()
    expect(page.locator("#current").get_by_role("button", name="已复制")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    answer = pipeline.ask("那2019年呢?", context=[GDP])
    (citation,) = answer.citations
    for expected in (answer.answer, citation.title, citation.quote, " › ".join(citation.section)):
        assert expected in copied
    with page.expect_download() as waiting:
        page.locator("#current").get_by_role("button", name="保存").click()
    saved = tmp_path / "saved.md"
    waiting.value.save_as(saved)
    assert saved.read_text(encoding="utf-8") == copied
    link = re.search(r"http://\S+", copied)
    assert link
    linked = link[0].removeprefix(f"{server.url}/")
    other = open_page(context, server, watch, linked, "#current .answered")
    assert shown_answer(other) == answer.answer
    other.reload()  # does not ask it again
    expect(other.locator(".turn")).to_have_count(1)


def test_asking_again_replaces_the_last_answer(page: Page) -> None:
    ask(page, GDP)
    page.locator("#current [data-again]").click()
    expect(page.locator("#send")).to_be_visible()
    expect(page.locator(".turn.answered")).to_have_count(1)


def test_a_text_is_checked_figure_by_figure(page: Page, pipeline: Pipeline) -> None:
    text = "2023年光明区GDP增长9.0%,规上工业增加值增长9.5%。\n2023年建成公园16个,新增就业99万人。"
    page.get_by_role("tab", name="核对文本").click()
    page.locator("#draft textarea").fill(text)
    page.locator("#check").click()
    marks = page.locator("#checked .checked-text .finding")
    verification = pipeline.verify(text)
    expect(marks).to_have_count(len(verification.figures))
    for mark, figure in zip(marks.all(), verification.figures, strict=True):
        assert figure.finding in (mark.get_attribute("class") or "")
        assert mark.inner_text().startswith(text[figure.start : figure.end])
    page.locator("#checked .checked-text .cite").nth(1).click()
    expect(page.locator("#reader mark.hit").first).to_have_text(verification.citations[1].quote)


def test_an_uploaded_text_is_checked_and_a_picture_is_refused(page: Page, tmp_path: Path) -> None:
    draft = tmp_path / "报告.txt"
    draft.write_bytes("2023年光明区地区生产总值增长9.0%。".encode("gb18030"))
    page.get_by_role("tab", name="核对文本").click()
    page.locator("#draft-file input[type=file]").set_input_files(draft)
    expect(page.locator("#draft-file")).to_contain_text("报告")
    page.locator("#check").click()
    expect(page.locator("#checked .finding.supported").first).to_be_visible()
    page.locator("#draft-file").get_by_label(re.compile("clear|清除|remove", re.I)).first.click()
    picture = {
        "name": "图.png",
        "mimeType": "image/png",
        "buffer": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4,
    }
    page.locator("#draft-file input[type=file]").set_input_files([picture])  # type: ignore[list-item]
    expect(page.locator("#draft-file")).to_contain_text("图")
    page.locator("#check").click()
    expect(page.locator("#checked .bad")).to_contain_text("不是文本文件")


def upload(page: Page, name: str, content: bytes) -> None:
    page.locator("#upload input[type=file]").set_input_files(
        [{"name": name, "mimeType": "application/octet-stream", "buffer": content}]
    )
    expect(page.locator("#upload .file-preview, #upload table")).to_be_visible()
    page.locator("#add").click()


def test_a_document_is_added_asked_shown_as_text_and_removed(page: Page, server: Server) -> None:
    page.get_by_role("tab", name="文件").click()
    upload(page, "../../x<img src=q onerror=alert(1)>2025.txt", PLAN_2025.encode())
    expect(page.locator("#outcome .good")).to_contain_text("已添加")
    expect(page.locator("#table tbody tr")).to_have_count(3)
    assert [path.parent for path in (server.index / "uploads").iterdir()] == [server.index / "uploads"]
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
    assert list((server.index / "uploads").iterdir()) == []


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


def test_markup_in_a_question_is_text(page: Page) -> None:
    question = "<img src=x onerror=alert(1)>{{7*7}}${7*7} <script>alert(2)</script> **2019年** GDP?"
    ask(page, question)
    assert page.locator("#current .question").inner_text() == question
    page.reload()
    expect(page.locator(".turn .question")).to_have_text(question)
    assert page.locator(".turn img, .turn script").count() == 0


def test_bad_questions_are_told_and_stay_in_the_box(page: Page) -> None:
    page.locator("#send").click()
    expect(page.locator("#current .failed")).to_contain_text("请先输入问题")
    long = "很" * 2001
    box = page.locator("#question-box textarea")
    box.fill(long)
    box.press("Enter")
    expect(page.locator("#current .failed")).to_contain_text("最多2,000个")
    expect(box).to_have_value(long)


def test_the_page_speaks_english(browser: Browser, server: Server, watch: Watch, pipeline: Pipeline) -> None:
    context = browser.new_context(locale="en-GB")
    page = open_page(context, server, watch)
    expect(page.get_by_role("tab", name="Check a text")).to_be_visible()
    question = "What was GDP growth in 2023?"
    ask(page, question)
    assert shown_answer(page) == pipeline.ask(question).answer
    page.locator("#language").get_by_text("中文").click()
    expect(page.get_by_role("tab", name="核对文本")).to_be_visible()
    expect(page.locator(".turn .badge").first).to_have_text("2023年实际")
    page.reload()
    expect(page.get_by_role("tab", name="核对文本")).to_be_visible()
    context.close()


def test_a_phone_shows_everything_without_sideways_scrolling(
    browser: Browser, server: Server, watch: Watch, pipeline: Pipeline
) -> None:
    context = browser.new_context(locale="zh-CN", viewport={"width": 360, "height": 740}, has_touch=True)
    page = open_page(context, server, watch)
    ask(page, GDP)
    reader = page.locator("#reader")
    expect(reader).not_to_be_in_viewport()
    page.locator("#current .answer .cite").tap()
    expect(reader.locator("mark.hit")).to_be_in_viewport()
    assert marked(page) == pipeline.ask(GDP).citations[0].quote
    reader.get_by_role("button", name="关闭").tap()
    expect(reader).not_to_be_in_viewport()
    for name in ("提问", "核对文本", "文件"):
        page.get_by_role("tab", name=name).click()
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()


QUESTIONS = (GDP, TWO, "2024年GDP增长目标是多少?", "2021年光明区失业率是多少?", "2019年新建公园多少个?")


def between(page: Page, selector: str) -> tuple[float, float]:
    """Where an element begins and ends, seen from the top of the window."""
    box = page.locator(selector).bounding_box()
    assert box
    return box["y"], box["y"] + box["height"]


@pytest.mark.parametrize("size", [(1360, 900), (1024, 700), (360, 740)])
def test_box_source_and_newest_answer_stay_in_view(page: Page, size: tuple[int, int]) -> None:
    width, height = size
    page.set_viewport_size({"width": width, "height": height})
    for question in QUESTIONS:
        ask(page, question)
        page.wait_for_timeout(200)  # what scrolls has scrolled
        top, end = between(page, "#current .turn")
        bar, foot = between(page, "#ask-bar")
        assert foot <= height
        assert 0 <= top <= bar - 60
        assert (
            end <= bar or top < 20
        )  # the whole answer, or one that is longer than the window from its start
        if width > 900:
            source, source_end = between(page, "#reader")
            assert source >= 0
            assert source_end <= height + 50  # the page's head is above it at first
    for where in (0, 300, 10_000):
        page.evaluate(f"window.scrollTo(0, {where})")
        page.wait_for_timeout(100)
        expect(page.locator("#question-box textarea")).to_be_in_viewport(ratio=0.9)
        expect(page.locator("#send")).to_be_in_viewport(ratio=0.9)
        if width > 900:
            expect(page.locator("#reader h2, #reader .note")).to_be_in_viewport()
    page.locator("#scope > button").click()
    for target in ("#years", "#question-box textarea"):  # all of the scope can be reached, and the box too
        page.locator(target).scroll_into_view_if_needed()
        expect(page.locator(target)).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def reach(page: Page, target: str) -> None:
    """Goes back from control to control until the target has the focus."""
    for _ in range(60):
        page.keyboard.press("Shift+Tab")
        if page.evaluate(f"document.activeElement.matches('{target}')"):
            return
    raise AssertionError(f"{target} cannot be reached by keyboard")


def test_the_keyboard_is_enough(page: Page) -> None:
    reach(page, ".skip")
    page.keyboard.press("Enter")
    expect(page.locator("#question-box textarea")).to_be_focused()
    page.keyboard.type(GDP)
    page.keyboard.press("Enter")
    expect(page.locator("#current .turn.answered")).to_be_visible()
    reach(page, "#current .answer .cite")
    page.keyboard.press("Enter")
    expect(page.locator("#reader.open mark.hit")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#current .answer .cite")).to_be_focused()


def test_two_people_do_not_see_each_other(browser: Browser, server: Server, watch: Watch) -> None:
    contexts = [browser.new_context(locale="zh-CN") for _ in range(2)]
    one, two = (open_page(context, server, watch) for context in contexts)
    ask(one, GDP)
    ask(two, "2024年GDP增长目标是多少?")
    ask(one, "那2019年呢?")
    ask(two, "那2020年呢?")
    assert one.locator(".turn .question").all_inner_texts() == [GDP, "那2019年呢?"]
    assert two.locator(".turn .question").all_inner_texts() == ["2024年GDP增长目标是多少?", "那2020年呢?"]
    assert "7.2%左右" in shown_answer(two)
    assert "7.2%左右" not in shown_answer(one)
    for context in contexts:
        context.close()


def test_a_reload_keeps_the_conversation_and_a_new_one_clears_it(page: Page) -> None:
    ask(page, GDP)
    ask(page, "那2019年呢?")
    before = page.locator(".turn .answer").all_inner_texts()
    page.reload()
    expect(page.locator(".turn")).to_have_count(2)
    assert page.locator(".turn .answer").all_inner_texts() == before
    ask(page, "那2024年的目标呢?")
    assert "8.5%以上" in shown_answer(page)
    page.locator("#clear").click()
    expect(page.locator(".intro")).to_be_visible()
    page.reload()
    expect(page.locator(".intro")).to_be_visible()
    expect(page.locator(".turn")).to_have_count(0)


def test_light_and_dark(page: Page) -> None:
    brightness = (
        "getComputedStyle(document.querySelector('gradio-app')).backgroundColor.match(/\\d+/g).slice(0, 3)"
        ".reduce((sum, part) => sum + Number(part), 0)"
    )
    light = page.evaluate(brightness)
    page.locator(".theme").click()
    page.wait_for_function(f"{brightness} < {light / 2}")
    page.reload()
    page.locator(".intro").wait_for()
    page.wait_for_function(f"{brightness} < {light / 2}")


def test_a_rebuild_does_not_stop_the_answers(page: Page, server: Server) -> None:
    settings = Settings(index_dir=str(server.index))
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


def test_what_is_typed_while_an_answer_comes_is_kept(page: Page) -> None:
    box = page.locator("#question-box textarea")
    box.fill(GDP)
    box.press("Enter")
    box.press_sequentially("2019年新建公园多少个?")
    expect(page.locator("#current .lead")).to_have_text("9.0%")
    expect(box).to_have_value("2019年新建公园多少个?")
    box.press("Enter")
    box.press("Enter")
    expect(page.locator("#current .lead")).to_have_text("63个")
    expect(page.locator(".turn")).to_have_count(2)


def test_a_restart_under_an_open_page_loses_nothing(server: Server, context: BrowserContext) -> None:
    page = open_page(context, server, Watch())
    ask(page, GDP)
    server.stop()
    server.start()
    expect(page.locator(".turn")).to_have_count(1)
    time.sleep(1)
    ask(page, "那2019年呢?")
    expect(page.locator("#current .lead")).to_have_text("8.0%")
    expect(page.locator(".turn")).to_have_count(2)


@pytest.fixture(scope="module")
def model_server(index_dir: Path, endpoint: Endpoint) -> Iterator[Server]:
    configured = {
        "RAG_LLM_BASE_URL": endpoint.url("paced"),
        "RAG_LLM_MODEL": "small-model",
        "RAG_LLM_TIMEOUT": "8",
    }
    with running(Server(index_dir, environment=configured)) as server:
        yield server


def test_a_language_model_is_watched_stopped_and_survived(
    model_server: Server, endpoint: Endpoint, context: BrowserContext, watch: Watch
) -> None:
    question = "2019年地区生产总值是多少?"
    page = open_page(context, model_server, watch)
    box = page.locator("#question-box textarea")
    box.fill(question)
    box.press("Enter")
    expect(page.locator("#current .steps")).to_contain_text("small-model 作答中")
    expect(page.locator("#current .steps")).to_contain_text("读懂问题:2019年")
    page.locator("#stop").click()
    expect(page.locator("#current")).to_contain_text("已停止")
    expect(box).to_have_value(question)
    time.sleep(1)  # nobody asks again within the tenth of a second that the page takes to settle
    box.press("Enter")
    expect(page.locator("#current .steps")).to_contain_text("small-model 作答中")
    box.fill(GDP)
    box.press("Enter")  # too early: the next question waits in its box
    expect(page.locator("#current .turn-foot")).to_contain_text("small-model")
    expect(page.locator("#current .answer")).to_contain_text("1020.9亿元")
    expect(box).to_have_value(GDP)
    endpoint.behaviour = "truncated"
    ask(page, question)
    expect(page.locator("#current .turn-foot")).to_contain_text("引用原文")
    expect(page.locator("#current .answer")).to_contain_text("语言模型的回答中断")
    page.locator("#scope > button").click()
    page.locator("#writer").get_by_text("引用原文").click()
    asked = len(endpoint.bodies)
    ask(page, question)
    assert len(endpoint.bodies) == asked


def test_who_scrolls_up_while_an_answer_streams_in_is_left_alone(
    model_server: Server, endpoint: Endpoint, context: BrowserContext, watch: Watch
) -> None:
    endpoint.behaviour = "paced"
    page = open_page(context, model_server, watch)
    page.locator("#scope > button").click()
    page.locator("#writer").get_by_text("引用原文").click()
    page.locator("#scope > button").click()
    for question in QUESTIONS[:3]:
        ask(page, question)
    page.locator("#scope > button").click()
    page.locator("#writer").get_by_text("small-model").click()
    page.locator("#scope > button").click()
    box = page.locator("#question-box textarea")
    box.fill("2019年地区生产总值是多少?")
    box.press("Enter")
    expect(page.locator("#current .pending .steps")).to_be_in_viewport()
    expect(page.locator("#current .steps")).to_contain_text("small-model 作答中")
    page.mouse.move(400, 300)
    page.mouse.wheel(0, -5000)
    page.wait_for_function("scrollY === 0")
    expect(page.locator("#current .turn.answered .answer")).to_contain_text("1020.9亿元")
    page.wait_for_timeout(300)
    assert page.evaluate("scrollY") == 0
    ask(page, GDP)
    expect(page.locator("#current .turn .lead, #current .turn .answer").first).to_be_in_viewport()
    assert page.evaluate("scrollY") > 0


def test_documents_of_other_ids_are_told(
    context: BrowserContext, server: Server, watch: Watch, pipeline: Pipeline
) -> None:
    quote = "2019年光明区实现地区生产总值1020.9亿元,增长8.0%"
    start = pipeline.document(PLAN_2020).text.index(quote)
    cited = f"?cite={PLAN_2020}:{start}-{start + len(quote)}"
    page = open_page(context, server, watch, cited, "#reader mark.hit")
    assert marked(page) == quote
    other = open_page(context, server, watch, "?cite=nowhere:1-2")
    expect(other.locator("#reader")).to_contain_text("nowhere")
