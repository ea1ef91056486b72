r"""A reading as its document reads: what belongs to the page or the print goes, what was broken is joined.

>>> from rag.read.reading import plain_reading
>>> pages = plain_reading("一  、  2025年  预  算  执  行\n全  市  收  入  完  成  22\n—3—\n5.7亿  元  。")
>>> [line.text for line in clean(pages).lines]
['一、2025年预算执行', '全市收入完成225.7亿元。']
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from rag.language import load_toml
from rag.read.captions import belongs_to_table
from rag.read.contents import drop_contents
from rag.read.outline import bullet_length, find_marker
from rag.read.reading import Line, Reading, turns_of

_LONG = 40  # characters of a line that two documents hardly share by chance
_COPIED = 0.3  # the share of long lines that repeat others where a body stands several times
_HEAD = 12  # lines among which the title stands
_RUNNING = 3  # as often stands a running head at least
_RUNNING_LENGTH = 40
_SPACED = 0.35  # blanks for each Han character in letter-spaced text
_NARROW, _NARROW_ENGLISH = 15, 55  # no page is set narrower than so many characters
_WRAPPED = 0.4  # the share of unfinished lines in text that is broken at a margin
_END = tuple("。！？；：…!?;:”」』）)》.,")
_SENTENCE_END = tuple("。！？；!?;.")
_HAN = "\u4e00-\u9fff"
_TEXT = rf"[{_HAN}，。、；：（）“”《》—]"
_GLUE = re.compile(rf"(?<={_TEXT})[ \u3000]+(?={_TEXT}|[\d.%])|(?<=[\d.%])[ \u3000]+(?={_TEXT})")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d)\s(\d)(?=\s?年)|(?<!\d)((?:19|20))\s(\d\d)(?=\s?年)")
_BESIDE_FIGURE = re.compile(
    rf"(?<=\d)[ \u3000]+(?=[年月日%％])|(?<=[{_HAN}])[ \u3000]+(?=\d)"
    rf"|(?<=\d)(?<![表图]\d)(?<![表图]\d\d)[ \u3000]+(?=[{_HAN}])"
)
_TWO_LETTERS = re.compile(rf"(?P<one>[{_HAN}])[ \u3000]+(?P<two>[{_HAN}])")
_EMPHASIS = re.compile(r"\*\*+|^[•●▪◆■]\s*(?=[(（]?[一二三四五六七八九十]{1,3}[)）、])")  # **三、重点工作**
_EMPHASIS_BEFORE = re.compile(rf"(?:{_EMPHASIS.pattern})*")
_DATED = re.compile(
    r"[(（—–-]*\s*(?:(?:19|20)\d\d|二[〇○零]\S\S)年[\d一二三四五六七八九十]{1,2}月[\d一二三四五六七八九十]{1,3}日"
)
_NUMERAL = re.compile(r"[一二三四五六七八九十]{1,2}")


def clean(reading: Reading) -> Reading:
    """The lines of the document alone, tidy and whole; warnings tell what was odd about them."""
    lines = [replace(line, text=_fold(line.text)) for line in reading.lines]
    lines = drop_contents(_drop_tail(lines))
    lines = [line for line in lines if line.cells or not is_furniture(line.text)]
    lines = [_plain(line) for line in lines]
    lines = _drop_running_heads(lines)
    spaced = _is_spaced(lines)
    lines = [line if line.cells else replace(line, text=_close_up(line.text, spaced)) for line in lines]
    lines = _join_broken(lines)
    lines, copies = _drop_copies(lines)
    lines = [replace(x, text=drop_marks(x.text), cells=tuple(map(drop_marks, x.cells))) for x in lines]
    warnings = (*reading.warnings, *([f"the text stands in it {copies} times"] if copies > 1 else []))
    return replace(reading, lines=tuple(line for line in lines if line.text), warnings=warnings)


@cache
def _patterns(name: str) -> re.Pattern[str]:
    rules = load_toml("read/cleaning.toml")[name]
    return re.compile("|".join(f"(?:{rule['pattern']})" for rule in rules), re.IGNORECASE)


def is_furniture(line: str) -> bool:
    """Whether a stripped line belongs to the web page or the print and not to the document."""
    return bool(_patterns("furniture").fullmatch(line))


def opens_notes(line: str) -> bool:
    """Whether a line heads the glossary or the notes at the end.

    >>> opens_notes("名词解释"), opens_notes("注:本表为初步数。")
    (True, False)
    """
    return bool(_patterns("note").fullmatch(line))


@cache
def _radicals() -> dict[int, str]:
    """Every radical and compatibility form with the Han character that it shows."""
    data = load_toml("read/cleaning.toml")["radicals"]
    forms = [*range(0x2E80, 0x2FE0), *range(0xF900, 0xFB00)]
    table = {code: unicodedata.normalize("NFKC", chr(code)) for code in forms}
    return table | {ord(a): b for a, b in zip(data["from"], data["to"], strict=True)}


def _fold(text: str) -> str:
    """Radicals and compatibility forms as the Han characters that they show.

    >>> _fold("⻓江沿线⼯业和⺠生")
    '长江沿线工业和民生'
    """
    return text.translate(_radicals())


def _plain(line: Line) -> Line:
    """A line without the marks of emphasis of its file."""
    before = _EMPHASIS_BEFORE.match(line.text)
    at = line.at + before.end() if before and line.at is not None else line.at
    return replace(line, text=_EMPHASIS.sub("", line.text), at=at)


def _drop_tail(lines: Sequence[Line]) -> list[Line]:
    late = len(lines) * 4 // 5
    for i, line in enumerate(lines):
        if i >= late and _patterns("tail").fullmatch(line.text):
            return list(lines[:i])
    return list(lines)


def _drop_running_heads(lines: list[Line]) -> list[Line]:
    """Drops a short line that returns in the middle of sentences, but for the title itself."""
    keys = [re.sub(r"\d+", "#", line.text) for line in lines]
    seen: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    for i, (key, line) in enumerate(zip(keys, lines, strict=True)):
        if (
            line.cells
            or len(line.text) > _RUNNING_LENGTH
            or line.text.endswith(_END)
            or find_marker(line.text)
            or belongs_to_table(line.text)
        ):
            continue
        seen[key] += 1
        above = lines[i - 1].text if i else ""
        inside[key] += bool(above) and not above.endswith(_END) and len(above) > 10
    running = {key for key, n in seen.items() if n >= _RUNNING and 2 * inside[key] > n}
    kept: list[Line] = []
    for i, (key, line) in enumerate(zip(keys, lines, strict=True)):
        if key not in running or (i < _HEAD and keys.index(key) == i):  # the title, which a head repeats
            kept.append(line)
    return kept


def _blanks_for_each(text: str) -> float:
    """How many blanks there are for each Han character."""
    return len(re.findall(r"[ \u3000]+", text)) / max(1, len(re.findall(rf"[{_HAN}]", text)))


def _is_spaced(lines: Sequence[Line]) -> bool:
    """Whether a text is letter-spaced throughout."""
    long = [line.text for line in lines if len(line.text) > 10 and not line.cells]
    return 2 * sum(_blanks_for_each(text) > _SPACED for text in long) > len(long)


def _is_spelled(text: str) -> bool:
    """Whether every character stands alone, digits too: 2 0 2 5 年."""
    tokens = text.split()
    return len(tokens) > 4 and sum(len(token) == 1 for token in tokens) > 0.8 * len(tokens)


def _close_up(text: str, spaced: bool = False) -> str:
    """Letter-spaced text, and figures and years apart from their units, without the blanks.

    `spaced`: the whole text is letter-spaced.

    >>> _close_up("202 5 年末全市常住人口 120万人"), _close_up("一、综 合"), _close_up("省长 胡玉亭")
    ('2025年末全市常住人口120万人', '一、综合', '省长 胡玉亭')
    """
    blanks = len(re.findall(r"[ \u3000]+", text))
    han = len(re.findall(rf"[{_HAN}]", text))
    if not blanks or not han:
        return text
    if _is_spelled(text):
        return re.sub(r"[ \u3000]+", "", text)
    if spaced or (han > 4 and _blanks_for_each(text) > _SPACED):
        return _GLUE.sub("", text)
    marker = find_marker(text)
    if marker and _TWO_LETTERS.fullmatch(text[marker[1] :].strip()):
        return text[: marker[1]].rstrip() + _TWO_LETTERS.sub(r"\g<one>\g<two>", text[marker[1] :].strip())
    text = _YEAR.sub(lambda m: "".join(filter(None, m.groups())), text)
    if len(text) <= 3 * blanks:
        return text
    start = marker[1] if marker else 0
    return text[:start] + _BESIDE_FIGURE.sub("", text[start:])


def _join_broken(lines: list[Line]) -> list[Line]:
    """Puts lines together that were broken inside a sentence, a number or a pair of brackets."""
    wrapped = _wrap_width(lines)
    joined: list[Line] = []
    width = 0  # of the last of the lines that make up the last paragraph
    for line in lines:
        if joined and _goes_on(joined[-1], line, width, wrapped):
            last = joined[-1].text
            words = (
                last[-1].isascii()
                and last[-1].isalpha()
                and line.text[0].isascii()
                and line.text[0].isalpha()
            )
            text = last + (" " if words else "")
            joined[-1] = replace(
                joined[-1], text=text + line.text, turns=turns_of(joined[-1], line, len(text))
            )
        else:
            joined.append(line)
        width = len(line.text)
    return joined


def _wrap_width(lines: Sequence[Line]) -> int:
    """How long a full line is where the text is broken at a margin; 0 where it is not."""
    plain = [line.text for line in lines if not line.cells]
    long = [text for text in plain if len(text) >= 15]
    unfinished = [text for text in long if not text.endswith(_END)]
    if len(long) < 8 or len(unfinished) < _WRAPPED * len(long):
        return 0
    lengths = sorted(len(text) for text in unfinished)
    full = lengths[len(lengths) // 2]
    at_margin = sum(0.85 * full <= length <= 1.15 * full for length in lengths)
    narrow = _NARROW_ENGLISH if "".join(unfinished).isascii() else _NARROW
    return full if 2 * at_margin > len(lengths) and full >= narrow else 0


def _goes_on(above: Line, line: Line, width: int, wrapped: int) -> bool:
    """Whether `line` goes on with the text above; `width` is that of the line right above."""
    if above.cells or line.cells or above.level or line.level:
        return False
    last, text = above.text, line.text
    if text[0] in "，。、；：）》”！？,;":
        return True
    if _NUMERAL.fullmatch(last) and re.match(r"[一二三四五六七八九]\s*、", text):
        return True
    if _DATED.match(text) and not re.search("[，。；、：,:]", last):  # a title and when it was approved
        return False
    if last[-1] in "（《“、(":
        return not (find_marker(text) and last[-1] == "、")
    if find_marker(text) or bullet_length(text) or last.endswith(_SENTENCE_END):
        return False
    if last[-1] == "，" or (last[-1].isdigit() and re.match(r"[\d.．%％亿万千百年月日个元]", text)):
        return True
    if not wrapped or last[-1] in "：:" or _is_heading_alone(last, width, wrapped):
        return False
    return width > 0.6 * wrapped


def _is_heading_alone(text: str, width: int, wrapped: int) -> bool:
    """Whether a marked line ends short of the margin: a heading, and no part of a paragraph."""
    return find_marker(text) is not None and len(text) == width and width < 0.9 * wrapped


def _drop_copies(lines: list[Line]) -> tuple[list[Line], int]:
    """Keeps the first of several copies of the body; says how many there are."""
    counts = Counter(line.text for line in lines if len(line.text) >= _LONG and not line.cells)
    total = sum(counts.values())
    if not total or total - len(counts) < _COPIED * total:
        return lines, 1
    copies = max(counts.values())
    kept: list[Line] = []
    seen: set[str] = set()
    inside_copy = False
    for line in lines:
        if len(line.text) >= _LONG and not line.cells:
            inside_copy = line.text in seen
            seen.add(line.text)
        elif inside_copy and line.text not in seen:
            inside_copy = False
        if not inside_copy:
            kept.append(line)
            seen.add(line.text)
    return kept, copies


def drop_marks(text: str) -> str:
    """The text without the marks of notes that are glued to its words and figures."""
    marks = load_toml("read/cleaning.toml")["mark"]
    for name in ("bracketed", "circled", "raised"):
        text = re.sub(marks[name], "", text)
    return text
