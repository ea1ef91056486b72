"""A question for several figures -> one question for each.

>>> from rag.bind import Coverage
>>> from rag.ask.question import read_question
>>> text = "2023年新增床位多少张、累计又有多少张?"
>>> parts = split_question(read_question(text, Coverage((2023,), ("光明区",), 2024)))
>>> [[word.text for word in part.words] for part in parts]
[['新增', '床位'], ['累计', '床位']]
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from rag.ask.question import Question, read_question
from rag.bind import Coverage
from rag.language import is_indicator, is_subject, load_toml

_NO_COVERAGE = Coverage((), (), 0)


def split_question(question: Question) -> tuple[Question, ...]:
    """The single questions that a question is made of; the question itself if it is one."""
    clauses = _interrogative_clauses(question)
    if len(clauses) > 1:
        return _continue_subjects(question, clauses)
    return _split_items(question) or (question,)


def _interrogative_clauses(question: Question) -> list[str]:
    data = load_toml("bind/question.toml")["split"][question.language]
    pieces = [p for p in re.split(data["at"], question.plain, flags=re.IGNORECASE) if p and p.strip()]
    clauses: list[str] = []
    pending = ""
    for piece in pieces:
        pending += piece
        if re.search(data["asks"], piece, re.IGNORECASE):
            clauses.append(pending)
            pending = ""
    if clauses and pending:
        clauses[-1] += pending
    return clauses


def _continue_subjects(question: Question, clauses: list[str]) -> tuple[Question, ...]:
    """Each clause as a question; what it leaves out, it takes from the one before."""
    data = load_toml("bind/question.toml")["split"][question.language]
    parts: list[Question] = []
    for clause in clauses:
        part = read_question(clause, _NO_COVERAGE)
        words = tuple(word for word in part.words if word.keys in {w.keys for w in question.words})
        last = parts[-1] if parts else question
        bare = parts and re.search(data["bare"], clause, re.IGNORECASE)
        refers = parts and re.search(data["refers"], clause, re.IGNORECASE)
        if refers or not any(is_subject(word) for word in words):
            words += tuple(word for word in last.words if is_subject(word) and word not in words)
        parts.append(
            replace(
                part,
                text=question.text,
                years=part.years or last.years,
                status=part.status or (last.status if not part.years else None),
                plan_year=question.plan_year,
                unit=last.unit if bare and part.role is None else part.unit,
                words=words or question.words,
            )
        )
    return tuple(parts)


def split_indicators(question: Question) -> tuple[Question, ...]:
    """A question for each of the indicators that a question lists; none where it lists none.

    "What growth was set for consumer retail, foreign trade and budget revenue?"
    """
    joined = load_toml("bind/question.toml")["split"][question.language]["joined"]
    words = sorted((word for word in question.words if is_indicator(word)), key=lambda word: word.start)
    between = [question.plain[a.end : b.start] for a, b in pairwise(words)]
    listed = [bool(re.fullmatch(joined, text, re.IGNORECASE)) for text in between]
    if not listed or not all(listed):
        return ()
    rest = tuple(word for word in question.words if word not in words)
    return tuple(replace(question, words=(word, *rest)) for word in words)


def _split_items(question: Question) -> tuple[Question, ...]:
    """Several things asked about at once, each as a question of its own.

    中小学和幼儿园各多少所; 产业用地比居住用地多多少公顷; "How large were A and B".
    """
    data = load_toml("bind/question.toml")["split"][question.language]
    if not re.search(data["each"], question.plain, re.IGNORECASE):
        return ()
    match = re.search(data["items"], question.plain, re.IGNORECASE)
    if not match:
        return ()
    listed = match["items"].rstrip()
    items = [item for item in re.split(data["between"], listed, flags=re.IGNORECASE) if item.strip()]
    start = match.start("items")
    head, tail = question.plain[:start], question.plain[start + len(listed) :]
    parts = [_read_part(question, f"{head}{item}{tail}") for item in items]
    if len(parts) < 2 or not any(is_subject(word) for word in parts[0].words):
        return ()
    inherited = [_inherit_subject(part, parts[0]) for part in parts]
    return tuple(inherited) if len({part.words for part in inherited}) > 1 else ()


def _read_part(question: Question, text: str) -> Question:
    part = read_question(text, _NO_COVERAGE)
    known = {word.keys: word for word in question.words}
    return replace(
        part,
        text=question.text,
        years=question.years,
        status=question.status,
        plan_year=question.plan_year,
        compared_years=question.compared_years,
        words=tuple(known[word.keys] for word in part.words if word.keys in known),
    )


def _inherit_subject(part: Question, first: Question) -> Question:
    """轨道交通已有里程和在建里程: the second item has no subject of its own."""
    if any(is_subject(word) for word in part.words):
        return part
    subjects = tuple(word for word in first.words if is_subject(word))
    return replace(part, words=(*subjects, *part.words))
