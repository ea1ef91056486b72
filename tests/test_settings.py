"""What the settings take from where."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.errors import InputError
from rag.settings import Settings, load_settings, read_api_key

KEY = "sk-secret-of-the-tests"


def test_the_key_comes_from_the_environment_or_a_file(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text(f"{KEY}\n", encoding="utf-8")
    settings = Settings(llm_api_key_file=str(file))
    assert read_api_key(settings, {}) == KEY
    assert read_api_key(settings, {"RAG_LLM_API_KEY": "other"}) == "other"
    with pytest.raises(InputError, match="cannot be read"):
        read_api_key(Settings(llm_api_key_file=str(tmp_path / "none")), {})
    with pytest.raises(InputError, match="does not belong"):
        load_settings({"llm_api_key": KEY}, {})
