"""Lines -> a Word file: headings by style, tables with merged cells."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from eval.made.files import merged
from eval.made.layouts import Line


def write_word(lines: list[Line]) -> bytes:
    """The bytes of a .docx; the same lines give the same bytes."""
    from docx import Document

    document = Document()
    rows: list[Line] = []
    for line in [*lines, Line("", "end")]:
        if line.cells:
            rows.append(line)
            continue
        if rows:
            _add_table(document, rows)
            rows = []
        if line.kind == "heading":
            document.add_heading(line.text, level=line.level + 1)
        elif line.kind == "title":
            document.add_heading(line.text, level=0)
        elif line.kind != "end":
            document.add_paragraph(line.indent + line.text)
    file = io.BytesIO()
    document.save(file)
    return _without_time(file.getvalue())


def _add_table(document: Any, rows: list[Line]) -> None:
    table = document.add_table(rows=len(rows), cols=len(rows[0].cells))
    for r, c, high, wide, text in merged(rows):
        cell = table.cell(r, c)
        if high > 1 or wide > 1:
            cell = cell.merge(table.cell(r + high - 1, c + wide - 1))
        cell.text = text


def _without_time(data: bytes) -> bytes:
    """The same package with one fixed time on every part."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name), source.read(name), zipfile.ZIP_DEFLATED)
    return file.getvalue()
