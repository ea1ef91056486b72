from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from zipfile import ZipFile

import pytest
from typer.main import get_command

from eval.readme import READMES, project_tables, with_tables
from rag.cli import app
from rag.settings import Settings
from rag.wiring import Pipeline
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
CHINESE = (ROOT / "README.zh-CN.md").read_text(encoding="utf-8")


def test_every_command_and_setting_is_documented() -> None:
    commands = get_command(app).commands  # type: ignore[attr-defined]
    for name, command in commands.items():
        assert f"rag {name}" in README, name
        assert command.help, name
        for option in command.params:
            assert getattr(option, "help", "x"), f"{name} {option.name}"
    for field in Settings.__slots__:
        assert f"`{field}`" in README
        assert f"`RAG_{field.upper()}`" in README


def test_the_sample_answer_is_what_the_program_says(pipeline: Pipeline) -> None:
    question = re.search(r'\$ rag ask "(.+?)"', README)
    assert question
    assert pipeline.ask(question[1]).answer in README


def test_figures_come_from_the_result_files() -> None:
    """`python -m eval.documentation` renews them."""
    for path, language in READMES.items():
        text = path.read_text(encoding="utf-8")
        assert with_tables(text, project_tables(language)) == text


def commands_of(text: str) -> list[str]:
    """The lines of code, without what is said about them."""
    blocks = re.findall(r"```(?:sh|python|console)\n(.*?)```", text, re.S)
    return [re.sub(r"\s+#.*", "", line) for block in blocks for line in block.splitlines()]


def figures_of(text: str) -> Counter[str]:
    return Counter(re.findall(r"\d[\d.,]*\d|\d", text))


def test_both_readmes_say_the_same() -> None:
    assert commands_of(README) == commands_of(CHINESE)
    assert set(re.findall(r"`([^`\n]+)`", README)) == set(re.findall(r"`([^`\n]+)`", CHINESE))
    for level in ("#", "##", "###"):
        heads = [len(re.findall(rf"^{level} ", text, re.M)) for text in (README, CHINESE)]
        assert heads[0] == heads[1]
    assert figures_of(README) == figures_of(CHINESE)
    pictures = [re.findall(r"docs/[\w.-]+png", text) for text in (README, CHINESE)]
    for name in (*pictures[0], *pictures[1]):
        assert (ROOT / name).stat().st_size > 10_000
    assert len(pictures[0]) == len(pictures[1])


def test_paths_in_the_readme_exist() -> None:
    for path in re.findall(r"`((?:rag|eval|prompts|seeds|tests|tools)/[\w./]+)`", README):
        assert (ROOT / path).exists(), path


def test_the_wheel_carries_the_language_data(tmp_path: Path) -> None:
    from setuptools import build_meta

    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        name = build_meta.build_wheel(str(tmp_path))
    inside = set(ZipFile(tmp_path / name).namelist())
    for file in (ROOT / "rag").glob("*/data/*"):
        assert file.relative_to(ROOT).as_posix() in inside
    for file in (ROOT / "prompts").glob("*.toml"):
        assert f"rag/prompts/{file.name}" in inside
    for folder in ("assets", "templates"):
        for file in (ROOT / "rag" / "ui" / folder).iterdir():
            assert f"rag/ui/{folder}/{file.name}" in inside
    assert "rag/adapters/chroma.py" in inside
