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
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Any, cast

from rag.language import is_traditional, normalize, western_years
from rag.read.announced import announced, kind_announced
from rag.read.dates import read_date
from rag.read.frames import frame_data
from rag.read.head import Head, head_data
from rag.read.issuer import find_issuer
from rag.read.place import read_place
from rag.read.reading import Reading
from rag.read.told import Told, first_told
from rag.read.year import read_year
from rag.schema import Identity, Kind

_OPENING = 2500  # characters of the body that tell what it is
_HEADING = 40  # characters of a line that may be a heading
_KINDS: tuple[Kind, ...] = ("bulletin", "work_report", "budget", "outline", "plan")


def identify(reading: Reading, head: Head, path: str) -> Identity:
    """What a document is, by its title, its body, what its file says of itself, its name and its folder."""
    plain = plain_text(reading)
    head = replace(head, lines=tuple(map(plain, head.lines)))
    body = [plain(line.text) for line in reading.lines[head.body :]]
    title = _title(reading, head, path)
    known = plain(title[0]), title[1]
    opening = "\n".join((*head.lines, *body))[:_OPENING]
    said = announced(opening)
    kind = _kind(known, said, opening, body, path)
    year = read_year(cast(Kind, kind[0]), known, said, head, body, reading, path)
    place = read_place(known, head, opening, body, path)
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


def _title(reading: Reading, head: Head, path: str) -> Told:
    return first_told(
        (head.title, "title"), (_file_title(reading.title), "page"), (PurePath(path).stem, "file name")
    )


def _file_title(title: str) -> str:
    """What a file calls itself, where that or a part of it can be the title of a document.

    >>> _file_title("青禾市2025年统计公报_青禾市人民政府门户网站"), _file_title("Microsoft Word - 文档1")
    ('青禾市2025年统计公报', '')
    """
    parts = (title, *re.split(r"\s+[-|—–]\s+|[_|]|[-—–]{2,}", title))
    ends = head_data()["title"]["ends"]
    return next((part.strip() for part in parts if any(re.search(end, part.strip()) for end in ends)), "")


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
    return any(re.search(word, normalize(title)) for word in frame_data()["kinds"]["none"])


def _kind(title: Told, said: str, opening: str, body: Sequence[str], path: str) -> Told:
    by_title = kind_of(title[0])
    if by_title != "other" or _tells_about(title[0]):
        return by_title, title[1]
    headings = "\n".join(line for line in body if len(line) < _HEADING)
    by_body = kind_of_body(f"{opening}\n{headings}", said)
    if by_body != "other":
        return by_body, "body"
    by_name = kind_of(path)
    return by_name, "file name" if by_name != "other" else ""


def kind_of_body(text: str, said: str = "") -> Kind:
    """The kind of document that first paragraphs and headings tell; first what it is `said` to be.

    >>> kind_of_body("我代表县人民政府向大会报告工作"), kind_of_body("我代表市人民法院向大会报告工作")
    ('work_report', 'other')
    """
    for kind, words in head_data()["body"].items():
        if kind == "work_report" and (told := kind_announced(said)) != "other":
            return told
        if kind != "examples" and any(re.search(word, text, re.MULTILINE) for word in words):
            return cast(Kind, kind) if kind != "none" else "other"
    return "other"


def correct(identity: Identity, told: Mapping[str, str]) -> Identity:
    """The identity with the values that the owner of the file gives instead."""
    if not told:
        return identity
    values: dict[str, Any] = {name: int(value) if name == "year" else value for name, value in told.items()}
    return replace(identity, **values, origins={**identity.origins, **dict.fromkeys(told, "sidecar")})
