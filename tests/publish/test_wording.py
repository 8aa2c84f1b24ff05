import pytest

from onrecord.model import (
    Abstention,
    AbstentionReason,
    Attribution,
    Cited,
    CitedKind,
    ContactOutcome,
    Dossier,
    Label,
    Quantity,
    Rating,
    RatingLevel,
    RatingScale,
    SourceKind,
)
from onrecord.publish import wording


def test_every_code_has_words() -> None:
    assert wording.SOURCE_KINDS.keys() == set(SourceKind)
    assert wording.ABSTENTIONS.keys() == set(AbstentionReason)
    assert wording.STANCES.keys() == set(Label)
    assert wording.CONTACTS.keys() == set(ContactOutcome)


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("a claim", "a claim"),
        ("a  claim\nin lines", "a claim in…"),
        ("a claim, and more", "a claim…"),
        ("unbrokenword", "unbrokenw…"),
        ("0123456789", "0123456789"),
    ],
)
def test_long_text_is_cut_between_words(text: str, short: str) -> None:
    assert wording.shorten(text, 10 if "in" not in text else 11) == short


@pytest.mark.parametrize("length", range(1, 200, 7))
def test_short_text_is_never_longer_than_asked(length: int) -> None:
    assert len(wording.shorten("word " * length, 75)) <= 75
    assert len(wording.shorten("x" * length, 75)) <= 75


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0.91, "0.91"),
        (1.0, "above 0.99"),
        (0.996, "above 0.99"),
        (0.0, "below 0.01"),
        (0.5, "0.50"),
    ],
)
def test_no_reading_is_printed_as_certain(value: float, words: str) -> None:
    assert wording.probability(value) == words


def test_suggestions_and_abstentions_in_words() -> None:
    rating = Rating(scale="coarse-1", label="False", probability=0.91)
    assert wording.outcome_view(rating).words == "Suggested: False, probability 0.91"
    assert wording.outcome_view(rating).tone == "false"
    odd = Rating(scale="other", label="Half true", probability=0.5)
    assert wording.outcome_view(odd).tone == "mixed"
    none = wording.outcome_view(Abstention(reason=AbstentionReason.CONFLICTING, probability=0.55))
    assert none.words == "No suggestion: independent origins contradict each other."
    assert none.note == "The nearest rating had a probability of 0.55."
    assert none.tone == "open"


@pytest.mark.parametrize(
    ("label", "tone"), [("Yes", "true"), ("No", "false"), ("Half", "mixed"), ("Unproven", "open")]
)
def test_the_tone_of_peoples_rating_follows_their_scale(
    published: Dossier, label: str, tone: str
) -> None:
    values = {"Yes": 5, "Half": 3, "No": 1, "Unproven": None}
    levels = tuple(RatingLevel(label=k, value=v, definition="d") for k, v in values.items())
    assert published.review
    review = published.review.model_copy(
        update={"scale": RatingScale(id="s", levels=levels), "rating": label}
    )
    assert wording.rating_view(review).tone == tone


def test_a_scale_without_numbers_has_no_tone(published: Dossier) -> None:
    levels = tuple(RatingLevel(label=k, value=None, definition="") for k in ("A", "B"))
    assert published.review
    review = published.review.model_copy(
        update={"scale": RatingScale(id="s", levels=levels), "rating": "A"}
    )
    assert wording.rating_view(review).tone == "open"


def test_a_chain_of_attribution() -> None:
    chain = (
        Cited(name="Reuters", kind=CitedKind.ORGANISATION),
        Cited(name="two officials", kind=CitedKind.ANONYMOUS),
    )
    attribution = Attribution(reporter="x", chain=chain)
    assert wording.attribution_words("The Paper", attribution) == (
        "The Paper reports, citing Reuters, who cites two officials (not named)"
    )
    alone = Attribution(reporter="x", act="documents")
    assert wording.attribution_words("The Paper", alone) == "The Paper documents, citing no source"


def test_figures_with_their_total_and_day() -> None:
    figure = Quantity(value=2, unit="jet", text="two", of_total=12345678, as_of="2022-08")
    assert wording.figure_words(figure) == "two (of 12,345,678 in all, as of August 2022)"
    assert wording.figure_words(Quantity(value=2.5, unit="%", text="2.5 %")) == "2.5 %"
