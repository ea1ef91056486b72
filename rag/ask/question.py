"""A question -> what it asks for: years, status, kind of figure, unit, content words.

>>> question = read_question("2024年光明区GDP增长目标是多少?", Coverage((2023, 2024), ("光明区",), 2024))
>>> question.years, question.status, question.role, [word.text for word in question.words]
((2024,), 'planned', 'growth', ['GDP'])
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Any, Literal, cast

from rag.bind import (
    Coverage,
    UnitWish,
    blank_measures,
    find_ordinals,
    mask_names,
    names_thing,
    ordinal_pattern,
    read_plan_year,
    read_status,
    read_unit,
    read_years,
    says,
)
from rag.errors import InputError
from rag.language import (
    ASPECT,
    NOUN,
    Corrections,
    Speller,
    Word,
    analyze,
    detect_language,
    find_quantities,
    find_turned_concepts,
    is_indicator,
    load_toml,
    normalize,
    place_names,
    stem_word,
)
from rag.ledger import Operation, read_operation
from rag.schema import Language, Role, Status

MAX_QUESTION = 2000  # characters
_FILLERS = (
    "number amount target achieved year_on_year this_year last_year period_end at_least at_most growth_rate"
    " decline share rate area length district_level average person_times municipal_level"
)
FILLER_ASPECTS = {f"#{ASPECT}{name}" for name in _FILLERS.split()} | {"#floor_space", "#landed_area"}


@dataclass(frozen=True, slots=True)
class Question:
    """What a question asks for. `years` empty: it names none; `status` None: either."""

    text: str
    plain: str
    language: Language
    years: tuple[int, ...]
    compared_years: tuple[int, ...]
    plan_year: int | None
    status: Status | None
    kind: Literal["figure", "text", "open"]
    role: Role | None
    unit: UnitWish
    asks_stock: bool  # how many there are, rather than how many more
    asks_flow: bool  # how many are new
    asks_making: bool  # how many are made, which is rather how many are new
    words: tuple[Word, ...]
    periods: tuple[str, ...] = ()  # months and quarters named
    counted: Word | None = None  # the noun that "how many" counts, or whose amount is asked
    ordinals: tuple[str, ...] = ()  # batches and phases named, as find_ordinals gives them
    figures: tuple[Decimal, ...] = ()  # figures named, in base units
    thresholds: tuple[Decimal, ...] = ()  # those of them that are bounds: 亿元以上
    operation: Operation | None = None  # what is to be calculated from several figures
    corrections: Corrections = ()  # typing errors: as written, as understood


def check_question(text: str) -> str:
    """A question fit to be asked; raises InputError for one that is empty, huge or binary."""
    question = " ".join(text.split())
    if not question:
        raise InputError("The question is empty.", 'Ask one: rag ask "2019年地区生产总值是多少?"')
    if len(question) > MAX_QUESTION:
        raise InputError(
            f"The question has {len(question):,} characters; {MAX_QUESTION:,} are allowed.",
            "Ask for one thing at a time.",
        )
    if any(ord(char) < 32 or ord(char) == 127 or 0xD800 <= ord(char) < 0xE000 for char in question):
        raise InputError("The question holds control characters.", "Is this text? Type it again.")
    return question


@cache
def _data() -> dict[str, Any]:
    return load_toml("bind/question.toml")


def read_question(text: str, coverage: Coverage, speller: Speller | None = None) -> Question:
    """Understands a question in Chinese (simplified or traditional) or English."""
    plain = normalize(text)
    language = detect_language(plain)
    plain, corrections = speller.correct(plain, language) if speller else (plain, ())
    plain = _drop_preamble(plain, language)
    plain = re.sub(_data()["kind"][language]["negation"], "", plain) or plain
    plain = _rephrase(plain, language)
    plan_year, unplanned = read_plan_year(plain, language)
    operation = read_operation(plain, language)
    years, compared = read_years(unplanned, language, coverage, plan_year, whole_range=operation is None)
    if plan_year and plan_year not in years and plan_year not in coverage.years:
        years = (*years, plan_year)
    masked = mask_names(unplanned, language)
    role = _role(masked, language)
    if len(years) > 1 and re.search(_data()["between"][language], plain, re.IGNORECASE):
        years, role = (min(years), max(years)), None  # a matter of two levels and not of a rate
    unit = read_unit(plain, language, role)
    words = content_words(plain, language, coverage, unit)
    stated = find_quantities(plain)
    return Question(
        text=text,
        plain=plain,
        language=language,
        years=years,
        compared_years=compared,
        plan_year=plan_year,
        status=read_status(
            _drop_other_year(drop_aside(masked, language), language),
            language,
            several=len(years) + len(compared) > 1,
        ),
        kind=_kind(plain, language, unit, states_figure=bool(find_quantities(masked))),
        role=role if not unit.hard or "percent" in unit.classes else None,
        unit=unit,
        asks_stock=says(_data()["kind"][language]["stock"], plain),
        periods=tuple(re.findall(_data()["periods"][language], plain)),
        ordinals=find_ordinals(plain),
        figures=tuple(q.magnitude for q in stated if q.unit_class != "percent"),
        thresholds=tuple(q.magnitude for q in stated if q.unit_class != "percent" and q.qualifier),
        operation=operation,
        corrections=corrections,
        asks_flow=says(_data()["kind"][language]["flow"], plain),
        asks_making=says(_data()["kind"][language]["making"], plain),
        words=words,
        counted=_counted(words, plain, language),
    )


def _drop_preamble(plain: str, language: Language) -> str:
    """The question without how somebody came to it, unless that alone says what it is about."""
    match = re.search(_data()["preamble"][language], plain, re.IGNORECASE)
    if match is None:
        return plain
    rest = plain[: match.start()] + plain[match.end() :]
    if not any(word.weight >= NOUN for word in analyze(rest, language)):
        return plain
    dated = re.search(_data()["years"][language], match[0], re.IGNORECASE)
    if dated is None or re.search(_data()["years"][language], rest, re.IGNORECASE):
        return rest
    return str(_data()["preamble"]["dated"][language]).format(year=dated["from"], rest=rest)


def drop_aside(plain: str, language: Language) -> str:
    """The question without what only sets its scene: "My bus doesn't come any more. How many ...?"."""
    return re.sub(_data()["kind"][language]["aside"], "", plain, flags=re.IGNORECASE)


def _drop_other_year(plain: str, language: Language) -> str:
    """The question without the year that it only measures by: as much as 上一年的实际增速."""
    return re.sub(_data()["status"][language]["other_year"], "", plain, flags=re.IGNORECASE)


def _rephrase(plain: str, language: Language) -> str:
    """The question with the names of what its idioms ask for: 用了多少水 asks for 用水总量."""
    for pattern, name in _data()["paraphrases"][language]:
        plain = re.sub(pattern, name, plain, flags=re.IGNORECASE)
    return plain


def _role(masked: str, language: Language) -> Role | None:
    for role, patterns in _data()["role"][language].items():
        if says(patterns, masked):
            return cast(Role, role)
    return None


def _kind(
    plain: str, language: Language, unit: UnitWish, states_figure: bool
) -> Literal["figure", "text", "open"]:
    cues = _data()["kind"][language]
    if re.search(cues["list"], plain, re.IGNORECASE):
        return "text"
    if re.search(cues["figure"], plain, re.IGNORECASE):
        return "figure"
    if re.search(cues["text"], plain, re.IGNORECASE):
        return "text"
    return "figure" if unit.hard or states_figure else "open"


def _blank_asking(plain: str, language: Language, coverage: Coverage) -> str:
    """Blanks the plans' own places, years and the words that ask: no passage needs to bear them out."""
    data = _data()
    patterns = [data["years"][language], data["kind"][language]["asking"]]
    if language == "zh":
        plain = blank_measures(plain)
        patterns = [data["years"]["han"], data["years"]["short"], *patterns]
    else:
        patterns.append(ordinal_pattern("en"))
    places = [re.escape(name) for name in place_names(coverage.named_places)]
    for pattern in [*places, *patterns]:
        plain = re.sub(pattern, lambda m: " " * len(m.group()), plain, flags=re.IGNORECASE)
    return plain


def content_words(plain: str, language: Language, coverage: Coverage, unit: UnitWish) -> tuple[Word, ...]:
    """The words that a passage must bear out: no counters and no aspects that units and roles cover."""
    blanked = _blank_asking(plain, language, coverage)
    words = analyze(blanked, language)
    if language == "en":
        words = _name_turned(words, plain)
    counter = unit.measure if unit.measure and not names_thing(unit.measure) else None
    kept = [word for word in words if FILLER_ASPECTS.isdisjoint(word.keys) and word.text != counter]
    aside = re.search(_data()["kind"][language]["aside"], plain, re.IGNORECASE)
    if aside and any(is_indicator(word) for word in kept if word.start >= aside.end()):
        # "消费品市场方面,": sets the scene and need not be borne out in full
        kept = [replace(w, weight=w.weight / 4) if w.end <= aside.end() else w for w in kept]
    stressed, stress = _stressed(kept, plain, language), _data()["kind"]["stress"]
    kept = [replace(w, weight=w.weight * stress) if w in stressed and w.weight >= NOUN else w for w in kept]
    labels = re.finditer(_data()["kind"]["label"], plain)  # “3+1”, which is no figure and no word
    kept += [Word(m.group(), m.start(), m.end(), (m.group(),), 1.0) for m in labels]
    return tuple({word.keys: word for word in kept}.values())


def _name_turned(words: Sequence[Word], plain: str) -> tuple[Word, ...]:
    """English words with the indicators that they name together, turned round: beds for elderly care."""
    spans = [match.span() for match in re.finditer(r"[A-Za-z]+", plain)]
    stems = tuple(stem_word(plain[start:end]) for start, end in spans)
    links = frozenset(stem_word(link) for link in _data()["kind"]["en"]["links"])
    keys: dict[int, tuple[str, ...]] = {}
    for concept, places in find_turned_concepts(stems, links):
        begins = [spans[place][0] for place in places]
        parts = {i for i, word in enumerate(words) if any(word.start <= b < word.end for b in begins)}
        whole = all(b in begins for i in parts for b, _ in spans if words[i].start <= b < words[i].end)
        if whole and len(parts) > 1:
            keys |= {i: (*keys.get(i, ()), f"#{concept}") for i in parts}
    return tuple(
        replace(word, keys=tuple(dict.fromkeys((*word.keys, *keys[i])))) if i in keys else word
        for i, word in enumerate(words)
    )


def _stressed(words: Sequence[Word], plain: str, language: Language) -> list[Word]:
    """The noun that is counted (多少学位, how many jobs) or measured (增加值是多少), which counts more."""
    data = _data()["kind"]
    mark = re.search(data[language]["counts"], plain, re.IGNORECASE)
    if mark is None:
        return []
    behind = [w for w in words if 0 <= w.start - mark.end() <= data["reach"][language]][:1]
    if language == "en":
        return behind
    ahead = [w for w in words if 0 <= mark.start() - w.end <= 1][-1:]
    head = next(iter((*behind, *ahead)), None)
    return _compound(words, head) if head else []


def _counted(words: Sequence[Word], plain: str, language: Language) -> Word | None:
    """The head of the noun that is counted: the events of "how many charity recruitment events"."""
    head = next(iter(_stressed(words, plain, language)), None)
    if language == "zh" or head is None:
        return head
    data = _data()["kind"]["en"]
    mark = re.search(data["counts"], plain, re.IGNORECASE)
    if mark and re.search(data["auxiliary"], plain[mark.end() : head.start], re.IGNORECASE):
        return None
    for word in words:
        if plain[head.end : word.start] in (" ", "-") and not re.search(data["verbal"], word.text):
            head = word
    return head


def _compound(words: Sequence[Word], head: Word) -> list[Word]:
    """A Chinese noun with the nouns written together with it: 电诈案件数."""
    named = [head]
    for word in sorted(words, key=lambda w: -w.start):
        if word.end == named[-1].start:
            named.append(word)
    return named
