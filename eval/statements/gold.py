"""What is known of documents, and where it stands in their stored text.

>>> text = "全市新建公园9个,改造12个。县里新建公园9个。"
>>> find_in(Folded(text), Known("a", "新 建公园", "9个", "。", None, False, {}))
(21, 23)
>>> find_in(Folded(text), Known("a", "公园", "9个", "", 6, False, {}))
(6, 8)
"""

from __future__ import annotations

import json
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# characters around a figure by which it is found again: as many as are there, then fewer; one side alone
# where the other is cut by a page or a footnote mark
_WINDOWS = tuple(pair for n in (60, 30, 16, 8, 4) for pair in ((n, n), (n, 0), (0, n)))
_TOLD_APART = 8  # with no more characters around it, a figure that stands twice is not told apart


@dataclass(frozen=True, slots=True)
class Known:
    """A figure of a document, with the text around it, and the fields of its statement.

    `start` is where it stands in the raw file, as far as that is known; `keep` is False where the figure is
    no statement (a name, an ordinal, a threshold). `form` and `family` name the template of a made one.
    """

    document: str
    before: str
    figure: str
    after: str
    start: int | None
    keep: bool
    fields: Mapping[str, Any]
    form: str = ""
    family: str = ""
    doubt: str = ""


class Folded:
    """A text without spaces and bars between cells, in one width, whose places lead back to the text."""

    def __init__(self, text: str) -> None:
        letters: list[str] = []
        places: list[int] = []
        for place, letter in enumerate(text):
            if not letter.isspace() and letter != "|":
                folded = unicodedata.normalize("NFKC", letter).replace(" ", "")
                letters.append(folded)
                places += [place] * len(folded)
        self.text = "".join(letters)
        self.places = places

    def find_all(self, part: str) -> Iterator[int]:
        """Where a folded part stands."""
        at = self.text.find(part)
        while at >= 0:
            yield at
            at = self.text.find(part, at + 1)


def folded(text: str) -> str:
    """The same of a text alone."""
    return Folded(text).text


def find_in(stored: Folded, known: Known) -> tuple[int, int] | None:
    """The span of a known figure in the stored text; None where it cannot be told."""
    before, figure, after = folded(known.before), folded(known.figure), folded(known.after)
    for left, right in _WINDOWS:
        head, tail = before[-left:] if left else "", after[:right]
        places = [at + len(head) for at in stored.find_all(head + figure + tail)]
        if len(places) == 1 or (places and (known.start is not None or len(head + tail) > _TOLD_APART)):
            wanted = bisect_left(stored.places, known.start or 0)
            at = min(places, key=lambda place: abs(place - wanted))
            return stored.places[at], stored.places[at + len(figure) - 1] + 1
    return None


def read_gold(folder: Path) -> list[Known]:
    """The lines of every `NAME.gold.jsonl` of a folder with those of its `NAME.sample.jsonl`."""
    found = []
    for path in sorted(folder.glob("*.gold.jsonl")):
        sample_path = path.with_name(path.name.replace(".gold.", ".sample."))
        samples = {row["n"]: row for row in _rows(sample_path)} if sample_path.exists() else {}
        found += [_known({**samples.get(row["n"], {}), **row}) for row in _rows(path)]
    return found


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8-sig").splitlines() if line.strip()]


def _known(row: Mapping[str, Any]) -> Known:
    figure = row.get("match") or row["figure"]
    context = row.get("context") or row.get("evidence") or figure
    before, mark, after = context.partition(f"【{figure}】")
    if not mark:
        before, _, after = context.partition(figure)
    doubt = row.get("doubt") or ""
    return Known(row["doc"], before, figure, after, row.get("start"), row["keep"], row, doubt=doubt)
