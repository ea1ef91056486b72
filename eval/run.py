"""Runs the question set with the quoting writer and prints right / wrong / refused by category.

    python -m eval.run                 the table
    python -m eval.run --write         also writes eval/results.json and the list of known failures
    python -m eval.run --failures      every question that is not answered right, with its answer

The set has two parts: "tuning" was looked at while the program was written, "reported" was not.
"""

from __future__ import annotations

import argparse
import json
import subprocess
from collections import Counter
from pathlib import Path

from eval.judge import GoldQuestion, Outcome, judge, load_questions
from rag.schema import Answer
from rag.settings import Settings
from rag.wiring import Pipeline, build_index, open_pipeline

HERE = Path(__file__).parent
KNOWN_FAILURES = HERE / "known_failures.txt"
RESULTS = HERE / "results.json"


def open_seeds(index_dir: Path) -> Pipeline:
    """The pipeline over the two seed plans, indexed in `index_dir`."""
    settings = Settings(index_dir=str(index_dir))
    build_index(settings, [HERE.parent / "seeds"])
    return open_pipeline(settings)


def run(
    pipeline: Pipeline, questions: tuple[GoldQuestion, ...]
) -> list[tuple[GoldQuestion, Answer, Outcome]]:
    """Every question with its answer and the verdict on it."""
    answered = [(question, pipeline.ask(question.question)) for question in questions]
    return [(question, answer, judge(question, answer)) for question, answer in answered]


def group_of(question: GoldQuestion) -> str:
    """The row of the table that a question counts in."""
    if not question.answerable:
        kind = "unanswerable"
    elif question.category in ("multi", "compare"):
        kind = "several figures"
    else:
        kind = "one figure" if question.expected else "text"
    return f"{kind}, {question.language}"


def summarise(outcomes: list[tuple[GoldQuestion, Answer, Outcome]]) -> dict[str, dict[str, dict[str, int]]]:
    """Counts of right, wrong and refused by part and group."""
    table: dict[str, dict[str, Counter[str]]] = {}
    for question, _, outcome in outcomes:
        table.setdefault(question.split, {}).setdefault(group_of(question), Counter())[outcome] += 1
    return {
        split: {
            g: {name: counts[name] for name in ("right", "wrong", "refused")}
            for g, counts in sorted(rows.items())
        }
        for split, rows in sorted(table.items())
    }


def print_summary(summary: dict[str, dict[str, dict[str, int]]]) -> None:
    """The table, a row a group."""
    print(f"{'part':<10}{'questions':<22}{'right':>6}{'wrong':>7}{'refused':>9}{'share right':>13}")
    for split, rows in summary.items():
        for group, counts in rows.items():
            share = counts["right"] / sum(counts.values())
            print(
                f"{split:<10}{group:<22}{counts['right']:>6}{counts['wrong']:>7}"
                f"{counts['refused']:>9}{share:>12.1%}"
            )


def markdown_table(summary: dict[str, dict[str, dict[str, int]]]) -> str:
    """The table as Markdown; the README holds it and a test compares the two."""
    lines = [
        "| part | questions | right | wrong | refused | share right |",
        "| --- | --- | --: | --: | --: | --: |",
    ]
    for split, rows in summary.items():
        for group, counts in rows.items():
            share = counts["right"] / sum(counts.values())
            numbers = " | ".join(str(counts[name]) for name in ("right", "wrong", "refused"))
            lines.append(f"| {split} | {group} | {numbers} | {share:.1%} |")
    return "\n".join(lines)


def _commit() -> str:
    done = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, cwd=HERE, check=False
    )
    return done.stdout.strip() or "unknown"


def main() -> None:
    """Runs and prints; see the module's docstring."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--failures", action="store_true")
    parser.add_argument("--index-dir", type=Path, default=Path(".rag"))
    arguments = parser.parse_args()
    outcomes = run(open_seeds(arguments.index_dir), load_questions())
    summary = summarise(outcomes)
    print_summary(summary)
    failures = [(question, answer, outcome) for question, answer, outcome in outcomes if outcome != "right"]
    if arguments.failures:
        for question, answer, outcome in failures:
            if question.split == "tuning":
                print(f"\n{question.id} {outcome}: {question.question}\n  {answer.answer}")
    if arguments.write:
        KNOWN_FAILURES.write_text("".join(f"{q.id}\n" for q, _, _ in failures), encoding="utf-8")
        data = {"commit": _commit(), "writer": "quotes", "questions": len(outcomes), "outcomes": summary}
        RESULTS.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
