"""The figures of one document: drawn once, and the same wherever they are told again.

>>> from random import Random
>>> values = Values(Random(1), 4.0)
>>> jobs = {"unit": "人", "low": 1800, "high": 9000, "decimals": 0, "unit_en": "", "factor_en": "1"}
>>> values.level(("城镇新增就业", 2025), jobs)
Value(number='7720', unit='人', upper=None)
>>> values.level(("城镇新增就业", 2025), jobs) == values.level(("城镇新增就业", 2025), jobs)
True
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

_LARGE = {
    "亿元": "万亿元",
    "万人": "亿人",
    "万人次": "亿人次",
    "万件": "亿件",
    "万美元": "亿美元",
    "万吨": "亿吨",
}
_GROUPED = "人个户套家张"  # told in ten thousands where there are so many


@dataclass(frozen=True, slots=True)
class Value:
    """A number as it is shown, with its unit; `upper` ends a range."""

    number: str
    unit: str
    upper: str | None = None


@dataclass(slots=True)
class Values:
    """Draws figures for a place of a size, in Chinese or English units."""

    rng: Random
    scale: float
    english: bool = False
    grouped: bool = True
    known: dict[tuple[Any, ...], Value] = field(default_factory=dict)

    def once(self, key: tuple[Any, ...], draw: Callable[[], Value]) -> Value:
        """The figure of a key; drawn where it is new."""
        value = self.known.get(key)
        if value is None:
            value = self.known[key] = draw()
        return value

    def level(self, key: tuple[Any, ...], indicator: Mapping[str, Any], scale: float = 1.0) -> Value:
        """An amount of an indicator."""
        return self.once(("level", *key), lambda: self._amount(indicator, scale))

    def before(self, key: tuple[Any, ...], now: Value) -> Value:
        """What the amount was from which it rose to `now`."""
        return self.once(("level", *key), lambda: self.earlier(now))

    def fraction(self, key: tuple[Any, ...], whole: Value, low: float, high: float) -> Value:
        """A part (or a multiple) of an amount, in its unit."""

        def draw() -> Value:
            decimals = len(whole.number.partition(".")[2])
            number = float(whole.number) * self.rng.uniform(low, high)
            return Value(_shown(number if decimals else max(1, number), decimals), whole.unit)

        return self.once(("level", *key), draw)

    def change(self, key: tuple[Any, ...], planned: bool) -> Value:
        """A growth in per cent; targets are round."""
        unit = "percent" if self.english else "%"
        if planned:
            return self.once(("growth", *key), lambda: Value(_shown(self.rng.randint(4, 24) / 2, 1), unit))
        return self.once(("growth", *key), lambda: Value(_shown(self.rng.randint(4, 189) / 10, 1), unit))

    def points(self, key: tuple[Any, ...]) -> Value:
        """A change of a rate."""
        unit = "percentage points" if self.english else "个百分点"
        return self.once(("points", *key), lambda: Value(_shown(self.rng.randint(2, 38) / 10, 1), unit))

    def share(self, key: tuple[Any, ...], low: int = 8, high: int = 62) -> Value:
        """A share in per cent."""
        unit = "percent" if self.english else "%"
        draw = self.rng.randint
        return self.once(("share", *key), lambda: Value(_shown(draw(low * 10, high * 10) / 10, 1), unit))

    def number(self, key: tuple[Any, ...], unit: str, low: int, high: int, decimals: int) -> Value:
        """A number of a unit between two bounds."""
        size = 10**decimals
        draw = self.rng.randint
        return self.once(
            ("number", *key), lambda: Value(_shown(draw(low * size, high * size) / size, decimals), unit)
        )

    def rank(self, key: tuple[Any, ...]) -> Value:
        """A place in a ranking."""
        return self.once(("rank", *key), lambda: Value(str(self.rng.randint(1, 20)), "位"))

    def times(self, key: tuple[Any, ...]) -> Value:
        """A growth told as a multiple."""
        return self.once(("times", *key), lambda: Value(_shown(self.rng.randint(11, 39) / 10, 1), "倍"))

    def growth_range(self, key: tuple[Any, ...]) -> Value:
        """A growth between two rates."""
        low, unit = self.rng.randint(8, 16) / 2, "percent" if self.english else "%"
        return self.once(("range", *key), lambda: Value(_shown(low, 1), unit, _shown(low + 0.5, 1)))

    def level_range(self, key: tuple[Any, ...], indicator: Mapping[str, Any]) -> Value:
        """An amount between two round ones."""

        def draw() -> Value:
            low = self._amount(indicator, 1.0)
            number = float(low.number)
            top = max(number * 1.1, number + 1 if "." not in low.number else number + 0.1)
            decimals = len(low.number.partition(".")[2])
            return Value(low.number, low.unit, _shown(round(top, decimals), decimals))

        return self.once(("levels", *key), draw)

    def _amount(self, indicator: Mapping[str, Any], scale: float) -> Value:
        low, high = indicator["low"], indicator["high"]
        size = self.scale * scale if indicator.get("scaled", True) else 1.0
        number = (low + (high - low) * self.rng.random() ** 2) * size
        if self.english:
            number *= float(indicator["factor_en"])
            decimals = 0 if not indicator["unit_en"] or number > 2000 else max(1, indicator["decimals"])
            return Value(_shown(max(number, 0.12), decimals), indicator["unit_en"])
        unit, decimals = indicator["unit"], indicator["decimals"]
        if number >= 10_000 and unit in _LARGE:
            return Value(_shown(number / 10_000, 2), _LARGE[unit])
        if number >= 10_000 and unit in _GROUPED and self.grouped:
            return Value(_shown(number / 10_000, self.rng.choice((1, 2))), "万" + unit)
        return Value(_shown(max(number, 1 if decimals == 0 else 0.11), decimals), unit)

    def earlier(self, now: Value) -> Value:
        """What an amount was before it rose to `now`."""
        decimals = len(now.number.partition(".")[2])
        number = float(now.number) / (1 + self.rng.randint(4, 40) / 100)
        return Value(_shown(number, decimals), now.unit)


def _shown(number: float, decimals: int) -> str:
    """A number with at most so many decimals; no zeros at the end.

    >>> _shown(12.0, 1), _shown(5.25, 2), _shown(20.0, 0)
    ('12', '5.25', '20')
    """
    written = f"{number:.{decimals}f}"
    return written.rstrip("0").rstrip(".") if "." in written else written
