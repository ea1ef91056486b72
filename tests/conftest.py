"""Shared fixtures: the seed plans and one index over them, built once with the real parts."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from rag.adapters.embedded import EmbeddedEmbedder
from rag.read.parse import parse_document
from rag.schema import Document
from rag.settings import Settings
from rag.wiring import Pipeline, build_index, open_pipeline

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
PLAN_2020 = "003_6a70ec2443a71a7b"
PLAN_2024 = "000_52ee17d0e2f970d0"


@pytest.fixture(scope="session")
def texts() -> dict[str, str]:
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))}


@pytest.fixture(scope="session")
def documents(texts: dict[str, str]) -> dict[str, Document]:
    return {name: parse_document(text, name, f"seeds/{name}.txt") for name, text in texts.items()}


@pytest.fixture(scope="session")
def index_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("index")
    build_index(Settings(index_dir=str(folder)), [SEEDS])
    return folder


@pytest.fixture(scope="session")
def pipeline(index_dir: Path) -> Pipeline:
    return open_pipeline(Settings(index_dir=str(index_dir)))


@pytest.fixture(scope="session")
def embedder() -> EmbeddedEmbedder:
    return EmbeddedEmbedder()


@pytest.fixture
def rag(index_dir: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs the `rag` command as a user would, in the project's folder."""

    def run(
        *arguments: str, stdin: str = "", cwd: Path = ROOT, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "rag", *arguments],
            input=stdin,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
            cwd=cwd,
            env={**os.environ, "RAG_INDEX_DIR": str(index_dir), "NO_COLOR": "1", **environment},
        )

    return run
