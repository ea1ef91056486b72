"""Prompts from `prompts/`: files with declared variables, and a hash that travels with the answer."""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from rag.errors import MissingPartError
from rag.interfaces import Message

_PLACEHOLDER = re.compile(r"\{\{(\w+)\}\}")


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt: instructions, worked examples, the question's own turn, and the request to repair."""

    name: str
    system: str
    user: str
    repair: str
    examples: tuple[tuple[str, str], ...]
    hash: str

    @property
    def reference(self) -> str:
        """Name and hash, as the answer carries them."""
        return f"{self.name}@{self.hash}"

    def messages(self, **values: str) -> list[Message]:
        """The conversation that asks for an answer."""
        turns = [Message("system", self.system)]
        for question, reply in self.examples:
            turns += [Message("user", question), Message("assistant", reply)]
        return [*turns, Message("user", fill(self.user, values))]


def load_prompt(name: str, folder: Path | None = None) -> Prompt:
    """The prompt of a name; raises MissingPartError if its file is missing or does not fit its variables."""
    return _load(name, folder or prompt_folder())


def prompt_folder() -> Path:
    """Where the prompts are: inside the installed package, or beside it in a checkout."""
    package = Path(str(files("rag")))
    inside = package / "prompts"
    return inside if inside.is_dir() else package.parent / "prompts"


@cache
def _load(name: str, folder: Path) -> Prompt:
    path = folder / f"{name}.toml"
    try:
        content = path.read_bytes()
        data = tomllib.loads(content.decode())
        texts = {part: str(data[part]).strip() for part in ("system", "user", "repair")}
        examples = tuple((e["user"].strip(), e["assistant"].strip()) for e in data["examples"])
        declared = set(data["variables"])
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise MissingPartError(
            f"{path}: the prompt cannot be read ({error}).", "Restore the file."
        ) from error
    used = {variable for text in texts.values() for variable in _PLACEHOLDER.findall(text)}
    if used != declared:
        odd = ", ".join(sorted(used ^ declared))
        raise MissingPartError(f"{path}: declared and used variables differ ({odd}).", "Correct the file.")
    return Prompt(name, **texts, examples=examples, hash=hashlib.sha256(content).hexdigest()[:12])


def fill(text: str, values: dict[str, str]) -> str:
    """A text with its placeholders filled, in one pass: what a value holds is never a placeholder."""
    return _PLACEHOLDER.sub(lambda match: values[match[1]], text)
