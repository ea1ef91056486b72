"""What `rag eval` does: run, print, report, and compare with the baseline."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import RenderableType

from eval.baseline import BASELINE, Comparison, check_versions, compare
from eval.mutations import count, draw_trials
from eval.plots import plot_latency
from eval.questions import HERE, QUESTIONS, GoldQuestion, QuestionSet, load_questions, read_sources
from eval.report import render_report
from eval.results import Counts, Results, pair_up, read_results, write_results
from eval.runner import (
    Progress,
    current_commit,
    open_seeds,
    quote_questions,
    run_questions,
    settings_hash,
)
from eval.table import render_comparison, render_tables
from rag.ask import LanguageModelWriter
from rag.errors import InputError
from rag.settings import Settings
from rag.wiring import Pipeline

OUTPUT = HERE / "out"
_MANY = 50  # questions that are worth several processes


@dataclass(frozen=True, slots=True)
class Options:
    """What to run and what to do with the results; empty `parts` or `categories`: all."""

    questions: Path = QUESTIONS
    baseline: Path = BASELINE
    output: Path = OUTPUT
    parts: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    check: bool = False
    accept: bool = False

    @property
    def whole(self) -> bool:
        """Whether every question is run."""
        return not (self.parts or self.categories or self.ids)


def evaluate(
    options: Options,
    settings: Settings,
    choose_writer: Callable[[Pipeline], LanguageModelWriter | None],
    show: Callable[[RenderableType], None],
    progress: Progress,
) -> int:
    """Runs the questions and returns the exit code: 1 if `check` finds a regression.

    Raises InputError for broken questions, an unusable baseline and options that choose nothing.
    """
    if options.accept and not options.whole:
        raise InputError("A baseline holds every question.", "Leave out --part, --category and --id.")
    loaded = load_questions(options.questions)
    questions = choose(loaded, options)
    baseline = _read_baseline(options)
    pipeline = open_seeds(settings, progress)
    writer = choose_writer(pipeline)
    results, times = _run(loaded, questions, pipeline, writer, options, progress)
    if options.check and baseline:
        check_versions(baseline, results)
    comparable = baseline if baseline and baseline.questions == results.questions else None
    comparison = compare(comparable, results, questions) if comparable else None
    _write(options, questions, results, comparable, comparison, times)
    show(render_tables(pair_up(questions, results)))
    if comparison:
        show(render_comparison(comparison))
    if options.accept:
        shutil.copyfile(options.output / "results.json", options.baseline)
    return int(options.check and bool(comparison and comparison.regressions))


def choose(loaded: QuestionSet, options: Options) -> tuple[GoldQuestion, ...]:
    """The questions that the options name; raises InputError if there are none."""
    chosen = tuple(
        question
        for question in loaded.questions
        if (not options.parts or question.split in options.parts)
        and (not options.categories or question.category in options.categories)
        and (not options.ids or question.id in options.ids)
    )
    if not chosen:
        raise InputError(
            "The options choose no question.", "`python -m eval.questions` shows what the set holds."
        )
    return chosen


def _read_baseline(options: Options) -> Results | None:
    if options.accept or not (options.check or options.baseline.exists()):
        return None
    return read_results(options.baseline)


def _run(
    loaded: QuestionSet,
    questions: Sequence[GoldQuestion],
    pipeline: Pipeline,
    writer: LanguageModelWriter | None,
    options: Options,
    progress: Progress,
) -> tuple[Results, list[float]]:
    run = (
        run_questions(pipeline, questions, writer, progress)
        if writer or len(questions) < _MANY
        else quote_questions(pipeline.settings, questions, progress)
    )
    answers, times = zip(*run, strict=True)
    results = Results(
        commit=current_commit(),
        settings=settings_hash(pipeline.settings),
        questions=loaded.version,
        writer=writer.model.name if writer else "quotes",
        checker=_try_checker(progress) if options.whole else {},
        answers=answers,
    )
    return results, list(times)


def _try_checker(progress: Progress) -> Counts:
    """The mutation test of the checker on the plans."""
    trials = list(draw_trials(list(read_sources().values())))
    return count(trials, lambda done: progress("mutate", done, len(trials)))


def _write(
    options: Options,
    questions: Sequence[GoldQuestion],
    results: Results,
    baseline: Results | None,
    comparison: Comparison | None,
    times: Sequence[float],
) -> None:
    write_results(options.output / "results.json", results, questions)
    page = render_report(questions, results, baseline, comparison)
    (options.output / "report.html").write_text(page, encoding="utf-8")
    (options.output / "latency.svg").write_text(plot_latency(times), encoding="utf-8")
