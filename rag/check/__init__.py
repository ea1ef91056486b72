"""TODO"""

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
