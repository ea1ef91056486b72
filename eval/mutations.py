"""The mutation test of the checker: true sentences altered and reworded, judged against their passage.

    python -m eval.mutations                       on the seed plans
    python -m eval.mutations reports/ --show year  on other documents; prints what went wrong in a kind

"caught" is the share of altered texts that are not borne out, "rejected" the share of true ones that
are not. What is altered is drawn with a fixed seed, several times for each sentence.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.mutate import ALTERED, HERE, TRUE, sentences_of
from rag.bind import as_passage
from rag.check import is_borne_out, judge_text

_DRAWS = 12  # how often each kind is tried on a sentence


@dataclass(frozen=True, slots=True)
class Trial:
    """One reworded text; `true` says whether its passage bears it out."""

    kind: str
    true: bool
    text: str
    passage: str


def draw_trials(texts: Sequence[str], seed: int = 1) -> Iterator[Trial]:
    """Every kind of rewording of every sentence of the texts, without repetitions."""
    rng = random.Random(seed)
    for text in texts:
        for sentence in sentences_of(text):
            for true, kinds in ((False, ALTERED), (True, TRUE)):
                for kind, mutate in kinds.items():
                    drawn = {mutate(sentence, rng) for _ in range(1 if kind == "as it stands" else _DRAWS)}
                    for reworded in sorted(drawn - {None}, key=str):
                        yield Trial(kind, true, str(reworded), sentence.passage)


def is_accepted(trial: Trial) -> bool:
    """Whether the checker finds every figure of the text borne out by the passage."""
    judgements = judge_text(trial.text, [as_passage(trial.passage)])
    return bool(judgements) and all(is_borne_out(judgement.verdict) for judgement in judgements)


def count(
    trials: Sequence[Trial], progress: Callable[[int], None] = lambda done: None
) -> dict[str, dict[str, dict[str, int]]]:
    """How many texts of each kind were tried, and how many were judged wrongly."""
    tried: Counter[tuple[bool, str]] = Counter()
    wrong: Counter[tuple[bool, str]] = Counter()
    for done, trial in enumerate(trials, start=1):
        progress(done)
        tried[trial.true, trial.kind] += 1
        wrong[trial.true, trial.kind] += is_accepted(trial) != trial.true
    return {
        name: {kind: {"tried": tried[true, kind], "wrong": wrong[true, kind]} for kind in kinds}
        for name, true, kinds in (("altered", False, ALTERED), ("true", True, TRUE))
    }


def print_counts(counts: dict[str, dict[str, dict[str, int]]]) -> None:
    """A row a kind, with the share caught or rejected."""
    for name, rows in counts.items():
        word = "caught" if name == "altered" else "rejected"
        total = Counter[str]()
        for kind, row in [*rows.items(), ("all", total)]:
            if kind != "all":
                total.update(row)
            share = row["wrong"] / row["tried"] if row["tried"] else 0.0
            share = 1 - share if name == "altered" else share
            print(f"{name:<9}{kind:<22}{row['tried']:>7} tried {row['wrong']:>6} wrong {share:>9.2%} {word}")


def markdown_counts(counts: dict[str, dict[str, dict[str, int]]]) -> str:
    """The counts as Markdown; the documentation holds them and a test compares the two."""
    lines = ["| | texts | judged wrongly |", "| --- | --: | --: |"]
    for name, rows in counts.items():
        for kind, row in rows.items():
            lines.append(f"| {name}: {kind} | {row['tried']} | {row['wrong']} |")
    return "\n".join(lines)


def read_documents(paths: Sequence[Path]) -> list[str]:
    """The texts of files and of the .txt files in folders."""
    files = [f for path in paths for f in (sorted(path.glob("*.txt")) if path.is_dir() else [path])]
    return [file.read_text(encoding="utf-8") for file in files]


def main() -> None:
    """Runs and prints; see the module's docstring."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("paths", nargs="*", type=Path, default=[HERE.parent / "seeds"])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", help="print the wrongly judged texts of this kind")
    arguments = parser.parse_args()
    trials = list(draw_trials(read_documents(arguments.paths), arguments.seed))
    if arguments.show:
        for trial in trials:
            if trial.kind == arguments.show and is_accepted(trial) != trial.true:
                judged = judge_text(trial.text, [as_passage(trial.passage)])
                verdicts = ", ".join(f"{j.claim.quantity.text} {j.verdict} {j.fit:.2f}" for j in judged)
                print(f"{trial.text}\n  {verdicts}\n  {trial.passage}\n")
        return
    print_counts(count(trials))


if __name__ == "__main__":
    main()
