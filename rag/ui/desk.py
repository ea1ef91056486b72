"""The events beside the conversation: a text to be checked, documents that come and go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from rag.check import check_text
from rag.commands.verification import read_text
from rag.errors import RagError
from rag.index import IndexReport
from rag.schema import Language
from rag.ui.access import may_edit
from rag.ui.errors import tell_error, tell_message
from rag.ui.library import Upload, add_documents, remove_document
from rag.ui.live import LivePipeline
from rag.ui.texts import Texts
from rag.ui.view import view_messages, view_note, view_verification

Message = tuple[str, str]
_PROGRESS = gr.Progress()  # Gradio hands in the one of the event


@dataclass(frozen=True, slots=True)
class Desk:
    """What the tabs for texts and documents do."""

    live: LivePipeline

    def check(
        self, draft: str, file: str | None, language: Language, progress: gr.Progress = _PROGRESS
    ) -> str:
        """Checks a pasted text, or an uploaded one where nothing was pasted."""
        texts = Texts(language)
        try:
            text = check_text(draft) if draft.strip() or not file else read_text(file)
            pipeline = self.live.get()
            verification = pipeline.verify(
                text, lambda done, total: progress((done, total), desc=texts.name("progress", "check"))
            )
        except RagError as error:
            return view_messages([("bad", tell_error(error, texts))])
        return view_verification(verification, texts)

    def add(
        self,
        uploaded: list[str] | None,
        language: Language,
        request: gr.Request,
        progress: gr.Progress = _PROGRESS,
    ) -> str:
        """Takes uploaded files into the index, and says what came of each."""
        texts = Texts(language)
        uploads = [Upload(Path(path), Path(path).name) for path in uploaded or ()]

        def add() -> list[Message]:
            return self._tell(add_documents(self.live.settings, uploads, _bar(progress, texts)), texts)

        return self._edit(add, request.username, texts)

    def remove(
        self,
        document: str | None,
        language: Language,
        request: gr.Request,
        progress: gr.Progress = _PROGRESS,
    ) -> str:
        """Takes a document out of the index."""
        texts = Texts(language)

        def remove() -> list[Message]:
            if not document:
                return [("bad", texts["choose_document"])]
            title = self._title(document)
            remove_document(self.live.settings, document, _bar(progress, texts))
            return [("good", texts.fill("removed", names=title))]

        return self._edit(remove, request.username, texts)

    def _edit(self, change: Callable[[], list[Message]], user: str | None, texts: Texts) -> str:
        """What came of a change of the documents, which not everybody may make."""
        if not may_edit(self.live.settings, user):
            return view_messages([("bad", texts["editors_only"])])
        try:
            return view_messages(change())
        except RagError as error:
            return view_messages([("bad", tell_error(error, texts))])

    def ask_whether(self, document: str | None, language: Language) -> tuple[Any, str]:
        """Shows the question whether a document is really to be removed."""
        texts = Texts(language)
        if not document:
            return gr.update(visible=False), view_messages([("bad", texts["choose_document"])])
        asked = texts.fill("remove_sure", title=self._title(document))
        return gr.update(visible=True), view_note(asked)

    def _title(self, document: str) -> str:
        records = self.live.get().manifest.documents
        return next((record.title for record in records if record.id == document), document)

    def _tell(self, report: IndexReport, texts: Texts) -> list[Message]:
        told: list[Message] = []
        for name in ("added", "changed"):
            if documents := getattr(report, name):
                told.append(("good", texts.fill(name, names=texts.join([self._title(d) for d in documents]))))
        for refusal in report.refused:
            reason = tell_message(refusal.reason, texts)
            name = Path(refusal.path).name
            told.append(
                ("bad", texts.fill("refused", file=name, reason=reason.removeprefix(f"{name}:").strip()))
            )
        return told


def _bar(progress: gr.Progress, texts: Texts) -> Any:
    def report(step: str, done: int, total: int) -> None:
        progress((done, total), desc=texts.name("progress", step))

    return report
