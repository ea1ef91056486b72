"""What is read of real documents: kind, place, year, date, issuer, title, and the frames of passages.

    python -m eval.reading FOLDER            a line for each file, what is wrong in it, and shares
    python -m eval.reading FOLDER --write    the same, kept in eval/documents.json and docs/documents.md

`eval/gold/documents.tsv` says of each file of the folder what a careful reader sees in it, and
`eval/gold/passages.jsonl` of 200 passages, drawn by lot from the work reports, which year they speak of and
whether they review or plan. Both were written by readers who had not seen the program.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from eval.markdown import markdown_table, percent
from rag.errors import SourceError
from rag.read import clean, parse_reading, read_source, split_reports
from rag.schema import Document

HERE = Path(__file__).parent
GOLD = HERE / "gold" / "documents.tsv"
PASSAGES = HERE / "gold" / "passages.jsonl"
RESULT = HERE / "documents.json"
TABLE = HERE.parent / "docs" / "documents.md"
FIELDS = ("kind", "place", "year", "published", "issuer", "title")
_SECONDS = 60.0  # what reading a file may take


@dataclass(frozen=True, slots=True)
class Row:
    """What was read of a file; `wrong` names the fields that differ, `error` says why it is not read."""

    file: str
    kind: str
    place: str
    year: int | None
    published: str
    sections: int
    passages: int
    tables: int
    seconds: float
    error: str
    wrong: tuple[str, ...]


def read_gold(path: Path = GOLD) -> dict[str, dict[str, str]]:
    """File -> its fields; several right values stand beside each other, parted by `||`."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    names = lines[0].split("\t")
    rows = [dict(zip(names, line.split("\t"), strict=True)) for line in lines[1:]]
    return {row["file"]: row for row in rows}


def measure(folder: Path, gold: dict[str, dict[str, str]]) -> Iterator[tuple[Row, Document | None]]:
    """Reads every file that the gold names; the first document of each."""
    for file, expected in gold.items():
        start = time.perf_counter()
        try:
            first = split_reports(clean(read_source(folder / file)))[0]
            document = parse_reading(first, file, file)
        except SourceError as error:
            wrong = ("unreadable",) if expected["readable"] == "yes" else ()
            seconds = time.perf_counter() - start
            yield Row(file, "", "", None, "", 0, 0, 0, round(seconds, 2), error.message, wrong), None
        else:
            yield _row(file, document, expected, time.perf_counter() - start), document


def _row(file: str, document: Document, expected: dict[str, str], seconds: float) -> Row:
    known = document.identity
    values = {name: str(getattr(known, name) or "") for name in FIELDS}
    wrong = [name for name in FIELDS if expected[name] and not _is_right(values[name], expected[name])]
    if expected["readable"] == "no":
        wrong.append("readable")
    if seconds > _SECONDS:
        wrong.append("slow")
    counts = len(document.sections), len(document.passages), len(document.tables)
    told = (known.kind, known.place, known.year, known.published)
    return Row(file, *told, *counts, round(seconds, 2), "", tuple(wrong))


def _is_right(value: str, expected: str) -> bool:
    """Blanks apart; of several issuers the first will do."""
    options = [option.replace(" ", "") for option in expected.split("||")]
    return any(value.replace(" ", "") in (option, option.split("、")[0]) for option in options)


def judge_passages(documents: dict[str, Document], path: Path = PASSAGES) -> tuple[int, int, list[str]]:
    """How many passages have the year and status that the gold says, of how many; the others in words."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    wrong = []
    for row in rows:
        document = documents[row["document"]]
        at = document.text.find(row["begins"])
        passage = next((p for p in document.passages if p.start <= at < p.end), None)
        frame = (passage.year, passage.status) if passage else None
        if frame is None or frame[1] != row["status"] or (row["year"] and frame[0] != row["year"]):
            doubt = " (doubtful)" if row["doubt"] else ""
            told = f"{row['year']} {row['status']}, read {frame}{doubt}"
            wrong.append(f"{row['document']} “{row['begins']}…”: {told}")
    return len(rows) - len(wrong), len(rows), wrong


def shares(rows: Sequence[Row], gold: dict[str, dict[str, str]]) -> dict[str, tuple[int, int]]:
    """Field -> right and all, over the files whose gold names it; and which are read at all."""
    wrong = Counter(name for row in rows for name in row.wrong)
    told = Counter(name for row in rows if not row.error for name in FIELDS if gold[row.file][name])
    readable = sum(fields["readable"] == "yes" for fields in gold.values())
    found = {name: (told[name] - wrong[name], told[name]) for name in FIELDS}
    unreadable = len(gold) - readable
    return {
        "readable files read": (readable - wrong["unreadable"], readable),
        "unreadable files told": (unreadable - wrong["readable"], unreadable),
        **found,
    }


def render_table(rows: Sequence[Row], counts: dict[str, tuple[int, int]]) -> str:
    """docs/documents.md."""
    head = ["file", "kind", "place", "year", "sections", "passages", "tables", "s", "wrong"]
    lines = []
    for row in rows:
        counts_of = str(row.sections), str(row.passages), str(row.tables), f"{row.seconds:.1f}"
        told = row.kind or row.error, row.place, str(row.year or "")
        lines.append([row.file, *told, *counts_of, ", ".join(row.wrong)])
    return (
        "# Real documents, as they are read\n\n"
        "Made by `python -m eval.reading FOLDER --write` over real reports, bulletins and budgets in\n"
        "text, web pages, PDF and Word, compared with what careful readers saw in them (`eval/gold/`).\n\n"
        f"{markdown_counts(counts)}\n\n{markdown_table(head, lines)}\n"
    )


def markdown_counts(counts: Mapping[str, Sequence[int]]) -> str:
    """What was right of how much, as a table."""
    rows = [[name, f"{right} / {total}", percent(right / total)] for name, (right, total) in counts.items()]
    return markdown_table(["what is read", "right", "share"], rows)


def _commit() -> str:
    done = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False, cwd=HERE
    )
    return done.stdout.strip()


def main() -> None:
    """Reads, compares, prints, and keeps the result if asked to."""
    parser = argparse.ArgumentParser(prog="python -m eval.reading", description=__doc__)
    parser.add_argument("folder", type=Path, help="the folder that eval/gold/documents.tsv speaks of")
    parser.add_argument("--write", action="store_true", help="keep the result in eval/ and docs/")
    arguments = parser.parse_args()
    gold = read_gold()
    measured = list(measure(arguments.folder, gold))
    rows = [row for row, _ in measured]
    for row in rows:
        print(
            f"{row.file}: {row.error or f'{row.kind} {row.place} {row.year}'}  {' '.join(row.wrong)}".rstrip()
        )
    right, total, wrong = judge_passages({row.file: document for row, document in measured if document})
    print(*wrong, sep="\n")
    counts = {**shares(rows, gold), "year and status of a passage": (right, total)}
    for name, (good, every) in counts.items():
        print(f"{name}: {good} of {every} ({percent(good / every)})")
    if arguments.write:
        kept = {"commit": _commit(), "counts": counts, "rows": [asdict(row) for row in rows], "wrong": wrong}
        RESULT.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        TABLE.write_text(render_table(rows, counts), encoding="utf-8")


if __name__ == "__main__":
    main()
