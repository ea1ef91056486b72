"""What is shown: markup in any field is text, figures stand with their verdicts."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

from rag.check.verify import CheckedFigure, Verification
from rag.index.manifest import SourceRecord
from rag.read.parse import parse_document
from rag.schema import Answer, Claim, Document, Span
from rag.ui.passages import Reference
from rag.ui.turns import Filters, Turn
from rag.ui.view import (
    export_markdown,
    view_conversation,
    view_documents,
    view_messages,
    view_pending,
    view_reader,
    view_turn,
    view_verification,
)
from tests.conftest import PLAN_2020, PLAN_2024
from tests.ui.conftest import EN, ZH, citation

EVIL = "<img src=x onerror=alert(1)>\"'&</template></p>"


class Tags(HTMLParser):
    """The tags and attributes of a fragment."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen |= {tag, *(name for name, _ in attrs)}


def evil_answer(outcome: str) -> Answer:
    claim = Claim("9.0%", "9.0", "%", None, "supported", (1,), EVIL)
    cited = citation(1, EVIL, document=EVIL, title=EVIL, path=EVIL, section=(EVIL,))
    return Answer(
        EVIL, "zh", outcome, f"{EVIL}[1]", EVIL, (cited,), (claim,), None, {"total": 1.0}, None, EVIL  # type: ignore[arg-type]
    )  # fmt: skip


def evil_views(document: Document) -> dict[str, str]:
    turn = Turn(EVIL, evil_answer("answered"), filters=Filters(documents=(EVIL,)), context=(EVIL,))
    failed = Turn(EVIL, error=EVIL)
    record = SourceRecord(
        EVIL, EVIL, EVIL, "plan", EVIL, "", EVIL, 2024, {"place": "title"}, (2023,), ("2023:actual",), (EVIL,), "", "", (), 1
    )  # fmt: skip
    evil = parse_document(
        f"光明区2025年计划{EVIL}\n一、2025年计划{EVIL}\n2025年新建公园20个{EVIL}。\n", EVIL, EVIL
    )
    figure = CheckedFigure(0, 4, replace(evil_answer("answered").claims[0]), "supported")
    verification = Verification(
        f"9.0%{EVIL}", "zh", "supported", (figure,), evil_answer("answered").citations
    )
    return {
        "turn": view_turn(turn, {EVIL: EVIL}, ZH, last=True),
        "abstained": view_turn(replace(turn, answer=evil_answer("abstained")), {}, ZH, last=True),
        "failed": view_turn(failed, {}, ZH, last=True),
        "conversation": view_conversation((turn, failed), {}, EN, last=False),
        "pending": view_pending(EVIL, EVIL, [EVIL], [EVIL], ZH),
        "reader": view_reader(evil, Reference(EVIL, Span(3, 40)), True, ZH),
        "documents": view_documents([record], ZH),
        "messages": view_messages([("bad", EVIL)]),
        "verification": view_verification(verification, ZH),
    }


def test_markup_in_any_field_is_shown_as_text(documents: dict[str, Document]) -> None:
    for name, html in evil_views(documents[PLAN_2020]).items():
        seen = Tags(html).seen
        assert not seen & {"img", "script", "onerror"}, name
        assert "&lt;img" in html, name
        assert html.count("</template>") == html.count("<template"), name


def test_markdown_of_an_answer_holds_no_markup_and_all_sources(turns: tuple[Turn, ...]) -> None:
    told = export_markdown(turns[1], {}, ZH)
    answer = turns[1].answer
    assert answer
    for expected in (answer.answer, answer.citations[0].quote, answer.citations[0].title):
        assert expected in told
    evil = export_markdown(Turn(EVIL, evil_answer("answered")), {}, ZH)
    assert "<" not in evil.replace("\\<", "")


def test_figures_of_an_answer_stand_with_their_verdicts(turns: tuple[Turn, ...]) -> None:
    html = view_turn(turns[0], {PLAN_2024: "2024年计划"}, ZH, last=True)
    assert '<strong class="lead">9.0%</strong>' in html
    assert "原文一致" in html
    assert "范围:2023年 · 实际 · 2024年计划" in html
    assert "data-again" in html
    assert "data-again" not in view_turn(turns[0], {}, ZH, last=False)
