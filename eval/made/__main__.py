"""python -m eval.made OUT_FOLDER [--count 100] [--seed 1] [--types txt,html] [--layouts numbered]"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from eval.made import LAYOUTS, TYPES, make_documents


def main(arguments: list[str] | None = None) -> None:
    """Writes made documents and, beside them, truth.jsonl."""
    parser = argparse.ArgumentParser(prog="python -m eval.made", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--types", default=",".join(TYPES), help="file types, parted by commas")
    parser.add_argument("--layouts", default=",".join(LAYOUTS), help="layouts, parted by commas")
    given = parser.parse_args(arguments)
    given.folder.mkdir(parents=True, exist_ok=True)
    counts: Counter[str] = Counter()
    types, layouts = given.types.split(","), given.layouts.split(",")
    with (given.folder / "truth.jsonl").open("w", encoding="utf-8") as truth:
        for made in make_documents(given.seed, given.count, types=types, layouts=layouts):
            path = given.folder / made.name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(made.data)
            truth.write(made.truth() + "\n")
            counts[made.type] += 1
    shown = ", ".join(f"{number} {kind}" for kind, number in sorted(counts.items()))
    print(f"{sum(counts.values())} documents in {given.folder} ({shown}).")


if __name__ == "__main__":
    main()
