"""What is known of Chinese and English: numerals, quantities, words, sentences, names and their meanings.

>>> [(q.text, q.unit_class) for q in find_quantities("地区生产总值1020.9亿元,增长8.0%")]
[('1020.9亿元', 'money'), ('8.0%', 'percent')]
"""

from rag.language.agreement import agreement, comparable, direction, kind_of, same_kind
from rag.language.analysis import (
    NOUN,
    Word,
    analyze,
    analyze_chinese,
    analyze_english,
    detect_language,
    is_indicator,
    is_subject,
    normalize,
    subtokens,
    tag_tokens,
    text_language,
)
from rag.language.conversion import english_amount
from rag.language.gazetteer import Place, ancestors, is_within, level_of, named, short_names
from rag.language.glosses import Glosses, build_glosses, english_keys, gloss_tokens
from rag.language.mentions import Mention, find_places
from rag.language.messages import Messages
from rag.language.numerals import decimals_of, fold_width, parse_english_numeral, parse_numeral
from rag.language.places import foreign_places, named_places, place_names, unknown_places
from rag.language.quantity import find_quantities, qualified_span
from rag.language.resources import load_toml, load_tsv, read_text
from rag.language.sentences import (
    split_clauses,
    split_english_clauses,
    split_english_sentences,
    split_sentences,
    split_statements,
)
from rag.language.spelling import Corrections, Speller
from rag.language.stemming import stem_word, stem_words
from rag.language.terms import ASPECT, chinese_names, english_names, find_concepts, find_turned_concepts
from rag.language.unlisted import unlisted_place
from rag.language.years import (
    YearSpan,
    find_dates,
    find_single_years,
    find_years,
    is_traditional,
    plan_period,
    western_years,
)

__all__ = [
    "ASPECT",
    "NOUN",
    "Corrections",
    "Glosses",
    "Mention",
    "Messages",
    "Place",
    "Speller",
    "Word",
    "YearSpan",
    "agreement",
    "analyze",
    "analyze_chinese",
    "analyze_english",
    "ancestors",
    "build_glosses",
    "chinese_names",
    "comparable",
    "decimals_of",
    "detect_language",
    "direction",
    "english_amount",
    "english_keys",
    "english_names",
    "find_concepts",
    "find_dates",
    "find_places",
    "find_quantities",
    "find_single_years",
    "find_turned_concepts",
    "find_years",
    "fold_width",
    "foreign_places",
    "gloss_tokens",
    "is_indicator",
    "is_subject",
    "is_traditional",
    "is_within",
    "kind_of",
    "level_of",
    "load_toml",
    "load_tsv",
    "named",
    "named_places",
    "normalize",
    "parse_english_numeral",
    "parse_numeral",
    "place_names",
    "plan_period",
    "qualified_span",
    "read_text",
    "same_kind",
    "short_names",
    "split_clauses",
    "split_english_clauses",
    "split_english_sentences",
    "split_sentences",
    "split_statements",
    "stem_word",
    "stem_words",
    "subtokens",
    "tag_tokens",
    "text_language",
    "unknown_places",
    "unlisted_place",
    "western_years",
]
