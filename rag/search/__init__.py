r"""A document -> chunks, indexed by words and by meaning; a question -> the chunks that speak of it, ranked.

>>> from rag.read import parse_document
>>> text = "青禾市2025年政府工作报告\n一、2024年工作回顾\n全年新建公园9个。新增学位1200个。"
>>> [(chunk.year, chunk.status, chunk.text) for chunk in chunk_document(parse_document(text, "q", "q.txt"))]
[(2024, 'actual', '全年新建公园9个。新增学位1200个。')]
>>> from rag.search.fusion import reciprocal_rank_fusion
>>> by_words, by_meaning = ["parks", "schools", "roads"], ["schools", "roads"]
>>> [item for item, _ in reciprocal_rank_fusion([by_words, by_meaning])]
['schools', 'roads', 'parks']
"""

from rag.search.chunk import SECTION_SEPARATOR, chunk_document
from rag.search.closeness import Closeness
from rag.search.lexical import LexicalIndex, build_lexical, chunk_words, load_lexical, save_lexical
from rag.search.likeness import Likeness, embed_words, load_word_vectors, save_word_vectors
from rag.search.retrieve import Scope, Searcher, limit_scope, search

__all__ = [
    "SECTION_SEPARATOR",
    "Closeness",
    "LexicalIndex",
    "Likeness",
    "Scope",
    "Searcher",
    "build_lexical",
    "chunk_document",
    "chunk_words",
    "embed_words",
    "limit_scope",
    "load_lexical",
    "load_word_vectors",
    "save_lexical",
    "save_word_vectors",
    "search",
]
