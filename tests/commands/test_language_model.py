"""The command with a language model behind a real HTTP server, well and badly behaved."""

from __future__ import annotations

import json

import pytest

from rag.ask.prompt import load_prompt
from rag.errors import InputError
from rag.settings import Settings
from rag.wiring import make_writer
from tests.conftest import Run
from tests.endpoint import ANSWER, Endpoint

KEY = "sk-secret-of-the-tests"


@pytest.mark.parametrize(
    ("behaviour", "note"),
    [("500", "服务出错"), ("401", "拒绝了密钥"), ("stalling", "限定时间"), ("truncated", "中断")],
)
def test_the_command_quotes_instead_within_the_time_set(
    rag: Run, endpoint: Endpoint, behaviour: str, note: str
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


def test_the_command_tells_in_the_models_words(rag: Run, endpoint: Endpoint) -> None:
    configured = {"RAG_LLM_BASE_URL": endpoint.url("ok"), "RAG_LLM_MODEL": "m"}
    done = rag("ask", "2019年地区生产总值是多少?", "--json", **configured)
    answer = json.loads(done.stdout)
    assert (answer["answer"], answer["writer"]) == (ANSWER, "m")
    assert answer["prompt"] == load_prompt("answer_zh").reference
    quoted = json.loads(rag("ask", "2019年地区生产总值是多少?", "--json", "--no-llm", **configured).stdout)
    assert quoted["writer"] == "quotes"
    assert "prompt" not in quoted


def test_half_a_configuration_is_an_error(rag: Run) -> None:
    half = rag("ask", "2019年地区生产总值是多少?", RAG_LLM_MODEL="m")
    assert half.returncode == 2
    assert "RAG_LLM_BASE_URL" in half.stderr
    assert rag("ask", "2019年地区生产总值是多少?", "--llm").returncode == 3
    with pytest.raises(InputError, match="no URL"):
        make_writer(Settings(llm_base_url="localhost:8080", llm_model="m"), (), {})
