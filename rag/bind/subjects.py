"""What a figure is said of: head noun with every modifier, act and negation, as a table would call the row.

>>> from rag.bind.slots import read_slots
>>> text = "新增博士点23个、硕士点90个，25所县级公立医院新晋三级医院，快递业务量突破60亿件、增长5%。"
>>> last = None
>>> for slot in read_slots(text):
...     last = name_subject(text, slot, last)
...     print(last.text)
新增博士点
新增硕士点
新晋三级医院的县级公立医院
快递业务量
快递业务量
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from rag.bind.cuts import bare_noun, cut_time, cuts_data
from rag.bind.slots import Slot
from rag.bind.words import alternation, leading_noun, new_act, strip_head, strip_tail, words_data
from rag.language import load_toml
from rag.schema import RELATIVE, Span

_COUNTED = re.compile(r"^(?:count|person|visit|number)")
_NOTHING = "，,；;。、（）)(的"  # behind a figure: no thing that it counts
_ADDED = re.compile(r"^(?:加上?|减去|扣除)")
_GAP = re.compile(
    r"(?:高于|低于|好于|快于|高出|优于|超过)(?:全国|全省|全市|上年|去年|同期|预期|年度)[^，,；;。]{0,10}$"
)  # 高于全国0.4个百分点
_OWNED = re.compile(r"的(?P<thing>[^，,；;。、]{2,30})")
_ASIDE = re.compile("考虑|扣除|剔除|按|同口径|根据|据")
_DONE = re.compile(  # 畜牧业实现产值 is 畜牧业产值
    r"(?<=.)(?:实现|完成|创造)(?=增加值|产值|总产值|营业收入|营收|收入|利润|利税|税收|投资|零售额|销售|出口|进口)"
)


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject; `act` is a verb that items behind it share, `stem` the noun they may carry on with.

    `inherited`: it is that of the figure before. `budget` is the budget that was named last.
    """

    text: str
    act: str = ""
    stem: str = ""
    inherited: bool = False
    budget: str = ""


def name_subject(
    sentence: str, slot: Slot, last: Subject | None, ahead: str = "", topic: str = ""
) -> Subject:
    """The subject of a figure; `last` is that of the figure before it, `ahead` the clauses before its own.

    `topic` is the heading or the sentence before: what a figure without any words beside it is of.
    """
    found = _name(sentence, slot, last, ahead, topic)
    text = _DONE.sub("", found.text)
    match = re.match(cuts_data()["parts"]["whole"], text)
    budget = match["whole"] if match else last.budget if last else ""
    return replace(found, text=text, stem=_DONE.sub("", found.stem), budget=budget)


def _name(sentence: str, slot: Slot, last: Subject | None, ahead: str, topic: str) -> Subject:
    after = _behind(sentence, slot)
    tail = strip_tail(without_reference(_stretch(sentence, slot.before), slot))
    noun = cut_time(tail.kept)
    if _counts_behind(slot, after):
        return _count(noun, after, last if not slot.first else None)
    bare = bare_noun(noun)
    if (gap := _GAP.search(bare)) and last and len(bare) - len(gap[0]) < 2:
        return Subject((last.stem or last.text) + gap[0], last.act, last.stem or last.text)
    if "新增" in tail.stripped and bare not in _words("empty"):
        return Subject("新增" + bare, "", bare)
    if part := _budget_part(bare, last, ahead or topic):
        return part
    if bare in _words("levels") and last:
        return Subject((last.stem or last.text) + bare, "", last.stem or last.text)
    if not bare or bare in _words("empty"):
        return _carry(noun, slot, after, last, ahead or topic)
    side = re.split("[、，,]", bare)[-1]
    if side in _words("aspects") and (bare == side or _owner(after)):
        stem = _owner(after) or _thing(last) or _last_noun(ahead)
        return Subject(stem + side if stem and not stem.endswith(side) else side, "", stem or side)
    act = new_act(bare)
    if (
        not act
        and last
        and last.act
        and not slot.first
        and not re.search("[增降减提升缩达到为]", tail.stripped)
    ):
        return Subject(last.act + bare, last.act, bare)
    return Subject(bare, act or _leading_act(bare), _rates().sub("", bare))


def _stretch(sentence: str, span: Span) -> str:
    return sentence[span.start : span.end].strip(" 　")


def _behind(sentence: str, slot: Slot) -> str:
    """What stands behind a figure and its qualifier."""
    return _stretch(sentence, slot.after).lstrip("左右以上内多余")


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(load_toml("bind/subjects.toml")[name]["words"])


@cache
def _references() -> tuple[re.Pattern[str], ...]:
    return tuple(
        re.compile(f"(?:{pattern})$") for pattern in load_toml("bind/subjects.toml")["references"]["words"]
    )


def without_reference(before: str, slot: Slot) -> str:
    """What stands before a figure without what it is compared with, or a share or a rank of."""
    relative = slot.quantity.unit_class in RELATIVE or slot.quantity.unit_class == "rank"
    for pattern in _references():
        kept = strip_tail(before).kept
        if relative and (match := pattern.search(before)):
            return before[: match.start()]
        if match := pattern.search(kept):
            return kept[: match.start()]
    return before


def _counts_behind(slot: Slot, after: str) -> bool:
    """Whether the thing that is counted stands behind the figure."""
    quantity = slot.quantity
    if not after or quantity.unit_class in RELATIVE or after[0] in _NOTHING:
        return False
    if not (_COUNTED.match(quantity.unit_class) or quantity.unit in ("", "万", "亿")):
        return False
    return leading_noun(after) >= 2 and not _predicates().match(after)


@cache
def _predicates() -> re.Pattern[str]:
    words = words_data()
    names = alternation(words["names"]["followers"])
    return re.compile(f"(?:{alternation(words['predicates']['words'])})(?!{names})")


def _count(noun: str, after: str, last: Subject | None) -> Subject:
    """The subject of a figure that counts what stands behind it: its predicate, or its act, goes first."""
    end = leading_noun(after)
    thing, predicate = after[:end].strip("的"), after[end:].strip("，,。；; ")
    if not noun and last and last.act and not predicate:
        return Subject(last.act + thing, last.act, thing)
    examples = noun.endswith("等") or "、" in noun  # 新开工A至B等2个项目
    act = new_act(noun) or _leading_act(noun)
    lead = act if examples else "" if strip_head(noun + "〇") == "〇" else noun
    if lead and act:
        lead = lead if len(lead) - len(act) < 8 else act
    elif lead:
        act = lead = strip_head(lead)
    if predicate and not lead:
        return Subject(f"{_told(predicate)}的{thing}", "", thing)
    return Subject(lead + thing, act, thing)


def _told(predicate: str) -> str:
    """A predicate without the verb that only says that it was done: 实现上云上平台."""
    told = re.sub("^(?:实现|完成|达到)了?", "", predicate)
    return told if len(told) > 1 else predicate


@cache
def _acts() -> re.Pattern[str]:
    return re.compile(f"(?:{alternation(sorted(_words('acts')))})")


def _leading_act(text: str) -> str:
    match = _acts().match(text)
    return match[0] if match else ""


@cache
def _rates() -> re.Pattern[str]:
    rates = words_data()["rates"]
    return re.compile(f"(?:{alternation([*rates['growth'], *rates['decline']])})$")


def _budget_part(bare: str, last: Subject | None, ahead: str) -> Subject | None:
    """The revenue, the expenditure or a component of the budget that was named before; None for others."""
    parts = cuts_data()["parts"]
    side = re.match(parts["side"], bare)
    if not side and not re.match(parts["component"], bare):
        return None
    whole = last.budget if last else ""
    if not whole and side and re.search("预算|基金|决算", named := _thing(last) or _last_noun(ahead)):
        whole = named
    name = whole + _ADDED.sub("", bare)
    return Subject(name, "", name) if whole else None


def _carry(noun: str, slot: Slot, after: str, last: Subject | None, ahead: str) -> Subject:
    """The subject of a figure that has none of its own beside it."""
    if owner := _owner(after):
        return Subject(owner, "", owner)
    if last and not slot.first and not noun and _predicates().match(after):  # 158项|实现省内通办
        return Subject(f"{_told(after)}的{last.stem}", "", last.stem)
    verb = noun.strip("，、 ")
    if last and not (slot.first and after and verb):
        stem = last.stem or last.text
        return Subject(stem, last.act, stem, True)
    if after and verb:
        return Subject(verb + after, "", after)
    stem = _last_noun(ahead) or verb or after
    return Subject(stem, "", stem, True)


def _owner(after: str) -> str:
    """The thing that a size or a share in front of it belongs to: 总规模500亿元|的产业基金."""
    match = _OWNED.match(after)
    if not match:
        return ""
    end = leading_noun(match["thing"])
    thing, predicate = match["thing"][:end], match["thing"][end:]
    return f"{predicate}的{thing}" if predicate and len(predicate) > 2 else thing


def _thing(last: Subject | None) -> str:
    """What the subject before is about, without the side of it that its figure told."""
    if last is None:
        return ""
    return _sides().sub("", last.stem or last.text)


@cache
def _sides() -> re.Pattern[str]:
    return re.compile(f"(?<=..)(?:{alternation(sorted(_words('aspects')))})$")


def _last_noun(ahead: str) -> str:
    """What the nearest clause before is about."""
    for clause in reversed([part for part in re.split(r"[，,；;：:。]", ahead) if part.strip()]):
        kept = strip_head(strip_tail(cut_time(clause.strip())).kept)
        if len(kept) >= 2 and not _ASIDE.match(kept):
            return kept[: leading_noun(kept)] or kept
    return ""
