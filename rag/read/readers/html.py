"""Web pages: the text that a reader sees, one line a paragraph, without the page's navigation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from rag.errors import SourceError
from rag.read.outline import find_marker
from rag.read.readers.counting import count_in
from rag.read.readers.lines import numbered, raised, table_row, tidy
from rag.read.readers.signature import refuse_other_type
from rag.read.readers.txt import decode
from rag.read.reading import Line, Reading

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_DAMAGED = 0.001  # share of a page's characters that may be cut in half, as in a summary of so many bytes
_MAX_DEPTH = 4000  # of elements in elements; a parser of HTML needs the square of it
_TAG = re.compile(r"<(/?)([a-zA-Z]+)")
_CLOSED_BY_OTHERS = _names(
    "p li td th tr dd dt option br img input meta link hr col area base source param wbr embed"
)
_DECLARED = re.compile(
    rb"<(?:meta[^>]{0,400}?charset|\?xml[^>]{0,200}?encoding)\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.I
)
_BLOCKS = _names(
    "address article aside blockquote body br caption center dd details dir div dl dt fieldset figcaption"
    " figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p pre section summary"
    " table tbody tfoot thead ul"
)
_UNSEEN = _names(
    "script style noscript template iframe object embed svg canvas audio video map select button input"
    " textarea datalist progress meter dialog del s strike rt rp"
)
_FURNITURE = _names("nav aside")
_FURNITURE_ROLES = _names("navigation banner contentinfo complementary search dialog")
_CONTENT = _names("main article")
_HEADINGS = _names("h1 h2 h3 h4 h5 h6")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([\w-]+)", re.I)
_NO_NUMBER = _names("none disc circle square")
_SENTENCE = re.compile(r".{20}.*[。；;！？]")


def read_html(path: Path) -> Reading:
    """The text of a page, in the order of its source; raises SourceError if the file is no page.

    Scripts, navigation, footers and what is hidden are left out. Where exactly one <main> or <article>
    holds most of the text, only that and the page's <h1> are taken.
    """
    data = path.read_bytes()
    refuse_other_type(path, data, b"")
    declared = _DECLARED.search(data[:4096])
    page = decode(path, data, declared[1].decode("ascii", "replace") if declared else "", _DAMAGED)
    if "<" not in page:
        raise SourceError(f"{path.name}: this is not a web page.", "Plain text takes the ending .txt.")
    if _depth(page) > _MAX_DEPTH:
        raise SourceError(
            f"{path.name}: the page is damaged; {_MAX_DEPTH:,} elements stand inside each other.",
            "Open it in a browser, copy the plan and save it as text.",
        )
    lines = _visible_lines(page)
    if not lines:
        raise SourceError(
            f"{path.name}: the page holds no text; it may be filled in by a script.",
            "Open it in a browser, copy the plan and save it as text.",
        )
    return Reading(tuple(map(Line, lines)))


def _depth(page: str) -> int:
    depth = deepest = 0
    for tag in _TAG.finditer(page):
        if tag[2].lower() not in _CLOSED_BY_OTHERS:
            depth = max(depth - 1, 0) if tag[1] else depth + 1
            deepest = max(deepest, depth)
    return deepest


def _visible_lines(page: str) -> list[str]:
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(page)
    writer = _Writer(_content(tree))
    for node, entering in _walk(tree.body):
        if not node.is_element_node:
            writer.write(node.text_content or "")
        elif entering:
            writer.enter(node)
        else:
            writer.leave(node)
    return writer.finish()


def _content(tree: LexborHTMLParser) -> int | None:
    """The one <main> or <article> that holds most of the page's text, by its id in memory."""
    whole = _length(tree.body)
    for names in ("main, [role=main]", "article"):
        found = tree.css(names)
        if len(found) == 1 and 2 * _length(found[0]) > whole:
            return found[0].mem_id
    return None


def _length(root: LexborNode | None) -> int:
    return sum(len(tidy(node.text_content or "")) for node, _ in _walk(root) if node.is_text_node)


def _walk(root: LexborNode | None) -> Iterator[tuple[LexborNode, bool]]:
    """Every node inside `root` that is seen, on entering (True) and, for elements, on leaving (False).

    Without recursion: pages are nested as deep as they like.
    """
    if root is None:
        return
    node, entering = root.first_child, True
    while node is not None and node.mem_id != root.mem_id:
        seen = node.is_text_node or (node.is_element_node and not (entering and _is_unseen(node)))
        if seen:
            yield node, entering
        if seen and entering and node.is_element_node:
            if node.first_child is not None:
                node = node.first_child
                continue
            yield node, False
        node, entering = (node.next, True) if node.next is not None else (node.parent, False)


def _is_unseen(node: LexborNode) -> bool:
    if node.tag in _UNSEEN:
        return True
    attributes = node.attributes
    return "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style") or ""))


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the page, and how many of its characters are the text of links."""

    text: str
    linked: int

    def is_navigation(self) -> bool:
        return 3 * self.linked > len(self.text)


@dataclass(slots=True)
class _Writer:
    """Takes the nodes of a page in their order and makes lines of them."""

    content: int | None  # the element outside which only <h1> is taken
    lines: list[list[_Line]] = field(default_factory=lambda: [[]])  # of the page, and of each open cell
    rows: list[list[list[_Line]]] = field(default_factory=list)  # the open rows of tables
    lists: list[tuple[str, int]] = field(default_factory=list)  # the open lists: form and last number
    pieces: list[str] = field(default_factory=list)  # of the current line
    linked: int = 0
    number: str = ""  # to be set before the next line
    open: dict[str, int] = field(default_factory=dict)  # how many elements of a name or kind are open

    def enter(self, node: LexborNode) -> None:
        tag = node.tag or ""
        for kind in self._kinds(node, tag):
            self.open[kind] = self.open.get(kind, 0) + 1
        if tag == "br" and any(self.open.get(name) for name in _HEADINGS):
            self.pieces.append("\n")
        elif tag in _BLOCKS or tag in {"td", "th", "tr"}:
            self._end_line()
        if tag in {"ol", "ul", "menu"}:
            self.lists.append(_list_form(node, tag))
        elif tag == "li" and self.lists:
            self._count(node)
        elif tag == "tr":
            self.rows.append([])
        elif tag in {"td", "th"} and self.rows:
            self.lines.append([])

    def leave(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if (tag in _BLOCKS and tag != "br") or tag in {"td", "th", "tr"}:
            self._end_line()
        if tag in {"ol", "ul", "menu"} and self.lists:
            self.lists.pop()
        elif tag == "li":
            self.number = ""
        elif tag == "tr" and self.rows:
            self.lines[-1] += _row(self.rows.pop())
        elif tag in {"td", "th"} and self.rows:
            self.rows[-1].append(self.lines.pop())
        for kind in self._kinds(node, tag):
            self.open[kind] -= 1

    def _kinds(self, node: LexborNode, tag: str) -> list[str]:
        attributes = node.attributes
        kinds = [tag]
        page_edge = tag in {"header", "footer"} and not any(self.open.get(name) for name in _CONTENT)
        if tag in _FURNITURE or page_edge or attributes.get("role") in _FURNITURE_ROLES:
            kinds.append("furniture")
        if tag == "a" and attributes.get("href"):
            kinds.append("link")
        if node.mem_id == self.content:
            kinds.append("content")
        return kinds

    def write(self, text: str) -> None:
        wanted = not self.open.get("furniture") and (self.content is None or self.open.get("content"))
        if not (wanted or self.open.get("h1")):
            return
        if self.open.get("pre"):
            *whole, text = text.split("\n")
            for line in whole:
                self.pieces.append(line)
                self._end_line()
        self.pieces.append(raised(text) if self.open.get("sup") else text)
        if self.open.get("link"):
            self.linked += len(tidy(text))

    def _end_line(self) -> None:
        text = tidy("".join(self.pieces))
        if text:
            line = text if find_marker(text) else numbered(self.number, text)
            self.lines[-1].append(_Line(line, self.linked))
            self.number = ""
        self.pieces, self.linked = [], 0

    def _count(self, item: LexborNode) -> None:
        form, last = self.lists[-1]
        if form:
            number = _whole(item.attributes.get("value"), last + 1)
            self.lists[-1] = form, number
            self.number = count_in(number, form) + ("." if count_in(number, form).isascii() else "、")

    def finish(self) -> list[str]:
        """The lines, less the short lines of links before the first and after the last sentence."""
        self._end_line()
        lines = [line for cell in self.lines for line in cell]
        sentences = [i for i, line in enumerate(lines) if _SENTENCE.match(line.text)]
        first, last = (sentences[0], sentences[-1]) if sentences else (0, len(lines))
        return [x.text for i, x in enumerate(lines) if first <= i <= last or not x.is_navigation()]


def _row(cells: list[list[_Line]]) -> list[_Line]:
    texts = table_row([[line.text for line in cell] for cell in cells])
    lines = [line for cell in cells for line in cell]
    return lines if len(texts) == len(lines) else [_Line(texts[0], sum(line.linked for line in lines))]


def _list_form(node: LexborNode, tag: str) -> tuple[str, int]:
    """How a list's items are numbered (not at all: empty) and the number before the first."""
    attributes = node.attributes
    style = _LIST_STYLE.search(attributes.get("style") or "")
    form = style[1] if style else attributes.get("type") or "decimal"
    numbered_list = tag == "ol" and form not in _NO_NUMBER
    return (form if numbered_list else ""), _whole(attributes.get("start"), 1) - 1


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,4}", text) else default
