"""A list told apart by 分别 -> the subject of each of its figures.

>>> share_out("规上高技术制造业增加值、服务业营收", 2)
('规上高技术制造业增加值', '服务业营收')
>>> share_out("交通、水利、能源、市政领域投资", 4)
('交通领域投资', '水利领域投资', '能源领域投资', '市政领域投资')
>>> share_out("生产安全事故起数和死亡人数", 2), share_out("城乡居民人均可支配收入", 2)
(('生产安全事故起数', '生产安全事故死亡人数'), ('城镇居民人均可支配收入', '农村居民人均可支配收入'))
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from rag.language import load_toml, tag_tokens

_SPLIT = re.compile(r"、|以及|[和与及]")


def share_out(heads: str, number: int) -> tuple[str, ...]:
    """The subjects of `number` figures that a list of heads names; empty where they do not come out even."""
    if number < 2:
        return (heads,)
    items = _items(heads, number)
    if len(items) != number:
        return _paired(heads) if number == 2 else ()
    items = [item.strip() for item in items]
    head = _shared_head(items)
    if head:
        return (*(item + head for item in items[:-1]), items[-1])
    lead = _shared_lead(items)
    return (items[0], *(item if item.startswith(lead) else lead + item for item in items[1:]))


def measured(name: str) -> str:
    """The noun at the end of a name that says what is measured of a thing, else "".

    >>> measured("采矿业增加值"), measured("制造业")
    ('增加值', '')
    """
    match = _measured().search(name)
    return match[0] if match else ""


def _items(heads: str, number: int) -> list[str]:
    """The names of a list, cut so that they come out even if that can be."""
    cuts = [m for m in _SPLIT.finditer(heads) if _balanced(heads[: m.start()])]
    strong = [m for m in cuts if m[0] == "、"]
    for chosen in (cuts, strong):
        bounds = [0, *(edge for m in chosen for edge in m.span()), len(heads)]
        items = [heads[a:b] for a, b in zip(bounds[::2], bounds[1::2], strict=True)]
        if len(items) == number and all(items):
            return items
    if strong and len(strong) == number - 2 and cuts and cuts[-1].start() > strong[-1].start():
        chosen = [*strong, cuts[-1]]
        bounds = [0, *(edge for m in chosen for edge in m.span()), len(heads)]
        return [heads[a:b] for a, b in zip(bounds[::2], bounds[1::2], strict=True)]
    return []


def _balanced(text: str) -> bool:
    return text.count("“") == text.count("”") and text.count("（") == text.count("）")


def _data() -> dict[str, Any]:
    names: dict[str, Any] = load_toml("bind/respective.toml")["names"]
    return names


@cache
def _measured() -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(sorted(_data()['measures'], key=len, reverse=True))})$")


def _shared_head(items: list[str]) -> str:
    """What the last item ends with and the others lack: 领域投资."""
    others, last = items[:-1], items[-1]
    if any(_measured().search(item) for item in others):
        return ""
    tokens = [token for token, _ in tag_tokens(last)]
    width = max(len(tag_tokens(item)) for item in others)
    head = "".join(tokens[width:])
    if width == 1 and head:
        return head
    match = _measured().search(last)
    return match[0] if match else ""


def _shared_lead(items: list[str]) -> str:
    """What the first item begins with and the others lack: 生产安全事故."""
    first = items[0]
    match = _measured().search(first)
    if match is None:
        return ""
    lead = first[: match.start()]
    bare = [item for item in items[1:] if _is_bare(item)]
    return lead if lead and len(bare) == len(items) - 1 else ""


def _is_bare(item: str) -> bool:
    """Whether an item is a measure of something and does not say of what."""
    return item in _data()["bare"] or bool(_measured().fullmatch(item))


def _paired(heads: str) -> tuple[str, ...]:
    """Two things in one word: 城乡居民 -> 城镇居民, 农村居民."""
    for word, pair in load_toml("bind/respective.toml")["pairs"].items():
        if word in heads:
            return tuple(heads.replace(word, one, 1) for one in pair)
    return ()
