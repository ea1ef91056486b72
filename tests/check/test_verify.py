from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from rag.check.verify import MAX_TEXT, check_text, verify_against
from rag.errors import InputError
from rag.wiring import Pipeline

Run = Callable[..., subprocess.CompletedProcess[str]]

REPORT = """2023年,光明区地区生产总值增长9.0%,规上工业增加值增长9.5%。
2024年GDP增长目标为8.5%以上。2019年新建公园63个,新建酒店12家。
In 2019, Guangming's GDP reached 102.09 billion yuan.
深圳市2023年GDP为3.46万亿元。2021年光明区GDP增长12%。
"""


def test_every_figure_gets_its_finding(pipeline: Pipeline, texts: dict[str, str]) -> None:
    verification = pipeline.verify(REPORT)
    findings = [(REPORT[f.start : f.end], f.finding) for f in verification.figures]
    assert findings == [
        ("9.0%", "supported"),
        ("9.5%", "contradicted"),
        ("8.5%以上", "supported"),
        ("63个", "supported"),
        ("12家", "not_found"),
        ("102.09 billion yuan", "supported"),
        ("3.46万亿元", "not_found"),
        ("12%", "not_found"),
    ]
    assert verification.verdict == "contradicted"
    by_key = {c.key: c for c in verification.citations}
    wrong = verification.figures[1]
    assert "9.2%" in by_key[wrong.claim.citations[0]].quote
    for citation in verification.citations:
        assert texts[citation.document][citation.start : citation.end] == citation.quote
    assert by_key[verification.figures[2].claim.citations[0]].status == "planned"


def test_a_target_told_as_reached_is_contradicted(pipeline: Pipeline) -> None:
    verification = pipeline.verify("2024年光明区固定资产投资已完成1100亿元以上。")
    assert [f.finding for f in verification.figures] == ["contradicted"]


def test_a_year_is_carried_from_the_heading(pipeline: Pipeline) -> None:
    verification = pipeline.verify(
        "2019年工作回顾\n光明区地区生产总值增长8.0%。\n2023年情况\n地区生产总值增长8.0%。"
    )
    assert [f.finding for f in verification.figures] == ["supported", "contradicted"]


def test_against_a_passage_alone() -> None:
    assert verify_against("GDP增长9.0%", "地区生产总值增长9.0%。")[0] == "supported"
    assert verify_against("GDP增长9.1%", "地区生产总值增长9.0%。")[0] == "contradicted"
    assert verify_against("经济平稳增长", "地区生产总值增长9.0%。") == ("no_figures", ())
    assert verify_against("GDP增长9.1%", "经济平稳增长。")[0] == "not_found"


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
    with pytest.raises(InputError, match="control"):
        check_text("增长9%\x00")
    with pytest.raises(InputError, match="characters"):
        check_text("一" * (MAX_TEXT + 1))
