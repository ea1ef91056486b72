"""What is installed, configured and in the index."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from rag.errors import RagError
from rag.index import Manifest, check_manifest, read_manifest, stored_digest
from rag.ledger import NAME, ledger_damage
from rag.settings import Settings

_PATIENCE = 3.0  # seconds
_STORE_PATIENCE = 300.0
_AT_ONCE = 5000  # passages whose vectors are looked at together
_NAMED = 3  # documents that are named where several are concerned
_REBUILD = "run `rag index --rebuild` with the files and folders of your documents"
_PACKAGES = ("chromadb", "llama-index-core", "sentence-transformers", "torch", "bm25s", "rjieba")


@dataclass(frozen=True, slots=True)
class Check:
    """One finding."""

    name: str
    ok: bool
    detail: str


def run_checks(settings: Settings) -> list[Check]:
    """Everything worth knowing when something does not work."""
    checks = [Check("python", True, platform.python_version())]
    checks += [_package(name) for name in _PACKAGES]
    checks.append(Check("seeds", Path(settings.seeds).is_dir(), settings.seeds))
    embedder_name, embedder = _embedder(settings)
    checks.append(embedder)
    checks += _index(settings, embedder_name)
    checks.append(_language_model(settings))
    return checks


def _package(name: str) -> Check:
    try:
        return Check(name, True, version(name))
    except PackageNotFoundError:
        return Check(name, False, "not installed; run `make setup`")


def _embedder(settings: Settings) -> tuple[str, Check]:
    from rag.wiring import make_embedder

    try:
        embedder = make_embedder(settings.embedder)
        vector = embedder.encode_query("地区生产总值")
        detail = f"{embedder.name}, {len(vector)} dimensions"
        return embedder.name, Check("embedder", True, detail)
    except RagError as error:
        return "", Check("embedder", False, str(error))


def _language_model(settings: Settings) -> Check:
    """Whether the endpoint answers; not having one is no failure."""
    if not settings.llm_base_url:
        return Check("language model", True, "none configured; answers are quoted")
    import httpx

    where = f"{settings.llm_model} at {settings.llm_base_url}"
    try:
        httpx.get(settings.llm_base_url.rstrip("/") + "/models", timeout=_PATIENCE)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return Check("language model", False, f"{where}: not reachable ({type(error).__name__})")
    return Check(
        "language model",
        bool(settings.llm_model),
        where if settings.llm_model else "RAG_LLM_MODEL is not set",
    )


def _index(settings: Settings, embedder: str) -> list[Check]:
    folder = Path(settings.index_dir)
    try:
        manifest = read_manifest(folder)
        if manifest is None:
            return [Check("index", True, f"none in {folder} yet; `rag ask` builds it")]
        check_manifest(manifest, embedder or manifest.embedder)
    except RagError as error:
        return [Check("index", False, str(error))]
    detail = f"{len(manifest.documents)} documents, {manifest.chunks} passages in {folder}"
    if not os.access(folder, os.W_OK):
        return [Check("index", False, f"{detail}; the folder cannot be written: check its permissions")]
    if not manifest.chunks:
        return [Check("index", True, f"{detail}; add some with `rag index`")]
    generation = folder / manifest.generation
    damage = [
        ("stored texts", _texts(folder, manifest)),
        ("word index", _words(generation, manifest.chunks)),
        ("vector store", _vectors(generation, manifest.chunks)),
        ("figures", ledger_damage(generation / NAME, len(manifest.documents))),
    ]
    return [
        Check("index", True, detail),
        *(Check(name, not found, f"{found}; {_REBUILD}" if found else "whole") for name, found in damage),
        Check("files", True, _files(manifest)),
    ]


def _texts(folder: Path, manifest: Manifest) -> str:
    """What is wrong with the stored texts; empty if nothing is."""
    bad = []
    for record in manifest.documents:
        try:
            whole = stored_digest(folder, manifest, record.id) == record.sha256
        except RagError:
            whole = False
        if not whole:
            bad.append(record.id)
    return f"missing or damaged: {_names(bad)}" if bad else ""


def _words(generation: Path, chunks: int) -> str:
    """What is wrong with the rankings by words; empty if nothing is."""
    from rag.search import load_lexical, load_word_vectors

    try:
        ids = load_lexical(generation / "lexical").ids
        load_word_vectors(generation / "lexical")
    except Exception as error:  # of the packages that read the files, whatever these hold
        return f"missing or damaged ({type(error).__name__})"
    return "" if len(ids) == chunks else f"{len(ids)} of {chunks} passages are there"


def _vectors(generation: Path, chunks: int) -> str:
    """What is wrong with the vector store; in a process of its own, which a damaged store may kill."""
    if not (generation / "chroma").is_dir():  # which opening it would create
        return "missing"
    program = "import sys; from rag.commands.doctor import probe_store; print(probe_store(*sys.argv[1:]))"
    command = [sys.executable, "-c", program, str(generation), str(chunks)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_STORE_PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        return "it does not answer"
    if done.returncode:
        return "damaged: it ends the program that reads it"
    return done.stdout.strip()


def probe_store(generation: str, chunks: str) -> str:
    """Reads everything in a vector store; says what is wrong with it."""
    from rag.wiring import open_store

    try:
        store = open_store(Path(generation) / "chroma", False)
        if store.count() != int(chunks):
            return f"{store.count()} of {chunks} passages are there"
        ids = _known_ids(Path(generation))
        if not ids:
            return ""
        found = [len(store.vectors(part)) for part in _parts(ids)]
        if sum(found) != len(ids):
            return f"the vectors of {sum(found)} of {chunks} passages are there"
        store.nearest(next(iter(store.vectors(ids[:1]).values())), 1)
    except Exception as error:  # Chroma raises its Rust core's errors without a common base
        return f"damaged ({' '.join(str(error).split())})"
    return ""


def _known_ids(generation: Path) -> list[str]:
    """The ids of all passages; none without the word index, which is told of by itself."""
    try:
        return list(json.loads((generation / "lexical" / "scope.json").read_text(encoding="utf-8"))["ids"])
    except (OSError, ValueError, KeyError, TypeError):
        return []


def _parts(ids: Sequence[str]) -> list[Sequence[str]]:
    return [ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE)]


def _files(manifest: Manifest) -> str:
    """Which documents could not be read anew; their stored texts are still asked."""
    from rag.index import is_there

    gone = [record.id for record in manifest.documents if not is_there(record.key)]
    if not gone:
        return "every document's file is where it was"
    return f"no longer where they were: {_names(gone)}; the index keeps their texts"


def _names(ids: Sequence[str]) -> str:
    more = f" and {len(ids) - _NAMED} more" if len(ids) > _NAMED else ""
    return ", ".join(ids[:_NAMED]) + more
