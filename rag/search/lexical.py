"""BM25 over Chinese tokens, concepts and English stems, kept on disk (package `bm25s`)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.language import Glosses, Word, analyze_chinese, english_keys, subtokens
from rag.schema import Chunk, Language

_LANGUAGES: tuple[Language, ...] = ("zh", "en")


@dataclass(frozen=True, slots=True)
class LexicalIndex:
    """The rankings by words, with the scope of each chunk as arrays beside them."""

    ids: tuple[str, ...]
    facets: tuple[frozenset[str], ...]
    documents: tuple[str, ...]
    glosses: Glosses
    english: frozenset[str]  # the stems of ordinary English words, which are no typing errors
    models: dict[Language, Any]


def chunk_words(chunk: Chunk) -> tuple[Word, ...]:
    """The words of a chunk's text and of its headings."""
    return (*(w for heading in chunk.section for w in analyze_chinese(heading)), *analyze_chinese(chunk.text))


def word_keys(word: Word, language: Language, glosses: Glosses | None = None) -> list[str]:
    """What a word is indexed and searched under; `glosses` for words of a passage."""
    keys = list(word.keys)
    if language == "zh":
        keys += [token for token in subtokens(word.text) if token not in keys]
    elif glosses is not None:
        keys += [key for key in english_keys(word, glosses) if key not in keys]
    return keys


def build_lexical(chunks: Sequence[Chunk], glosses: Glosses, english: frozenset[str]) -> LexicalIndex:
    """The index of `chunks`; needs at least one."""
    import bm25s

    models: dict[Language, Any] = {}
    for language in _LANGUAGES:
        corpus = [
            [key for word in chunk_words(chunk) for key in word_keys(word, language, glosses)]
            for chunk in chunks
        ]
        model = bm25s.BM25(method="lucene")
        model.index([tokens or [""] for tokens in corpus], show_progress=False)
        models[language] = model
    return LexicalIndex(
        ids=tuple(chunk.id for chunk in chunks),
        facets=tuple(frozenset(chunk.facets) for chunk in chunks),
        documents=tuple(chunk.document for chunk in chunks),
        glosses=glosses,
        english=english,
        models=models,
    )


def save_lexical(index: LexicalIndex, folder: Path) -> None:
    """Writes the index into an empty or new folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for language, model in index.models.items():
        model.save(str(folder / language), show_progress=False)
    scope = {
        "ids": index.ids,
        "facets": [sorted(facets) for facets in index.facets],
        "documents": index.documents,
    }
    (folder / "scope.json").write_text(json.dumps(scope), encoding="utf-8")
    (folder / "english.txt").write_text("\n".join(sorted(index.english)), encoding="utf-8")
    (folder / "glosses.json").write_text(
        json.dumps(index.glosses.stems, ensure_ascii=False), encoding="utf-8"
    )


def load_lexical(folder: Path) -> LexicalIndex:
    """Reads what `save_lexical` wrote; raises OSError or ValueError where it is damaged."""
    import bm25s

    scope = json.loads((folder / "scope.json").read_text(encoding="utf-8"))
    glosses = Glosses(json.loads((folder / "glosses.json").read_text(encoding="utf-8")))
    english = (folder / "english.txt").read_text(encoding="utf-8").split("\n")
    models: dict[Language, Any] = {
        language: bm25s.BM25.load(str(folder / language), show_progress=False) for language in _LANGUAGES
    }
    return LexicalIndex(
        ids=tuple(scope["ids"]),
        facets=tuple(frozenset(facets) for facets in scope["facets"]),
        documents=tuple(scope["documents"]),
        glosses=glosses,
        english=frozenset(english),
        models=models,
    )


def search_lexical(
    index: LexicalIndex,
    words: Sequence[Word],
    language: Language,
    allowed: NDArray[np.bool_],
    limit: int,
) -> list[tuple[str, float]]:
    """Ids and BM25 scores of the best allowed chunks, best first, without those that share no word."""
    model = index.models[language]
    tokens = [key for word in words for key in word_keys(word, language)]
    known = [token for token in tokens if token in model.vocab_dict]
    if not known or not allowed.any():
        return []
    scores = np.where(allowed, model.get_scores(known), 0.0)
    best = np.argsort(-scores, kind="stable")[:limit]
    return [(index.ids[i], float(scores[i])) for i in best if scores[i] > 0]


def allowed_chunks(
    index: LexicalIndex, facets: Sequence[str] | None, documents: Sequence[str] | None
) -> NDArray[np.bool_]:
    """Which chunks speak of one of `facets` and stand in one of `documents` (None: any), shape (n,)."""
    wanted = frozenset(facets) if facets is not None else None
    inside = frozenset(documents) if documents is not None else None
    return np.fromiter(
        (
            (wanted is None or not wanted.isdisjoint(own)) and (inside is None or name in inside)
            for own, name in zip(index.facets, index.documents, strict=True)
        ),
        dtype=np.bool_,
        count=len(index.ids),
    )
