"""Lines -> the bytes of a text file or web page; PDF and Word have modules of their own."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from html import escape

from eval.made.layouts import Layout, Line

Body = list[Line]
_NAVIGATION = ("首页", "政务公开", "办事服务", "互动交流", "走进我们")
_TEASERS = ("热点：全市新能源汽车销售9999辆", "相关报道：前三季度外贸进出口增长88.8%")


def write_txt(lines: Body, title: str, layout: Layout) -> bytes:
    """A text file in the layout's encoding."""
    text = "".join(f"{line.indent}{line.text}\n" for line in lines)
    if layout.encoding == "utf-16":
        return codecs.BOM_UTF16_LE + text.encode("utf-16-le")
    return text.encode(layout.encoding)


def write_html(lines: Body, title: str, layout: Layout) -> bytes:
    """A web page: navigation, a hidden block and teasers around the document."""
    charset = layout.declared or layout.encoding
    crumbs = "".join(f'<li><a href="#">{name}</a></li>' for name in _NAVIGATION)
    hidden = '<div style="display:none">固定资产投资222.2亿元</div>' if "page" in layout.extras else ""
    teasers = "".join(f'<li><a href="#">{text}</a></li>' for text in _TEASERS)
    page = (
        f'<!DOCTYPE html>\n<html><head><meta charset="{charset}"><title>{escape(title)}</title>\n'
        "<style>p{text-indent:2em}</style><script>var total = 777.7;</script></head>\n"
        f'<body><div class="header"><ul class="nav">{crumbs}</ul></div>\n{hidden}\n'
        f'<div class="content">\n{_paragraphs(lines)}\n</div>\n'
        f'<div class="related"><ul>{teasers}</ul></div>\n'
        '<div class="footer">版权所有 网站地图 备案号12345678</div></body></html>\n'
    )
    return page.encode(layout.encoding)


def _paragraphs(lines: Body) -> str:
    written: list[str] = []
    rows: list[Line] = []
    for line in [*lines, Line("", "end")]:
        if line.cells:
            rows.append(line)
            continue
        if rows:
            written.append(_table(rows))
            rows = []
        if line.kind == "title":
            written.append(f"<h1>{escape(line.text)}</h1>")
        elif line.kind != "end":
            written.append(f"<p>{line.indent}{escape(line.text)}</p>")
    return "\n".join(written)


def merged(rows: list[Line]) -> list[tuple[int, int, int, int, str]]:
    """The cells of a table as (row, column, rows, columns, text); equal neighbours of a header are one.

    >>> top, years = ("指标", "绝对数", "绝对数"), ("指标", "2024年", "2025年")
    >>> merged([Line("", "header", cells=top), Line("", "header", cells=years)])
    [(0, 0, 2, 1, '指标'), (0, 1, 1, 2, '绝对数'), (1, 1, 1, 1, '2024年'), (1, 2, 1, 1, '2025年')]
    """
    taken: set[tuple[int, int]] = set()
    cells = []
    for r, row in enumerate(rows):
        for c, text in enumerate(row.cells):
            if (r, c) in taken:
                continue
            high = wide = 1
            if row.kind == "header":
                while c + wide < len(row.cells) and row.cells[c + wide] == text:
                    wide += 1
                while (
                    r + high < len(rows)
                    and rows[r + high].kind == "header"
                    and rows[r + high].cells[c] == text
                ):
                    high += 1
            taken |= {(r + i, c + j) for i in range(high) for j in range(wide)}
            cells.append((r, c, high, wide, text))
    return cells


def _table(rows: list[Line]) -> str:
    cells = merged(rows)
    body = []
    for r in range(len(rows)):
        tds = ""
        for row, _, high, wide, text in cells:
            if row == r:
                spans = (f' rowspan="{high}"' if high > 1 else "") + (
                    f' colspan="{wide}"' if wide > 1 else ""
                )
                tds += f"<td{spans}>{escape(text)}</td>"
        body.append(f"<tr>{tds}</tr>")
    return "<table>\n" + "\n".join(body) + "\n</table>"


def write_pdf(lines: Body, title: str, layout: Layout) -> bytes:
    """A PDF of the lines."""
    from eval.made.pdf import draw_pdf

    return draw_pdf(lines, title, running="furniture" in layout.extras, doubled="doubled" in layout.disguise)


def write_docx(lines: Body, title: str, layout: Layout) -> bytes:
    """A Word file of the lines."""
    from eval.made.word import write_word

    return write_word(lines)


WRITERS: dict[str, Callable[[Body, str, Layout], bytes]] = {
    "txt": write_txt,
    "html": write_html,
    "pdf": write_pdf,
    "docx": write_docx,
}
