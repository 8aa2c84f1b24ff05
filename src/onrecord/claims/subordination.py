"""Facts in clauses that hang on another: 'who', 'because', 'while'."""

from __future__ import annotations

from onrecord.claims.grammar import Clause, Fact, Group, joined
from onrecord.text.tokens import Part

_CONTRASTS = ("while", "whereas", "although", "though")


def relative(clause: Clause) -> list[Fact] | None:
    """'The plant, which opened in 2015, employs 400': two facts about the plant."""
    for index in range(1, len(clause) - 1):
        opens = clause.part(index) is Part.COMMA and clause.lower(index + 1) in ("who", "which")
        verb = clause.group(_after_adverbs(clause, index + 2)) if opens else None
        if verb is None or clause.lower(verb.last) in ("why", "how", "because"):
            continue
        found = _noun_before(clause, index) if _names_one(clause, index) else None
        end = _relative_end(clause, index, verb)
        if found is None or end is None:
            return None
        rest = joined(clause.words(0, index), clause.words(end, len(clause)))
        return [Fact(rest), Fact(f"{found} {clause.words(index + 2, end - 1)}")]
    return None


def _names_one(clause: Clause, comma: int) -> bool:
    """Whether the noun before the comma is what 'which' takes up, and not what was said of it."""
    main = clause.main
    return main is None or main.first > comma or clause.part(main.main) is Part.WORD


def _after_adverbs(clause: Clause, index: int) -> int:
    while clause.part(index) in (Part.ADVERB, Part.NOT):
        index += 1
    return index


def _relative_end(clause: Clause, comma: int, verb: Group) -> int | None:
    """After the comma that closes the relative clause, or the end and one; None where unsure."""
    commas = [i for i in range(verb.last, len(clause)) if clause.part(i) is Part.COMMA]
    main = clause.main
    if main and main.first > verb.first:
        return main.first if commas and main.first - 1 in commas else None
    if not main or main.first > comma:
        return None
    if not commas:
        return len(clause) + 1
    goes_on = clause.lower(commas[0] + 1) in ("and", "but")
    return commas[0] + 1 if len(commas) == 1 and goes_on else None


def _noun_before(clause: Clause, comma: int) -> str | None:
    """The noun phrase that ends before the comma; None when that may be something else."""
    main = clause.main
    if main and main.first > comma:
        return clause.words(clause.frame_end, comma) if clause.frame_end < comma else None
    first = comma
    inside = (Part.WORD, Part.NAME, Part.QUOTATION)
    while first > 0 and (clause.part(first - 1) in inside) and not _is_verb(clause, first - 1):
        first -= 1
    opens = (Part.DETERMINER, Part.POSSESSIVE)
    if first < comma and clause.part(first - 1) in opens and clause.lower(first - 1)[0].isalpha():
        return clause.words(first - 1, comma)
    names = all(clause.part(index) is Part.NAME for index in range(first, comma))
    whose = (
        clause.part(first - 1) not in (Part.NUMBER, Part.CONJUNCTION)
        and clause.lower(first - 1) != "of"
    )
    return clause.words(first, comma) if names and first < comma and whose else None


def _is_verb(clause: Clause, index: int) -> bool:
    return any(group.first <= index < group.last for group in clause.groups)


def because(clause: Clause) -> list[Fact] | None:
    """'A because B': A, B, and that the one is because of the other."""
    places = [i for i, token in enumerate(clause.tokens) if token.lower == "because"]
    if len(places) != 1 or clause.lower(places[0] + 1) == "of":
        return None
    found = _two_sides(clause, places[0])
    if found is None:
        return None
    left, right = (Clause(side) for side in found)
    if left.is_denied or not _is_alone(left):
        return None
    apart = [side for side in (left, right) if _is_alone(side)]
    return [*(Fact(side.text) for side in apart), Fact(clause.text, whole=True)]


def contrast(clause: Clause) -> list[Fact] | None:
    """'A, while B': A and B."""
    for index in range(len(clause)):
        if clause.lower(index) in _CONTRASTS and not _is_temporal(clause, index):
            found = _two_sides(clause, index)
            return _both(found) if found else None
    return None


def _is_temporal(clause: Clause, index: int) -> bool:
    """Whether it may tell when: 'while he was mayor', 'fell while prices rose'."""
    if clause.lower(index) != "while":
        return False
    if index:
        return clause.part(index - 1) is not Part.COMMA
    first = clause.groups[0] if clause.groups else None
    return first is None or first.helper is not None


def _both(sides: tuple[str, str]) -> list[Fact] | None:
    if not all(_is_alone(Clause(side)) for side in sides):
        return None
    return [Fact(side) for side in sides]


def _is_alone(clause: Clause) -> bool:
    return clause.stands_alone and not clause.leans_back(owners=True)


def _two_sides(clause: Clause, index: int) -> tuple[str, str] | None:
    """The main clause and the one that the word at the token opens; None when one is missing.

    The word may open the sentence: 'While B, A'.
    """
    if index == 0:
        commas = [i for i in range(len(clause)) if clause.part(i) is Part.COMMA]
        if len(commas) != 1:
            return None
        return clause.words(commas[0] + 1, len(clause)), clause.words(1, commas[0])
    before = index - 1 if clause.part(index - 1) is Part.COMMA else index
    before -= clause.lower(before - 1) == "even"
    left, right = clause.words(0, before), clause.words(index + 1, len(clause))
    whole = clause.part(before - 1) not in (Part.SUBORDINATOR, Part.CONJUNCTION, Part.PREPOSITION)
    return (left, right) if left and right and whole else None
