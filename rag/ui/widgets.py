"""The widgets of the page, tab by tab, and which text each of them shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

import gradio as gr

from rag.ui.texts import Texts

Choices = dict[str, list[tuple[str, Any]]]  # by the names of `ScopeWidgets`: labels and values


def asset(name: str) -> str:
    """A style sheet or a script of the page."""
    return files("rag.ui").joinpath("assets", name).read_text(encoding="utf-8")


def html(elem_id: str, **properties: Any) -> gr.HTML:
    """A part of the page that is rendered by `view`, in the page's own style."""
    return gr.HTML(elem_id=elem_id, apply_default_css=False, **properties)


@dataclass
class Labels:
    """Which property of which widget shows which text, so that the language can be changed."""

    rows: list[tuple[Any, dict[str, str]]] = field(default_factory=list)

    def add(self, widget: Any, **properties: str) -> Any:
        """Remembers a widget; the values are names of texts."""
        self.rows.append((widget, properties))
        return widget

    @property
    def widgets(self) -> list[Any]:
        """The widgets in order."""
        return [widget for widget, _ in self.rows]

    def updates(self, texts: Texts, values: dict[str, object]) -> list[Any]:
        """Each widget's texts in a language."""
        rows: list[dict[str, Any]] = [
            {name: texts.fill(key, **values) for name, key in properties.items()}
            for _, properties in self.rows
        ]
        return [gr.update(**row) for row in rows]


@dataclass(frozen=True, slots=True)
class ScopeWidgets:
    """What an answer may draw on, and who writes it."""

    years: gr.CheckboxGroup
    status: gr.Radio
    documents: gr.CheckboxGroup
    writer: gr.Radio


@dataclass(frozen=True, slots=True)
class AskWidgets:
    """The conversation and the question box."""

    past: gr.HTML
    current: gr.HTML
    box: gr.Textbox
    send: gr.Button
    stop: gr.Button
    clear: gr.Button
    scope: ScopeWidgets


def ask_tab(labels: Labels, choices: Choices) -> AskWidgets:
    """The tab in which questions are asked."""
    with labels.add(gr.Tab("", id="ask"), label="tab_ask"):
        past = html("past")
        current = html("current")
        with gr.Column(elem_id="ask-bar"):
            with gr.Row():
                box = labels.add(
                    gr.Textbox(max_lines=6, scale=8, min_width=240, elem_id="question-box", autofocus=True),
                    label="question",
                    placeholder="question_hint",
                )
                send = labels.add(gr.Button(variant="primary", min_width=80, elem_id="send"), value="send")
                stop = gr.Button(variant="stop", min_width=80, visible=False, elem_id="stop")
                labels.add(stop, value="stop")
                clear = labels.add(gr.Button(min_width=110, elem_id="clear"), value="clear")
            scope = _scope(labels, choices)
    return AskWidgets(past, current, box, send, stop, clear, scope)


def _scope(labels: Labels, choices: Choices) -> ScopeWidgets:
    with labels.add(gr.Accordion("", open=False, elem_id="scope"), label="scope"):
        writers = choices["writer"]
        return ScopeWidgets(
            labels.add(gr.CheckboxGroup(choices["years"], elem_id="years"), label="years"),
            labels.add(gr.Radio(choices["status"], value="", elem_id="status"), label="status"),
            labels.add(gr.CheckboxGroup(choices["documents"], elem_id="documents"), label="documents"),
            labels.add(
                gr.Radio(writers, value=writers[0][1], elem_id="writer", visible=len(writers) > 1),
                label="writer",
            ),
        )


@dataclass(frozen=True, slots=True)
class VerifyWidgets:
    """Somebody's own text, and what came of checking it."""

    draft: gr.Textbox
    file: gr.File
    check: gr.Button
    checked: gr.HTML


def verify_tab(labels: Labels) -> VerifyWidgets:
    """The tab in which a text is checked."""
    with labels.add(gr.Tab("", id="verify"), label="tab_verify"):
        draft = labels.add(
            gr.Textbox(lines=7, max_lines=20, elem_id="draft"), label="verify_text", placeholder="verify_hint"
        )
        file = labels.add(gr.File(file_count="single", height=110, elem_id="draft-file"), label="verify_file")
        check = labels.add(gr.Button(variant="primary", elem_id="check"), value="verify_run")
        checked = html("checked")
    return VerifyWidgets(draft, file, check, checked)


@dataclass(frozen=True, slots=True)
class DocumentWidgets:
    """The indexed documents, and how they come and go; `editing` is shown to those who may."""

    table: gr.HTML
    editing: gr.Column
    upload: gr.File
    add: gr.Button
    removable: gr.Dropdown
    remove: gr.Button
    sure: gr.Column
    question: gr.HTML
    yes: gr.Button
    no: gr.Button
    outcome: gr.HTML


def documents_tab(labels: Labels, choices: Choices) -> DocumentWidgets:
    """The tab of the indexed documents."""
    with labels.add(gr.Tab("", id="documents"), label="tab_documents"):
        table = html("table")
        with gr.Column(visible=False, elem_id="editing") as editing:
            upload = gr.File(file_count="multiple", height=130, elem_id="upload")
            labels.add(upload, label="add_file")
            add = labels.add(gr.Button(variant="primary", elem_id="add"), value="add_run")
            removable = labels.add(
                gr.Dropdown(choices["documents"], value=None, elem_id="removable"), label="remove"
            )
            remove = labels.add(gr.Button(elem_id="remove"), value="remove_run")
            with gr.Column(visible=False, elem_id="sure") as sure:
                question = html("sure-question")
                with gr.Row():
                    yes = labels.add(gr.Button(variant="stop", elem_id="yes"), value="remove_yes")
                    no = labels.add(gr.Button(elem_id="no"), value="remove_no")
        outcome = html("outcome")
    return DocumentWidgets(table, editing, upload, add, removable, remove, sure, question, yes, no, outcome)
