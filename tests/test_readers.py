from __future__ import annotations

import io
import socket
import zlib
from collections.abc import Callable
from contextlib import suppress
from html import escape
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rag.errors import SourceError
from rag.language.numerals import parse_numeral
from rag.language.quantity import find_quantities
from rag.read.parse import parse_document
from rag.read.readers import READERS, read_source
from rag.read.readers.counting import count_in
from rag.read.readers.lines import tidy
from rag.read.readers.pdf_lines import Line
from rag.read.readers.pdf_paragraphs import join_paragraphs
from tests import sources
from tests.conftest import PLAN_2020, PLAN_2024

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
PLAIN = st.text("光明区增长快,。(一)GDP5G 0123456789.%\u3000\xa0&<>", max_size=60).map(tidy).filter(bool)

Write = Callable[[Path, list[str]], None]

WRITERS: dict[str, tuple[str, Write]] = {
    "html, utf-8": (".html", lambda path, lines: _put(path, sources.as_html(lines))),
    "html, gb2312": (".htm", lambda path, lines: _put(path, sources.as_html(lines, "gb18030"))),
    "docx": (".docx", lambda path, lines: _put(path, sources.saved(sources.as_docx(lines)))),
    "docx, numbered": (
        ".docx",
        lambda path, lines: _put(path, sources.saved(sources.as_docx(lines, automatic=True))),
    ),
    "pdf": (".pdf", sources.as_pdf),
    "pdf, small type": (".pdf", lambda path, lines: sources.as_pdf(path, lines, 10.5)),
}


def _put(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def _read(tmp_path: Path, name: str, data: bytes) -> str:
    _put(tmp_path / name, data)
    return read_source(tmp_path / name).text


def _figures(text: str) -> list[str]:
    return [quantity.text for line in text.splitlines() for quantity in find_quantities(line)]


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("name", [PLAN_2020, PLAN_2024])
def test_every_type_gives_the_document_that_the_text_gives(name: str, writer: str, tmp_path: Path) -> None:
    lines = sources.part(name)
    suffix, write = WRITERS[writer]
    write(tmp_path / f"plan{suffix}", lines)
    text = read_source(tmp_path / f"plan{suffix}").text
    expected, found = (parse_document(t, "d", "d") for t in ("\n".join(lines), text))
    assert [(s.level, s.heading) for s in found.sections] == [(s.level, s.heading) for s in expected.sections]
    for field in ("title", "place", "plan_year", "published", "issuer"):
        assert getattr(found, field) == getattr(expected, field)
    assert _figures(text) == _figures("\n".join(lines))
    assert [(found.text[p.start : p.end], p.year, p.status) for p in found.passages] == [
        (tidy(expected.text[p.start : p.end]), p.year, p.status) for p in expected.passages
    ]


# web pages


def html(tmp_path: Path, body: str) -> list[str]:
    return _read(tmp_path, "page.html", f"<html><body>{body}</body></html>".encode()).splitlines()


def test_html_lines_are_what_a_reader_sees(tmp_path: Path) -> None:
    assert html(tmp_path, "<div>一<div>二<p>三<br>四</div>五") == ["一", "二", "三", "四", "五"]
    assert html(tmp_path, "<p>光明\n  区<b>实现</b>&nbsp;GDP\n增长<i>8.0</i>%</p>") == [
        "光明区实现 GDP 增长8.0%"
    ]
    assert html(tmp_path, "<h1>2024年经济<br>发展计划</h1><pre>一\n二</pre>") == [
        "2024年经济发展计划",
        "一",
        "二",
    ]
    assert html(tmp_path, "<p>建成2500<sup>1</sup>座</p><p>新增<del>3</del>4家</p>") == [
        "建成2500¹座",
        "新增4家",
    ]
    assert html(tmp_path, "<p>正文</p><p style='display: none'>藏</p><select><option>选</select>") == ["正文"]


def test_html_tables(tmp_path: Path) -> None:
    table = (
        "<tr><td><p>指标</p></td><th>2019年</th></tr><tr><td>地区生产<br>总值</td><td><p>8.0%</p></td></tr>"
    )
    assert html(tmp_path, f"<table>{table}</table>") == ["指标 | 2019年", "地区生产总值 | 8.0%"]
    paragraphs = [f"第{i}段" for i in range(6)]
    content = "".join(f"<p>{p}</p>" for p in paragraphs) + f"<table>{table}</table>"
    laid_out = f"<table><tr><td>侧栏</td><td>{content}</td></tr></table>"
    assert html(tmp_path, laid_out) == ["侧栏", *paragraphs, "指标 | 2019年", "地区生产总值 | 8.0%"]


def test_html_lists_are_numbered(tmp_path: Path) -> None:
    assert html(tmp_path, "<ol start=2><li>加快建设<li><p>5G基站</ol>") == ["2.加快建设", "3. 5G基站"]
    style = "list-style-type: cjk-ideographic"
    assert html(tmp_path, f"<ol style='{style}'><li>目标<li>二、任务</ol><ul><li>其他</ul>") == [
        "一、目标",
        "二、任务",
        "其他",
    ]


def test_html_takes_the_marked_content(tmp_path: Path) -> None:
    prose = "2019年光明区实现地区生产总值1020.9亿元,增长8.0%。" * 3
    page = (
        f"<h1>计划</h1><div>热点2031年</div><article><header>日期</header><p>{prose}</p></article><p>相关</p>"
    )
    assert html(tmp_path, page) == ["计划", "日期", prose]
    assert html(tmp_path, f"<p>{prose}</p><article>推荐</article>") == [prose, "推荐"]


def test_html_links_between_sentences_stay(tmp_path: Path) -> None:
    """A link that is never closed takes the rest of the page with it."""
    prose = "2019年光明区实现地区生产总值1020.9亿元,增长8.0%。"
    page = f"<p><a href=/>首页</a></p><p>{prose}</p><a href=x><p>新建公园63个;</p><p>{prose}</p></a><p><a href=/>返回</a></p>"
    assert html(tmp_path, page) == [prose, "新建公园63个;", prose]


@pytest.mark.parametrize("declared", ["gb2312", "gbk", "utf-8", "unknown", "rot13", ""])
@pytest.mark.parametrize("used", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_html_encodings(declared: str, used: str, tmp_path: Path) -> None:
    page = f'<meta charset="{declared}"><p>镕基同志2024年增长5.1%</p>'
    assert _read(tmp_path, "p.html", page.encode(used)) == "镕基同志2024年增长5.1%\n"


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_html_with_a_character_cut_in_half(encoding: str, tmp_path: Path) -> None:
    lines = sources.part(PLAN_2024)
    page = sources.as_html(lines, encoding).replace(
        "规划计划</title>".encode(encoding), "规".encode(encoding)[:1] + b"</title>"
    )
    assert _read(tmp_path, "p.html", page).splitlines() == [tidy(line) for line in lines]


def test_html_in_traditional_chinese(tmp_path: Path) -> None:
    assert _read(tmp_path, "p.html", '<meta charset="big5"><p>經濟增長</p>'.encode("big5")) == "經濟增長\n"


@given(st.lists(PLAIN, min_size=1, max_size=8))
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_html_paragraphs_come_out_as_they_went_in(tmp_path: Path, lines: list[str]) -> None:
    assert html(tmp_path, "".join(f"<p>{escape(line)}</p>" for line in lines)) == lines


# Word


def test_docx_tables_stand_in_their_place(tmp_path: Path) -> None:
    document = sources.as_docx(["标题"])
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ("指标", "2019年", "地区生产\n总值", "8.0%"), strict=True):
        cell.text = text
    document.add_paragraph("表后")
    assert _read(tmp_path, "d.docx", sources.saved(document)).splitlines() == [
        "标题", "指标 | 2019年", "地区生产总值 | 8.0%", "表后",
    ]  # fmt: skip


RUN = "<w:r><w:t>{}</w:t></w:r>"


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ("<w:ins>" + RUN.format("新增") + "</w:ins><w:del><w:r><w:delText>旧</w:delText></w:r></w:del>", "新增"),
        ("<w:hyperlink>" + RUN.format("链接") + "</w:hyperlink>" + RUN.format("后"), "链接后"),
        ("<w:moveFrom>" + RUN.format("移") + "</w:moveFrom><w:moveTo>" + RUN.format("到") + "</w:moveTo>", "到"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>" + RUN.format("见"), "见"),
        ("<w:r><w:t>2500</w:t></w:r><w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>1</w:t></w:r>", "2500¹"),
        ("<w:r><w:instrText>PAGE</w:instrText></w:r>" + RUN.format("文"), "文"),
        ("<w:sdt><w:sdtContent>" + RUN.format("控件") + "</w:sdtContent></w:sdt>", "控件"),
        ("<w:r><w:t>上</w:t><w:br/><w:t>下</w:t><w:tab/><w:t>右</w:t><w:noBreakHyphen/></w:r>", "上\n下 右-"),
        ("<w:r><w:pict><w:txbxContent><w:p>" + RUN.format("框") + "</w:p></w:txbxContent></w:pict></w:r>", "框"),
    ],
)  # fmt: skip
def test_docx_takes_the_text_that_is_seen(xml: str, text: str, tmp_path: Path) -> None:
    document = sources.as_docx(["标题"])
    document.element.body.insert(1, sources.element(f"<w:p>{xml}</w:p>"))
    assert _read(tmp_path, "d.docx", sources.saved(document)) == f"标题\n{text}\n"


def test_docx_joins_paragraphs_whose_end_is_deleted(tmp_path: Path) -> None:
    document = sources.as_docx(["标题"])
    deleted = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
    document.element.body.insert(1, sources.element(f"<w:p>{deleted}{RUN.format('增长')}</w:p>"))
    document.element.body.insert(2, sources.element(f"<w:p>{RUN.format('8.0%')}</w:p>"))
    assert _read(tmp_path, "d.docx", sources.saved(document)) == "标题\n增长8.0%\n"


def test_docx_leaves_its_table_of_contents_out(tmp_path: Path) -> None:
    document = sources.as_docx(["标题", "一、目标"])
    document.styles.add_style("toc 1", 1)
    document.add_paragraph("一、目标\t3", style="toc 1")
    assert _read(tmp_path, "d.docx", sources.saved(document)) == "标题\n一、目标\n"


def test_docx_numbers_come_from_the_styles_and_start_anew(tmp_path: Path) -> None:
    document = sources.as_docx(["标题"])
    sources.add_numbering(document)
    root = document.part.numbering_part.element
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    root.append(
        sources.element(f'<w:num w:numId="71"><w:abstractNumId w:val="{sources.LIST}"/>{again}</w:num>')
    )
    for name, level in (("Heading 1", 0), ("Heading 2", 1)):
        style = document.styles[name].element.get_or_add_pPr()
        style.append(
            sources.element(f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{sources.LIST}"/></w:numPr>')
        )
    for text, level in (("甲", 1), ("乙", 2), ("丙", 2), ("丁", 1), ("戊", 2)):
        document.add_heading(text, level)
    for text in ("己", "庚"):
        paragraph = document.add_paragraph(text)
        properties = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="71"/></w:numPr>'
        paragraph._p.get_or_add_pPr().append(sources.element(properties))
    plain = document.add_heading("辛", 1)
    plain._p.get_or_add_pPr().append(sources.element('<w:numPr><w:numId w:val="0"/></w:numPr>'))
    document.add_paragraph("壬", style="List Bullet")
    assert _read(tmp_path, "d.docx", sources.saved(document)).split() == [
        "标题", "一、甲", "(一)乙", "(二)丙", "二、丁", "(一)戊", "五、己", "六、庚", "辛", "•壬",
    ]  # fmt: skip


@given(st.integers(1, 9999))
def test_han_numbers_are_those_that_the_program_reads(number: int) -> None:
    assert parse_numeral(count_in(number, "chineseCounting")) == number


def test_other_numbers() -> None:
    forms = {
        "upperLetter": "C",
        "lowerRoman": "iii",
        "decimalEnclosedCircle": "③",
        "chineseLegalSimplified": "叁",
    }
    forms |= {"ideographDigital": "三", "decimalFullWidth": "３", "decimalZero": "03", "something": "3"}
    assert {form: count_in(3, form) for form in forms} == forms


# PDF


def _set(paragraphs: list[str], width: int = 30, page: int = 18) -> list[list[Line]]:
    """Paragraphs of Han text as they are set: indented by two, `width` characters a line."""
    lines: list[Line] = []
    for text in paragraphs:
        first = width - 2
        pieces = [text[:first], *(text[i : i + width] for i in range(first, len(text), width))]
        for k, piece in enumerate(pieces):
            left = 20.0 if k == 0 else 0.0
            base = 800 - 16.0 * (len(lines) % page)
            lines.append(Line((piece,), left, left + 10 * len(piece), base, 10.0))
    return [lines[i : i + page] for i in range(0, len(lines), page)]


@given(st.lists(st.integers(60, 200), min_size=1, max_size=9))
def test_paragraphs_are_joined_as_they_were_broken(lengths: list[int]) -> None:
    han = (chr(code) for code in range(0x5000, 0x9000))  # no two lines alike, or they would be running heads
    paragraphs = ["".join(next(han) for _ in range(length)) + "。" for length in lengths]
    assert join_paragraphs(_set(paragraphs)) == paragraphs


def test_pdf_words_and_figures_at_the_break() -> None:
    def broken(one: str, other: str) -> str:
        above, below = Line((one,), 20, 300, 800, 10), Line((other,), 0, 300, 784, 10)
        return join_paragraphs([[Line(("题" * 29 + "。",), 0, 300, 816, 10), above, below]])[-1]

    assert broken("增长10", "20.9亿元") == "增长1020.9亿元"
    assert broken("the plan", "of 2024") == "the plan of 2024"
    assert broken("万元G", "DP能耗") == "万元GDP能耗"


def test_pdf_tables_superscripts_and_watermarks(tmp_path: Path) -> None:
    path = tmp_path / "t.pdf"
    drawing = sources.canvas(path)
    drawing.setFont(sources.FONT, 12)
    for y, cells in ((700, ("指标", "单位", "2019年")), (680, ("地区生产总值", "亿元", "1020.9"))):
        for x, cell in zip((80, 240, 400), cells, strict=True):
            drawing.drawString(x, y, cell)
    text = drawing.beginText(80, 640)
    for piece, size, rise in (("建成2500", 12, 0), ("1", 7, 4), ("座", 12, 0)):
        text.setFont(sources.FONT, size)
        text.setRise(rise)
        text.textOut(piece)
    drawing.drawText(text)
    drawing.drawString(80, 600, "一、目标…………………3")
    drawing.rotate(45)
    drawing.drawString(300, 300, "内部资料")
    drawing.save()
    assert read_source(path).text.splitlines() == [
        "指标 | 单位 | 2019年",
        "地区生产总值 | 亿元 | 1020.9",
        "建成2500¹座",
    ]


def test_pdf_keeps_the_hyphen_at_the_end_of_a_line(tmp_path: Path) -> None:
    drawing = sources.canvas(tmp_path / "t.pdf")
    drawing.setFont(sources.FONT, 12)
    drawing.drawString(80, 700, "规划期为2019-")
    drawing.drawString(80, 680, "2035年")
    drawing.save()
    assert read_source(tmp_path / "t.pdf").text == "规划期为2019-2035年\n"


def test_pdf_pages_that_lie_on_their_side(tmp_path: Path) -> None:
    path = tmp_path / "t.pdf"
    drawing = sources.canvas(path)
    drawing.setPageRotation(90)
    drawing.rotate(90)
    drawing.setFont(sources.FONT, 12)
    drawing.drawString(100, -100, "地区生产总值增长")
    drawing.drawString(220, -100, "8.0%")
    drawing.save()
    assert read_source(path).text == "地区生产总值增长 8.0%\n"


# files that are not what they should be


def _package(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


def _pdf(tmp_path: Path, **options: object) -> bytes:
    sources.as_pdf(tmp_path / "made.pdf", sources.part(PLAN_2020), **options)
    return (tmp_path / "made.pdf").read_bytes()


def _scan(tmp_path: Path) -> bytes:
    from PIL import Image

    drawing = sources.canvas(tmp_path / "scan.pdf")
    drawing.drawInlineImage(Image.new("L", (40, 40)), 50, 50)
    drawing.save()
    return (tmp_path / "scan.pdf").read_bytes()


def _nameless(tmp_path: Path) -> bytes:
    """A PDF whose font numbers its characters without telling which they are."""
    return _pdf(tmp_path).replace(b"/UniGB-UCS2-H", b"/Identity-H  ").replace(b"(GB1)", b"(own)")


def _bomb(tmp_path: Path) -> bytes:
    drawing = sources.canvas(tmp_path / "bomb.pdf")
    drawing.drawString(50, 50, "x")
    drawing.save()
    data = (tmp_path / "bomb.pdf").read_bytes()
    packer = zlib.compressobj(9)
    zeros = b"".join(packer.compress(bytes(2**20)) for _ in range(130)) + packer.flush()
    return data + b"\n99 0 obj\n<</Filter/FlateDecode>>\nstream\n" + zeros + b"\nendstream\nendobj\n"


DOCUMENT = "word/document.xml"
BAD: dict[str, tuple[str, Callable[[Path], bytes], str]] = {
    "a picture as docx": ("a.docx", lambda _: PNG, "PNG picture"),
    "a picture as pdf": ("a.pdf", lambda _: PNG, "PNG picture"),
    "a picture as html": ("a.html", lambda _: PNG, "PNG picture"),
    "docx as pdf": ("a.pdf", lambda _: sources.saved(sources.as_docx(["题"])), "a Word file"),
    "pdf as docx": ("a.docx", _pdf, "a PDF file"),
    "doc as docx": ("a.docx", lambda _: bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "old Word file"),
    "text as pdf": ("a.pdf", lambda _: b"x" * 100, "not a PDF"),
    "text as docx": ("a.docx", lambda _: b"x" * 100, "damaged"),
    "text as html": ("a.html", lambda _: b"x" * 100, "not a web page"),
    "bytes as html": ("a.html", lambda _: bytes(range(256)) * 40, "not a text file"),
    "a page of scripts": ("a.html", lambda _: b"<body><script>x</script></body>", "holds no text"),
    "elements without end": ("a.html", lambda _: b"<div>" * 9999, "inside each other"),
    "another zip": ("a.docx", lambda _: _package(readme=b"x"), "not a Word file"),
    "cut off docx": ("a.docx", lambda _: sources.saved(sources.as_docx(["题"]))[:9000], "damaged"),
    "cut off pdf": ("a.pdf", lambda tmp: _pdf(tmp)[:700], "damaged"),
    "an empty document": ("a.docx", lambda _: sources.saved(sources.as_docx([""])), "no text"),
    "xml that is none": ("a.docx", lambda _: _with_document(b"<w:document"), "damaged"),
    "a spreadsheet": ("a.docx", lambda _: _with_document(b"<workbook/>"), "not a Word document"),
    "entities": ("a.docx", lambda _: _with_document(b'<!DOCTYPE d [<!ENTITY a "b">]><document>&a;</document>'), "entities"),
    "a zip bomb": ("a.docx", lambda _: _with_document(b" " * 40 * 2**20), "unpacks to more"),
    "a deep document": ("a.docx", lambda _: _with_document(b"<document>" + b"<ins>" * 9999 + b"</ins>" * 9999 + b"</document>"), "nested"),
    "a pdf bomb": ("a.pdf", _bomb, "unpacks to more"),
    "a scan": ("a.pdf", _scan, "no text layer"),
    "characters without names": ("a.pdf", _nameless, "do not tell which characters"),
    "a password": ("a.pdf", lambda tmp: _pdf(tmp, encrypt="secret"), "password"),
    "nothing in html": ("a.html", lambda _: b"", "not a web page"),
    "nothing in docx": ("a.docx", lambda _: b"", "damaged"),
    "nothing in pdf": ("a.pdf", lambda _: b"", "not a PDF"),
}  # fmt: skip


def _with_document(content: bytes) -> bytes:
    return sources.with_part(sources.saved(sources.as_docx(["题"])), DOCUMENT, content)


@pytest.mark.parametrize("case", BAD)
def test_bad_files_are_refused_by_name_with_a_way_out(case: str, tmp_path: Path) -> None:
    name, make, reason = BAD[case]
    _put(tmp_path / name, make(tmp_path))
    with pytest.raises(SourceError, match=reason) as caught:
        read_source(tmp_path / name)
    assert caught.value.message.startswith(name)
    assert caught.value.hint


def test_a_scan_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="OCR"):
        _read(tmp_path, "a.pdf", _scan(tmp_path))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("whole")
    lines = sources.part(PLAN_2020)
    return {
        ".html": sources.as_html(lines),
        ".docx": sources.saved(sources.as_docx(lines, automatic=True)),
        ".pdf": _pdf(folder),
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
    _put(tmp_path / f"d{suffix}", data[:place] + (b"" if cut else bits + data[place + len(bits) :]))
    with suppress(SourceError):
        assert read_source(tmp_path / f"d{suffix}").text.strip()


def test_nothing_is_fetched(whole: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a reader opened a connection")

    monkeypatch.setattr(socket, "socket", refuse)
    page = '<link rel=stylesheet href="http://127.0.0.1/a.css"><img src="http://127.0.0.1/a.png"><p>文</p>'
    assert _read(tmp_path, "p.html", page.encode()) == "文\n"
    for suffix, data in whole.items():
        assert _read(tmp_path, f"w{suffix}", data)


def test_the_types_that_are_read() -> None:
    assert set(READERS) == {".txt", ".md", ".html", ".htm", ".docx", ".pdf"}
