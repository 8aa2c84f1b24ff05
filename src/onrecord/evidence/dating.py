"""When what a passage says happened, when it was reported, and as of when its figures hold.

A document is read once, sentence by sentence. A sentence that prints no date may lean on another:
on an event that is dated elsewhere ('since the coup'), on what its subject was last said to do, on
a report that is dated elsewhere. Each date says on what it rests, and is never finer than that.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from onrecord.evidence.narrative import (
    Date,
    Role,
    Sentence,
    first_date,
    is_scope,
    is_verb,
    narrate,
    people,
)
from onrecord.evidence.occasions import Occasions, report_dates
from onrecord.model import When, bounds
from onrecord.text.dates import (
    TIES,
    Event,
    Kind,
    between,
    bounded,
    first_of,
    last_of,
    read,
    tense_of,
)
from onrecord.text.wordlists import listed

VERSION = "dating/1"


@dataclass(frozen=True)
class Dated:
    """The dates of what a passage says. None where the document gives none."""

    event: When | None = None
    """When it happened; an interval where the text only bounds it."""
    report: When | None = None
    """When it was reported, where that is another date than the document's own."""
    as_of: When | None = None
    """For when its figures hold."""


class Timeline:
    """A document read for the dates of what it says.

    `published` is its date as EDTF; where that is not known it is bounded by the dates of the
    text. `anchors` are dates of events that are known otherwise, by a word for them. Raises
    ValueError when one of them is no EDTF.
    """

    def __init__(
        self, text: str, published: str | None = None, anchors: Mapping[str, str] | None = None
    ) -> None:
        self._guessed = published is None
        self.published = published or publication_bounds(text)
        """When the document was published; None when nothing bounds it."""
        self._reading = read(text, self.published, anchors)
        self._w = self._reading.words
        self._sentences = narrate(text, self._reading)
        self._starts = [sentence.start for sentence in self._sentences]
        self._word_starts = [start for start, _ in self._w.spans]
        self._people = people(self._w)
        self._reports = report_dates(self._sentences)
        self._report: When | None = None
        self._occasions = Occasions(self._reading.anchors)
        self._dated: list[Dated] = []
        for rank in range(len(self._sentences)):
            self._dated.append(self._whole(rank))

    def of(self, start: int, end: int) -> Dated:
        """The dates of what stands from code point `start` to `end`.

        Of several sentences the first that has a date gives it.
        """
        first = max(0, bisect_right(self._starts, start) - 1)
        parts = [
            self._part(rank, start, end) for rank in range(first, bisect_left(self._starts, end))
        ]
        return Dated(
            event=next((part.event for part in parts if part.event), None),
            report=next((part.report for part in parts if part.report), None),
            as_of=next((part.as_of for part in parts if part.as_of), None),
        )

    def _part(self, rank: int, start: int, end: int) -> Dated:
        """The dates of the piece of a sentence that lies from `start` to `end`."""
        sentence, whole = self._sentences[rank], self._dated[rank]
        first = max(sentence.first, bisect_left(self._word_starts, start))
        last = min(sentence.last, bisect_left(self._word_starts, end))
        if first == sentence.first and last == sentence.last:
            return whole
        if self._describes(first, last):
            return Dated(report=whole.report)
        piece = sentence.piece(first, last)
        event = self._own(piece) or self._loose(piece)
        if event is None and self._in_aside(sentence, last):
            return replace(whole, event=None)
        return replace(whole, event=self._checked(event)) if event else whole

    def _describes(self, first: int, last: int) -> bool:
        """'run by citizens in exile' says what something is, not what happened."""
        w = self._w
        if first + 1 >= last or w.at(first + 1) != "by":
            return False
        return tense_of(w, first) < 0 or w.at(first) in _PARTICIPLES

    def _in_aside(self, sentence: Sentence, rank: int) -> bool:
        """Whether the date of the sentence is that of a relative clause from the rank on."""
        ranks = range(rank, sentence.last)
        end = next((rank for rank in ranks if self._w.lower[rank] in _RELATIVE), None)
        if end is None or self._own(sentence.piece(sentence.first, end)):
            return False
        return self._own(sentence.piece(end, sentence.last)) is not None

    def _whole(self, rank: int) -> Dated:
        """The dates of a sentence, and what later ones can lean on kept in mind."""
        sentence = self._sentences[rank]
        report, as_of = self._reported(sentence), first_date(sentence, Role.AS_OF)
        event = self._own(sentence)
        if event and event.edtf and ".." not in event.edtf:
            self._occasions.happened(sentence.events, event.edtf, self._present(sentence))
        event = event or self._inferred(rank, report)
        if as_of and as_of.edtf:
            event = _no_later(event, as_of)
        if event and sentence.subject in self._people:
            self._occasions.acted(sentence.subject, rank, event)
        return Dated(self._checked(event), self._checked(report), self._checked(as_of))

    def _checked(self, when: When | None) -> When | None:
        """The date, with a basis that says when publication itself was bounded by the text."""
        if when is None or not self._guessed or "publication" not in when.basis:
            return when
        basis = when.basis.replace("publication", "publication, which the text bounds")
        return when.model_copy(update={"basis": basis})

    def _present(self, sentence: Sentence) -> frozenset[str]:
        """The people whom the sentence names."""
        return self._people.intersection(self._w.lower[sentence.first : sentence.last])

    def _reported(self, sentence: Sentence) -> When | None:
        """When what the sentence passes on was reported."""
        own = first_date(sentence, Role.REPORT)
        if own:
            self._report = own
        elif self._speaks_of_report(sentence):
            own = self._report
        said = first_date(sentence, Role.SAID) or first_date(sentence, Role.AS_OF)
        known = self._reports.get(sentence.reporter or "")
        same = known.model_copy(update={"basis": "date of the same report"}) if known else None
        return own or said or same

    def _speaks_of_report(self, sentence: Sentence) -> bool:
        """'That report noted'."""
        w, first = self._w, sentence.first
        return w.at(first) in ("that", "the", "this") and w.at(first + 1) in ("report", "article")

    def _own(self, piece: Sentence) -> When | None:
        """The date that the words of a sentence, or of a piece of it, give to what they say."""
        dates = [d for d in piece.dates if d.expression.edtf]
        events = [d for d in dates if d.role is Role.EVENT and self._fits(d, piece.first)]
        if events:
            return self._tied(events, piece)
        if counted := self._counted_back(piece):
            return counted
        for event in piece.events:
            if when := self._at_event(event, piece):
                return when
        said = [d for d in dates if d.role is Role.SAID]
        return self._tied(said, piece) if said else None

    def _fits(self, dated: Date, first: int) -> bool:
        """Whether the verb before the date can have it: 'welcomed a vote next year' has not."""
        low = bounds(dated.expression.edtf or "")[0]
        end = self._published_last()
        if low is None or end is None or low <= end:
            return True
        for rank in range(dated.first - 1, first - 1, -1):
            if is_verb(self._w, rank) or tense_of(self._w, rank) > 0:
                return tense_of(self._w, rank) > 0
        return True

    def _tied(self, dates: list[Date], piece: Sentence) -> When:
        """The first of the dates as its signal bounds it, with the second where they are a range.

        What is done about a dated event ('condemned the February coup') is done after it.
        """
        one, edtf = dates[0].expression, dates[0].expression.edtf or ""
        other = dates[1].expression if len(dates) > 1 else None
        if other and other.edtf and (one.signal, other.signal) in _RANGES:
            return _changed(one.when, between(edtf, other.edtf))
        if one.signal not in TIES and self._is_object(dates[0], piece):
            return self._since(one.when)
        return _changed(one.when, bounded(one.signal, edtf))

    def _is_object(self, dated: Date, piece: Sentence) -> bool:
        """Whether the date belongs to an event about which a verb before it says something."""
        beside = any(0 < event.rank - dated.last <= 3 for event in piece.events)
        verbs = range(piece.first, dated.first)
        return beside and any(is_verb(self._w, rank) for rank in verbs)

    def _since(self, when: When) -> When:
        """From the date to publication."""
        end, edtf = self._published_end(), when.edtf or ""
        return _changed(when, between(edtf, end) if end else bounded("since", edtf))

    def _counted_back(self, piece: Sentence) -> When | None:
        """'The visit came just over a week after the army had announced': that was a week before.

        The first event is dated; what is counted from it is what the words are about.
        """
        for dated in piece.dates:
            sign = {"after": -1, "before": 1}.get(self._w.at(dated.last + 1))
            if sign is None or dated.expression.kind is not Kind.DURATION:
                continue
            subject = self._subject_event(piece)
            edtf = subject and self._reading.counted(dated.place, sign, subject.edtf or "")
            if subject and edtf:
                text, basis = dated.expression.text, f"relative to anchor: {subject.text}"
                return When(text=text, edtf=edtf, basis=basis)
        return None

    def _subject_event(self, piece: Sentence) -> When | None:
        """The date of the event that is a clause's subject: 'The visit came'."""
        for event in piece.events:
            known = event.definite and not event.verb and event.signal in (None, "that")
            if known and is_verb(self._w, event.rank + 1):
                return self._when(event, piece)
        return None

    def _at_event(self, event: Event, piece: Sentence) -> When | None:
        """The date that an event known from elsewhere gives: 'since the coup', 'on his trip'."""
        inside = any(date.first <= event.rank <= date.last for date in piece.dates)
        if inside or not event.definite or event.signal not in _AT_EVENT:
            return None
        if event.signal == "on" and event.first > piece.first:
            return None  # a stance on it
        if event.signal == "since" and is_scope(self._w, event.first, piece.first):
            return None
        when = self._when(event, piece)
        return _changed(when, bounded(_AT_EVENT[event.signal], when.edtf or "")) if when else None

    def _when(self, event: Event, piece: Sentence) -> When | None:
        return self._occasions.when(event, self._w.lower[event.rank], self._present(piece))

    def _inferred(self, rank: int, report: When | None) -> When | None:
        """The date of a sentence that gives none itself."""
        sentence = self._sentences[rank]
        if when := self._subject_event(sentence):
            return when
        if report and report.edtf and (sentence.reporter or self._speaks_of_report(sentence)):
            last = last_of(report.edtf)
            return When(text=None, edtf=f"../{last}", basis="not after the report")
        when = None
        if sentence.verb is not None and tense_of(self._w, sentence.verb) < 0:
            when = self._carried(rank) or self._about_event(sentence)
        return when or self._loose(sentence)

    def _carried(self, rank: int) -> When | None:
        """The occasion on which the sentence's subject was last said to act."""
        sentence = self._sentences[rank]
        verb = sentence.verb or 0
        perfect = self._w.at(verb) in ("has", "have", "had")
        later = not _LATER.isdisjoint(self._w.lower[max(sentence.first, verb - 2) : verb + 2])
        if perfect or later or not sentence.subject:
            return None
        if sentence.subject in _THIRD:
            before = self._dated[rank - 1].event if rank else None
        else:
            before = self._occasions.last_act(sentence.subject, rank)
            day = before and before.edtf and len(first_of(before.edtf)) == _DAY_LENGTH
            before = before if day else None
        if before is None or not before.edtf or before.edtf.startswith(".."):
            return None
        return before.model_copy(update={"basis": f"same occasion: {before.text or before.edtf}"})

    def _about_event(self, sentence: Sentence) -> When | None:
        """What is done about an event that is dated elsewhere is done after it."""
        for event in sentence.events:
            known = event.definite and not event.verb and event.signal not in TIES
            when = self._when(event, sentence) if known else None
            if when and event.rank > (sentence.verb or 0) and self._is_over(when):
                return self._since(when)
        return None

    def _is_over(self, when: When) -> bool:
        """Whether the date has begun by publication."""
        low, end = bounds(when.edtf or "")[0], self._published_last()
        return low is not None and (end is None or low <= end)

    def _loose(self, piece: Sentence) -> When | None:
        """'for years', 'recent': as far as publication bounds them."""
        end = self._published_last()
        for found in (dated.expression for dated in piece.dates if end):
            if found.kind is Kind.DURATION and found.signal == "for" and "X" in found.value:
                edtf, basis = f"../{end:%Y}", "not after publication"
                return When(text=f"for {found.text}", edtf=edtf, basis=basis)
            if found.text.lower() in _RECENT:
                edtf, basis = f"{end:%Y-%m}~", "relative to publication"
                return When(text=found.text, edtf=edtf, basis=basis)
        return None

    def _published_last(self) -> date | None:
        return bounds(self.published)[1] if self.published else None

    def _published_end(self) -> str | None:
        """The last that publication can be, no finer than it is known."""
        first, last = bounds(self.published) if self.published else (None, None)
        if last is None:
            return None
        whole_month = (last + timedelta(days=1)).day == 1 if last < date.max else True
        return f"{last.year:04d}-{last.month:02d}" if whole_month and first != last else str(last)


_PARTICIPLES = listed("run known written drawn grown driven chosen")
_LATER = listed("later subsequently afterwards eventually soon")
_THIRD = ("he", "she", "they")
_RELATIVE = listed("which who whom whose where")
_RECENT = ("recent", "recently", "lately")
_RANGES = frozenset(
    (first, last) for first in ("from", "between") for last in ("to", "until", "through", "and")
)
_AT_EVENT = {
    **dict.fromkeys(("since", "after", "following", "wake", "aftermath"), "since"),
    "before": "before",
    **dict.fromkeys(("during", "on", "at", "onset", "start", "beginning", "outbreak"), None),
    **dict.fromkeys(("time", "height"), None),
}
"""What ties a sentence to an event in time, and what would bound a date in its place."""


def _changed(when: When, edtf: str) -> When:
    return when.model_copy(update={"edtf": edtf})


def _no_later(event: When | None, as_of: When) -> When:
    """What had happened as of a date happened no later."""
    last = last_of(as_of.edtf or "")
    if event is None or not event.edtf:
        return _changed(as_of, f"../{last}")
    return _changed(event, between(first_of(event.edtf), last))


def publication_bounds(text: str) -> str | None:
    """Between what days a text without a date was published, by the dates in it, as EDTF.

    No earlier than the last day that it prints in full, or that it tells of in that month; taken
    to be of the same month. None when it prints no day.
    """
    latest = max(_days(text, None), default=None)
    if latest is None:
        return None
    month = latest.replace(day=1)
    end = (month + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    latest = max(day for day in _days(text, f"{latest}/{end}") if day <= end)
    return f"{latest}/{end}"


def _days(text: str, published: str | None) -> list[date]:
    edtfs = [found.edtf for found in read(text, published).found]
    return [date.fromisoformat(edtf) for edtf in edtfs if edtf and len(edtf) == _DAY_LENGTH]


_DAY_LENGTH = len("2022-08-05")
