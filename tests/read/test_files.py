from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rag.errors import SourceError
from rag.language.quantity import find_quantities
from rag.read import clean, parse_document, parse_reading
from rag.read.lines import tidy
from rag.read.readers import READERS, read_source
from tests import sources
from tests.bad_files import BAD, pdf_of
from tests.conftest import PLAN_2020, PLAN_2024

Write = Callable[[Path, list[str]], None]
WRITERS: dict[str, tuple[str, Write]] = {
    "html, utf-8": (".html", lambda path, lines: put(path, sources.as_html(lines))),
    "html, gb2312": (".htm", lambda path, lines: put(path, sources.as_html(lines, "gb18030"))),
    "docx": (".docx", lambda path, lines: put(path, sources.saved(sources.as_docx(lines)))),
    "docx, numbered": (
        ".docx",
        lambda path, lines: put(path, sources.saved(sources.as_docx(lines, automatic=True))),
    ),
    "pdf": (".pdf", sources.as_pdf),
    "pdf, small type": (".pdf", lambda path, lines: sources.as_pdf(path, lines, 10.5)),
}


def put(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def figures(text: str) -> list[str]:
    return [quantity.text for line in text.splitlines() for quantity in find_quantities(line)]


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("name", [PLAN_2020, PLAN_2024])
def test_every_type_gives_the_document_that_the_text_gives(name: str, writer: str, tmp_path: Path) -> None:
    lines = sources.part(name)
    suffix, write = WRITERS[writer]
    write(tmp_path / f"plan{suffix}", lines)
    reading = clean(read_source(tmp_path / f"plan{suffix}"))
    found = parse_reading(reading, "d", "d")
    expected = parse_document("\n".join(lines), "d", "d")
    assert [(s.level, s.heading) for s in found.sections] == [(s.level, s.heading) for s in expected.sections]
    for field in ("title", "kind", "place", "year", "published", "issuer"):
        assert getattr(found.identity, field) == getattr(expected.identity, field)
    assert figures(reading.text) == figures("\n".join(lines))
    assert [(found.text[p.start : p.end], p.year, p.status) for p in found.passages] == [
        (tidy(expected.text[p.start : p.end]), p.year, p.status) for p in expected.passages
    ]


@pytest.mark.parametrize("case", BAD)
def test_bad_files_are_refused_by_name_with_a_way_out(case: str, tmp_path: Path) -> None:
    name, make, reason = BAD[case]
    put(tmp_path / name, make(tmp_path))
    with pytest.raises(SourceError, match=reason) as caught:
        read_source(tmp_path / name)
    assert caught.value.message.startswith(name)
    assert caught.value.hint


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    lines = sources.part(PLAN_2020)
    return {
        ".html": sources.as_html(lines),
        ".docx": sources.saved(sources.as_docx(lines, automatic=True)),
        ".pdf": pdf_of(tmp_path_factory.mktemp("whole")),
    }


@given(
    suffix=st.sampled_from([".html", ".docx", ".pdf"]),
    at=st.floats(0, 1),
    cut=st.booleans(),
    bits=st.binary(min_size=1, max_size=4),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_damaged_files_give_text_or_a_reason(
    suffix: str, at: float, cut: bool, bits: bytes, whole: dict[str, bytes], tmp_path: Path
) -> None:
    data = whole[suffix]
    place = int(at * len(data))
    put(tmp_path / f"d{suffix}", data[:place] + (b"" if cut else bits + data[place + len(bits) :]))
    with suppress(SourceError):
        assert read_source(tmp_path / f"d{suffix}").text.strip()


def test_nothing_is_fetched(whole: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a reader opened a connection")

    monkeypatch.setattr(socket, "socket", refuse)
    page = '<link rel=stylesheet href="http://127.0.0.1/a.css"><img src="http://127.0.0.1/a.png"><p>文</p>'
    put(tmp_path / "p.html", page.encode())
    assert read_source(tmp_path / "p.html").text == "文\n"
    for suffix, data in whole.items():
        put(tmp_path / f"w{suffix}", data)
        assert read_source(tmp_path / f"w{suffix}").lines


def test_the_types_that_are_read() -> None:
    assert set(READERS) == {".txt", ".md", ".html", ".htm", ".docx", ".doc", ".wps", ".rtf", ".odt", ".pdf"}
