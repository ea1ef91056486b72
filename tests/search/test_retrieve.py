from __future__ import annotations

import pytest

from rag.search.retrieve import Scope
from rag.wiring import Pipeline


@pytest.mark.parametrize(("year", "status"), [(2019, "actual"), (2020, "planned"), (2023, "actual")])
def test_nothing_outside_the_year_is_found(pipeline: Pipeline, year: int, status: str) -> None:
    results = pipeline.search(f"{year}年地区生产总值增长", 30)
    assert results
    assert {result.chunk.year for result in results} == {year}
    assert {result.chunk.status for result in results} == {status}


def test_the_right_passage_comes_first(pipeline: Pipeline) -> None:
    assert "5G基站895座" in pipeline.search("2019年新建5G基站", 1)[0].chunk.text
    assert "5G基站2500座" in pipeline.search("2020年5G基站目标", 1)[0].chunk.text
    assert "社会消费零售总额达259亿元" in pipeline.search("2023年社零", 2)[0].chunk.text


def test_english_finds_chinese(pipeline: Pipeline) -> None:
    found = pipeline.search("How many 5G base stations were built in 2019?", 3)
    assert any("5G基站895座" in result.chunk.text for result in found)


def test_both_rankings_count(pipeline: Pipeline) -> None:
    results = pipeline.search("2019年新建公园多少个", 10)
    assert any(result.lexical_rank for result in results)
    assert any(result.dense_rank for result in results)
    assert [r.score for r in results] == sorted((r.score for r in results), reverse=True)


def test_a_document_restricts(pipeline: Pipeline) -> None:
    only = "000_52ee17d0e2f970d0"
    assert {r.chunk.document for r in pipeline.search("5G", 20, (), (only,))} == {only}
    assert pipeline.search("5G", 20, (2019,), (only,)) == ()


def test_scope_of_years_and_status() -> None:
    known = ("2019:actual", "2020:planned", "2023:actual")
    assert Scope((2019, 2020)).facets(known) == ("2019:actual", "2020:planned")
    assert Scope(status="actual").facets(known) == ("2019:actual", "2023:actual")
    assert Scope().facets(known) is None
