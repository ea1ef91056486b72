"""The prompts of the writer."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.ask.prompt import load_prompt, prompt_folder


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
