"""Writes parts of the seed plans as the file types that the readers read."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from rag.read.outline import find_marker
from tests.conftest import PLAN_2020, PLAN_2024, SEEDS

# the title, the date, and some of each part, so that all headings count on from one
PARTS = {
    PLAN_2024: [*range(2, 4), *range(5, 8), *range(15, 30), 34, 35],
    PLAN_2020: [*range(2, 4), *range(5, 9), 26, *range(29, 40), 41, 43, 44, 59, 60],
}
FONT = "STSong-Light"


def part(name: str) -> list[str]:
    """Some paragraphs of a seed plan, without their indents."""
    text = (SEEDS / f"{name}.txt").read_text(encoding="utf-8")
    lines = [line for line in (raw.strip(" \u3000\xa0") for raw in text.splitlines()) if line]
    return [lines[i] for i in PARTS[name]]


def as_html(lines: Sequence[str], charset: str = "utf-8") -> bytes:
    """A page as government sites have them: tables for layout, navigation, blanks as indents."""
    title, dateline, *body = map(escape, lines)
    paragraphs = "\n".join(
        f"<div><p><span>&nbsp;&nbsp;&nbsp;&nbsp;{p[:9]}</span>{p[9:]}</p></div>" for p in body
    )
    page = f"""<!DOCTYPE html><html><head>
<meta http-equiv="Content-Type" content="text/html; charset={charset}">
<title>{title}_规划计划</title><style>p {{ color: red }}</style><script>var plan = "<p>增长99%</p>";</script></head>
<body><ul class="menu"><li><a href="/">首页</a></li><li><a href="/xw">新闻中心</a></li></ul>
<nav><p>2031年导航</p></nav><div>您的位置:<a href="/">首页</a> &gt; <a href="/gh">规划计划</a></div>
<table><tr><td><h1>{title}</h1><div><span>{dateline}</span></div><!-- 2032年 -->
<div class="content">{paragraphs}</div></td><td><div hidden>2033年</div></td></tr></table>
<div><a href="/about">关于我们</a> | <a href="/map">网站地图</a></div>
<footer>主办:2034年<noscript>请启用脚本</noscript></footer></body></html>"""
    return page.encode(charset)


def as_docx(lines: Sequence[str], *, automatic: bool = False) -> Any:
    """A Word document; with `automatic`, its headings and bullets are numbered by Word."""
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "页眉2031年"
    document.sections[0].footer.paragraphs[0].text = "页脚2032年"
    title = document.add_paragraph(lines[0])
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    levels = {"han": 0, "han_brackets": 1, "arabic": 2}
    if automatic:
        add_numbering(document)
    for line in lines[1:]:
        marker = find_marker(line)
        if automatic and marker:
            number(document.add_paragraph(line[marker[1] :]), levels[marker[0]])
        elif automatic and line.startswith("——"):
            number(document.add_paragraph(line[2:]), 3)
        else:
            document.add_paragraph(line)
    return document


def element(xml: str) -> Any:
    """An element of a Word document from its XML, in which w: is known."""
    from docx.oxml import parse_xml

    return parse_xml(re.sub(r"^<w:\w+", rf'\g<0> xmlns:w="{W}"', xml))


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LIST = 70  # an id that no template uses


def add_numbering(document: Any) -> None:
    """The numbers 一、 (一) 1. and a dash as a bullet."""
    root = document.part.numbering_part.element
    levels = [
        ("chineseCountingThousand", "%1、"),
        ("chineseCounting", "(%2)"),
        ("decimal", "%3."),
        ("bullet", "——"),
    ]
    xml = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for i, (form, text) in enumerate(levels)
    )
    root.insert(0, element(f'<w:abstractNum w:abstractNumId="{LIST}">{xml}</w:abstractNum>'))
    root.append(element(f'<w:num w:numId="{LIST}"><w:abstractNumId w:val="{LIST}"/></w:num>'))


def number(paragraph: Any, level: int) -> None:
    """Makes a paragraph one of the list."""
    paragraph._p.get_or_add_pPr().append(
        element(f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{LIST}"/></w:numPr>')
    )


def saved(document: Any) -> bytes:
    """The bytes of a Word document."""
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def with_part(docx: bytes, name: str, content: bytes) -> bytes:
    """A Word file with one of its parts replaced."""
    buffer = io.BytesIO()
    with ZipFile(io.BytesIO(docx)) as old, ZipFile(buffer, "w", ZIP_DEFLATED) as new:
        for item in old.namelist():
            new.writestr(item, content if item == name else old.read(item))
    return buffer.getvalue()


def canvas(path: Path, **options: Any) -> Any:
    """A PDF to draw on, in a Chinese font that need not be on the machine."""
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfgen.canvas import Canvas

    registerFont(UnicodeCIDFont(FONT))
    return Canvas(str(path), pagesize=(595, 842), **options)


def as_pdf(path: Path, lines: Sequence[str], size: float = 16, **options: Any) -> None:
    """A PDF as Word prints it: indents of two characters, running heads, page numbers."""
    drawing = canvas(path, **options)
    left, top, step, page = 80, 752, 28, 1
    y = top
    for index, line in enumerate(lines):
        title = index == 0
        em = size * 1.4 if title else size
        for k, piece in enumerate(_broken(line, em, 0 if title else 2 * em)):
            if y < 110:
                _furniture(drawing, page)
                drawing.showPage()
                y, page = top, page + 1
            drawing.setFont(FONT, em)
            if title:
                drawing.drawCentredString(297.5, y, piece)
            else:
                drawing.drawString(left + (2 * em if k == 0 else 0), y, piece)
            y -= step
    _furniture(drawing, page)
    drawing.save()


def _broken(line: str, em: float, indent: float) -> list[str]:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    pieces, piece, width = [], "", indent
    for token in re.findall(r"[\w.%+]+?(?![\d.%+A-Za-z])|.", line):
        needed = stringWidth(token, FONT, em)
        if width + needed > 435:
            pieces, piece, width = [*pieces, piece], "", 0.0
        piece, width = piece + token, width + needed
    return [*pieces, piece]


def _furniture(drawing: Any, page: int) -> None:
    drawing.setFont(FONT, 10)
    drawing.drawCentredString(297.5, 800, "临江市2031年文件汇编")
    drawing.drawCentredString(297.5, 40, f"- {page} -" if page % 2 else str(page))
