"""The page's parts without a browser: what is shown, kept, accepted and refused."""

from __future__ import annotations

import base64
import json
import re
import shutil
import string
import sys
import threading
import tomllib
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from tests.bad_files import BAD
from tests.browsing import free_port
from tests.conftest import PLAN_2020, PLAN_2024, SEEDS
from hypothesis import given
from hypothesis import strategies as st

from rag.ask import check_question
from rag.bind.asked_time import Coverage
from rag.check.verify import CheckedFigure, Verification, check_text
from rag.commands.verification import read_text
from rag.errors import InputError, RagError, SourceError
from rag.index import stored_text
from rag.index.manifest import SourceRecord, read_manifest, write_manifest
from rag.language.stemming import stem_word
from rag.read.parse import parse_document
from rag.read.readers import read_source
from rag.schema import Answer, Citation, Claim, Document, Span
from rag.settings import Settings, read_api_key
from rag.ui.access import Users, add_user, is_loopback, load_users, may_edit, read_users
from rag.ui.chat import Progress, ask
from rag.ui.errors import tell_error, tell_message
from rag.ui.library import Upload, add_documents, remove_document, safe_name
from rag.ui.live import LivePipeline
from rag.ui.parts import split_answer, split_line
from rag.ui.passages import Reference, parse_reference, read_lines, section_around
from rag.ui.texts import Texts, choose_language, example_years
from rag.ui.turns import (
    MOST_TURNS,
    Filters,
    Turn,
    check_context,
    context_of,
    describe_filters,
    link_query,
    standalone,
    turns_from_json,
    turns_to_json,
)
from rag.ui.view import (
    export_markdown,
    view_conversation,
    view_documents,
    view_messages,
    view_pending,
    view_reader,
    view_turn,
    view_verification,
)
from rag.wiring import Pipeline, build_index, make_writer, open_pipeline

GDP = "2023年光明区GDP增长多少?"
ZH, EN = Texts("zh"), Texts("en")
EVIL = "<img src=x onerror=alert(1)>\"'&</template></p>"


def citation(key: int, quote: str = "增长9.0%", **changes: object) -> Citation:
    given = Citation(key, "p", "计划", "p.txt", 2024, 2023, "actual", ("一、执行情况",), quote, 0, len(quote))
    return replace(given, **changes)  # type: ignore[arg-type]


# an answer in parts


def test_figures_and_keys_of_an_answer_are_told_apart(pipeline: Pipeline) -> None:
    answer = pipeline.ask(GDP)
    (line,) = split_answer(answer)
    assert "".join(part.text for part in line) == answer.answer
    assert (line[0].kind, line[0].text) == ("lead", answer.claims[0].text)
    assert [part.text for part in line if part.kind == "figure"] == ["9.0%"]
    assert [part.citation for part in line if part.kind == "key"] == [answer.citations[0]]


def test_an_abstention_has_no_figures(pipeline: Pipeline) -> None:
    answer = pipeline.ask("2021年GDP是多少?")
    assert answer.outcome == "abstained"
    kinds = {part.kind for line in split_answer(answer) for part in line}
    assert kinds == {"text"}


def test_footnote_marks_inside_a_quote_are_no_keys() -> None:
    one = citation(1, "工业[1]增加值增长9.5%")
    parts = split_line(f"“{one.quote}”[1]", {"9.5%"}, {1: one}, True)
    assert [(part.kind, part.text) for part in parts] == [
        ("text", "“工业[1]增加值增长"),
        ("figure", "9.5%"),
        ("text", "”"),
        ("key", "[1]"),
    ]


def test_a_key_without_a_citation_is_text() -> None:
    assert [part.kind for part in split_line("见[7]", set(), {1: citation(1)}, True)] == ["text"]


@given(st.text("增长9.0%[]1(2023年) \u3000“”x", max_size=40), st.booleans())
def test_the_parts_are_the_line(line: str, emphasised: bool) -> None:
    parts = split_line(line, {"9.0%", "1"}, {1: citation(1)}, emphasised)
    assert "".join(part.text for part in parts) == line


# a document to be read


@given(data=st.data())
def test_every_letter_of_the_source_is_shown_and_the_hit_is_the_quote(
    documents: dict[str, Document], data: st.DataObject
) -> None:
    document = documents[data.draw(st.sampled_from([PLAN_2020, PLAN_2024]))]
    size = len(document.text)
    start = data.draw(st.integers(0, size - 1))
    hit = Span(start, data.draw(st.integers(start + 1, min(size, start + 300))))
    whole = data.draw(st.booleans())
    shown = Span(0, size) if whole else section_around(document, start)
    assert shown.start <= start < shown.end
    lines = read_lines(document, shown, hit)
    source = document.text[shown.start : shown.end].splitlines()
    assert ["".join(piece.text for piece in line.pieces) for line in lines] == [
        s for s in source if s.strip()
    ]
    for piece in (piece for line in lines for piece in line.pieces):
        assert document.text[piece.start : piece.start + len(piece.text)] == piece.text
    marked = "".join(piece.text for line in lines for piece in line.pieces if piece.hit)
    quoted = document.text[hit.start : min(hit.end, shown.end)].splitlines(keepends=True)
    blank = {s for s in document.text.splitlines() if not s.strip()}
    assert marked.strip() == "".join(q.rstrip("\r\n") for q in quoted if q.strip() or q not in blank).strip()


def test_headings_are_told_apart(documents: dict[str, Document]) -> None:
    document = documents[PLAN_2024]
    lines = read_lines(document, Span(0, len(document.text)), None)
    told = {piece.start: piece.text for line in lines for piece in line.pieces if piece.heading}
    assert told == {s.start: document.text[s.start : s.heading_end] for s in document.sections}
    first = document.sections[0]
    level = next(line.level for line in lines if any(piece.start == first.start for piece in line.pieces))
    assert level == first.level


def test_the_section_around_a_place_is_the_widest_that_can_be_taken_in(
    documents: dict[str, Document],
) -> None:
    document = documents[PLAN_2024]
    around = section_around(document, document.sections[2].start)
    assert around.end - around.start <= 4000
    assert any((s.start, s.end) == (around.start, around.end) for s in document.sections)
    assert section_around(document, 0) == Span(0, len(document.text))


@given(st.text(min_size=1, max_size=20), st.integers(0, 10**8), st.integers(0, 10**8))
def test_references_come_back(name: str, start: int, end: int) -> None:
    assert parse_reference(f"{name}:{start}-{end}") == Reference(name, Span(start, end))


@pytest.mark.parametrize("text", ["plan", "", ":", "plan:1", "plan:1-", "plan:-1-2", "plan:1-" + "9" * 5000])
def test_whatever_else_names_a_whole_document(text: str) -> None:
    assert parse_reference(text) == Reference(text, None)


# the wording


def flat(data: dict[str, object], path: str = "") -> dict[str, str]:
    """Every text of a language by its path; examples count as one kind."""
    texts: dict[str, str] = {}
    for key, value in data.items():
        if isinstance(value, dict):
            texts |= flat(value, f"{path}{key}.")
        elif isinstance(value, str):
            texts[path + key] = value
    return texts


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_say_the_same_things() -> None:
    data = tomllib.loads(files("rag").joinpath("ui/data/interface.toml").read_text(encoding="utf-8"))
    zh, en = flat(data["zh"]), flat(data["en"])
    assert list(zh) == list(en)
    assert {key: placeholders(text) for key, text in zh.items()} == {
        key: placeholders(text) for key, text in en.items()
    }
    assert all(text.strip() for text in (*zh.values(), *en.values()))
    assert len(data["zh"]["examples"]) == len(data["en"]["examples"])


@pytest.mark.parametrize("texts", [ZH, EN])
def test_every_verdict_finding_status_and_step_has_a_name(texts: Texts) -> None:
    from typing import get_args

    from rag.check.verify import Finding
    from rag.schema import Status, Verdict

    for table, kind in (("verdicts", Verdict), ("findings", Finding), ("status_names", Status)):
        assert len({texts.name(table, key) for key in get_args(kind)}) == len(get_args(kind))
    for step in ("read", "embed", "store", "words", "check"):
        assert texts.name("progress", step)
    for name in ("found", "checked", "write"):
        assert "7" in texts.fill(f"step_{name}", count=7, model="model 7")


@pytest.mark.parametrize(
    ("wanted", "accepted", "language"),
    [
        ("", "", "zh"),
        ("", "fr-FR,de", "zh"),
        ("", "en-GB,en;q=0.9,zh;q=0.8", "en"),
        ("", "zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("", "en;q=0.1,zh;q=0.8", "zh"),
        ("", "en;q=nonsense,zh", "zh"),
        ("", ";;;,,,", "zh"),
        ("en", "zh-CN", "en"),
        ("<script>", "en", "en"),
    ],
)
def test_the_language_is_chosen(wanted: str, accepted: str, language: str) -> None:
    assert choose_language(wanted, accepted) == language


@pytest.mark.parametrize(
    "years", [(2019, 2020, 2023, 2024), (2023, 2024), (2024,), (2020, 2021, 2022, 2023, 2024)]
)
def test_examples_compare_two_years_and_miss_one(years: tuple[int, ...]) -> None:
    coverage = Coverage(years, ("光明区",), max(years))
    named = example_years(coverage)
    assert named["missing"] not in years
    assert named["actual"] != named["earlier"]
    for texts in (ZH, EN):
        assert not any("{" in example.question for example in texts.examples(coverage))


# a conversation


@pytest.fixture(scope="module")
def turns(pipeline: Pipeline) -> tuple[Turn, ...]:
    answers = [
        pipeline.ask(GDP),
        pipeline.ask("那2019年呢?", context=[GDP]),
        pipeline.ask("2021年GDP是多少?"),
    ]
    return (
        Turn(GDP, answers[0], filters=Filters((2023,), "actual", (PLAN_2024,))),
        Turn("那2019年呢?", answers[1], context=(GDP,)),
        Turn("2021年GDP是多少?", answers[2]),
    )


def test_a_conversation_comes_back_from_the_browser(turns: tuple[Turn, ...]) -> None:
    assert turns_from_json(json.loads(json.dumps(turns_to_json(turns)))) == turns
    assert turns_to_json(turns * 20)[-1] == turns_to_json(turns)[-1]
    assert len(turns_to_json(turns * 20)) == MOST_TURNS


def test_tampered_data_gives_no_conversation(turns: tuple[Turn, ...]) -> None:
    (kept,) = turns_to_json(turns[:1])
    tampered: list[object] = [
        None,
        "x",
        7,
        {"question": "x"},
        [{}],
        [[kept]],
        [{**kept, "question": {"a": 1}}],
        [{**kept, "answer": "9.0%"}],
        [{**kept, "answer": {**kept["answer"], "outcome": "<script>"}}],
        [{**kept, "answer": {**kept["answer"], "claims": [{"text": "9"}]}}],
        [{**kept, "filters": {"years": ["x"]}}],
        [{**kept, "filters": {"status": "surely"}}],
    ]
    for data in tampered:
        assert turns_from_json(data) == ()


def test_a_link_holds_what_an_answer_needs(turns: tuple[Turn, ...]) -> None:
    scoped, leaning, plain = turns
    assert parse_qs(link_query(scoped)) == {
        "q": [GDP],
        "year": ["2023"],
        "status": ["actual"],
        "document": [PLAN_2024],
    }
    assert parse_qs(link_query(standalone(leaning))) == {"q": ["那2019年呢?"], "after": [GDP]}
    assert standalone(replace(plain, context=(GDP,))) == plain
    titles = {PLAN_2024: "2024年计划"}
    assert describe_filters(scoped.filters, titles, ZH) == "2023年 · 实际 · 2024年计划"
    assert describe_filters(Filters(), titles, ZH) == ""


def test_a_follow_up_leans_on_answered_questions_alone(turns: tuple[Turn, ...]) -> None:
    failed = Turn("?", error="x")
    assert context_of((*turns, failed)) == tuple(turn.question for turn in turns)
    assert check_context(["a"] * 99) == ("a",) * 6
    with pytest.raises(InputError):
        check_context(["很" * 3000])


# what is shown


class Tags(HTMLParser):
    """The tags and attributes of a fragment."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen |= {tag, *(name for name, _ in attrs)}


def evil_answer(outcome: str) -> Answer:
    claim = Claim("9.0%", "9.0", "%", None, "supported", (1,), EVIL)
    cited = citation(1, EVIL, document=EVIL, title=EVIL, path=EVIL, section=(EVIL,))
    return Answer(
        EVIL, "zh", outcome, f"{EVIL}[1]", EVIL, (cited,), (claim,), None, {"total": 1.0}, None, EVIL  # type: ignore[arg-type]
    )  # fmt: skip


def evil_views(document: Document) -> dict[str, str]:
    turn = Turn(EVIL, evil_answer("answered"), filters=Filters(documents=(EVIL,)), context=(EVIL,))
    failed = Turn(EVIL, error=EVIL)
    record = SourceRecord(
        EVIL, EVIL, EVIL, "plan", EVIL, "", EVIL, 2024, {"place": "title"}, (2023,), ("2023:actual",), (EVIL,), "", "", (), 1
    )  # fmt: skip
    evil = parse_document(
        f"光明区2025年计划{EVIL}\n一、2025年计划{EVIL}\n2025年新建公园20个{EVIL}。\n", EVIL, EVIL
    )
    figure = CheckedFigure(0, 4, replace(evil_answer("answered").claims[0]), "supported")
    verification = Verification(
        f"9.0%{EVIL}", "zh", "supported", (figure,), evil_answer("answered").citations
    )
    return {
        "turn": view_turn(turn, {EVIL: EVIL}, ZH, last=True),
        "abstained": view_turn(replace(turn, answer=evil_answer("abstained")), {}, ZH, last=True),
        "failed": view_turn(failed, {}, ZH, last=True),
        "conversation": view_conversation((turn, failed), {}, EN, last=False),
        "pending": view_pending(EVIL, EVIL, [EVIL], [EVIL], ZH),
        "reader": view_reader(evil, Reference(EVIL, Span(3, 40)), True, ZH),
        "documents": view_documents([record], ZH),
        "messages": view_messages([("bad", EVIL)]),
        "verification": view_verification(verification, ZH),
    }


def test_markup_in_any_field_is_shown_as_text(documents: dict[str, Document]) -> None:
    for name, html in evil_views(documents[PLAN_2020]).items():
        seen = Tags(html).seen
        assert not seen & {"img", "script", "onerror"}, name
        assert "&lt;img" in html, name
        assert html.count("</template>") == html.count("<template"), name


def test_markdown_of_an_answer_holds_no_markup_and_all_sources(turns: tuple[Turn, ...]) -> None:
    told = export_markdown(turns[1], {}, ZH)
    answer = turns[1].answer
    assert answer
    for expected in (answer.answer, answer.citations[0].quote, answer.citations[0].title):
        assert expected in told
    evil = export_markdown(Turn(EVIL, evil_answer("answered")), {}, ZH)
    assert "<" not in evil.replace("\\<", "")


def test_figures_of_an_answer_stand_with_their_verdicts(turns: tuple[Turn, ...]) -> None:
    html = view_turn(turns[0], {PLAN_2024: "2024年计划"}, ZH, last=True)
    assert '<strong class="lead">9.0%</strong>' in html
    assert "原文一致" in html
    assert "范围:2023年 · 实际 · 2024年计划" in html
    assert "data-again" in html
    assert "data-again" not in view_turn(turns[0], {}, ZH, last=False)


# a question on its way


@pytest.fixture(scope="module")
def live(index_dir: Path) -> LivePipeline:
    return LivePipeline(Settings(index_dir=str(index_dir)), {})


def same(one: Answer | None, other: Answer) -> bool:
    return one is not None and replace(one, timings_ms={}) == replace(other, timings_ms={})


def test_the_last_item_is_the_answer(live: LivePipeline, pipeline: Pipeline) -> None:
    turn = Turn("那2019年呢?", context=(GDP,), filters=Filters(documents=(PLAN_2020,)))
    *progress, done = ask(live, turn, False, ZH)
    assert all(isinstance(item, Progress) for item in progress)
    assert isinstance(done, Turn)
    assert same(done.answer, pipeline.ask(turn.question, documents=(PLAN_2020,), context=(GDP,)))
    assert (done.question, done.error) == (turn.question, "")


@pytest.mark.parametrize(
    ("turn", "told"),
    [
        (Turn(""), "请先输入问题"),
        (Turn("很" * 2001), "最多2,000个"),
        (Turn("a\ud800"), "不可见"),
        (Turn("那2019年呢?", context=("很" * 2001,)), "最多2,000个"),
    ],
)
def test_a_question_that_fails_says_why(live: LivePipeline, turn: Turn, told: str) -> None:
    *_, done = ask(live, turn, False, ZH)
    assert isinstance(done, Turn)
    assert done.answer is None
    assert told in done.error
    assert told in view_turn(done, {}, ZH, last=True)


def test_a_missing_index_is_told(tmp_path: Path) -> None:
    *_, done = ask(LivePipeline(Settings(index_dir=str(tmp_path / "none")), {}), Turn(GDP), False, ZH)
    assert isinstance(done, Turn)
    assert done.error == "还没有索引。请管理员运行 rag index。"


def test_who_closes_the_page_stops_the_work(index_dir: Path) -> None:
    opened, go_on, asked = threading.Event(), threading.Event(), threading.Event()

    class Slow(LivePipeline):
        """Opens the index when it is told to."""

        def get(self) -> Pipeline:
            opened.set()
            go_on.wait(10)
            pipeline = super().get()

            def text(name: str) -> str:  # read for the answer, behind the first step
                asked.set()
                return pipeline.plans.source(name)

            return replace(pipeline, plans=replace(pipeline.plans, source=text))

    before = set(threading.enumerate())
    news = ask(Slow(Settings(index_dir=str(index_dir)), {}), Turn(GDP), False, ZH)
    assert isinstance(next(news), Progress)
    assert opened.wait(10)
    news.close()  # type: ignore[attr-defined]
    go_on.set()
    for thread in set(threading.enumerate()) - before:
        thread.join(10)
        assert not thread.is_alive()
    assert not asked.is_set()


def test_many_people_do_not_spoil_each_others_words() -> None:
    words = [
        f"{stem}{end}" for stem in ("nation", "organ", "invest") for end in ("al", "ization", "ing", "ments")
    ]
    expected = [stem_word(word) for word in words]
    found: list[list[str]] = []

    def stem_all() -> None:
        for _ in range(20):
            found.append([stem_word.__wrapped__(word) for word in words])

    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    people = [threading.Thread(target=stem_all) for _ in range(4)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    sys.setswitchinterval(before)
    assert found == [expected] * 80


# documents that come and go

NEW = "{place}{year}年国民经济和社会发展计划\n  一、{year}年计划\n  {year}年计划新建公园{n}个。\n"


def new_plan(path: Path, year: int = 2025, n: int = 20, place: str = "光明区") -> Upload:
    path.write_text(NEW.format(year=year, n=n, place=place), encoding="utf-8")
    return Upload(path, path.name)


@given(st.text(max_size=300))
def test_a_safe_name_is_one_that_a_file_can_have(name: str) -> None:
    safe = safe_name(name)
    assert safe
    assert safe not in (".", "..")
    assert not set(safe) & set('/\\\0:*?"<>|\n')
    assert not safe.startswith((".", " "))
    assert len(safe.encode()) <= 255
    assert safe_name(safe) == safe


@given(st.text("𠀀计a.", min_size=100, max_size=400))
def test_long_names_are_cut_between_characters(name: str) -> None:
    assert len(safe_name(name).encode()) <= 255
    assert safe_name(f"{name}.pdf").endswith(".pdf")


def test_names_that_people_give_stay() -> None:
    for name in ("2024年计划(草案).txt", "光明区《计划》—2024.pdf", "report-1.docx"):
        assert safe_name(name) == name


@pytest.fixture
def own(index_dir: Path, tmp_path: Path) -> Settings:
    """An index that a test may change."""
    shutil.copytree(index_dir, tmp_path / "index")
    return Settings(index_dir=str(tmp_path / "index"))


def uploads(settings: Settings) -> list[str]:
    return sorted(path.name for path in (Path(settings.index_dir) / "uploads").glob("*"))


def only_one_document(settings: Settings) -> None:
    manifest = read_manifest(Path(settings.index_dir))
    assert manifest
    write_manifest(Path(settings.index_dir), replace(manifest, documents=manifest.documents[:1]))


def test_documents_come_and_go_and_the_unreadable_leaves_nothing_behind(
    own: Settings, tmp_path: Path
) -> None:
    picture, diary = tmp_path / "图 片.txt", tmp_path / "随笔.txt"
    picture.write_bytes(bytes(range(256)) * 9)
    diary.write_text("今天天气很好。\n出去走走。\n", encoding="utf-8")
    good = new_plan(tmp_path / "好.txt")
    bad = [
        Upload(picture, picture.name),
        Upload(diary, diary.name),
        Upload(tmp_path / "gone.txt", "gone.txt"),
    ]
    live = LivePipeline(own, {})
    before = live.get()
    assert live.get() is before

    report = add_documents(own, [*bad, good, Upload(good.path, "副本.txt")])
    assert report.added == ("好",)
    reasons = {Path(refusal.path).name: tell_message(refusal.reason, ZH) for refusal in report.refused}
    assert reasons.keys() == {"图_片.txt", "随笔.txt", "副本.txt", "gone.txt"}
    for name, told in (
        ("图_片.txt", "不是文本文件"),
        ("随笔.txt", "找不到年份"),
        ("副本.txt", "已收录的“好.txt”"),
    ):
        assert reasons[name].startswith(f"{name}:")
        assert told in reasons[name]
    assert uploads(own) == ["好.txt"]
    assert live.get().ask("2025年计划新建公园多少个?").claims[0].text == "20个"
    assert before.ask(GDP).claims[0].text == "9.0%"  # who still holds it may finish

    again = add_documents(own, [Upload(good.path, "别名.txt")])
    assert "the same text is indexed already, as “光明区2025年" in again.refused[0].reason
    other = add_documents(own, [replace(new_plan(tmp_path / "b.txt", n=30), name="好.txt")])
    assert "another document of this name" in other.refused[0].reason
    assert uploads(own) == ["好.txt"]
    assert live.get().ask("2025年计划新建公园多少个?").claims[0].text == "20个"

    assert remove_document(own, "好").removed == ("好",)
    assert uploads(own) == []
    assert live.get().ask("2025年计划新建公园多少个?").outcome == "abstained"


def test_the_last_document_stays(own: Settings) -> None:
    only_one_document(own)
    with pytest.raises(InputError, match="last document"):
        remove_document(own, PLAN_2024)
    with pytest.raises(SourceError, match="no document"):
        remove_document(own, PLAN_2020)


def test_an_index_that_cannot_be_written_keeps_no_upload(own: Settings, tmp_path: Path) -> None:
    from filelock import FileLock

    with FileLock(Path(own.index_dir) / "write.lock"), pytest.raises(RagError, match="Another process"):
        add_documents(replace(own, lock_timeout=0.1), [new_plan(tmp_path / "新.txt")])
    assert uploads(own) == []


# who may


def header(name: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()


@pytest.fixture(scope="module")
def users_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("users") / "users"
    for name in ("alice", "王芳"):
        add_user(path, name, "old password")
    add_user(path, "alice", "密码 pässword")
    return path


def test_a_user_is_known_by_name_and_password(users_file: Path) -> None:
    assert users_file.stat().st_mode & 0o077 == 0
    users = read_users(users_file)
    assert set(users.hashes) == {"alice", "王芳"}
    assert users.check(header("alice", "密码 pässword")) == "alice"
    assert users.check(header("alice", "密码 pässword")) == "alice"
    assert users.check(header("王芳", "old password")) == "王芳"


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "Basic",
        "Basic !!!",
        "Basic " + base64.b64encode(b"\xff\xfe:x").decode(),
        "Basic üüüü",
        header("alice", "old password"),
        header("alice", "a\0b"),
        header("mallory", "密码 pässword"),
        header("", ""),
        header("王芳", "密码 pässword"),
        header("王芳", "old password").replace("Basic", "Bearer"),
        header("王芳", "x" * 5000),
    ],
)
def test_anybody_else_is_refused(users_file: Path, wrong: str) -> None:
    assert read_users(users_file).check(wrong) is None


def test_lines_of_other_tools_are_read_and_others_told(tmp_path: Path) -> None:
    path = tmp_path / "users"
    add_user(path, "bob", "password")
    line = path.read_text(encoding="utf-8").strip()
    path.write_text(
        f"# people\n\n{line.replace('$2b$', '$2y$')}\n", encoding="utf-8"
    )  # as htpasswd -B writes it
    assert read_users(path).check(header("bob", "password")) == "bob"
    for bad in ("bob", "bob:", ":$2b$", "bob:{SHA}abc", "bob:$2b$", "bob:$2b$12$short", f"{line}x"):
        path.write_text(f"{line}\n{bad}\n", encoding="utf-8")
        with pytest.raises(InputError, match="line 2"):
            read_users(path)
    for content in (b"", b"# nobody\n", b"\xff\xff"):
        path.write_bytes(content)
        with pytest.raises(InputError):
            read_users(path)
    with pytest.raises(InputError, match="cannot be read"):
        read_users(tmp_path / "none")


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("", "password"),
        ("a:b", "password"),
        ("a b", "password"),
        ("#a", "password"),
        ("a", "short"),
        ("a", "密" * 25),
    ],
)
def test_users_that_cannot_be(name: str, password: str, tmp_path: Path) -> None:
    with pytest.raises(InputError):
        add_user(tmp_path / "users", name, password)
    with pytest.raises(InputError, match="cannot be written"):
        add_user(tmp_path / "none" / "users", "alice", "password")


def test_the_page_is_not_opened_to_others_by_accident(users_file: Path) -> None:
    assert load_users(Settings()) is None
    assert load_users(Settings(ui_host="0.0.0.0", ui_open=True)) is None
    for host in ("0.0.0.0", "::", "192.0.2.1", "plans.example", ""):
        assert not is_loopback(host)
        with pytest.raises(InputError, match="without asking for names"):
            load_users(Settings(ui_host=host))
        assert isinstance(load_users(Settings(ui_host=host, ui_users_file=str(users_file))), Users)


@pytest.mark.parametrize(
    ("host", "editors", "user", "may"),
    [
        ("127.0.0.1", "local", None, True),
        ("localhost", "local", "alice", True),
        ("0.0.0.0", "local", "alice", False),
        ("0.0.0.0", "everyone", None, True),
        ("127.0.0.1", "nobody", "nobody", False),
        ("127.0.0.1", "alice, bob", "bob", True),
        ("127.0.0.1", "alice,bob", "eve", False),
        ("127.0.0.1", "alice,bob", None, False),
        ("127.0.0.1", "alice,bob", "", False),
    ],
)
def test_who_may_change_documents(host: str, editors: str, user: str | None, may: bool) -> None:
    assert may_edit(Settings(ui_host=host, ui_editors=editors), user) is may


# errors

Raise = Callable[[Path, Settings], object]


def read_bytes(name: str, data: bytes) -> Raise:
    def read(folder: Path, _: Settings) -> object:
        (folder / name).write_bytes(data)
        text = read_source(folder / name).text
        return parse_document(text, "x", str(folder / name))

    return read


def bad_file(case: str) -> Raise:
    def read(folder: Path, _: Settings) -> object:
        name, make, _reason = BAD[case]
        (folder / name).write_bytes(make(folder))
        return read_source(folder / name).text

    return read


def old_word_file(soffice: str = "") -> Raise:
    """What is told of a .doc where LibreOffice is a script of the shell, or is not there."""

    def read(folder: Path, _: Settings) -> object:
        import rag.read.readers.doc

        if soffice:
            (folder / "soffice").write_text(f"#!/bin/sh\n{soffice}\n", encoding="utf-8")
            (folder / "soffice").chmod(0o755)
        (folder / "a.doc").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600))
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("PATH", f"{folder}:/usr/bin:/bin" if soffice else str(folder))
            patch.setattr(rag.read.readers.doc, "_SECONDS", 0.5)
            return read_source(folder / "a.doc").text

    return read


def large(folder: Path, _: Settings) -> object:
    with (folder / "a.txt").open("wb") as file:
        file.truncate(64 * 2**20 + 1)
    return read_source(folder / "a.txt").text


def half_scanned(folder: Path, _: Settings) -> object:
    from tests import sources
    from PIL import Image

    drawing = sources.canvas(folder / "a.pdf")
    for page in range(3):
        drawing.setFont(sources.FONT, 12)
        if page:
            drawing.drawInlineImage(Image.new("L", (40, 40)), 0, 0, 595, 842)
        else:
            drawing.drawString(80, 700, "第一页")
        drawing.showPage()
    drawing.save()
    return read_source(folder / "a.pdf").text


def long_pdf(folder: Path, _: Settings) -> object:
    from tests import sources

    import rag.read.readers.pdf_pages

    sources.as_pdf(folder / "a.pdf", ["题目", "正文" * 40])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rag.read.readers.pdf_pages, "_MAX_CHARACTERS", 50)
        return read_source(folder / "a.pdf").text


def too_long_to_check(folder: Path, _: Settings) -> object:
    (folder / "a.txt").write_bytes(b"x" * 4_000_000)
    return read_text(str(folder / "a.txt"))


def damaged(name: str, do: Callable[[Path], object]) -> Raise:
    """What is told of an index after something was done to it."""

    def open_it(_: Path, own: Settings) -> object:
        folder = Path(own.index_dir)
        manifest = read_manifest(folder)
        assert manifest
        do({"manifest": folder / "manifest.json", "generation": folder / manifest.generation}[name])
        pipeline = open_pipeline(own)
        return stored_text(folder, pipeline.manifest, PLAN_2020)

    return open_it


def other_manifest(**changes: object) -> Raise:
    def open_it(_: Path, own: Settings) -> object:
        manifest = read_manifest(Path(own.index_dir))
        assert manifest
        write_manifest(Path(own.index_dir), replace(manifest, **changes))  # type: ignore[arg-type]
        return open_pipeline(own)

    return open_it


def locked(folder: Path, own: Settings) -> object:
    from filelock import FileLock

    with FileLock(Path(own.index_dir) / "write.lock"):
        return build_index(replace(own, lock_timeout=0.1), [folder])


def taken_name(folder: Path, own: Settings) -> object:
    (Path(own.index_dir) / "uploads").mkdir()
    (Path(own.index_dir) / "uploads" / "新.txt").touch()
    raise SourceError(add_documents(own, [new_plan(folder / "新.txt")]).refused[0].reason)


def taken_text(_: Path, own: Settings) -> object:
    seed = SEEDS / f"{PLAN_2020}.txt"
    raise SourceError(add_documents(own, [Upload(seed, "别名.txt")]).refused[0].reason)


def last_document(_: Path, own: Settings) -> object:
    only_one_document(own)
    return remove_document(own, PLAN_2024)


def a_file(folder: Path) -> str:
    (folder / "file").write_text(" ", encoding="utf-8")
    return str(folder / "file")


def full_disk(folder: Path, own: Settings) -> object:
    """A generation cannot be written where its folder's name is taken by what cannot be a folder."""
    import rag.index.ingest

    def no_space(*_: object) -> object:
        raise OSError(28, "No space left on device")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rag.index.ingest, "write_generation", no_space)
        return build_index(own, [new_plan(folder / "a.txt").path])


LANGUAGE_MODEL = Settings(llm_base_url="http://127.0.0.1:9/v1", llm_model="m")
ERRORS: dict[str, Raise] = {
    "empty question": lambda *_: check_question(" "),
    "long question": lambda *_: check_question("很" * 2001),
    "control characters": lambda *_: check_question("a\x01"),
    "empty text": lambda *_: check_text(""),
    "long text": lambda *_: check_text("很" * 2_000_000),
    "text with control characters": lambda *_: check_text("a\x01"),
    "picture to check": lambda folder, _: read_text(str(Path(a_file(folder)).write_bytes(bytes(range(256))) and folder / "file")),
    "file too long to check": too_long_to_check,
    "file to check is gone": lambda folder, _: read_text(str(folder / "gone.txt")),
    "unknown type": read_bytes("a.xyz", b"text"),
    "no type": read_bytes("a", b"text"),
    "large file": large,
    "empty file": read_bytes("a.txt", b" \n"),
    "furniture": read_bytes("a.txt", "新闻\n分享到:\nfooter\n".encode()),
    "title alone": read_bytes("a.txt", "光明区2024年国民经济和社会发展计划\n".encode()),
    "no year": read_bytes("a.txt", "今天天气很好。\n出去走走。\n".encode()),
    "no file": lambda folder, _: read_source(folder / "gone.pdf").text,
    "a folder that is none": lambda folder, _: read_source(Path(a_file(folder)) / "x.txt"),
    "a name that is too long": lambda folder, _: read_source(folder / f"{'x' * 300}.txt").text,
    "pages of pictures": half_scanned,
    "a pdf without end": long_pdf,
    **{case: bad_file(case) for case in BAD},
    "old word file without LibreOffice": old_word_file(),
    "old word file that cannot be converted": old_word_file("exit 1"),
    "old word file that takes too long": old_word_file("sleep 9"),
    "locked": locked,
    "no index": lambda folder, _: open_pipeline(Settings(index_dir=str(folder / "none"))),
    "index in a file": lambda folder, _: open_pipeline(Settings(index_dir=a_file(folder))),
    "index that cannot be written": lambda folder, _: build_index(Settings(index_dir=a_file(folder)), [folder]),
    "full disk": full_disk,
    "nothing to index": lambda folder, _: build_index(Settings(index_dir=str(folder / "new")), [Path(a_file(folder))]),
    "broken manifest": damaged("manifest", lambda path: path.write_text("{", encoding="utf-8")),
    "lost words": damaged("generation", lambda path: shutil.rmtree(path / "lexical")),
    "lost vectors": damaged("generation", lambda path: shutil.rmtree(path / "chroma")),
    "lost text": damaged("generation", lambda path: (path / "documents" / f"{PLAN_2020}.txt").unlink()),
    "lost passages": other_manifest(chunks=9),
    "other embedder": other_manifest(embedder="other"),
    "other version": other_manifest(schema="0"),
    "same name": taken_name,
    "same text": taken_text,
    "no file chosen": lambda _, own: add_documents(own, []),
    "last document": last_document,
    "unknown document": lambda _, own: remove_document(own, "某文件"),
    "half a model": lambda *_: make_writer(Settings(llm_model="m"), (), {}),
    "a model without URL": lambda *_: make_writer(Settings(llm_model="m", llm_base_url="x"), (), {}),
    "a key that is gone": lambda folder, _: read_api_key(replace(LANGUAGE_MODEL, llm_api_key_file=str(folder / "key")), {}),
    "an empty key": lambda folder, _: read_api_key(replace(LANGUAGE_MODEL, llm_api_key_file=a_file(folder)), {}),
}  # fmt: skip
_NAMES = re.compile(
    r"[\w.]+\.(txt|xyz|pdf|docx?|html?)|^\w+:|rag index( --rebuild)?|UTF-8|GB18030|\.(xyz|docx?|txt|pdf|html)"
    r"|PDF|Word|ZIP|PNG|WPS|LibreOffice|Office|OCR|MB"
)
produced: set[str] = set()


@pytest.mark.parametrize("case", ERRORS)
def test_every_error_is_told_in_chinese(case: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    needs_index = case in list(ERRORS)[list(ERRORS).index("locked") :]
    own = request.getfixturevalue("own") if needs_index else Settings()
    folder = tmp_path / "given"
    folder.mkdir()
    with pytest.raises(RagError) as caught:
        ERRORS[case](folder, own)
    told = tell_error(caught.value, ZH)
    assert re.search("[一-鿿]", told)
    assert not re.search("[A-Za-z]", _NAMES.sub("", told)), told
    assert str(tmp_path) not in told + tell_error(caught.value, EN)
    rows = tomllib.loads(files("rag").joinpath("ui/data/errors.toml").read_text(encoding="utf-8"))["error"]
    produced.update(row["match"] for row in rows if re.fullmatch(row["match"], caught.value.message))


def test_no_wording_is_kept_for_errors_that_do_not_exist(request: pytest.FixtureRequest) -> None:
    if len(request.session.items) < len(ERRORS):
        pytest.skip("only with the test above")
    rows = tomllib.loads(files("rag").joinpath("ui/data/errors.toml").read_text(encoding="utf-8"))["error"]
    assert [row["match"] for row in rows if row["match"] not in produced] == []
    assert all(placeholders_of(row["zh"]) == placeholders_of(row["en"]) for row in rows)


def placeholders_of(text: str) -> set[str]:
    return set(re.findall(r"\{(\d)\}", text))


def test_every_type_of_file_has_a_chinese_name() -> None:
    from rag.read.readers.signature import _SIGNATURES

    names = tomllib.loads(files("rag").joinpath("ui/data/errors.toml").read_text(encoding="utf-8"))["names"]
    assert set(names) == {"none", *(name for _, name in _SIGNATURES)}


def test_an_unknown_error_is_shown_with_its_hint() -> None:
    assert tell_error(InputError("It rains.", "Take an umbrella."), ZH) == "It rains. Take an umbrella."


def test_a_free_port_can_be_listened_on() -> None:
    from rag.ui.server import _listen

    _listen(Settings(ui_port=free_port())).close()
