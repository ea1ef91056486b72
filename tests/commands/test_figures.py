"""The commands that list figures: facts and compare."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from io import StringIO

import pytest
from click.testing import Result

from tests.conftest import Run

Listed = Callable[..., Result]


def test_facts_of_an_indicator_come_with_their_place(rag: Run, texts: dict[str, str]) -> None:
    facts = json.loads(rag("facts", "学位", "--json").stdout)
    assert {(f["year"], f["status"], f["figure"]) for f in facts} >= {
        (2019, "actual", "9540个"), (2023, "actual", "1.67万座"), (2024, "planned", "1.37万座"),
    }  # fmt: skip
    assert [f["year"] for f in facts] == sorted(f["year"] for f in facts)
    for fact in facts:
        assert texts[fact["document"]][fact["start"] : fact["end"]] == fact["quote"]
        assert fact["figure"] in fact["quote"]
        assert "学位" in fact["indicator"]


def test_every_figure_can_be_taken_to_a_spreadsheet(rag: Run, texts: dict[str, str]) -> None:
    rows = list(
        csv.DictReader(StringIO(rag("facts", "--csv", "--status", "planned", "--year", "2020").stdout))
    )
    assert len(rows) > 30
    assert {(row["year"], row["status"]) for row in rows} == {("2020", "planned")}
    assert "2500座以上" in {row["figure"] for row in rows}
    for row in rows:
        assert texts[row["document"]][int(row["start"]) : int(row["end"])] == row["quote"]


def test_compare_follows_an_indicator_through_the_years(rag: Run) -> None:
    shown = rag("compare", "一般公共预算收入").stdout
    for part in ("58.6亿元 [1]", "35.2%", "10%以上", "109.21亿元 − 58.6亿元 = 50.61亿元", "rag show "):
        assert part in shown
    data = json.loads(rag("compare", "retail sales growth", "--json").stdout)
    assert [(r["year"], r["figure"]) for r in data["rates"]] == [
        (2019, "7.2%"), (2020, "7%"), (2023, "8.9%"), (2024, "8.0%以上"),
    ]  # fmt: skip
    assert data["levels"] == data["changes"] == []


@pytest.mark.parametrize(
    "arguments", [("facts", "火星移民人数"), ("compare", "火星移民人数"), ("facts", "学位", "--year", "1999")]
)
def test_what_the_plans_do_not_hold_exits_with_1(rag: Run, arguments: tuple[str, ...]) -> None:
    done = rag(*arguments)
    assert (done.returncode, done.stdout) == (1, "")
    assert "no " in done.stderr
