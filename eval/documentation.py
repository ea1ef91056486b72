"""Makes eval/README.md, and the tables of the project's READMEs, from the result files and nothing else.

    python -m eval.documentation

What was not measured yet is said to be so. A test holds the file to what is made here.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from eval.ablations import ABLATIONS, EVERYTHING, GROUPS, list_subjects, read_rows
from eval.baseline import BASELINE
from eval.markdown import markdown_table, percent
from eval.mutations import markdown_counts
from eval.questions import CATEGORIES, HERE, PARTS, QuestionSet, load_questions
from eval.readme import write_readmes
from eval.record import REPORT
from eval.results import Results, pair_up, read_results
from eval.rivals import OURS, PLAIN, RIVALS, SHOWN
from eval.statements.kept import RESULT, read_kept, told_set
from eval.statements.report import markdown_fields
from eval.table import markdown_groups, markdown_metrics

README = HERE / "README.md"
NOT_YET = "Not measured yet."
METRICS = {
    "accuracy": "questions answered correctly, or rightly not answered, of all",
    "numeric_correctness": "the same, of the questions that ask for figures: figure, unit, year, status and"
    " cited passage are right",
    "faithfulness": "figures of an answer that its cited passages bear out; each is looked up again",
    "quote_exactness": "quotes that equal their stretch of the source, letter for letter",
    "citation_precision": "cited passages that touch the gold evidence",
    "citation_recall": "pieces of gold evidence that a cited passage touches",
    "recall@k": "pieces of gold evidence that one of the first k passages found touches",
    "ndcg@k": "how far up among the first k passages the gold evidence is (1: right at the top),"
    " discounted by the logarithm of the rank",
    "abstention_precision": "abstentions that were due, of all abstentions",
    "abstention_recall": "unanswerable questions that were not answered, of all such",
    "false_refusals": "answerable questions that were refused (the lower the better)",
}
_NONE = "–"
_COLUMNS = (*GROUPS, "recall@1", "recall@5", "ndcg@10", "figures not borne out")
_INTRODUCTION = """\
# The evaluation

A fixed set of questions about the two plans of `seeds/`, each with its gold answer, is asked of the
program; every answer is judged without any language model. The same answers always give the same figures.
This file is made by `python -m eval.documentation` from the result files; do not edit it."""
_HOW_WRITTEN = """\
The questions were written blind: from the documents, by readers who had not seen the program. The answers
to the part “tuning” were looked at while the program was written; those to “reported” never, so that part
tells what to expect of new questions. Each line of `questions.jsonl` holds the figure as displayed with
unit, qualifier, year and status, and the evidence letter for letter with its place; `python -m
eval.questions` checks that it stands there. A great part of the unanswerable questions are near misses:
the same indicator in another year, a level where only growth is stated, a target where there is only an
outturn."""
_COMMANDS = """\
```sh
rag eval                          # every question; prints the tables, writes eval/out/report.html
rag eval --check                  # exit code 1 if a question or a metric is worse than eval/baseline.json
rag eval --accept                 # makes this run the new baseline
rag eval --part reported          # one part of the set
rag eval --category followup      # one category; repeatable
rag eval --id dev-001             # one question; repeatable
python -m eval.ablations          # the variants and embedders of the table below
python -m eval.rivals             # the plain LlamaIndex pipeline; --record N asks a language model, too
python -m eval.record             # the program with a language model; --report replays what was kept
python -m eval.acceptance         # fits the model that decides whether the best figure is the answer
python -m eval.opening            # how soon the page can be used; python -m eval.load: many people at once
python -m eval.statements         # figures as they are bound, of made documents; GOLD FOLDER: of real ones
python -m eval.ledger_bench       # the ledger of a thousand made documents: written, opened, asked
python -m eval.mutations          # altered and reworded sentences, for the checker
python -m eval.documentation      # this file
```

`eval/out/report.html` shows every answer that is not correct and, beside a baseline, all that changed."""
_READING = """\
A cell of outcomes reads correct / incorrect / refused; for unanswerable questions, not to answer is
correct. “Figures not borne out” are figures in what is shown that the cited passages (or, of the plain
pipeline, the passages retrieved) do not hold. The plain pipeline is LlamaIndex as its tutorials show it:
SentenceSplitter (512 tokens, 50 overlapping), VectorStoreIndex with the program's own embedder, the two
nearest passages, default prompts. Its replies are free text and are judged leniently: the first figure of
the right kind must be the right one, year, status and citation are not asked for, and a reply that says
that it does not know counts as refused, whatever else it says."""
_STATEMENTS = """\
Every figure of a document is bound when it is read: what it is said of, its measure, period, status and
place. What was read is compared with what is known, field by field: of documents that are made, with all that
they say known by construction, and of real reports, with figures that careful readers bound by hand. In
brackets the 95 % interval; `all` is every field but the flow, about which readers differ. `make eval` fails
when the made documents are read worse by more than a point. [By form](../docs/statements.md)."""
_LESSONS = """\
What the table teaches:

- **The filter on years and status carries most.** Without it the wrong year's passage, which follows the
  same template, is found and quoted, and many of the unanswerable questions get an answer.
- **The dense ranking hardly helps on this corpus.** BM25 over Chinese words, indicator concepts and
  English meanings does alone what both rankings do together. The vectors stay for words that neither the
  documents nor the dictionary hold; two plans hardly show what they are worth.
- **The embedder matters little once the rankings are fused**; where it ranks alone, it shows in what is
  found first.
- **Judging mends retrieval.** The answers stay nearly the same when the first passage is wrong more
  often, because the figures of all the passages found are weighed again. Even passages drawn by lot
  answer a good part of the questions, for two plans are small; a large collection will not forgive that.
- **Headings in the passages add little**, because the year and the status that they tell are kept beside
  the text.
- **The gate costs no right answer and removes what is not borne out.** A small model alone tells figures
  that no passage holds; behind the gate none is left.
- **The plain pipeline fails in retrieval already**: it knows no years, and its long passages mix several
  topics and both years. No prompt mends what was not found."""


def render_readme(folder: Path = HERE) -> str:
    """The whole file, from the result files of a folder."""
    loaded = load_questions()
    baseline_file = folder / BASELINE.name
    baseline = read_results(baseline_file) if baseline_file.exists() else None
    sections = [
        _INTRODUCTION,
        "## The questions",
        f"{len(loaded.questions)} questions, version `{loaded.version}`.",
        markdown_categories(loaded),
        _HOW_WRITTEN,
        "## Running it",
        _COMMANDS,
        "## Metrics",
        "Shares, as means over the questions that they apply to.",
        "\n".join(f"- `{name}`: {meaning}." for name, meaning in METRICS.items()),
        "## Results",
        *_results(baseline, loaded),
        "## Ablations and rivals",
        _READING,
        *_comparison(folder),
        "## Statements",
        _STATEMENTS,
        *_statements(folder),
        "## The checker",
        "Sentences of the plans, altered (all should fail) and reworded (all should pass).",
        markdown_counts(baseline.checker) if baseline and baseline.checker else NOT_YET,
    ]
    return "\n\n".join(sections) + "\n"


def markdown_categories(loaded: QuestionSet) -> str:
    """How many questions the set holds, by category, part and language."""
    counts = Counter[tuple[str, str, str]]((q.category, q.split, q.language) for q in loaded.questions)
    cells = [(part, language) for part in PARTS for language in ("zh", "en")]
    rows = [[name, *(str(counts[name, *cell]) for cell in cells)] for name in CATEGORIES]
    totals = [str(sum(counts[name, *cell] for name in CATEGORIES)) for cell in cells]
    return markdown_table(["category", *(", ".join(cell) for cell in cells)], [*rows, ["all", *totals]])


def _results(baseline: Results | None, loaded: QuestionSet) -> list[str]:
    if baseline is None:
        return [NOT_YET]
    rows = pair_up(loaded.questions, baseline)
    said = f"The accepted baseline, at commit `{baseline.commit}`, writer: {baseline.writer}."
    return [said, markdown_groups(rows), markdown_metrics(rows)]


def _statements(folder: Path) -> list[str]:
    kept = read_kept(folder / RESULT.name)
    sets = "\n".join(f"- `{name}`: {told_set(name, kept)}" for name in kept)
    return [sets, markdown_fields(kept)] if kept else [NOT_YET]


def _comparison(folder: Path) -> list[str]:
    """The one table, and what cannot stand in it."""
    question_set, part, rows = read_rows(folder / ABLATIONS.name)
    rivals, model = _read(folder / RIVALS.name), _read(folder / REPORT.name)
    part = part or EVERYTHING
    cells = [[row.name, *_cells(row.outcomes, row.metrics)] for row in rows]
    cells = cells or [["the program and its variants: not measured yet", *_cells({}, {})]]
    cells += _model_rows(model)
    cells += _rival_rows(rivals, part)
    source = f"Variants: part “{part}” of question set `{question_set}`" if rows else "Variants: none"
    if rivals:
        source += f"; plain pipeline: part “{part}” of question set `{rivals['question_set']}`"
    measured = {row.name for row in rows}
    lessons = [_LESSONS] if rivals and measured >= {subject.name for subject in list_subjects()} else []
    return [f"{source}.", markdown_table(["", *_COLUMNS], cells), *_figures_found(rivals, part), *lessons]


def _model_rows(report: Mapping[str, Any]) -> list[list[str]]:
    """The recorded language model with and without the gate (the checker)."""
    if not report:
        return [["language model with and without the gate: not measured yet", *_cells({}, {})]]
    asked = f"{report['model']}, {report['questions']} questions"
    names = {
        "gate": f"{asked}: behind the gate",
        "no gate": f"{asked}: without the checker",
        "quotes": f"{asked}: quotes instead",
    }
    return [
        [name, *_cells({"answerable": report["outcomes"][key]}, {}, report["figures_not_borne_out"][key])]
        for key, name in names.items()
    ]


def _rival_rows(rivals: Mapping[str, Any], part: str) -> list[list[str]]:
    if not rivals:
        return [[f"{PLAIN}: not measured yet", *_cells({}, {})]]
    rows = [[f"{PLAIN}: retrieval", *_cells({}, rivals["retrieval"][PLAIN][part])]]
    answers = rivals["answers"]
    if not answers or not answers["questions"]:
        return [*rows, [f"{PLAIN} with a language model: not measured yet", *_cells({}, {})]]
    for engine, row in answers["engines"].items():
        name = f"{OURS}, quoting" if engine == "quotes" else f"{PLAIN}, {engine}, {answers['model']}"
        cells = _cells(row["outcomes"], {}, row["figures_not_borne_out"])
        rows.append([f"{name}, the same {answers['questions']} questions", *cells])
    return rows


def _figures_found(rivals: Mapping[str, Any], part: str) -> list[str]:
    if not rivals:
        return []
    lines = ["The figures asked for stand somewhere in the text of the passages found:"]
    for name, by_part in rivals["retrieval"].items():
        values = by_part[part]
        shares = [
            f"{percent(values[f'figures in the first {k}'])} in the first {k}"
            f" ({values[f'characters of the first {k}']:.0f} characters)"
            for k in SHOWN
        ]
        lines.append(f"- {name}: {', '.join(shares)}")
    return ["\n".join([lines[0], "", *lines[1:]])]


def _cells(
    outcomes: Mapping[str, Mapping[str, int]],
    metrics: Mapping[str, float | None],
    not_borne_out: int | None = None,
) -> list[str]:
    """A row of the table; what it does not tell is a dash."""
    counted = [_NONE if not outcomes.get(name) else _outcomes(outcomes[name]) for name in GROUPS]
    shares = [percent(metrics.get(name)) for name in ("recall@1", "recall@5", "ndcg@10")]
    return [*counted, *shares, _NONE if not_borne_out is None else str(not_borne_out)]


def _outcomes(counts: Mapping[str, int]) -> str:
    return " / ".join(str(counts[name]) for name in ("correct", "incorrect", "refused"))


def _read(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {}


def main() -> None:
    """Writes the files."""
    README.write_text(render_readme(), encoding="utf-8")
    names = ", ".join(path.name for path in write_readmes())
    print(f"wrote {README} and the tables of {names}")


if __name__ == "__main__":
    main()
