"""The page's HTTP API and its tools for language models, on a real server that asks for names."""

from __future__ import annotations

import base64
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError

from rag.jsonform import answer_to_json, results_to_json, verification_to_json
from rag.ui.access import add_user
from rag.wiring import Pipeline
from tests.browsing import Site, serving
from tests.conftest import PLAN_2020, ROOT, Run

GDP = "2023年光明区GDP增长多少?"
TOOLS = ["ask", "search", "show", "sources", "verify"]
MCP = "/gradio_api/mcp/"


def named(name: str, password: str = "password") -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()}


@pytest.fixture(scope="module")
def server(index_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server for alice, who may add and remove documents, and bob, who may not."""
    folder = tmp_path_factory.mktemp("api")
    shutil.copytree(index_dir, folder / "index")
    for name in ("alice", "bob"):
        add_user(folder / "users", name, "password")
    with serving(Site(folder / "index"), ui_users_file=str(folder / "users"), ui_editors="alice") as server:
        yield server


@pytest.fixture(scope="module")
def http(server: Site) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.url, timeout=30) as client:
        yield client


@pytest.fixture(scope="module")
def client(server: Site) -> Iterator[Client]:
    # its files are not wanted: it takes every object with a "path" for one
    with closing(Client(server.url, headers=named("bob"), verbose=False, download_files=False)) as client:
        yield client


def plain(data: object) -> Any:
    """What is left of values in JSON, without the times that they took."""
    data = json.loads(json.dumps(data))
    if isinstance(data, dict):
        data.pop("timings_ms", None)
    return data


# names and headers


@pytest.mark.parametrize(
    "path",
    ["/", "/config", "/gradio_api/info", "/gradio_api/mcp/", "/gradio_api/mcp/schema", "/openapi.json"],
)
@pytest.mark.parametrize("headers", [{}, named("bob", "wrong"), named("eve"), {"Authorization": "Basic ü"}])
def test_nothing_is_shown_without_a_name(http: httpx.Client, path: str, headers: dict[str, str]) -> None:
    raw = [(key.encode(), value.encode("latin-1")) for key, value in headers.items()]
    reply = http.get(path, headers=raw)
    assert reply.status_code == 401
    assert reply.headers["www-authenticate"].startswith("Basic ")
    assert "计划" not in reply.text


@pytest.mark.parametrize("path", ["/gradio_api/call/ask", "/gradio_api/run/ask", "/gradio_api/upload", MCP])
def test_nothing_is_done_without_a_name(http: httpx.Client, path: str) -> None:
    assert http.post(path, json={"data": [GDP]}).status_code == 401


def test_health_needs_no_name(http: httpx.Client) -> None:
    reply = http.get("/health")
    assert reply.status_code == 200
    assert reply.json()["status"] == "ok"
    assert reply.json()["documents"] == 2


@pytest.mark.parametrize(
    ("path", "status"), [("/", 200), ("/config", 200), ("/health", 200), ("/nothing", 404)]
)
def test_replies_forbid_what_the_page_does_not_need(http: httpx.Client, path: str, status: int) -> None:
    for headers, expected in ((named("bob"), status), ({}, 200 if path == "/health" else 401)):
        reply = http.get(path, headers=headers)
        assert reply.status_code == expected
        policy = dict(part.split(" ", 1) for part in reply.headers["content-security-policy"].split("; "))
        assert policy["default-src"] == policy["connect-src"] == policy["frame-ancestors"] == "'self'"
        assert policy["object-src"] == "'none'"
        assert reply.headers["x-content-type-options"] == "nosniff"


# the API


def test_the_endpoints_are_those_that_are_meant(client: Client, http: httpx.Client) -> None:
    info = http.get("/gradio_api/info", headers=named("bob")).json()
    assert sorted(info["named_endpoints"]) == [f"/{name}" for name in TOOLS]
    assert info["unnamed_endpoints"] == {}


def test_ask_gives_the_answer_as_json(client: Client, pipeline: Pipeline) -> None:
    assert plain(client.predict(GDP, api_name="/ask")) == plain(answer_to_json(pipeline.ask(GDP)))
    told = client.predict(
        "那2019年呢?", context=[GDP], documents=[PLAN_2020], status="actual", years=[2019], api_name="/ask"
    )
    expected = pipeline.ask("那2019年呢?", [2019], [PLAN_2020], None, [GDP], "actual")
    assert plain(told) == plain(answer_to_json(expected))
    assert told["understood"]
    abstained = client.predict("2021年GDP是多少?", api_name="/ask")
    assert abstained["abstention"]["reason"] == "year_not_covered"


def test_the_other_endpoints_give_what_the_commands_give(client: Client, pipeline: Pipeline) -> None:
    found = client.predict(GDP, 3, api_name="/search")
    assert plain(found) == plain(results_to_json(pipeline.search(GDP, 3)))
    text = "2023年光明区GDP增长9.0%,规上工业增加值增长1.5%。"
    verified = client.predict(text, api_name="/verify")
    assert plain(verified) == plain(verification_to_json(pipeline.verify(text)))
    assert verified["verdict"] == "contradicted"
    sources = client.predict(api_name="/sources")
    assert plain(sources) == plain([asdict(record) for record in pipeline.manifest.documents])


def test_show_gives_the_words_of_a_citation(client: Client, pipeline: Pipeline) -> None:
    (citation,) = pipeline.ask(GDP).citations
    shown = client.predict(f"{citation.document}:{citation.start}-{citation.end}", api_name="/show")
    assert shown == {
        "document": citation.document,
        "title": citation.title,
        "section": list(citation.section),
        "year": 2023,
        "status": "actual",
        "text": citation.quote,
    }
    lines = [line.strip() for line in pipeline.document(PLAN_2020).text.splitlines()]
    assert client.predict(PLAN_2020, api_name="/show")["text"].splitlines() == [
        line for line in lines if line
    ]


@pytest.mark.parametrize(
    ("endpoint", "arguments", "told"),
    [
        ("ask", {"question": " "}, "The question is empty."),
        ("ask", {"question": "很" * 2001}, "2,000 are allowed"),
        ("ask", {"question": GDP, "documents": ["nowhere"]}, "There is no document “nowhere” in the index."),
        ("ask", {"question": GDP, "years": "2023"}, "years: "),
        ("ask", {"question": GDP, "years": ["x"]}, "years.0: "),
        ("ask", {"question": GDP, "years": list(range(1900, 2100))}, "50 are allowed"),
        ("ask", {"question": GDP, "status": "surely"}, "status: Input should be 'actual' or 'planned'"),
        ("ask", {"question": GDP, "context": ["很" * 300_000]}, "2,000 are allowed"),
        ("ask", {"question": None}, "question: "),
        ("search", {"question": GDP, "limit": "many"}, "limit: "),
        ("verify", {"text": ""}, "The text is empty."),
        ("show", {"citation": "nowhere"}, "There is no document “nowhere” in the index."),
        ("show", {"citation": f"{PLAN_2020}:40-12"}, "“40-12” is no stretch of"),
        ("show", {"citation": f"{PLAN_2020}:1-99999999"}, "is no stretch of"),
    ],
)
def test_errors_say_what_is_wrong(
    client: Client, endpoint: str, arguments: dict[str, Any], told: str
) -> None:
    with pytest.raises(AppError) as caught:
        client.predict(**arguments, api_name=f"/{endpoint}")
    assert told in str(caught.value)


def test_a_plain_request_is_enough(http: httpx.Client, pipeline: Pipeline) -> None:
    asked = {"data": [GDP, None, None, None, None, False]}
    reply = http.post("/gradio_api/run/ask", json=asked, headers=named("bob"))
    assert plain(reply.json()["data"][0]) == plain(answer_to_json(pipeline.ask(GDP)))


# what the API must not do


def test_events_of_the_page_are_no_endpoints(client: Client) -> None:
    for name in ("start", "submit", "check", "add", "remove"):
        with pytest.raises(ValueError, match="Cannot find a function"):
            client.predict(api_name=f"/{name}")
    for number in range(5):
        with pytest.raises(ValueError, match="Invalid function index"):
            client.predict(fn_index=number)


def upload(http: httpx.Client, user: str, path: Path) -> dict[str, object]:
    files = {"files": (path.name, path.read_bytes())}
    (name,) = http.post("/gradio_api/upload", files=files, headers=named(user)).json()
    return {"path": name, "orig_name": path.name, "meta": {"_type": "gradio.FileData"}}


def press(http: httpx.Client, user: str, event: str, *values: object) -> str:
    """Does by hand what a button of the page does; gives what the page would show."""
    asked = {"data": [*values, "zh"], "session_hash": user}
    begun = http.post(f"/gradio_api/call/{event}", json=asked, headers=named(user))
    if begun.status_code != 200:
        return begun.text
    return http.get(f"/gradio_api/call/{event}/{begun.json()['event_id']}", headers=named(user)).text


def test_documents_are_changed_by_editors_alone(http: httpx.Client, client: Client, tmp_path: Path) -> None:
    plan = tmp_path / "新计划.txt"
    plan.write_text("光明区2025年计划\n一、2025年计划\n2025年计划新建公园20个。\n", encoding="utf-8")

    def ids() -> list[str]:
        return [record["id"] for record in client.predict(api_name="/sources")]

    before = ids()
    assert "获准的用户" in json_text(press(http, "bob", "add", [upload(http, "bob", plan)]))
    assert "获准的用户" in json_text(press(http, "bob", "remove", PLAN_2020))
    assert ids() == before
    assert "已添加" in json_text(press(http, "alice", "add", [upload(http, "alice", plan)]))
    assert ids() == [*before, "新计划"]
    told = client.predict("2025年计划新建公园多少个?", api_name="/ask")
    assert told["claims"][0]["text"] == "20个"


def json_text(stream: str) -> str:
    """The text of a stream of events, its escapes undone."""
    return "".join(str(json.loads(line[6:])) for line in stream.splitlines() if line.startswith("data: "))


def test_files_of_the_server_are_not_taken_for_uploads(
    http: httpx.Client, server: Site, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("2023年GDP增长7.77%。", encoding="utf-8")
    drawing = tmp_path / "secret.svg"
    drawing.write_text("<svg>7.77</svg>", encoding="utf-8")
    for path in (
        secret,
        drawing,
        server.index.parent / "users",
        Path("/etc/passwd"),
        ROOT / "pyproject.toml",
    ):
        file = {"path": str(path), "meta": {"_type": "gradio.FileData"}}
        for event, values in (("check", ["", file]), ("add", [[file]])):
            told = press(http, "alice", event, *values)
            assert "event: error" in told, path
            for letters in ("7.77", "$2b$", "root:", "plan-rag"):
                assert letters not in told
        reply = http.get(f"/gradio_api/file={path}", headers=named("alice"))
        assert reply.status_code in (403, 404), path


# tools for language models


def tools(server: Site, work: Callable[[Any], Any], **headers: str) -> Any:
    from mcp import ClientSession
    from mcp.client.streamable_http import create_mcp_http_client, streamable_http_client

    async def session() -> Any:
        async with (
            create_mcp_http_client(headers=headers) as http,
            streamable_http_client(f"{server.url}{MCP}", http_client=http) as (read, write, _),
            ClientSession(read, write) as opened,
        ):
            await opened.initialize()
            return await work(opened)

    return anyio.run(session)


def test_a_language_model_finds_the_tools_and_asks(server: Site, pipeline: Pipeline) -> None:
    async def work(session: Any) -> tuple[Any, Any, Any]:
        found = (await session.list_tools()).tools
        answer = await session.call_tool("ask", {"question": GDP, "years": [2023]})
        return found, answer, await session.call_tool("ask", {"question": ""})

    found, answer, failed = tools(server, work, **named("bob"))
    assert sorted(tool.name for tool in found) == TOOLS
    assert all(tool.description for tool in found)
    described = next(tool for tool in found if tool.name == "ask").inputSchema
    assert described["required"] == ["question"]
    assert set(described["properties"]) == {
        "question",
        "years",
        "status",
        "documents",
        "context",
        "use_model",
    }
    assert not answer.isError
    assert plain(json.loads(answer.content[0].text)) == plain(answer_to_json(pipeline.ask(GDP, [2023])))
    assert failed.isError
    assert "The question is empty." in failed.content[0].text


def test_a_language_model_needs_a_name_too(server: Site) -> None:
    with pytest.raises(BaseExceptionGroup) as caught:
        tools(server, lambda session: session.list_tools())
    assert caught.group_contains(httpx.HTTPStatusError, match="401")


# a second server


def test_a_port_in_use_is_told(rag: Run, server: Site) -> None:
    done = rag("ui", "--port", str(server.port))
    assert done.returncode == 2
    assert f"127.0.0.1:{server.port}: the page cannot listen here" in done.stderr
    assert "Traceback" not in done.stderr


# last, because it takes the index away


def test_health_says_that_the_index_is_gone(http: httpx.Client, server: Site) -> None:
    manifest = server.index / "manifest.json"
    aside = manifest.rename(server.index / "aside.json")
    gone = http.get("/health")
    aside.rename(manifest)
    assert gone.status_code == 503
    assert gone.json()["status"] == "unavailable"
    assert "There is no index" in gone.json()["reason"]
    assert http.get("/health").status_code == 200
