"""What the page's events do: plain functions of what the widgets hold, on the `LivePipeline`.

Each gives the new contents of its outputs in order; `gr.skip()` leaves one as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import gradio as gr

from rag.errors import RagError
from rag.schema import Language, Status
from rag.ui.chat import Progress, ask
from rag.ui.live import LivePipeline
from rag.ui.passages import Reference, parse_reference, reference_of
from rag.ui.texts import Texts
from rag.ui.turns import (
    Filters,
    Turn,
    context_of,
    describe_filters,
    standalone,
    turns_from_json,
    turns_to_json,
)
from rag.ui.view import view_conversation, view_intro, view_note, view_pending, view_reader, view_turn

Updates = tuple[Any, ...]
_STATUSES: dict[str, Status] = {"actual": "actual", "planned": "planned"}


@dataclass(frozen=True, slots=True)
class Chat:
    """The events of the conversation.

    Its outputs are: the finished turns, the current one, the question box, the conversation as the
    browser keeps it, the reader, the ask button, the stop button, the question being answered.
    """

    live: LivePipeline

    def titles(self) -> dict[str, str]:
        """The titles of the documents by id."""
        return {record.id: record.title for record in self.live.get().manifest.documents}

    def submit(
        self,
        question: str,
        kept: object,
        years: list[int],
        status: str,
        documents: list[str],
        writer: str,
        language: Language,
    ) -> Iterator[Updates]:
        """Answers what was typed, in the scope that is chosen; nothing where nothing was sent."""
        yield _outputs()  # an iterator without any output would empty them all
        if not question:
            return
        turns = turns_from_json(kept)
        filters = Filters(tuple(sorted(years)), _STATUSES.get(status), tuple(documents))
        turn = Turn(question.strip(), filters=filters, context=context_of(turns))
        yield from self._run(turn, turns, writer, language)

    def example(
        self, kept: object, writer: str, language: Language, event: gr.EventData
    ) -> Iterator[Updates]:
        """Answers an example question."""
        turns = turns_from_json(kept)
        yield from self._run(Turn(str(event._data["question"])), turns, writer, language)

    def again(self, kept: object, writer: str, language: Language) -> Iterator[Updates]:
        """Answers the last question again."""
        turns = turns_from_json(kept)
        yield _outputs()  # an iterator without any output would empty them all
        if turns:
            last = replace(turns[-1], answer=None, error="")
            yield from self._run(last, turns[:-1], writer, language)

    def linked(self, kept: object, writer: str, language: Language, request: gr.Request) -> Iterator[Updates]:
        """Answers the question of a link (`?q=…`), or opens the passage of one (`?cite=…`)."""
        query = request.query_params
        texts = Texts(language)
        cited = query.get("cite")
        yield _outputs(reader=self.read(cited, False, language) if cited else None)
        if not query.get("q"):
            return
        filters = Filters(
            tuple(int(year) for year in query.getlist("year") if re.fullmatch(r"[0-9]{1,4}", year)),
            _STATUSES.get(query.get("status", "")),
            tuple(name for name in query.getlist("document") if name in self.titles()),
        )
        turn = Turn(query["q"], filters=filters, context=tuple(query.getlist("after")))
        yield from self._run(turn, turns_from_json(kept), writer, texts.language)

    def stop(self, question: str, typed: str, kept: object, language: Language) -> Updates:
        """Gives the question back to the box, unless something else has been typed there."""
        turns, texts = turns_from_json(kept), Texts(language)
        past = view_conversation(turns, self.titles(), texts, last=True)
        returned = None if typed.strip() else question
        return _outputs(past, view_note(texts["stopped"]), box=returned, running=False)

    def clear(self, language: Language) -> Updates:
        """Begins a new conversation."""
        return _outputs(self.intro(Texts(language)), "", kept=[], reader=self.empty_reader(Texts(language)))

    def restore(self, kept: object, texts: Texts) -> str:
        """The conversation that the browser kept; examples to begin with where there is none."""
        turns = turns_from_json(kept)
        return view_conversation(turns, self.titles(), texts, last=True) if turns else self.intro(texts)

    def intro(self, texts: Texts) -> str:
        """What an empty conversation shows."""
        pipeline = self.live.get()
        return view_intro(pipeline.plans.coverage, len(pipeline.manifest.documents), texts)

    def empty_reader(self, texts: Texts) -> str:
        """What the reader shows before anything is cited."""
        return view_note(texts["reader_empty"])

    def read(self, reference: str, whole: bool, language: Language) -> str:
        """The passage of a reference in its section, or in the whole document."""
        return self._read(parse_reference(reference), whole, Texts(language))

    def select(self, language: Language, event: gr.EventData) -> str:
        """The passage that was clicked."""
        return self.read(str(event._data["cite"]), bool(event._data.get("whole")), language)

    def _read(self, reference: Reference, whole: bool, texts: Texts) -> str:
        try:
            document = self.live.get().document(reference.document)
        except RagError:
            return view_note(texts.fill("not_here", citation=reference.document))
        span = reference.span
        if span and not span.start < span.end <= len(document.text):
            return view_note(texts.fill("not_here", citation=f"{reference.document}:{span.start}-{span.end}"))
        return view_reader(document, reference, whole, texts)

    def _run(self, turn: Turn, turns: tuple[Turn, ...], writer: str, language: Language) -> Iterator[Updates]:
        texts, titles = Texts(language), self.titles()
        turn = replace(turn, question=turn.question.encode(errors="replace").decode())  # half characters
        past = view_conversation(turns, titles, texts, last=False)
        scope = describe_filters(turn.filters, titles, texts)
        shown = view_pending(turn.question, scope, [texts["step_reading"]], [], texts)
        yield _outputs(past, shown, running=True, asked=turn.question)
        for news in ask(self.live, turn, writer == "model", texts):
            if isinstance(news, Progress):
                told = view_pending(turn.question, scope, news.steps, news.sentences, texts)
                yield _outputs(current=None if told == shown else told)
                shown = told
            elif news.answer is None:
                failed = view_turn(news, titles, texts, last=False)
                yield _outputs(current=failed, box=turn.question, running=False)
            else:
                done = standalone(news)
                yield _outputs(
                    current=view_turn(done, titles, texts, last=True),
                    kept=turns_to_json((*turns, done)),
                    reader=self._cited(done, texts),
                    running=False,
                )

    def _cited(self, turn: Turn, texts: Texts) -> str:
        citations = turn.answer.citations if turn.answer else ()
        if not citations:
            return self.empty_reader(texts)
        return self._read(reference_of(citations[0]), False, texts)


def _outputs(
    past: str | None = None,
    current: str | None = None,
    *,
    box: str | None = None,
    kept: Sequence[object] | None = None,
    reader: str | None = None,
    running: bool | None = None,
    asked: str | None = None,
) -> Updates:
    """The outputs of `Chat` in their order; what is None stays as it is."""
    skip = gr.skip()

    def given(value: object) -> Any:
        return skip if value is None else value

    buttons = (
        (skip, skip) if running is None else (gr.update(visible=not running), gr.update(visible=running))
    )
    return (given(past), given(current), given(box), given(kept), given(reader), *buttons, given(asked))
