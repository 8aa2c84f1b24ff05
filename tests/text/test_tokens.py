import pytest
from hypothesis import given

from onrecord.text.quotes import quotations
from onrecord.text.tokens import SENTENCE_TOKENS, Part, read_quoted, read_sentences
from tests.model.strategies import texts


def words(text: str) -> list[list[str]]:
    return [[token.text for token in sentence.tokens] for sentence in read_sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It isn’t so.", [["It", "is", "n’t", "so", "."]]),
        ("We can't go.", [["We", "ca", "n't", "go", "."]]),
        ("Rubio’s aide left.", [["Rubio", "’s", "aide", "left", "."]]),
        ("The U.S. won 3.5% of $2,000.", [["The", "U.S.", "won", "3.5%", "of", "$2,000", "."]]),
        ("“A. B,” he said. C.", [["“A. B,”", "he", "said", "."], ["C", "."]]),
        (
            "“No!” Ann Roe said. He left.",
            [["“No!”", "Ann", "Roe", "said", "."], ["He", "left", "."]],
        ),
        ("“No.” Ann left.", [["“No.”"], ["Ann", "left", "."]]),
        ("", []),
    ],
)
def test_sentences_of_words_marks_and_quotations(text: str, expected: list[list[str]]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "index", "part"),
    [
        ("In May it rained.", 1, Part.TIME),
        ("It may rain.", 1, Part.MODAL),
        ("So said Will Hay.", 2, Part.NAME),
        ("Who is the WHO?", 3, Part.NAME),
        ("That report came.", 0, Part.DETERMINER),
        ("He said that it came.", 2, Part.SUBORDINATOR),
        ("He really came.", 1, Part.ADVERB),
        ("It was “rich”.", 2, Part.QUOTATION),
    ],
)
def test_parts_of_words(text: str, index: int, part: Part) -> None:
    assert read_sentences(text)[0].part(index) is part


def test_outside_the_sentence_there_is_nothing() -> None:
    (sentence,) = read_sentences("It rained.")
    assert (sentence.part(-1), sentence.part(99), sentence.lower(99)) == (None, None, "")


def test_a_sentence_is_read_to_a_length() -> None:
    (sentence,) = read_sentences("a " * (SENTENCE_TOKENS + 9))
    assert len(sentence) == SENTENCE_TOKENS


def test_what_is_quoted_is_read_at_its_place() -> None:
    text = "He said “It rained. Ann said ‘no’ twice.” then."
    (quotation,) = quotations(text)
    found = [token for sentence in read_quoted(text, quotation) for token in sentence.tokens]
    assert [text[token.start : token.end] for token in found] == [token.text for token in found]
    assert [token.text for token in found if token.quotation] == ["‘no’"]


@given(texts)
def test_every_token_is_where_it_says(text: str) -> None:
    last = 0
    for sentence in read_sentences(text):
        for token in sentence.tokens:
            assert last <= token.start < token.end <= len(text)
            assert text[token.start : token.end] == token.text
            last = token.end
