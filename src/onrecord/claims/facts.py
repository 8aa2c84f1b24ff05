"""What a sentence says in one breath, said one thing at a time.

Each rule takes a clause that says several things and gives these as clauses of their own, made of
the words of the first: the subject repeated, the rest left out. Where it is not plain what belongs
to what the clause stays whole, since a part that says something else than the claim is worse than
one that says much.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from onrecord.claims.coordination import clauses, objects, verb_phrases
from onrecord.claims.grammar import Clause, Fact
from onrecord.claims.reporting import said_that, who_said
from onrecord.claims.subordination import because, contrast, relative
from onrecord.text.tokens import Part

MOST_WORDS = 90
"""A longer clause is not cut: it is a list, or no prose."""

DEEPEST = 8
"""So often is a clause cut that was cut from another."""

_OWN_VOICE = re.compile(
    r"(?:(?:and|but|so|well|look|again|frankly|in fact|of course|indeed),?\s+)?"
    r"(?:the (?:fact|truth|reality) (?:of the matter )?is(?: that)?"
    r"|it is (?:a fact|no secret|(?:well |widely )?known|clear|obvious|true|undeniable) that"
    r"|everyone knows that|as (?:everyone|everybody) knows,|as (?:we all|you) know,"
    r"|(?:i|we) (?:can |must |have to |want to )?(?:tell|assure|remind) you that"
    r"|(?:i|we) (?:can |must |have to |want to )?(?:say|stress|repeat|confirm|know) (?:again )?that"
    r"|let me (?:be clear|tell you|say this|remind you)(?: that|[,:])|make no mistake[,:]"
    r"|in fact,|of course,|frankly,)\s+",
    re.IGNORECASE,
)
"""By these the speaker only says that it is they who speak."""
_NOT_ONLY = re.compile(r"\bnot only\s+(?=.+\bbut\b)")


Rule = Callable[[Clause], "Sequence[Fact] | None"]


def facts(text: str) -> list[str]:
    """What the sentence says one by one, without the mark that ends it; itself when that is one."""
    return list(_facts(text, depth=0))


def _facts(text: str, depth: int) -> Iterator[str]:
    text = text.strip(" ,-–—")
    clause = Clause(text)
    if depth > DEEPEST or len(clause) > MOST_WORDS or clause.is_stray or _is_bound(clause):
        yield text
        return
    for rule in _RULES:
        found = rule(clause)
        if found:
            for fact in found:
                yield from [fact.text] if fact.whole else _facts(fact.text, depth + 1)
            return
    yield text


def _is_bound(clause: Clause) -> bool:
    """Whether what it says holds together by 'if', or by 'not' or 'only' before all of it."""
    only = clause.lower(0) == "only" and clause.part(1) is Part.PREPOSITION
    return (
        only
        or clause.part(0) is Part.NOT
        or any(token.lower in ("if", "unless", "whether") for token in clause.tokens)
    )


def _own_voice(clause: Clause) -> list[Fact] | None:
    """'I can tell you that A': A."""
    match = _OWN_VOICE.match(clause.text)
    rest = clause.text[match.end() :] if match else ""
    return [Fact(rest)] if any(character.isalpha() for character in rest) else None


def _not_only(clause: Clause) -> list[Fact] | None:
    """'not only sold A but also bought B': 'sold A but also bought B'."""
    plain = _NOT_ONLY.sub("", clause.text, count=1)
    return [Fact(plain)] if plain != clause.text else None


def _said_after(clause: Clause) -> list[Fact] | None:
    """'A and B, the ministry said': each with who said it."""
    comma = who_said(clause)
    if comma is None:
        return None
    said = clause.words(comma + 1, len(clause))
    inner = facts(clause.words(0, comma))
    return [Fact(f"{fact}, {said}", whole=True) for fact in inner] if len(inner) > 1 else None


def _said_before(clause: Clause) -> list[Fact] | None:
    """'The ministry said that A and that B': each with who said it."""
    start = said_that(clause)
    if start is None:
        return None
    said = clause.words(0, start)
    cuts = [
        index
        for index in range(start, len(clause))
        if clause.lower(index) in ("and", "but") and clause.lower(index + 1) == "that"
    ]
    if cuts:
        starts = [start, *(cut + 2 for cut in cuts)]
        contents = [
            clause.words(first, last).rstrip(" ,")
            for first, last in zip(starts, [*cuts, len(clause)], strict=True)
        ]
    else:
        contents = [clause.words(start, len(clause))]
    inner = [fact for content in contents for fact in _said(content)]
    return [Fact(f"{said} {fact}", whole=True) for fact in inner] if len(inner) > 1 else None


def _said(content: str) -> list[str]:
    """What was said one by one; whole where 'and' may go on with who said it."""
    clause = Clause(content)
    doubtful = clause.main and any(
        clause.part(index) is Part.COMMA
        and clause.lower(index + 1) in ("and", "but")
        and clause.continues(index + 2, clause.main)
        for index in range(len(clause))
    )
    return [content] if doubtful else facts(content)


_RULES: tuple[Rule, ...] = (
    _own_voice,
    _not_only,
    _said_after,
    _said_before,
    relative,
    because,
    contrast,
    clauses,
    verb_phrases,
    objects,
)
