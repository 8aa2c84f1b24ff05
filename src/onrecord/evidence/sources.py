"""Whom the words of a source name: a person with a role, an organisation, a document, or nobody."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from onrecord.model import Cited, CitedKind
from onrecord.text.clauses import is_agent
from onrecord.text.names import NameKind, is_no_name, is_place, name_kind, without_titles
from onrecord.text.wordlists import listed

LONGEST_SOURCE = 300
"""Characters of a source that are read for who it is."""


_SPEAKERS = listed(
    "activist adviser advisor aide analyst attorney author captain chairman chairwoman chief clerk "
    "colonel commander commentator consultant coordinator correspondent critic defector delegate "
    "diplomat director doctor donor economist editor employee envoy executive expert father "
    "fighter founder friend general governor guard head historian insider inspector investigator "
    "journalist judge king lawmaker lawyer leader manager mayor member minister monk mother nurse "
    "observer officer official operative opponent owner participant pilot player politician "
    "pollster president prisoner producer professor prosecutor protester rapporteur refugee "
    "reporter representative researcher resident scholar scientist secretary senator soldier "
    "source spokesman spokesperson spokeswoman strategist student supporter survivor teacher "
    "trader victim villager volunteer voter witness worker writer man woman person"
)
_MANY = listed(
    "people men women those some many others witnesses spokesmen spokeswomen spokespeople "
    "businessmen families children troops reports"
) | frozenset(word + "s" for word in _SPEAKERS)
_MEMBERS = listed(
    "investigators researchers analysts experts scientists journalists reporters editors authors "
    "economists pollsters observers monitors"
)
"""People through whom the body that they belong to speaks."""
_DOCUMENTS = listed(
    "report study poll survey statement letter article analysis data document documents records "
    "review filing filings memo book story account dispatch email emails transcript paper "
    "statistics figures bulletin release tweet post column editorial interview census assessment "
    "dossier footage video audit findings tests polls surveys studies reports statements articles"
)
_UNNAMED_REPORTS = re.compile(
    r"(?:(?:some|other|several|many|recent|local|press|media|news|unconfirmed) ){0,4}reports",
    re.IGNORECASE,
)
_PARTIES = listed(
    "administration air army authorities authority bureau cabinet campaign company congress "
    "council court courts department embassy force forces foreign government governments house "
    "junta kremlin military ministry navy parliament party pentagon police regime ruler rulers "
    "senate state states troops corp inc ltd defense defence"
)
"""Words of bodies that act in the matters they speak of, and so do not report them."""
_OUTLETS = listed(
    "news newspaper agency magazine website radio television broadcaster daily outlet network "
    "paper wire channel"
)
_BODIES = _OUTLETS | listed(
    "group organisation organization association watchdog monitor committee institute foundation "
    "charity body nonprofit publication site ngo"
)
_ASIDE = re.compile(r"\s*[,—–]\s*|\s+--\s+|\s+(?=\()")
_COMPLEMENT = re.compile(
    r"\s(?:at|from|with|of|for|by|in|to|on|who|that|which|close|familiar|released|published)\s"
)
_BODY_OF = re.compile(r"\s(?:at|from|with|of|for|by|in)\s")
_FURTHER = re.compile(r"\s(?:on|in|to|who|that|which|about|published|released)\s")
_CAPITALISED = r"(?:(?:[A-Z]\.)+|[A-Z][\w&’'-]*)"
_RUN = re.compile(
    rf"(?<![\w’'-])(?:[Tt]he )?{_CAPITALISED}"
    rf"(?: (?:(?:of|for|and) (?:the )?)?{_CAPITALISED})*"
)
_POSSESSIVE = re.compile(r"[’']s?(?=\s|\Z)")
_TITLES = listed(
    "Mr Mrs Ms Miss Dr Prof Professor Sir Dame Lord Lady Sen Senator Rep Gov Governor President "
    "Minister Judge King Queen Pope Gen General Col Colonel Capt Sgt Mayor Ambassador Spokesman "
    "Spokeswoman Chancellor Premier Secretary"
)
_COURTESY = re.compile(r"(?:Mr|Mrs|Ms|Dr)\.?|[Tt]he")


Surnames = Mapping[str, Sequence[str]]
"""Full names of people that a document gives, by their last word."""


def cited(words: str, people: Surnames = MappingProxyType({})) -> Cited:
    """Who the words of a source name.

    `people` tell who is meant by a surname. 'Brian Fallon, a spokesman for Clinton' is a person
    with a role; 'investigators at the rights group Border Watch' are that group, and 'a report
    from Harbour Times' is Harbour Times; 'two officials' are anonymous and keep all their words.
    """
    whole = " ".join(words[:LONGEST_SOURCE].split())
    head, *asides = [piece for piece in _ASIDE.split(whole.strip(" ,;:—–-")) if piece] or [whole]
    head = _without_openers(head)
    found = _person(head, asides, people) or _document(head) or _unnamed(head)
    return found or _organisation(head)


def head_noun(words: str) -> str:
    """The noun that a phrase is about, in lower case: the last before any 'of', 'at' or 'who'."""
    core = re.findall(r"[\w’'-]+", _COMPLEMENT.split(words)[0])
    return core[-1].lower() if core else ""


def is_many(noun: str) -> bool:
    """Whether the noun is of several people: 'officials'."""
    return noun in _MANY


def is_document(noun: str) -> bool:
    """Whether the noun is of a report, a poll, a record."""
    return noun in _DOCUMENTS


def is_body_noun(noun: str) -> bool:
    """Whether the noun is of a body that reports: 'the group', 'the newspaper'."""
    return noun in _BODIES


def _without_openers(head: str) -> str:
    """Without days and openers before it; articles and numbers belong to it."""
    words = head.split()
    while len(words) > 1 and is_no_name(words[0]) and words[0].lower() not in _KEPT:
        words.pop(0)
    return " ".join(words)


_KEPT = listed(
    "the a an some many most several few two three four five six seven eight nine ten both one "
    "his her their our its those these our my your no such another"
)


def _person(head: str, asides: Sequence[str], people: Surnames) -> Cited | None:
    run = _last_run(head)
    name = without_titles(run) if run else ""
    if name and (_is_person(name, people) or _is_titled(head, name)):
        before = head[: len(head) - len(name)].strip()
        beside = asides[0] if asides and not asides[0].startswith("(") else ""
        return _with_role(_in_full(name, people), before or beside)
    name = without_titles(asides[0]) if asides and head_noun(head) in _SPEAKERS else ""
    if name and _is_person(name, people):
        return _with_role(_in_full(name, people), head)
    return None


def _last_run(words: str) -> str | None:
    """The name that the words end in; a possessive before it is no part of it."""
    last = _POSSESSIVE.split(words)[-1].strip()
    runs = [match[0] for match in _RUN.finditer(last)]
    return runs[-1] if runs and last.endswith(runs[-1]) else None


def _with_role(name: str, role: str) -> Cited:
    shown = None if not role or _COURTESY.fullmatch(role) else role
    return Cited(name=name, kind=CitedKind.PERSON, role=shown)


def _is_person(name: str, people: Surnames) -> bool:
    kind = name_kind(name)
    if kind is None:
        return name in people
    return kind is NameKind.PERSON


def _is_titled(head: str, name: str) -> bool:
    """Whether a single name stands behind a title that only people bear."""
    before = head[: len(head) - len(name)].split()
    return bool(before) and before[-1].rstrip(".") in _TITLES and name_kind(name) is None


def _in_full(name: str, people: Surnames) -> str:
    """The full name for a surname; the surname when people of several first letters bear it."""
    full = people.get(name, ())
    return full[0] if full and len({other[0] for other in full}) == 1 else name


def _document(head: str) -> Cited | None:
    """A report, a poll, a record; that of a body with a name is the body."""
    noun = head_noun(head)
    if noun not in _DOCUMENTS or _is_named(head, noun) or _UNNAMED_REPORTS.fullmatch(head):
        return None
    return _body_in(head) or Cited(name=head, kind=CitedKind.DOCUMENT)


def _body_in(head: str) -> Cited | None:
    """The organisation that the words name behind 'of', 'from', 'at', or by a possessive."""
    behind = _BODY_OF.split(head, maxsplit=1)[1:]
    owner = _POSSESSIVE.split(head)[0] if _POSSESSIVE.search(head) else ""
    for piece in (*behind, owner):
        words = _FURTHER.split(piece)[0]
        run = _last_run(words)
        name = run and not is_no_name(run.split()[-1])
        if run and name and name_kind(without_titles(run)) is not NameKind.PERSON:
            return _named_body(run, words)
    return None


def _unnamed(head: str) -> Cited | None:
    """People without a name, unless they speak for the body that they belong to."""
    noun = head_noun(head)
    body = _body_in(head) if noun in _MEMBERS else None
    if body and body.reports:
        return body
    if (noun in _MANY or noun in _SPEAKERS) and not _is_named(head, noun):
        return Cited(name=head, kind=CitedKind.ANONYMOUS)
    if any(word[0].isupper() for word in head.split()[1:]):
        return None
    if head[:1].isupper() and not head.startswith(("The ", "A ", "An ")):
        return None
    known = noun in _PARTIES or noun in _BODIES
    return Cited(name=head, kind=CitedKind.ORGANISATION if known else CitedKind.ANONYMOUS)


def _is_named(head: str, noun: str) -> bool:
    """Whether the noun is the end of a name: Border Witness."""
    return re.search(rf"\s{re.escape(noun.capitalize())}\b", head) is not None


def _organisation(head: str) -> Cited:
    run = _last_run(head)
    if run:
        return _named_body(run, head)
    if _POSSESSIVE.search(head):
        own = _POSSESSIVE.split(head)[-1].strip()
        runs = [match[0] for match in _RUN.finditer(own)]
        if runs and head_noun(head) in _OUTLETS:
            return _named_body(own[own.index(runs[0]) :], head)
    return _named_body(head, head)


def _named_body(name: str, words: str) -> Cited:
    """An organisation; it reports unless its words show that it acts in the matter itself.

    Of a single word that may be anyone's, nothing shows that it does.
    """
    bare = re.sub(r"[’']s?\Z", "", name)
    said_of = set(re.findall(r"\w+", words.lower()))
    outlet = not _BODIES.isdisjoint(said_of)
    places = all(is_place(piece) for piece in re.split(r" and |, ", bare))
    party = places or (not outlet and not _PARTIES.isdisjoint(said_of))
    known = outlet or name_kind(bare) is not None
    return Cited(name=bare, kind=CitedKind.ORGANISATION, reports=known and not party)


def can_speak(who: Cited) -> bool:
    """Whether it is of a kind that can say something; events and things cannot."""
    if who.kind is not CitedKind.ANONYMOUS:
        return True
    noun = head_noun(who.name)
    known = noun in _MANY or noun in _SPEAKERS or is_agent(noun) or is_agent(noun.removesuffix("s"))
    return known or any(word[0].isupper() for word in who.name.split()[1:])


def may_report(who: Cited) -> bool:
    """Whether a single word names it of which nothing shows whether it reports."""
    single = who.kind is CitedKind.ORGANISATION and name_kind(who.name) is None
    return single and " " not in who.name and who.name.lower() not in _PARTIES
