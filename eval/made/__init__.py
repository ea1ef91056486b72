"""Made documents: invented plans, reports and bulletins in many layouts, with everything in them known.

    from eval.made import make_documents
    for made in make_documents(seed=1, count=100): ...      # Made: name, data, text, reports

    python -m eval.made OUT_FOLDER --count 100 --seed 1      writes the files and truth.jsonl beside them

The way of a document: `documents` draws its sections, `grammar` its sentences with their statements (of
`forms`, `subjects`, `binding`, `drawing`, `filling`), `layouts` and `heads` lay it out line by line,
`furniture` and `disguise` spoil it, `files`, `pdf` and `word` write it. What is language is data, in `data/`.

>>> made = next(make_documents(1, 1))
>>> said = made.report.statements[0]
>>> made.text[said.start : said.end] == said.figure
True
"""

from eval.made.disguise import disclose
from eval.made.layouts import LAYOUTS, Layout
from eval.made.making import TYPES, make_document, make_documents, variants
from eval.made.truth import (
    Heading,
    Listing,
    Made,
    Noise,
    Period,
    Question,
    Report,
    Section,
    Statement,
    Table,
)

__all__ = [
    "LAYOUTS",
    "TYPES",
    "Heading",
    "Layout",
    "Listing",
    "Made",
    "Noise",
    "Period",
    "Question",
    "Report",
    "Section",
    "Statement",
    "Table",
    "disclose",
    "make_document",
    "make_documents",
    "variants",
]
