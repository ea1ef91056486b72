"""The same questions through HTTP (`gradio_client`) and as tools for language models (MCP).

`gradio_client` takes every object that has a `path` for a file to be fetched, as citations have; hence
`Client(url, download_files=False)`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import asdict
from functools import wraps
from typing import Any, Literal, ParamSpec, TypeVar

import gradio as gr
from gradio.events import api
from pydantic import ValidationError, validate_call

from rag.ask import check_question
from rag.check import check_text
from rag.errors import InputError, RagError
from rag.index import check_documents
from rag.jsonform import answer_to_json, dump, results_to_json, verification_to_json
from rag.schema import Document
from rag.ui.live import LivePipeline
from rag.ui.passages import Reference, parse_reference, passage_at
from rag.ui.texts import Texts
from rag.ui.turns import check_context

_MOST_RESULTS = 50
_MOST_YEARS = 50
_PATIENCE = 30.0  # seconds that a call waits for its turn

_P = ParamSpec("_P")
_R = TypeVar("_R")


def add_api(live: LivePipeline) -> None:
    """Adds the endpoints `ask`, `search`, `verify`, `sources` and `show` to the page being built."""

    def ask(
        question: str,
        years: list[int] | None = None,
        status: Literal["actual", "planned"] | None = None,
        documents: list[str] | None = None,
        context: list[str] | None = None,
        use_model: bool = False,
    ) -> dict[str, Any]:
        """Answer a question about the government plans with exact figures and verbatim citations.

        Args:
            question: the question, in Chinese or English
            years: only statements about these years
            status: only outturns ("actual") or only targets ("planned")
            documents: only these documents, by id (see sources)
            context: earlier questions of the conversation, oldest first, for a follow-up
            use_model: whether the configured language model writes the answer; else the plans are quoted

        Returns:
            the answer as JSON: outcome, answer, citations with offsets, claims with verdicts, abstention

        """
        pipeline = live.get()
        check_documents(pipeline.manifest, documents)
        if len(years or ()) > _MOST_YEARS:
            raise InputError(f"There are {len(years or ())} years; {_MOST_YEARS} are allowed.")
        earlier = check_context(context or ())
        writer = live.writer(lambda sentence: None) if use_model else None
        answer = live.ask(check_question(question), years or (), documents or (), writer, earlier, status)
        return answer_to_json(answer)

    def search(question: str, limit: int = 5) -> list[dict[str, Any]]:
        """Find the passages of the government plans that are nearest to a question.

        Args:
            question: the question, or words to look for
            limit: how many passages, at most 50

        Returns:
            passages, best first, with document, section, year, status, offsets and text

        """
        found = live.get().search(check_question(question), max(1, min(limit, _MOST_RESULTS)))
        return results_to_json(found)

    def verify(text: str) -> dict[str, Any]:
        """Check every figure of a text against the government plans.

        Args:
            text: the text whose figures are to be checked

        Returns:
            a verdict for the text and one for each figure, with what the plans say

        """
        return verification_to_json(live.get().verify(check_text(text)))

    def sources() -> list[dict[str, Any]]:
        """List the indexed government plans with the years that they speak of.

        Returns:
            id, title, plan year, years and statuses of each document

        """
        return [asdict(record) for record in live.get().manifest.documents]

    def show(citation: str) -> dict[str, Any]:
        """Show the text that a citation stands for, with its section, year and status.

        Args:
            citation: DOCUMENT:START-END, as in an answer's citations

        Returns:
            the document's title, the section path, year, status, and the text itself

        """
        reference = parse_reference(citation)
        document = live.get().document(reference.document)
        _check_reference(document, reference)
        low, high = (reference.span.start, reference.span.end) if reference.span else (0, 0)
        passage = passage_at(document, low)
        return {
            "document": document.id,
            "title": document.identity.title,
            "section": list(passage.section) if passage else [],
            "year": passage.year if passage else None,
            "status": passage.status if passage else None,
            "text": document.text[low:high] if reference.span else _lines(document.text),
        }

    turns = threading.BoundedSemaphore(live.settings.ui_concurrency)
    for endpoint in (ask, search, verify, sources, show):
        # through the queue, a tool would call this server from within, without the name of its user
        api(_answering(endpoint, turns), api_name=endpoint.__name__, queue=False)


def speak_json(page: gr.Blocks) -> None:
    """Lets the tools answer in JSON; Gradio would write Python's form of it."""
    from mcp.types import TextContent

    def told(data: list[Any], root_url: str) -> list[TextContent]:
        return [TextContent(type="text", text=dump(output)) for output in data]

    server: Any = page.mcp_server_obj
    server.postprocess_output_data = told


def _answering(function: Callable[_P, _R], turns: threading.BoundedSemaphore) -> Callable[_P, _R]:
    """The function with its arguments checked; what is wrong becomes an error that is passed on as text."""
    checked = validate_call(function)

    @wraps(function)
    def answer(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        if not turns.acquire(timeout=_PATIENCE):
            raise gr.Error(Texts("en")["busy"], print_exception=False)
        try:
            return checked(*args, **kwargs)
        except RagError as error:
            raise gr.Error(str(error), print_exception=False) from error
        except ValidationError as error:
            raise gr.Error(_tell_wrong(function, error), print_exception=False) from error
        finally:
            turns.release()

    return answer


def _tell_wrong(function: Callable[..., object], error: ValidationError) -> str:
    """Which arguments are of the wrong kind."""
    names = list(function.__annotations__)
    told = []
    for wrong in error.errors(include_url=False, include_input=False):
        first, *rest = wrong["loc"]
        name = names[first] if isinstance(first, int) and first < len(names) else first
        told.append(f"{'.'.join(str(part) for part in (name, *rest))}: {wrong['msg']}.")
    return " ".join(told)


def _lines(text: str) -> str:
    """A whole text without the blanks that keep its lines where they stand in their file."""
    return "".join(f"{line.strip()}\n" for line in text.splitlines() if line.strip())


def _check_reference(document: Document, reference: Reference) -> None:
    """Raises InputError for a stretch that the document does not have."""
    span = reference.span
    if span and not span.start < span.end <= len(document.text):
        raise InputError(
            f"“{span.start}-{span.end}” is no stretch of {document.id},"
            f" which has {len(document.text)} characters.",
            "Copy DOCUMENT:START-END from an answer.",
        )
