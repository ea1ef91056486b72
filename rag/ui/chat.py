"""A question asked in the background, its steps told while they happen.

The pipeline calls back; the page wants to be fed. A thread of its own asks, and what it tells is
gathered until the page can be fed again, so that a quick answer costs one update and not ten.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

from rag.ask import OnStep, Step, check_question
from rag.errors import RagError
from rag.schema import Answer
from rag.ui.errors import tell_error
from rag.ui.live import LivePipeline
from rag.ui.texts import Texts
from rag.ui.turns import Turn, check_context

_log = logging.getLogger(__name__)
_PACE = 0.15  # seconds between two updates of the page
_PATIENCE = 30.0  # seconds that an answer may take beyond the language model's own limit


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a question has come: its steps in words, and the sentences that passed the check."""

    steps: tuple[str, ...]
    sentences: tuple[str, ...] = ()


class _StoppedError(Exception):
    """Nobody waits for the answer any more."""


def ask(live: LivePipeline, turn: Turn, use_model: bool, texts: Texts) -> Iterator[Progress | Turn]:
    """How far it has come, several times a second; last the finished turn.

    Never raises for what the user or the model does: the turn then says what went wrong. Closing the
    iterator stops the work at its next step.
    """
    told: queue.Queue[Step | Answer | BaseException] = queue.Queue()
    stopped = threading.Event()

    def watch(step: Step) -> None:
        if stopped.is_set():
            raise _StoppedError
        told.put(step)

    def work() -> None:
        try:
            told.put(_answer(live, turn, use_model, watch))
        except BaseException as error:
            told.put(error)

    threading.Thread(target=work, daemon=True).start()
    progress = Progress((texts["step_reading"],))
    limit = time.monotonic() + live.settings.llm_timeout + _PATIENCE
    try:
        for news in _gather(told, limit):
            for item in news:
                if isinstance(item, Step):
                    progress = _with_step(progress, item, texts)
                else:
                    yield _finish(turn, item, texts)
                    return
            yield progress
        yield _finish(turn, TimeoutError(), texts)
    finally:
        stopped.set()


def _answer(live: LivePipeline, turn: Turn, use_model: bool, watch: OnStep) -> Answer:
    question = check_question(turn.question)
    writer = live.writer(lambda sentence: watch(Step("sentence", sentence))) if use_model else None
    filters = turn.filters
    context = check_context(turn.context)
    return live.ask(question, filters.years, filters.documents, writer, context, filters.status, watch)


def _gather(
    told: queue.Queue[Step | Answer | BaseException], limit: float
) -> Iterator[list[Step | Answer | BaseException]]:
    """What was told, in portions; an empty one where nothing was, so that whoever waits may stop.

    Ends at the limit.
    """
    while time.monotonic() < limit:
        news: list[Step | Answer | BaseException] = []
        due = time.monotonic() + _PACE
        while (left := due - time.monotonic()) > 0:
            try:
                news.append(told.get(timeout=left))
            except queue.Empty:
                break
            if not isinstance(news[-1], Step):
                break
        yield news


def _with_step(progress: Progress, step: Step, texts: Texts) -> Progress:
    if step.name == "sentence":
        return replace(progress, sentences=(*progress.sentences, step.text))
    return replace(progress, steps=(*progress.steps, tell_step(step, texts)))


def tell_step(step: Step, texts: Texts) -> str:
    """A step in words."""
    if step.name == "read":
        frame = [texts.join(step.years)] if step.years else []
        frame += [texts.name("status_names", step.status)] if step.status else []
        return texts.fill("step_read", frame=" · ".join(frame)) if frame else texts["step_read_any"]
    return texts.fill(f"step_{step.name}", count=step.count, model=step.text)


def _finish(turn: Turn, outcome: Answer | BaseException, texts: Texts) -> Turn:
    if isinstance(outcome, Answer):
        return replace(turn, answer=outcome, error="")
    if isinstance(outcome, TimeoutError):
        return replace(turn, error=texts["too_slow"])
    if isinstance(outcome, RagError):
        return replace(turn, error=tell_error(outcome, texts))
    _log.error("a question failed", exc_info=outcome)
    return replace(turn, error=texts.fill("error", message=type(outcome).__name__))
