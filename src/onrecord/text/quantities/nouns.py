"""What figures count: the noun behind a number, and what became of those counted."""

from __future__ import annotations

from onrecord.text.quantities.cores import ARTICLES, VAGUE, Core
from onrecord.text.quantities.pieces import Pieces
from onrecord.text.quantities.units import (
    CURRENCY_NAMES,
    MEASURES,
    STATES,
    counted,
    is_plural,
    singular,
)
from onrecord.text.wordlists import listed

_WORDS = 6
"""Words in which the noun must come."""
_REACH = 16
"""Pieces behind the noun in which is looked for what became of those counted."""
_QUOTES = frozenset("\"'“”‘’«»")
_STOPS = listed(
    "of in on at by for from to with and or but nor as than that which who whom whose where when "
    "while after before since until during against into over under is are was were be been being "
    "has have had do does did will would can could may might shall should must not it they he she "
    "we you i this these those the a an there said says told if because so per each every more "
    "apiece ago later earlier"
)
"""Words that no noun phrase goes on with."""
_BECAME = listed("was were been be being are is get got reportedly")
_BY_ITSELF = ("died", "dead")
_STATE_NOUNS = listed("dead deaths death injured wounded missing")
_DOLLARS = {
    "us": "USD",
    "u.s": "USD",
    "american": "USD",
    "canadian": "CAD",
    "australian": "AUD",
    "singapore": "SGD",
    "zealand": "NZD",
}
_MONEY_POUNDS = 10_000
"""So many pounds are money rather than a weight."""


def printed_unit(p: Pieces, core: Core) -> tuple[str, int] | None:
    """The unit of money or measure behind a number, and the rank behind it; None for none."""
    end, word = core.end, p.at(core.end)
    if p.at(end + 1) in ("dollar", "dollars") and word in _DOLLARS:
        return _DOLLARS[word], end + 2
    if word in ("square", "cubic") and p.at(end + 1) in MEASURES:
        return f"{word} {MEASURES[p.at(end + 1)]}", end + 2
    unit = CURRENCY_NAMES.get(word) or MEASURES.get(word)
    if word == "pounds" and core.value >= _MONEY_POUNDS:
        unit = "GBP"
    return (unit, end + 1) if unit and not p.cut_off(end + 1) else None


def counted_noun(p: Pieces, core: Core, first: int) -> str:
    """What a figure that begins at `first` counts; empty when the text does not say.

    'others' are as they stand: what was counted before.
    """
    head, end = _head(p, _behind_of(p, core))
    if head == "others":
        return head
    return counted(head, _state(p, first, end))


def share_of(p: Pieces, core: Core) -> str:
    """'%', with what it is a share of where that is printed: '% of voter'."""
    rank = _behind_of(p, core)
    if rank == core.end:
        return "%"
    head, _ = _head(p, rank, any_word=True)
    return f"% of {singular(head)}" if head else "%"


def _behind_of(p: Pieces, core: Core) -> int:
    """The rank behind 'of the', where that stands behind the core."""
    if p.at(core.end) != "of":
        return core.end
    return core.end + 1 + (p.at(core.end + 1) in ARTICLES)


def _head(p: Pieces, rank: int, *, any_word: bool = False) -> tuple[str, int]:
    """The noun, and the rank behind it: the last of the first plural words.

    Where there is none, and `any_word` will do, the first word.
    """
    head = other = ""
    end = rank + 2 * _WORDS
    while rank < end:
        piece = p.at(rank)
        rank += 1
        inside = piece == "-" or (piece[:1].isdigit() and p.glued(rank - 1))  # as in 'Su-30 jets'
        if piece in _QUOTES or inside:
            continue
        if not piece[:1].isalpha() or piece in _STOPS or (head and not is_plural(piece)):
            return head or (other if any_word else ""), rank - 1
        head = piece if is_plural(piece) or piece in _STATE_NOUNS else head
        other = other or piece
    return head or (other if any_word else ""), rank


def _state(p: Pieces, first: int, end: int) -> str | None:
    """'killed 4 people', '4 people have been killed', '4 people died'."""
    if before := STATES.get(p.at(first - 1)):
        return before
    for rank in range(end, end + _REACH):
        piece = p.at(rank)
        if piece in ("", ".", ";", "!", "?") or piece in VAGUE or p.number(rank):
            return None
        state = STATES.get(piece)
        if state and (p.at(rank - 1) in _BECAME or piece in _BY_ITSELF):
            return state
    return None
