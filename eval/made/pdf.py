"""Lines -> a PDF with the built-in Chinese font: numbered pages, bold headings that are drawn twice."""

from __future__ import annotations

import io
from typing import Any

from eval.made.layouts import Line

FONT = "STSong-Light"
_SIZE, _LEADING = 12, 20
_WIDTH, _HEIGHT, _MARGIN = 595.0, 842.0, 72.0
_SIZES = {"title": 18, "heading": 14}


def draw_pdf(lines: list[Line], title: str, *, running: bool, doubled: bool) -> bytes:
    """The bytes of a PDF; the same lines give the same bytes."""
    from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont  # type: ignore[import-untyped]
    from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

    if FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(_WIDTH, _HEIGHT), invariant=1, pageCompression=1)
    page = _Page(canvas, title if running else "", doubled)
    for line in lines:
        page.draw(line)
    page.finish()
    canvas.save()
    return file.getvalue()


class _Page:
    """Where the next line goes."""

    def __init__(self, canvas: Any, running: str, doubled: bool) -> None:
        self.canvas, self.running, self.doubled = canvas, running, doubled
        self.number, self.y = 1, _HEIGHT - _MARGIN

    def draw(self, line: Line) -> None:
        size = _SIZES.get(line.kind, _SIZE)
        if line.cells:
            self._room()
            for i, cell in enumerate(line.cells):
                self._put(_MARGIN + i * 115, cell, size, False)
            self.y -= _LEADING
            return
        blank = "" if line.kind in {"title", "subtitle", "caption", "unit"} else "　　"
        for row in wrap(blank + line.text, int((_WIDTH - 2 * _MARGIN) / size)):
            self._room()
            x = _MARGIN
            if line.kind in {"title", "subtitle"}:
                x = max(_MARGIN, (_WIDTH - _wide(row) * size) / 2)
            self._put(x, row, size, self.doubled and line.kind == "heading")
            self.y -= _LEADING * size / _SIZE

    def _room(self) -> None:
        if self.y < _MARGIN:
            self.finish()
            self.number += 1
            self.y = _HEIGHT - _MARGIN

    def _put(self, x: float, text: str, size: int, bold: bool) -> None:
        self.canvas.setFont(FONT, size)
        indent = len(text) - len(text.lstrip("　"))
        for shift in (0.0, 0.3) if bold else (0.0,):
            self.canvas.drawString(x + shift + indent * size, self.y, text.lstrip("　"))

    def finish(self) -> None:
        self.canvas.setFont(FONT, 10)
        self.canvas.drawCentredString(_WIDTH / 2, _MARGIN / 2, f"— {self.number} —")
        if self.running:
            self.canvas.drawString(_MARGIN, _HEIGHT - _MARGIN / 2, self.running)
        self.canvas.showPage()


def _wide(text: str) -> float:
    return sum(0.5 if char.isascii() else 1.0 for char in text)


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most so many wide characters; a Latin one counts half.

    >>> wrap("增长12.5%以上", 4)
    ['增长12.5', '%以上']
    """
    rows, row, used = [], "", 0.0
    for char in text:
        size = 0.5 if char.isascii() else 1.0
        if used + size > width and row:
            rows.append(row)
            row, used = "", 0.0
        row += char
        used += size
    return [*rows, row] if row else rows
