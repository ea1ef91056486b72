"""Which of the documents' places a question names, and which places are no document's."""

import pytest

from rag.language import foreign_places, named_places, place_names, unknown_places

COVERED = ["安徽省", "内蒙古自治区", "楚雄市", "楚雄彝族自治州", "青禾市", "全国"]


@pytest.mark.parametrize(
    ("question", "covered"),
    [
        ("安徽2025年的增长目标", ["安徽省"]),
        ("安徽省2025年的增长目标", ["安徽省"]),
        ("皖2025年的增长目标", ["安徽省"]),
        ("What is Anhui's target for 2025?", ["安徽省"]),
        ("anhui's target for 2025", ["安徽省"]),
        ("内蒙古和安徽比", ["安徽省", "内蒙古自治区"]),
        ("内蒙2025年", ["内蒙古自治区"]),
        ("What did Inner Mongolia plan for 2025?", ["内蒙古自治区"]),
        ("楚雄州2025年", ["楚雄彝族自治州"]),
        ("楚雄市2025年", ["楚雄市"]),
        ("楚雄2025年", ["楚雄市", "楚雄彝族自治州"]),
        ("青禾2025年的预算", ["青禾市"]),
        ("What was Qinghe City's budget in 2025?", ["青禾市"]),
        ("全国2025年的增长目标", ["全国"]),
        ("我国2025年的增长目标", ["全国"]),
        ("中国2025年的增长目标", ["全国"]),
        ("China's target for 2025", ["全国"]),
        ("2025年的增长目标", []),
    ],
)
def test_which_covered_places_a_question_names(question: str, covered: list[str]) -> None:
    assert list(named_places(question, COVERED)) == covered
    assert foreign_places(question, COVERED, lambda _: False) == ()


@pytest.mark.parametrize(
    ("question", "covered", "foreign"),
    [
        ("合肥2025年的GDP", ["青禾市"], ["合肥"]),
        ("粤2025年的GDP", ["安徽省"], ["粤"]),
        ("临溪县2025年财政收入", ["青禾市"], ["临溪县"]),
        ("2025年临溪县财政收入", ["青禾市"], ["临溪县"]),
        ("2025年全国GDP增速", ["青禾市"], ["全国"]),
        ("2025年建成了几个全国首创项目", ["青禾市"], []),
        ("What was China's growth in 2025?", ["安徽省"], ["China"]),
        ("What was Shanxi's growth in 2025?", ["陕西省"], ["Shanxi"]),
        ("What was Shaanxi's growth in 2025?", ["陕西省"], []),
        ("楚雄州2025年财政收入", ["楚雄市"], ["楚雄州"]),
        ("安徽省合肥市2025年的GDP", ["安徽省"], ["安徽省合肥市"]),
        ("光名区2020年的目标", ["光明区"], []),
        ("引进市外资金2020年的目标", ["光明区"], []),
        ("合肥2025年的GDP", ["青禾市", ""], []),
        ("合肥2025年的GDP", [], []),
    ],
)
def test_places_that_no_document_is_about(question: str, covered: list[str], foreign: list[str]) -> None:
    assert list(foreign_places(question, covered, lambda _: False)) == foreign


def test_a_part_of_a_covered_province_is_not_foreign_where_its_documents_tell_of_it() -> None:
    assert foreign_places("合肥2025年建成几条地铁", ("安徽省",), lambda text: text == "合肥") == ()
    assert foreign_places("合肥2025年建成几条地铁", ("江苏省",), lambda text: text == "合肥") == ("合肥",)


def test_names_of_a_covered_place() -> None:
    assert place_names(("安徽省",)) == ("安徽省", "安徽", "Anhui")
    assert {"全国", "中国", "我国", "China"} <= set(place_names(("全国",)))
    assert place_names(("",)) == ()


def test_a_sentence_may_name_no_place_that_its_passages_do_not() -> None:
    assert unknown_places("2025年,合肥市增长6%。", ("安徽省",), "全省增长6%") == ("合肥市",)
    assert unknown_places("2025年,合肥增长6%。", ("安徽省",), "合肥市增长6%") == ()
