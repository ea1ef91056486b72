"""Settings: defaults < `rag.toml` < environment (`RAG_…`) < command-line flags.

>>> load_settings({}, {"RAG_EMBEDDER": "BAAI/bge-m3"}, embedder=None).embedder
'BAAI/bge-m3'
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from rag.errors import InputError

SETTINGS_FILE = "rag.toml"
_PREFIX = "RAG_"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user can set; the field `index_dir` is `RAG_INDEX_DIR` in the environment."""

    seeds: str = "seeds"  # where `rag index` finds the plans when no path is given
    index_dir: str = ".rag"  # where the index lives
    embedder: str = "embedded"  # "embedded", or a sentence-transformers hub id or folder
    candidates: int = 30  # chunks that each ranking contributes
    llm_base_url: str = ""  # an OpenAI-compatible endpoint; empty: answers are quoted
    llm_model: str = ""  # the name that the endpoint knows the model by
    llm_api_key_file: str = ""  # a file with the key, where RAG_LLM_API_KEY does not hold it
    llm_timeout: float = 60.0  # seconds for an answer; after that the sources are quoted
    llm_context_window: int = 8192  # tokens
    lock_timeout: float = 60.0  # seconds to wait for another process that writes the index
    ui_host: str = "127.0.0.1"  # where the page listens
    ui_port: int = 7860
    ui_root_path: str = ""  # the path under which a proxy serves the page: /plans
    ui_users_file: str = ""  # lines of name:bcrypt hash (`htpasswd -B`); empty: no names are asked for
    ui_open: bool = False  # listen beyond this machine although no names are asked for
    ui_editors: str = "local"  # who may add and remove documents: local, everyone, nobody, or names
    ui_concurrency: int = 8  # questions that are answered at the same time
    ui_queue: int = 200  # questions that may wait
    ui_upload_mb: int = 20  # the largest file that is taken


def read_settings_file(path: Path) -> dict[str, Any]:
    """The content of a settings file; empty if there is none."""
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except FileNotFoundError:
        return {}
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: the settings cannot be read ({error}).", "It is a TOML file.") from error


def load_settings(file: Mapping[str, Any], environment: Mapping[str, str], **flags: Any) -> Settings:
    """Joins the sources; raises InputError for an unknown name or a value of the wrong kind."""
    known = {field.name: field.default for field in fields(Settings)}
    if "llm_api_key" in file:
        raise InputError(
            f"{SETTINGS_FILE}: the key does not belong here.",
            "Put it into the environment (RAG_LLM_API_KEY) or into a file of its own (llm_api_key_file).",
        )
    unknown = [name for name in file if name not in known]
    if unknown:
        raise InputError(f"{SETTINGS_FILE}: unknown setting “{unknown[0]}”.", f"Known: {', '.join(known)}.")
    settings = Settings()
    named = {n: environment[f"{_PREFIX}{n.upper()}"] for n in known if f"{_PREFIX}{n.upper()}" in environment}
    for source in (file, named, {k: v for k, v in flags.items() if v is not None}):
        for name, value in source.items():
            settings = replace(settings, **{name: _coerce(name, value, known[name])})
    return settings


def read_api_key(settings: Settings, environment: Mapping[str, str]) -> str:
    """The key of the endpoint, from the environment or its file; raises InputError if that is unreadable.

    An endpoint that wants no key gets a placeholder.
    """
    if key := environment.get(f"{_PREFIX}LLM_API_KEY", "").strip():
        return key
    if not settings.llm_api_key_file:
        return "none"
    path = Path(settings.llm_api_key_file)
    try:
        key = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: the key cannot be read.", "Check llm_api_key_file.") from error
    if not key:
        raise InputError(f"{path}: holds no key.", "Check llm_api_key_file.")
    return key


_SWITCHES = {
    "1": True,
    "true": True,
    "yes": True,
    "on": True,
    "0": False,
    "false": False,
    "no": False,
    "off": False,
}


def _coerce(name: str, value: Any, default: Any) -> Any:
    kind = type(default)
    if kind is bool:
        switch = _SWITCHES.get(str(value).lower())
        if switch is None:
            raise InputError(f"Setting {name}: “{value}” is neither true nor false.")
        return switch
    try:
        converted = kind(value)
    except (TypeError, ValueError) as error:
        raise InputError(f"Setting {name}: “{value}” is no {kind.__name__}.") from error
    if kind in (int, float) and converted <= 0:
        raise InputError(f"Setting {name}: “{value}” must be above 0.")
    return converted
