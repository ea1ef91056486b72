"""How well `rag.read` finds again what was put into made documents, by layout.

    python -m eval.made.reading [--count 240] [--seed 1]

For each document: title, kind, place, year, published, issuer; every heading with its level; and for every
figure, the year and status of the passage that holds it. Counts are right / all.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from eval.made.disguise import disclose, traditional
from eval.made.making import make_documents
from eval.made.truth import Made, Report
from rag.errors import RagError
from rag.read import clean, parse_reading, read_source, split_reports
from rag.schema import Document

_IDENTITY = ("title", "kind", "place", "year", "published", "issuer")
PROPERTIES = ("read", *_IDENTITY, "heading", "level", "year of section", "status")


@dataclass
class Score:
    """Right and all, by property, with the first wrong ones in words."""

    right: Counter[str] = field(default_factory=Counter)
    all: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def add(self, name: str, want: object, got: object) -> None:
        """Counts one comparison."""
        self.all[name] += 1
        self.right[name] += want == got
        if want != got:
            self.wrong.append(f"{name}: {want!r}, read as {got!r}")


def parse(made: Made, folder: Path) -> list[Document]:
    """The documents that `rag.read` makes of a made file."""
    path = folder / made.name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(made.data)
    parts = split_reports(clean(read_source(path)))
    return [parse_reading(part, "made", made.name) for part in parts]


def compare(made: Made, folder: Path) -> Score:
    """What is found again of one file."""
    score = Score()
    try:
        documents = parse(made, folder)
    except RagError as error:
        score.add("read", "a document", str(error))
        return score
    score.add("read", len(made.reports), len(documents))
    for report, document in zip(made.reports, documents, strict=False):
        _identity(score, made, report, document)
        _headings(score, made, report, document)
        _sections(score, made, report, document)
    return score


def shown(made: Made, text: str) -> str:
    """A text as it can be found again: without spaces, as the file's characters have it.

    >>> made = next(make_documents(1, 1))
    >>> shown(made, "一、综　合")
    '一、综合'
    """
    return disclose(traditional(text) if "traditional" in made.disguise else text)


def _identity(score: Score, made: Made, report: Report, document: Document) -> None:
    read = document.identity
    if report.title:
        score.add("title", shown(made, report.title), disclose(read.title))
    score.add("kind", report.kind, read.kind)
    places = (report.place, traditional(report.place))
    score.add("place", report.place, report.place if read.place in places else read.place)
    score.add("year", report.year, read.year)
    for name in ("published", "issuer"):
        want, got = getattr(report, name), getattr(read, name)
        if want:
            score.add(name, want, want if disclose(got) == shown(made, want) else got)


def _headings(score: Score, made: Made, report: Report, document: Document) -> None:
    found = {disclose(section.heading): section.level for section in document.sections}
    for heading in report.headings:
        text = shown(made, heading.text)
        score.add("heading", text, text if text in found else None)
        if text in found:
            score.add("level", (text, heading.level), (text, found[text]))


def _sections(score: Score, made: Made, report: Report, document: Document) -> None:
    years = {section.path: section.year for section in report.sections}
    passages = [(p, disclose(document.text[p.start : p.end])) for p in document.passages]
    for said in {s.sentence: s for s in report.statements if s.form != "table"}.values():
        text = shown(made, said.sentence)
        passage = next((p for p, words in passages if text in words), None)
        if passage is None:
            continue  # a mark or a cut stands inside; the heading tests see it
        planned = "planned" if said.status == "planned" else "actual"
        score.add("status", (text, planned), (text, passage.status))
        year = years.get(said.section)
        if year is not None and said.section:
            score.add("year of section", (text, year), (text, passage.year))


def score_all(documents: Iterable[Made]) -> dict[str, Score]:
    """Scores by layout and file type."""
    scores: dict[str, Score] = {}
    with tempfile.TemporaryDirectory() as folder:
        for made in documents:
            one = compare(made, Path(folder))
            total = scores.setdefault(f"{made.layout} {made.type}", Score())
            total.right += one.right
            total.all += one.all
            total.wrong += [f"{made.name} {words}" for words in one.wrong]
    return scores


def main(arguments: list[str] | None = None) -> None:
    """Prints the table of counts."""
    parser = argparse.ArgumentParser(prog="python -m eval.made.reading", description=__doc__)
    parser.add_argument("--count", type=int, default=240)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=0, help="so many wrong ones of each layout")
    given = parser.parse_args(arguments)
    scores = score_all(make_documents(given.seed, given.count))
    print("| layout | " + " | ".join(PROPERTIES) + " |\n|" + " --- |" * (len(PROPERTIES) + 1))
    for name, score in sorted(scores.items()):
        cells = [f"{score.right[p]}/{score.all[p]}" if score.all[p] else "–" for p in PROPERTIES]
        print(f"| {name} | {' | '.join(cells)} |")
        for words in score.wrong[: given.show]:
            print("    " + words[:200])


if __name__ == "__main__":
    main()
