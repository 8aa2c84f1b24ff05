"""Whether a record can decide what a text says, and why not.

Reasons go by what is said of the world, not by strong words: 'the terrible flood killed 40' can be
checked, 'the flood was terrible' cannot. What somebody else is reported to have said can be, even
when it is a forecast: whether they said so is on record.
"""

from __future__ import annotations

import re

from onrecord.claims.grammar import Clause, Group
from onrecord.claims.reporting import reports
from onrecord.claims.verbs import verb_forms
from onrecord.text.speech import Form
from onrecord.text.tokens import Part
from onrecord.text.wordlists import listed

QUESTION = "question"
COMMAND = "command"
OPINION = "opinion"
PREDICTION = "prediction"
ADVICE = "advice"
VAGUE_PRAISE = "vague praise"

REASONS = (QUESTION, COMMAND, OPINION, PREDICTION, ADVICE, VAGUE_PRAISE)
"""All reasons that `not_checkable` gives."""

_QUESTION = re.compile(r"\?[\s\"'”’»)\]]*\Z")
_STANCE = re.compile(
    r"\b(?:(?:I|we) (?:\w+ly )?(?:think|believe|feel|hope|wish|suspect|doubt|guess|prefer|fear)"
    r"|in (?:my|our) (?:view|opinion|eyes)|to my mind|as I see it|if you ask me)\b",
    re.IGNORECASE,
)
_ADVICE = re.compile(r"\b(?:(?-i:should)|ought to|must (?:not )?be)\b", re.IGNORECASE)
_PREDICTION = re.compile(
    r"(?<!\bthe )(?<!\bhis )(?<!\bher )(?<!\btheir )(?<!['’]s )\b(?-i:will)(?! of\b)\b"
    r"|\bshall\b|\bwon['’]t\b|['’]ll\b",
    re.IGNORECASE,
)  # 'Will' opens a question or is a name
_AHEAD = re.compile(r"\b(?:is|are) (?:likely|bound|certain|about|set) to [a-z]", re.IGNORECASE)
_GOING_TO = re.compile(
    r"(?:\b(?:is|are|am)|['’](?:s|re|m))(?: not)? going to (?P<what>[\w’'-]+)", re.IGNORECASE
)
_NO_VERBS = listed(
    "school war jail prison church court college university hospital market town press trial "
    "sea bed waste the a an his her its our their my your this that these those"
)
_BOUNDED = re.compile(
    r"\b(?:since|in|for) (?:the )?(?:last |past )?(?:\d[\d,]*|\w+ (?:years|decades|months))\b"
    r"|\bon record\b|\brecorded\b|\d|\b(?:ever )?measured\b|\baccording to\b",
    re.IGNORECASE,
)
"""What makes a superlative one that can be looked up: 'the worst drought since 1990'."""
_SUPERLATIVES = listed("best worst greatest nicest finest noblest bravest kindest wisest dumbest")
_BLAME = listed(
    "terrible horrible awful disgusting disgraceful shameful ridiculous absurd stupid foolish "
    "crazy ugly evil wicked unfair unjust immoral outrageous pathetic useless worthless boring "
    "arrogant disappointing shocking unacceptable intolerable incompetent dishonest cowardly "
    "reckless weak disaster disgrace shame joke mess tragedy nightmare insult outrage "
    "catastrophe farce failure fool idiot coward clown sad bad overrated interesting annoying "
    "ungrateful"
)
_TASTE = listed("beautiful lovely tasty delicious charming nice pleasant funny cute")
_PRAISE = listed(
    "great wonderful amazing fantastic incredible excellent outstanding superb brilliant "
    "tremendous magnificent splendid remarkable extraordinary exemplary glorious heroic brave "
    "courageous noble honest decent generous wise visionary tireless reliable trustworthy "
    "respected admirable proud strong good patriotic peace-loving hard-working hero heroes "
    "patriot patriots beacon miracle success triumph blessing treasure gem inspiration"
)
_PRAISING = re.compile(
    r"\b(?:(?:does|do|did|done|doing) an? (?:\w+ly )?(?!odd\b|part\b)\w+ job"
    r"|(?:works?|worked|working) (?:tirelessly|hard)"
    r"|stands? (?:up for|firm|tall)"
    r"|stands? (?:for|with|by) (?:the people|honesty|justice|freedom|peace|truth|progress|our)"
    r"|(?:is|are|remains?) (?:fully |firmly |deeply |always )?committed to|cares? (?:deeply )?about"
    r"|puts? (?:the )?\w+ first|like never before|than ever before|second to none|the envy of"
    r"|shining example)\b",
    re.IGNORECASE,
)
_ATTITUDES = listed(
    "love loves loved hate hates hated adore adores despise despises deserve deserves"
)
_COPULAS = listed(
    "is are was were am be been being 're ’re 'm ’m 's ’s seems seem remain remains became "
    "become becomes look looks feels sounds"
)
_CLOSED = (Part.COMMA, Part.SUBORDINATOR, Part.RELATIVE, Part.PREPOSITION, Part.TO, Part.STOP, None)


def not_checkable(text: str) -> str | None:
    """Why no record can decide the text, one of REASONS; None when one can."""
    if _QUESTION.search(text):
        return QUESTION
    clause = Clause(text)
    if _is_command(clause):
        return COMMAND
    if _STANCE.search(text):
        return OPINION
    if reports(clause):
        return None
    return _of_the_world(text, clause)


def _of_the_world(text: str, clause: Clause) -> str | None:
    if _is_opinion(clause, text):
        return OPINION
    main = clause.main
    verb = clause.words(main.first, main.last) if main else text
    ahead = clause.words(main.first, main.last + 3) if main else text
    if _PREDICTION.search(verb) or _AHEAD.search(ahead) or _is_going_to(ahead):
        return PREDICTION
    if _ADVICE.search(verb):
        return ADVICE
    return VAGUE_PRAISE if _is_praise(clause, text) else None


def _is_going_to(text: str) -> bool:
    match = _GOING_TO.search(text)
    what = match["what"] if match else ""
    return bool(what) and what.islower() and what not in _NO_VERBS


def _is_command(clause: Clause) -> bool:
    """Whether it opens with what to do: 'Stop the war', 'Do not vote', 'Let us go'."""
    first = 1 if clause.lower(0) in ("please", "never", "always") else 0
    word, after = clause.lower(first), clause.part(first + 1)
    if word == "let" and clause.lower(first + 1) in ("us", "'s", "’s", "them", "him", "the"):
        return True
    if word == "do" and after is Part.NOT:
        return True
    if not verb_forms(word) & Form.BASE or clause.main is not None:
        return False
    opens = (Part.DETERMINER, Part.POSSESSIVE, Part.OBJECT, Part.PREPOSITION, Part.PRONOUN)
    return after in opens or (first == 1 and after is Part.WORD)


def _is_opinion(clause: Clause, text: str) -> bool:
    main = clause.main
    words = [token.lower for token in clause.tokens]
    if main and clause.lower(main.main) in _ATTITUDES and main.helper is None:
        return True
    said = _predicate(clause, main) if main else words
    if any(word in _SUPERLATIVES for word in said):
        return not _BOUNDED.search(text)
    return any(word in _BLAME or word in _TASTE for word in said)


def _is_praise(clause: Clause, text: str) -> bool:
    if any(character.isdigit() for character in text):
        return False
    praised = any(word in _PRAISE for word in _predicate(clause, clause.main))
    return praised or _PRAISING.search(text) is not None


def _predicate(clause: Clause, main: Group | None) -> list[str]:
    """The words by which a clause with 'is' says what its subject is like; else none."""
    if main is None or clause.lower(main.main) not in _COPULAS:
        return []
    found = []
    for index in range(main.last, len(clause)):
        if clause.part(index) in _CLOSED:
            break
        found.append(clause.lower(index))
    return found
