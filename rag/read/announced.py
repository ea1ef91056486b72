r"""What a speaker lays before a meeting, by the sentence that says so: the title of a text without one.

>>> announced("各位代表:\n我受国务院委托,现在向大会提出关于1981年国民经济计划安排的报告,请予审议。\n一、综合")
'我受国务院委托,现在向大会提出关于1981年国民经济计划安排的报告,'
>>> kind_announced(announced("受市人民政府委托,现将2024年预算草案的报告提请审议。"))
'budget'
"""

from __future__ import annotations

import re

from rag.read.frames import frame_data
from rag.read.head import head_data
from rag.schema import Kind

_SENTENCE = re.compile(r"[^。！!?？\n]+")
_KINDS: tuple[Kind, ...] = ("budget", "plan", "outline")
_SENTENCES = 12  # in which it must be said


def announced(opening: str) -> str:
    """The sentence that says what is laid before the meeting, without what is to be taken with it."""
    data = head_data()["announced"]
    for match in list(_SENTENCE.finditer(opening))[:_SENTENCES]:
        if any(re.search(word, match[0]) for word in data["says"]):
            return re.sub(data["beside"], "", match[0].strip())
    return ""


def kind_announced(sentence: str) -> Kind:
    """The kind of document that such a sentence names; "other" where it names none.

    >>> kind_announced("现在,我代表省人民政府向大会报告工作,并就规划纲要草案作说明,请予审议")
    'work_report'
    """
    if any(re.search(word, sentence) for word in head_data()["announced"]["work"]):
        return "work_report"
    for kind in _KINDS:
        words = (*frame_data()["kinds"][kind], *head_data()["body"][kind])
        if any(re.search(word, sentence) for word in words):
            return kind
    return "other"
