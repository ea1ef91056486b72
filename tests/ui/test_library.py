"""Documents that come and go by the page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import InputError, RagError, SourceError
from rag.settings import Settings
from rag.ui.errors import tell_message
from rag.ui.library import Upload, add_documents, remove_document, safe_name
from rag.ui.live import LivePipeline
from tests.conftest import PLAN_2020, PLAN_2024
from tests.ui.conftest import GDP, ZH, new_plan, only_one_document


@given(st.text(max_size=300))
def test_a_safe_name_is_one_that_a_file_can_have(name: str) -> None:
    safe = safe_name(name)
    assert safe
    assert safe not in (".", "..")
    assert not set(safe) & set('/\\\0:*?"<>|\n')
    assert not safe.startswith((".", " "))
    assert len(safe.encode()) <= 255
    assert safe_name(safe) == safe


@given(st.text("𠀀计a.", min_size=100, max_size=400))
def test_long_names_are_cut_between_characters(name: str) -> None:
    assert len(safe_name(name).encode()) <= 255
    assert safe_name(f"{name}.pdf").endswith(".pdf")


def test_names_that_people_give_stay() -> None:
    for name in ("2024年计划(草案).txt", "光明区《计划》—2024.pdf", "report-1.docx"):
        assert safe_name(name) == name


def uploads(settings: Settings) -> list[str]:
    return sorted(path.name for path in (Path(settings.index_dir) / "uploads").glob("*"))


def test_documents_come_and_go_and_the_unreadable_leaves_nothing_behind(
    own: Settings, tmp_path: Path
) -> None:
    picture, heading = tmp_path / "图 片.txt", tmp_path / "题目.txt"
    picture.write_bytes(bytes(range(256)) * 9)
    heading.write_text("光明区2025年国民经济和社会发展计划\n", encoding="utf-8")
    good = new_plan(tmp_path / "好.txt")
    bad = [
        Upload(picture, picture.name),
        Upload(heading, heading.name),
        Upload(tmp_path / "gone.txt", "gone.txt"),
    ]
    live = LivePipeline(own, {})
    before = live.get()
    assert live.get() is before

    report = add_documents(own, [*bad, good, Upload(good.path, "副本.txt")])
    assert report.added == ("好",)
    reasons = {Path(refusal.path).name: tell_message(refusal.reason, ZH) for refusal in report.refused}
    assert reasons.keys() == {"图_片.txt", "题目.txt", "副本.txt", "gone.txt"}
    for name, told in (
        ("图_片.txt", "不是文本文件"),
        ("题目.txt", "没有正文"),
        ("副本.txt", "已收录的“好.txt”"),
    ):
        assert reasons[name].startswith(f"{name}:")
        assert told in reasons[name]
    assert uploads(own) == ["好.txt"]
    assert live.get().ask("2025年计划新建公园多少个?").claims[0].text == "20个"
    assert before.ask(GDP).claims[0].text == "9.0%"  # who still holds it may finish

    again = add_documents(own, [Upload(good.path, "别名.txt")])
    assert "the same text is indexed already, as “光明区2025年" in again.refused[0].reason
    other = add_documents(own, [replace(new_plan(tmp_path / "b.txt", n=30), name="好.txt")])
    assert "another document of this name" in other.refused[0].reason
    assert uploads(own) == ["好.txt"]
    assert live.get().ask("2025年计划新建公园多少个?").claims[0].text == "20个"

    assert remove_document(own, "好").removed == ("好",)
    assert uploads(own) == []
    assert live.get().ask("2025年计划新建公园多少个?").outcome == "abstained"


def test_the_last_document_stays(own: Settings) -> None:
    only_one_document(own)
    with pytest.raises(InputError, match="last document"):
        remove_document(own, PLAN_2024)
    with pytest.raises(SourceError, match="no document"):
        remove_document(own, PLAN_2020)


def test_an_index_that_cannot_be_written_keeps_no_upload(own: Settings, tmp_path: Path) -> None:
    from filelock import FileLock

    with FileLock(Path(own.index_dir) / "write.lock"), pytest.raises(RagError, match="Another process"):
        add_documents(replace(own, lock_timeout=0.1), [new_plan(tmp_path / "新.txt")])
    assert uploads(own) == []
