"""Stems of words, also where many ask at once."""

from __future__ import annotations

import sys
import threading

from rag.language.stemming import stem_word


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
