"""An answer, what it stands on, and a text that is checked: in a real browser."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from rag.wiring import Pipeline
from tests.browsing import Site, Watch, ask, marked, open_page, shown_answer
from tests.conftest import PLAN_2020, PLAN_2024
from tests.ui.conftest import GDP

TWO = "2019年和2023年的社会消费品零售总额各是多少?"


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
    lines = pipeline.document(PLAN_2024).text.splitlines()
    assert text == "".join(line.rstrip() for line in lines if line.strip())
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
    page: Page, other: Page, site: Site, watch: Watch, pipeline: Pipeline, tmp_path: Path
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
    linked = link[0].removeprefix(f"{site.url}/")
    reopened = open_page(other.context, site, watch, linked, "#current .answered")
    assert shown_answer(reopened) == answer.answer
    reopened.reload()  # does not ask it again
    expect(reopened.locator(".turn")).to_have_count(1)
    reopened.close()


def test_asking_again_replaces_the_last_answer(page: Page) -> None:
    ask(page, GDP)
    page.locator("#current [data-again]").click()
    expect(page.locator("#send")).to_be_visible()
    expect(page.locator(".turn.answered")).to_have_count(1)


def test_documents_of_other_ids_are_told(page: Page, site: Site, watch: Watch, pipeline: Pipeline) -> None:
    quote = "2019年光明区实现地区生产总值1020.9亿元,增长8.0%"
    start = pipeline.document(PLAN_2020).text.index(quote)
    cited = f"?cite={PLAN_2020}:{start}-{start + len(quote)}"
    known = open_page(page.context, site, watch, cited, "#reader mark.hit")
    assert marked(known) == quote
    unknown = open_page(page.context, site, watch, "?cite=nowhere:1-2")
    expect(unknown.locator("#reader")).to_contain_text("nowhere")
    known.close()
    unknown.close()


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
