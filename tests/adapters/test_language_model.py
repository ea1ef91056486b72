"""The client of the endpoint against a real HTTP server on this machine, well and badly behaved."""

from __future__ import annotations

import pytest

from rag.errors import LanguageModelError
from rag.interfaces import Message
from rag.settings import Settings
from rag.wiring import make_writer
from tests.endpoint import ANSWER, Endpoint

KEY = "sk-secret-of-the-tests"


def ask(endpoint: Endpoint, behaviour: str) -> str:
    settings = Settings(llm_base_url=endpoint.url(behaviour), llm_model="m", llm_timeout=3.0)
    writer = make_writer(settings, ("光明区",), {"RAG_LLM_API_KEY": KEY})
    assert writer is not None
    return "".join(writer.model.stream([Message("user", "GDP?")]))


def test_a_reply_is_streamed_and_the_key_is_sent(endpoint: Endpoint) -> None:
    assert ask(endpoint, "ok") == ANSWER
    assert endpoint.keys[-1] == f"Bearer {KEY}"
    assert endpoint.bodies[-1]["stream"] is True
    assert endpoint.bodies[-1]["model"] == "m"


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        ("401", "unauthorized"),
        ("429", "rate_limited"),
        ("500", "server_error"),
        ("404", "server_error"),
        ("context", "context"),
        ("slow", "timeout"),
        ("malformed", "bad_reply"),
        ("truncated", "bad_reply"),
    ],
)
def test_failures_are_told_apart(endpoint: Endpoint, behaviour: str, reason: str) -> None:
    with pytest.raises(LanguageModelError) as caught:
        ask(endpoint, behaviour)
    assert caught.value.reason == reason
    assert KEY not in str(caught.value)


def test_nobody_listening() -> None:
    settings = Settings(llm_base_url="http://127.0.0.1:9/v1", llm_model="m", llm_timeout=3.0)
    writer = make_writer(settings, (), {})
    assert writer is not None
    with pytest.raises(LanguageModelError) as caught:
        list(writer.model.stream([Message("user", "GDP?")]))
    assert caught.value.reason == "unreachable"
