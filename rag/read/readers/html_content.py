"""Where in a page the article stands: by the density of its sentences, and by what its furniture is called.

From the page's body the way leads to the box that holds nearly all the weight; inside it, boxes that name
themselves a sidebar, a menu or a list of related pages are left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rag.read.readers.html_boxes import CONTAINERS, Box, page_boxes

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_LABEL = re.compile(
    r"(?:今日|实时)?(?:热点|热门|热搜|热词)(?:新闻|文章|推荐|专题|排行)?|(?:相关|关联|推荐|延伸|更多)(?:阅读|新闻|报道|文章|推荐|稿件|链接)"
    r"|推荐|猜你喜欢|为您推荐|大家都在看|点击排行|热点排行|最新(?:资讯|消息|文章)|网站地图|友情链接|分享到?"
)
_CONTINUED = re.compile(
    r"[（(【\[]?(?:公报)?(?:注释?|附件?|附表|说明|名词解释|资料来源|[一二三四五六七八九十]+、)"
)
_TABLE_PARTS = frozenset(("table", "tbody", "tr"))
_MOSTLY = 0.7  # the share of its weight with which a box is entered
_ASIDE = 0.15  # the share that stands beside a box without a class, or in no box, where one is entered
_HALF, _NEARLY_ALL = 0.5, 0.8


@dataclass(frozen=True, slots=True)
class Content:
    """The element that holds the article, and the elements that are none of it, by their ids in memory."""

    root: int
    left_out: frozenset[int]


def find_content(body: LexborNode, hidden: frozenset[int]) -> Content:
    """Where the article stands in a page."""
    page = page_boxes(body, hidden)
    furniture = frozenset(box.id for box in _furniture(page))
    _weigh_again(page, furniture)
    root = _marked(page, furniture) or page
    return Content(_enter(root, furniture).id, furniture | hidden)


def _furniture(page: Box) -> Iterator[Box]:
    """The outermost boxes that are furniture: marked or called so, or headed as such.

    None of them holds half of the page, or nearly all of it where its tag says what it is.
    """
    todo = list(page.boxes)
    while todo:
        box = todo.pop()
        of_all = box.weight / page.weight if page.weight else box.length / max(page.length, 1)
        labelled = _LABEL.fullmatch(re.split(r"[:：\s]", box.opening, maxsplit=1)[0])
        headed = labelled and (box.tag not in {"p", "td", "th"} or re.match(r"\w+[:：]", box.opening))
        if (box.marked and of_all < _NEARLY_ALL) or ((box.named or headed) and of_all < _HALF):
            yield box
        else:
            todo += box.boxes


def _weigh_again(page: Box, furniture: frozenset[int]) -> None:
    """Takes the weight of the furniture from the boxes around it."""
    order: list[tuple[Box, Box | None]] = [(page, None)]
    for box, _ in order:  # grows as it goes: each box before those inside it
        if box.id not in furniture:
            order += [(inner, box) for inner in box.boxes]
    lost: Counter[int] = Counter()
    for box, around in reversed(order):
        if box.id in furniture:
            lost[box.id] = box.weight
        else:
            box.weight -= lost[box.id]
        if around:
            lost[around.id] += lost[box.id]


def _marked(page: Box, furniture: frozenset[int]) -> Box | None:
    """The one <main> or <article> that holds most of the text."""
    found: dict[str, list[Box]] = {"article": [], "main": []}
    todo = [page]
    while todo:
        box = todo.pop()
        if box.tag in found:
            found[box.tag].append(box)
        todo += [inner for inner in box.boxes if inner.id not in furniture]
    for boxes in found.values():
        if len(boxes) == 1 and 2 * boxes[0].weight > page.weight:
            return boxes[0]
    return None


def _enter(box: Box, furniture: frozenset[int]) -> Box:
    """The innermost box that holds the article whole; of a table the cell, or none of its parts."""
    whole = box
    while box.tag != "article":
        inside = [inner for inner in box.boxes if inner.weight and inner.id not in furniture]
        best = max(inside, key=lambda inner: inner.weight, default=None)
        if best is None or best.tag not in CONTAINERS or not _stands_apart(best, box, inside):
            break
        box = best
        whole = whole if box.tag in _TABLE_PARTS else box
    return whole


def _stands_apart(best: Box, box: Box, inside: list[Box]) -> bool:
    """Whether the heaviest of the boxes in a box is the article, and the others do not go on with it."""
    others = [inner for inner in inside if inner is not best]
    beside = box.weight - best.weight
    loose = box.weight - sum(inner.weight for inner in inside)
    if best.weight < _MOSTLY * box.weight or max(loose, 0 if best.style else beside) > _ASIDE * box.weight:
        return False
    alike = any((inner.tag, inner.style) == (best.tag, best.style) for inner in others)
    return not alike and not any(_CONTINUED.match(inner.opening) for inner in others)
