"""Name of the row, noun of the column, noun of the caption -> the subject of a cell.

>>> caption = read_caption("2025年居民消费价格变动情况", Frame(None, 2025, "actual", 2025))
>>> name_cell(Name("粮食"), Heading(noun="产量"), caption), name_cell(Name("衣着"), Heading(), caption)
('粮食产量', '衣着居民消费价格')
>>> name_cell(Name("公路", "旅客运输量"), Heading(), caption)
'公路旅客运输量'
>>> name_cell(Name(""), Heading(noun="总产值"), caption)
'总产值'
"""

from __future__ import annotations

import re

from rag.bind.cells.captions import Caption, read_caption
from rag.bind.cells.headings import Heading
from rag.bind.cells.names import Name
from rag.bind.cells.words import rule, says
from rag.bind.periods import Frame

__all__ = ["SIDES", "Caption", "Frame", "Heading", "Name", "name_cell", "read_caption", "side_of"]

SIDES = ("收入", "支出")
_TAXED = re.compile(r"(?:税|费|收入|支出)$")


def side_of(names: list[str]) -> str:
    """Whether most of a block's rows are income or spending.

    >>> side_of(["税收收入", "利润收入", "上年结转"]), side_of(["公路", "铁路"])
    ('收入', '')
    """
    counts = {side: sum(name.endswith(side) or name.startswith(side) for name in names) for side in SIDES}
    best = max(SIDES, key=lambda side: counts[side])
    return best if counts[best] and counts[best] > 2 * min(counts.values()) else ""


def name_cell(
    name: Name,
    heading: Heading,
    caption: Caption,
    side: str = "",
    both: bool = False,
    level: str = "",
    counted: bool = False,
) -> str:
    """The subject of a cell; `side` is that of its columns, `both`: they tell income and spending.

    `counted`: its row is counted one by one, so that a name of things is enough (规模以上企业, 家).
    """
    noun = heading.noun
    if says("bare", noun) and caption.noun.endswith(noun):
        noun = caption.noun
    if noun in SIDES:
        noun, side = "", noun
    else:
        both = False
    text = name.text
    if not text:
        subject = noun or caption.subject
    elif name.is_total:
        subject = _total(name, noun, caption, side)
    elif noun:
        subject = _with_noun(text, noun, name.stands_alone)
    elif both and not _TAXED.search(text):
        subject = text + side
    elif says("bare", text):
        subject = (name.parent or caption.noun) + text
    elif name.stands_alone or (counted and says("countable", text)):
        subject = text
    else:
        subject = _lend(text, name.parent or caption.noun, side)
    if name.family and name.family not in subject:
        subject = name.family + subject
    level = level or heading.level or caption.level
    return level + subject if level and level not in subject and subject else subject


def _with_noun(text: str, noun: str, alone: bool) -> str:
    """A row's name with the noun of its column; where both say what is counted, the row's goes last."""
    if says("bare", text):
        return noun + text
    if alone and len(noun) == 2 and noun[1] == text[-1]:
        return text  # 发电量 needs no 产量
    if says("bare", noun) and alone:
        return text + noun
    return _join(noun, text) if alone and not says("measure", noun) else _join(text, noun)


def _total(name: Name, noun: str, caption: Caption, side: str) -> str:
    """What a sum is of: what the table is of, and whether it is income or spending."""
    match = rule("total").match(name.text)
    side = (match["side"] if match else "") or side
    stem = re.sub("收支$|收入$|支出$", "", noun or name.parent or caption.subject)
    if side:
        return f"{stem}{side}{name.text[-2:]}" if stem else name.text
    return noun or name.parent or caption.noun or name.text


def _lend(text: str, noun: str, side: str) -> str:
    """A name that does not say what is counted, with the noun that does; of a budget 收入 or 支出 is enough.

    >>> _lend("住宅", "房屋施工面积", ""), _lend("教育", "一般公共预算支出", "")
    ('住宅房屋施工面积', '教育支出')
    """
    if not noun or says("budget", noun):
        side = next((word for word in SIDES if noun.endswith(word)), side)
        return text if text.endswith(side) else text + side
    return _join(text, noun)


def _join(first: str, second: str) -> str:
    """Two names as one; where one holds the other, it is enough, and an ending that both have is kept once.

    >>> _join("粮食", "产量"), _join("粮食产量", "产量"), _join("公路货运量", "货运量")
    ('粮食产量', '粮食产量', '公路货运量')
    """
    if not second or second in first:
        return first
    if first in second:
        return second
    common = next((n for n in range(min(len(first), len(second)), 1, -1) if first[-n:] == second[-n:]), 0)
    return first if common and first.endswith(second[-2:]) else first + second
