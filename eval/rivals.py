r"""A plain LlamaIndex pipeline, as its tutorials show it, on the same documents and the same questions.

    python -m eval.rivals                retrieval beside that of the program, without any language model
    RAG_LLM_BASE_URL=http://127.0.0.1:8080/v1 RAG_LLM_MODEL=... RAG_LLM_TIMEOUT=300 \
        python -m eval.rivals --record 24

The plain pipeline cuts with SentenceSplitter, embeds with the program's own embedder, keeps the vectors in a
VectorStoreIndex and answers through CitationQueryEngine, or through the compact synthesizer, from the two
nearest passages. Its replies are kept in eval/rivals.jsonl; a run that was stopped goes on where it ended.
What all comes to is in eval/rivals.json. A follow-up is asked as it stands: a plain pipeline knows no more.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from eval.ablations import EVERYTHING, count_outcomes, progress_bars
from eval.free_text import Passage, expected_figures, judge_reply, not_borne_out, stands_among
from eval.judge import judge
from eval.metrics import Stretch, mean, ndcg_at_k, overlap, recall_at_k
from eval.questions import HERE, PARTS, GoldQuestion, load_questions, read_sources
from eval.record import choose
from eval.results import CUTOFFS
from eval.runner import Progress, current_commit, open_seeds, silent
from rag.check import is_borne_out
from rag.errors import MissingPartError, RagError
from rag.interfaces import Embedder
from rag.language import find_quantities
from rag.settings import Settings, load_settings, read_api_key
from rag.wiring import Pipeline, make_embedder

REPLIES = HERE / "rivals.jsonl"
RIVALS = HERE / "rivals.json"
PLAIN, OURS = "plain LlamaIndex", "the program"
SHOWN = (2, 5)  # passages that a pipeline would show to its language model
_MAX_TOKENS = 200  # of a reply


@dataclass(frozen=True, slots=True)
class Reply:
    """What a query engine replied to a question, and how long it took."""

    id: str
    engine: str
    model: str
    seconds: float
    reply: str


Retrieve = Callable[[GoldQuestion, int], Sequence[Passage]]
Ask = Callable[[str], str]


def build_plain(embedder: Embedder, sources: Mapping[str, str]) -> Any:
    """The plain index; every node carries its document's id and its offsets."""
    from llama_index.core import Document, VectorStoreIndex
    from llama_index.core.embeddings import BaseEmbedding
    from llama_index.core.node_parser import SentenceSplitter

    class Embedding(BaseEmbedding):
        def _get_query_embedding(self, query: str) -> list[float]:
            return [float(x) for x in embedder.encode_query(query)]

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return self._get_query_embedding(query)

        def _get_text_embedding(self, text: str) -> list[float]:
            return [float(x) for x in embedder.encode_documents([text])[0]]

    return VectorStoreIndex.from_documents(
        [Document(text=text, id_=name) for name, text in sources.items()],
        embed_model=Embedding(model_name=embedder.name),
        transformations=[SentenceSplitter(chunk_size=512, chunk_overlap=50)],
    )


def retrieve_plainly(index: Any) -> Retrieve:
    """The nearest nodes of the plain index."""

    def retrieve(question: GoldQuestion, limit: int) -> list[Passage]:
        found = index.as_retriever(similarity_top_k=limit).retrieve(question.question)
        nodes = [item.node for item in found]
        return [Passage(n.ref_doc_id, n.start_char_idx, n.end_char_idx, n.get_content()) for n in nodes]

    return retrieve


def retrieve_with(pipeline: Pipeline) -> Retrieve:
    """The passages that the program finds."""

    def retrieve(question: GoldQuestion, limit: int) -> list[Passage]:
        found = pipeline.search(question.question, limit, context=question.context)
        return [Passage(r.chunk.document, r.chunk.start, r.chunk.end, r.chunk.text) for r in found]

    return retrieve


def make_engines(index: Any, model: Any) -> dict[str, Ask]:
    """Both query engines, with their default prompts, over the two nearest passages."""
    from llama_index.core.query_engine import CitationQueryEngine

    engines: dict[str, Any] = {
        "CitationQueryEngine": CitationQueryEngine.from_args(
            index, llm=model, similarity_top_k=SHOWN[0], citation_chunk_size=512
        ),
        "compact synthesizer": index.as_query_engine(
            llm=model, similarity_top_k=SHOWN[0], response_mode="compact"
        ),
    }

    def ask_with(engine: Any) -> Ask:
        return lambda question: str(engine.query(question))

    return {name: ask_with(engine) for name, engine in engines.items()}


def make_model(settings: Settings, environment: Mapping[str, str]) -> Any:
    """The configured language model, as LlamaIndex wants it; MissingPartError if there is none."""
    from llama_index.llms.openai_like import OpenAILike

    if not (settings.llm_base_url and settings.llm_model):
        raise MissingPartError("No language model is configured.", "Set RAG_LLM_BASE_URL and RAG_LLM_MODEL.")
    return OpenAILike(
        model=settings.llm_model,
        api_base=settings.llm_base_url,
        api_key=read_api_key(settings, environment),
        is_chat_model=True,
        context_window=settings.llm_context_window,
        timeout=settings.llm_timeout,
        max_retries=0,
        max_tokens=_MAX_TOKENS,
        temperature=0.0,
    )


def measure(
    questions: Sequence[GoldQuestion], retrieve: Retrieve, progress: Progress = silent, name: str = PLAIN
) -> dict[str, dict[str, float | None]]:
    """For each part of the set: recall and nDCG, and how often all expected figures are in the passages."""
    answerable = [question for question in questions if question.answerable]
    values: list[tuple[str, dict[str, float | None]]] = []
    for done, question in enumerate(answerable, start=1):
        values.append((question.split, _measure_one(question, retrieve(question, max(CUTOFFS)))))
        progress(name, done, len(answerable))
    return {
        part: {key: mean(row[key] for split, row in values if part in (EVERYTHING, split)) for key in names}
        for part in (EVERYTHING, *PARTS)
        if (names := list(values[0][1]))
    }


def _measure_one(question: GoldQuestion, found: Sequence[Passage]) -> dict[str, float | None]:
    gold: list[Stretch] = [(item.document, item.start, item.end) for item in question.evidence]
    stretches: list[Stretch] = [(p.document, p.start, p.end) for p in found]
    hits = first_hits(stretches, gold)
    return {
        **{f"recall@{k}": recall_at_k(stretches, gold, k) for k in CUTOFFS},
        **{f"ndcg@{k}": ndcg_at_k(hits, len(gold), k) for k in CUTOFFS},
        **{f"figures in the first {k}": _holds_figures(question, found[:k]) for k in SHOWN},
        **{f"characters of the first {k}": float(sum(p.end - p.start for p in found[:k])) for k in SHOWN},
    }


def first_hits(found: Sequence[Stretch], gold: Sequence[Stretch]) -> list[bool]:
    """Of each stretch found, whether it touches a gold one that none before it touched.

    Passages overlap, and the same evidence must not count twice.
    """
    touched = [{i for i, item in enumerate(gold) if overlap(stretch, item)} for stretch in found]
    return [bool(own - set[int]().union(*touched[:rank])) for rank, own in enumerate(touched)]


def _holds_figures(question: GoldQuestion, passages: Sequence[Passage]) -> float | None:
    if not question.expected:
        return None
    figures = [quantity for passage in passages for quantity in find_quantities(passage.text)]
    return float(all(stands_among(gold, figures) for gold in expected_figures(question)))


def choose_both(questions: Sequence[GoldQuestion], limit: int) -> list[GoldQuestion]:
    """As many answerable as unanswerable ones, in turns, so that a part of them is even, too."""
    answerable = choose([q for q in questions if q.expected], (limit + 1) // 2)
    other = choose([q for q in questions if not q.answerable], limit // 2)
    pairs = [question for pair in zip(answerable, other, strict=False) for question in pair]
    return [*pairs, *answerable[len(other) :]]


def load_replies(path: Path = REPLIES) -> list[Reply]:
    """The kept replies; none where there is no file."""
    if not path.exists():
        return []
    return [Reply(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]


def record(
    questions: Sequence[GoldQuestion], engines: Mapping[str, Ask], model: str, path: Path = REPLIES
) -> Iterator[Reply]:
    """Asks what is not yet kept, and keeps every reply at once; a question that fails is not kept."""
    known = {(kept.id, kept.engine, kept.model) for kept in load_replies(path)}
    for question in questions:
        for engine, ask in engines.items():
            if (question.id, engine, model) in known:
                continue
            started = time.perf_counter()
            try:
                text = ask(question.question)
            except Exception as error:  # whatever the engine, the client or the endpoint raises
                print(f"{question.id}  {engine}: {type(error).__name__}", file=sys.stderr, flush=True)
                continue
            reply = Reply(question.id, engine, model, round(time.perf_counter() - started, 1), text)
            with path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(asdict(reply), ensure_ascii=False) + "\n")
            yield reply


def report(
    kept: Sequence[Reply], questions: Sequence[GoldQuestion], retrieve: Retrieve, pipeline: Pipeline
) -> dict[str, Any]:
    """What the replies of the model that was asked last come to, and what the program answers there."""
    if not kept:
        return {}
    gold = {question.id: question for question in questions}
    model = kept[-1].model
    engines = list(dict.fromkeys(item.engine for item in kept if item.model == model))
    replies = {(item.id, item.engine): item for item in kept if item.model == model and item.id in gold}
    ids = [name for name in gold if all((name, engine) in replies for engine in engines)]
    shown = {name: retrieve(gold[name], SHOWN[0]) for name in ids}
    rows: dict[str, Any] = {}
    for engine in engines:
        pairs = [(gold[name], replies[name, engine]) for name in ids]
        rows[engine] = {
            "outcomes": count_outcomes((q, judge_reply(q, item.reply)) for q, item in pairs),
            "figures_not_borne_out": sum(not_borne_out(q, item.reply, shown[q.id]) for q, item in pairs),
            "median_seconds": median(item.seconds for _, item in pairs) if pairs else None,
        }
    answers = [(gold[n], pipeline.ask(gold[n].question, context=gold[n].context)) for n in ids]
    rows["quotes"] = {
        "outcomes": count_outcomes((question, judge(question, answer)) for question, answer in answers),
        "figures_not_borne_out": sum(not is_borne_out(c.verdict) for _, a in answers for c in a.claims),
    }
    return {"model": model, "questions": len(ids), "engines": rows}


def main() -> None:
    """Measures, or asks a language model; see the module's docstring."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--record", type=int, metavar="N", help="ask a language model N questions")
    arguments = parser.parse_args()
    loaded = load_questions()
    settings = load_settings({}, os.environ)
    try:
        model = make_model(settings, os.environ) if arguments.record else None
    except RagError as error:
        raise SystemExit(str(error)) from error
    with TemporaryDirectory() as folder, progress_bars() as progress:
        pipeline = open_seeds(Settings(index_dir=folder), progress)
        index = build_plain(make_embedder("embedded"), read_sources())
        if model:
            engines = make_engines(index, model)
            chosen = choose_both(loaded.questions, arguments.record)
            for reply in record(chosen, engines, settings.llm_model):
                print(f"{reply.id}  {reply.engine}  {reply.seconds} s  {reply.reply}", flush=True)
        plainly = retrieve_plainly(index)
        data = {
            "question_set": loaded.version,
            "commit": current_commit(),
            "retrieval": {
                OURS: measure(loaded.questions, retrieve_with(pipeline), progress, OURS),
                PLAIN: measure(loaded.questions, plainly, progress, PLAIN),
            },
            "answers": report(load_replies(), loaded.questions, plainly, pipeline),
        }
    RIVALS.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(data, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
