"""The automatic numbers of a Word document's paragraphs, which stand nowhere in its text."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from rag.read.readers.counting import count_in
from rag.read.readers.ooxml import child, children, is_on, number, value

_BULLETS = "—–•●▪◆■·◇□○★※"
_MAX_BASES = 20  # styles that a style is based on, one on the other


class Styles:
    """The paragraph styles: their names, and their properties with what they inherit."""

    def __init__(self, root: Element) -> None:
        self._styles = {value(style, "styleId"): style for style in children(root, "style")}

    def name(self, style_id: str | None) -> str:
        """The name of a style; empty if there is none."""
        return value(child(self._styles.get(style_id), "name")) or ""

    def find(self, style_id: str | None, *names: str) -> tuple[Element, str] | None:
        """A paragraph property of a style or of one it is based on, and the id of the style that has it."""
        for _ in range(_MAX_BASES):
            style = self._styles.get(style_id)
            if style is None or style_id is None:
                return None
            found = child(style, "pPr", *names)
            if found is not None:
                return found, style_id
            style_id = value(child(style, "basedOn"))
        return None


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list is numbered; `text` holds %1 for the number of the first level."""

    start: int
    form: str
    text: str
    restart: int | None  # the level (counted from 1) behind which it starts again; 0 for never
    legal: bool
    style: str | None


class Numbering:
    """Counts the numbered paragraphs of a document, given in their order."""

    def __init__(self, root: Element, styles: Styles) -> None:
        self._styles = styles
        self._lists = {value(item, "abstractNumId"): item for item in children(root, "abstractNum")}
        self._uses = {value(item, "numId"): item for item in children(root, "num")}
        self._levels: dict[str, dict[int, _Level]] = {}
        self._counts: dict[str, dict[int, int]] = {}  # by the list that is counted
        self._restarted: set[str] = set()

    def next_number(self, paragraph: Element) -> str:
        """The number of the next paragraph as Word shows it; empty if it has none."""
        properties = child(paragraph, "pPr")
        style = value(child(properties, "pStyle"))
        inherited = self._styles.find(style, "numPr", "numId")
        use = value(child(properties, "numPr", "numId")) or value(inherited[0] if inherited else None)
        if not use or use == "0" or use not in self._uses:
            return ""
        levels = self._levels_of(use)
        at = child(properties, "numPr", "ilvl")
        found = self._styles.find(style, "numPr", "ilvl") if at is None else None
        level = number(found[0] if found else at)
        if level is None:
            names = {style, inherited[1] if inherited else style} - {None}
            level = next((deep for deep, one in levels.items() if one.style in names), 0)
        return self._count(use, levels, level)

    def _levels_of(self, use: str) -> dict[int, _Level]:
        if use not in self._levels:
            levels = {number(e, "ilvl") or 0: _level(e) for e in children(self._list_of(use), "lvl")}
            for override in children(self._uses[use], "lvlOverride"):
                at = number(override, "ilvl") or 0
                own = child(override, "lvl")
                if own is not None:
                    levels[at] = _level(own)
                start = number(child(override, "startOverride"))
                if start is not None and at in levels:
                    levels[at] = replace(levels[at], start=start)
            self._levels[use] = levels
        return self._levels[use]

    def _list_of(self, use: str) -> Element | None:
        """The list that a use refers to, directly or through a numbering style."""
        found = self._lists.get(value(child(self._uses.get(use), "abstractNumId")))
        linked = value(child(found, "numStyleLink"))
        if linked is None:
            return found
        named = (item for item in self._lists.values() if value(child(item, "styleLink")) == linked)
        return next(named, found)

    def _count(self, use: str, levels: dict[int, _Level], at: int) -> str:
        level = levels.get(at)
        if level is None:
            return ""
        key = value(self._list_of(use), "abstractNumId") or use
        counts = self._counts.setdefault(key, {})
        if use not in self._restarted:
            self._restarted.add(use)
            for override in children(self._uses[use], "lvlOverride"):
                if child(override, "startOverride") is not None:
                    counts.pop(number(override, "ilvl") or 0, None)
        counts[at] = counts.get(at, level.start - 1) + 1
        for deeper in [other for other in counts if other > at]:
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or at < restart:
                del counts[deeper]
        return _render(levels, counts, level)


def _level(element: Element) -> _Level:
    forms = [value(form) for form in element.iter() if form.tag.endswith("}numFmt")]
    start = number(child(element, "start"))
    return _Level(
        start=1 if start is None else start,
        form=next((form for form in forms if form and form != "custom"), "decimal"),
        text=value(child(element, "lvlText")) or "",
        restart=number(child(element, "lvlRestart")),
        legal=is_on(child(element, "isLgl")),
        style=value(child(element, "pStyle")),
    )


def _render(levels: dict[int, _Level], counts: dict[int, int], level: _Level) -> str:
    if level.form == "none":
        return re.sub(r"%\d", "", level.text)
    if level.form == "bullet":
        return level.text if level.text and set(level.text) <= set(_BULLETS) else "•"

    def write(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        if at not in levels:
            return ""
        form = "decimal" if level.legal else levels[at].form
        return count_in(counts.setdefault(at, levels[at].start), form)

    return re.sub(r"%([1-9])", write, level.text)
