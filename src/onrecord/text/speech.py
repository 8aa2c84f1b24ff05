"""Words that attribute: verbs and nouns of saying, thinking and taking sides, and hedges.

The lexicon is ours and general English: along the classes of verbs of communication, judgement and
desire that grammars know (Levin 1993, 'English Verb Classes and Alternations'), with what newsrooms
add to them. It says of each word which act it is and how what is attributed stands to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Flag, auto

from onrecord.text.wordlists import listed


class Frame(Flag):
    """How the content stands to a verb that attributes it; a verb may allow several."""

    SAY = auto()
    """A clause or quotation, after it or before it: 'it rained, she said'."""
    TELL = auto()
    """The same, with a hearer in between: 'told reporters that'."""
    CLAUSE = auto()
    """A clause or quotation after it; else it attributes nothing: 'found that'."""
    OBJECT = auto()
    """A noun phrase after it: 'criticised the sale'."""
    TO = auto()
    """An infinitive after it: 'refused to comment'."""
    NAME = auto()
    """Someone or something, and what it is called: 'called it a lie'."""
    STRICT = auto()
    """With what it says only a clause or quotation: 'added that', not 'added a room'."""
    ATTITUDE = auto()
    """Nothing need be said: 'opposed the sale'. It hands no fact to its source."""


class Form(Flag):
    """Which form of its verb a word is; one word may be several."""

    BASE = auto()
    THIRD = auto()
    PAST = auto()
    PARTICIPLE = auto()
    ING = auto()


@dataclass(frozen=True)
class Cue:
    """A verb that attributes."""

    lemma: str
    act: str
    """In the third person: 'says', 'accuses'."""
    frame: Frame


@dataclass(frozen=True)
class Entry:
    """A form of a verb that attributes, and the words that must follow it: 'called', ('for',)."""

    cue: Cue
    form: Form
    rest: tuple[str, ...] = ()


_LETTERS = {
    "s": Frame.SAY,
    "t": Frame.TELL,
    "c": Frame.CLAUSE,
    "o": Frame.OBJECT,
    "i": Frame.TO,
    "n": Frame.NAME,
    "q": Frame.SAY | Frame.STRICT,
    "x": Frame.ATTITUDE,
}
_VERBS = """
says s: say remark note observe explain quip joke conclude recall recount elaborate clarify
says s: emphasize emphasise stress underline insist assert declare exclaim reiterate tweet retweet
says s: blog chant shout yell scream cry mutter whisper interject intone mention indicate hint
says s: imply intimate suggest opine muse proclaim pronounce stipulate testify sum_up echo counter
says s: retort rejoin fume rant crow gush philosophize theorize chime_in point_out go_on_to_say
says s: make_clear make_it_clear put_it
says t: tell remind inform assure brief notify
says c: express voice articulate convey communicate read
says o: discuss detail outline highlight touch_on touch_upon allude_to refer_to reference
says o: speak_about talk_about speak_of talk_of joke_about comment_on elaborate_on expound_on
says o: weigh_in_on lay_out point_to dwell_on tout recite apologize_for apologise_for chat_about
says o: lecture_on harp_on brag_about boast_about
says ox: address focus_on zero_in_on invoke
says q: state add reply respond answer continue maintain repeat post email write signal underscore
boasts s: boast brag
reports s: report
reports c: publish
reports q: relay
announces so: announce reveal disclose unveil
documents co: document chronicle
finds c: find discover ascertain learn realize realise notice uncover establish calculate
shows c: show demonstrate prove illustrate
assesses s: assess summarize summarise
argues s: argue contend
claims s: claim profess
alleges s: allege
accuses o: accuse blame fault charge_with suspect_of
confirms so: confirm verify corroborate attest certify
confirms s: acknowledge admit concede confess
denies so: deny refute dispute disavow disclaim
denies o: reject dismiss rebuff repudiate renounce rebut shrug_off brush_off wave_off
denies o: push_back_against push_back_on disown scoff_at downplay play_down gloss_over
denies ox: brush_aside distance_from walk_back shoot_down backtrack_on back_away_from
refuses ix: refuse decline
estimates s: reckon forecast
estimates q: estimate project
predicts s: predict foresee envision envisage speculate surmise conjecture
predicts ci: expect anticipate
warns st: warn caution
warns i: threaten
promises si: promise vow swear
promises ix: offer
promises qi: pledge guarantee
asks st: ask inquire enquire wonder
asks o: question ask_about ask_for grill_on quiz_on
asks ox: press_on press_for
asks it: beg implore
calls_for o: call_for call_on call_upon advocate advocate_for appeal_for argue_for lobby_for
calls_for o: agitate_for make_the_case_for
calls_for ox: push_for champion speak_out_for
calls_for ti: urge exhort implore
calls_for tix: encourage order
calls_for si: demand recommend propose plead
wants iox: want wish seek prefer crave yearn intend aspire would_like hope_for aim
wants si: hope
wants ox: favor favour
believes c: believe think feel assume guess imagine presume doubt suspect know understand remember
believes c: regret
believes nx: deem regard view see_as perceive look_at_as think_of_as
believes ox: ponder weigh contemplate mull grapple_with think_about learn_about
fears s: fear worry fret
fears ox: dread worry_about
seems ix: seem appear
supports ox: support back embrace cheer defend stick_up_for stand_by side_with admire
supports ox: sympathize_with rally_behind root_for stand_with subscribe_to believe_in come_out_for
supports ox: stand_up_for
supports o: endorse agree_with agree_to agree_on
praises o: applaud praise hail laud commend extol welcome salute thank congratulate vouch_for
criticises o: criticize criticise condemn denounce deplore decry slam assail lambast lambaste
criticises o: castigate chastise chide rebuke berate scold deride ridicule mock disparage
criticises o: denigrate belittle malign vilify excoriate lament bemoan bewail lampoon impugn
criticises o: demonize demonise object_to rail_against lash_out_at inveigh_against
criticises o: speak_out_against protest complain_about complain_of grumble_about gripe_about
criticises o: disagree_with argue_against warn_against warn_of warn_about disapprove_of call_out
criticises o: respond_to censure admonish reprimand poke_fun_at make_fun_of
criticises ox: oppose attack blast pan rip skewer taunt insult discredit take_issue_with
criticises ox: take_aim_at swipe_at hit_back_at fire_back_at hit_out_at campaign_against
criticises ox: vote_against dislike resent loathe abhor balk_at bristle_at jeer boo heckle
criticises s: complain grumble gripe sneer scoff
describes n: call describe label brand dub term depict portray characterize characterise identify
describes n: liken name nickname refer_to_as
cites o: cite
quotes o: quote
agrees si: agree concur
"""
_IRREGULAR = """
say said said; tell told told; write wrote written; think thought thought; know knew known;
find found found; see saw seen; feel felt felt; speak spoke spoken; show showed shown;
take took taken; make made made; swear swore sworn; hear heard heard; read read read;
put put put; go went gone; lay laid laid; come came come; understand understood understood;
foresee foresaw foreseen; stand stood stood; hit hit hit; stick stuck stuck; shoot shot shot;
learn learned learned; forecast forecast forecast
"""
_DOUBLED = listed("admit refer rebut brag slam plan rip quip pan commit beg chat concur dub blog")
_NOUNS_TOO = listed(
    "address advocate aim answer appeal attack attest back blame blast blog boast boo brag brand "
    "brief call censure champion chant charge cheer claim comment continue counter crow cry demand "
    "detail dispute document doubt dread dub echo email estimate express fault favor favour fear "
    "feel focus forecast fret fume hail heckle highlight hint hope insult joke label lament "
    "lampoon laud mock name note order outline pan pledge point post praise press project promise "
    "protest question quip quote rant read rebuke rebut reference remark reply report resent "
    "ridicule rip salute scoff scream seek shout show signal skewer slam state stress support "
    "swipe talk taunt term thank touch tout tweet urge view voice vote vow want welcome wish "
    "wonder worry yell"
)
HEDGES = listed(
    "reportedly allegedly apparently supposedly purportedly seemingly ostensibly presumably "
    "unconfirmed alleged purported supposed rumored rumoured unverified"
)
"""Words by which a text says that it does not vouch for what it gives."""


def verb_entries(word: str) -> tuple[Entry, ...]:
    """The attributing verbs that a word in lower case can begin, those of most words first."""
    return _ENTRIES.get(word, ())


def speaks(word: str) -> bool:
    """Whether a word in lower case is a past or third form of a verb of saying: 'said', 'asks'."""
    return any(
        entry.cue.frame & (Frame.SAY | Frame.TELL) and entry.form & (Form.PAST | Form.THIRD)
        for entry in verb_entries(word)
    )


def is_noun_too(lemma: str) -> bool:
    """Whether a verb's own word is a noun as well, so that its place must tell: claim, report."""
    return lemma in _NOUNS_TOO


def _entries() -> dict[str, tuple[Entry, ...]]:
    found: dict[str, list[Entry]] = {}
    for cue in _cues():
        first, *rest = cue.lemma.split()
        for word, form in _forms(first):
            found.setdefault(word, []).append(Entry(cue, form, tuple(rest)))
    return {
        word: tuple(sorted(entries, key=lambda entry: -len(entry.rest)))
        for word, entries in found.items()
    }


def _cues() -> list[Cue]:
    """One cue per verb: of a verb on several lines the first act, and the frames of all."""
    found: dict[str, Cue] = {}
    for line in _VERBS.strip().splitlines():
        head, _, lemmas = line.partition(": ")
        act, letters = head.split()
        frame = Frame(0)
        for letter in letters:
            frame |= _LETTERS[letter]
        for joined in lemmas.split():
            lemma = joined.replace("_", " ")
            before = found.get(lemma)
            found[lemma] = Cue(
                lemma,
                before.act if before else act.replace("_", " "),
                frame | before.frame if before else frame,
            )
    return list(found.values())


def _forms(verb: str) -> Iterator[tuple[str, Form]]:
    """The words of a verb; a word that is two forms comes once, with both."""
    past, participle = _PASTS.get(verb) or (_regular(verb, "ed"),) * 2
    third = verb[:-1] + "ies" if verb[-1] == "y" and verb[-2] not in "aeou" else verb + "s"
    if verb.endswith(("s", "sh", "ch", "x", "z", "o")):
        third = verb + "es"
    forms: dict[str, Form] = {}
    for word, form in (
        (verb, Form.BASE),
        (third, Form.THIRD),
        (past, Form.PAST),
        (participle, Form.PARTICIPLE),
        (_regular(verb, "ing"), Form.ING),
    ):
        forms[word] = forms.get(word, Form(0)) | form
    yield from forms.items()


def _regular(verb: str, ending: str) -> str:
    if verb in _DOUBLED:
        return verb + verb[-1] + ending
    if verb[-1] == "y" and verb[-2] not in "aeou" and ending == "ed":
        return verb[:-1] + "ied"
    if verb[-1] == "e" and verb[-2] not in "eoy":
        return verb[:-1] + ending
    if verb[-1] == "e" and ending == "ed":
        return verb + "d"
    return verb + ending


def _pasts() -> dict[str, tuple[str, str]]:
    found = {}
    for three in _IRREGULAR.split(";"):
        verb, past, participle = three.split()
        found[verb] = past, participle
    return found


_PASTS = _pasts()
_ENTRIES = _entries()
