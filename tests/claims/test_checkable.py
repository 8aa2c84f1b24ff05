import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.claims import REASONS, not_checkable

BY_REASON = {
    "question": [
        "Why did Norland sell arms?",
        "Is it true that Orlo lied?",
        "And who paid for it?”",
    ],
    "command": [
        "Stop the war.",
        "Do not vote for Orlo.",
        "Let us build schools.",
        "Please help our soldiers.",
        "Vote for Orlo on Sunday.",
    ],
    "opinion": [
        "We love Norland.",
        "Nobody loves the people of Orvia more than we do.",
        "I think that it rained.",
        "I honestly believe Orlo won.",
        "In my view the dam leaks.",
        "The new law is a disgrace.",
        "The flood was terrible.",
        "Norland is the greatest country.",
        "Orlo is the best mayor of Arlen.",
        "The soup is tasty.",
        "Orlo deserves a prize.",
    ],
    "prediction": [
        "Norland will sell arms.",
        "Prices are going to fall.",
        "She's going to win.",
        "They won't leave.",
        "We'll build a dam.",
        "Exports are likely to fall.",
        "The law shall end hunger.",
        "The plant will not open.",
    ],
    "advice": [
        "Norland should leave.",
        "They must not be armed.",
        "The firm ought to pay.",
    ],
    "vague praise": [
        "Our soldiers are heroes.",
        "Norland is a reliable partner.",
        "The mayor has done a great job.",
        "The party stands for honesty.",
        "The ministry works tirelessly.",
        "Norland's economy is the envy of the world.",
        "The mayor cares deeply about the poor.",
    ],
}

CHECKABLE = [
    "It rained.",
    # Strong words in what is a fact otherwise.
    "The terrible flood killed 40 people.",
    "The great dam burst in 1970.",
    "It was the worst drought since 1990.",
    "The best-selling car costs 900 dollars.",
    "The hospital cares for 300 patients.",
    "The army is responsible for the killings.",
    "Norland is committed to a cut of 30 percent.",
    # What others said, whatever it was.
    "The bank said that prices will fall.",
    "Prices will fall, the bank said.",
    "The mayor told reporters that Norland is a reliable partner.",
    'Orlo said "the law is a disgrace".',
    # Words that look like something else.
    "Against the will of the people he stayed.",
    "His will was read in court.",
    "Will Orlo was arrested.",
    "He is going to Arlen.",
    "He is going to the park.",
    "Support for the party fell.",
    "Mark Orlo banned the party.",
    "Norland passed a law, which will cost 3 million.",
    "Farmers have to pay a tax.",
    "The bank announced it will pay.",
]


@pytest.mark.parametrize(
    ("text", "reason"), [(text, reason) for reason, texts in BY_REASON.items() for text in texts]
)
def test_what_no_record_can_decide_has_its_reason(text: str, reason: str) -> None:
    assert not_checkable(text) == reason


@pytest.mark.parametrize("text", CHECKABLE)
def test_what_a_record_can_decide_has_none(text: str) -> None:
    assert not_checkable(text) is None


def test_every_reason_is_tried() -> None:
    assert set(BY_REASON) == set(REASONS)


@given(st.text(max_size=200))
def test_any_text_has_a_known_reason_or_none(text: str) -> None:
    assert not_checkable(text) in (*REASONS, None)
