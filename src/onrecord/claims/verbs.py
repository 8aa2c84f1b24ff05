"""Common English verbs and their forms: enough to see where a clause says what somebody did.

The lists are ours. A word that is in none of them is no verb here, but for words in -ed, and a
claim whose verbs are not known stays whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from onrecord.text.speech import Form
from onrecord.text.wordlists import listed

_REGULAR = """
abandon abolish abuse accept access accuse achieve acquire adapt add address admit adopt advance
affect agree aid aim allege allow alter amend amount announce annul appeal appear appoint approach
approve arm arrange arrest arrive ask assassinate assault assemble assign assist assume attack
attempt attend attract auction authorise authorize avoid award back ban bar base battle begin
belong benefit block board boast bomb boost borrow boycott breach bribe broaden bury bypass
calculate call campaign cancel capture care carry cause cease celebrate censor certify chair
challenge change charge cheat check claim clean clear climb close collaborate collapse collect
combine comment commit compare compete compile complain complete comprise conceal concern conclude
condemn conduct confirm confiscate connect consider consist conspire construct consult consume
contain contaminate continue contract contribute control convert convict cooperate coordinate copy
correct count cover crack crash create criticise criticize cross crush cultivate damage dam debate
deceive decide declare decline decrease defeat defect defend define defraud delay delete deliver
demand demolish demote deny depend deploy deport deprive describe deserve design destroy detain
deteriorate determine develop devote die direct disagree disappear disarm discharge disclose
discover discriminate discuss dismantle dismiss displace display dispute disqualify disrupt
dissolve distribute divert divide donate double doubt draft drain drop drown dump earn ease
educate elect eliminate embargo embezzle emerge emit employ enable encourage end endanger endorse
enforce enjoy enlist ensure enter equip erase escalate escape establish estimate evacuate evade
evict examine exceed exchange exclude execute exempt exile exist expand expect expel experience
expire explain explode exploit export expose express extend extort extract fabricate face fail
fake falsify favour favor file fill finance fine finish fire flee float flood follow force forge
form found free fuel fulfil function fund gain gather generate govern grab graduate grant greet
guarantee guard halt hand handle happen harass harm harvest head heal help hire honour honor host
house humiliate hunt identify ignore import impose imprison improve include increase incur
influence inform inherit inject injure insert insist inspect install instruct insult insure
interfere intervene interview intimidate introduce invade invent invest investigate invite involve
irrigate isolate issue jail join justify kick kidnap kill knock label lack land last launch laud
launder leak lease legalise legalize levy license lie lift limit link list live load loan lobby
locate lock loot lower maintain manage manipulate march mark market massacre match matter measure
mediate merge mine miss mobilise mobilize modernise modernize monitor move murder name negotiate
nominate note notify number obey object oblige observe obstruct obtain occupy occur offer open
operate oppose order organise organize oust outlaw overturn owe own pardon participate pass pave
perform permit persecute persuade phase pick pillage plan plant play plead pledge plot plunder
pocket point poison pollute pose possess postpone pour praise prepare present preserve press
pressure prevent print privatise privatize probe proceed process procure produce profit prohibit
promise promote propose prosecute protect protest provide provoke publish pull punish purchase
purge pursue push qualify quadruple question quote raid raise rank rape rate ratify reach react
realise realize rebuild recall receive recognise recognize recommend record recover recruit
recycle redraw reduce refer reform refuse register regulate rehire reject relate relax release
relocate rely remain remember remove rename renew renounce rent reopen repair repeal repeat
replace reply report represent reprimand repress request require rescue resettle resign resist
resolve respect respond restore restrict restructure result resume retain retire retreat return
reveal reverse review revise revive revoke reward rig rob roll ruin rule rush sabotage sack
sanction save scrap search secure seem seize separate serve settle shell shelter ship shorten sign
silence slash smuggle sponsor stabilise stabilize staff stage starve state station stay step stop
store strengthen strip study subsidise subsidize succeed sue suffer suggest supervise supply
support suppress surge surpass surrender surround survey survive suspect suspend switch target tax
test testify threaten torture total track trade train transfer transform transmit transport trap
travel treat trigger trim triple try turn uncover undermine unite unveil update upgrade uphold
urge use vaccinate value vanish veto view violate visit vote wage wait walk want warn wash waste
watch water weaken weigh welcome widen wiretap work worsen wound
"""
_IRREGULAR = """
beat beat beaten; become became become; bend bent bent; bind bound bound; bite bit bitten; bleed
bled bled; blow blew blown; break broke broken; breed bred bred; bring brought brought; broadcast
broadcast broadcast; build built built; burn burned burned; buy bought bought; cast cast cast;
catch caught caught; choose chose chosen; come came come; cost cost cost; cut cut cut; deal dealt
dealt; dig dug dug; draw drew drawn; drink drank drunk; drive drove driven; eat ate eaten; fall
fell fallen; feed fed fed; fight fought fought; find found found; flee fled fled; fly flew flown;
forbid forbade forbidden; forget forgot forgotten; freeze froze frozen; get got got; give gave
given; go went gone; grow grew grown; hang hung hung; hear heard heard; hide hid hidden; hit hit
hit; hold held held; hurt hurt hurt; keep kept kept; know knew known; lay laid laid; lead led led;
leave left left; lend lent lent; let let let; lose lost lost; make made made; meet met met;
mislead misled misled; oversee oversaw overseen; overthrow overthrew overthrown; pay paid paid;
put put put; quit quit quit; read read read; rebuild rebuilt rebuilt; redraw redrew redrawn; ride
rode ridden; ring rang rung; rise rose risen; run ran run; say said said; see saw seen; seek
sought sought; sell sold sold; send sent sent; set set set; shake shook shaken; shed shed shed;
shoot shot shot; show showed shown; shrink shrank shrunk; shut shut shut; sing sang sung; sink
sank sunk; sit sat sat; sleep slept slept; speak spoke spoken; spend spent spent; spill spilled
spilled; split split split; spread spread spread; stand stood stood; steal stole stolen; strike
struck struck; swear swore sworn; sweep swept swept; swim swam swum; take took taken; teach taught
taught; tear tore torn; tell told told; think thought thought; throw threw thrown; undergo
underwent undergone; understand understood understood; undertake undertook undertaken; uphold
upheld upheld; wear wore worn; win won won; withdraw withdrew withdrawn; withhold withheld
withheld; write wrote written; begin began begun; do did done; have had had; love loved loved;
hate hated hated
"""
_DOUBLED = listed(
    "admit ban bar commit dam drop expel grab kidnap permit plan plot refer rig rob ship step "
    "stop strip transfer transmit trap trim wiretap equip fulfil scrap"
)
_NOUNS_TOO = listed(
    "abuse access address advance aid aim appeal approach arm arrest assault attack attempt "
    "auction award ban bar base battle beat bend benefit bite block blow board boast bomb boost "
    "boycott breach break bribe build burn buy call campaign cast catch cause challenge change "
    "charge check claim climb close comment concern contract control copy cost count cover "
    "crack crash cross cut damage dam deal debate decline decrease defeat defect delay demand "
    "design discharge display dispute doubt draft drain draw drink drive drop dump embargo end "
    "escape estimate exchange exile experience exploit export express extract face fail fake "
    "fall favor favour feed fight file fill finance find fine finish fire float flood force "
    "form freeze fuel function fund gain grant guarantee guard halt hand handle harm harvest "
    "head help hit hold honor honour host house hunt hurt import increase influence insult "
    "interview invite issue jail join keep kick kill knock label land laugh launch lead leak "
    "lease leave levy license lie lift limit link list load loan lobby lock loot love march "
    "mark market massacre match matter measure meet merge mine miss monitor move murder name "
    "note notice number object offer open order own pardon pass pay phase pick plan plant play "
    "pledge plot plunder pocket point poison pose praise present press pressure print probe "
    "process produce profit project promise protest pull purchase purge push question quote "
    "raid raise rank rate reach recall record reform register release rent repair repeal repeat "
    "reply report request rescue resolve respect result retreat return reverse review reward "
    "ride rig ring rise roll ruin rule run rush sack sanction save search set shelter ship "
    "shoot show sign silence slash split sponsor spread staff stage stand state station stay "
    "steal step stop store strike strip study supply support surge surrender survey suspect "
    "sweep switch target tax tear test total track trade train transfer transport trap treat "
    "trigger trim try turn update upgrade urge use value view visit vote wage wait walk want "
    "wash waste watch water wear win work wound"
)
_INTRANSITIVE = listed(
    "agree appear arrive belong cease collapse deteriorate die disagree disappear emerge exist "
    "expire fall flee go happen lie occur remain resign rise seem sit sleep stay succeed travel "
    "vanish walk wait come retreat retire return escape surge crash climb live march drown work "
    "graduate vote"
)
_CHANGES = listed(
    "change close decline decrease deepen double drop end expand grow halve improve increase "
    "open plunge quadruple shrink slow soar spread start stop triple worsen"
)
"""Verbs that may have an object or none: prices doubled."""
_RECIPROCAL = listed(
    "combine compare connect divide exchange join link match merge mix separate split switch "
    "unite tie balance negotiate"
)
_PREFIXES = listed("co re over under out mis dis pre")
_NO_PARTICIPLES = listed(
    "bed bleed breed creed deed embed exceed feed greed hundred indeed kindred need naked "
    "proceed rugged sacred seed shed speed steed succeed weed wicked wretched beloved aged "
    "shred sled"
)


def verb_forms(word: str) -> Form:
    """Which forms of verbs a word in lower case may be; none for words that are no verb here."""
    prefix, _, rest = word.partition("-")
    if rest:
        return verb_forms(rest) if prefix in _PREFIXES else Form(0)
    known = _forms().get(word, Form(0))
    if known or len(word) < 5 or word in _NO_PARTICIPLES or word.startswith("un"):
        return known
    if word.endswith("ed"):
        return Form.PAST | Form.PARTICIPLE
    return Form.ING if word.endswith("ing") and len(word) > 5 else known


def is_listed(word: str) -> bool:
    """Whether the verb of a form in lower case is a known one, and not taken for one by its end."""
    return word in _bases()


def is_noun_as_well(word: str) -> bool:
    """Whether a present form in lower case may as well be a noun: attacks, cut."""
    return _bases().get(word) in _NOUNS_TOO


def takes_no_object(word: str) -> bool:
    """Whether the verb of a form in lower case has no object, and so no passive: fled."""
    return _bases().get(word, word) in _INTRANSITIVE


def may_end_clause(word: str) -> bool:
    """Whether the verb of a form in lower case says something without an object: doubled."""
    return takes_no_object(word) or _bases().get(word, word) in _CHANGES


def joins_objects(word: str) -> bool:
    """Whether the verb of a form in lower case holds for its objects together: merged A and B."""
    return _bases().get(word, word) in _RECIPROCAL


@cache
def _forms() -> dict[str, Form]:
    found: dict[str, Form] = {}
    for _, word, form in _inflected():
        found[word] = found.get(word, Form(0)) | form
    return found


@cache
def _bases() -> dict[str, str]:
    found: dict[str, str] = {}
    for base, word, _ in _inflected():
        found.setdefault(word, base)
    return found


def _inflected() -> Iterator[tuple[str, str, Form]]:
    irregular = {three[0]: three for three in (row.split() for row in _IRREGULAR.split(";"))}
    regular = ((base, _with(base, "ed"), _with(base, "ed")) for base in _REGULAR.split())
    for base, past, participle in (
        *irregular.values(),
        *(three for three in regular if three[0] not in irregular),
    ):
        yield base, base, Form.BASE
        yield base, _third(base), Form.THIRD
        yield base, past, Form.PAST
        yield base, participle, Form.PARTICIPLE
        yield base, _with(base, "ing"), Form.ING


def _third(base: str) -> str:
    if base.endswith(("s", "sh", "ch", "x", "z", "o")):
        return base + "es"
    return base[:-1] + "ies" if base[-1] == "y" and base[-2] not in "aeou" else base + "s"


def _with(base: str, ending: str) -> str:
    if base.endswith("ie") and ending == "ing":
        return base[:-2] + "ying"
    if base in _DOUBLED or (ending == "ing" and base in _DOUBLED_ING):
        return base + base[-1] + ending
    if ending == "ed" and base[-1] == "y" and base[-2] not in "aeou":
        return base[:-1] + "ied"
    if base[-1] == "e" and (ending == "ed" or base[-2] not in "eoy"):
        return base[:-1] + ending
    return base + ending


_DOUBLED_ING = listed(
    "begin cut dig forget get hit let put quit run set shed shut sit split swim win forbid"
)
