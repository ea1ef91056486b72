"""A language model at work, watched in a real browser."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browsing import Site, ask, serving
from tests.endpoint import Endpoint
from tests.ui.conftest import GDP


@pytest.fixture(scope="module")
def site(index_dir: Path, endpoint: Endpoint) -> Iterator[Site]:
    model = {"llm_base_url": endpoint.url("paced"), "llm_model": "small-model", "llm_timeout": 8}
    with serving(Site(index_dir), **model) as site:
        yield site


def test_a_language_model_is_watched_stopped_and_survived(page: Page, endpoint: Endpoint) -> None:
    question = "2019年地区生产总值是多少?"
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


def test_who_scrolls_up_while_an_answer_streams_in_is_left_alone(page: Page, endpoint: Endpoint) -> None:
    endpoint.behaviour = "paced"
    page.locator("#scope > button").click()
    page.locator("#writer").get_by_text("引用原文").click()
    page.locator("#scope > button").click()
    for question in (GDP, "2019年和2023年的社会消费品零售总额各是多少?", "2024年GDP增长目标是多少?"):
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
