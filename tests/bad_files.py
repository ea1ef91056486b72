"""Files that are not what they should be, and what is said of them."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from tests import sources
from tests.conftest import PLAN_2020

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))


def _package(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


def pdf_of(tmp_path: Path, **options: object) -> bytes:
    sources.as_pdf(tmp_path / "made.pdf", sources.part(PLAN_2020), **options)
    return (tmp_path / "made.pdf").read_bytes()


def scan(tmp_path: Path) -> bytes:
    from PIL import Image

    drawing = sources.canvas(tmp_path / "scan.pdf")
    drawing.drawInlineImage(Image.new("L", (40, 40)), 50, 50)
    drawing.save()
    return (tmp_path / "scan.pdf").read_bytes()


def _nameless(tmp_path: Path) -> bytes:
    """A PDF whose font numbers its characters without telling which they are."""
    return pdf_of(tmp_path).replace(b"/UniGB-UCS2-H", b"/Identity-H  ").replace(b"(GB1)", b"(own)")


def _bomb(tmp_path: Path) -> bytes:
    drawing = sources.canvas(tmp_path / "bomb.pdf")
    drawing.drawString(50, 50, "x")
    drawing.save()
    data = (tmp_path / "bomb.pdf").read_bytes()
    packer = zlib.compressobj(9)
    zeros = b"".join(packer.compress(bytes(2**20)) for _ in range(130)) + packer.flush()
    return data + b"\n99 0 obj\n<</Filter/FlateDecode>>\nstream\n" + zeros + b"\nendstream\nendobj\n"


PICTURES = (
    "<html><head><title>临溪县2025年国民经济和社会发展统计公报</title></head><body><h1>临溪县2025年国民经济和社会发展统计公报</h1>"
    "<p>发布日期：2026-03-01 来源：县统计局</p><div><img src=1.jpg><img src=2.jpg></div></body></html>"
)
CHALLENGE = "<title>请稍候</title><p>正在检查您的浏览器，请稍候。</p><script>x</script>".encode()
DOCUMENT = "word/document.xml"
BAD: dict[str, tuple[str, Callable[[Path], bytes], str]] = {
    "a picture as docx": ("a.docx", lambda _: PNG, "PNG picture"),
    "a picture as pdf": ("a.pdf", lambda _: PNG, "PNG picture"),
    "a picture as html": ("a.html", lambda _: PNG, "PNG picture"),
    "docx as pdf": ("a.pdf", lambda _: sources.saved(sources.as_docx(["题"])), "a Word file"),
    "pdf as docx": ("a.docx", pdf_of, "a PDF file"),
    "a picture as doc": ("a.doc", lambda _: PNG, "PNG picture"),
    "text as doc": ("a.doc", lambda _: b"x" * 100, "no document of Word"),
    "text lost on saving": ("a.txt", lambda _: ("经济" + "\ufffd" * 30).encode(), "characters were lost"),
    "pictures of a text": ("a.html", lambda _: PICTURES.encode(), "a title and no text"),
    "a check of the browser": ("a.html", lambda _: CHALLENGE, "holds no text"),
    "doc as docx": ("a.docx", lambda _: bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "old Word file"),
    "text as pdf": ("a.pdf", lambda _: b"x" * 100, "not a PDF"),
    "text as docx": ("a.docx", lambda _: b"x" * 100, "damaged"),
    "text as html": ("a.html", lambda _: b"x" * 100, "not a web page"),
    "bytes as html": ("a.html", lambda _: bytes(range(256)) * 40, "not a text file"),
    "a page of scripts": ("a.html", lambda _: b"<body><script>x</script></body>", "holds no text"),
    "elements without end": ("a.html", lambda _: b"<div>" * 9999, "inside each other"),
    "another zip": ("a.docx", lambda _: _package(readme=b"x"), "not a Word file"),
    "cut off docx": ("a.docx", lambda _: sources.saved(sources.as_docx(["题"]))[:9000], "damaged"),
    "cut off pdf": ("a.pdf", lambda tmp: pdf_of(tmp)[:700], "damaged"),
    "an empty document": ("a.docx", lambda _: sources.saved(sources.as_docx([""])), "no text"),
    "xml that is none": ("a.docx", lambda _: _with_document(b"<w:document"), "damaged"),
    "a spreadsheet": ("a.docx", lambda _: _with_document(b"<workbook/>"), "not a Word document"),
    "entities": ("a.docx", lambda _: _with_document(b'<!DOCTYPE d [<!ENTITY a "b">]><document>&a;</document>'), "entities"),
    "a zip bomb": ("a.docx", lambda _: _with_document(b" " * 40 * 2**20), "unpacks to more"),
    "a deep document": ("a.docx", lambda _: _with_document(b"<document>" + b"<ins>" * 9999 + b"</ins>" * 9999 + b"</document>"), "nested"),
    "a pdf bomb": ("a.pdf", _bomb, "unpacks to more"),
    "a scan": ("a.pdf", scan, "no text layer"),
    "characters without names": ("a.pdf", _nameless, "do not tell which characters"),
    "a password": ("a.pdf", lambda tmp: pdf_of(tmp, encrypt="secret"), "password"),
    "nothing in html": ("a.html", lambda _: b"", "not a web page"),
    "nothing in docx": ("a.docx", lambda _: b"", "damaged"),
    "nothing in pdf": ("a.pdf", lambda _: b"", "not a PDF"),
}  # fmt: skip


def _with_document(content: bytes) -> bytes:
    return sources.with_part(sources.saved(sources.as_docx(["题"])), DOCUMENT, content)


def with_parts(docx: bytes, **parts: bytes) -> bytes:
    """A Word file with more parts, each known to its document by its name."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = "word/_rels/document.xml.rels"
    with ZipFile(io.BytesIO(docx)) as package:
        known = package.read(relations).decode()
    added = "".join(
        f'<Relationship Id="x{name}" Type="{kind}/{name}" Target="{name}.xml"/>' for name in parts
    )
    data = sources.with_part(
        docx, relations, known.replace("</Relationships>", f"{added}</Relationships>").encode()
    )
    buffer = io.BytesIO(data)
    with ZipFile(buffer, "a", ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(f"word/{name}.xml", content)
    return buffer.getvalue()
