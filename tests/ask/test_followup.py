from __future__ import annotations

import pytest

from rag.wiring import Pipeline


@pytest.mark.parametrize(
    ("context", "question", "understood", "figure"),
    [
        (["2023年建成公园多少个?"], "那2019年呢?", "2019年建成公园多少个?", None),
        (["2019年光明区GDP是多少?"], "增长了多少?", "2019年GDP增长了多少?", "8.0%"),
        (["2020年固定资产投资的增长目标?"], "进出口呢?", "2020年进出口的增长目标?", "5%"),
        (["2023年GDP增速是多少?"], "次年的目标呢?", None, "8.5%"),
        (["2019年GDP?", "那2023年的PM2.5浓度?"], "2019年呢?", "2019年的PM2.5浓度?", "25.4微克/立方米"),
        (["How fast did GDP grow in 2019?"], "And in 2023?", "How fast did GDP grow in 2023?", "9.0%"),
        (["What was PM2.5 in 2019?"], "And in 2023?", "What was PM2.5 in 2023?", "18.6微克/立方米"),
        (["How fast did GDP grow in 2023?"], "And four years earlier?", "How fast did GDP grow in 2019?", "8.0%"),
        (["2023年GDP增速是多少?"], "四年前呢?", "2019年GDP增速是多少?", "8.0%"),
        (["How much social investment was there in 2023?"], "And manufacturing?",
         "How much manufacturing investment was there in 2023?", "197亿元"),
        (["2023年社会投资完成多少亿元?"], "制造业呢?", "2023年制造业投资多少?", "197亿元"),
        (["What was private (social) investment in Guangming in 2023?"], "And manufacturing?",
         "What was manufacturing investment in Guangming in 2023?", "197亿元"),
        (["How large is the smart-sensor fund that Guangming landed in 2023?", "And the brain-science one?"],
         "The one for synthetic biology, then?",
         "How large is the synthetic biology fund that Guangming landed in 2023?", "15亿元"),
        (["How many dead-end roads were opened up in 2023?"], "What does the list for the next year say?",
         "How many dead-end roads were opened up in 2024?", "7条"),
        (["How many supercharging stations were there at the end of 2023?"], "How many more are to follow?",
         None, "59座"),
        (["2023年光明区超充站总数有多少座?"], "接下来还要建几座?", None, "59座"),
        (["How many trains a day stopped at Guangming before the 2019 increase?"], "And after it?",
         "How many trains a day stopped at Guangming after the 2019 increase?", "29趟"),
        (["How many nursery places did Guangming add in 2023?"], "And the target for 2024?",
         "How many nursery places did Guangming add in 2024? (planned)", "1000个"),
        (["What was retail sales growth in 2023?"], "And in money terms, what did they come to?", None, "259亿元"),
        (["How many tourists came in 2023?"], "How much of an increase was that on the previous year?", None, "54.5%"),
    ],
)  # fmt: skip
def test_a_follow_up_takes_what_it_leaves_out(
    context: list[str], question: str, understood: str | None, figure: str | None, pipeline: Pipeline
) -> None:
    answer = pipeline.ask(question, context=context)
    assert answer.question == question
    if understood:
        assert answer.understood == understood
    if figure:
        assert answer.claims[0].text == figure, answer.answer


@pytest.mark.parametrize("question", ["2024年计划新增多少公顷森林?", "How many parks were there in 2019?"])
def test_a_question_that_stands_alone_takes_nothing(question: str, pipeline: Pipeline) -> None:
    alone = pipeline.ask(question)
    later = pipeline.ask(question, context=["2023年GDP增速是多少?", "那失业率呢?"])
    assert later.understood is None
    assert later.answer == alone.answer


def test_a_year_that_is_not_covered_stays_uncovered(pipeline: Pipeline) -> None:
    answer = pipeline.ask("那2021年呢?", context=["2019年GDP是多少?"])
    assert answer.abstention is not None
    assert answer.abstention.reason == "year_not_covered"
