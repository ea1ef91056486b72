"""What is installed, configured and in the index."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from rag.errors import RagError
from rag.index import check_manifest, read_manifest
from rag.settings import Settings

_PATIENCE = 3.0  # seconds
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
    checks.append(_index(settings, embedder_name))
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


def _index(settings: Settings, embedder: str) -> Check:
    folder = Path(settings.index_dir)
    try:
        manifest = read_manifest(folder)
        if manifest is None:
            return Check("index", True, f"none in {folder} yet; `rag ask` builds it")
        check_manifest(manifest, embedder)
        detail = f"{len(manifest.documents)} documents, {manifest.chunks} passages in {folder}"
        return Check("index", True, detail)
    except RagError as error:
        return Check("index", False, str(error))
