"""Headings: which lines are headings, how deep, and where a run-in heading ends.

>>> [find_marker(line) for line in ("一、主要目标", "(二)约束性指标", "1.加快建设", "1.5万个")]
[('han', 2), ('han_brackets', 3), ('arabic', 2), None]
>>> text = "1.提升社会保障水平光明科学城人才港一期开园运营。"
>>> text[:run_in_heading_end(text, 2)]
'1.提升社会保障水平'
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from rag.language import load_toml, normalize
from rag.read.reading import Line

_LONGEST_MARKER = 24  # characters in which the number of a heading must end
_MAX_HEADING_ENGLISH = 110
_MAX_HEADING = 42  # longest heading on a line of its own, in characters
_MAX_RUN_IN = 30  # longest heading that runs into its paragraph
_BEFORE_BLANK = r"[^\s,，。;；:：!！?？\d]{2,16}(?=[ \u3000]\S{20})"  # 一、综合 初步核算,...
_MIN_BODY = 8  # what follows a heading without punctuation is a sentence, not the heading's predicate


@cache
def outline_data() -> dict[str, Any]:
    """The language data about headings (`data/outline.toml`)."""
    return load_toml("read/outline.toml")


@cache
def _markers() -> tuple[tuple[str, re.Pattern[str]], ...]:
    kinds = outline_data()["markers"]["kinds"]
    return tuple((kind["name"], re.compile(kind["pattern"])) for kind in kinds)


def heading_rank(name: str) -> int:
    """How far out a kind of heading stands; 0 is the outermost.

    Besides the markers there are "plain_top", a heading without a number that tells year and status, and
    "plain", any other without a number.
    """
    ranks = [kind for kind, _ in _markers()]
    ranks.insert(ranks.index("han"), "plain_top")
    return (*ranks, "plain").index(name)


def find_marker(line: str) -> tuple[str, int] | None:
    """The kind of heading marker that a stripped line starts with and its length, or None."""
    plain = normalize(line[:_LONGEST_MARKER])
    for name, pattern in _markers():
        match = pattern.match(plain)
        if match and match.end() < len(line):
            return name, match.end()
    return None


def bullet_length(line: str) -> int:
    """The length of the bullet that a stripped line starts with, or 0."""
    match = re.match(rf"(?:{outline_data()['markers']['bullet']})\s*", line)
    return match.end() if match else 0


def is_heading_line(line: str) -> bool:
    """Whether a marked line is a heading and nothing else.

    >>> [is_heading_line(t) for t in ("(六)坚持民生优先;", "1.地区生产总值增长8%;", "(一)落实。各单位须")]
    [True, False, False]
    """
    body = line.rstrip("。;；:：. ")
    marker = find_marker(line)
    longest = _MAX_HEADING_ENGLISH if body.isascii() else _MAX_HEADING
    return (
        len(body) <= longest
        and not re.search(r"[。；;]|[a-z]\. [A-Z]", body)
        and not _has_figure(body[marker[1] :] if marker else body)
    )


def _has_figure(text: str) -> bool:
    from rag.language import find_quantities

    return any(char.isdigit() for q in find_quantities(text) for char in q.text)


def plain_heading_rank(line: Line, follower: Line | None, telling: bool) -> int | None:
    """The rank of a heading without a number; None for a line that is no heading.

    One is that the file marks as such, or a short line without a figure that ends no sentence and has a
    paragraph or a heading below it. `telling`: its words say of which year it reviews or plans.

    >>> body = Line("全市地区生产总值增长5%,规模以上工业增加值增长6%,固定资产投资增长7%,消费增长8%。")
    >>> texts = "2024年工作回顾", "省长 胡玉亭", "增长5%"
    >>> [plain_heading_rank(Line(text), body, False) is not None for text in texts]
    [True, False, False]
    """
    text = line.text
    top, inner = heading_rank("plain_top"), heading_rank("plain")
    if line.level:
        return top if telling else min(inner, top + 2 * (line.level - 1))
    data = outline_data()["plain"]
    short = data["shortest"] <= len(text) <= data["longest"]
    if not short or re.search(data["never"], text) or _has_figure(text) or bullet_length(text):
        return None
    if follower is None or follower.cells:
        return None
    long = len(follower.text) >= data["paragraph"]
    if text.endswith("。"):
        return inner if long and len(text) <= data["longest_sentence"] else None
    if telling:
        return top
    body = long or (len(follower.text) >= data["sentence"] and follower.text.endswith("。"))
    return inner if body or find_marker(follower.text) else None


def run_in_heading_end(line: str, marker: int) -> int:
    """Where the heading ends that runs into its paragraph; `marker` if the line has none."""
    spaced = re.match(_BEFORE_BLANK, line[marker:])
    if spaced:
        return marker + spaced.end()
    stop = line.find("。", marker)
    unpunctuated = _unpunctuated_end(line, marker, stop if stop >= 0 else len(line))
    if unpunctuated:
        return unpunctuated
    if 0 <= stop - marker <= _MAX_RUN_IN and not _has_figure(line[marker:stop]):
        return stop
    return marker


def _unpunctuated_end(line: str, marker: int, stop: int) -> int | None:
    data = outline_data()["run_in"]
    window = line[: min(stop, marker + _MAX_RUN_IN + 4)]
    for tail in data["tails_strong"]:
        for match in re.finditer(tail, window[marker:]):
            end = marker + match.end()
            body = re.match(r"[^的和与及、,，。；;：:)）”]", line[end:])
            if end - marker >= 6 and body and stop - end >= _MIN_BODY:
                return end
    openers = "|".join(map(re.escape, data["openers"]))
    tails = "|".join(data["tails"])
    for match in re.finditer(rf"(?:{tails})(?={openers})", window[marker:]):
        end = marker + match.end()
        if end - marker >= 6 and not re.search(r"[,，;；:：]", line[marker:end]):
            return end
    return None


def topic_end(sentence: str, first: bool, after_topic: bool, place: str) -> int | None:
    """Where the topic ends that `sentence` states: its length, less for one that runs on, or None.

    `first`: it opens the paragraph; `after_topic`: it follows a topic sentence directly.

    >>> topic_end("固定资产投资量质齐升。", False, False, "光明区")
    10
    >>> topic_end("招商引资成果显著大力推动全员招商,招引项目193个。", False, False, "光明区")
    8
    >>> topic_end("光明社会福利院正式运营。", False, False, "光明区") is None
    True
    """
    data = outline_data()["topics"]
    body = sentence.rstrip("。！!")
    if len(body) == len(sentence) or after_topic:
        return None
    if first and _is_plain(body, data["max_length_first"]):
        return len(body)
    if not _is_plain(body, data["max_length"]) or body.endswith(tuple(data["event_endings"])):
        return _running_topic_end(body)
    if body.startswith(tuple(data["body_openers"])) or _names_place(body, place):
        return None
    return len(body)


def _is_plain(body: str, longest: int) -> bool:
    return 4 <= len(body) <= longest and not re.search(outline_data()["topics"]["forbidden"], body)


def _names_place(body: str, place: str) -> bool:
    unquoted = re.sub(r"“[^”]*”", "", body)
    short = place.rstrip("省市区县") if len(place) > 2 else place
    return bool(short) and short in unquoted


@cache
def _running_topic() -> re.Pattern[str]:
    data = outline_data()["run_in"]
    adverbs, verbs = "|".join(data["predicate_adverbs"]), "|".join(data["predicate_verbs"])
    openers = "|".join(map(re.escape, data["openers"]))
    return re.compile(
        rf"[^\d,，;；:：、。]{{2,10}}?(?:(?:{adverbs})(?:{verbs})|{'|'.join(data['predicates'])})"
        rf"(?=(?:{openers}|\w{{2,4}}[省市区县])\w{{4}})"
    )


def _running_topic_end(body: str) -> int | None:
    if body.startswith(tuple(outline_data()["run_in"]["openers"])):
        return None
    match = _running_topic().match(body)
    return match.end() if match else None
