"""Where sentences and clauses end."""

from __future__ import annotations

from rag.language.sentences import split_clauses


def test_a_thousands_comma_ends_no_clause() -> None:
    text = "投资1,200亿元,增长5%。"
    assert [text[c.start : c.end] for c in split_clauses(text, 0, len(text))] == [
        "投资1,200亿元,",
        "增长5%。",
    ]
