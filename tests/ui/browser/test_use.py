"""The page in use: what is typed, by whom, by keyboard and touch, in windows of every size."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from rag.wiring import Pipeline
from tests.browsing import Site, Watch, ask, marked, open_page, shown_answer
from tests.ui.conftest import GDP

QUESTIONS = (
    GDP,
    "2019年和2023年的社会消费品零售总额各是多少?",
    "2024年GDP增长目标是多少?",
    "2021年光明区失业率是多少?",
    "2019年新建公园多少个?",
)


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


def test_two_people_do_not_see_each_other(page: Page, other: Page) -> None:
    one, two = page, other
    ask(one, GDP)
    ask(two, "2024年GDP增长目标是多少?")
    ask(one, "那2019年呢?")
    ask(two, "那2020年呢?")
    assert one.locator(".turn .question").all_inner_texts() == [GDP, "那2019年呢?"]
    assert two.locator(".turn .question").all_inner_texts() == ["2024年GDP增长目标是多少?", "那2020年呢?"]
    assert "7.2%左右" in shown_answer(two)
    assert "7.2%左右" not in shown_answer(one)


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


def test_the_page_speaks_english(browser: Browser, site: Site, watch: Watch, pipeline: Pipeline) -> None:
    context = browser.new_context(locale="en-GB")
    page = open_page(context, site, watch)
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
    browser: Browser, site: Site, watch: Watch, pipeline: Pipeline
) -> None:
    context = browser.new_context(locale="zh-CN", viewport={"width": 360, "height": 740}, has_touch=True)
    page = open_page(context, site, watch)
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
