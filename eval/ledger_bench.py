"""How the ledger of many documents is written, opened and asked.

    python -m eval.ledger_bench [--count N] [--write]

Made documents are read, their figures bound and written; then, in a new process, the ledger is opened, asked
in several ways (milliseconds, the median of twenty rounds and the slowest) and listed as a whole. `copied` is
how long it takes where one document of all has changed. `--write` keeps the figures in eval/ledger.json.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

from eval.made import make_documents
from rag.errors import RagError
from rag.ledger import Filter, Ledger, coverage, find, open_ledger, read_series, write_ledger
from rag.read import clean, parse_reading, read_source, split_reports
from rag.schema import Document

RESULTS = Path(__file__).parent / "ledger.json"
ROUNDS = 20
SEED = 7


def read_documents(count: int, folder: Path) -> Iterator[Document]:
    """The documents of made files; a file that cannot be read gives none."""
    for number, made in enumerate(make_documents(SEED, count)):
        path = folder / made.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(made.data)
        try:
            for part, reading in enumerate(split_reports(clean(read_source(path)))):
                yield parse_reading(reading, f"made-{number}-{part}", made.name)
        except RagError:
            continue


def measure(count: int) -> dict[str, object]:
    """Writes a ledger and lets a new process ask it."""
    with tempfile.TemporaryDirectory() as folder:
        documents = list(read_documents(count, Path(folder) / "files"))
        path, again = Path(folder) / "ledger.sqlite", Path(folder) / "again.sqlite"
        written = _seconds(lambda: write_ledger(path, documents))
        changed = replace(documents[0], sha256="changed")
        copied = _seconds(lambda: write_ledger(again, [changed, *documents[1:]], path))
        command = [sys.executable, "-m", "eval.ledger_bench", "--ask", str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=600)
        return {
            "documents": len(documents),
            "size_mb": round(path.stat().st_size / 1e6, 1),
            "written_s": written,
            "copied_s": copied,
            **json.loads(done.stdout),
        }


def ask(path: Path) -> dict[str, object]:
    """Opens a ledger and asks it, in this process."""
    opened = _milliseconds(lambda: open_ledger(path), 1)["median"]
    ledger = open_ledger(path)
    list(find(ledger, Filter(words="地区生产总值"), 1))  # which loads the words of both languages
    asked = {name: _milliseconds(question, ROUNDS) for name, question in questions(ledger).items()}
    before = _memory()
    listed: list[int] = []
    seconds = _seconds(lambda: listed.append(sum(1 for _ in find(ledger, Filter()))))
    return {
        "statements": listed[0],
        "opened_ms": opened,
        "asked_ms": asked,
        "all_s": seconds,
        "memory_mb": {"opened": before, "after_all": _memory()},
    }


def questions(ledger: Ledger) -> dict[str, Callable[[], object]]:
    """What is asked, by name; place and year are those of most statements."""
    covered = coverage(ledger)
    place, year = covered.places[1], covered.years[len(covered.years) // 2]
    filters = {
        "words": Filter(words="一般公共预算收入"),
        "words, English": Filter(words="retail sales growth"),
        "words, place and year": Filter(words="地区生产总值", places=(place,), years=(year,)),
        "words of many statements": Filter(words="新增", years=(year,)),
        "nothing there": Filter(words="火星移民人数"),
        "place": Filter(places=(place,)),
        "year and status": Filter(years=(year,), statuses=("planned",)),
        "unit and measure": Filter(unit_class="money", measures=("to",)),
    }
    asked: dict[str, Callable[[], object]] = {
        name: lambda wanted=wanted: list(find(ledger, wanted, 20))  # type: ignore[misc]
        for name, wanted in filters.items()
    }
    asked["deep page"] = lambda: list(islice(find(ledger, Filter(words="新增"), 20, 1000), 20))
    asked["compare a place"] = lambda: read_series(ledger, Filter(words="地区生产总值", places=(place,)))
    asked["compare all places"] = lambda: read_series(ledger, Filter(words="地区生产总值"))
    return asked


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return round(time.perf_counter() - started, 2)


def _milliseconds(work: Callable[[], object], rounds: int) -> dict[str, float]:
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        times.append((time.perf_counter() - started) * 1000)
    return {"median": round(statistics.median(times), 1), "slowest": round(max(times), 1)}


def _memory() -> int:
    """The most memory that this process has held, in MB."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def main() -> None:
    """Measures and prints; `--write` keeps the figures in eval/ledger.json."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--ask", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.ask:
        print(json.dumps(ask(arguments.ask), ensure_ascii=False))
        return
    results = measure(arguments.count)
    for name, value in results.items():
        rows = value.items() if isinstance(value, dict) else [("", value)]
        for inner, figure in rows:
            print(f"{' '.join(filter(None, (name, inner))):<36} {json.dumps(figure)}")
    if arguments.write:
        RESULTS.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
