"""PDF files that a test draws."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from rag.read.readers import read_source
from rag.read.reading import Reading
from tests import sources

Draw = Callable[[Any], None]


TITLE = "临江市2024年国民经济和社会发展计划"
BODY = "全市上下坚持稳中求进工作总基调，着力扩大内需、优化结构、提振信心、防范化解风险，"


def drawn(tmp_path: Path, *pages: Draw, **options: Any) -> Reading:
    """What is read of a PDF with these pages."""
    path = tmp_path / "t.pdf"
    drawing = sources.canvas(path, **options)
    for page in pages:
        drawing.setFont(sources.FONT, 12)
        page(drawing)
        drawing.showPage()
    drawing.save()
    return read_source(path)


def texts(reading: Reading) -> list[str]:
    return [line.text for line in reading.lines]


def write(drawing: Any, x: float, y: float, *lines: str, step: float = 20) -> None:
    for index, line in enumerate(lines):
        drawing.drawString(x, y - step * index, line)


def small(drawing: Any, y: float, text: str, x: float = 80, size: float = 8) -> None:
    drawing.setFont(sources.FONT, size)
    drawing.drawString(x, y, text)
    drawing.setFont(sources.FONT, 12)


def picture(drawing: Any) -> None:
    from PIL import Image

    drawing.drawInlineImage(Image.effect_noise((60, 80), 90), 50, 80, 480, 700)
