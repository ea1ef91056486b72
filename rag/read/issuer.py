"""The body that issues a document: a government, its finance or statistics office, a congress."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.read.head import Head, head_data
from rag.schema import Kind


def find_issuer(kind: Kind, head: Head, opening: str, body: Sequence[str], place: str) -> tuple[str, str]:
    """The issuing body by its full name, and where it was read; both empty where none is named."""
    around = "\n".join((*head.lines, opening[:400], *body[-3:]))
    for name in head_data()["issuer_order"][kind]:
        match = re.search(head_data()["issuer"][name], around, re.MULTILINE)
        if match:
            return _with_place(match["issuer"], place), "body"
    return "", ""


def _with_place(issuer: str, place: str) -> str:
    """An issuing body by its full name: 市财政局 of 洛阳市 is 洛阳市财政局.

    >>> _with_place("省政府", "广东省"), _with_place("洛阳市财政局", "洛阳市")
    ('广东省人民政府', '洛阳市财政局')
    """
    issuer = re.sub(r"(?<!人民)政府$", "人民政府", re.sub(r"^.*委托", "", issuer))
    bare = re.sub(r"^(?:自治[区州县旗]|地区|[省市县区州盟旗])", "", issuer)
    short = bare != issuer or re.match("人民政府|财政局|统计局|财政厅", issuer)
    return place + bare if place and short else issuer
