from __future__ import annotations

from pathlib import Path

import pytest

from rag.settings import Settings
from tests.index.shelf import Shelf


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """An empty folder and no index yet."""
    (tmp_path / "files").mkdir()
    return Shelf(tmp_path / "files", Settings(index_dir=str(tmp_path / "index"), lock_timeout=0.5))


@pytest.fixture(scope="session")
def index_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """No index over the seeds: the commands of these tests name their own."""
    return tmp_path_factory.mktemp("none") / "index"
