"""A model's reply as sentences, within a time limit and a size limit."""

from __future__ import annotations

import queue
import re
import threading
import time
from collections.abc import Iterator, Sequence

from rag.errors import LanguageModelError
from rag.interfaces import LanguageModel, Message

MAX_REPLY = 4000  # characters; a reply that goes on is no answer
# a sentence carries the keys behind it: "…增长9.0%。[1]"
_SENTENCE = re.compile(r"\s*(?:[^\n\[]|\[(?!\d+\]))*?(?:(?:\s*\[\d+\])+[。.!?]?|\n|$)")
_KEYED = re.compile(r"(?:\s*\[\d+\])+[。.!?]?")


def stream_within(model: LanguageModel, messages: Sequence[Message], deadline: float) -> Iterator[str]:
    """The pieces of a reply; raises LanguageModelError once `deadline` (time.monotonic) has passed.

    The model runs in a thread of its own, so that a server that hangs does not hold the caller.
    """
    pieces: queue.Queue[str | BaseException | None] = queue.Queue()
    stopped = threading.Event()

    def work() -> None:
        try:
            for piece in model.stream(messages):
                if stopped.is_set():
                    return
                pieces.put(piece)
            pieces.put(None)
        except BaseException as error:
            pieces.put(error)

    threading.Thread(target=work, daemon=True).start()
    try:
        while True:
            try:
                piece = pieces.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                raise LanguageModelError("timeout", "The model did not answer in time.") from None
            if piece is None:
                return
            if isinstance(piece, BaseException):
                raise _as_model_error(piece) from piece
            yield piece
    finally:
        stopped.set()


def _as_model_error(error: BaseException) -> LanguageModelError:
    if isinstance(error, LanguageModelError):
        return error
    return LanguageModelError("bad_reply", f"The model's reply broke off ({type(error).__name__}).")


def split_reply(pieces: Iterator[str]) -> Iterator[str]:
    """The sentences of a reply as soon as each is complete, with their keys.

    >>> list(split_reply(iter(["GDP增长9.", "0%。[1", "] 投资", "1100亿元以上。[2]"])))
    ['GDP增长9.0%。[1]', '投资1100亿元以上。[2]']
    """
    buffer, received = "", 0
    for piece in pieces:
        received += len(piece)
        if received > MAX_REPLY:
            raise LanguageModelError(
                "too_long", f"The model's reply is longer than {MAX_REPLY:,} characters."
            )
        buffer += piece
        while (end := _complete(buffer)) is not None:
            if sentence := buffer[:end].strip():
                yield sentence
            buffer = buffer[end:]
    if buffer.strip():
        yield buffer.strip()


def _complete(buffer: str) -> int | None:
    """Where the first sentence ends, once something stands behind it."""
    match = _SENTENCE.match(buffer)
    if match is None or match.end() == 0 or match.end() >= len(buffer):
        return None
    keyed = _KEYED.search(match.group())
    rest = buffer[match.end() :]
    if keyed and re.match(r"\s*(?:\[\d*)?$", rest):
        return None  # more keys may follow
    return match.end()
