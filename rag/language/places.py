"""Which place a question is about, where it names another than the documents'.

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
from collections.abc import Callable, Iterable, Sequence
from functools import cache

from rag.language.english_places import SUBDISTRICT_AFTER, english_places, regions
from rag.language.gazetteer import Place, is_within, named
from rag.language.mentions import Mention, find_places
from rag.language.unlisted import unlisted_place

_NEAR = 24  # characters around a place in which another one may be joined to it
_SUBDISTRICT = re.compile(
    r"(?<![个各全类每几量些])[\u4e00-\u9fff]{2}街道(?!级|社区|综合|经济)|(?<![个各全类每几量些])[\u4e00-\u9fff](?![城乡小村重集市])[\u4e00-\u9fff]镇(?!街|登)"
)
_NOT_NAMES = re.compile(r"[个各全每类几些的年在和与及]")
_CONJOINED = re.compile(r"[和与跟比、]|\b(?:and|than|versus|vs|or|compared)\b|街道|镇")
_SUFFIXES = ("区", "市", "县", "旗", "省")
_GROUNDS = ("片区", "园区", "社区", "景区", "校区", "小区", "厂区", "库区", "湖区")
_ZONE = re.compile(r"[园发新验范作税景假理开]区$")
_WHOLE_PLACE = ("全市", "全省", "全国")
# 全国 mostly says how much of something there is (全国首个, 占全国); as what is asked for it stands first
_OF_THE_NATION = re.compile(
    r"^(?:请问)?(?:(?:19|20)\d\d年)?(?:全国|我国|中国)(?:(?:19|20)\d\d年)?的?"
    r"(?:GDP|国内生产总值|经济|粮食|人口|城镇|居民|财政|一般公共预算|进出口|规模以上|固定资产|社会消费品|CPI|赤字)"
)


@cache
def place_names(covered: Iterable[str]) -> tuple[str, ...]:
    """Every form in which a covered place can be named: full, short, former and romanised.

    >>> place_names(("光明区",)), place_names(("青禾市",))
    (('光明区', '光明', 'Guangming'), ('青禾市', '青禾', 'Qinghe'))
    """
    names: list[str] = []
    for place in covered:
        names += [place]
        for listed in named(place):
            names += listed.names()
        if place and not named(place):
            short = re.sub(r"(?<=..)(?:[区市县省旗州盟]|地区|自治州|自治县|自治区)$", "", place)
            names += [short, romanise(short)]
    return tuple(dict.fromkeys(name for name in names if name))


@cache
def romanise(name: str) -> str:
    """Pinyin without tones, with the apostrophe where one is due: 宝安 is Bao'an."""
    from pypinyin import lazy_pinyin  # needed for places of no list alone

    syllables = lazy_pinyin(name)
    return "".join(("'" if n and s[0] in "aoe" else "") + s for n, s in enumerate(syllables)).capitalize()


def named_places(question: str, covered: Sequence[str]) -> tuple[str, ...]:
    """The covered places that a question names; a city that only leads to its district is not meant.

    >>> named_places("深圳市光明区和临江区2019年的财政收入", ["深圳市", "光明区", "临江区"])
    ('光明区', '临江区')
    >>> named_places("皖2025年与内蒙古相比", ["安徽省", "内蒙古自治区", "内江市"])
    ('安徽省', '内蒙古自治区')
    """
    mentions = find_places(question, abbreviated=True)
    names = {place: place_names((place,)) for place in covered}
    every = _pattern(name for forms in names.values() for name in forms)
    listed = {place: frozenset(named(place)) for place in covered}
    return tuple(
        place
        for place, forms in names.items()
        if any(not listed[place].isdisjoint(mention.places) for mention in mentions)
        or any(
            not _inside(match, mentions, listed[place])
            for match in re.finditer(rf"(?>{_pattern(forms)})(?!{every})", question)
            if forms
        )
    )


def _pattern(names: Iterable[str]) -> str:
    return "|".join(rf"\b(?i:{re.escape(name)})\b" if name.isascii() else re.escape(name) for name in names)


def _inside(match: re.Match[str], mentions: Sequence[Mention], places: frozenset[Place]) -> bool:
    """Whether a name is part of what names another place: 楚雄 of 楚雄州 is not 楚雄市."""
    return any(
        mention.start <= match.start() < mention.end and places.isdisjoint(mention.places)
        for mention in mentions
    )


def foreign_places(
    question: str, covered: Iterable[str], attested: Callable[[str], bool], for_words: bool = False
) -> tuple[str, ...]:
    """Places that the question is about and the documents are not.

    `covered` holds "" for a document of which nobody knows the place: it may be about any, so that none
    is foreign. `for_words`: the question asks for no figure, so that what the documents say of another
    place may well answer it. `attested` says whether a text stands in the documents: a place name that
    they carry on with (深圳科技馆) belongs to a longer name and restricts nothing.
    """
    covered = tuple(covered)
    if not covered or "" in covered:
        return ()
    own = place_names(covered)
    listed = frozenset(place for name in covered for place in named(name))
    chinese = [name for name in own if not name.isascii()]
    found = [
        (name, start, end)
        for name, start, end, places in _chinese_places(question, attested)
        if listed.isdisjoint(places)
        and not any(name in other or _opens(question, start, end, other, places) for other in chinese)
        and not (not places and _sounds_like(name, chinese))
        and not _goes_on(question, start, end, chinese, attested)
        and not (_lies_in(places, listed) and attested(name))
    ]
    own_named = _blank(question, found)
    is_named = any(name in own_named for name in own)
    names = dict.fromkeys((*(name for name, _, _ in found), *english_places(question, own)))
    return tuple(
        name
        for name in names
        if not (for_words and _is_told_of(name, attested))
        and not (is_named and not _is_joined(name, question))  # 光明有哪些产业集聚区进了深圳的布局
    )


def _opens(question: str, start: int, end: int, own: str, places: tuple[Place, ...]) -> bool:
    """Whether a name begins with one of the documents': 光明街道, but not 安徽省合肥市."""
    return question.startswith(own, start) and (not places or len(own) >= end - start)


def _sounds_like(name: str, own: Iterable[str]) -> bool:
    """Whether a place of no list is one of the documents' with a typing error: 光名区."""
    return any(
        other in name or (len(other) == len(name) and romanise(other) == romanise(name)) for other in own
    )


def _lies_in(places: Iterable[Place], listed: Iterable[Place]) -> bool:
    """Whether a place belongs to one of the documents', whose reports tell of their parts."""
    return any(is_within(p, outer) for p in places for outer in listed if outer.level in ("province", "city"))


def _blank(question: str, found: Iterable[tuple[str, int, int]]) -> str:
    for _, start, end in found:
        question = question[:start] + " " * (end - start) + question[end:]
    return question


def _is_joined(name: str, question: str) -> bool:
    """Whether a place is named beside another one, or is a part of one."""
    start = question.find(name)
    around = question[max(0, start - _NEAR) : start + len(name) + _NEAR]
    return bool(_CONJOINED.search(around) or SUBDISTRICT_AFTER.match(question, start + len(name)))


def _is_told_of(place: str, attested: Callable[[str], bool]) -> bool:
    """Whether the documents name a place: "Shanwei" as 汕尾."""
    others = named(place) if place.isascii() else ()
    if any(other.level == "nation" for other in others):
        return True
    shorts = [other.short for other in others]
    shorts += [chinese for english, chinese in regions() if english == place]
    return any(attested(name) for name in (place, *shorts))


def unknown_places(text: str, covered: Iterable[str], context: str) -> tuple[str, ...]:
    """Places that a text names and neither the covered places nor the context know.

    >>> unknown_places("2019年青山区新建公园63个", ("光明区",), "全年新建公园63个")
    ('青山区',)
    """
    covered = tuple(covered)
    own = place_names(covered)
    listed = frozenset(place for name in covered for place in named(name))
    found = [
        name
        for name, _, _, places in _chinese_places(text, lambda name: name in context)
        if listed.isdisjoint(places)
        and not any(name in other or other in name for other in own)
        and not any(place.name in context for place in places)
        and not (not places and _sounds_like(name, own))
    ]
    return tuple(name for name in (*found, *english_places(text, own)) if name not in context)


def _chinese_places(
    text: str, attested: Callable[[str], bool]
) -> list[tuple[str, int, int, tuple[Place, ...]]]:
    """The places named in Chinese, those of no list too; the nation where it is what is asked for."""
    found = [
        (m.text, m.start, m.end, m.places)
        for m in find_places(text, abbreviated=True)
        if not m.text.isascii() and (m.places[0].level != "nation" or _OF_THE_NATION.match(text))
    ]
    for match in _SUBDISTRICT.finditer(text):
        if not _NOT_NAMES.search(match.group()):
            found.append((match.group(), match.start(), match.end(), ()))
    name = unlisted_place(text)
    if name.endswith((*_SUFFIXES, "州", "盟")) and not _ZONE.search(name) and not attested(name):
        start = text.index(name)
        found.append((name, start, start + len(name), ()))
    return found


def _goes_on(question: str, start: int, end: int, own: list[str], attested: Callable[[str], bool]) -> bool:
    rest = question[end:]
    if rest.startswith(tuple(own)):
        return True  # 深圳市光明区
    if rest.startswith(_WHOLE_PLACE):
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
