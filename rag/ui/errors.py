"""Errors in the language of the page (`data/errors.toml`)."""

from __future__ import annotations

import re

from rag.errors import RagError
from rag.language import load_toml
from rag.ui.texts import Texts


def tell_error(error: RagError, texts: Texts) -> str:
    """What went wrong and what to do, in the page's language where the message is known."""
    told = tell_message(error.message, texts)
    return str(error) if told == error.message else told


def tell_message(message: str, texts: Texts) -> str:
    """A message in the page's language; as it is where it is not known."""
    data = load_toml("ui/errors.toml")
    names = data["names"] if texts.language == "zh" else {}
    for row in data["error"]:
        if match := re.fullmatch(row["match"], message):
            return str(row[texts.language]).format(*(names.get(group, group) for group in match.groups()))
    return message
