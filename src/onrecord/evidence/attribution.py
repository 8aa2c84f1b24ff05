"""Who reports a passage, citing whom: a document is read once, and asked for each passage."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from onrecord.evidence.captions import Caption, captions
from onrecord.evidence.reported import ACCORDING, Manner, Reported, reported
from onrecord.evidence.sources import can_speak, cited, head_noun, is_document, may_report
from onrecord.evidence.speakers import Speakers
from onrecord.model import Attribution, Cited, CitedKind, Source
from onrecord.text.passages import Span
from onrecord.text.speech import HEDGES, Frame

VERSION = "attribution/2"

OWN_ACT = "reports"
"""What a publisher does in its own voice."""

DENIES = "denies"
"""The act of a source that says that something is not so."""

UNAWARE = "is not aware"
"""The act of a source that cannot confirm something; that is no denial."""

_HEDGE = re.compile(rf"\b(?:{'|'.join(sorted(HEDGES))})\b", re.IGNORECASE)
_UNAWARE = re.compile(
    r"\b(?:not aware of|unaware of"
    r"|(?:could|can)(?:\s?not|n[’']t) (?:be )?(?:independently |immediately )?"
    r"(?:confirm|verify|confirmed|verified)"
    r"|(?:not|un) ?able to (?:independently )?(?:confirm|verify)|declined to confirm"
    r"|no (?:independent )?confirmation|neither confirmed nor denied"
    r"|(?:has|have|had|did) not (?:yet )?(?:been )?(?:independently )?(?:confirm|verify"
    r"|confirmed|verified))\b",
    re.IGNORECASE,
)
_DOUBTFUL = frozenset({"know", "confirm", "verify", "corroborate"})
"""Verbs whose denial is no denial of the matter."""


LAST = 30
"""How many statements back one is looked for that another goes with."""


_SHOWING = frozenset(
    {"show", "demonstrate", "prove", "illustrate", "suggest", "indicate", "signal", "imply"}
    | {"hint", "underscore", "highlight", "point to", "believe", "find"}
)
"""What events do as well: 'the visit suggests'."""
_REPORTING = frozenset({"according to", "report", "publish", "document", "broadcast"})
"""Cues by which a name that may be anyone's is taken for an outlet's."""


@dataclass(frozen=True)
class Statement:
    """An attribution, and who it names. Statements that share their words form a chain."""

    speaker: Cited
    act: str
    cue: Span
    source: Span
    content: tuple[Span, ...]
    depth: int = 0
    """Among statements of the same words, those of less depth pass on those of more."""

    def overlap(self, start: int, end: int) -> int:
        """How many characters of what is said lie between the two places."""
        return sum(_shared(piece, (start, end)) for piece in self.content)

    @property
    def extent(self) -> int:
        """From the first to the last character of what is said."""
        return max(last for _, last in self.content) - min(first for first, _ in self.content)


class Reading:
    """The attributions of one document."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.statements = _statements(text)
        """Those whose source is named or can be told from what came before, in order."""
        reaches = [_reach(one) for one in self.statements]
        self._starts = [start for start, _ in reaches]
        self._ends = list(accumulate((end for _, end in reaches), max))

    def chain(self, start: int, end: int) -> tuple[Statement, ...]:
        """The statements that the words between two places belong to, the outermost first.

        A statement takes part when at least half of the words, but for its own source and cue, are
        what it says. Nobody takes part twice. Words in brackets are the writer's own.
        """
        if self._is_gloss(start, end):
            return ()
        near = self._near(start, end)
        own = _own(near, start, end)
        least = max(1, (end - start - own) / 2)
        held = [
            one
            for one in near
            if one.overlap(start, end) >= least and not (one.act == DENIES and _takes_up(one, near))
        ]
        held.sort(key=lambda one: (min(one.depth, 0), -one.extent, one.depth, one.cue))
        first: dict[str, Statement] = {}
        for one in held:
            first.setdefault(_bare(one.speaker.name), one)
        return tuple(first.values())

    def attribution(self, start: int, end: int, source: Source) -> Attribution:
        """The attribution of the words between two places.

        It is that of the statements they belong to, else of the first statement among them, else
        the publisher's own voice. The publisher itself is no part of the chain: 'The Gazette
        reported' in The Gazette is its own voice.
        """
        chain = self.chain(start, end) or self._first(start, end)
        return self._attribution(chain, start, end, source)

    def attributions(self, start: int, end: int, source: Source) -> tuple[Attribution, ...]:
        """Every attribution whose cue lies between two places, each with those who pass it on."""
        found = []
        for one in self.statements:
            if start <= one.cue[0] and one.cue[1] <= end:
                passing = [other for other in self.chain(*one.cue) if other is not one]
                found.append(self._attribution((*passing, one), *_reach(one), source))
        return tuple(found)

    def _near(self, start: int, end: int) -> list[Statement]:
        """The statements that may reach between two places."""
        last = bisect_left(self._starts, end)
        first = last
        while first > 0 and self._ends[first - 1] > start:
            first -= 1
        return list(self.statements[first:last])

    def _is_gloss(self, start: int, end: int) -> bool:
        """Whether the words stand in brackets: the writer's own, also in what others say."""
        return self.text[start : start + 1] in tuple("([") and self.text[end - 1 : end] in tuple(
            ")]"
        )

    def _first(self, start: int, end: int) -> tuple[Statement, ...]:
        """The first statement that stands between two places whole, and those who pass it on."""
        for one in self.statements:
            if start <= one.source[0] and start <= one.cue[0] and one.cue[1] <= end:
                return self.chain(*one.content[0]) or (one,)
        return ()

    def _attribution(
        self, chain: Sequence[Statement], start: int, end: int, source: Source
    ) -> Attribution:
        words = self.text[start:end]
        hedge = _HEDGE.search(words)
        named = [one for one in chain if not same_name(one.speaker.name, source.name)]
        unaware = _UNAWARE.search(words) or any(one.act == UNAWARE for one in named)
        first = named[0] if named else None
        act = UNAWARE if unaware else first.act if first else OWN_ACT
        return Attribution(
            reporter=source.id,
            chain=tuple(one.speaker for one in named),
            act=act,
            hedge=hedge[0].lower() if hedge else None,
            cue=first.cue if first else None,
            source=first.source if first else None,
            content=first.content if first else (),
        )


def attribution(passage: str, start: int, source: Source) -> Attribution:
    """The attribution of a passage that begins at `start` in its document, read by itself.

    What the document said before is not known then: 'he' is nobody. `Reading` knows it.
    """
    found = Reading(passage).attribution(0, len(passage), source)
    return found.model_copy(
        update={
            "cue": _moved(found.cue, start),
            "source": _moved(found.source, start),
            "content": tuple((first + start, last + start) for first, last in found.content),
        }
    )


def does_not_corroborate(passage: str) -> bool:
    """Whether the passage says that its source cannot confirm something; that is no denial."""
    return _UNAWARE.search(passage) is not None


def same_name(one: str, other: str) -> bool:
    """Whether two printed names are one, but for case and a leading article."""
    return _bare(one) == _bare(other)


def _bare(name: str) -> str:
    return name.casefold().removeprefix("the ").removesuffix("'s").removesuffix("’s").strip()


def _moved(span: Span | None, by: int) -> Span | None:
    return (span[0] + by, span[1] + by) if span else None


def _shared(one: Span, other: Span) -> int:
    """How many characters two spans share."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def _takes_up(denial: Statement, others: Iterable[Statement]) -> bool:
    """Whether what is denied is what another says: who denies it does not pass it on."""
    return any(denial.overlap(*other.cue) for other in others if other is not denial)


def _own(statements: Iterable[Statement], start: int, end: int) -> int:
    """How many characters between two places are sources and cues, not what is said."""
    spans = {span for one in statements for span in (one.source, one.cue)}
    return sum(_shared(span, (start, end)) for span in spans)


def _reach(one: Statement) -> Span:
    """From the first to the last character of a statement with its source and cue."""
    spans = (one.source, one.cue, *one.content)
    return min(first for first, _ in spans), max(last for _, last in spans)


def _statements(text: str) -> tuple[Statement, ...]:
    speakers = Speakers(text)
    found: list[Statement] = []
    backing: list[tuple[Reported, Cited, int]] = []
    for one in reported(text):
        if one.backed:
            who = speakers.named(one.content[0])
            backing += [(one, who, len(found))] if who else []
        else:
            found += _named(text, one, speakers, found)
    behind = [_behind(one, who, found[max(0, at - LAST) : at + 1]) for one, who, at in backing]
    passing = list(_passed_on(found, speakers))
    credits_ = [made for caption in captions(text) for made in _credited(text, caption)]
    found += [*behind, *passing, *credits_]
    return tuple(sorted(found, key=lambda one: (_reach(one)[0], one.depth, one.cue)))


def _named(
    text: str, one: Reported, speakers: Speakers, before: Sequence[Statement]
) -> Iterator[Statement]:
    """The statement of an attribution, and that of the outlet to which it was made."""
    speaking = _speaking(one, before) if one.quoted else None
    speaker = speakers.named(one.who, speaking) if one.who else None
    if not speaker or not one.source or not _is_said(one, speaker):
        return
    if one.verb.lemma in _REPORTING and may_report(speaker):
        speaker = _reporting(speaker, True)
    yield Statement(speaker, _act(text, one, speaker), one.cue, one.source, one.content)
    hearer = cited(text[slice(*one.hearer)]) if one.hearer else None
    if hearer and one.hearer and (hearer.reports or may_report(hearer)):
        hearer = _reporting(hearer, True)
        yield Statement(hearer, OWN_ACT, one.cue, one.hearer, one.content, depth=-1)


def _is_said(one: Reported, speaker: Cited) -> bool:
    """Whether words or facts are handed to the source, rather than an attitude told of it."""
    if one.verb.frame & Frame.ATTITUDE and one.manner is Manner.INDIRECT:
        return False
    return can_speak(speaker) or one.verb.lemma not in _SHOWING


def _behind(one: Reported, who: Cited, near: Sequence[Statement]) -> Statement:
    """'..., citing sources who served there': they are behind what the one who cites them says."""
    start = one.source[0] if one.source else None
    same = [other.content for other in near if other.source[0] == start and not other.depth]
    content = same[-1] if same else one.backed
    who = _reporting(who, True) if may_report(who) else who
    return Statement(who, _telling(who), one.cue, one.content[0], content, depth=1)


def _speaking(one: Reported, before: Sequence[Statement]) -> Cited | None:
    """Whose quotation an attribution stands in."""
    holding = [other for other in before[-LAST:] if other.overlap(*one.cue)]
    return holding[-1].speaker if holding else None


def _act(text: str, one: Reported, speaker: Cited) -> str:
    """The act; what its denial comes to when the cue is negated; unawareness when it says so."""
    said = text[one.cue[0] : max(one.cue[1], one.content[0][1])]
    if _UNAWARE.search(said) or (one.negated and one.verb.lemma in _DOUBTFUL):
        return UNAWARE
    document = one.who and is_document(head_noun(text[slice(*one.who)]))
    if one.verb is ACCORDING or (document and one.verb.act == "says" and not one.negated):
        return _telling(speaker)
    return f"does not {one.verb.lemma}" if one.negated else one.verb.act


def _telling(who: Cited) -> str:
    """What someone does of whom only the words are given."""
    return OWN_ACT if who.reports or who.kind is CitedKind.DOCUMENT else "says"


def _passed_on(found: Sequence[Statement], speakers: Speakers) -> Iterator[Statement]:
    """What an outlet named at the end passes on of the sentences before.

    'A spokesman said: “...” He added that “...,” the Gazette reported': it reports all that the
    spokesman said in the paragraph.
    """
    for number, outer in enumerate(found):
        if not outer.speaker.reports or outer.content[0][0] > outer.cue[0]:
            continue
        place = speakers.paragraph(outer.cue[0])
        near = [
            one
            for one in found[max(0, number - LAST) : number]
            if speakers.paragraph(one.cue[0]) == place
        ]
        inner = {one.speaker.name for one in near if outer.overlap(*one.cue)}
        for one in near:
            if one.cue[1] <= outer.content[0][0] and one.speaker.name in inner:
                yield replace(outer, content=one.content, depth=-1)


def _credited(text: str, caption: Caption) -> Iterator[Statement]:
    """Who took a picture, and who brought it: a ministry's handout is the ministry's."""
    maker = cited(text[slice(*caption.maker)])
    outer, inner = -1, 0
    if caption.agency:
        agency = _reporting(cited(text[slice(*caption.agency)]), not caption.handed_out)
        depth = inner if caption.handed_out else outer
        yield Statement(
            agency, "photographs", caption.credit, caption.agency, (caption.text,), depth
        )
    depth = outer if caption.handed_out else inner
    made = _reporting(maker, caption.handed_out)
    yield Statement(made, "photographs", caption.credit, caption.maker, (caption.text,), depth)


def _reporting(who: Cited, reports: bool) -> Cited:
    return who.model_copy(update={"reports": reports})
