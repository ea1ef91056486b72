"""What the tests of the page share: texts of both languages, a conversation, an index that may be changed."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from rag.index.manifest import read_manifest, write_manifest
from rag.schema import Citation
from rag.settings import Settings
from rag.ui.library import Upload
from rag.ui.texts import Texts
from rag.ui.turns import Filters, Turn
from rag.wiring import Pipeline
from tests.conftest import PLAN_2024

GDP = "2023年光明区GDP增长多少?"
ZH, EN = Texts("zh"), Texts("en")


def citation(key: int, quote: str = "增长9.0%", **changes: object) -> Citation:
    given = Citation(key, "p", "计划", "p.txt", 2024, 2023, "actual", ("一、执行情况",), quote, 0, len(quote))
    return replace(given, **changes)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def turns(pipeline: Pipeline) -> tuple[Turn, ...]:
    answers = [
        pipeline.ask(GDP),
        pipeline.ask("那2019年呢?", context=[GDP]),
        pipeline.ask("2021年GDP是多少?"),
    ]
    return (
        Turn(GDP, answers[0], filters=Filters((2023,), "actual", (PLAN_2024,))),
        Turn("那2019年呢?", answers[1], context=(GDP,)),
        Turn("2021年GDP是多少?", answers[2]),
    )


@pytest.fixture
def own(index_dir: Path, tmp_path: Path) -> Settings:
    """An index that a test may change."""
    shutil.copytree(index_dir, tmp_path / "index")
    return Settings(index_dir=str(tmp_path / "index"))


NEW = "{place}{year}年国民经济和社会发展计划\n  一、{year}年计划\n  {year}年计划新建公园{n}个。\n"


def new_plan(path: Path, year: int = 2025, n: int = 20, place: str = "光明区") -> Upload:
    path.write_text(NEW.format(year=year, n=n, place=place), encoding="utf-8")
    return Upload(path, path.name)


def only_one_document(settings: Settings) -> None:
    manifest = read_manifest(Path(settings.index_dir))
    assert manifest
    write_manifest(Path(settings.index_dir), replace(manifest, documents=manifest.documents[:1]))
