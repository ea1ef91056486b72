"""The place that a document is about: by its title, by who speaks, by what it calls its own.

>>> read_place(("关于常德市2025年预算执行情况的报告", "title"), Head("", (), 0), "", [], "a.txt")
('常德市', 'title')
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath

from rag.language import Mention, find_places, named, normalize, short_names, unlisted_place
from rag.read.head import Head, head_data
from rag.read.told import Told, first_told

_BESIDE = 5  # as often may a place speak of the nation for each time that it speaks of itself
_OFTEN = 3  # as often must the short name stand of a place that nothing else names


def read_place(title: Told, head: Head, opening: str, body: Sequence[str], path: str) -> Told:
    """The place that a document is about, and where it was read."""
    name, folders = PurePath(path).stem, [folder.name for folder in PurePath(path).parents][:3]
    ends = "\n".join((*body[:6], *body[-6:]))
    text = "\n".join(body)
    level = _own_level(text)
    return first_told(
        (_place_in(title[0]), title[1]),
        (speaker(head.text, level) or _body_named(head.text), "body"),
        (speaker(opening, level), "body"),
        (speaker(ends, level), "body"),
        (_place_in(name), "file name"),
        *((_place_in(folder), "folder") for folder in folders),
        (_head_named(head.lines, level), "body"),
        (_most_named(text, level), "body"),
        (_region("\n".join((title[0], head.text, text))), "body"),
    )


def _place_in(text: str) -> str:
    """The place that a title or a name is about: the innermost that it names first, listed or not.

    >>> _place_in("关于常德市2025年预算执行情况的报告"), _place_in("青禾市2025年政府工作报告")
    ('常德市', '青禾市')
    >>> _place_in("中共溆浦县委关于制定第十四个五年规划的建议"), _place_in("攸县网岭镇2022年工作报告")
    ('溆浦县', '网岭镇')
    """
    text = normalize(text)
    start = re.sub(f"^{head_data()['place']['before']}", "", text)
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


def speaker(text: str, level: str = "") -> str:
    """The place for which a text speaks: by the congress, the government or the office that it names.

    `level` is how the name must end of a place that an office alone tells.

    >>> speaker("现在,我代表青云乡人民政府,向大会作政府工作报告")
    '青云乡'
    """
    for rule in head_data()["speaks"]:
        for match in re.finditer(rule["pattern"], text, re.MULTILINE):
            name = match["place"]
            if re.match("[A-Z]", name):
                found = _english_place(name, match.groupdict().get("kind") or "")
            else:
                found = _place_in(name + "人民政府") or _listed(name)
            if found and (found.endswith(level) or not rule.get("loose")):
                return found
    for body, place in head_data()["place"]["bodies"]:
        if re.search(f"(?:代表|受|(?i:behalf of|entrusted by) the ){body}", text):
            return str(place)
    return ""


def _english_place(name: str, kind: str) -> str:
    """The place of an English name, listed or not; `kind` is the word behind it (Municipal)."""
    endings = tuple(head_data()["english_kinds"].get(kind, ""))
    for form in (name, name.split()[-1]):
        found = [place.name for place in named(form) if not endings or place.name.endswith(endings)]
        if found:
            return found[0]
    return name.split()[-1] if kind else unlisted_place(name)


def _body_named(head: str) -> str:
    """The place of a body that the head names: the State Council, the National People’s Congress."""
    for body, place in head_data()["place"]["bodies"]:
        if re.search(body, head):
            return str(place)
    return ""


def _listed(name: str) -> str:
    places = named(name)
    return places[0].name if places else ""


def _own_level(text: str) -> str:
    """As what a text speaks of its own place: 市 where it says 全市; 国 mostly stands beside others."""
    if speaks := re.search(head_data()["place"]["speaks"], text):
        return speaks["level"]
    levels = Counter(
        match["level"] or match["whole"] for match in re.finditer(head_data()["place"]["self"], text)
    )
    nation = levels.pop("国", 0)
    if not levels:
        return "国" if nation else ""
    level, count = levels.most_common(1)[0]
    return level if _BESIDE * count > nation else "国"


def _head_named(lines: Sequence[str], level: str) -> str:
    """The first place that a head names, of the level as which its text speaks of itself."""
    found = (_full_name(mention) for line in lines for mention in find_places(line))
    return next((name for name in found if name.endswith(level)), "")


def _most_named(text: str, level: str) -> str:
    """The place of a text's own level that it names most often."""
    if level in ("", "国"):
        return "全国" if level else ""
    mentions = find_places(text)
    names = Counter(
        place.name for mention in mentions for place in mention.places[:1] if place.name.endswith(level)
    )
    if not names:
        return _by_short_name(text, mentions, level)
    name, count = names.most_common(1)[0]
    return name if 2 * count > sum(names.values()) else ""


def _by_short_name(text: str, mentions: Sequence[Mention], level: str) -> str:
    """The place of a level whose short name stands in a text most often, where no other's does nearly so.

    >>> _by_short_name("黎平发展史上极不平凡的一年。黎平负重前行。黎平赶超机遇叠加。", (), "县")
    '黎平县'
    """
    for mention in reversed(mentions):
        text = text[: mention.start] + "\n" + text[mention.end :]
    counts = Counter({name: count for short, name in short_names(level) if (count := text.count(short))})
    (name, most), (_, second) = (*counts.most_common(2), ("", 0), ("", 0))[:2]
    return name if most >= _OFTEN and most >= 2 * second else ""


def _region(text: str) -> str:
    """Hong Kong or Macau, for an address of its government: the one that is named more often."""
    place = head_data()["place"]
    if not re.search(place["region"], text):
        return ""
    return str(max(place["regions"], key=lambda region: len(re.findall(region[0], text)))[1])
