"""What words of one language mean in the other, and which stems keep apart."""

from __future__ import annotations

import pytest

from rag.language.analysis import Word
from rag.language.glosses import english_keys, gloss_tokens
from rag.language.stemming import stem_word


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
