"""Runs the questions through a pipeline and keeps, for each, the answer with what it is worth."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import subprocess
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from pathlib import Path

from eval.judge import judge
from eval.metrics import (
    Stretch,
    faithfulness,
    ndcg_at_k,
    overlap,
    precision,
    quote_exactness,
    recall,
    recall_at_k,
)
from eval.questions import HERE, SEEDS, GoldQuestion
from eval.results import CUTOFFS, CitedQuote, QuestionResult
from rag.ask import LanguageModelWriter
from rag.schema import Answer, SearchResult
from rag.settings import Settings
from rag.wiring import Pipeline, build_index, open_pipeline

Progress = Callable[[str, int, int], None]
_MOST_WORKERS = 4
_PORTION = 8  # questions that a worker takes at a time
_opened: list[Pipeline] = []  # a worker's
_IRRELEVANT = ("seeds", "index_dir", "lock_timeout", "llm_base_url", "llm_api_key_file", "llm_timeout")


def silent(step: str, done: int, total: int) -> None:
    """Shows no progress."""


def open_seeds(settings: Settings, progress: Progress = silent) -> Pipeline:
    """The pipeline over the two seed plans, indexed in the folder of the settings."""
    build_index(settings, [SEEDS], progress=progress)
    return open_pipeline(settings)


def run_questions(
    pipeline: Pipeline,
    questions: Sequence[GoldQuestion],
    writer: LanguageModelWriter | None = None,
    progress: Progress = silent,
) -> Iterator[tuple[QuestionResult, float]]:
    """The result of every question, in order, and the milliseconds that its answer took."""
    for done, question in enumerate(questions, start=1):
        answer = pipeline.ask(question.question, context=question.context, writer=writer)
        ranked: tuple[SearchResult, ...] = ()
        if question.evidence:  # of nothing, nothing can be found
            ranked = pipeline.search(question.question, max(CUTOFFS), context=question.context)
        yield assess(question, answer, ranked, pipeline.plans.source), answer.timings_ms["total"]
        progress("evaluate", done, len(questions))


def quote_questions(
    settings: Settings, questions: Sequence[GoldQuestion], progress: Progress = silent
) -> Iterator[tuple[QuestionResult, float]]:
    """As `run_questions` with the quoting writer, over an index that is there, on several cores."""
    workers = min(_MOST_WORKERS, os.cpu_count() or 1, len(questions))
    spawn = multiprocessing.get_context("spawn")  # Chroma's threads do not survive a fork
    with ProcessPoolExecutor(workers, spawn, _open, (settings,)) as pool:
        for done, result in enumerate(pool.map(_quote, questions, chunksize=_PORTION), start=1):
            yield result
            progress("evaluate", done, len(questions))


def _open(settings: Settings) -> None:
    """Opens the pipeline of a worker, once."""
    _opened.append(open_pipeline(settings))


def _quote(question: GoldQuestion) -> tuple[QuestionResult, float]:
    return next(run_questions(_opened[0], [question]))


def assess(
    question: GoldQuestion,
    answer: Answer,
    ranked: Sequence[SearchResult],
    source: Callable[[str], str],
) -> QuestionResult:
    """What an answer and the passages found for its question are worth."""
    gold: list[Stretch] = [(item.document, item.start, item.end) for item in question.evidence]
    cited: list[Stretch] = [(c.document, c.start, c.end) for c in answer.citations]
    passages: list[Stretch] = [(r.chunk.document, r.chunk.start, r.chunk.end) for r in ranked]
    told = question.answerable and answer.outcome == "answered"
    hits = [any(overlap(passage, item) for item in gold) for passage in passages]
    return QuestionResult(
        id=question.id,
        outcome=judge(question, answer),
        abstained=answer.abstention.reason if answer.abstention else None,
        answer=answer.answer,
        citations=tuple(CitedQuote(c.document, c.start, c.end, c.quote) for c in answer.citations),
        faithfulness=faithfulness(answer),
        quote_exactness=quote_exactness(answer.citations, source),
        citation_precision=precision(cited, gold) if told else None,
        citation_recall=recall(cited, gold) if told else None,
        recall_at={str(k): recall_at_k(passages, gold, k) for k in CUTOFFS},
        ndcg_at={str(k): ndcg_at_k(hits, len(gold), k) for k in CUTOFFS},
    )


def settings_hash(settings: Settings) -> str:
    """A hash of the settings that can change an answer."""
    kept = {name: value for name, value in asdict(settings).items() if name not in _IRRELEVANT}
    return hashlib.sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest()[:12]


def current_commit(folder: Path = HERE) -> str:
    """The commit of the program, with a mark if files were changed since; "unknown" outside a repository."""
    done = subprocess.run(
        ["git", "describe", "--always", "--dirty=+changes", "--abbrev=10"],
        capture_output=True,
        text=True,
        cwd=folder,
        check=False,
        timeout=30,
    )
    return done.stdout.strip() or "unknown"
