"""What bridges a question and a passage, and what must not: meanings, stems, idioms, counters."""

from __future__ import annotations

import pytest

from rag.ask.question import read_question
from rag.ask.rules import counted_nouns, counts_any, penalise_form
from rag.bind.asked_time import Coverage
from rag.bind.candidates import Candidate, figure_candidates
from rag.bind.surroundings import Context, look_around, match_word
from rag.language.analysis import Word
from rag.language.glosses import english_keys, gloss_tokens
from rag.language.stemming import stem_word
from rag.schema import Chunk
from rag.wiring import Pipeline

COVERAGE = Coverage((2023, 2024), ("光明区",), 2024)
CONTEXT = Context(None, frozenset(), lambda text: {})


def _chunk(text: str) -> Chunk:
    return Chunk("c", "d", "计划", "d.txt", 2024, 2024, "planned", (), 0, len(text), text)


def _only(text: str) -> tuple[Chunk, Candidate]:
    chunk = _chunk(text)
    return chunk, figure_candidates(chunk)[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("parks", "parking"),
        ("trains", "training"),
        ("plants", "planted"),
        ("imports", "important"),
        ("build", "buildings"),
        ("universities", "universal"),
        ("emerging", "emergency"),
    ],
)
def test_unlike_words_keep_apart(one: str, other: str) -> None:
    assert stem_word(one) != stem_word(other)


def test_a_verb_of_the_dictionary_is_no_other_noun() -> None:
    meanings = gloss_tokens(["培训", "停放", "落地"])
    assert "training" in meanings.stems["培训"]
    assert "train" not in meanings.stems["培训"]
    assert "land" not in meanings.stems["落地"]


def test_a_whole_meaning_says_more_than_a_part_or_a_character() -> None:
    meanings = gloss_tokens(["公园", "停车场", "容缺件"])
    assert meanings.stems["公园"]["park"] == 1.0
    assert meanings.stems["停车场"]["parking"] < 1.0
    assert all(strength < 0.9 for stem, strength in meanings.stems["容缺件"].items() if stem != "rongquejian")
    word = Word("公园", 0, 2, ("公园",), 1.0)
    assert english_keys(word, meanings)["en:park"] == 1.0


def test_a_compound_means_what_its_words_mean_and_not_its_characters() -> None:
    meanings = gloss_tokens(["金属软管"]).stems["金属软管"]
    assert {"metal", "hose"} <= set(meanings)
    assert not {"gold", "soft"} & set(meanings)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("2023年总共用了多少水?", "#water_consumption"),
        ("2023年用掉多少度电?", "#electricity_consumption"),
        ("今年经济预期增长多少?", "#gdp"),
        ("今年经济要增长多少?", "#gdp"),
        ("2023年学校砸了多少钱?", "投入"),
        ("How fast did the local economy expand in 2023?", "#gdp"),
        ("How many people live in the district?", "#permanent_pop"),
    ],
)
def test_idioms_ask_for_what_they_stand_for(text: str, named: str) -> None:
    assert named in {key for word in read_question(text, COVERAGE).words for key in word.keys}


@pytest.mark.parametrize(
    ("text", "named"),
    [("2024年新增多少学位?", "#basic_edu_place"), ("新增了多少床位?", "#hospital_bed")],
)
def test_a_counter_that_is_a_noun_is_asked_about(text: str, named: str) -> None:
    question = read_question(text, COVERAGE)
    assert named in {key for word in question.words for key in word.keys}
    assert "家" not in {word.text for word in read_question("新增多少家企业?", COVERAGE).words}


@pytest.mark.parametrize(
    ("text", "making"),
    [
        ("2024年打算修多少公园?", True),
        ("建好了几条路?", True),
        ("全区有多少公园?", False),
        ("新建多少项目?", False),
    ],
)
def test_verbs_of_making(text: str, making: bool) -> None:
    assert read_question(text, COVERAGE).asks_making is making


def test_a_task_is_a_plan_only_where_its_amount_is_asked() -> None:
    assert read_question("改革有多少项具体任务?", COVERAGE).status is None
    assert read_question("2024年招商任务是多少?", COVERAGE).status == "planned"


def test_a_year_that_is_only_compared_with_is_not_asked_about() -> None:
    question = read_question("用水量比2023年下降多少?", COVERAGE)
    assert (question.years, question.compared_years) == ((), (2023,))


def _match(asked: str, text: str) -> float:
    chunk, candidate = _only(text)
    word = read_question(f"{asked}多少?", COVERAGE).words[0]
    return match_word(word, look_around(chunk, candidate, CONTEXT))


def test_an_indicator_of_its_own_is_a_lesser_match_than_a_kind() -> None:
    assert 0 < _match("保障房", "筹集产业保障房5万平方米。") < _match("保障房", "筹集市属保障房5万平方米。")


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("推动12条市政道路等土地整备。", True),
        ("整备5个土地整备片区。", False),
        ("土地整备3平方公里。", False),
    ],
)
def test_what_is_counted_must_be_named(text: str, other: bool) -> None:
    chunk, candidate = _only(text)
    assert candidate.quantity is not None
    weights = dict.fromkeys(read_question("土地整备目标", COVERAGE).words, 1.0)
    nouns = counted_nouns(chunk, candidate, candidate.quantity)
    assert (bool(nouns) and not counts_any(nouns, weights, CONTEXT)) is other


@pytest.mark.parametrize(
    ("text", "less"),
    [
        ("招引5亿元以上项目。", True),
        ("投资5亿元以上。", False),
        ("第一批项目9个。", True),
        ("项目9个。", False),
    ],
)
def test_a_size_class_and_a_part_are_lesser_answers(text: str, less: bool) -> None:
    chunk, candidate = _only(text)
    assert candidate.quantity is not None
    question = read_question("项目多少?", COVERAGE)
    assert (penalise_form(question, chunk, candidate, candidate.quantity) > 0) is less


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("2024年要新增多少学位?", "1.37万座"),
        ("公园总数2020年要到多少个?", "254个"),
        ("2020年打算修多少公园?", "41个"),
        ("2023年光明区拆违多少万平方米?", "232.5万平方米"),
        ("国家高新技术企业总数超过多少?", "2000家"),
        ("How many trains stop at Guangming every day?", "29趟"),
        ("How many EV chargers does the district have altogether?", "11089个"),
        ("By how much did crime reports fall in 2023?", "16.15%"),
    ],
)
def test_plain_questions_find_their_figure(pipeline: Pipeline, text: str, figure: str) -> None:
    assert figure in pipeline.ask(text).answer.splitlines()[0]


@pytest.mark.parametrize(
    "text",
    [
        "How many new parks does Guangming plan to build in 2024?",
        "How many libraries were built in 2023?",
        "How many primary school pupils are there in Guangming?",
        "2023年光明区有多少名教师?",
    ],
)
def test_what_only_sounds_alike_is_no_answer(pipeline: Pipeline, text: str) -> None:
    assert pipeline.ask(text).outcome == "abstained"


def test_money_put_into_a_thing_is_no_investment_of_the_district(pipeline: Pipeline) -> None:
    answer = pipeline.ask("2019年治水投入了多少资金?")
    assert answer.claims[0].text == "49.67亿元", answer.answer


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("From how many countries did films come to the 2019 short film festival?", "122个"),
        ("How many bus routes were changed in 2023?", "54条"),
        ("How many metres of gas main did Guangming lay in 2023?", "20.9千米"),
        ("How many cubic metres of tap water should reclaimed water replace in 2024?", "1100万立方米"),
        (
            "How much land was supplied for public-welfare facilities, including research, in 2023?",
            "86.9公顷",
        ),
    ],
)
def test_of_several_figures_the_one_that_counts_what_is_asked(
    question: str, figure: str, pipeline: Pipeline
) -> None:
    answer = pipeline.ask(question)
    assert answer.claims[0].text == figure, answer.answer
