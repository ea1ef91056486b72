from __future__ import annotations

from pathlib import Path

from rag.adapters.chroma import COLLECTION
from rag.adapters.embedded import EmbeddedEmbedder
from rag.index.manifest import read_manifest
from tests.conftest import PLAN_2020, SEEDS


def test_the_node_parser_gives_whole_topics_with_exact_offsets() -> None:
    from llama_index.core.schema import Document

    from rag.adapters.llamaindex import PlanNodeParser

    text = (SEEDS / f"{PLAN_2020}.txt").read_text(encoding="utf-8")
    source = Document(text=text, id_=PLAN_2020, metadata={"file_path": "seeds/x.txt"})
    nodes = PlanNodeParser().get_nodes_from_documents([source])
    assert len(nodes) > 50
    for node in nodes:
        assert text[node.start_char_idx : node.end_char_idx] == node.get_content()  # type: ignore[attr-defined]
    first = next(node for node in nodes if "1020.9亿元" in node.get_content())
    assert first.metadata["year"] == 2019
    assert first.metadata["status"] == "actual"
    assert first.metadata["section"].endswith("千亿城区目标顺利达成")
    assert "2019" in first.get_content(metadata_mode="llm")  # type: ignore[arg-type]


def test_llamaindex_opens_the_collection(index_dir: Path, embedder: EmbeddedEmbedder) -> None:
    import chromadb
    from llama_index.core.vector_stores import MetadataFilter, MetadataFilters, VectorStoreQuery
    from llama_index.vector_stores.chroma import ChromaVectorStore

    manifest = read_manifest(index_dir)
    assert manifest is not None
    folder = str(index_dir / manifest.generation / "chroma")
    client = chromadb.PersistentClient(folder, settings=chromadb.Settings(anonymized_telemetry=False))
    store = ChromaVectorStore(chroma_collection=client.get_collection(COLLECTION, embedding_function=None))
    query = VectorStoreQuery(
        query_embedding=embedder.encode_query("新建公园多少个").tolist(),
        similarity_top_k=5,
        filters=MetadataFilters(filters=[MetadataFilter(key="year", value=2019)]),
    )
    nodes = store.query(query).nodes
    assert nodes is not None
    assert {node.metadata["year"] for node in nodes} == {2019}
    assert any("公园" in node.get_content() for node in nodes)
