"""Settings -> working parts; the only module that imports the adapters."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rag.ask import LanguageModelWriter, OnStep, Origin, Plans, answer_question, ignore
from rag.bind import Coverage
from rag.check import Verification, verify_text
from rag.errors import IndexStateError, InputError
from rag.index import (
    IndexReport,
    Manifest,
    check_manifest,
    require_documents,
    require_manifest,
    stored_document,
    stored_text,
    update_index,
)
from rag.interfaces import ChunkStore, Embedder, Progress
from rag.language import Speller, load_tsv
from rag.ledger import NAME as LEDGER
from rag.ledger import Facts, Filter, Ledger, check_words, find, open_ledger, unit_class_of
from rag.schema import Answer, Certainty, Document, Measure, SearchResult, Status
from rag.search import (
    Closeness,
    LexicalIndex,
    Likeness,
    Searcher,
    limit_scope,
    load_lexical,
    load_word_vectors,
    search,
)
from rag.settings import Settings, read_api_key


def make_embedder(name: str) -> Embedder:
    """The embedder of a setting: "embedded", or a sentence-transformers hub id or folder."""
    if name == "embedded":
        from rag.adapters.embedded import EmbeddedEmbedder

        return EmbeddedEmbedder()
    from rag.adapters.sentence_transformer import SentenceTransformerEmbedder

    return SentenceTransformerEmbedder(name)


def make_writer(
    settings: Settings,
    places: tuple[str, ...],
    environment: Mapping[str, str],
    on_sentence: Callable[[str], None] = lambda sentence: None,
) -> LanguageModelWriter | None:
    """The writer of the configured endpoint; None if none is configured, InputError if only half is."""
    if not settings.llm_base_url and not settings.llm_model:
        return None
    if not (settings.llm_base_url and settings.llm_model):
        raise InputError(
            "The language model is only half configured.", "Set both RAG_LLM_BASE_URL and RAG_LLM_MODEL."
        )
    if not settings.llm_base_url.startswith(("http://", "https://")):
        raise InputError(
            f"RAG_LLM_BASE_URL: “{settings.llm_base_url}” is no URL.", "For example: http://127.0.0.1:8080/v1"
        )
    from rag.adapters.language_model import OpenAICompatibleModel

    model = OpenAICompatibleModel(
        settings.llm_base_url,
        settings.llm_model,
        read_api_key(settings, environment),
        context_window=settings.llm_context_window,
        timeout=settings.llm_timeout,
    )
    return LanguageModelWriter(model, places, settings.llm_timeout, on_sentence)


def open_store(folder: Path, create: bool) -> ChunkStore:
    """The Chroma store of one generation."""
    from rag.adapters.chroma import ChromaChunkStore

    return ChromaChunkStore(folder, create)


def build_index(
    settings: Settings,
    paths: Sequence[Path],
    *,
    remove: Sequence[str] = (),
    rebuild: bool = False,
    progress: Progress = lambda step, done, total: None,
) -> IndexReport:
    """Builds or updates the index of `settings` (see `rag.ingest.update_index`)."""
    return update_index(
        Path(settings.index_dir),
        paths,
        make_embedder(settings.embedder),
        open_store,
        remove=remove,
        rebuild=rebuild,
        lock_timeout=settings.lock_timeout,
        progress=progress,
    )


@dataclass(frozen=True)
class Pipeline:
    """An opened index: everything that the commands and the page ask for."""

    settings: Settings
    manifest: Manifest
    plans: Plans
    ledger: Ledger

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
        """Answers a question from the plans; without a writer, by quoting (see `answer_question`)."""
        return answer_question(self.plans, question, years, documents, writer, context, status, on_step)

    def verify(
        self, text: str, progress: Callable[[int, int], None] = lambda done, total: None
    ) -> Verification:
        """Checks every figure of a text against the plans."""
        return verify_text(self.plans, text, progress)

    def search(
        self,
        question: str,
        limit: int,
        years: Sequence[int] = (),
        documents: Sequence[str] = (),
        context: Sequence[str] = (),
        status: Status | None = None,
    ) -> tuple[SearchResult, ...]:
        """The ranked chunks for a question."""
        asked = self.plans.read(self.plans.complete(question, context))
        covered = tuple(y for y in asked.years if y in self.plans.coverage.years)
        scope = limit_scope(tuple(years) or covered, status or asked.status, documents)
        return search(self.plans.searcher, asked, scope, limit)

    def facts(
        self,
        words: str = "",
        *,
        places: Sequence[str] = (),
        years: Sequence[int] = (),
        statuses: Sequence[Certainty] = (),
        unit: str = "",
        measures: Sequence[Measure] = (),
        documents: Sequence[str] = (),
        limit: int | None = None,
    ) -> Facts:
        """Figures as `rag facts` finds them; their `.to_frame()` is a pandas table."""
        unit_class = unit_class_of(self.ledger, unit) if unit else ""
        if unit_class is None:
            return Facts()
        wanted = Filter(
            check_words(words) if words else "",
            tuple(places),
            tuple(years),
            tuple(statuses),
            unit_class,
            tuple(measures),
            tuple(documents),
        )
        return Facts(find(self.ledger, wanted, limit))

    def document(self, document_id: str) -> Document:
        """A stored document, parsed; raises SourceError for an unknown id."""
        return stored_document(Path(self.settings.index_dir), self.manifest, document_id)


def make_speller(lexical: LexicalIndex, attested: Callable[[str], bool]) -> Speller:
    """A speller that knows the words of the plans and the indicator names."""
    chinese = {key for key in lexical.models["zh"].vocab_dict if not key.startswith(("#", "en:"))}
    english: set[str] = set()
    for _, names, english_names in load_tsv("language/terms.tsv"):
        chinese.update(names.split("|"))
        words = re.findall(r"[A-Za-z]+", english_names)
        english.update(words, (f"{word}s" for word in words))
    return Speller(frozenset(chinese), frozenset(english), lexical.english, attested)


class StoredTexts:
    """The stored source texts, each read when first asked for."""

    def __init__(self, index_dir: Path, manifest: Manifest) -> None:
        self._index_dir = index_dir
        self._manifest = manifest
        self._texts: dict[str, str] = {}

    def text(self, document_id: str) -> str:
        """The stored text of a document; raises SourceError for an unknown id."""
        if document_id not in self._texts:
            self._texts[document_id] = stored_text(self._index_dir, self._manifest, document_id)
        return self._texts[document_id]

    def hold(self, passage: str) -> bool:
        """Whether a text stands in any of the plans."""
        return any(passage in self.text(record.id) for record in self._manifest.documents)


def open_pipeline(settings: Settings) -> Pipeline:
    """Opens the index; raises IndexStateError if it is missing, damaged or of other settings."""
    index_dir = Path(settings.index_dir)
    manifest = require_manifest(index_dir)
    embedder = make_embedder(settings.embedder)
    check_manifest(manifest, embedder.name)
    require_documents(manifest, index_dir)
    folder = index_dir / manifest.generation
    try:
        lexical = load_lexical(folder / "lexical")
        likeness = Likeness(load_word_vectors(folder / "lexical"), embedder)
    except (OSError, ValueError, KeyError) as error:
        raise IndexStateError(
            f"The index in {index_dir} is damaged ({type(error).__name__}).",
            "Build it anew with `rag index --rebuild`.",
        ) from error
    store = open_store(folder / "chroma", False)
    if store.count() != manifest.chunks:
        raise IndexStateError(
            f"The index in {index_dir} is damaged: {store.count()} of {manifest.chunks} passages are there.",
            "Build it anew with `rag index --rebuild`.",
        )
    facets = tuple(sorted({scope for record in manifest.documents for scope in record.scopes}))
    searcher = Searcher(lexical, store, embedder, likeness, Closeness(embedder), facets, settings.candidates)
    coverage = Coverage(
        years=tuple(sorted({int(year) for facet in facets if (year := facet.split(":")[0])})),
        places=tuple(dict.fromkeys(record.place for record in manifest.documents)),
        newest_plan=max((record.plan_year or 0 for record in manifest.documents), default=0),
    )
    origins = {record.id: Origin(record.plan_year, record.place) for record in manifest.documents}
    texts = StoredTexts(index_dir, manifest)
    speller = make_speller(lexical, texts.hold)
    ledger = open_ledger(folder / LEDGER)
    plans = Plans(searcher, coverage, origins, texts.text, texts.hold, speller, ledger)
    return Pipeline(settings, manifest, plans, ledger)
