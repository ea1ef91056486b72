"""The sets of documents whose statements are known: `made`, and `reports` with a gold folder."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from eval.made import LAYOUTS, Made, Report, make_documents
from eval.made.disguise import traditional
from eval.made.forms import families
from eval.made.reading import parse
from eval.statements.gold import Known, read_gold
from eval.statements.score import Score, judge
from rag.bind import read_statements
from rag.errors import SourceError
from rag.read import clean, parse_reading, read_source, split_reports
from rag.schema import Document

_SEED = 7
ENGLISH = tuple(name for name, layout in LAYOUTS.items() if "english_report" in layout.kinds)
CHINESE = tuple(name for name in LAYOUTS if name not in ENGLISH)
_AROUND = 60  # characters on each side of a made figure
Progress = Callable[[int, int, str], None]


def tell(done: int, every: int, name: str) -> None:
    """One line of progress that the next one overwrites; where nobody watches, a line every now and then."""
    if sys.stderr.isatty():
        print(
            f"\r\033[K{done}/{every} {name}", end="\n" if done == every else "", file=sys.stderr, flush=True
        )
    elif done == every or done % 50 == 0:
        print(f"{done}/{every} {name}", file=sys.stderr)


def score_reports(gold: Path, folder: Path, only: str = "", progress: Progress = tell) -> Score:
    """The documents of a folder that a gold folder speaks of; `only`: those whose name holds it."""
    by_document: dict[str, list[Known]] = defaultdict(list)
    for known in read_gold(gold):
        if only in known.document:
            by_document[known.document].append(known)
    score, files = Score(), _files(folder)
    for i, (name, rows) in enumerate(by_document.items(), start=1):
        path = files.get(name)
        if path is None:
            print(f"{name}: no such document in {folder}", file=sys.stderr)
        else:
            _score_file(score, path, rows)
        progress(i, len(by_document), name)
    return score


def _files(folder: Path) -> dict[str, Path]:
    """Files by all names that a gold line may give them: with folder and suffix, or without."""
    found: dict[str, Path] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            inside = path.relative_to(folder)
            for name in (path.stem, path.name, str(inside.with_suffix("")), str(inside)):
                found.setdefault(name, path)
    return found


def _score_file(score: Score, path: Path, rows: list[Known]) -> None:
    try:
        documents = read_documents(path, path.name)
    except SourceError as error:
        print(f"{path.name}: {error.message}", file=sys.stderr)
        documents = []
    score.documents += bool(documents)
    best = [judge(rows, document, read_statements(document)) for document in documents]
    for outcomes in zip(*best, strict=True):  # of several reports in a file, the one that holds the figure
        score.add(next((one for one in outcomes if not one.is_lost), outcomes[0]))


def read_documents(path: Path, name: str) -> list[Document]:
    """Every document of a file."""
    return [parse_reading(part, name, name) for part in split_reports(clean(read_source(path)))]


def score_made(count: int, layouts: Collection[str], only: str = "", progress: Progress = tell) -> Score:
    """So many made documents, of each layout and file type in turn."""
    score = Score()
    with TemporaryDirectory() as folder:
        for i, made in enumerate(make_documents(_SEED, count, layouts=layouts), start=1):
            name = f"{made.layout}/{made.name}"
            if only in name:
                _score_made(score, made, Path(folder))
            progress(i, count, name)
    return score


def _score_made(score: Score, made: Made, folder: Path) -> None:
    documents = parse(made, folder)
    score.documents += len(documents)
    for report, document in zip(made.reports, documents, strict=False):
        statements = read_statements(document)
        outcomes = judge(known_of(made, report), document, statements)
        for outcome in outcomes:
            score.add(outcome)
        met = {outcome.read["start"] for outcome in outcomes if outcome.read}
        score.add_extra(sum(s.quantity.start not in met for s in statements), len(statements))


def known_of(made: Made, report: Report) -> list[Known]:
    """The statements of a made report, and its noise, as known ones."""
    said = [_known(made, one.start, one.end, True, asdict(one), one.form) for one in report.statements]
    return said + [_known(made, one.start, one.end, False, asdict(one), "") for one in report.noise]


def _known(made: Made, start: int, end: int, is_said: bool, fields: dict[str, Any], form: str) -> Known:
    """A figure with the text around it, as it stands in the file, and not beyond its line."""
    first = made.text.rfind("\n", 0, start) + 1
    before = made.text[max(first, start - _AROUND) : start]
    after = made.text[end : min(end + _AROUND, made.text.find("\n", end))]
    written = traditional if "traditional" in made.disguise else str
    before, figure, after = (written(text) for text in (before, made.text[start:end], after))
    name, family = f"{made.layout}/{made.name}", families().get(form, "")
    return Known(name, before, figure, after, start, is_said, fields, form=form, family=family)
