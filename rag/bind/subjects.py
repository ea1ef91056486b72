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
from dataclasses import dataclass
from functools import cache

from rag.bind.slots import Slot
from rag.bind.words import alternation, leading_noun, new_act, strip_head, strip_tail, words_data
from rag.language import load_toml
from rag.schema import RELATIVE, Span

_TIME = re.compile(
    r"(?:(?:到|至|截至|截止到?|于|在|自|从)?(?:(?:19|20)\d\d|[一二][〇零○一二三四五六七八九]{3})年(?:[底末初]|(?:\d{1,2}[-—至]?\d{0,2}月)(?:底|末)?)?(?:以来|期间|时|前|，|,)?"
    r"|[“\"]?[一二三四五六七八九十]{1,3}五[”\"]?(?:时期|期间|以来|末)?|(?:过去|近|这|前|最近)?[一二三四五六七八九十两\d]+年(?:来|间|以来|中)"
    r"|去年|今年(?:以来)?|上年|明年|当年|全年|年内|年末|年底|上半年|下半年|前三季度|[一二三四]季度|\d{1,2}[-—至]\d{1,2}月份?|目前|现在|累计)"
)
_ENDING_TIME = re.compile(
    r"(?:从|自|在|于|到|至)?(?:(?:19|20)\d\d|[一二][〇零○一二三四五六七八九]{3})年[底末]?(?:[至到—–-](?:(?:19|20)\d\d|[一二][〇零○一二三四五六七八九]{3})年[底末]?)?的?$"
)
_COUNTED = re.compile(r"^(?:count|person|visit|number)")
_SHARED = re.compile(r"(?:高于|低于|好于|快于|高出|优于)[^，,；;。]{1,14}$")
_CHANGES = re.compile(r"(?:(?:较|(?<!占)(?<!之)比(?![例重率]))[^，,；;。]{1,18}|(?:与|同)[^，,；;。]{1,18}相比)$")
_EXAMPLES = re.compile(r"等$")


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject; `act` is the verb that the items behind share, `stem` the noun that they may carry on with."""

    text: str
    act: str = ""
    stem: str = ""
    inherited: bool = False


def name_subject(sentence: str, slot: Slot, last: Subject | None, ahead: str = "") -> Subject:
    """The subject of a figure; `last` is that of the figure before it, `ahead` the clauses before its own."""
    before = _stretch(sentence, slot.before)
    after = _behind(sentence, slot)
    tail = strip_tail(_without_share(before, slot))
    noun = cut_time(tail.kept)
    counted = _counted(slot, after, noun)
    if counted:
        return counted_subject(noun, after, last if not slot.first else None)
    bare = strip_head(noun)
    if not bare or bare in _empty():
        return _carry(noun, slot, after, last, ahead)
    side = re.split("[、，,]", bare)[-1]
    if side in _aspects() and (bare == side or _owner(after)):
        bare = side
        stem = _owner(after) or (last.stem if last else "") or _last_noun(ahead)
        return Subject(stem + bare if stem and not stem.endswith(bare) else bare, "", stem or bare)
    act = new_act(bare)
    if not act and last and last.act and not slot.first and not _has_verb(tail.stripped):
        return Subject(last.act + bare, last.act, bare)
    kept = act or _leading_act(bare)
    return Subject(bare, kept, _rates().sub("", bare))


def _stretch(sentence: str, span: Span) -> str:
    return sentence[span.start : span.end].strip(" 　")


def _behind(sentence: str, slot: Slot) -> str:
    return _stretch(sentence, slot.after).lstrip("左右以上内多余") if slot.after.end > slot.after.start else ""


@cache
def _aspects() -> frozenset[str]:
    return frozenset(load_toml("bind/subjects.toml")["aspects"]["words"])


@cache
def _empty() -> frozenset[str]:
    return frozenset(load_toml("bind/subjects.toml")["empty"]["words"])


@cache
def _rates() -> re.Pattern[str]:
    rates = words_data()["rates"]
    return re.compile(f"(?:{alternation([*rates['growth'], *rates['decline']])})$")


@cache
def _acts() -> re.Pattern[str]:
    return re.compile(f"(?:{alternation(load_toml('bind/subjects.toml')['acts']['words'])})")


def _leading_act(text: str) -> str:
    match = _acts().match(text)
    return match[0] if match else ""


def cut_time(text: str) -> str:
    """Takes words of time and of connection off the beginning of a stretch."""
    kept = text
    while True:
        shorter = _TIME.sub("", kept, count=1) if _TIME.match(kept) else kept
        shorter = _ENDING_TIME.sub("", shorter).lstrip(" ，,、：:的")
        if shorter == kept:
            return kept
        kept = shorter


def _without_share(before: str, slot: Slot) -> str:
    """What stands before a figure without what it is compared with, or a share of."""
    if slot.quantity.unit_class in RELATIVE or slot.quantity.unit_class == "rank":
        match = re.search(r"(?:约?占|占到)[^，,；;。]{1,26}$", before)
        if match:
            return before[: match.start()]
        before = re.sub(r"(?:在?(?:全国|全省|全市|中部|西部|东部|同类)?(?:城市)?(?:中)?)?(?:排名|排位|位次)?(?:提升|上升|前移|居|位居|位列|列|升至|跃居|跃升至|排)?(?:全国|全省|全市|中部|西部|世界|全球|东部|沿海)?(?:地区|省份|城市)?(?:中)?$", "", before) if slot.quantity.unit_class == "rank" else before
    tail = strip_tail(before).kept
    return _CHANGES.sub("", tail) if _CHANGES.search(tail) else before


def _counted(slot: Slot, after: str, noun: str) -> bool:
    """Whether the thing that is counted stands behind the figure."""
    quantity = slot.quantity
    if not after or quantity.unit_class in RELATIVE or after[0] in "，,；;。、（）)(的":
        return False
    if not (_COUNTED.match(quantity.unit_class) or quantity.unit in ("", "万", "亿")):
        return False
    return leading_noun(after) >= 2 and not _acts_behind().match(after)


@cache
def _acts_behind() -> re.Pattern[str]:
    return re.compile(f"(?:{alternation(words_data()['predicates']['words'])})(?!{alternation(words_data()['names']['followers'])})")


def counted_subject(noun: str, after: str, last: Subject | None) -> Subject:
    """The subject of a figure that counts what stands behind it: its predicate, or its act, goes first."""
    end = leading_noun(after)
    thing, predicate = after[:end].strip("的"), after[end:].strip("，,。；; ")
    if not noun and last and last.act and not predicate:
        return Subject(last.act + thing, last.act, thing)
    lead = "" if _EXAMPLES.search(noun) or "、" in noun else noun
    act = new_act(lead) or _leading_act(lead)
    if not lead or strip_head(lead + "〇") == "〇":
        lead = ""
    elif act:
        lead = lead if len(lead) - len(act) < 8 else act
    else:
        lead = strip_head(lead)
    if predicate and not lead:
        return Subject(f"{predicate}的{thing}", "", thing)
    return Subject(lead + thing, act, thing)


def _carry(noun: str, slot: Slot, after: str, last: Subject | None, ahead: str) -> Subject:
    """The subject of a figure that has none of its own beside it."""
    owner = _owner(after)
    if owner:
        return Subject(owner, "", owner)
    if last and not slot.first:
        return Subject(last.stem or last.text, last.act, last.stem or last.text, True)
    verb = noun.strip("，、 ")
    if after and not slot.first is None and verb:
        return Subject(verb + after, "", after)
    if last:
        return Subject(last.stem or last.text, last.act, last.stem or last.text, True)
    stem = _last_noun(ahead) or verb or after
    return Subject(stem, "", stem, True)


def _owner(after: str) -> str:
    """The thing that a size in front of it belongs to: 总规模500亿元|的产业基金."""
    match = re.match(r"的(?P<thing>[^，,；;。、]{2,30})", after)
    return match["thing"][: leading_noun(match["thing"])] if match else ""


def _has_verb(stripped: str) -> bool:
    return bool(re.search(r"[增降减提升缩达到为]", stripped))


def _last_noun(ahead: str) -> str:
    """What the clause before is about, where it holds no figure of its own."""
    clauses = [part for part in re.split(r"[，,；;：:。]", ahead) if part.strip()]
    for clause in reversed(clauses):
        tail = strip_tail(cut_time(clause.strip()))
        kept = strip_head(tail.kept)
        if len(kept) >= 2:
            return kept[: leading_noun(kept)] or kept
    return ""
