"""python -m eval.statements [GOLD FOLDER] [--only made|reports] [--show N] [--field F] [--doc D] [--write]"""

from __future__ import annotations

import argparse
import sys
from itertools import islice
from pathlib import Path

from eval.statements.fields import FIELDS
from eval.statements.kept import keep, read_kept, regressions
from eval.statements.report import counts_of, markdown_fields, markdown_forms, show_misses
from eval.statements.score import Score
from eval.statements.sets import CHINESE, ENGLISH, score_made, score_reports

SETS = ("made", "made_en", "reports")


def main(arguments: list[str] | None = None) -> None:
    """Scores the sets, prints tables and misses, and keeps the result if asked to."""
    given = _parser().parse_args(arguments)
    scores = _scores(given)
    for name, score in scores.items():
        for line in islice(show_misses(score, given.field, given.form), given.show):
            print(line)
        if given.forms:
            print(f"\n{name}: {score.documents} documents\n\n{markdown_forms(score.forms)}")
            print("\n" + markdown_forms(score.templates) if score.templates else "")
    print("\n" + markdown_fields({name: counts_of(score) for name, score in scores.items()}))
    if given.write:
        keep(scores)
    if given.check:
        sys.exit(_check(scores))


def _check(scores: dict[str, Score]) -> int:
    """1 if a set is worse than what is kept of it."""
    worse = [
        f"{name}, {words}"
        for name, score in scores.items()
        for words in regressions(read_kept().get(name, {"fields": {}}), counts_of(score))
    ]
    print(*worse, sep="\n")
    return bool(worse)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval.statements", description=__doc__)
    parser.add_argument("gold", type=Path, nargs="?", help="a folder of NAME.gold.jsonl")
    parser.add_argument("folder", type=Path, nargs="?", help="the documents that it speaks of")
    parser.add_argument("--only", choices=SETS, help="one set")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print so many misses of each set")
    parser.add_argument(
        "--field", default="", choices=("", "found", *FIELDS, "noise"), help="only misses of a field"
    )
    parser.add_argument("--forms", action="store_true", help="print a table by form, too")
    parser.add_argument("--form", default="", help='only misses of a form ("growth, year", "table cell")')
    parser.add_argument("--count", type=int, default=120, help="made documents; a third as many English")
    parser.add_argument("--doc", default="", help="only documents whose name holds this")
    parser.add_argument("--write", action="store_true", help="keep the result in eval/ and docs/")
    parser.add_argument("--check", action="store_true", help="exit code 1 if worse than the kept result")
    return parser


def _scores(given: argparse.Namespace) -> dict[str, Score]:
    scores = {}
    if given.only in (None, "made"):
        scores["made"] = score_made(given.count, CHINESE, given.doc)
    if given.only in (None, "made_en"):
        scores["made_en"] = score_made(given.count // 3, ENGLISH, given.doc)
    if given.only in (None, "reports"):
        if given.gold and given.folder and given.gold.is_dir():
            scores["reports"] = score_reports(given.gold, given.folder, given.doc)
        else:
            print("reports: no gold folder and no documents given, or not there; skipped")
    return scores


if __name__ == "__main__":
    main()
