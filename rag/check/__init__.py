"""A text, and passages -> the verdict on each of its figures, without any language model.

>>> from rag.bind import as_passage
>>> told, stated = "2024年GDP增长9.0%,固投增长9.0%", "2024年GDP增长9.0%,固投增长15.7%。"
>>> [(j.claim.quantity.text, j.verdict) for j in judge_text(told, [as_passage(stated)])]
[('9.0%', 'supported'), ('9.0%', 'misattributed')]
>>> verify_against("新建公园8个", "全年新建公园9个。")[0]
'contradicted'
"""

from rag.check.binding import share_of_words
from rag.check.faithfulness import (
    as_chunk,
    asked_first,
    is_faithful,
    judge_claims,
    quotes_stand,
    require_quotes,
)
from rag.check.judgement import is_borne_out, judge_text
from rag.check.verify import (
    MAX_TEXT,
    CheckedFigure,
    Finding,
    Verification,
    check_text,
    verify_against,
    verify_text,
)

__all__ = [
    "MAX_TEXT",
    "CheckedFigure",
    "Finding",
    "Verification",
    "as_chunk",
    "asked_first",
    "check_text",
    "is_borne_out",
    "is_faithful",
    "judge_claims",
    "judge_text",
    "quotes_stand",
    "require_quotes",
    "share_of_words",
    "verify_against",
    "verify_text",
]
