"""Speed beside a plain LlamaIndex + Chroma script over the same documents, in the same run.

    python -m eval.bench [--rounds N] [--write]

Prints seconds for a question in a new process and milliseconds for a warm one, and the ratios. The
plain script cuts with SentenceSplitter, embeds with the same model and retrieves two chunks from
Chroma; it writes no answer, so its times are for retrieval alone.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
RESULTS = Path(__file__).parent / "bench.json"
QUESTION = "2019年光明区地区生产总值是多少?"
WARM = (
    "2019年光明区地区生产总值是多少?",
    "2024年GDP增长目标是多少?",
    "2023年新增上市企业几家?",
    "How many 5G base stations were planned for 2020?",
    "2020年计划新建、续建公园多少个?",
    "2023年PM2.5浓度是多少?",
    "2019年国高企业有多少家?",
    "2021年GDP是多少?",
)

PLAIN = """
import sys, time, json
from pathlib import Path
sys.path.insert(0, {root!r})
import chromadb
from llama_index.core import StorageContext, VectorStoreIndex, SimpleDirectoryReader
from llama_index.core.embeddings import BaseEmbedding
from llama_index.core.node_parser import SentenceSplitter
from llama_index.vector_stores.chroma import ChromaVectorStore
from rag.adapters.embedded import EmbeddedEmbedder

model = EmbeddedEmbedder()

class Embedding(BaseEmbedding):
    def _get_query_embedding(self, query): return model.encode_query(query).tolist()
    async def _aget_query_embedding(self, query): return self._get_query_embedding(query)
    def _get_text_embedding(self, text): return model.encode_documents([text])[0].tolist()

client = chromadb.PersistentClient(sys.argv[1])
collection = client.get_or_create_collection("plain")
store = ChromaVectorStore(chroma_collection=collection)
if not collection.count():
    documents = SimpleDirectoryReader({seeds!r}).load_data()
    context = StorageContext.from_defaults(vector_store=store)
    cut = SentenceSplitter(chunk_size=512, chunk_overlap=50)
    VectorStoreIndex.from_documents(
        documents, storage_context=context, embed_model=Embedding(), transformations=[cut]
    )
index = VectorStoreIndex.from_vector_store(store, embed_model=Embedding())
retriever = index.as_retriever(similarity_top_k=2)
times = []
for question in json.loads(sys.argv[2]):
    started = time.perf_counter()
    retriever.retrieve(question)
    times.append((time.perf_counter() - started) * 1000)
print(json.dumps(times))
"""


def _process(command: list[str]) -> tuple[float, str]:
    started = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT, timeout=600)
    return time.perf_counter() - started, done.stdout


def measure(rounds: int) -> dict[str, dict[str, float]]:
    """Cold seconds and warm milliseconds (medians) of both, taken in turns."""
    with tempfile.TemporaryDirectory() as folder:
        ours = [sys.executable, "-m", "rag", "ask", "--index-dir", f"{folder}/rag", QUESTION]
        script = Path(folder) / "plain.py"
        script.write_text(PLAIN.format(root=str(ROOT), seeds=str(ROOT / "seeds")), encoding="utf-8")
        plain = [sys.executable, str(script), f"{folder}/plain"]
        _process(ours)
        _process([*plain, json.dumps([QUESTION])])
        cold: dict[str, list[float]] = {"rag": [], "plain": []}
        for _ in range(rounds):
            cold["rag"].append(_process(ours)[0])
            cold["plain"].append(_process([*plain, json.dumps([QUESTION])])[0])
        warm_plain = json.loads(_process([*plain, json.dumps(list(WARM) * 5)])[1])
        warm_rag = _warm(f"{folder}/rag")
    return {
        "new_process_s": {name: round(statistics.median(values), 2) for name, values in cold.items()},
        "warm_ms": {
            "rag": round(statistics.median(warm_rag), 1),
            "plain": round(statistics.median(warm_plain[len(WARM) :]), 1),
        },
    }


def _warm(index_dir: str) -> list[float]:
    from rag.settings import Settings
    from rag.wiring import open_pipeline

    pipeline = open_pipeline(Settings(index_dir=index_dir))
    times = []
    for question in list(WARM) * 5:
        started = time.perf_counter()
        pipeline.ask(question)
        times.append((time.perf_counter() - started) * 1000)
    return times[len(WARM) :]


def main() -> None:
    """Measures and prints; `--write` keeps the figures in eval/bench.json."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    results = measure(arguments.rounds)
    for name, row in results.items():
        print(
            f"{name:<14} rag {row['rag']:>7}   plain {row['plain']:>7}"
            f"   ratio {row['rag'] / row['plain']:.2f}"
        )
    if arguments.write:
        RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
