"""PDF files that hold no text, or no readable one, are told."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from rag.errors import SourceError
from rag.read.readers import read_source
from tests import sources
from tests.read.drawn import BODY, drawn, picture, texts, write


def test_pages_that_are_pictures_are_named(tmp_path: Path) -> None:
    def page(drawing: Any) -> None:
        write(drawing, 104, 700, BODY[:34])
        write(drawing, 80, 680, "地区生产总值增长5%。")

    def scanned(drawing: Any) -> None:
        picture(drawing)
        drawing.drawCentredString(297, 30, f"— {drawing.getPageNumber()} —")

    reading = drawn(tmp_path, page, page, scanned, scanned, scanned)
    assert reading.warnings == ("pages 3-5 are pictures without text and could not be read",)
    assert texts(reading) == [BODY[:34] + "地区生产总值增长5%。"] * 2


def test_a_scan_with_page_numbers_is_a_scan(tmp_path: Path) -> None:
    def scanned(drawing: Any) -> None:
        picture(drawing)
        drawing.drawCentredString(297, 30, str(drawing.getPageNumber()))

    with pytest.raises(SourceError, match="no text layer; the pages are pictures") as caught:
        drawn(tmp_path, scanned, scanned, scanned)
    assert "OCR" in caught.value.hint


def test_fonts_that_give_nothing_but_figures_are_told(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="do not tell which characters"):
        drawn(tmp_path, lambda drawing: write(drawing, 40, 800, *["，。２０２５％，。（）１２"] * 30))


def test_a_table_of_figures_is_no_broken_font(tmp_path: Path) -> None:
    def page(drawing: Any) -> None:
        for index in range(30):
            for x, cell in zip((80, 200, 300, 400), ("合计", "1,234.5", "2,345.6", "3.4"), strict=True):
                drawing.drawString(x, 780 - 20 * index, cell)

    assert len(drawn(tmp_path, page).lines) == 30


def test_a_packed_stream_with_bytes_behind_its_end_is_no_endless_loop(tmp_path: Path) -> None:
    import zlib

    path = tmp_path / "t.pdf"
    drawing = sources.canvas(path)
    drawing.setFont(sources.FONT, 12)
    write(drawing, 80, 700, "地区生产总值增长5%。")
    drawing.save()
    packed = zlib.compress(bytes(2**20)) + b"\r\n"
    path.write_bytes(path.read_bytes() + b"\n9 0 obj\n<</X 1>>\nstream\n" + packed + b"endstream\nendobj\n")
    start = time.monotonic()
    assert texts(read_source(path)) == ["地区生产总值增长5%。"]
    assert time.monotonic() - start < 10
