"""A follow-up question -> the question in full, with what it leaves out taken from the ones before.

>>> from rag.bind import Coverage
>>> from rag.ask.question import read_question
>>> plans = Coverage((2019, 2020, 2023, 2024), ("光明区",), 2024)
>>> def complete(*turns):
...     return complete_question(turns[-1], turns[:-1], lambda text: read_question(text, plans))
>>> complete("2019年光明区社会消费品零售总额是多少?", "那2023年呢?")
'2023年光明区社会消费品零售总额是多少?'
>>> complete("2020年GDP增长目标是多少?", "社零呢?")
'2020年社零增长目标是多少?'
>>> complete("2019年规上工业增加值是多少亿元?", "增长了多少?")
'2019年规上工业增加值增长了多少?'
>>> complete("How many hospital beds were added in 2023?", "And in 2019?")
'How many hospital beds were added in 2019?'
>>> complete("2023年GDP增速?", "2024年计划新增多少公顷森林?")
'2024年计划新增多少公顷森林?'
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from rag.ask.question import Question
from rag.ask.rules import without_totals
from rag.bind import measure_pattern, ordinal_pattern, relative_year
from rag.language import Word, analyze, is_subject, load_toml
from rag.schema import RATES, Language, Span

MAX_TURNS = 8  # earlier questions that can matter

Read = Callable[[str], Question]


def complete_question(text: str, context: Sequence[str], read: Read, known: Sequence[str] = ()) -> str:
    """The question in full; the text itself where it stands alone.

    `context`: oldest first; `known`: the "year:status" pairs that the plans tell of.
    """
    before: Question | None = None
    for earlier in context[-MAX_TURNS:]:
        before = read(_continue(earlier, before, read, known))
    return _continue(text, before, read, known)


def _continue(text: str, before: Question | None, read: Read, known: Sequence[str]) -> str:
    now = read(text)
    if before is None or now.language != before.language:
        return text
    data = load_toml("bind/followup.toml")[now.language]
    years = _years(now, before, known)
    relative = relative_year(now.plain, now.language)
    rest = _strip(now.plain, data, relative[1] if relative else "")
    if again := _ask_again(before, now, rest, data):
        again = _date(again, before, years)
        other = now.status not in (None, before.status)
        return str(data["told"]).format(rest=again, status=data[now.status]) if other else again
    leans = _leans(now, data)
    if _subjects(now) and not leans and (now.years or now.plan_year or not before.years):
        return text
    rest = re.sub(data["one_for"], r"\g<kind> one", rest, flags=re.IGNORECASE)
    rest = " ".join(re.sub(data["ones"], _head_text(before, data), rest, flags=re.IGNORECASE).split())
    same_year = relative is not None and relative[0] == 0
    if len(_subjects(now)) > (0 if same_year else 1) and not leans:
        return _dated(rest, years, now.language)
    topic = re.match(data["bare"], rest, re.IGNORECASE)
    refers = re.search(data["anaphor"], rest, re.IGNORECASE) is not None
    if topic and not refers and len(before.years) < 2:
        asked = _without_years(topic["topic"], now)
        if not _bare_words(asked, read):
            return _date(_strip(before.plain, data), before, years)
        in_units = re.search(data["in_units"], asked, re.IGNORECASE) is not None
        if before.role in RATES and in_units:  # "what about investment, in yuan?"
            level = data["level"].format(topic=asked, status=data.get(before.status, ""))
            return _dated(level, years, now.language)
        if _subjects(now) and now.role is None and now.status in (None, before.status):
            return _date(_replace_subject(before, asked, data), before, years)
    return _compose(now, before, rest, years, data)


def _subjects(question: Question) -> list[Word]:
    """The words that name what is asked about: no aspects and no verbs alone."""
    return [word for word in question.words if is_subject(word)]


def _ask_again(before: Question, now: Question, rest: str, data: dict[str, Any]) -> str | None:
    """The earlier question, where the follow-up asks it of another year, batch or side of a change."""
    asked = _strip(before.plain, data)
    if (now.years or now.plan_year or relative_year(now.plain, now.language)) and re.fullmatch(
        data["empty"], _without_years(rest, now), re.IGNORECASE
    ):
        return asked
    if len(now.ordinals) == len(before.ordinals) == 1 and not _subjects(now):
        pattern = re.compile(ordinal_pattern(now.language), re.IGNORECASE)
        if (other := pattern.search(now.plain)) and pattern.search(asked):
            return pattern.sub(other[0], asked)
    for pattern, earlier, later in data["sides"]:
        if re.fullmatch(pattern, now.plain, re.IGNORECASE) and re.search(earlier, asked, re.IGNORECASE):
            return re.sub(earlier, later, asked, flags=re.IGNORECASE)
    return None


def _leans(now: Question, data: dict[str, Any]) -> bool:
    """Whether a question cannot stand alone, whatever it names."""
    leaning = (data["definite"], data["fragment"])
    return _refers_back(now, data) or any(re.search(cue, now.plain, re.IGNORECASE) for cue in leaning)


def _refers_back(now: Question, data: dict[str, Any]) -> bool:
    """Whether a pronoun stands for what was asked before, and not for a noun ahead of it."""
    match = re.search(data["anaphor"], now.plain, re.IGNORECASE)
    if match is None:
        return False
    ahead = any(word.start < match.start() for word in _subjects(now))
    return not (ahead and re.fullmatch(data["possessive"], match[0], re.IGNORECASE))


def _years(now: Question, before: Question, known: Sequence[str]) -> tuple[int, ...]:
    relative = relative_year(now.plain, now.language)
    if relative is not None and len(before.years) == 1:
        return (before.years[0] + relative[0],)
    if _looks_ahead(now, before, known):
        return (before.years[0] + 1,)
    if now.operation and now.years and before.years and set(now.years).isdisjoint(before.years):
        return (*before.years, *now.years)  # "compare that with 2023"
    named = (now.plan_year,) if now.plan_year and now.plan_year not in now.years else ()
    return now.years or named or before.years


def _looks_ahead(now: Question, before: Question, known: Sequence[str]) -> bool:
    """Whether what is still to come is asked, after an outturn: the targets of the next year tell that."""
    if now.years or now.plan_year or len(before.years) != 1 or before.status == "planned":
        return False
    year = before.years[0]
    ahead = load_toml("bind/followup.toml")[now.language]["ahead"]
    told = {f"{year}:actual", f"{year + 1}:planned"} <= set(known)
    return told and re.search(ahead, now.plain, re.IGNORECASE) is not None


def _strip(plain: str, data: dict[str, Any], relative: str = "") -> str:
    rest = re.sub(
        data["trail"], "", re.sub(data["lead"], "", plain, flags=re.IGNORECASE), flags=re.IGNORECASE
    )
    return " ".join(rest.replace(relative, "").split()).strip(" ,")


def _without_years(text: str, now: Question) -> str:
    pattern = load_toml("bind/question.toml")["years"][now.language]
    return " ".join(re.sub(rf"(?:\bin |\bfor )?{pattern}年?度?的?", "", text, flags=re.IGNORECASE).split())


def _bare_words(text: str, read: Read) -> bool:
    return bool(text) and bool(read(text).words or read(text).role or read(text).status)


def _date(plain: str, before: Question, years: Sequence[int]) -> str:
    """The earlier question with other years."""
    if not years or tuple(years) == before.years:
        return plain
    if len(before.years) != 1 or len(years) != 1:
        return _dated(plain, years, before.language)
    return re.sub(rf"(?<!\d){before.years[0]}(?!\d)", str(years[0]), plain)


def _dated(text: str, years: Sequence[int], language: str) -> str:
    data = load_toml("bind/followup.toml")[language]
    missing = [year for year in years if str(year) not in text]
    return str(data["dated"]).format(year=missing[0], rest=text) if missing else text


def _subject_span(before: Question, data: dict[str, Any]) -> Span:
    """Where the first subject of a question stands, with the words written together with it."""
    words = sorted(before.words, key=lambda word: word.start)
    subjects = _subjects(before)
    if not subjects:
        return Span(0, 0)
    first = last = words.index(min(subjects, key=lambda word: word.start))
    while first and _adjoin(before.plain, words[first - 1], words[first], data):
        first -= 1
    while last + 1 < len(words) and _adjoin(before.plain, words[last], words[last + 1], data):
        last += 1
    return Span(words[first].start, words[last].end)


def _head_text(before: Question, data: dict[str, Any]) -> str:
    """The noun that "one" stands for: the last of those that the first subject is written with.

    Empty where what follows the subject is that noun, as in "the smart-sensor fund".
    """
    span = _subject_span(before, data)
    within = [word for word in before.words if span.start <= word.start < span.end]
    head = max(within, key=lambda word: word.start, default=None)
    following = analyze(before.plain, before.language)
    if head is None or any(
        word.start > head.start and _adjoin(before.plain, head, word, data) for word in following
    ):
        return ""
    return head.text


def _replace_subject(before: Question, topic: str, data: dict[str, Any]) -> str:
    """The earlier question with another subject, and without the unit that went with the old one."""
    span = _subject_span(before, data)
    head, tail = before.plain[: span.start], before.plain[span.end :]
    topic = _with_head(topic, before.plain[span.start : span.end], before.language)
    if data["asked"]:
        head, tail = (re.sub(measure_pattern(), data["asked"], part) for part in (head, tail))
    return f"{head}{topic}{tail}" if span.end else f"{topic}{data['between']}{tail}"


def _with_head(topic: str, subject: str, language: Language) -> str:
    """A topic that only tells apart what the subject ends in: 制造业 after 社会投资 means 制造业投资."""
    between = load_toml("bind/followup.toml")[language]["between"]
    parts = subject.split(between) if between else list(subject)
    words = analyze(topic, language)
    for start in range(1, len(parts)):
        for end in range(len(parts), start, -1):
            longer = f"{topic}{between}{between.join(parts[start:end])}"
            named = analyze(longer, language)
            if len(words) == len(named) == 1 and named[0].text == longer and named[0].keys != words[0].keys:
                return longer if named[0].keys[0].startswith("#") else topic
    return topic


def _adjoin(plain: str, one: Word, other: Word, data: dict[str, Any]) -> bool:
    return re.match(data["gap"], plain[one.end : other.start]) is not None


def _compose(now: Question, before: Question, rest: str, years: tuple[int, ...], data: dict[str, Any]) -> str:
    """The follow-up with the earlier subject in front (or behind, in English), and its year."""
    told: Sequence[Word] = before.words
    tells_apart = load_toml("bind/evidence.toml")["phases"]["all"]
    if now.asks_stock:  # how many there are: not only new ones
        told = _subjects(before)
    elif any(key in tells_apart for word in now.words for key in word.keys):
        told = _subjects(before)  # roads completed, after roads started
    elif now.asks_flow or now.asks_making:
        told = without_totals(before.words)
    subject = data["between"].join(word.text for word in sorted(told, key=lambda word: word.start))
    if before.role == "growth" and now.role is None and not now.unit.classes and not _subjects(now):
        subject += data["growth"]
    text = rest
    if now.status is None and before.status and years == before.years and not _subjects(now):
        text = f"{data[before.status]}{data['between']}{rest}"
    if subject:
        text = str(data["aside" if _subjects(now) else "joined"]).format(subject=subject, rest=text)
    return _dated(text, years, now.language)
