"""A question on its way: steps first, then the answer or why there is none."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from rag.schema import Answer
from rag.settings import Settings
from rag.ui.chat import Progress, ask
from rag.ui.live import LivePipeline
from rag.ui.turns import Filters, Turn
from rag.ui.view import view_turn
from rag.wiring import Pipeline
from tests.conftest import PLAN_2020
from tests.ui.conftest import GDP, ZH


@pytest.fixture(scope="module")
def live(index_dir: Path) -> LivePipeline:
    return LivePipeline(Settings(index_dir=str(index_dir)), {})


def same(one: Answer | None, other: Answer) -> bool:
    return one is not None and replace(one, timings_ms={}) == replace(other, timings_ms={})


def test_the_last_item_is_the_answer(live: LivePipeline, pipeline: Pipeline) -> None:
    turn = Turn("那2019年呢?", context=(GDP,), filters=Filters(documents=(PLAN_2020,)))
    *progress, done = ask(live, turn, False, ZH)
    assert all(isinstance(item, Progress) for item in progress)
    assert isinstance(done, Turn)
    assert same(done.answer, pipeline.ask(turn.question, documents=(PLAN_2020,), context=(GDP,)))
    assert (done.question, done.error) == (turn.question, "")


@pytest.mark.parametrize(
    ("turn", "told"),
    [
        (Turn(""), "请先输入问题"),
        (Turn("很" * 2001), "最多2,000个"),
        (Turn("a\ud800"), "不可见"),
        (Turn("那2019年呢?", context=("很" * 2001,)), "最多2,000个"),
    ],
)
def test_a_question_that_fails_says_why(live: LivePipeline, turn: Turn, told: str) -> None:
    *_, done = ask(live, turn, False, ZH)
    assert isinstance(done, Turn)
    assert done.answer is None
    assert told in done.error
    assert told in view_turn(done, {}, ZH, last=True)


def test_a_missing_index_is_told(tmp_path: Path) -> None:
    *_, done = ask(LivePipeline(Settings(index_dir=str(tmp_path / "none")), {}), Turn(GDP), False, ZH)
    assert isinstance(done, Turn)
    assert done.error == "还没有索引。请管理员运行 rag index。"


def test_who_closes_the_page_stops_the_work(index_dir: Path) -> None:
    opened, go_on, asked = threading.Event(), threading.Event(), threading.Event()

    class Slow(LivePipeline):
        """Opens the index when it is told to."""

        def get(self) -> Pipeline:
            opened.set()
            go_on.wait(10)
            pipeline = super().get()

            def text(name: str) -> str:  # read for the answer, behind the first step
                asked.set()
                return pipeline.plans.source(name)

            return replace(pipeline, plans=replace(pipeline.plans, source=text))

    before = set(threading.enumerate())
    news = ask(Slow(Settings(index_dir=str(index_dir)), {}), Turn(GDP), False, ZH)
    assert isinstance(next(news), Progress)
    assert opened.wait(10)
    news.close()  # type: ignore[attr-defined]
    go_on.set()
    for thread in set(threading.enumerate()) - before:
        thread.join(10)
        assert not thread.is_alive()
    assert not asked.is_set()
