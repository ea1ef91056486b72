"""The wording of the page: the same in both languages, and a name for whatever is shown."""

from __future__ import annotations

import string
import tomllib
from importlib.resources import files

import pytest

from rag.bind.asked_time import Coverage
from rag.ui.texts import Texts, choose_language, example_years
from tests.ui.conftest import EN, ZH


def flat(data: dict[str, object], path: str = "") -> dict[str, str]:
    """Every text of a language by its path; examples count as one kind."""
    texts: dict[str, str] = {}
    for key, value in data.items():
        if isinstance(value, dict):
            texts |= flat(value, f"{path}{key}.")
        elif isinstance(value, str):
            texts[path + key] = value
    return texts


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_say_the_same_things() -> None:
    data = tomllib.loads(files("rag").joinpath("ui/data/interface.toml").read_text(encoding="utf-8"))
    zh, en = flat(data["zh"]), flat(data["en"])
    assert list(zh) == list(en)
    assert {key: placeholders(text) for key, text in zh.items()} == {
        key: placeholders(text) for key, text in en.items()
    }
    assert all(text.strip() for text in (*zh.values(), *en.values()))
    assert len(data["zh"]["examples"]) == len(data["en"]["examples"])


@pytest.mark.parametrize("texts", [ZH, EN])
def test_every_verdict_finding_status_and_step_has_a_name(texts: Texts) -> None:
    from typing import get_args

    from rag.check.verify import Finding
    from rag.schema import Status, Verdict

    for table, kind in (("verdicts", Verdict), ("findings", Finding), ("status_names", Status)):
        assert len({texts.name(table, key) for key in get_args(kind)}) == len(get_args(kind))
    for step in ("read", "bind", "embed", "store", "words", "check"):
        assert texts.name("progress", step)
    for name in ("found", "checked", "write"):
        assert "7" in texts.fill(f"step_{name}", count=7, model="model 7")


@pytest.mark.parametrize(
    ("wanted", "accepted", "language"),
    [
        ("", "", "zh"),
        ("", "fr-FR,de", "zh"),
        ("", "en-GB,en;q=0.9,zh;q=0.8", "en"),
        ("", "zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("", "en;q=0.1,zh;q=0.8", "zh"),
        ("", "en;q=nonsense,zh", "zh"),
        ("", ";;;,,,", "zh"),
        ("en", "zh-CN", "en"),
        ("<script>", "en", "en"),
    ],
)
def test_the_language_is_chosen(wanted: str, accepted: str, language: str) -> None:
    assert choose_language(wanted, accepted) == language


@pytest.mark.parametrize(
    "years", [(2019, 2020, 2023, 2024), (2023, 2024), (2024,), (2020, 2021, 2022, 2023, 2024)]
)
def test_examples_compare_two_years_and_miss_one(years: tuple[int, ...]) -> None:
    coverage = Coverage(years, ("光明区",), max(years))
    named = example_years(coverage)
    assert named["missing"] not in years
    assert named["actual"] != named["earlier"]
    for texts in (ZH, EN):
        assert not any("{" in example.question for example in texts.examples(coverage))
