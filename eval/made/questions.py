"""Questions with their answers, in Chinese and English, from the statements of a report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

from eval.made.places import Place, draw_place
from eval.made.sources import load
from eval.made.truth import Listing, Period, Question, Report, Statement

_PARTS = {
    "Q1": ("一季度", "the first quarter of {}"),
    "H1": ("上半年", "the first half of {}"),
    "01-09": ("前三季度", "the first three quarters of {}"),
    "01-10": ("1—10月", "January to October {}"),
    "Q3": ("第三季度", "the third quarter of {}"),
    "01-11": ("1—11月", "January to November {}"),
}
_ASKED = 6  # questions about figures, of each report


def period_words(period: Period, language: str) -> str:
    """A period as a question names it.

    >>> period_words(Period("part", 2025, 2025, "H1"), "zh"), period_words(Period("span", 2021, 2025), "en")
    ('2025年上半年', '2021 to 2025')
    """
    start, end = period.start, period.end
    if period.part:
        zh, en = _PARTS[period.part]
        return f"{end}年{zh}" if language == "zh" else en.format(end)
    if period.kind in {"span", "average"}:
        return (
            f"{start}—{end}年{'年均' if period.kind == 'average' else ''}"
            if language == "zh"
            else f"{start} to {end}"
        )
    return f"{end}年{'末' if period.kind == 'point' else ''}" if language == "zh" else str(end)


def _key(statement: Statement) -> tuple[object, ...]:
    return (statement.subject_en, statement.measure, statement.period, statement.place)


def draw_questions(report: Report, place: Place, rng: Random) -> tuple[Question, ...]:
    """Some questions that the report answers and some that it does not."""
    answers: dict[tuple[object, ...], set[str]] = {}
    for one in report.statements:
        answers.setdefault(_key(one), set()).add(one.figure)
    groups = {key: len(figures) for key, figures in answers.items()}
    clear = [s for s in report.statements if groups[_key(s)] == 1 and _is_plain(s)]
    chosen = {_key(s): s for s in rng.sample(clear, min(_ASKED, len(clear)))}
    english = {part.zh: part.en for part in (place, *place.parts)} | {"全国": "China"}
    asked: list[Question] = []
    for statement in chosen.values():
        for language in ("zh", "en"):
            asked.append(_about(statement, language, english, report.statements, rng))
    asked += [_list_question(listing, report, rng) for listing in report.listings[:1]]
    if clear:
        asked += _unanswerable(rng.choice(clear), report, place, rng)
    return tuple(asked)


def _is_plain(one: Statement) -> bool:
    """Whether a question can name it without its sentence: a standard indicator, of a place."""
    return bool(one.indicator and _template(one) and not one.entity and not _relative(one))


def _relative(statement: Statement) -> bool:
    return statement.measure in {"growth", "decline"} and (
        statement.unit not in {"%", "percent"} or statement.of is not None
    )


def _template(statement: Statement) -> str | None:
    measure = statement.measure
    if statement.status == "planned" and measure in {"level", "growth"}:
        return f"planned_{measure}"
    return measure if measure in load("questions")["zh"] else None


def _about(
    one: Statement, language: str, english: Mapping[str, str], every: Sequence[Statement], rng: Random
) -> Question:
    words = {
        "period": period_words(one.period, language),
        "place": one.place if language == "zh" else english.get(one.place, one.place),
        "subject": one.subject if language == "zh" else one.subject_en,
        "of": one.of or "",
    }
    pattern = rng.choice(load("questions")[language][_template(one)])
    forbid = {
        s.figure
        for s in every
        if s.subject_en == one.subject_en and s.measure == one.measure and s.value != one.value
    }
    category = "lookup_target" if one.status == "planned" else "lookup_actual"
    return Question(
        pattern.format(**words),
        language,  # type: ignore[arg-type]
        category,
        (one.figure,),
        forbid=tuple(sorted(forbid)),
        evidence=one.sentence,
    )


def _list_question(listing: Listing, report: Report, rng: Random) -> Question:
    lead = listing.lead.rstrip("：").split("，")[-1]
    words = {"place": report.place, "period": "", "lead": lead}
    text = rng.choice(load("questions")["zh"]["listing"]).format(**words)
    return Question(text, "zh", "list", texts=listing.items, evidence=listing.lead)


def _unanswerable(one: Statement, report: Report, place: Place, rng: Random) -> list[Question]:
    data = load("questions")
    period, later = period_words(one.period, "zh"), f"{report.year + 7}年"
    known = {place.stem, *(part.stem for part in place.parts)}
    other = next(p for p in (draw_place(rng, "county") for _ in range(9)) if p.stem not in known)
    absent = {"period": period_words(one.period, "en"), "place": place.en}
    return [
        Question(
            data["zh"]["other_place"].format(period=period, place=other.zh, subject=one.subject),
            "zh",
            "unanswerable_place",
            forbid=(one.figure,),
            reason="place_not_covered",
        ),
        Question(
            data["zh"]["other_year"].format(period=later, place=report.place, subject=one.subject),
            "zh",
            "unanswerable_year",
            forbid=(one.figure,),
            reason="year_not_covered",
        ),
        Question(
            rng.choice(data["zh"]["absent"]).format(period=period, place=report.place),
            "zh",
            "unanswerable_indicator",
            reason="not_stated",
        ),
        Question(
            rng.choice(data["en"]["absent"]).format(**absent),
            "en",
            "unanswerable_indicator",
            reason="not_stated",
        ),
    ]
