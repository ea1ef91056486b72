"""Ablations, rivals and the file that tells of them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from eval import documentation
from eval.ablations import ABLATIONS, METRICS, RANDOM, Row, keep_row, list_subjects, measure, read_rows
from eval.documentation import README, render_readme
from eval.free_text import Passage, judge_reply, not_borne_out
from eval.questions import GoldQuestion, load_questions
from eval.results import metrics_of
from eval.rivals import (
    OURS,
    PLAIN,
    RIVALS,
    SHOWN,
    Retrieve,
    build_plain,
    choose_both,
    first_hits,
    load_replies,
    make_engines,
    record,
    report,
    retrieve_plainly,
)
from eval.rivals import measure as measure_retrieval
from rag.adapters.embedded import EmbeddedEmbedder
from rag.wiring import Pipeline


@pytest.fixture(scope="module")
def questions() -> tuple[GoldQuestion, ...]:
    return load_questions().questions


@pytest.fixture(scope="module")
def index(embedder: EmbeddedEmbedder, texts: dict[str, str]) -> Any:
    return build_plain(embedder, texts)


@pytest.fixture(scope="module")
def plain(index: Any) -> Retrieve:
    return retrieve_plainly(index)


@pytest.mark.parametrize(
    ("gold", "reply", "outcome"),
    [
        ("dev-002", "2019年光明区地区生产总值为1020.9亿元 [1]。", "correct"),
        ("dev-002", "Guangming's GDP was about 102.1 billion yuan in 2019 [1].", "correct"),
        ("dev-002", "According to Source 2, GDP reached 1020.9亿元, an increase of 8.0%.", "correct"),
        ("dev-002", "增长8.0%,达到1020.9亿元。", "correct"),
        ("dev-002", "2019年为573.4亿元,生产总值1020.9亿元。", "incorrect"),
        ("dev-002", "2019年光明区地区生产总值为1020.8亿元。", "incorrect"),
        ("dev-002", "1020.9%", "incorrect"),
        ("dev-002", "The sources do not explicitly mention the GDP of 2019.", "refused"),
        ("dev-002", "资料没有提供2019年的数据,2023年增长9.0%。", "refused"),
        ("dev-002", "光明区的经济稳步发展[1]。", "refused"),
        ("dev-002", "Empty Response", "refused"),
        ("un-011", "资料中未提及该数据。", "correct"),
        ("un-011", "The provided context doesn't contain this information. In 2019 it was 63.", "correct"),
        ("un-011", "None of the sources are helpful [1][2].", "correct"),
        ("un-011", "共有63个 [1]。", "incorrect"),
    ],
)
def test_free_text_is_judged(
    gold: str, reply: str, outcome: str, questions: tuple[GoldQuestion, ...]
) -> None:
    question = next(question for question in questions if question.id == gold)
    assert judge_reply(question, reply) == outcome


def test_several_figures_must_all_be_told(questions: tuple[GoldQuestion, ...]) -> None:
    several = [q for q in questions if len({(item.value, item.unit) for item in q.expected}) == 2]
    for question in several[:20]:
        told = [f"为{item.value}{item.unit}" for item in question.expected]
        assert judge_reply(question, ",".join(told)) == "correct", question.id
        assert judge_reply(question, ",".join(told[::-1])) == "correct", question.id
        assert judge_reply(question, told[0]) == "incorrect", question.id


def test_figures_that_no_passage_holds_are_counted(questions: tuple[GoldQuestion, ...]) -> None:
    question = next(question for question in questions if question.id == "dev-002")
    shown = [Passage("d", 0, 22, "新建公园63个,地区生产总值1020.9亿元。")]
    assert not_borne_out(question, "GDP was 102.09 billion yuan [1]; 63 parks were built [2].", shown) == 0
    assert not_borne_out(question, "公园64个[1],生产总值1020.9亿元,增长8.0%。", shown) == 2


def test_evidence_counts_once_in_overlapping_passages() -> None:
    found = [("d", 0, 10), ("d", 8, 20), ("d", 30, 40), ("e", 0, 10)]
    assert first_hits(found, [("d", 8, 9), ("d", 35, 50)]) == [True, False, True, False]


def test_passages_drawn_by_lot_are_worse_than_those_found(
    pipeline: Pipeline, questions: tuple[GoldQuestion, ...]
) -> None:
    some = [question for question in questions if question.category == "lookup_actual"][::20]
    subjects = {subject.name: subject for subject in list_subjects()}
    ours = measure(subjects["the program as it is"], pipeline, some)
    with subjects[RANDOM].variant():
        lot = measure(subjects[RANDOM], pipeline, some)
        assert measure(subjects[RANDOM], pipeline, some[:2]) == measure(subjects[RANDOM], pipeline, some[:2])
    assert ours.metrics.keys() == set(METRICS)
    for name in ("recall@1", "recall@5", "ndcg@10"):
        assert (lot.metrics[name] or 0.0) < (ours.metrics[name] or 0.0)
    assert lot.outcomes["answerable"]["correct"] < ours.outcomes["answerable"]["correct"]
    assert sum(ours.outcomes["answerable"].values()) == ours.questions == len(some)


def test_rows_of_other_questions_go(tmp_path: Path) -> None:
    path = tmp_path / "ablations.json"
    names = [subject.name for subject in list_subjects()]
    assert len(set(names)) == len(names)
    assert read_rows(path) == ("", "", ())
    for name in (names[1], names[0], names[1]):
        keep_row(Row(name, "commit", 1, {}, {"recall@1": 0.5}), "one", "all", path)
    version, part, rows = read_rows(path)
    assert (version, part, [row.name for row in rows]) == ("one", "all", names[:2])
    keep_row(rows[0], "two", "all", path)
    assert [row.name for row in read_rows(path)[2]] == names[:1]


def test_the_plain_pipeline_finds_something(
    plain: Retrieve, texts: dict[str, str], questions: tuple[GoldQuestion, ...]
) -> None:
    some = [question for question in questions if question.category == "lookup_actual"][::20]
    found = plain(some[0], 5)
    assert len(found) == 5
    for passage in found:
        assert texts[passage.document][passage.start : passage.end] == passage.text
    values = measure_retrieval(some, plain)["all"]
    assert 0 < (values["recall@1"] or 0) <= (values["recall@5"] or 0) <= 1
    assert 0 < (values["figures in the first 2"] or 0) <= (values["figures in the first 5"] or 0)


def test_both_engines_take_the_model_that_they_are_given(index: Any) -> None:
    from llama_index.core.llms import MockLLM

    class Shown(MockLLM):
        """Replies with what it is shown."""

    for name, ask in make_engines(index, Shown()).items():
        shown = ask("2019年新建公园多少个?")
        assert "2019年新建公园多少个?" in shown, name
        assert "光明区" in shown, name


def test_a_stopped_recording_goes_on(
    tmp_path: Path, questions: tuple[GoldQuestion, ...], plain: Retrieve, pipeline: Pipeline
) -> None:
    path = tmp_path / "replies.jsonl"
    chosen = choose_both(questions, 7)
    assert [question.answerable for question in chosen] == [True, False, True, False, True, False, True]
    asked: list[str] = []

    def ask(question: str) -> str:
        asked.append(question)
        if len(asked) == 3:
            raise TimeoutError
        return "未提及。"

    first = record(chosen, {"one": ask, "two": ask}, "model", path)
    kept = [next(first), next(first), next(first)]  # the third call fails, and is passed over
    first.close()
    assert load_replies(path) == kept
    assert [item.id for item in kept] == [chosen[0].id, chosen[0].id, chosen[1].id]
    assert len(list(record(chosen, {"one": ask, "two": ask}, "model", path))) == 11
    assert len(asked) == 15, "what was kept is not asked again; what failed is"
    assert list(record(chosen, {"one": ask}, "model", path)) == []

    told = report(load_replies(path), questions, plain, pipeline)
    assert (told["model"], told["questions"]) == ("model", 7)
    for engine in ("one", "two"):
        row = told["engines"][engine]
        assert row["outcomes"]["answerable"] == {"correct": 0, "incorrect": 0, "refused": 4}
        assert row["outcomes"]["unanswerable"] == {"correct": 3, "incorrect": 0, "refused": 0}
        assert row["figures_not_borne_out"] == 0
    assert told["engines"]["quotes"]["figures_not_borne_out"] == 0
    assert report([], questions, plain, pipeline) == {}


def test_the_readme_is_what_the_result_files_say() -> None:
    assert README.read_text(encoding="utf-8") == render_readme(), "run `python -m eval.documentation`"


def test_every_metric_is_explained() -> None:
    named = {name.partition("@")[0] for name in metrics_of(())}
    assert named == {name.partition("@")[0] for name in documentation.METRICS}


def test_what_is_not_measured_is_said_to_be_so(tmp_path: Path) -> None:
    page = render_readme(tmp_path)
    assert page.lower().count("not measured yet") == 6
    assert "What the table teaches" not in page


def test_the_table_is_made_from_the_files(tmp_path: Path) -> None:
    outcome = {"correct": 1, "incorrect": 2, "refused": 3}
    found = {"recall@1": 0.25, "recall@5": 0.5, "ndcg@10": None}
    found |= {f"characters of the first {k}": 100.0 for k in SHOWN}
    found |= {f"figures in the first {k}": 0.125 for k in SHOWN}
    engine = {"outcomes": {"answerable": outcome}, "figures_not_borne_out": 7, "median_seconds": 1.0}
    rivals = {
        "question_set": "one",
        "retrieval": {name: {"reported": found} for name in (OURS, PLAIN)},
        "answers": {"model": "m", "questions": 6, "engines": {"compact synthesizer": engine}},
    }
    (tmp_path / RIVALS.name).write_text(json.dumps(rivals), encoding="utf-8")
    row = Row(RANDOM, "commit", 6, {"one figure, zh": outcome}, {"recall@1": 0.0})
    keep_row(row, "one", "reported", tmp_path / ABLATIONS.name)
    page = render_readme(tmp_path)
    assert f"| {RANDOM} | 1 / 2 / 3 | – | – | – | 0.0 % | – | – | – |" in page
    assert f"| {PLAIN}: retrieval | – | – | – | – | 25.0 % | 50.0 % | – | – |" in page
    assert (
        f"| {PLAIN}, compact synthesizer, m, the same 6 questions | – | – | 1 / 2 / 3 | – | – | – | – | 7 |"
        in page
    )
    assert "12.5 % in the first 2 (100 characters)" in page
    assert "What the table teaches" not in page, "most of the rows are missing"
    for subject in list_subjects():
        keep_row(replace(row, name=subject.name), "one", "reported", tmp_path / ABLATIONS.name)
    assert "What the table teaches" in render_readme(tmp_path)
