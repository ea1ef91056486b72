"""The files of a run: which there are, what they hold, and what their owner says of them.

>>> printable(Path("报告.txt")), printable(Path(os.fsdecode("报告.txt".encode("gb18030"))))
('报告.txt', '报告.txt')
"""

from __future__ import annotations

import hashlib
import os
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from rag.errors import SourceError
from rag.read import READERS
from rag.schema import Kind

SIDECAR = ".toml"
_SIDECAR_KEYS = ("title", "kind", "place", "year", "published", "issuer")


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that was not taken, and why."""

    path: str
    reason: str


def printable(path: Path) -> str:
    """A path as text that can be stored and shown, also where its bytes are in an older encoding."""
    raw = os.fsencode(path)
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")


def shown_path(path: Path) -> str:
    """Relative to the working folder where the file is inside it."""
    resolved, here = path.resolve(), Path.cwd().resolve()
    return printable(
        Path((resolved.relative_to(here) if resolved.is_relative_to(here) else resolved).as_posix())
    )


def file_key(path: Path) -> str:
    """What tells a file apart from every other, whatever links lead to it."""
    return printable(path.resolve())


def list_files(paths: Sequence[Path]) -> tuple[list[Path], list[Refusal]]:
    """The documents among files and folders, each once, and what is of no type that is read.

    A link and its file are one document; a sidecar is none.
    """
    found: dict[str, Path] = {}
    refused: list[Refusal] = []
    for path in paths:
        for file in _inside(path) if path.is_dir() else iter((path,)):
            if path.is_dir() and file.suffix.lower() not in READERS:
                if not _is_sidecar(file):
                    refused.append(Refusal(printable(file), f"files of type “{file.suffix}” are not read"))
                continue
            key = file_key(file)
            if key not in found or (found[key].is_symlink() and not file.is_symlink()):
                found[key] = file
    return list(found.values()), refused


def _inside(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if not path.name.startswith(".") and path.is_file():
            yield path


def _is_sidecar(path: Path) -> bool:
    return path.suffix == SIDECAR and any(path.with_suffix(ending).exists() for ending in READERS)


def fingerprint(path: Path) -> str:
    """A hash of what a file and its sidecar hold; raises SourceError where they cannot be read."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
        sidecar = path.with_suffix(SIDECAR)
        if sidecar != path and sidecar.is_file():
            digest.update(sidecar.read_bytes())
    except OSError as error:
        name = printable(Path(path.name))
        if isinstance(error, FileNotFoundError):
            raise SourceError(f"{name}: there is no such file.", "Check the path.") from error
        raise SourceError(f"{name}: cannot be read ({error.strerror}).", "Check its permissions.") from error
    return digest.hexdigest()


def read_sidecar(path: Path) -> Mapping[str, str]:
    """What `NAME.toml` beside a file says of it; raises SourceError where that cannot be used.

    Its keys are title, kind, place, year, published and issuer, each of which may be missing.
    """
    sidecar = path.with_suffix(SIDECAR)
    if sidecar == path or not sidecar.is_file():
        return {}
    name = printable(Path(sidecar.name))
    try:
        told = tomllib.loads(sidecar.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SourceError(f"{name}: this is no TOML file ({error}).", f"For example: {_EXAMPLE}") from error
    for key, value in told.items():
        _check_told(name, key, value)
    return {key: str(value) for key, value in told.items()}


_EXAMPLE = 'place = "青禾市"'


def _check_told(name: str, key: str, value: object) -> None:
    if key not in _SIDECAR_KEYS:
        raise SourceError(f"{name}: “{key}” is not known.", f"Known are {', '.join(_SIDECAR_KEYS)}.")
    if key == "kind" and value not in get_args(Kind):
        raise SourceError(f"{name}: “{value}” is no kind.", f"Kinds are {', '.join(get_args(Kind))}.")
    if key == "year" and not (isinstance(value, int) and 1900 <= value < 2100):
        raise SourceError(f"{name}: “{value}” is no year.", "For example: year = 2025")
    if key != "year" and not (isinstance(value, str) and value.strip()):
        raise SourceError(f"{name}: the value of “{key}” is no text.", f"For example: {_EXAMPLE}")
