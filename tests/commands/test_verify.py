"""The command verify: a text marked figure by figure, a batch judged line by line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rag.check.verify import MAX_TEXT
from tests.conftest import Run

REPORT = """2023年,光明区地区生产总值增长9.0%,规上工业增加值增长9.5%。
2024年GDP增长目标为8.5%以上。2019年新建公园63个,新建酒店12家。
In 2019, Guangming's GDP reached 102.09 billion yuan.
深圳市2023年GDP为3.46万亿元。2021年光明区GDP增长12%。
"""


def test_the_command_marks_the_text(rag: Run, tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_text(REPORT, encoding="utf-8")
    done = rag("verify", str(file))
    assert done.returncode == 1
    assert "增长9.0%✓[1]" in done.stdout
    assert "增长9.5%✗[2]" in done.stdout
    assert "12家?" in done.stdout
    assert "规上工业增加值增长9.2%" in done.stdout
    right = rag("verify", "-", "--json", stdin="2019年光明区新建公园63个。")
    assert right.returncode == 0
    data = json.loads(right.stdout)
    assert data["verdict"] == "supported"
    assert data["claims"][0]["finding"] == "supported"


def test_a_batch_is_judged_line_by_line_without_an_index(rag: Run, tmp_path: Path) -> None:
    file = tmp_path / "claims.jsonl"
    rows = [
        {"id": "a", "text": "GDP增长9.0%", "evidence": "地区生产总值增长9.0%。"},
        {"id": "b", "text": "GDP grew by 9.1 percent", "evidence": "地区生产总值增长9.0%。"},
        {"id": "c", "text": "平稳", "evidence": "地区生产总值增长9.0%。"},
    ]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    done = rag("verify", "--batch", str(file), RAG_INDEX_DIR=str(tmp_path / "none"))
    assert done.returncode == 1
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(x["id"], x["verdict"]) for x in lines] == [
        ("a", "supported"), ("b", "contradicted"), ("c", "no_figures"),
    ]  # fmt: skip
    assert set(lines[0]["claims"][0]) == {
        "text", "value", "unit", "qualifier", "verdict", "citations", "expression",
    }  # fmt: skip
    assert not (tmp_path / "none").exists()


def test_broken_lines_keep_their_place(rag: Run, tmp_path: Path) -> None:
    file = tmp_path / "claims.jsonl"
    good = json.dumps({"id": 1, "text": "增长9.0%", "evidence": "增长9.0%。"})
    file.write_text(
        f"{good}\nnot json\n" + '{"id": 3}\n{"id": 4, "text": "", "evidence": "x"}\n', encoding="utf-8"
    )
    done = rag("verify", "--batch", str(file))
    assert done.returncode == 2
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [x["id"] for x in lines] == [1, None, 3, 4]
    assert ["error" in x for x in lines] == [False, True, True, True]
    assert "line 2" in done.stderr


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"", "empty"), (b"  \n ", "empty"), (bytes(range(256)) * 20, "not a text file"), (b"a" * (4 * MAX_TEXT + 1), "too large")],
)  # fmt: skip
def test_unusable_files(rag: Run, tmp_path: Path, content: bytes, message: str) -> None:
    file = tmp_path / "report.txt"
    file.write_bytes(content)
    done = rag("verify", str(file))
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_unusable_texts(rag: Run, tmp_path: Path) -> None:
    assert rag("verify", str(tmp_path / "none.txt")).returncode == 2
    assert rag("verify").returncode == 2
    assert rag("verify", str(tmp_path)).returncode == 2
