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
