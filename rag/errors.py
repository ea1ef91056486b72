"""Errors that are meant for the person at the keyboard: what went wrong, and what to do next."""


class RagError(Exception):
    """Something the user can act on; the CLI prints it without a traceback.

    `exit_code` is 2 for wrong use or broken input and 3 where a needed part is missing.
    """

    exit_code = 2

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class InputError(RagError):
    """The question, the option or the settings cannot be used as given."""


class SourceError(RagError):
    """A source document cannot be read or understood."""


class IndexStateError(RagError):
    """The index is missing, damaged, locked, or was built by other settings."""

    exit_code = 3


class MissingPartError(RagError):
    """A model, a package or a service that is needed is not there."""

    exit_code = 3


class LanguageModelError(RagError):
    """The language model gave no usable reply; `reason` names the kind in `data/messages.toml`."""

    exit_code = 3

    def __init__(self, reason: str, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.reason = reason
