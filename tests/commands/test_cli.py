from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from rag.cli import app
from tests.conftest import PLAN_2020, ROOT, SEEDS

Run = Callable[..., "subprocess.CompletedProcess[str]"]
Listed = Callable[..., Result]
HEAVY = (
    "torch",
    "sentence_transformers",
    "llama_index",
    "chromadb",
    "gradio",
    "numpy",
    "rjieba",
    "pydantic",
    "selectolax",
    "pypdfium2",
)


def test_help_imports_none_of_the_heavy_packages() -> None:
    script = (
        "import sys; sys.argv = ['rag', '--help']\n"
        "from rag.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"
    assert "ask" in done.stdout


def test_ask_shows_the_answer_and_its_source(rag: Run) -> None:
    done = rag("ask", "2019年光明区地区生产总值是多少?")
    assert done.returncode == 0
    assert done.stdout.startswith("1020.9亿元(2019年实际):“2019年光明区实现地区生产总值1020.9亿元”[1]")
    for part in (
        "[1] 光明区2020年国民经济和社会发展计划",
        "千亿城区目标顺利达成",
        f"rag show {PLAN_2020}:363-",
    ):
        assert part in done.stdout
    assert done.stderr == ""


def test_json_has_the_documented_shape(rag: Run, texts: dict[str, str]) -> None:
    done = rag("ask", "--json", "2020年计划建成多少座5G基站?")
    data = json.loads(done.stdout)
    assert list(data) == [
        "question", "language", "outcome", "answer", "writer", "citations", "claims", "abstention", "timings_ms",
    ]  # fmt: skip
    (citation,) = data["citations"]
    assert list(citation) == [
        "key", "document", "title", "path", "plan_year", "year", "status", "section", "quote", "start", "end",
    ]  # fmt: skip
    assert texts[citation["document"]][citation["start"] : citation["end"]] == citation["quote"]
    assert citation["path"] == f"seeds/{PLAN_2020}.txt"
    assert data["claims"][0] == {
        "text": "2500座", "value": "2500", "unit": "座", "qualifier": "以上",
        "verdict": "supported", "citations": [1], "expression": None,
    }  # fmt: skip


def test_an_abstention_exits_with_1(rag: Run) -> None:
    done = rag("ask", "--json", "2021年GDP增长多少?")
    assert done.returncode == 1
    abstention = json.loads(done.stdout)["abstention"]
    assert (abstention["reason"], abstention["years"]) == ("year_not_covered", [2019, 2020, 2023, 2024])


def test_standard_input(rag: Run) -> None:
    assert rag("ask", "-", stdin="2019年新建公园多少个?\n").stdout.startswith("63个")


def test_batch_answers_in_order_and_loses_nothing(rag: Run, tmp_path: Path) -> None:
    batch = tmp_path / "batch.jsonl"
    lines = ['{"id": "a", "question": "2019年新建公园多少个?"}', "not json", '{"id": 7, "question": " "}', '{"id": "z"}',
             '{"id": "b", "question": "2021年GDP?"}']  # fmt: skip
    batch.write_text("\n".join(lines), encoding="utf-8")
    done = rag("ask", "--batch", str(batch))
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["id"] for row in rows] == ["a", None, 7, "z", "b"]
    assert next(iter(rows[0])) == "id"
    assert rows[0]["outcome"] == "answered"
    assert rows[4]["outcome"] == "abstained"
    assert all("error" in row for row in rows[1:4])
    assert done.returncode == 2
    assert "line 2" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("ask", ""), "empty"),
        (("ask", "问" * 10_000), "10,000 characters"),
        (("ask", "GDP\x07\x1b[31m"), "control characters"),
        (("ask",), "Give a question"),
        (("ask", "GDP?", "--document", "nothing"), "no document"),
        (("ask", "--batch", "nowhere.jsonl"), "cannot be read"),
        (("show", "nothing:1-2"), "no document"),
        (("show", f"{PLAN_2020}:9-1"), "no stretch"),
        (("index", "nowhere"), "no such file"),
        (("facts", "--csv", "--json"), "exclude each other"),
        (("facts", " "), "empty"),
        (("compare", "GDP", "--document", "nothing"), "no document"),
    ],
)
def test_wrong_use_says_what_to_do(rag: Run, arguments: tuple[str, ...], message: str) -> None:
    done = rag(*arguments)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_an_index_of_another_embedder_exits_with_3(rag: Run, tmp_path: Path) -> None:
    done = rag("ask", "GDP?", "--embedder", str(tmp_path / "no-model"), HF_HUB_OFFLINE="1")
    assert done.returncode == 3
    assert "Traceback" not in done.stderr


def test_settings_are_checked(rag: Run, tmp_path: Path) -> None:
    (tmp_path / "rag.toml").write_text("colour = 'red'\n", encoding="utf-8")
    done = rag("sources", cwd=tmp_path)
    assert done.returncode == 2
    assert "unknown setting “colour”" in done.stderr


def test_search_show_sources_and_doctor(rag: Run) -> None:
    assert "5G基站895座" in rag("search", "2019年5G基站", "-n", "2").stdout
    assert json.loads(rag("search", "2019年5G基站", "--json").stdout)[0]["year"] == 2019
    shown = rag("show", f"{PLAN_2020}:363-388").stdout
    assert "千亿城区目标顺利达成" in shown
    assert "2019 actual" in shown
    assert "(一)经济总量迈上新台阶" in rag("show", PLAN_2020).stdout
    assert PLAN_2020 in rag("sources").stdout
    doctor = rag("doctor")
    assert doctor.returncode == 0
    assert "2 documents" in doctor.stdout


def test_first_use_builds_the_index(rag: Run, tmp_path: Path) -> None:
    done = rag("ask", "2019年新建公园多少个?", "--index-dir", str(tmp_path / "new"))
    assert done.stdout.startswith("63个")
    assert "building it" in done.stderr
    assert rag("sources", "--index-dir", str(tmp_path / "none")).returncode == 3


def test_index_reports_what_it_did(rag: Run, tmp_path: Path) -> None:
    folder = str(tmp_path / "index")
    assert f"added  {PLAN_2020}" in rag("index", str(SEEDS), "--index-dir", folder).stderr
    again = rag("index", str(SEEDS), "--index-dir", folder)
    assert f"unchanged  {PLAN_2020}" in again.stderr
    assert again.stdout == ""
    assert rag("index", str(SEEDS), "--index-dir", folder, "--quiet").stderr == ""


def test_a_closed_pipe_is_no_error(index_dir: Path) -> None:
    command = f'"{sys.executable}" -m rag search 公园 -n 50 | head -n 1'
    environment = {**os.environ, "RAG_INDEX_DIR": str(index_dir)}
    done = subprocess.run(
        command, shell=True, capture_output=True, text=True, cwd=ROOT, env=environment, check=False
    )
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr


@pytest.fixture
def listed(index_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Listed:
    """Runs the command in this process, which need not load everything anew."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("RAG_INDEX_DIR", str(index_dir))
    return lambda *arguments: CliRunner().invoke(app, arguments)


def test_facts_of_an_indicator_come_with_their_place(listed: Listed, texts: dict[str, str]) -> None:
    facts = json.loads(listed("facts", "学位", "--json").stdout)
    assert {(f["year"], f["status"], f["figure"]) for f in facts} >= {
        (2019, "actual", "9540个"), (2023, "actual", "1.67万座"), (2024, "planned", "1.37万座"),
    }  # fmt: skip
    assert [f["year"] for f in facts] == sorted(f["year"] for f in facts)
    for fact in facts:
        assert texts[fact["document"]][fact["start"] : fact["end"]] == fact["quote"]
        assert fact["figure"] in fact["quote"]
        assert "学位" in fact["indicator"]


def test_every_figure_can_be_taken_to_a_spreadsheet(listed: Listed, texts: dict[str, str]) -> None:
    rows = list(
        csv.DictReader(StringIO(listed("facts", "--csv", "--status", "planned", "--year", "2020").stdout))
    )
    assert len(rows) > 30
    assert {(row["year"], row["status"]) for row in rows} == {("2020", "planned")}
    assert "2500座以上" in {row["figure"] for row in rows}
    for row in rows:
        assert texts[row["document"]][int(row["start"]) : int(row["end"])] == row["quote"]


def test_compare_follows_an_indicator_through_the_years(listed: Listed) -> None:
    shown = listed("compare", "一般公共预算收入").stdout
    for part in ("58.6亿元 [1]", "35.2%", "10%以上", "109.21亿元 − 58.6亿元 = 50.61亿元", "rag show "):
        assert part in shown
    data = json.loads(listed("compare", "retail sales growth", "--json").stdout)
    assert [(r["year"], r["figure"]) for r in data["rates"]] == [
        (2019, "7.2%"), (2020, "7%"), (2023, "8.9%"), (2024, "8.0%以上"),
    ]  # fmt: skip
    assert data["levels"] == data["changes"] == []


@pytest.mark.parametrize(
    "arguments", [("facts", "火星移民人数"), ("compare", "火星移民人数"), ("facts", "学位", "--year", "1999")]
)
def test_what_the_plans_do_not_hold_exits_with_1(listed: Listed, arguments: tuple[str, ...]) -> None:
    done = listed(*arguments)
    assert (done.exit_code, done.stdout) == (1, "")
    assert "no " in done.stderr
