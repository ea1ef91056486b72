"""Every rule in the data of rag/bind/ that binds figures finds its examples and spares what is beside them."""

from __future__ import annotations

import re

import pytest

from rag.bind.cuts import cut_ending, cut_time
from rag.bind.noise import is_noise
from rag.bind.periods import Frame
from rag.bind.turning import turn
from rag.bind.words import leading_noun
from rag.language import find_quantities, load_toml

NOISE = load_toml("bind/noise.toml")["rule"]
STANCES = load_toml("bind/stances.toml")
CUTS = load_toml("bind/cuts.toml")
TURN = load_toml("bind/periods.toml")["turn"]
PREDICATES = load_toml("bind/words.toml")["predicates"]


def figure_is_noise(before: str, figure: str, after: str) -> bool:
    sentence = before + figure + after
    found = [q for q in find_quantities(sentence) if len(before) <= q.start < len(before + figure)]
    return not found or is_noise(sentence, found[0])


@pytest.mark.parametrize("rule", NOISE, ids=lambda rule: rule["name"])
def test_a_rule_of_noise_finds_its_examples_alone(rule: dict[str, list[list[str]]]) -> None:
    for example in rule["examples"]:
        assert figure_is_noise(*example), example
    for example in rule["spared"]:
        assert not figure_is_noise(*example), example


@pytest.mark.parametrize("name", list(STANCES))
def test_words_of_certainty_find_their_examples_alone(name: str) -> None:
    pattern = re.compile("|".join(STANCES[name]["words"]))
    assert all(pattern.search(example) for example in STANCES[name]["examples"])
    assert not any(pattern.search(example) for example in STANCES[name]["spared"])


@pytest.mark.parametrize("example", [*CUTS["marks"]["examples"], *CUTS["times"]["examples"]])
def test_marks_and_times_go_from_the_beginning(example: list[str]) -> None:
    assert cut_time(example[0]) == example[1]


@pytest.mark.parametrize("example", CUTS["endings"]["examples"])
def test_times_go_from_the_end(example: list[str]) -> None:
    assert cut_ending(example[0]) == example[1]


@pytest.mark.parametrize("example", PREDICATES["examples"])
def test_a_counted_noun_ends_before_its_predicate(example: list[str]) -> None:
    assert example[0][: leading_noun(example[0])] == example[1]


@pytest.mark.parametrize("name", PREDICATES["spared"])
def test_a_name_that_holds_a_verb_stays_whole(name: str) -> None:
    assert leading_noun(name) == len(name)


@pytest.mark.parametrize("example", TURN["examples"])
def test_openings_turn_to_several_years_or_to_one(example: list[str]) -> None:
    opened = turn(example[0], Frame(None, 2025, "actual", 2026))
    assert opened is not None
    assert (opened.first is not None) == (example[1] == "several")


@pytest.mark.parametrize("text", TURN["spared"])
def test_other_sentences_turn_to_nothing(text: str) -> None:
    assert turn(text, Frame(None, 2025, "actual", 2026)) is None
