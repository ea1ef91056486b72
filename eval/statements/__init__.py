"""How well figures are bound: the statements read from documents against statements that are known.

    python -m eval.statements                           the made documents (eval/made)
    python -m eval.statements GOLD FOLDER               these, and the documents that GOLD speaks of
    python -m eval.statements GOLD FOLDER --only reports --show 20 --field period

Documents are read straight (file -> Document -> Statements), without an index. GOLD is a folder of
`NAME.gold.jsonl`, each with its `NAME.sample.jsonl`, written by careful readers; the made documents know
their statements by construction. `gold` reads what is known and finds it in the stored text, `fields`
compares, `score` counts, `report` shows.

>>> from eval.statements import subject_likeness
>>> round(subject_likeness("新增公共充电桩", "公共充电桩"), 2)
0.8
"""

from eval.statements.fields import FIELDS, compare, subject_likeness
from eval.statements.gold import Known, find_in, read_gold
from eval.statements.score import Outcome, Score, judge, wilson

__all__ = [
    "FIELDS",
    "Known",
    "Outcome",
    "Score",
    "compare",
    "find_in",
    "judge",
    "read_gold",
    "subject_likeness",
    "wilson",
]
