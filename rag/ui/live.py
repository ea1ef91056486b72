"""The index as it is now: opened once, and again after it has been rebuilt."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rag.manifest import read_manifest
from rag.settings import Settings
from rag.wiring import Pipeline, make_writer, open_pipeline
from rag.writer import LanguageModelWriter


@dataclass
class LivePipeline:
    """Gives every caller the newest pipeline; who still holds the one before may finish with it."""

    settings: Settings
    environment: Mapping[str, str]
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _opened: Pipeline | None = field(default=None, repr=False)

    def get(self) -> Pipeline:
        """The pipeline of the index as it stands; raises IndexStateError if there is none."""
        manifest = read_manifest(Path(self.settings.index_dir))
        with self._lock:
            if self._opened is None or manifest is None or self._opened.manifest != manifest:
                self._opened = open_pipeline(self.settings)
            return self._opened

    @property
    def model(self) -> str | None:
        """The name of the configured language model."""
        return self.settings.llm_model or None

    def writer(self, on_sentence: Callable[[str], None]) -> LanguageModelWriter | None:
        """The writer of the configured language model; None without one."""
        return make_writer(self.settings, self.get().plans.coverage.places, self.environment, on_sentence)
