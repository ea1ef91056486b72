"""A question, and the plans -> an answer in quoted figures, or why there is none.

A question is read first, then searched for, its figures ranked and the best of them quoted:

>>> from rag.bind import Coverage
>>> from rag.ask.question import read_question
>>> question = read_question("2025年青禾市GDP增长目标是多少?", Coverage((2024, 2025), ("青禾市",), 2025))
>>> question.years, question.status, question.role, [word.text for word in question.words]
((2025,), 'planned', 'growth', ['GDP'])
"""

from rag.ask.acceptance import describe_best
from rag.ask.answer import answer_question
from rag.ask.finding import Origin, Plans, rank_figures
from rag.ask.question import check_question
from rag.ask.steps import OnStep, Step, ignore
from rag.ask.writer import LanguageModelWriter

__all__ = [
    "LanguageModelWriter",
    "OnStep",
    "Origin",
    "Plans",
    "Step",
    "answer_question",
    "check_question",
    "describe_best",
    "ignore",
    "rank_figures",
]
