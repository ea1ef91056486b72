"""Runs questions through a real language model, and keeps its replies for the tests.

    RAG_LLM_BASE_URL=http://127.0.0.1:8080/v1 RAG_LLM_MODEL=... python -m eval.record --limit 60
    python -m eval.record --report      what the kept replies come to, without any model

Every n-th answerable question of each group is asked. The replies are kept as they came, one line a
question, in eval/recorded.jsonl; the report replays them through the writer and its gate, and judges the
first reply also as it would have been shown without the gate.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from statistics import median
from typing import Any

from eval.judge import judge
from eval.questions import HERE, GoldQuestion, group_of, load_questions
from eval.runner import open_seeds
from rag.ask import LanguageModelWriter
from rag.check import is_borne_out, judge_claims
from rag.errors import LanguageModelError
from rag.interfaces import LanguageModel, Message
from rag.language import find_quantities
from rag.schema import Answer
from rag.settings import Settings, load_settings
from rag.wiring import Pipeline, make_writer

RECORDED = HERE / "recorded.jsonl"
REPORT = HERE / "language_model.json"


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a model replied to a question (twice where a repair was asked for), and how long it took."""

    id: str
    model: str
    prompt: str
    seconds: float
    replies: tuple[str, ...]


class RecordingModel:
    """Passes a model's pieces on and keeps whole replies."""

    def __init__(self, model: LanguageModel) -> None:
        self.name = model.name
        self.replies: list[str] = []
        self._model = model

    def stream(self, messages: Sequence[Message]) -> Iterator[str]:
        """The pieces of the model; the whole reply is read even if the writer stops early."""
        pieces = list(self._model.stream(messages))
        self.replies.append("".join(pieces))
        yield from pieces


class ReplayedModel:
    """Gives kept replies again, in order."""

    def __init__(self, name: str, replies: Sequence[str]) -> None:
        self.name = name
        self._replies = list(replies)

    def stream(self, messages: Sequence[Message]) -> Iterator[str]:
        """The next kept reply; a LanguageModelError once there is none."""
        if not self._replies:
            raise LanguageModelError("bad_reply", "No further reply was kept.")
        yield self._replies.pop(0)


def choose(questions: Sequence[GoldQuestion], limit: int) -> list[GoldQuestion]:
    """About `limit` questions, spread evenly over the set, so that every group has its share."""
    ordered = sorted(questions, key=lambda q: (group_of(q), q.split, q.id))
    step = max(1, len(ordered) // limit)
    return ordered[::step][:limit]


def record(pipeline: Pipeline, questions: Sequence[GoldQuestion]) -> Iterator[Recorded]:
    """Asks the configured model; questions that the program answers without it are left out."""
    settings = load_settings({}, os.environ)
    writer = make_writer(settings, pipeline.plans.coverage.places, os.environ)
    if writer is None:
        raise SystemExit("Set RAG_LLM_BASE_URL and RAG_LLM_MODEL.")
    for question in questions:
        model = RecordingModel(writer.model)
        started = time.perf_counter()
        answer = pipeline.ask(
            question.question, context=question.context, writer=replace(writer, model=model)
        )
        seconds = round(time.perf_counter() - started, 1)
        if model.replies:
            yield Recorded(question.id, writer.model.name, answer.prompt or "", seconds, tuple(model.replies))


def load_recorded(path: Path = RECORDED) -> list[Recorded]:
    """The kept replies."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [Recorded(**{**row, "replies": tuple(row["replies"])}) for row in rows]


def replay(pipeline: Pipeline, recorded: Recorded, question: GoldQuestion) -> Answer:
    """The answer that the kept replies lead to."""
    model = ReplayedModel(recorded.model, recorded.replies)
    writer = LanguageModelWriter(model, pipeline.plans.coverage.places, timeout=30.0)
    return pipeline.ask(question.question, context=question.context, writer=writer)


def ungated(pipeline: Pipeline, recorded: Recorded, question: GoldQuestion) -> Answer:
    """The first reply as it would have been shown without the gate."""
    quoted = pipeline.ask(question.question, context=question.context)
    text = recorded.replies[0]
    asked = (
        {quantity.magnitude for quantity in find_quantities(quoted.claims[0].text)}
        if quoted.claims
        else set()
    )
    claims = sorted(
        judge_claims(text, quoted.citations),
        key=lambda claim: asked.isdisjoint(q.magnitude for q in find_quantities(claim.text)),
    )
    return replace(quoted, answer=text, claims=tuple(claims))


def report(pipeline: Pipeline, kept: Sequence[Recorded]) -> dict[str, object]:
    """Outcomes and figures not borne out with the gate, without it and by quoting; seconds."""
    gold = {question.id: question for question in load_questions().questions}
    outcomes: dict[str, Counter[str]] = {name: Counter() for name in ("gate", "no gate", "quotes")}
    unborne: Counter[str] = Counter()
    writers: Counter[str] = Counter()
    for item in kept:
        question = gold[item.id]
        answers = {
            "gate": replay(pipeline, item, question),
            "no gate": ungated(pipeline, item, question),
            "quotes": pipeline.ask(question.question, context=question.context),
        }
        writers["model" if answers["gate"].writer == item.model else "quotes"] += 1
        for name, answer in answers.items():
            outcomes[name][judge(question, answer)] += 1
            unborne[name] += sum(not is_borne_out(claim.verdict) for claim in answer.claims)
    return {
        "model": kept[0].model,
        "questions": len(kept),
        "shown": dict(writers),
        "outcomes": {
            name: {key: counts[key] for key in ("correct", "incorrect", "refused")}
            for name, counts in outcomes.items()
        },
        "figures_not_borne_out": {name: unborne[name] for name in outcomes},
        "median_seconds": median(item.seconds for item in kept),
    }


def markdown_report(data: dict[str, Any]) -> str:
    """The report as Markdown; the README holds it and a test compares the two."""
    lines = ["| | correct | incorrect | figures not borne out |", "| --- | --: | --: | --: |"]
    names = {"gate": "model behind the gate", "no gate": "model without the gate", "quotes": "quotes"}
    for key, name in names.items():
        counts = data["outcomes"][key]
        lines.append(
            f"| {name} | {counts['correct']} | {counts['incorrect']} | {data['figures_not_borne_out'][key]} |"
        )
    return "\n".join(lines)


def main() -> None:
    """Records or reports; see the module's docstring."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--limit", type=int, default=60)
    parser.add_argument("--report", action="store_true")
    parser.add_argument("--index-dir", type=Path, default=Path(".rag"))
    arguments = parser.parse_args()
    pipeline = open_seeds(Settings(index_dir=str(arguments.index_dir)))
    if not arguments.report:
        with RECORDED.open("w", encoding="utf-8") as file:
            for item in record(pipeline, choose(load_questions().questions, arguments.limit)):
                file.write(json.dumps(asdict(item), ensure_ascii=False) + "\n")
                file.flush()
                print(f"{item.id}  {item.seconds:5.1f} s  {item.replies[-1]}", flush=True)
    data = report(pipeline, load_recorded())
    REPORT.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(data, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
