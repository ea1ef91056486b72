"""A page as boxes: its block elements, each with the weight of the text inside it.

A box weighs as many characters as it has in sentences that are no links, and in figures in table cells.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rag.read.lines import tidy
from rag.read.readers.html_seen import names, walk

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

CONTAINERS = names("body div section main article form center table tbody tr td dl dd fieldset font")
_BOXES = CONTAINERS | names(
    "nav aside header footer ul ol li p h1 h2 h3 h4 h5 h6 blockquote pre thead tfoot th dt details"
    " figure menu"
)
_FURNITURE = frozenset(("nav", "aside", "menu"))
_ARTICLES = frozenset(("main", "article"))
_TABLE_PARTS = frozenset(("tr", "tbody", "td", "th"))
_EDGES = frozenset(("header", "footer"))
_ROLES = names("navigation banner contentinfo complementary search dialog")
_NAMES = names(
    "nav navbar navigation menu submenu sidebar side aside breadcrumb breadcrumbs crumb crumbs footer"
    " foot share shares sharing bdshare bdsharebuttonbox related relate relevant recommend recommended"
    " recommendation hot hotnews hots rank ranking toolbar tools comment comments copyright ad ads"
    " advert banner pager pagination qrcode login search sitemap friendlink friendlinks links popup"
    " modal dialog hidden hide invisible teaser teasers widget promo"
)
_WHOLE_NAMES = names("header site-header d-none sr-only visually-hidden")
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_SENTENCE = re.compile(r".{20}.*(?:[。；！？]|[a-z)\d][.;!?](?:\s|$))", re.S)


@dataclass(slots=True, eq=False)
class Box:
    """A block element: its weight and text with all that is inside, and the beginning of its text."""

    id: int
    tag: str
    style: str = ""  # its class
    marked: bool = False  # by its tag or role it is furniture
    named: bool = False  # by its class or id it is
    boxes: list[Box] = field(default_factory=list)
    weight: int = 0
    length: int = 0
    opening: str = ""

    def add(self, opening: str, length: int, weight: int) -> None:
        """Adds text that stands in it."""
        self.opening = self.opening or opening
        self.length += length
        self.weight += weight


def page_boxes(body: LexborNode, hidden: frozenset[int]) -> Box:
    """The body of a page with the boxes inside it."""
    reader = _Reader([Box(body.mem_id, "body")])
    for node, entering in walk(body, hidden):
        reader.take(node, entering)
    reader.end_line()
    return reader.path[0]


@dataclass(slots=True)
class _Reader:
    """Takes the nodes of a page in their order."""

    path: list[Box]  # the open boxes
    pieces: list[str] = field(default_factory=list)  # of the current line
    linked: int = 0
    links: int = 0  # that are open
    articles: int = 0  # that are open; also <main>

    def take(self, node: LexborNode, entering: bool) -> None:
        tag = node.tag or ""
        if not node.is_element_node:
            text = node.text_content or ""
            self.pieces.append(text)
            self.linked += len(tidy(text)) if self.links else 0
        elif tag == "br":
            self.end_line()
        elif tag == "a" and node.attributes.get("href"):
            self.links += 1 if entering else -1
        elif tag in _BOXES and entering:
            self.end_line()
            box = self._box(node, tag)
            self.path[-1].boxes.append(box)
            self.path.append(box)
            self.articles += box.tag in _ARTICLES
        elif tag in _BOXES:
            self.end_line()
            box = self.path.pop()
            self.path[-1].add(box.opening, box.length, box.weight)
            self.articles -= box.tag in _ARTICLES

    def end_line(self) -> None:
        """Adds the line that ends here to the box that it stands in."""
        text = tidy("".join(self.pieces))
        if text:
            in_cell = any(box.tag in {"td", "th"} for box in self.path[-2:])
            counts = _SENTENCE.match(text) or (in_cell and re.search(r"\d", text))
            weighs = counts and 3 * self.linked <= len(text)
            self.path[-1].add(text[:40], len(text), len(text) if weighs else 0)
        self.pieces, self.linked = [], 0

    def _box(self, node: LexborNode, tag: str) -> Box:
        attributes = node.attributes
        style, role = attributes.get("class") or "", attributes.get("role")
        called = f"{style} {attributes.get('id') or ''}"
        words = {word.lower() for word in _WORD.findall(called)}
        named = not words.isdisjoint(_NAMES) or not _WHOLE_NAMES.isdisjoint(called.lower().split())
        named = named and "note" not in words and tag not in _TABLE_PARTS  # a foot note is of the article
        marked = tag in _FURNITURE or role in _ROLES or (tag in _EDGES and not self.articles)
        return Box(node.mem_id, "main" if role == "main" else tag, style, marked, named)
