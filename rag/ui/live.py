"""The index as it is now: opened once, and again after it has been rebuilt."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from rag.ask import LanguageModelWriter, OnStep, ignore
from rag.index import read_manifest
from rag.schema import Answer, Status
from rag.settings import Settings
from rag.wiring import Pipeline, make_writer, open_pipeline

_MOST_QUOTED = 2000  # answers that are kept, some kilobytes each


@dataclass
class LivePipeline:
    """Gives every caller the newest pipeline; who still holds the one before may finish with it."""

    settings: Settings
    environment: Mapping[str, str]
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)
    # threads that compute hinder each other: eight at once answer fewer questions than one after another
    _turn: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _opened: Pipeline | None = field(default=None, repr=False)
    _quoted: dict[object, Answer] = field(default_factory=dict, repr=False)

    def get(self) -> Pipeline:
        """The pipeline of the index as it stands; raises IndexStateError if there is none."""
        manifest = read_manifest(Path(self.settings.index_dir))
        with self._lock:
            if self._opened is None or manifest is None or self._opened.manifest != manifest:
                self._opened = open_pipeline(self.settings)
                self._quoted.clear()
            return self._opened

    def ask(
        self,
        question: str,
        years: Sequence[int] = (),
        documents: Sequence[str] = (),
        writer: LanguageModelWriter | None = None,
        context: Sequence[str] = (),
        status: Status | None = None,
        on_step: OnStep = ignore,
    ) -> Answer:
        """As `Pipeline.ask`; what was quoted before, over the same index, is not worked out again."""
        started = time.perf_counter()
        pipeline, quoted = self.get(), self._quoted
        generation = pipeline.manifest.generation  # an answer belongs to the index it was quoted from
        asked = (generation, question, tuple(years), tuple(documents), tuple(context), status)
        known = quoted.get(asked) if writer is None else None
        if known:
            total = round((time.perf_counter() - started) * 1000, 2)
            return replace(known, timings_ms={"retrieve": 0.0, "write": 0.0, "verify": 0.0, "total": total})
        if writer is not None:  # which mostly waits for the model
            return pipeline.ask(question, years, documents, writer, context, status, on_step)
        with self._turn:
            answer = pipeline.ask(question, years, documents, None, context, status, on_step)
        if len(quoted) >= _MOST_QUOTED:
            quoted.clear()
        quoted[asked] = answer
        return answer

    @property
    def model(self) -> str | None:
        """The name of the configured language model."""
        return self.settings.llm_model or None

    def writer(self, on_sentence: Callable[[str], None]) -> LanguageModelWriter | None:
        """The writer of the configured language model; None without one."""
        places = self.get().plans.coverage.named_places
        return make_writer(self.settings, places, self.environment, on_sentence)
