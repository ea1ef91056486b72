"""The same questions through HTTP (`gradio_client`) and as tools for language models (MCP)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any, Literal

import gradio as gr
from gradio.events import api

from rag.asking import check_documents
from rag.console import check_question
from rag.errors import RagError
from rag.jsonform import answer_to_json, results_to_json, verification_to_json
from rag.ui.live import LivePipeline
from rag.ui.passages import parse_reference, passage_at
from rag.verify import check_text

_MOST_RESULTS = 50


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
        with _told():
            pipeline = live.get()
            check_documents(pipeline, documents)
            writer = live.writer(lambda sentence: None) if use_model else None
            answer = pipeline.ask(
                check_question(question), years or (), documents or (), writer, context or (), status
            )
            return answer_to_json(answer)

    def search(question: str, limit: int = 5) -> list[dict[str, Any]]:
        """Find the passages of the government plans that are nearest to a question.

        Args:
            question: the question, or words to look for
            limit: how many passages, at most 50

        Returns:
            passages, best first, with document, section, year, status, offsets and text

        """
        with _told():
            found = live.get().search(check_question(question), max(1, min(limit, _MOST_RESULTS)))
            return results_to_json(found)

    def verify(text: str) -> dict[str, Any]:
        """Check every figure of a text against the government plans.

        Args:
            text: the text whose figures are to be checked

        Returns:
            a verdict for the text and one for each figure, with what the plans say

        """
        with _told():
            return verification_to_json(live.get().verify(check_text(text)))

    def sources() -> list[dict[str, Any]]:
        """List the indexed government plans with the years that they speak of.

        Returns:
            id, title, plan year, years and statuses of each document

        """
        with _told():
            return [asdict(record) for record in live.get().manifest.documents]

    def show(citation: str) -> dict[str, Any]:
        """Show the text that a citation stands for, with its section, year and status.

        Args:
            citation: DOCUMENT:START-END, as in an answer's citations

        Returns:
            the document's title, the section path, year, status, and the text itself

        """
        with _told():
            reference = parse_reference(citation)
            document = live.get().document(reference.document)
            low, high = (reference.span.start, reference.span.end) if reference.span else (0, 0)
            passage = passage_at(document, low)
            return {
                "document": document.id,
                "title": document.title,
                "section": list(passage.section) if passage else [],
                "year": passage.year if passage else None,
                "status": passage.status if passage else None,
                "text": document.text[low:high] if reference.span else document.text,
            }

    for endpoint in (ask, search, verify, sources, show):
        api(endpoint, api_name=endpoint.__name__, concurrency_id="questions")


@contextmanager
def _told() -> Iterator[None]:
    """Errors meant for the user become errors that Gradio passes on with their text."""
    try:
        yield
    except RagError as error:
        raise gr.Error(str(error), print_exception=False) from error
