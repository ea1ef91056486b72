"""An English sentence -> its figures, bound by the words around them, told apart as nouns and verbs."""

from rag.bind.english.sentence import bind_english

__all__ = ["bind_english"]
