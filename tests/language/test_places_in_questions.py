"""Places of a question that no document of one district is about."""

from __future__ import annotations

import pytest

from rag.language.places import foreign_places
from rag.wiring import Pipeline


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("南山区2023年GDP增速", ("南山区",)),
        ("上海2020年的目标", ("上海",)),
        ("2019年深圳全市的地区生产总值", ("深圳",)),
        ("公明街道2019年规上工业增加值", ("公明街道",)),
        ("光明区2019年GDP", ()),
        ("深圳市光明区2019年GDP", ()),
        ("每个街道打造几个夜间经济街区", ()),
        ("What growth did Shanghai target for 2020?", ("Shanghai",)),
        ("Guangming District's revenue in 2019", ()),
        ("When does Shenzhen Science Museum open?", ()),
    ],
)
def test_places(text: str, places: tuple[str, ...]) -> None:
    assert foreign_places(text, ("光明区",), lambda _: False) == places


def test_a_place_inside_a_name_of_the_plans_is_no_scope(pipeline: Pipeline) -> None:
    assert pipeline.plans.attested("深圳科技馆")
    assert foreign_places("深圳科技馆(新馆)2019年进展如何", ("光明区",), pipeline.plans.attested) == ()


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("what was hong kong's gdp growth in 2023", ("Hong Kong",)),
        ("gdp growth of shanghai in 2023", ("Shanghai",)),
        ("What was China's GDP growth in 2023?", ("China",)),
        ("Which law is China's first on science cities?", ()),
        ("How many school places are planned for Xinhu Subdistrict?", ("Xinhu",)),
        ("How many firms has Shenzhen's innovation centre brought to Guangming, and how many projects?", ()),
        ("How much faster than Shenzhen did Guangming grow?", ("Shenzhen",)),
    ],
)
def test_places_by_their_english_names(text: str, places: tuple[str, ...]) -> None:
    assert foreign_places(text, ("光明区",), lambda name: False) == places
