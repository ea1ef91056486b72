"""Finds the places that a text names.

>>> [(m.text, [p.name for p in m.places]) for m in find_places("深圳市光明区与安徽2024年相比,和平发展")]
[('深圳市光明区', ['光明区']), ('安徽', ['安徽省'])]
>>> [(m.text, [p.name for p in m.places]) for m in find_places("How did Anhui Province grow?")]
[('Anhui Province', ['安徽省'])]
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from rag.language.gazetteer import (
    Kind,
    Place,
    by_level,
    chinese_forms,
    english_forms,
    fold_english,
    is_within,
    named,
    named_in_english,
)
from rag.language.resources import load_tsv

# 安徽市场 and 光明区域 name no 安徽市, no 光明区; 和县域 is not 和县
_NOT_FULL = re.compile(r"(?<=区)[域间块位分别划]|(?<=市)场|(?<=[县旗])域")
# behind a short name, what makes another name of it: 南京路, 南山村, 临海区 (there is none)
_NOT_SHORT = re.compile(
    r"省(?![级际内外直委])|市(?![场民值政区级域内外县委])|区(?![域间块位县])|县(?![域级委乡区])|自治|路(?![桥网面政])|大道|街(?!道)|大学|大桥|机场"
)
_NOT_SHORT_DISTRICT = re.compile(r"[镇乡村江河湖站桥峡寺山岛]|街道|水库|科学城")
_BOUNDARY_BEFORE = re.compile(
    r"(?:^|[^\u4e00-\u9fffA-Za-z]|[在于自和与及至到从向由对比跟同是为去年月省市县区州盟问询下的等据])$"
)
# 增城市, 大园区: where 新增城市 or 壮大园区 would hold them
_CROSSING = re.compile(r".(?:城市|[园山社港林矿湖库新城]区)")
_BOUNDARY_AFTER = re.compile(
    r"$|[^\u4e00-\u9fffA-Za-z]|[全市县区的在与和]|经济|财政|人民政府|政府|统计|两会|国民|地区生产|GDP"
)
_START = re.compile(r"^(?:\d{4}年|[^\u4e00-\u9fffA-Za-z0-9]|关于)*$")

# 皖2025年, 粤的财政收入: the letters that are no words of their own, where they stand alone
_LETTER = re.compile(
    r"(?:(?<![\u4e00-\u9fffA-Za-z])|(?<=[年比和与对跟及]))(?P<name>[皖沪粤浙闽赣鲁豫鄂湘渝黔滇陇冀琼桂晋辽苏蜀京津陕])"
    r"(?=$|\d{4}|[的省市、和与比跟?？]|今年|去年|全省|全市|GDP|地区生产)"
)
# 渝产新能源汽车, 黔农村居民: at the beginning, those that begin no common word
_LEADING_LETTER = re.compile(
    r"(?:^|(?<=[年,，]))(?P<name>[皖浙赣豫鄂湘渝黔滇冀])"
    r"(?![江潭绣州南城中升池东西北剧商大鲁粤港昆滇林菜军])(?=[\u4e00-\u9fff])"
)

_TOKEN = re.compile(r"[A-Z][A-Za-zü]*(?:['’](?!s\b)[a-zA-Z]+)*(?:-[A-Z][a-z]+)*")
_KIND_WORDS = re.compile(
    r"(?: [A-Z][a-z]+(?:-[A-Z][a-z]+)?){0,3} (?:Autonomous (?:Region|Prefecture|County|Banner))"
    r"| (?:Special Administrative Region|SAR|New (?:District|Area)|Province|Prefecture|County|Municipality|"
    r"City|District|League|Banner)\b"
)
_NOT_PLACE_BEFORE = re.compile(
    r"\b(?:Party|Bank|Academy|University) of $|\b(?:South|North|East|West|Central) $"
)
_LONGEST_ENGLISH = 6  # words


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a text names a place: `places` holds all that it may mean, the likeliest first."""

    start: int
    end: int
    text: str
    places: tuple[Place, ...]


@cache
def _phrases() -> frozenset[str]:
    rows = load_tsv("language/places_known.tsv")
    return frozenset(text for row in rows if row[0] == "never" for text in row[2].split("|"))


@cache
def _heads() -> dict[str, tuple[int, ...]]:
    """The lengths of the names that begin with two characters, the longest first."""
    lengths: dict[str, set[int]] = defaultdict(set)
    for name in (*chinese_forms(), *_phrases()):
        if len(name) > 1:
            lengths[name[:2]].add(len(name))
    return {head: tuple(sorted(found, reverse=True)) for head, found in lengths.items()}


def find_places(text: str, *, abbreviated: bool = False) -> tuple[Mention, ...]:
    """The places a text names, longest names first, each read by what stands right before it.

    `abbreviated`: a single character that stands for a province too, as in a question (皖2025年).
    """
    found = _find_chinese(text)
    if abbreviated:
        taken = {position for mention in found for position in range(mention.start, mention.end)}
        for match in (*_LETTER.finditer(text), *_LEADING_LETTER.finditer(text)):
            if match.start() not in taken:
                taken.add(match.start())
                found.append(Mention(match.start(), match.end(), match["name"], named(match["name"])))
        found.sort(key=lambda mention: mention.start)
    if re.search("[A-Z]", text):
        found += _find_english(text)
        found.sort(key=lambda mention: mention.start)
    return tuple(found)


def _find_chinese(text: str) -> list[Mention]:
    heads, forms, phrases = _heads(), chinese_forms(), _phrases()
    found: list[Mention] = []
    position, last = 0, len(text) - 1
    while position < last:
        step = 1
        for length in heads.get(text[position : position + 2], ()):
            name = text[position : position + length]
            if name in phrases:
                step = length
                break
            if name not in forms:
                continue
            end = position + length
            before = found[-1] if found and found[-1].end == position else None
            if before and (inside := _inside(before, forms[name], text, end)):
                found[-1] = Mention(before.start, end, text[before.start : end], inside)
            elif meant := _meant(name, forms[name], text, position, end, before is not None):
                found.append(Mention(position, end, name, meant))
            else:
                continue
            step = length
            break
        position += step
    return found


def _inside(before: Mention, forms: list[tuple[Kind, Place]], text: str, end: int) -> tuple[Place, ...]:
    """Of what a name may stand for, that which lies in the place named right before."""
    if _NOT_FULL.match(text, end):
        return ()
    return by_level(
        place
        for kind, place in forms
        if any(
            place != outer and outer.level != "nation" and is_within(place, outer) for outer in before.places
        )
        and (kind != "word" or _BOUNDARY_AFTER.match(text, end))
        and (kind in ("full", "led", "old") or not _NOT_SHORT.match(text, end))
    )


def _meant(
    name: str, forms: list[tuple[Kind, Place]], text: str, start: int, end: int, behind_place: bool
) -> tuple[Place, ...]:
    """What a name stands for where it stands by itself."""
    after_full = not _NOT_FULL.match(text, end)
    after_short = not _NOT_SHORT.match(text, end) and not (
        _NOT_SHORT_DISTRICT.match(text, end) and all(place.level == "district" for _, place in forms)
    )
    begins = behind_place or bool(_BOUNDARY_BEFORE.search(text[max(0, start - 1) : start]))
    alone = begins and bool(_BOUNDARY_AFTER.match(text, end))
    opens = name.endswith("县") and bool(_START.match(text[max(0, start - 8) : start]))
    admitted: list[Place] = []
    for kind, place in forms:
        if kind in ("full", "old"):
            fits = after_full and (begins or place.level != "district" or not _CROSSING.fullmatch(name))
        elif kind == "led":
            fits = after_full and opens
        elif kind == "safe":
            # 创新平台 holds 新平, and 弘扬中华 holds 扬中
            fits = after_short and (
                begins or place.level != "district" or len(name) > 2 or "k" in place.marks
            )
        else:
            fits = kind == "unsafe" and after_short and alone
        if fits:
            admitted.append(place)
    if not admitted:
        return ()
    return _likely(name, by_level(admitted))


def _likely(name: str, found: tuple[Place, ...]) -> tuple[Place, ...]:
    """The short name of a province means the province (吉林 its city too), not a county far away."""
    if found and found[0].level in ("nation", "province") and found[0].name != name:
        return tuple(p for p in found if p == found[0] or (p.level == "city" and p.name == name + "市"))
    return found


def _find_english(text: str) -> list[Mention]:
    found: list[Mention] = []
    position = 0
    while token := _TOKEN.search(text, position):
        mention = _english_at(text, token.start())
        if mention and found and text[found[-1].end : mention.start] == ", ":
            inside = by_level(
                p
                for p in found[-1].places
                if any(p != outer and is_within(p, outer) for outer in mention.places)
            )
            if inside:  # Guangming District, Shenzhen
                found[-1] = Mention(found[-1].start, mention.end, text[found[-1].start : mention.end], inside)
                position = mention.end
                continue
        if mention:
            found.append(mention)
        position = mention.end if mention else token.end()
    return found


def _english_at(text: str, start: int) -> Mention | None:
    if _NOT_PLACE_BEFORE.search(text[max(0, start - 16) : start]):
        return None
    for end in sorted(_ends(text, start), reverse=True):
        name = text[start:end]
        kind = _KIND_WORDS.match(text, end)
        if kind:
            found = named_in_english(name + kind.group())
            if found:
                return Mention(start, kind.end(), text[start : kind.end()], found)
            continue  # Qinghe City is none of the counties of that name
        found = english_forms().get(fold_english(name), ())
        found = tuple(
            p for p in found if " " in name or p.level == "nation" or (p.short_is_safe and len(name) > 3)
        )
        if found:
            return Mention(start, end, name, _likely(found[0].short, found))
    return None


def _ends(text: str, start: int) -> Iterator[int]:
    """Where a name that begins here may end: after each of the next words with a capital."""
    position = start
    for _ in range(_LONGEST_ENGLISH):
        token = _TOKEN.match(text, position) or re.compile(r"of|and").match(text, position)
        if not token:
            return
        yield token.end()
        position = token.end() + 1
        if text[token.end() : position] not in (" ", "'"):
            return
