"""Lines above a table -> its caption and its unit.

>>> caption_of(("全年价格上涨0.6%。", "表1 2025年财政收支", "(单位:亿元)"))
('表1 2025年财政收支', '亿元')
>>> caption_of(("价格比上年上涨0.6%,其中食品价格下降0.3%。",))
('', '')
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.read.reading import CELL

_UNIT = re.compile(
    r"[(（【\[]?\s*(?:计量|货币|金额)?\s*单\s*位\s*[:：]\s*(?P<unit>(?:[万亿千百]\s+)*[^\s)）】\]|]{1,20})\s*[)）】\]]?"
)
_IN_BRACKETS = re.compile(
    r"[(（](?P<unit>[^()（）\d]{0,3}(?:元|人|户|个|家|件|吨|斤|公里|米|亩|公顷|%|％|万|亿)[^()（）]{0,4})[)）]\s*$"
)
_NUMBER = re.compile(
    r"[(（]?(?:附)?[表续]表?\s*[\d一二三四五六七八九十]*(?:\s*[-—–.之]\s*\d+)*\s*[)）]?[:：]?"
)
_FORM = re.compile(
    r"^[附续]?表\s*[\d一二三四五六七八九十]|表(?:[(（].*[)）])?$|情况$|(?:19|20)\d\d年.*(?:表|预算|决算|草案|计划)"
)
_SENTENCE = ("。", "；", ";", "，", ",", "！")
_LONG = 60  # characters of a line above a table that can be its caption


def caption_of(above: Sequence[str]) -> tuple[str, str]:
    """Caption and unit: of the nearest line that is no unit alone, no number alone and no sentence.

    A line further up that reads as a title goes before one that does not (a header set apart).

    >>> caption_of(("表1 2025年分区县生产总值", "区县"))
    ('表1 2025年分区县生产总值', '')
    """
    unit = number = ""
    lines: list[str] = []
    for line in reversed(above):
        rest, told = split_unit(line)
        unit = unit or told
        if not rest:
            continue
        if _NUMBER.fullmatch(rest):
            number = number or rest
            continue
        if len(rest) > _LONG or CELL in line or rest.endswith(_SENTENCE):
            break
        lines.append(rest.rstrip("：:"))
    titles = [line for line in lines if has_caption_form(line)]
    caption = next(iter([*titles, *lines]), number)
    bracketed = _IN_BRACKETS.search(caption)
    return caption, unit or (bracketed["unit"] if bracketed else "")


def split_unit(line: str) -> tuple[str, str]:
    """A line without the unit that it tells, and the unit.

    >>> split_unit("单 位: 万 元"), split_unit("表2 收支 单位:亿元、%"), split_unit("单位职工12人")
    (('', '万元'), ('表2 收支', '亿元、%'), ('单位职工12人', ''))
    """
    match = _UNIT.search(line)
    if not match:
        return line, ""
    rest = (line[: match.start()] + line[match.end() :]).strip()
    return rest.strip("()（）"), re.sub(r"\s", "", match["unit"])


def belongs_to_table(line: str) -> bool:
    """Whether a line heads a table, wherever else it stands: it names one, or tells its unit.

    >>> [belongs_to_table(line) for line in ("2025年收入预算表(草案)", "单位:万元", "2025年政府工作报告")]
    [True, True, False]
    """
    return bool(split_unit(line)[1] or re.search(r"\d.*表(?:[(（].{1,6}[)）])?$", line))


def has_caption_form(text: str) -> bool:
    """Whether a text reads as the title of a table.

    >>> [has_caption_form(text) for text in ("2025年全市收入完成情况表", "表3 物价", "一、税收收入")]
    [True, True, False]
    """
    return len(text) <= _LONG and bool(_FORM.search(text)) and not text.endswith(_SENTENCE)
