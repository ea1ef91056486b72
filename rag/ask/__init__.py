"""TODO"""

from rag.ask.acceptance import describe_best
from rag.ask.answer import answer_question
from rag.ask.facts import Fact, find_facts, list_facts
from rag.ask.finding import Origin, Plans, rank_figures
from rag.ask.question import check_question
from rag.ask.quotes import headline
from rag.ask.series import Series, read_series
from rag.ask.steps import OnStep, Step, ignore
from rag.ask.writer import LanguageModelWriter

__all__ = [
    "Fact",
    "LanguageModelWriter",
    "OnStep",
    "Origin",
    "Plans",
    "Series",
    "Step",
    "answer_question",
    "check_question",
    "describe_best",
    "find_facts",
    "headline",
    "ignore",
    "list_facts",
    "rank_figures",
    "read_series",
]
