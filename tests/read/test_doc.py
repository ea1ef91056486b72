from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest

import rag.read.readers.doc
from rag.errors import SourceError
from rag.read.readers import read_source
from tests import sources

OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)
RTF = rb"{\rtf1\ansi\ansicpg936 \u19968?\u12289?\u30446?\u26631?\par \u22686?\u38271?8%\par}"


def stand_in(folder: Path, script: str) -> str:
    """A folder with a program called soffice, which runs a script of the shell."""
    folder.mkdir()
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    return f"{folder}{os.pathsep}{os.environ['PATH']}"


def test_an_old_word_file_is_converted_and_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "made.docx").write_bytes(sources.saved(sources.as_docx(["一、目标", "增长8%。"])))
    script = f"""while [ "$1" != --outdir ]; do echo "$1" >> {tmp_path}/said; shift; done
mkdir -p "$2"; cp {tmp_path}/made.docx "$2/source.docx"; ls "$3" >> {tmp_path}/said"""
    monkeypatch.setenv("PATH", stand_in(tmp_path / "bin", script))
    (tmp_path / "某 市;报告.doc").write_bytes(OLE)
    assert read_source(tmp_path / "某 市;报告.doc").text == "一、目标\n增长8%。\n"
    said = (tmp_path / "said").read_text(encoding="utf-8").splitlines()
    assert "--headless" in said
    profile = next(word for word in said if word.startswith("-env:UserInstallation=file:///"))
    assert not Path(profile.partition("file://")[2]).parent.exists()


@pytest.mark.parametrize(
    ("script", "reason"), [("exit 1", "damaged or has a password"), ("sleep 30 & sleep 30", "within 0.5 s")]
)
def test_a_file_that_cannot_be_converted_is_refused(
    script: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", stand_in(tmp_path / "bin", script))
    monkeypatch.setattr(rag.read.readers.doc, "_SECONDS", 0.5)
    (tmp_path / "a.doc").write_bytes(OLE)
    started = time.perf_counter()
    with pytest.raises(SourceError, match=reason) as caught:
        read_source(tmp_path / "a.doc")
    assert caught.value.message.startswith("a.doc")
    assert time.perf_counter() - started < 10


def test_without_libreoffice_it_is_said_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "a.doc").write_bytes(OLE)
    with pytest.raises(SourceError, match="LibreOffice is needed") as caught:
        read_source(tmp_path / "a.doc")
    assert ".docx" in caught.value.hint


def test_what_is_only_called_doc_needs_no_conversion(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "a.doc").write_bytes(sources.saved(sources.as_docx(["一、目标"])))
    (tmp_path / "b.doc").write_bytes("<html><body><p>一、任务</p></body></html>".encode())
    assert [read_source(tmp_path / name).text for name in ("a.doc", "b.doc")] == ["一、目标\n", "一、任务\n"]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not on this machine")
def test_libreoffice_itself(tmp_path: Path) -> None:
    (tmp_path / "a.rtf").write_bytes(RTF)
    assert read_source(tmp_path / "a.rtf").text == "一、目标\n增长8%\n"
