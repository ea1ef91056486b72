"""What the letters of a form stand for: indicators, members of a group, parts of a whole, things with names.

>>> from random import Random
>>> one = draw_subjects(Random(1), named("zh", "shared_head_decline"), "AB", Scene("zh", "city", 2025))
>>> one["A"].name, one["B"].name, one["B"].words["short"]
('道路交通事故起数', '道路交通事故受伤人数', '受伤人数')
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from random import Random
from typing import Any

from eval.made.forms import Form, named
from eval.made.places import stems
from eval.made.sources import load

__all__ = ["Scene", "Subject", "draw_subjects", "indicators", "named"]


@dataclass(frozen=True, slots=True)
class Subject:
    """The name as it is written, its indicator, and other words of it (act, short, entity)."""

    name: str
    name_en: str
    indicator: Mapping[str, Any]
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scene:
    """The document that a sentence is for: its language, the level of its place, its year."""

    language: str
    level: str
    year: int


@cache
def indicators(kind: str) -> tuple[Mapping[str, Any], ...]:
    """The indicators that a sentence form may draw for a kind of letter."""
    every = [*load("indicators")["indicators"], *load("things")["indicators"]]
    if "whole" in kind:
        kinds, least = {"stock"} if kind == "stock_whole" else {"flow", "index"}, 2 if "two" in kind else 1
        return tuple(one for one in every if one["kind"] in kinds and len(one.get("parts", ())) >= least)
    return tuple(one for one in every if one["kind"] == kind)


def draw_subjects(rng: Random, form: Form, letters: Iterable[str], scene: Scene) -> dict[str, Subject]:
    """A subject for each letter, no two alike."""
    letters = sorted(letters)
    if form.group:
        return _members(rng, form.group, letters)
    drawn: dict[str, Subject] = {}
    used: set[str] = set()
    for letter in letters:
        kind = form.draw.get(letter, "flow")
        if kind == "part":
            subject = _part(rng, drawn["A"], used, scene)
        elif kind == "entity":
            subject = _named_thing(rng)
        elif kind.startswith("like "):
            subject = _like(rng, drawn[kind[-1]])
        else:
            shares = f"like {letter}" in form.draw.values()
            subject = _shared(rng) if shares else _subject(rng, kind, used, scene)
        used.add(subject.name_en)
        drawn[letter] = subject
    return drawn


def _members(rng: Random, kind: str, letters: list[str]) -> dict[str, Subject]:
    """Members of one group: 生产安全事故起数 and its 死亡人数; 肉类, 禽蛋 and their 产量."""
    groups = [
        one for one in load("groups")["groups"] if one["kind"] == kind and len(one["items"]) >= len(letters)
    ]
    group = rng.choice(groups)
    places = sorted(rng.sample(range(len(group["items"])), len(letters)))
    members = {}
    for letter, i in zip(letters, places, strict=True):
        item, head, tail = group["items"][i], group.get("head", ""), group.get("tail", "")
        unit = group["units"][i] if "units" in group else group["unit"]
        name = head + item + tail
        members[letter] = Subject(
            name, name, {**group, "names": [name], "unit": unit}, {"short": item, "tail": tail}
        )
    return members


def _subject(rng: Random, kind: str, used: set[str], scene: Scene) -> Subject:
    options = indicators(kind)
    while True:
        one = rng.choice(options)
        if one["en"] not in used and one.get("since", 0) <= scene.year - 5:
            break
    if scene.language == "en":
        return Subject(one["en"], one["en"], one)
    name = one["nation"] if scene.level == "nation" and "nation" in one else rng.choice(one["names"])
    return Subject(name, one["en"], one, _words(name, one, rng.choice(one.get("acts", [""])), rng))


def _words(name: str, one: Mapping[str, Any], act: str, rng: Random) -> dict[str, str]:
    acted = name if act in load("things")["bare"] else act + name
    return {"act": act, "acted": acted, "did": rng.choice(one.get("dids", [""]))}


def _shared(rng: Random) -> Subject:
    """A thing that is done by an act by which others are, too."""
    acts = Counter(act for one in indicators("work") for act in one["acts"])
    options = [(one, act) for one in indicators("work") for act in one["acts"] if acts[act] > 1]
    return _work(rng, *rng.choice(options))


def _like(rng: Random, first: Subject) -> Subject:
    """Another thing that is done by the act of the first: 新建农村公路, 污水管网."""
    act = first.words["act"]
    options = [one for one in indicators("work") if act in one["acts"] and one["en"] != first.name_en]
    return _work(rng, rng.choice(options), act)


def _work(rng: Random, one: Mapping[str, Any], act: str) -> Subject:
    return Subject(one["names"][0], one["en"], one, _words(one["names"][0], one, act, rng))


def _part(rng: Random, whole: Subject, used: set[str], scene: Scene) -> Subject:
    names, english = whole.indicator["parts"], whole.indicator["parts_en"]
    left = [i for i, name in enumerate(english) if name not in used] or [0]
    i = rng.choice(left)
    part = {**whole.indicator, "whole": whole.name_en}
    return Subject(names[i] if scene.language == "zh" else english[i], english[i], part)


def _named_thing(rng: Random) -> Subject:
    one = rng.choice(load("groups")["entities"])
    (s, _), (t, _) = rng.sample(stems(), 2)
    entity = one["name"].replace("{s}", s[0]).replace("{t}", t[-1])
    row = {**one, "names": [one["metric"]], "scaled": False}
    return Subject(one["metric"], one["metric"], row, {"entity": entity})
