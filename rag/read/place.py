"""The place that a document is about: by its title, by who speaks, by what it calls its own.

>>> read_place(("关于常德市2025年预算执行情况的报告", "title"), Head("", (), 0), "", [], "a.txt")
('常德市', 'title')
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath

from rag.language import Mention, find_places, named, normalize, unlisted_place
from rag.read.head import Head, head_data
from rag.read.told import Told, first_told


def read_place(title: Told, head: Head, opening: str, body: Sequence[str], path: str) -> Told:
    """The place that a document is about, and where it was read."""
    name, folders = PurePath(path).stem, [folder.name for folder in PurePath(path).parents][:3]
    ends = "\n".join((*body[:6], *body[-6:]))
    return first_told(
        (_place_in(title[0]), title[1]),
        (_speaker(head.text) or _body_named(head.text), "body"),
        (_speaker(opening), "body"),
        (_speaker(ends), "body"),
        (_place_in(name), "file name"),
        *((_place_in(folder), "folder") for folder in folders),
        (_most_named(body), "body"),
    )


def _place_in(text: str) -> str:
    """The place that a title or a name is about: the innermost that it names first, listed or not.

    >>> _place_in("关于常德市2025年预算执行情况的报告"), _place_in("青禾市2025年政府工作报告")
    ('常德市', '青禾市')
    """
    text = normalize(text)
    start = re.sub(
        r"^[《〈]?(?:关于|国务院办公厅关于)?(?:印发)?[《〈“]?(?:(?:19|20|二)\S{2,3}年度?)?", "", text
    )
    for body, place in head_data()["place"]["bodies"]:
        if re.match(body, start):
            return str(place)
    mentions = find_places(text)
    new = unlisted_place(start)
    if new and not any(mention.text.endswith(new) or new.endswith(mention.text) for mention in mentions):
        return new
    return _full_name(mentions[0]) if mentions else ""


def _full_name(mention: Mention) -> str:
    return mention.places[0].name


def _speaker(text: str) -> str:
    """The place for which a text speaks: by the congress, the government or the office that it names."""
    for pattern in head_data()["place"]["speaks"]:
        for match in re.finditer(pattern, text):
            name = match["place"]
            found = _place_in(name if name.isascii() else name + "人民政府") or _listed(name)
            if found:
                return found
    for body, place in head_data()["place"]["bodies"]:
        if re.search(f"(?:代表|受|behalf of the |entrusted by the ){body}", text):
            return str(place)
    return ""


def _body_named(head: str) -> str:
    """The place of a body that the head names: the State Council, the National People’s Congress."""
    for body, place in head_data()["place"]["bodies"]:
        if re.search(body, head):
            return str(place)
    return ""


def _listed(name: str) -> str:
    places = named(name)
    return places[0].name if places else ""


def _most_named(body: Sequence[str]) -> str:
    """The place that a text speaks of as its own level (全市, 我省) and names most often."""
    text = "\n".join(body)
    levels = Counter(
        match["level"] or match["whole"] for match in re.finditer(head_data()["place"]["self"], text)
    )
    if not levels:
        return ""
    level = levels.most_common(1)[0][0]
    if level == "国":
        return "全国"
    names = Counter(
        place.name
        for mention in find_places(text)
        for place in mention.places[:1]
        if place.name.endswith(level)
    )
    if not names:
        return ""
    name, count = names.most_common(1)[0]
    return name if 2 * count > sum(names.values()) else ""
