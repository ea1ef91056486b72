"""What a page says of itself: its title and the day it was published.

>>> cut_title("常德市2025年预算报告_工作报告_常德市人大常委会", set())
'常德市2025年预算报告'
>>> cut_title("楚雄市预算报告（书面）-楚雄市人民政府", set()), cut_title("2021-2025年规划纲要", set())
('楚雄市预算报告（书面）', '2021-2025年规划纲要')
>>> cut_title("(河南省)2025年周口市统计公报-统计公报库", {"2025年周口市统计公报"})
'2025年周口市统计公报'
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from rag.read.lines import tidy
from rag.read.readers.dates import iso_date

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

_TITLES = ("articletitle", "og:title")
_DATES = (
    "pubdate",
    "publishdate",
    "publish_date",
    "article:published_time",
    "og:release_date",
    "dc.date.issued",
)
_SIGN = re.compile(r"\s*(?:[_|｜]|--+|——|\s[-–—]\s|[-–—])\s*")
_SITE = re.compile(
    r"[^\d]{0,16}(?:政府|政务|网站?|门户|首页|委员会|人大|人大常委会|[局厅委办库报]|搜狐|新浪|网易|腾讯|百度|今日头条|新闻|在线"
    r"|平台|频道|专栏|公开|公报|信息|gov(?:\.cn)?|Government|News)[^\d]{0,6}",
    re.I,
)
_LISTED = re.compile(r"[（(【\[][^）)】\]]{1,12}[）)】\]]\s*")  # what a list of documents sets before a title
_MIN_TITLE = 6
_DATED = re.compile(
    r"(?:发布|发文|发表|公开|公布|刊发|更新|生成)?(?:日期|时间)\s*[:：|]?[\s|]*(?=(?:19|20)\d\d\s*[-年/.])"
    r"|^(?=(?:19|20)\d\d\s*[-年/.]\s*\d{1,2}\s*[-月/.]\s*\d{1,2}日?(?:\s+\d\d:\d\d(?::\d\d)?)?\s*(?:$|来源|出处|作者|浏览))"
)
_BYLINE = re.compile(
    r"(?:(?:发布|发文|发表|公开|公布|成文)?(?:日期|时间)|来源|出处|(?:发布|发文|制定|公开)(?:机构|机关|单位)|责任部门|文\s*号)\s*[:：|]"
)


def page_title(tree: LexborHTMLParser, lines: Iterable[str]) -> str:
    """The title of a page, without the name of its site; `lines` are those of the page."""
    for name in _TITLES:
        for content in _metas(tree, name):
            if len(content) >= _MIN_TITLE:
                return content
    node = tree.css_first("title")
    return cut_title(tidy(node.text(deep=True) or "") if node else "", set(map(closed_up, lines)))


def cut_title(title: str, lines: set[str]) -> str:
    """A page's title without what its site sets behind it.

    That is what a line of the page says, or what is left without names of sites.
    """
    listed = _LISTED.match(title)
    if listed:
        bare = cut_title(title[listed.end() :], lines)
        if closed_up(bare) in lines:
            return bare
    ends = [match.start() for match in _SIGN.finditer(title)]
    for end in ends:
        if end >= _MIN_TITLE and closed_up(title[:end]) in lines:
            return title[:end]
    for match in _SIGN.finditer(title):
        head, sign, rest = title[: match.start()], match[0].strip(), title[match.end() :]
        if len(head) >= _MIN_TITLE and (sign in {"_", "|", "｜"} or _SITE.fullmatch(_SIGN.split(rest)[-1])):
            return head
    return title


def page_date(tree: LexborHTMLParser, lines: Sequence[str], above: Sequence[str]) -> str:
    """The day a page was published: from its meta tags, else from the first line that tells it.

    Without any such line it is the one date that stands above the article, as in a newspaper.
    """
    for name in _DATES:
        for content in _metas(tree, name):
            if date := iso_date(content):
                return date
    for line in lines:
        match = _DATED.search(line) if len(line) < 200 else None
        if match and (date := iso_date(line[match.end() : match.end() + 24])):
            return date
    alone = {date for line in above if len(line) < 40 and (date := iso_date(line))}
    return alone.pop() if len(alone) == 1 else ""


def is_byline(line: str) -> bool:
    """Whether a line tells when or by whom the page was published."""
    return len(line) < 120 and bool(_BYLINE.search(line) or _DATED.search(line))


def closed_up(text: str) -> str:
    """A title as it is compared with another: without blanks, brackets and notes' marks."""
    return re.sub(r"[\s《》【】\[\]⁰¹²³⁴⁵⁶⁷⁸⁹]|\[\d+\]", "", text)


def _metas(tree: LexborHTMLParser, name: str) -> Iterator[str]:
    for node in tree.css("meta"):
        attributes = {key.lower(): value or "" for key, value in node.attributes.items()}
        if name in {
            attributes.get("name", "").strip().lower(),
            attributes.get("property", "").strip().lower(),
        }:
            yield tidy(attributes.get("content", ""))
