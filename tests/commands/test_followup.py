"""Follow-ups of the command: --after, and the context of a line of a batch."""

from __future__ import annotations

import json
from pathlib import Path

from tests.conftest import Run


def test_the_command_says_how_it_understood(rag: Run) -> None:
    done = rag("ask", "增长了多少?", "--after", "2019年光明区GDP是多少?")
    assert done.stdout.startswith("(按上文理解为:2019年GDP增长了多少?)\n8.0%(2019年实际)")
    english = rag("ask", "And in 2023?", "--after", "How fast did GDP grow in 2019?", "--json")
    assert json.loads(english.stdout)["understood"] == "How fast did GDP grow in 2023?"


def test_a_batch_line_may_carry_its_context(rag: Run, tmp_path: Path) -> None:
    batch = tmp_path / "batch.jsonl"
    lines = [
        {"id": 1, "question": "那2023年呢?", "context": ["2019年GDP增速是多少?"]},
        {"id": 2, "question": "那2023年呢?", "context": "2019年GDP增速是多少?"},
    ]
    batch.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    done = rag("ask", "--batch", str(batch))
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert first["claims"][0]["text"] == "9.0%"
    assert "context" in second["error"]
    assert done.returncode == 2
