"""TODO"""

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
