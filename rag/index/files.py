"""The files of a run: which there are, what they hold, and what their owner says of them.

>>> printable(Path("报告.txt")), printable(Path(os.fsdecode("报告.txt".encode("gb18030"))))
('报告.txt', '报告.txt')
>>> key_path(file_key(Path("报告.txt"))) == Path.cwd().resolve() / "报告.txt"
True
"""

from __future__ import annotations

import hashlib
import os
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import get_args
from urllib.parse import unquote_to_bytes

from rag.errors import SourceError
from rag.read import READERS, decode
from rag.schema import Kind

SIDECAR = ".toml"
_SIDECAR_KEYS = ("title", "kind", "place", "year", "published", "issuer")
_EXAMPLE = 'place = "青禾市"'
_HIDDEN = (".", "~$")  # Word keeps “~$报告.docx” beside a file that is open
_SCHEME = "file://"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that was not taken, and why."""

    path: str
    reason: str


@dataclass(slots=True)
class Listing:
    """The documents among files and folders, each once, and what else was seen.

    `walked` are the folders that were looked into, `closed` files and folders that could not be looked
    at; both without links.
    """

    files: dict[str, Path] = field(default_factory=dict)  # by key
    refused: list[Refusal] = field(default_factory=list)
    walked: set[str] = field(default_factory=set)
    closed: set[str] = field(default_factory=set)

    def misses(self, path: Path) -> bool:
        """Whether a file has gone from one of the folders."""
        around = [str(folder) for folder in path.parents]
        seen = not self.walked.isdisjoint(around) and self.closed.isdisjoint([str(path), *around])
        return seen and file_key(path) not in self.files and not is_there(file_key(path))


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
    """Relative to the working folder where the file is inside it; a link is called by its own name."""
    real, here = _real(path.parent) / path.name, Path.cwd().resolve()
    return printable(real.relative_to(here) if real.is_relative_to(here) else real)


def file_key(path: Path) -> str:
    """What tells a file apart from every other, whatever links lead to it, in ASCII."""
    return _real(path).as_uri()


def key_path(key: str) -> Path:
    """The file of a key."""
    return Path(os.fsdecode(unquote_to_bytes(key.removeprefix(_SCHEME))))


def is_there(key: str) -> bool:
    """Whether the file of a key can still be found."""
    return os.path.isfile(key_path(key))  # noqa: PTH113


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))  # which does not mind links in a circle, as Path.resolve does


def list_files(paths: Sequence[Path]) -> Listing:
    """The documents among files and folders; a link and its file are one, a sidecar is none."""
    listing = Listing()
    for path in paths:
        for file in _inside(path, listing) if os.path.isdir(path) else iter((path,)):  # noqa: PTH112
            key = file_key(file)
            if key not in listing.files or (listing.files[key].is_symlink() and not file.is_symlink()):
                listing.files[key] = file
    return listing


def _inside(folder: Path, listing: Listing) -> Iterator[Path]:
    """The documents in a folder and in those inside it; notes what cannot be read."""
    waiting = [folder]
    while waiting:
        folder = waiting.pop()
        real = str(_real(folder))
        if real in listing.walked:
            continue
        try:
            names = sorted(name for name in os.listdir(folder) if not name.startswith(_HIDDEN))  # noqa: PTH208
        except OSError as error:
            _close(listing, folder, error)
            continue
        listing.walked.add(real)
        within = [folder / name for name in names]
        folders = {path for path in within if os.path.isdir(path)}  # noqa: PTH112
        yield from (path for path in within if path not in folders and _is_document(path, listing))
        waiting += [path for path in reversed(within) if path in folders]


def _is_document(path: Path, listing: Listing) -> bool:
    """Whether a file of a folder can be read by its type; notes why not, but for sidecars."""
    if path.suffix.lower() in READERS:
        try:
            path.stat()
        except OSError as error:
            _close(listing, path, error)
            return False
        if path.is_file():
            return True
        listing.refused.append(Refusal(printable(path), "it is no ordinary file"))
    elif not _is_sidecar(path):
        kind = f"files of type “{path.suffix}”" if path.suffix else "files without a type (.txt, .pdf)"
        listing.refused.append(Refusal(printable(path), f"{kind} are not read"))
    return False


def _close(listing: Listing, path: Path, error: OSError) -> None:
    if isinstance(error, FileNotFoundError) and path.is_symlink():
        reason = "the file that it links to is not there"
    else:
        listing.closed.add(str(_real(path)))
        reason = f"cannot be read ({error.strerror})"
    listing.refused.append(Refusal(printable(path), reason))


def _is_sidecar(path: Path) -> bool:
    return path.suffix == SIDECAR and any(path.with_suffix(ending).exists() for ending in READERS)


def fingerprint(path: Path) -> str:
    """A hash of what a file and its sidecar hold; raises SourceError where they cannot be read."""
    digest = hashlib.sha256()
    name = printable(Path(path.name))
    try:
        if path.exists() and not path.is_file():  # a pipe would be waited for
            raise SourceError(f"{name}: it is no ordinary file.", "Save it as a file first.")
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
        sidecar = path.with_suffix(SIDECAR)
        if sidecar != path and sidecar.is_file():
            digest.update(sidecar.read_bytes())
    except OSError as error:
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
        told = tomllib.loads(_decoded(sidecar))
    except OSError as error:
        raise SourceError(f"{name}: cannot be read ({error.strerror}).", "Check its permissions.") from error
    except ValueError as error:
        raise SourceError(f"{name}: this is no TOML file ({error}).", f"For example: {_EXAMPLE}") from error
    return {key: _told(name, key, value) for key, value in told.items()}


def _decoded(sidecar: Path) -> str:
    """The text of a sidecar, also where an editor saved it as GB18030 or with a byte-order mark."""
    data = sidecar.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return decode(sidecar, data)


def _told(name: str, key: str, value: object) -> str:
    """A value of a sidecar as text, after it was looked at."""
    if key not in _SIDECAR_KEYS:
        raise SourceError(f"{name}: “{key}” is not known.", f"Known are {', '.join(_SIDECAR_KEYS)}.")
    if key == "kind" and value not in get_args(Kind):
        raise SourceError(f"{name}: “{value}” is no kind.", f"Kinds are {', '.join(get_args(Kind))}.")
    if key == "year" and not (isinstance(value, int) and 1900 <= value < 2100):
        raise SourceError(f"{name}: “{value}” is no year.", "For example: year = 2025")
    if key == "published" and not _is_date(value):
        raise SourceError(f"{name}: “{value}” is no date.", "For example: published = 2025-01-26")
    if key not in ("year", "published") and not (isinstance(value, str) and value.strip()):
        raise SourceError(f"{name}: the value of “{key}” is no text.", f"For example: {_EXAMPLE}")
    return str(value).strip()


def _is_date(value: object) -> bool:
    """Whether a value is a day, as TOML writes one or as text."""
    try:
        return date.fromisoformat(str(value).strip()).isoformat() == str(value).strip()
    except ValueError:
        return False
