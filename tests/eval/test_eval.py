"""The evaluation itself: its questions, its metrics, and whether it notices what it is there for."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from eval.baseline import compare
from eval.command import Options, evaluate
from eval.judge import judge
from eval.mutations import Trial, count
from eval.plots import plot_latency
from eval.questions import CATEGORIES, QUESTIONS, GoldQuestion, load_questions
from eval.report import render_report
from eval.results import Results, read_results
from eval.runner import open_seeds, run_questions
from eval.variants import credulous_checker, without_headings, without_years
from rag.errors import InputError
from rag.settings import Settings
from rag.wiring import Pipeline
from tests.conftest import Run


@pytest.fixture(scope="module")
def questions() -> tuple[GoldQuestion, ...]:
    return load_questions().questions


@pytest.fixture(scope="module")
def some(questions: tuple[GoldQuestion, ...]) -> tuple[GoldQuestion, ...]:
    """Every 64th question."""
    return questions[::64]


def run(pipeline: Pipeline, questions: tuple[GoldQuestion, ...]) -> Results:
    answers = tuple(result for result, _ in run_questions(pipeline, questions))
    return Results("commit", "settings", load_questions().version, "quotes", {}, answers)


@pytest.fixture(scope="module")
def good(pipeline: Pipeline, some: tuple[GoldQuestion, ...]) -> Results:
    return run(pipeline, some)


def test_the_set_covers_what_people_ask(questions: tuple[GoldQuestion, ...]) -> None:
    assert len(questions) >= 300
    for language in ("zh", "en"):
        kinds = {question.category for question in questions if question.language == language}
        assert kinds >= set(CATEGORIES) - {"traditional"}
    assert any(question.context for question in questions)
    reported = [question for question in questions if question.split == "reported"]
    assert 300 <= len(reported) < len(questions) / 2


LINE = QUESTIONS.read_text(encoding="utf-8").splitlines()[0]


def altered(**values: object) -> str:
    return json.dumps({**json.loads(LINE), **values}, ensure_ascii=False)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([LINE, '{"id": "x"'], ["line 2", "no JSON"]),
        ([LINE, "[1]"], ["line 2", "no JSON object"]),
        ([LINE, LINE], ["line 2", "dev-001", "taken by line 1"]),
        ([altered(colour="red")], ["line 1", "unknown field “colour”"]),
        ([json.dumps({k: v for k, v in json.loads(LINE).items() if k != "reason"})], ["line 1", "“reason” is missing"]),
        ([altered(category="easy")], ["line 1", "category “easy”"]),
        ([altered(evidence=[{"document": "003_6a70ec2443a71a7b", "start": 5, "text": "实现规模以上工业增加值573.4亿元"}])],
         ["line 1", "does not stand at 5", "it stands at"]),
        ([altered(evidence=[{"document": "003_6a70ec2443a71a7b", "start": 5, "text": "增加值574.4亿元"}])],
         ["line 1", "stands nowhere"]),
        ([altered(evidence=[{"document": "nowhere", "start": 0, "text": "x"}])], ["line 1", "nowhere"]),
        ([altered(expected=[{"value": "many", "unit": "个", "qualifier": None, "year": 2019, "status": "actual"}])],
         ["line 1", "“many” is no number"]),
        ([altered(expected=[{"value": 3, "unit": "个", "qualifier": None, "year": 2019, "status": "actual"}])],
         ["line 1", "“value” must be a str"]),
        ([altered(reason="not_stated")], ["line 1", "has evidence and no reason"]),
        ([], ["line 1", "holds no question"]),
    ],
)  # fmt: skip
def test_a_broken_question_file_is_named_with_its_line(
    lines: list[str], said: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_questions(path)
    for words in said:
        assert words in str(caught.value)


def test_broken_input_ends_the_command_with_2(rag: Run, tmp_path: Path) -> None:
    broken = tmp_path / "broken.jsonl"
    broken.write_text("{", encoding="utf-8")
    done = rag("eval", "--questions", str(broken), "--output", str(tmp_path / "out"))
    assert (done.returncode, done.stdout) == (2, "")
    assert "broken.jsonl, line 1: no JSON" in done.stderr
    for content, said in (('{"format": 0}', "format 0"), ("{\n\n[", "line 3")):
        broken.write_text(content, encoding="utf-8")
        done = rag(
            "eval", "--check", "--id", "dev-001", "--baseline", str(broken), "--output", str(tmp_path / "out")
        )
        assert done.returncode == 2
        assert said in done.stderr
    assert rag("eval", "--id", "no-such-question").returncode == 2


def test_the_judge_tells_right_from_wrong(pipeline: Pipeline, questions: tuple[GoldQuestion, ...]) -> None:
    gold = next(q for q in questions if q.category == "lookup_actual" and q.expected[0].value == 63)
    assert judge(gold, pipeline.ask("2019年新建公园多少个?")) == "correct"
    assert judge(gold, pipeline.ask("2023年建成公园多少个?")) == "incorrect"
    assert judge(gold, pipeline.ask("2021年新建公园多少个?")) == "refused"


def test_two_runs_give_the_same_bytes(
    pipeline: Pipeline, some: tuple[GoldQuestion, ...], good: Results
) -> None:
    again = run(pipeline, some[::4])
    comparison = compare(good, again, some)
    assert comparison.changes == ()
    pages = {render_report(some[::4], again, good, comparison) for _ in range(2)}
    assert len(pages) == 1


def test_a_broken_part_of_the_retrieval_is_noticed(
    pipeline: Pipeline, some: tuple[GoldQuestion, ...], good: Results
) -> None:
    with without_years():
        bad = run(pipeline, some[::4])
    assert compare(good, bad, some).regressions


def test_an_index_without_headings_is_noticed(
    some: tuple[GoldQuestion, ...], good: Results, tmp_path: Path
) -> None:
    with without_headings():
        pipeline = open_seeds(Settings(index_dir=str(tmp_path)))
    regressions = compare(good, run(pipeline, some), some).regressions
    assert any("recall@" in line for line in regressions)


def test_a_checker_that_says_yes_is_noticed(some: tuple[GoldQuestion, ...], good: Results) -> None:
    passage = "新建公园63个。新增学位9540个。"
    trials = [
        Trial("as it stands", True, "新建公园63个。", passage),
        Trial("digit", False, "新建公园68个。", passage),
        Trial("neighbouring figure", False, "新建公园9540个。", passage),
    ]
    strict = replace(good, checker=count(trials))
    assert all(row["wrong"] == 0 for rows in strict.checker.values() for row in rows.values())
    with credulous_checker():
        credulous = replace(good, checker=count(trials))
    regressions = compare(strict, credulous, some).regressions
    assert [line.split(" ")[:3] for line in regressions] == [
        ["checker:", "altered", "digit"],
        ["checker:", "altered", "neighbouring"],
    ]


def test_an_unfaithful_or_inexact_answer_is_noticed(some: tuple[GoldQuestion, ...], good: Results) -> None:
    for name in ("faithfulness", "quote_exactness"):
        first, *rest = good.answers
        bad = replace(good, answers=(replace(first, **{name: 0.5}), *rest))
        regressions = compare(good, bad, some).regressions
        assert regressions[0].startswith(f"{first.id} {name} fell")


@pytest.fixture(scope="module")
def output(index_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for the runs of the command, with an index that is up to date."""
    folder = tmp_path_factory.mktemp("eval")
    shutil.copytree(index_dir, folder / "index")
    return folder


def test_the_command_writes_results_and_a_report(rag: Run, output: Path) -> None:
    chosen = ("--id", "dev-001", "--id", "un-011", "--output", str(output), "-q")
    first = rag("eval", *chosen, "--baseline", str(output / "none.json"))
    assert first.returncode == 0, first.stderr
    assert "numeric_correctness" in first.stdout
    results = (output / "results.json").read_bytes()
    assert [answer.id for answer in read_results(output / "results.json").answers] == ["dev-001", "un-011"]
    page = (output / "report.html").read_text(encoding="utf-8")
    assert "Since the baseline" not in page
    assert (output / "latency.svg").read_text(encoding="utf-8").startswith("<svg")

    baseline = output / "baseline.json"
    tampered = results.decode().replace('"outcome": "correct"', '"outcome": "incorrect"', 1)
    baseline.write_text(tampered.replace("573.4", "999.9"), encoding="utf-8")
    second = rag("eval", *chosen, "--check", "--baseline", str(baseline))
    assert second.returncode == 0, "an answer that became correct is no regression"
    assert (output / "results.json").read_bytes() == results
    page = (output / "report.html").read_text(encoding="utf-8")
    assert "<del>999.9</del>" in page
    assert "<ins>573.4</ins>" in page


@pytest.mark.parametrize("milliseconds", [11.76, 22.82, 29.57])
def test_the_time_of_one_answer_is_drawn_too(milliseconds: float) -> None:
    assert plot_latency([milliseconds]).startswith("<svg")


def test_check_fails_on_a_regression_and_names_it(rag: Run, output: Path) -> None:
    chosen = ("--id", "dev-001", "--output", str(output), "-q")
    assert rag("eval", *chosen).returncode == 0
    worse = output / "better_baseline.json"
    text = (output / "results.json").read_text(encoding="utf-8")
    worse.write_text(text.replace('"citation_recall": 1.0', '"citation_recall": 1.5'), encoding="utf-8")
    done = rag("eval", *chosen, "--check", "--baseline", str(worse))
    assert done.returncode == 1
    assert "citation_recall 1.5000 → 1.0000" in done.stdout


def test_a_baseline_of_other_questions_is_refused(rag: Run, output: Path) -> None:
    chosen = ("--id", "dev-001", "--output", str(output), "-q")
    assert rag("eval", *chosen).returncode == 0
    other = output / "baseline.json"
    text = (output / "results.json").read_text(encoding="utf-8")
    other.write_text(text.replace(load_questions().version, "000000000000"), encoding="utf-8")
    done = rag("eval", *chosen, "--check", "--baseline", str(other))
    assert done.returncode == 2
    assert "question set 000000000000" in done.stderr
    assert "rag eval --accept" in done.stderr


def test_only_a_whole_run_can_become_the_baseline(pipeline: Pipeline) -> None:
    with pytest.raises(InputError, match="every question"):
        evaluate(Options(ids=("dev-001",), accept=True), Settings(), lambda p: None, print, lambda *a: None)
