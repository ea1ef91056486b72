"""Which place a question is about, where it names another than the plans'.

>>> covered = ("光明区",)
>>> foreign_places("南山区2023年地区生产总值增速", covered, lambda text: False)
('南山区',)
>>> foreign_places("深圳科技馆(新馆)何时开馆", covered, lambda text: text.startswith("深圳科技"))
()
>>> foreign_places("What was Bao'an District's revenue in 2023?", covered, lambda text: False)
("Bao'an",)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache

from rag.language.resources import load_tsv

_LONGEST = 12
_NEAR = 24  # characters around a place in which another one may be joined to it
_SUBDISTRICT = re.compile(
    r"(?<![个各全类每几量些])[\u4e00-\u9fff]{2}街道(?!级|社区|综合|经济)|(?<![个各全类每几量些])[\u4e00-\u9fff](?![城乡小村重集市])[\u4e00-\u9fff]镇(?!街|登)"
)
_NOT_NAMES = re.compile(r"[个各全每类几些的年在和与及]")
_CONJOINED = re.compile(r"[和与跟比、]|\b(?:and|than|versus|vs|or|compared)\b|街道|镇")
_SCOPE_BEFORE = re.compile(
    r"\b(?:in|to|of|for|than|did|does|do|was|were|is|has|will|by|from|about|across|within|versus)\s+(?:the\s+)?(?:(?:neighbou?ring|nearby|adjacent|adjoining)\s+)?$"
)
_ENTITY_AFTER = re.compile(
    r"(?:'s)?\s+(?!District|City|Province|County|Municipality|GDP|R&D)[A-Z][A-Za-z]+"
    r"|(?:'s)? (?:own |very )?(?:first|only|largest|biggest|leading|most)\b"
)
_SUBDISTRICT_AFTER = re.compile(r"(?:'s)? (?:[Ss]ub-?[Dd]istrict|[Tt]ownship|Town)\b")
_SUFFIXES = ("区", "市", "县", "旗", "省")
_GROUNDS = ("片区", "园区", "社区", "景区", "校区", "小区", "厂区", "库区", "湖区")
_WHOLE_CITY = ("全市", "全省", "全国", "市", "省")


@cache
def _gazetteer() -> tuple[frozenset[str], dict[str, str], frozenset[str]]:
    rows = load_tsv("language/places.tsv")
    names = frozenset(name for full, short, _ in rows for name in (full, short) if len(name) > 1)
    romanised = {full: latin for full, _, latin in rows}
    unmistakable = frozenset(latin for _, short, latin in rows if short and len(latin) > 4)
    return names, romanised, unmistakable


def place_names(covered: Iterable[str]) -> tuple[str, ...]:
    """Every form in which a covered place can be named: full, short and romanised.

    >>> place_names(["光明区"])
    ('光明区', '光明', 'Guangming')
    """
    names: list[str] = []
    for place in covered:
        short = re.sub(r"(?<=..)(?:区|市|县|省|旗)$", "", place)
        names += [place, short]
        latin = _gazetteer()[1].get(place)
        names += [latin] if latin else []
    return tuple(dict.fromkeys(name for name in names if name))


def named_places(question: str, covered: Sequence[str]) -> tuple[str, ...]:
    """The covered places that a question names; a city that only leads to its district is not meant.

    >>> named_places("深圳市光明区和临江区2019年的财政收入", ["深圳市", "光明区", "临江区"])
    ('光明区', '临江区')
    """
    names = {place: place_names([place]) for place in covered}
    every = "|".join(re.escape(name) for forms in names.values() for name in forms)
    return tuple(
        place
        for place, forms in names.items()
        if re.search(rf"(?>{'|'.join(map(re.escape, forms))})(?!{every})", question)
    )


def foreign_places(
    question: str, covered: Iterable[str], attested: Callable[[str], bool], for_words: bool = False
) -> tuple[str, ...]:
    """Places that the question is about and the plans are not.

    `for_words`: it asks for no figure, so that what the plans say of another place may well answer it.
    `attested` says whether a text stands in the plans: a place name that the plans carry on with
    (深圳科技馆) belongs to a longer name and restricts nothing.
    """
    own = place_names(covered)
    named = any(name in question for name in own)
    chinese = [name for name in own if not name.isascii()]
    found = [
        name
        for name, start, end in _chinese_places(question)
        if not any(question.startswith(other, start) or name in other for other in chinese)
        and not _goes_on(question, start, end, chinese, attested)
    ]
    places = dict.fromkeys((*found, *_english_places(question, own)))
    return tuple(
        name
        for name in places
        if not (for_words and _is_told_of(name, attested))
        and not (named and not _is_joined(name, question))  # 光明有哪些产业集聚区进了深圳的布局
    )


def _is_joined(name: str, question: str) -> bool:
    """Whether a place is named beside another one, or is a part of one."""
    start = question.find(name)
    around = question[max(0, start - _NEAR) : start + len(name) + _NEAR]
    return bool(_CONJOINED.search(around) or _SUBDISTRICT_AFTER.match(question, start + len(name)))


def _is_told_of(place: str, attested: Callable[[str], bool]) -> bool:
    """Whether the plans name a place: "Shanwei" as 汕尾."""
    shorts = [short for _, short, latin in load_tsv("language/places.tsv") if short and latin == place]
    shorts += [chinese for english, chinese in load_tsv("language/places_en.tsv") if english == place]
    return any(attested(name) for name in (place, *shorts))


def unknown_places(text: str, covered: Iterable[str], context: str) -> tuple[str, ...]:
    """Places that a text names and neither the covered places nor the context know.

    >>> unknown_places("2019年青山区新建公园63个", ("光明区",), "全年新建公园63个")
    ('青山区',)
    """
    own = place_names(covered)
    chinese = [name for name, _, _ in _chinese_places(text)]
    named = [name for name in chinese if not any(name in other or other in name for other in own)]
    return tuple(name for name in (*named, *_english_places(text, own)) if name not in context)


def _chinese_places(question: str) -> list[tuple[str, int, int]]:
    names = _gazetteer()[0]
    found = []
    position = 0
    while position < len(question):
        for length in range(min(_LONGEST, len(question) - position), 1, -1):
            if question[position : position + length] in names:
                found.append((question[position : position + length], position, position + length))
                position += length - 1
                break
        position += 1
    for match in _SUBDISTRICT.finditer(question):
        if not _NOT_NAMES.search(match.group()):
            found.append((match.group(), match.start(), match.end()))
    return found


def _goes_on(question: str, start: int, end: int, own: list[str], attested: Callable[[str], bool]) -> bool:
    rest = question[end:]
    if rest.startswith(tuple(own)):
        return True  # 深圳市光明区
    if rest.startswith(_WHOLE_CITY[:3]):
        return False
    ahead = question[max(0, start - 2) : end]
    if (
        not question[start:end].endswith(_SUFFIXES)
        and re.match(r"[\u4e00-\u9fff]{4}", ahead)
        and attested(ahead)
    ):
        return True  # 山水连城
    named_on = re.match(r"[\u4e00-\u9fff]{2}", rest) is not None and not _is_district(rest[:2])
    return named_on and attested(question[start : end + 2])


def _is_district(tail: str) -> bool:
    """Whether a place name that goes on like this is still one: 汕尾市城区, but not 龙湾片区."""
    return tail.endswith(_SUFFIXES) and tail not in _GROUNDS


def _english_places(question: str, own: tuple[str, ...]) -> tuple[str, ...]:
    _, romanised, unmistakable = _gazetteer()
    known = set(romanised.values())
    found = []
    for match in _named_in_english(question):
        name = match["name"]
        if _SUBDISTRICT_AFTER.match(question, match.end()):
            found.append(name)
            continue
        named_district = question[match.end() :].startswith((" District", " City", " County"))
        listed = name in _english_names() or name in unmistakable or (named_district and name in known)
        if name in own or not listed:
            continue
        scoped = (
            match.start() == 0
            or named_district
            or match.group() != name
            or question.startswith(("'s", " GDP"), match.end())
            or bool(_SCOPE_BEFORE.search(question[: match.start()]))
        )
        carried_on = _ENTITY_AFTER.match(question, match.end()) or _follows_own(question, match.end(), own)
        if scoped and not carried_on:
            found.append(name)
    return tuple(found)


def _named_in_english(question: str) -> Iterator[re.Match[str]]:
    """What may be the name of a place; in a question without capitals, every word that is one."""
    names = "|".join(map(re.escape, _english_names()))
    if question == question.lower():
        words = set(re.findall(r"[a-z]+", question))
        latin = {name for name in _gazetteer()[2] if name.lower() in words}
        question = re.sub(
            "|".join(rf"\b{re.escape(name)}\b" for name in (*_english_names(), *latin)),
            lambda match: match[0].title(),
            question,
            flags=re.IGNORECASE,
        )
    return re.finditer(rf"(?P<name>{names}|[A-Z][a-z]+(?:'(?!s\b)[a-z]+)?)(?:'s)?\b", question)


@cache
def _english_names() -> tuple[str, ...]:
    return tuple(row[0] for row in load_tsv("language/places_en.tsv"))


def _follows_own(question: str, end: int, own: tuple[str, ...]) -> bool:
    return bool(re.match(rf"'?s?,? (?:{'|'.join(map(re.escape, own))})\b", question[end:])) if own else False
