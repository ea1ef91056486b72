"""Web pages: the article that a reader sees, one line a paragraph, without what stands around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from rag.errors import SourceError
from rag.read.readers.encodings import decode, lost_characters
from rag.read.readers.html_about import closed_up, is_byline, page_date, page_title
from rag.read.readers.html_content import find_content
from rag.read.readers.html_lines import BEFORE, INSIDE, PageLine, PageWriter
from rag.read.readers.html_seen import hidden_elements, names, walk
from rag.read.readers.signature import refuse_other_type
from rag.read.reading import Line, Reading

_DAMAGED = 0.001  # share of a page's characters that may be cut in half, as in a summary of so many bytes
_MAX_DEPTH = 4000  # of elements in elements; a parser of HTML needs the square of it
_TAG = re.compile(r"<(/?)([a-zA-Z]+)")
_CLOSED_BY_OTHERS = names(
    "p li td th tr dd dt option br img input meta link hr col area base source param wbr embed"
)
_DECLARED = re.compile(
    rb"<(?:meta[^>]{0,400}?charset|\?xml[^>]{0,200}?encoding)\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.I
)
_SENTENCE = re.compile(r".{20}.*[。；;！？]|.{40}.*[a-z)][.!?](?:\s|$)")
_MAX_HEAD = 12  # lines between a page's title and its article; more are a menu
_SHELL = 200  # a page with less text and without a sentence may lack its body
_PICTURES = re.compile(r"<img\b|<iframe\b|<embed\b|<object\b|\.(?:pdf|docx?|wps|ofd)[\"']", re.I)
_CHALLENGE = re.compile(
    r"(?:检查|检测|验证)[^。]{0,6}浏览器|(?:浏览器|访问|请求|安全)[^。]{0,12}(?:验证|检查|检测|拦截|升级)|验证码|人机"
    r"|(?:启用|开启|支持)\s*(?:JavaScript|脚本|Cookie)"
    r"|checking your browser|just a moment|enable javascript|access denied|captcha",
    re.I,
)
_HINT = "Open it in a browser, copy the plan and save it as text."


def read_html(path: Path) -> Reading:
    """The article of a page, in the order of its source; raises SourceError if the file holds none.

    Scripts, menus, sidebars, footers and what is hidden are left out. The page's title and its line of
    date and source are taken where they stand above the article.
    """
    data = path.read_bytes()
    refuse_other_type(path, data, b"")
    declared = _DECLARED.search(data[:4096])
    encoding = declared[1].decode("ascii", "replace") if declared else ""
    return read_page(path, decode(path, data, encoding, _DAMAGED))


def read_page(path: Path, page: str) -> Reading:
    """The article of a page's source."""
    if "<" not in page:
        raise SourceError(f"{path.name}: this is not a web page.", "Plain text takes the ending .txt.")
    warnings = lost_characters(path, page)
    if _depth(page) > _MAX_DEPTH:
        raise SourceError(
            f"{path.name}: the page is damaged; {_MAX_DEPTH:,} elements stand inside each other.", _HINT
        )
    found, title, published = _read(page)
    lines = _article(found, title)
    _refuse_shell(path, page, lines, title)
    return Reading(tuple(lines), title, published, warnings)


def _depth(page: str) -> int:
    depth = deepest = 0
    for tag in _TAG.finditer(page):
        if tag[2].lower() not in _CLOSED_BY_OTHERS:
            depth = max(depth - 1, 0) if tag[1] else depth + 1
            deepest = max(deepest, depth)
    return deepest


def _read(page: str) -> tuple[list[PageLine], str, str]:
    """The lines of a page without its furniture, its title and its date."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(page)
    if tree.body is None:
        return [], "", ""
    content = find_content(tree.body, hidden_elements(tree))
    article = content.root
    writer = PageWriter(article, where=INSIDE if article == tree.body.mem_id else BEFORE)
    lines = writer.write_all(walk(tree.body, content.left_out))
    texts = [line.line.text for line in lines]
    title = page_title(tree, texts)
    heads = [node.text(deep=True) or "" for node in tree.css("h1")]
    if lines and not any(_tells(text, title) for text in texts):
        found = next((head for head in heads if _tells(head, title)), "")
        lines = [PageLine(Line(found.strip(), level=1), 0, BEFORE), *lines] if found.strip() else lines
    above = [line.line.text for line in lines if line.where == BEFORE and not line.is_linked]
    return lines, title, page_date(tree, texts, above)


def _tells(text: str, title: str) -> bool:
    """Whether a line is the title of the page, or most of it."""
    line, whole = closed_up(text), closed_up(title)
    return len(line) > 5 and (line == whole or (line in whole and 3 * len(line) > len(whole) * 2))


def _article(found: Sequence[PageLine], title: str) -> list[Line]:
    """The lines of the article, with those above it that belong to it."""
    inside = [line for line in found if line.where == INSIDE]
    before = [line for line in found if line.where == BEFORE]
    repeated = any(_tells(line.line.text, title) for line in inside[:6])
    return [*_head(before, title, repeated), *_without_links(inside)]


def _head(before: Sequence[PageLine], title: str, repeated: bool) -> list[Line]:
    """What belongs to the article of the lines above it.

    That is its title (unless it is repeated in it), the lines of date and source, and what stands
    between the title and the article where the page says which its title is.
    """
    titles = [i for i, line in enumerate(before) if _tells(line.line.text, title) and not line.is_linked]
    if not title:
        titles = [i for i, line in enumerate(before) if line.line.level == 1][:1]
    at = titles[-1] if titles else -1
    above = [line.line for line in before[: max(at, 0)] if not line.is_linked]
    between = [line.line for line in before[at + 1 :] if not line.is_linked]
    if at < 0 or not title or len(between) > _MAX_HEAD:
        above, between = above + between, []
    heading = [before[at].line] if titles and not repeated else []
    return [*heading, *_bylines(above), *between]


def _bylines(lines: Sequence[Line]) -> list[Line]:
    """The lines that tell date and source; a label alone is set before what it labels."""
    found, label = [], ""
    for line in lines:
        if label or is_byline(line.text):
            text = label + line.text
            label = text if text.endswith(("：", ":")) and not label else ""
            found += [] if label else [replace(line, text=text) if text != line.text else line]
    return found


def _without_links(lines: Sequence[PageLine]) -> list[Line]:
    """The lines, less those of links before the first and behind the last sentence."""
    sentences = [i for i, line in enumerate(lines) if _SENTENCE.match(line.line.text) or line.line.cells]
    first, last = (sentences[0], sentences[-1]) if sentences else (0, len(lines))
    return [x.line for i, x in enumerate(lines) if (first <= i <= last and sentences) or not x.is_linked]


def _refuse_shell(path: Path, page: str, lines: Sequence[Line], title: str) -> None:
    """Refuses a page whose text is not in it: nothing, a title with pictures, or a check of the browser."""
    body = [line.text for line in lines if not _tells(line.text, title) and not is_byline(line.text)]
    text = "".join(body)
    whole = any(map(_SENTENCE.match, body)) or any(line.cells for line in lines)
    pictures = title and not whole and len(text) < _SHELL and _PICTURES.search(page)
    if pictures and not _CHALLENGE.search(text + title):
        raise SourceError(
            f"{path.name}: the page holds a title and no text; its text may be pictures or an attachment.",
            "Get the document itself, or run text recognition (OCR) over its pictures.",
        )
    if not text or (len(text) < _SHELL and _CHALLENGE.search(text + title)):
        raise SourceError(f"{path.name}: the page holds no text; it may be filled in by a script.", _HINT)
