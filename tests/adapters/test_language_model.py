"""The client of the endpoint against a real HTTP server on this machine, well and badly behaved."""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.endpoint import ANSWER, Endpoint

from rag.ask.prompt import load_prompt, prompt_folder
from rag.errors import InputError, LanguageModelError
from rag.interfaces import Message
from rag.settings import Settings, load_settings, read_api_key
from rag.wiring import make_writer

KEY = "sk-secret-of-the-tests"


@pytest.fixture(scope="module")
def endpoint() -> Iterator[Endpoint]:
    server = Endpoint()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


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


@pytest.mark.parametrize(
    ("behaviour", "note"),
    [("500", "服务出错"), ("401", "拒绝了密钥"), ("stalling", "限定时间"), ("truncated", "中断")],
)
def test_the_command_quotes_instead_within_the_time_set(
    rag: Callable[..., subprocess.CompletedProcess[str]], endpoint: Endpoint, behaviour: str, note: str
) -> None:
    done = rag(
        "ask", "2019年地区生产总值是多少?", "--json", RAG_LLM_BASE_URL=endpoint.url(behaviour), RAG_LLM_MODEL="m",
        RAG_LLM_TIMEOUT="2" if behaviour == "stalling" else "20", RAG_LLM_API_KEY=KEY,
    )  # fmt: skip
    assert done.returncode == 0
    answer = json.loads(done.stdout)
    assert answer["answer"].startswith("1020.9亿元")
    assert answer["writer"] == "quotes"
    assert note in answer["answer"]
    assert answer["timings_ms"]["total"] < 15_000  # the endpoint stalls for 20 s
    assert "Traceback" not in done.stderr
    assert KEY not in done.stdout + done.stderr


def test_the_command_tells_in_the_models_words(
    rag: Callable[..., subprocess.CompletedProcess[str]], endpoint: Endpoint
) -> None:
    configured = {"RAG_LLM_BASE_URL": endpoint.url("ok"), "RAG_LLM_MODEL": "m"}
    done = rag("ask", "2019年地区生产总值是多少?", "--json", **configured)
    answer = json.loads(done.stdout)
    assert (answer["answer"], answer["writer"]) == (ANSWER, "m")
    assert answer["prompt"] == load_prompt("answer_zh").reference
    quoted = json.loads(rag("ask", "2019年地区生产总值是多少?", "--json", "--no-llm", **configured).stdout)
    assert quoted["writer"] == "quotes"
    assert "prompt" not in quoted


def test_half_a_configuration_is_an_error(rag: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    half = rag("ask", "2019年地区生产总值是多少?", RAG_LLM_MODEL="m")
    assert half.returncode == 2
    assert "RAG_LLM_BASE_URL" in half.stderr
    assert rag("ask", "2019年地区生产总值是多少?", "--llm").returncode == 3
    with pytest.raises(InputError, match="no URL"):
        make_writer(Settings(llm_base_url="localhost:8080", llm_model="m"), (), {})


def test_the_key_comes_from_the_environment_or_a_file(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text(f"{KEY}\n", encoding="utf-8")
    settings = Settings(llm_api_key_file=str(file))
    assert read_api_key(settings, {}) == KEY
    assert read_api_key(settings, {"RAG_LLM_API_KEY": "other"}) == "other"
    with pytest.raises(InputError, match="cannot be read"):
        read_api_key(Settings(llm_api_key_file=str(tmp_path / "none")), {})
    with pytest.raises(InputError, match="does not belong"):
        load_settings({"llm_api_key": KEY}, {})


def test_every_prompt_declares_what_it_uses(tmp_path: Path) -> None:
    for name in ("answer_zh", "answer_en"):
        prompt = load_prompt(name)
        assert len(prompt.hash) == 12
        turns = prompt.messages(question="{{keys}}?", evidence="E", keys="[1]")
        assert "{{keys}}?" in turns[-1].content  # a value is never taken for a placeholder
    broken = tmp_path / "answer_zh.toml"
    text = (prompt_folder() / "answer_zh.toml").read_text(encoding="utf-8")
    broken.write_text(text.replace("{{evidence}}", "{{evidences}}"), encoding="utf-8")
    with pytest.raises(Exception, match="evidences"):
        load_prompt("answer_zh", tmp_path)
