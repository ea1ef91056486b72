from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.bind.assertions import as_passage
from rag.check.faithfulness import is_faithful, judge_claims
from rag.check.judgement import is_borne_out, judge_text
from rag.schema import Citation, Status

PASSAGE = (
    "2023年地区生产总值增长9.0%;规上工业增加值增长9.2%;固定资产投资增长15.7%;"
    "全口径税收收入257.8亿元,增长24.4%;一般公共预算收入109.21亿元,增长35.2%。"
    "新增上市企业3家,总数达32家。2024年力争新建公园40个以上。"
)


def read_claims() -> list[dict[str, object]]:
    """tests/check/specs/claims.jsonl: texts and passages with the verdict that a careful reader gives."""
    lines = (Path(__file__).parent / "specs" / "claims.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def verdict_on(text: str, evidence: str) -> str:
    judgements = judge_text(text, [as_passage(evidence)])
    if not judgements:
        return "no_figures"
    return "supported" if all(is_borne_out(j.verdict) for j in judgements) else "contradicted"


def test_claims_written_by_readers() -> None:
    wrong, mended = [], []
    for row in read_claims():
        right = verdict_on(str(row["text"]), str(row["evidence"])) == row["verdict"]
        if right and row.get("known_failure"):
            mended.append(row["id"])
        elif not right and not row.get("known_failure"):
            wrong.append(f"{row['id']} ({row['kind']}, {row['verdict']}): {row['text']}")
    assert not wrong, "\n".join(wrong)
    assert not mended, f"right now, take the mark known_failure away: {mended}"


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("2023年GDP增长9.0%", "supported"),
        ("2023年GDP增长百分之九", "supported"),
        ("一般公共预算收入1092100万元", "supported"),
        ("一般公共预算收入约109亿元", "rounded"),
        ("税收收入超250亿元", "rounded"),
        ("General public budget revenue was 10.921 billion yuan in 2023", "supported"),
        ("2023年GDP增长9.1%", "unsupported"),
        ("2022年GDP增长9.0%", "wrong_year"),
        ("2023年GDP增长9.0个百分点", "wrong_unit"),
        ("税收收入257.8万元", "wrong_unit"),
        ("2023年GDP增长15.7%", "misattributed"),
        ("2023年GDP下降9.0%", "unsupported"),
        ("2024年力争新建公园40个", "qualifier_changed"),
        ("2024年力争新建公园40个以内", "unsupported"),
        ("2024年已新建公园40个以上", "misattributed"),
        ("2023年力争GDP增长9.0%", "misattributed"),
        ("新增上市企业32家", "misattributed"),
    ],
)  # fmt: skip
def test_verdicts(text: str, verdict: str) -> None:
    (judgement,) = judge_text(text, [as_passage(PASSAGE)])
    assert judgement.verdict == verdict


def cite(quote: str, key: int = 1, year: int = 2023, status: Status = "actual") -> Citation:
    return Citation(key, "d", "t", "p", 2024, year, status, (), quote, 0, len(quote))


def test_a_figure_needs_a_citation_in_its_own_sentence() -> None:
    citations = (cite("地区生产总值增长9.0%"), cite("固定资产投资增长15.7%", 2))
    claims = judge_claims("GDP增长9.0%。[1]固投增长15.7%。[2]", citations)
    assert [c.verdict for c in claims] == ["supported", "supported"]
    swapped = judge_claims("GDP增长9.0%。[2]固投增长15.7%。[1]", citations)
    assert not any(is_faithful([claim]) for claim in swapped)
    assert [c.verdict for c in judge_claims("GDP增长9.0%。", citations)] == ["uncited"]


def test_nobody_can_pass_for_a_quote() -> None:
    citations = (cite("新建公园40个", year=2024, status="planned"),)
    assert not is_faithful(judge_claims("2023年已新建学校40个\ue001。[1]", citations))


def test_the_heading_tells_year_and_status() -> None:
    planned = (cite("新建公园40个", year=2024, status="planned"),)
    assert is_faithful(judge_claims("2024年计划新建公园40个。[1]", planned))
    assert not is_faithful(judge_claims("2024年已新建公园40个。[1]", planned))
    assert not is_faithful(judge_claims("2023年新建公园40个。[1]", planned))
    assert not is_faithful(judge_claims("2023年计划新建公园40个。[1]", (cite("新建公园40个"),)))


def test_a_formula_is_recomputed_from_cited_operands() -> None:
    citations = (cite("一般公共预算收入58.6亿元", 1, 2019), cite("一般公共预算收入109.21亿元", 2))
    claims = judge_claims("2023年是2019年的1.86倍(109.21亿元 ÷ 58.6亿元 = 1.86)。[1][2]", citations)
    assert {c.verdict for c in claims} == {"supported", "derived"}
    assert next(c.expression for c in claims if c.verdict == "derived") == "109.21亿元 ÷ 58.6亿元 = 1.86"
    wrong = judge_claims("2023年是2019年的1.96倍(109.21亿元 ÷ 58.6亿元 = 1.96)。[1][2]", citations)
    assert not is_faithful(wrong)
    invented = judge_claims("2023年是2019年的1.88倍(110亿元 ÷ 58.6亿元 = 1.88)。[1][2]", citations)
    assert not is_faithful(invented)


@given(st.text(max_size=80), st.text(max_size=80))
def test_no_text_breaks_the_checker(text: str, evidence: str) -> None:
    for judgement in judge_text(text, [as_passage(evidence)]):
        quantity = judgement.claim.quantity
        assert text[quantity.start : quantity.end] == quantity.text


@given(st.integers(1, 9999), st.integers(1, 9999))
def test_another_count_is_never_borne_out(claimed: int, stated: int) -> None:
    verdict = verdict_on(f"新建公园{claimed}个", f"全年新建公园{stated}个。")
    assert (verdict == "supported") == (claimed == stated)
