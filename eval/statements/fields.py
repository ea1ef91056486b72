"""One statement against one that is known, field by field.

>>> known = {"value": "5.2", "upper": None, "unit": "%", "qualifier": "左右", "subject": "地区生产总值",
...     "measure": "growth", "flow": None, "status": "planned", "place": "青禾市", "entity": None,
...     "period": {"kind": "year", "start": 2025, "end": 2025, "part": None}}
>>> read = {**known, "value": "5.20", "subject": "全市地区生产总值", "place": "青禾", "status": "actual"}
>>> [name for name, right in compare(known, read).items() if not right]
['status', 'all']
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

FIELDS = ("value", "unit", "qualifier", "subject", "measure", "flow", "period", "status", "place")
_COUNTED = tuple(name for name in FIELDS if name != "flow")  # careful readers differ about the flow
_LIKE = 0.67  # F1 of two subjects' pairs of characters from which they are taken for one
_QUALIFIERS = {
    "超过": "超",
    "突破": "超",
    "逾": "超",
    "多": "超",
    "余": "超",
    "不少于": "以上",
    "不低于": "以上",
    "不超过": "以内",
    "morethan": "over",
    "exceeded": "over",
    "exceeding": "over",
    "above": "over",
    "around": "about",
    "approximately": "about",
}
_STRIVING = ("力争", "努力", "迈上", "超额完成")  # a wish and no bound: reading none is as good
_GROUPS = {"point": "year"}  # the stock at the end of a year and the flow of it are told apart by few readers
Row = Mapping[str, Any]


def compare(known: Row, read: Row) -> dict[str, bool]:
    """Which fields agree; `all` is for every one but the flow."""
    known, read = _unsigned(known), _unsigned(read)
    statuses = {known["status"], read["status"]}
    right = {
        "value": _number(known["value"]) == _number(read["value"])
        and _number(known.get("upper")) == _number(read.get("upper")),
        "unit": _unit(known["unit"]) == _unit(read["unit"]),
        "qualifier": _qualifier(known["qualifier"]) == _qualifier(read["qualifier"])
        or known["qualifier"] in _STRIVING,
        "subject": subject_likeness(known["subject"], read["subject"]) >= _LIKE,
        "measure": known["measure"] == read["measure"],
        "flow": (known["flow"] or None) == (read["flow"] or None),
        "period": _period(known["period"]) == _period(read["period"]),
        "status": len(statuses) == 1 or statuses == {"actual", "estimated"},
        "place": _same_place(known["place"], read["place"])
        or bool(known.get("entity") and read.get("entity")),
    }
    return {**right, "all": all(right[name] for name in _COUNTED)}


def _unsigned(row: Row) -> Row:
    """A growth below zero as the decline that it is.

    >>> _unsigned({"measure": "growth", "value": "-3.2"})["measure"]
    'decline'
    """
    value = _number(row["value"])
    if row["measure"] == "growth" and value is not None and value < 0:
        return {**row, "measure": "decline", "value": str(-value)}
    return row


def _unit(unit: str | None) -> str:
    """A unit as it is compared: per cent by its sign."""
    return re.sub("per ?cent(?!age)", "%", fold(unit))


def fold(text: str | None) -> str:
    """A text in simplified characters of one width, without spaces and commas."""
    folded = unicodedata.normalize("NFKC", text or "")
    if any("\u4e00" <= letter <= "\u9fff" for letter in folded):
        folded = str(_simplifier().convert(folded))
    return "".join(folded.replace(",", "").replace("∶", ":").split())


@cache
def _simplifier() -> Any:
    from opencc_purepy import OpenCC

    return OpenCC("t2s")


def subject_likeness(one: str | None, other: str | None) -> float:
    """F1 of the pairs of characters of two subjects.

    >>> subject_likeness("生产总值", "生产总值"), subject_likeness("生产总值", "粮食")
    (1.0, 0.0)
    """
    pairs, others = _pairs(one), _pairs(other)
    total = pairs.total() + others.total()
    return 2 * (pairs & others).total() / total if total else 0.0


def _pairs(text: str | None) -> Counter[str]:
    letters = "".join(letter for letter in fold(text).lower() if letter.isalnum())
    return Counter(letters[i : i + 2] for i in range(len(letters) - 1)) or Counter(
        [letters] if letters else []
    )


def _number(value: Any) -> Decimal | None:
    try:
        return None if value is None else Decimal(str(value))
    except InvalidOperation:
        return None


def _qualifier(word: str | None) -> str | None:
    folded = fold(word)
    return _QUALIFIERS.get(folded, folded) or None


def _period(period: Row | None) -> tuple[Any, ...] | None:
    if not period:
        return None
    kind = _GROUPS.get(period["kind"], period["kind"])
    if kind == "open":
        return (kind,)
    if kind == "year":
        return kind, period["end"]
    return kind, period["start"], period["end"], period.get("part") if kind == "part" else None


def _same_place(one: str | None, other: str | None) -> bool:
    """Whether one name holds the other: 青禾 and 青禾市, 中国 and 全国."""
    short, long = sorted((_place(one), _place(other)), key=len)
    return bool(short) and short in long


def _place(name: str | None) -> str:
    return fold(name).replace("中国", "全国").replace("China", "全国").rstrip("省市")
