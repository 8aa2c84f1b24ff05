"""Time expressions of a text, as EDTF and as TIMEX3, with the basis on which each was reached.

words, lexicon    a text cut into words, each of a kind
grammar           which rows of kinds are time expressions, and what they mean (`meaning`)
expressions       finds them, with what modifies them and ties them to their sentence
events            words that name events, and the dates that stand beside them
intervals         dates as words bound them: 'since 2014'
resolve           holds what they mean against publication, text and events (`anchoring`)
reader            all of it in order
"""

from onrecord.text.dates.events import NAMES, Anchors, Event
from onrecord.text.dates.intervals import TIES, between, bounded, first_of, last_of
from onrecord.text.dates.meaning import Kind
from onrecord.text.dates.reader import Reading, TimeExpression, first_date, read, times
from onrecord.text.dates.tense import tense_of
from onrecord.text.dates.words import Words

__all__ = [
    "NAMES",
    "TIES",
    "Anchors",
    "Event",
    "Kind",
    "Reading",
    "TimeExpression",
    "Words",
    "between",
    "bounded",
    "first_date",
    "first_of",
    "last_of",
    "read",
    "tense_of",
    "times",
]
