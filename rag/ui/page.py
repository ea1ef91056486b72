"""The page: its widgets, and which event leads to which function."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import gradio as gr

from rag.read import READERS
from rag.schema import Language
from rag.ui.access import may_edit
from rag.ui.api import add_api
from rag.ui.desk import Desk
from rag.ui.handlers import Chat
from rag.ui.live import LivePipeline
from rag.ui.texts import Texts, choose_language, example_years
from rag.ui.view import view_documents, view_header
from rag.ui.widgets import (
    AskWidgets,
    Choices,
    DocumentWidgets,
    Labels,
    VerifyWidgets,
    ask_tab,
    asset,
    documents_tab,
    html,
    verify_tab,
)

_KEPT = "plan-rag-conversation"
_TAKE = "() => takeQuestion()"
_NEXT = "(typed, ...rest) => [nextQuestion(), ...rest]"
# once a link has been followed, a reload shall not ask its question again
_FORGET_LINK = "() => { history.replaceState(null, '', location.pathname); }"


@dataclass(frozen=True, slots=True)
class Frame:
    """What all tabs share: the language, the reader, and what the browser keeps."""

    header: gr.HTML
    language: gr.Radio
    reader: gr.HTML
    kept: gr.BrowserState
    chosen: gr.BrowserState
    asked: gr.State
    labels: Labels


def build_page(live: LivePipeline) -> gr.Blocks:
    """The page; nothing of it is shared between two people but the index."""
    labels, texts = Labels(), Texts("zh")
    page: gr.Blocks
    with gr.Blocks(title=texts["title"], analytics_enabled=False, fill_width=True) as page:
        kept = gr.BrowserState([], storage_key=_KEPT, secret=_KEPT)
        chosen = gr.BrowserState("", storage_key="plan-rag-language", secret=_KEPT)
        asked = gr.State("")
        with gr.Row(elem_id="header-row"):
            header = html("header", value=view_header(texts))
            language = gr.Radio([("中文", "zh"), ("English", "en")], value="zh", elem_id="language", scale=0)
            labels.add(language, label="language")
        with gr.Row(elem_id="main-row"):
            with gr.Column(scale=3, min_width=320), gr.Tabs():
                choices = _scope_choices(live, texts)
                asking, verifying = ask_tab(labels, choices), verify_tab(labels)
                documents = documents_tab(labels, choices)
            with gr.Column(scale=2, min_width=320, elem_id="reader-column"):
                reader = html("reader", js_on_load=asset("page.js"))
        frame = Frame(header, language, reader, kept, chosen, asked, labels)
        _wire_language(page, live, frame, asking, documents)
        _wire_chat(page, Chat(live), frame, asking)
        _wire_desk(Desk(live), live, frame, asking, verifying, documents)
        add_api(live)
    return page


def _scope_choices(live: LivePipeline, texts: Texts) -> Choices:
    """What can be chosen as scope, under the names of `ScopeWidgets`."""
    pipeline = live.get()
    statuses = [(texts.name("status_names", status), status) for status in ("actual", "planned")]
    writers = [(texts.fill("model", model=live.model), "model")] if live.model else []
    return {
        "years": [(texts.join([year]), year) for year in pipeline.plans.coverage.years],
        "status": [(texts["all"], ""), *statuses],
        "documents": [(record.title, record.id) for record in pipeline.manifest.documents],
        "writer": [*writers, (texts["quotes"], "quotes")],
    }


def _renewed(live: LivePipeline, texts: Texts) -> tuple[Any, ...]:
    """What changes with the documents: the scope, the table, the list of those that can be removed."""
    choices = _scope_choices(live, texts)
    return (
        *(gr.update(choices=choices[name]) for name in ("years", "status", "documents", "writer")),
        view_documents(live.get().manifest.documents, texts),
        gr.update(choices=choices["documents"], value=None),
    )


def _wire_language(
    page: gr.Blocks, live: LivePipeline, frame: Frame, asking: AskWidgets, documents: DocumentWidgets
) -> None:
    chat = Chat(live)
    scope = asking.scope
    dressed = [
        *frame.labels.widgets,
        frame.header,
        *(scope.years, scope.status, scope.documents, scope.writer),
        *(documents.table, documents.removable),
        *(asking.past, asking.current),
    ]

    def dress(language: Language, kept: object) -> list[Any]:
        texts = Texts(language)
        values: dict[str, object] = {
            **example_years(live.get().plans.coverage),
            "types": texts.join(sorted(READERS)),
            "megabytes": live.settings.ui_upload_mb,
        }
        return [
            *frame.labels.updates(texts, values),
            view_header(texts),
            *_renewed(live, texts),
            chat.restore(kept, texts),
            "",
        ]

    def start(kept: object, chosen: str, request: gr.Request) -> list[Any]:
        accepted = request.headers.get("accept-language", "")
        language = choose_language(request.query_params.get("lang") or chosen, accepted)
        dressing = dress(language, kept)
        editing = gr.update(visible=may_edit(live.settings, request.username))
        return [language, chat.empty_reader(Texts(language)), editing, *dressing]

    firsts = [frame.language, frame.reader, documents.editing]
    begun = page.load(
        start,
        [frame.kept, frame.chosen],
        [*firsts, *dressed],
        api_visibility="private",
        show_progress="hidden",
    )
    linked = begun.then(
        chat.linked,
        [frame.kept, scope.writer, frame.language],
        _chat_outputs(frame, asking),
        api_visibility="private",
        show_progress="hidden",
        concurrency_id="questions",
    )
    linked.then(None, None, None, js=_FORGET_LINK)
    frame.language.input(
        lambda language, kept: [language, *dress(language, kept)],
        [frame.language, frame.kept],
        [frame.chosen, *dressed],
        api_visibility="private",
        show_progress="hidden",
    )


def _chat_outputs(frame: Frame, asking: AskWidgets) -> list[Any]:
    """The outputs of `Chat`, in their order."""
    return [
        *(asking.past, asking.current, asking.box, frame.kept, frame.reader),
        *(asking.send, asking.stop, frame.asked),
    ]


def _wire_chat(page: gr.Blocks, chat: Chat, frame: Frame, asking: AskWidgets) -> None:
    scope, outputs = asking.scope, _chat_outputs(frame, asking)
    options: dict[str, Any] = {
        "api_visibility": "private",
        "show_progress": "hidden",
        "concurrency_id": "questions",
    }
    taken = gr.on([asking.box.submit, asking.send.click], None, None, None, js=_TAKE)
    asked = [
        asking.box,
        frame.kept,
        scope.years,
        scope.status,
        scope.documents,
        scope.writer,
        frame.language,
    ]
    how = [frame.kept, scope.writer, frame.language]
    running = [
        # an answer can be seen a moment before its event has ended: what is asked then waits for that
        taken.then(chat.submit, asked, outputs, js=_NEXT, trigger_mode="always_last", **options),
        frame.reader.example_select(chat.example, how, outputs, **options),
        frame.reader.retry(chat.again, how, outputs, **options),
    ]
    plain: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden", "queue": False}
    stopped = [frame.asked, asking.box, frame.kept, frame.language]
    asking.stop.click(chat.stop, stopped, outputs, cancels=running, **plain)
    asking.clear.click(chat.clear, [frame.language], outputs, cancels=running, **plain)
    frame.reader.select(chat.select, [frame.language], [frame.reader], **plain)


def _wire_desk(
    desk: Desk,
    live: LivePipeline,
    frame: Frame,
    asking: AskWidgets,
    verifying: VerifyWidgets,
    documents: DocumentWidgets,
) -> None:
    private: dict[str, Any] = {"api_visibility": "private"}
    verifying.check.click(
        desk.check,
        [verifying.draft, verifying.file, frame.language],
        [verifying.checked],
        concurrency_id="questions",
        **private,
    )
    changed = [
        *(asking.scope.years, asking.scope.status, asking.scope.documents, asking.scope.writer),
        *(documents.table, documents.removable),
    ]

    def refresh(language: Language) -> tuple[Any, ...]:
        return _renewed(live, Texts(language))

    added = documents.add.click(
        desk.add, [documents.upload, frame.language], [documents.outcome], concurrency_limit=1, **private
    )
    added.then(refresh, [frame.language], changed, **private)
    added.then(lambda: None, None, [documents.upload], **private)
    documents.remove.click(
        desk.ask_whether,
        [documents.removable, frame.language],
        [documents.sure, documents.question],
        **private,
    )
    documents.no.click(lambda: gr.update(visible=False), None, [documents.sure], **private)
    removed = documents.yes.click(
        desk.remove,
        [documents.removable, frame.language],
        [documents.outcome],
        concurrency_limit=1,
        **private,
    )
    removed.then(lambda: gr.update(visible=False), None, [documents.sure], **private)
    removed.then(refresh, [frame.language], changed, **private)
