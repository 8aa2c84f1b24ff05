"""Invented claims, and the parts that a checker would make of them."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.claims.facts import facts

CUT = {
    # Verb phrases of one subject.
    "Norland sold arms and blocked a condemnation": [
        "Norland sold arms",
        "Norland blocked a condemnation",
    ],
    "Norland sold arms, blocked a vote and trained officers": [
        "Norland sold arms",
        "Norland blocked a vote",
        "Norland trained officers",
    ],
    "The company has sold arms and blocked a condemnation": [
        "The company has sold arms",
        "The company has blocked a condemnation",
    ],
    "The ministry will cut taxes and build 300 schools": [
        "The ministry will cut taxes",
        "The ministry will build 300 schools",
    ],
    "The mayor was arrested in May and jailed in June": [
        "The mayor was arrested in May",
        "The mayor was jailed in June",
    ],
    "The mayor was arrested and fled the country": [
        "The mayor was arrested",
        "The mayor fled the country",
    ],
    "The minister has visited Orvia twice and will return in June": [
        "The minister has visited Orvia twice",
        "The minister will return in June",
    ],
    "Norland has never attacked a neighbour and has signed all treaties": [
        "Norland has never attacked a neighbour",
        "Norland has signed all treaties",
    ],
    "Norland exports oil and imports food": ["Norland exports oil", "Norland imports food"],
    "The union has 40,000 members and runs two newspapers": [
        "The union has 40,000 members",
        "The union runs two newspapers",
    ],
    "The country is a democracy and has free elections": [
        "The country is a democracy",
        "The country has free elections",
    ],
    "Soldiers burned and looted villages in May": [
        "Soldiers burned villages in May",
        "Soldiers looted villages in May",
    ],
    "Norland not only sold arms but also blocked a vote": [
        "Norland sold arms",
        "Norland blocked a vote",
    ],
    "The dam was built in 1970 and holds 3 million tons of water": [
        "The dam was built in 1970",
        "The dam holds 3 million tons of water",
    ],
    "He was born in Norland, studied law and became a judge": [
        "He was born in Norland",
        "He studied law",
        "He became a judge",
    ],
    "Norland and Orvia signed a treaty and opened an embassy": [
        "Norland and Orvia signed a treaty",
        "Norland and Orvia opened an embassy",
    ],
    "The weapons sold to the army killed 40 people and wounded 12": [
        "The weapons sold to the army killed 40 people",
        "The weapons sold to the army wounded 12",
    ],
    "I've closed the mine and paid the miners": [
        "I've closed the mine",
        "I've paid the miners",
    ],
    # What opens the sentence holds for both, unless the second has a time of its own.
    "In 2019, the ministry sold six tanks to Orvia and blocked a vote": [
        "In 2019, the ministry sold six tanks to Orvia",
        "In 2019, the ministry blocked a vote",
    ],
    "In 2012 the party won the vote and lost the mayor in 2016": [
        "In 2012 the party won the vote",
        "the party lost the mayor in 2016",
    ],
    "Since 2014, the ministry has built 200 schools and closed 90 hospitals": [
        "Since 2014, the ministry has built 200 schools",
        "Since 2014, the ministry has closed 90 hospitals",
    ],
    "In 2021, exports fell, and imports rose": [
        "In 2021, exports fell",
        "In 2021, imports rose",
    ],
    # Clauses, each with a subject.
    "The army burned villages, and the police looked away": [
        "The army burned villages",
        "the police looked away",
    ],
    "The army burned villages and the police arrested 40 people": [
        "The army burned villages",
        "the police arrested 40 people",
    ],
    "Nearly 300 people died and more than 900 were injured": [
        "Nearly 300 people died",
        "more than 900 were injured",
    ],
    "He resigned in May, and he left the country": [
        "He resigned in May",
        "he left the country",
    ],
    "The tax was cut in June, but the deficit grew": [
        "The tax was cut in June",
        "the deficit grew",
    ],
    # Objects with numbers or articles of their own.
    "The army killed 40 soldiers and 12 civilians in May": [
        "The army killed 40 soldiers in May",
        "The army killed 12 civilians in May",
    ],
    "Norland sold six tanks and two helicopters to Orvia in 2019": [
        "Norland sold six tanks to Orvia in 2019",
        "Norland sold two helicopters to Orvia in 2019",
    ],
    "He met the president and the foreign minister in May": [
        "He met the president in May",
        "He met the foreign minister in May",
    ],
    "The city has two airports and a port": ["The city has two airports", "The city has a port"],
    # Relative clauses that add a fact.
    "The plant, which opened in 2015, employs 400 people": [
        "The plant employs 400 people",
        "The plant opened in 2015",
    ],
    "Mr Orlo, who was convicted of fraud, owns the bank": [
        "Mr Orlo owns the bank",
        "Mr Orlo was convicted of fraud",
    ],
    "The mayor of Arlen, who was jailed in 2011, leads the party": [
        "The mayor of Arlen leads the party",
        "The mayor of Arlen was jailed in 2011",
    ],
    "He praised the mayor, who resigned in May": [
        "He praised the mayor",
        "the mayor resigned in May",
    ],
    "The drug, which was banned in 2010, killed 12 people and injured 300": [
        "The drug killed 12 people",
        "The drug injured 300",
        "The drug was banned in 2010",
    ],
    "The bank lent money to the mill, which went bankrupt in 2012, and sued the state": [
        "The bank lent money to the mill",
        "The bank sued the state",
        "the mill went bankrupt in 2012",
    ],
    # Reasons: both facts, and the link between them.
    "Prices rose because the government printed money": [
        "Prices rose",
        "the government printed money",
        "Prices rose because the government printed money",
    ],
    "Because the harvest failed, the price doubled": [
        "the price doubled",
        "the harvest failed",
        "Because the harvest failed, the price doubled",
    ],
    "The mayor resigned because he was ill": [
        "The mayor resigned",
        "The mayor resigned because he was ill",
    ],
    "The bridge collapsed because of poor steel and killed 12 people": [
        "The bridge collapsed because of poor steel",
        "The bridge killed 12 people",
    ],
    # Contrasts.
    "While exports fell, imports doubled": ["imports doubled", "exports fell"],
    "Exports fell by 3 percent, while imports doubled": [
        "Exports fell by 3 percent",
        "imports doubled",
    ],
    "The firm dumped waste although the law bans dumping": [
        "The firm dumped waste",
        "the law bans dumping",
    ],
    "The firm dumped waste even though the law bans dumping": [
        "The firm dumped waste",
        "the law bans dumping",
    ],
    "The mayor disagreed and left the council": [
        "The mayor disagreed",
        "The mayor left the council",
    ],
    # Who said it goes with each thing said; who speaks anyway is left out.
    "The minister said that exports doubled and that imports fell": [
        "The minister said that exports doubled",
        "The minister said that imports fell",
    ],
    "The minister told reporters that the army sold arms and blocked a vote": [
        "The minister told reporters that the army sold arms",
        "The minister told reporters that the army blocked a vote",
    ],
    "Exports doubled and imports fell, the ministry said": [
        "Exports doubled, the ministry said",
        "imports fell, the ministry said",
    ],
    "I can tell you that Norland sold arms and blocked a vote": [
        "Norland sold arms",
        "Norland blocked a vote",
    ],
    "The fact is that Orvia owns the mine": ["Orvia owns the mine"],
}

WHOLE = [
    # Two things of one kind, done together or named together.
    "Norland brings peace and stability to the region",
    "Norland, Orvia and Sund supplied weapons to rebels",
    "The minister and his wife own a bank and a hotel",
    "The company merged the bank and the insurer",
    "The bank bought the mill and the mine for 3 million dollars",
    "Orvia spent the last three and a half years in debt",
    # 'and' joins something else than verbs of the subject.
    "Norland sold new and used cars",
    "He condemned strikes and attacks on civilians",
    "He tried to sell arms and block votes",
    "The state could try to sell arms and block votes",
    "He sold tanks made in Norland and used in the war",
    "People who sold arms and blocked votes were jailed",
    "The army shot a man who stole food and hid",
    "The minister said the army sold arms and blocked a vote",
    "Norland has admitted a cap and trade plan would fail",
    "Most people can go and buy a gun",
    "Fees are between 50 dollars and 250 dollars per ticket sold",
    # A 'not', an 'if' or a 'nobody' holds over all of it.
    "The party did not sell arms and block votes",
    "The mayor did not resign because he was ill",
    "Nobody died because the law failed",
    "No mayor has won the vote and lost",
    "Only in Arlen did the party win, and the mayor resigned",
    "If exports fall, the bank closes and the workers leave",
    "Orlo is as cruel as Ames, Brook, and Carver were",
    "There were 35 murders and 91 attacks in Arlen",
    "Half of the city’s officers’ retired colleagues and firemen are ill",
    # A part would lean on another.
    "The ministry cut taxes, but it raised fees",
    "She won the vote in 2012 and lost it in 2016",
    "The court found the mayor guilty and sentenced him to six years",
    "In 2021, he moved to Arlen, and he died there",
    "The mayor resigned, and his party lost the vote",
    "Although the law bans it, the firm dumped waste in the river",
    # Time, not contrast.
    "While he was mayor, taxes doubled",
    "Taxes doubled while Orlo was mayor",
    "He was shot after he left the court",
    # What 'which' takes up is not a noun, or may be several.
    "Prices doubled, which hurt the poor",
    "Exports fell by 40 percent, which hurt the poor",
    "The mayor, whose party lost the vote, resigned",
    # Quoted words are nobody's but the quoted one's.
    'Orlo said "we sold arms and blocked a vote"',
    'Orlo called it "a plan and blocked a vote',
]


@pytest.mark.parametrize(("text", "expected"), CUT.items())
def test_what_is_said_in_one_breath_is_said_one_by_one(text: str, expected: list[str]) -> None:
    assert facts(text) == expected


@pytest.mark.parametrize("text", WHOLE)
def test_what_cannot_be_cut_without_guessing_stays_whole(text: str) -> None:
    assert facts(text) == [text]


def test_there_are_enough_of_them() -> None:
    assert len(CUT) >= 40
    assert len(WHOLE) >= 30


_WORDS = (
    "Norland Orlo he it they the a army mayor bank people sold blocked said fell was has will not "
    "arrested and but because while who which that in 2019 May , , ; to of never if arms six "
    "attacks there exports 'and'"
)


@settings(deadline=None)
@given(st.lists(st.sampled_from(_WORDS.split()), min_size=1, max_size=25).map(" ".join))
def test_the_words_of_the_parts_are_those_of_the_claim(text: str) -> None:
    found = facts(text)
    assert found
    assert found == facts(text)
    words = set(re.findall(r"\w+", text))
    assert {word for fact in found for word in re.findall(r"\w+", fact)} <= words


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_has_facts(text: str) -> None:
    assert all(isinstance(fact, str) for fact in facts(text))


@pytest.mark.parametrize(
    "text",
    [
        "X sold arms and blocked a vote, " * 400,
        "because " * 3000,
        "who which that " * 1000,
        "sold to " * 2000,
        "and and and " * 1000,
        "he said that " * 1000,
    ],
)
def test_hostile_sentences_do_no_harm(text: str) -> None:
    assert facts(text)
