from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import PLAN_2020, ROOT, Run

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


def test_ask_shows_the_answer_and_its_source(rag_process: Run, texts: dict[str, str]) -> None:
    done = rag_process("ask", "2019年光明区地区生产总值是多少?")
    assert done.returncode == 0
    assert done.stdout.startswith("1020.9亿元(2019年实际):“2019年光明区实现地区生产总值1020.9亿元”[1]")
    for part in (
        "[1] 光明区2020年国民经济和社会发展计划",
        "千亿城区目标顺利达成",
        f"rag show {PLAN_2020}:{texts[PLAN_2020].index('2019年光明区实现地区生产总值')}-",
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
        "place", "period",
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
        (("facts", " "), "no words"),
        (("compare", "GDP", "--document", "nothing"), "no document"),
    ],
)
def test_wrong_use_says_what_to_do(rag: Run, arguments: tuple[str, ...], message: str) -> None:
    done = rag(*arguments)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_settings_are_checked(rag: Run, tmp_path: Path) -> None:
    (tmp_path / "rag.toml").write_text("colour = 'red'\n", encoding="utf-8")
    done = rag("sources", cwd=tmp_path)
    assert done.returncode == 2
    assert "unknown setting “colour”" in done.stderr


def test_search_gives_passages(rag: Run) -> None:
    assert "5G基站895座" in rag("search", "2019年5G基站", "-n", "2").stdout
    assert json.loads(rag("search", "2019年5G基站", "--json").stdout)[0]["year"] == 2019


def test_show_gives_a_place_and_a_whole_document(rag: Run, texts: dict[str, str]) -> None:
    start = texts[PLAN_2020].index("实现地区生产总值1020.9亿元")
    shown = rag("show", f"{PLAN_2020}:{start}-{start + 25}").stdout
    assert "千亿城区目标顺利达成" in shown
    assert "2019 actual" in shown
    assert "(一)经济总量迈上新台阶" in rag("show", PLAN_2020).stdout


def test_sources_and_doctor_tell_of_the_documents(rag: Run) -> None:
    assert PLAN_2020 in rag("sources").stdout
    doctor = rag("doctor")
    assert doctor.returncode == 0
    assert "2 documents" in doctor.stdout


PLAN = "临江区2024年国民经济和社会发展计划\n一、2023年执行情况\n2023年新建公园63个。\n"


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    """A folder with one small plan."""
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "town.txt").write_text(PLAN, encoding="utf-8")
    return tmp_path / "plans"


def test_first_use_builds_the_index(rag: Run, tmp_path: Path, plans: Path) -> None:
    done = rag("ask", "2023年新建公园多少个?", "--index-dir", str(tmp_path / "new"), RAG_SEEDS=str(plans))
    assert done.stdout.startswith("63个")
    assert "building it" in done.stderr
    assert rag("sources", "--index-dir", str(tmp_path / "none")).returncode == 3


def test_index_reports_what_it_did(rag: Run, tmp_path: Path, plans: Path) -> None:
    folder = str(tmp_path / "index")
    assert "added  town" in rag("index", str(plans), "--index-dir", folder).stderr
    again = rag("index", str(plans), "--index-dir", folder)
    assert "unchanged  town" in again.stderr
    assert again.stdout == ""
    assert rag("index", str(plans), "--index-dir", folder, "--quiet").stderr == ""


def test_a_closed_pipe_is_no_error(index_dir: Path) -> None:
    command = f'"{sys.executable}" -m rag search 公园 -n 50 | head -n 1'
    environment = {**os.environ, "RAG_INDEX_DIR": str(index_dir)}
    done = subprocess.run(
        command, shell=True, capture_output=True, text=True, cwd=ROOT, env=environment, check=False
    )
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr
