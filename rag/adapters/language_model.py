"""Any OpenAI-compatible endpoint, through LlamaIndex's `OpenAILike`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rag.errors import LanguageModelError
from rag.interfaces import Message

_CONTEXT_WORDS = ("context", "too long", "maximum", "exceed", "n_ctx")


class OpenAICompatibleModel:
    """A chat model behind a base URL such as http://127.0.0.1:8080/v1; satisfies `LanguageModel`."""

    def __init__(
        self, base_url: str, model: str, api_key: str, *, context_window: int, timeout: float
    ) -> None:
        from llama_index.llms.openai_like import OpenAILike

        self.name = model
        self._model: Any = OpenAILike(
            model=model,
            api_base=base_url,
            api_key=api_key,
            is_chat_model=True,
            context_window=context_window,
            timeout=timeout,
            max_retries=0,
            temperature=0.0,
            max_tokens=400,
        )

    def stream(self, messages: Sequence[Message]) -> Iterator[str]:
        """The reply, piece by piece; raises LanguageModelError with the kind of failure."""
        from llama_index.core.base.llms.types import ChatMessage, MessageRole

        turns = [ChatMessage(role=MessageRole(m.role), content=m.content) for m in messages]
        try:
            for piece in self._model.stream_chat(turns):
                yield piece.delta or ""
        except Exception as error:
            raise _explain(error) from error


def _explain(error: Exception) -> LanguageModelError:
    """The kind of a failure; the message never holds the key."""
    import openai

    status = getattr(error, "status_code", None)
    if isinstance(error, openai.APITimeoutError):
        return LanguageModelError("timeout", "The language model did not answer in time.")
    if isinstance(error, openai.APIConnectionError):
        return LanguageModelError("unreachable", "The language model cannot be reached.")
    if status in (401, 403):
        return LanguageModelError("unauthorized", "The language model refused the key.")
    if status == 429:
        return LanguageModelError("rate_limited", "The language model has too many requests.")
    if status in (400, 413, 422) and any(word in str(error).lower() for word in _CONTEXT_WORDS):
        return LanguageModelError("context", "Question and sources are too long for the language model.")
    if isinstance(status, int):
        return LanguageModelError("server_error", f"The language model's server answered {status}.")
    return LanguageModelError("bad_reply", f"The reply cannot be read ({type(error).__name__}).")
