r"""What a document is: kind, place, year, date and issuing body, each with where it was read.

>>> from rag.read.head import read_head
>>> from rag.read.reading import plain_reading
>>> lines = plain_reading("政府工作报告\n2026年1月27日在广东省第十四届人民代表大会上\n各位代表:").lines
>>> known = identify(Reading(lines), read_head(lines), "gd.txt")
>>> known.kind, known.place, known.year, known.published, known.origins["place"]
('work_report', '广东省', 2026, '2026-01-27', 'body')
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Any, cast

from rag.language import (
    Mention,
    find_dates,
    find_places,
    find_years,
    is_traditional,
    named,
    normalize,
    unlisted_place,
    western_years,
)
from rag.read.dates import Told, delivery_dates, read_date
from rag.read.frames import FORWARD, frame_data, heading_frame
from rag.read.head import Head, head_data
from rag.read.issuer import find_issuer
from rag.read.outline import find_marker
from rag.read.reading import Reading
from rag.schema import Identity, Kind

_OFTEN = 3  # as often must a document of no known kind name the year that is taken for its own
_OPENING = 2500  # characters of the body that tell what it is
_KINDS: tuple[Kind, ...] = ("bulletin", "work_report", "budget", "outline", "plan")


def identify(reading: Reading, head: Head, path: str) -> Identity:
    """What a document is, by its title, its body, what its file says of itself, its name and its folder."""
    plain = plain_text(reading)
    head = replace(head, lines=tuple(map(plain, head.lines)))
    body = [plain(line.text) for line in reading.lines[head.body :]]
    opening = "\n".join(body)[:_OPENING]
    title = _title(reading, head, path)
    known = plain(title[0]), title[1]
    kind = _kind(known, opening, body, path)
    year = _year(cast(Kind, kind[0]), known, head, body, reading, path)
    place = _place(known, head, opening, body, path)
    published = read_date(head, body, reading)
    issuer = find_issuer(cast(Kind, kind[0]), head, opening, body, place[0])
    told = {
        "title": title,
        "kind": kind,
        "place": place,
        "year": year,
        "published": published,
        "issuer": issuer,
    }
    return Identity(
        title=title[0],
        kind=cast(Kind, kind[0]),
        place=place[0],
        year=int(year[0]) if year[0] else None,
        published=published[0],
        issuer=issuer[0],
        origins={name: origin for name, (value, origin) in told.items() if value and origin},
    )


def plain_text(reading: Reading) -> Callable[[str], str]:
    """What makes text of a reading such as the rules expect: half width, simplified, Western years."""
    if is_traditional(reading.compact):
        return lambda text: western_years(normalize(text))
    return normalize


def _first(*options: Told) -> Told:
    return next((option for option in options if option[0]), ("", ""))


def _title(reading: Reading, head: Head, path: str) -> Told:
    return _first(
        (head.title, "title"), (_file_title(reading.title), "page"), (PurePath(path).stem, "file name")
    )


def _file_title(title: str) -> str:
    """What a file calls itself, where that can be the title of a document."""
    return title if any(re.search(end, title) for end in head_data()["title"]["ends"]) else ""


def kind_of(title: str) -> Kind:
    """The kind of document that a title names.

    >>> kind_of("2025年北京市政府工作报告"), kind_of("乌海市2025年国民经济和社会发展统计公报")
    ('work_report', 'bulletin')
    """
    if _tells_about(title):
        return "other"
    for kind in _KINDS:
        if any(
            re.search(word, normalize(title)) for word in cast(Sequence[str], frame_data()["kinds"][kind])
        ):
            return kind
    return "other"


def _tells_about(title: str) -> bool:
    """Whether a title is that of a report about such a document: an audit, an evaluation, an explanation."""
    return bool(re.search(frame_data()["kinds"]["none"][0], normalize(title)))


def _kind(title: Told, opening: str, body: Sequence[str], path: str) -> Told:
    by_title = kind_of(title[0])
    if by_title != "other" or _tells_about(title[0]):
        return by_title, title[1]
    headings = "\n".join(line for line in body if len(line) < 40)
    for kind in ("work_report", "bulletin", "budget", "plan"):
        if any(
            re.search(word, opening + "\n" + headings, re.MULTILINE) for word in head_data()["body"][kind]
        ):
            return kind, "body"
    by_name = kind_of(path)
    return by_name, "file name" if by_name != "other" else ""


def _year(kind: Kind, title: Told, head: Head, body: Sequence[str], reading: Reading, path: str) -> Told:
    name, folders = PurePath(path).stem, [folder.name for folder in PurePath(path).parents][:3]
    dates = delivery_dates(head.lines)
    dated = (reading.published or next(iter(find_dates(head.text)), ""))[:4] if kind != "bulletin" else ""
    options: list[Told] = [(_year_in(title[0], kind), title[1]), (_year_of_headings(kind, body), "body")]
    options += [(_year_of_delivery(date), "body") for date in dates if kind in FORWARD]
    options += [(_year_in(name, kind), "file name"), (_year_of_body(kind, body), "body")]
    options += [(_year_in(folder, kind), "folder") for folder in folders]
    options.append((dated, "page"))
    return _first(*options)


def _year_of_delivery(date: str) -> str:
    """The year that a report delivered on a date plans for: the next one at the end of a year.

    >>> _year_of_delivery("2018-01-22"), _year_of_delivery("2017-12-05")
    ('2018', '2018')
    """
    return str(int(date[:4]) + (date[5:7] in ("11", "12")))


def _year_in(text: str, kind: Kind) -> str:
    """The year of its own that a title or file name gives a document of a kind."""
    spans = find_years(re.sub(r"(?<=\d)(?=[-_]|$)", "年", text) if text.isascii() else text)
    if not spans:
        bare = re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", text)
        return bare[0] if bare else ""
    if kind == "outline":
        return str(spans[0].first)
    single = [span.last for span in spans if span.first == span.last] or [span.first for span in spans]
    return str(max(single) if kind in ("plan", "budget") else single[0])


def _year_of_headings(kind: Kind, body: Sequence[str]) -> str:
    """The year that the headings plan for, or the one behind the year that they review."""
    if kind not in FORWARD:
        return ""
    planned: list[int] = []
    reviewed: list[int] = []
    for line in body:
        if len(line) > 42 or not (
            find_marker(line) or re.search("回顾|回顧|任务|安排|要求|目标|Review|Tasks", line)
        ):
            continue
        single = [span.first for span in find_years(line) if span.first == span.last]
        frame = heading_frame(line, kind, None)
        if single and frame:
            (planned if frame.own.status == "planned" else reviewed).append(max(single))
    if planned:
        return str(min(planned))
    return str(max(reviewed) + 1) if reviewed else ""


def _year_of_body(kind: Kind, body: Sequence[str]) -> str:
    """The year that the text calls its own, or the one that it names most often."""
    text = "\n".join(body)
    own = re.search(r"(?:现在|今年是|关于)?(?:19|20)\d\d年(?=是|政府工作|的工作)", text)
    if own and kind == "work_report":
        return str(find_years(own[0])[0].first)
    named = Counter(span.first for span in find_years(text) if span.first == span.last)
    if not named or (kind == "other" and max(named.values()) < _OFTEN):
        return ""
    most = max(named.values())
    often = max(year for year, count in named.items() if count == most)
    return str(often + 1 if kind in FORWARD and named[often + 1] * 4 > most else often)


def _place(title: Told, head: Head, opening: str, body: Sequence[str], path: str) -> Told:
    name, folders = PurePath(path).stem, [folder.name for folder in PurePath(path).parents][:3]
    ends = "\n".join((*body[:6], *body[-6:]))
    return _first(
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


def correct(identity: Identity, told: Mapping[str, str]) -> Identity:
    """The identity with the values that the owner of the file gives instead."""
    if not told:
        return identity
    values: dict[str, Any] = {name: int(value) if name == "year" else value for name, value in told.items()}
    return replace(identity, **values, origins={**identity.origins, **dict.fromkeys(told, "sidecar")})
