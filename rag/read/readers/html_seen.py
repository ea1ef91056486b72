"""What of a page is seen: neither scripts nor what an attribute or the page's own style sheet hides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode


def names(text: str) -> frozenset[str]:
    """The names of elements, set apart by blanks."""
    return frozenset(text.split())


_UNSEEN = names(
    "script style noscript template iframe object embed svg canvas audio video map select button input"
    " textarea datalist progress meter dialog del s strike rt rp"
)
_HIDING = (
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt|em|rem|%)?\s*(?:;|!|$)"
    r"|(?:left|top|text-indent)\s*:\s*-\d{4,}"
)
_HIDDEN = re.compile(_HIDING + r"|text-decoration[\w-]*\s*:[^;]*line-through", re.I)
_HIDES = re.compile(_HIDING, re.I)
_SHOWS = re.compile(r"display\s*:\s*(?!none)\w|visibility\s*:\s*visible", re.I)
_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_MAX_RULES = 400  # that hide or show; a page has a few dozen
_EVERYTHING = frozenset(("*", "html", "body"))  # hidden until a script has run, as against framing


def hidden_elements(tree: LexborHTMLParser) -> frozenset[int]:
    """The elements that rules of the page's own style sheet hide, by their ids in memory.

    Later rules win, as they do in a browser for selectors of one weight.
    """
    hidden: set[int] = set()
    for selector, hides in _rules(tree):
        found = {node.mem_id for node in _select(tree, selector)}
        hidden = hidden | found if hides else hidden - found
    return frozenset(hidden)


def _rules(tree: LexborHTMLParser) -> Iterator[tuple[str, bool]]:
    """The selectors of rules that hide (True) or show what they select."""
    left = _MAX_RULES
    for style in tree.css("style"):
        if (style.attributes.get("media") or "all").lower() not in {"all", "screen"}:
            continue
        for selectors, declarations in _RULE.findall(_without_groups(style.text(deep=True) or "")):
            hides = bool(_HIDES.search(declarations))
            if not hides and not _SHOWS.search(declarations):
                continue
            for selector in map(str.strip, selectors.split(",")):
                if left and selector and ":" not in selector and selector not in _EVERYTHING:
                    left -= 1
                    yield selector, hides


def _without_groups(sheet: str) -> str:
    """A style sheet without the rules that hold for other media only (@media print { ... })."""
    pieces, depth, start = [], 0, 0
    sheet = _COMMENT.sub("", sheet)
    at_rule = False
    for match in re.finditer(r"@\w|[{};]", sheet):
        sign = match[0]
        if depth == 0 and sign[0] == "@":
            pieces.append(sheet[start : match.start()])
            at_rule = True
        elif sign == "{":
            depth += 1
        elif sign == "}" and depth:
            depth -= 1
        if at_rule and depth == 0 and sign in "};":
            start, at_rule = match.end(), False
    return "".join(pieces) + ("" if at_rule else sheet[start:])


def _select(tree: LexborHTMLParser, selector: str) -> list[LexborNode]:
    from selectolax.lexbor import SelectolaxError

    try:
        return tree.css(selector)
    except SelectolaxError:
        return []


def walk(root: LexborNode | None, left_out: frozenset[int]) -> Iterator[tuple[LexborNode, bool]]:
    """Every node inside `root` that is seen, on entering (True) and, for elements, on leaving (False).

    Without recursion: pages are nested as deep as they like.
    """
    if root is None:
        return
    node, entering = root.first_child, True
    while node is not None and node.mem_id != root.mem_id:
        seen = node.is_text_node or (node.is_element_node and not (entering and _is_unseen(node, left_out)))
        if seen:
            yield node, entering
        if seen and entering and node.is_element_node:
            if node.first_child is not None:
                node = node.first_child
                continue
            yield node, False
        node, entering = (node.next, True) if node.next is not None else (node.parent, False)


def _is_unseen(node: LexborNode, left_out: frozenset[int]) -> bool:
    if node.tag in _UNSEEN or node.mem_id in left_out:
        return True
    attributes = node.attributes
    return "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style") or ""))
