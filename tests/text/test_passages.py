from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.text.passages import PASSAGE_WORDS, SENTENCE_WORDS, TAIL_WORDS, passages, sentences

PROSE = st.text(alphabet=st.sampled_from("ab. A!?\n\t'”“-1,…。\u2003\u00a0U.S"), max_size=400)
TEXTS = st.text() | PROSE


def quoted(split, text):
    return [text[start:end] for start, end in split(text)]


@pytest.mark.parametrize("split", [sentences, passages])
@given(text=TEXTS)
def test_spans_are_in_order_trimmed_and_cover_every_character(split, text):
    spans = split(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    assert all(text[start:end].strip() == text[start:end] for start, end in spans)
    covered = {place for start, end in spans for place in range(start, end)}
    assert all(place in covered or text[place].isspace() for place in range(len(text)))


@given(text=TEXTS)
def test_a_sentence_lies_in_one_passage(text):
    held = passages(text)
    if max((len(text[a:b].split()) for a, b in sentences(text)), default=0) <= SENTENCE_WORDS:
        assert all(any(a <= start and end <= b for a, b in held) for start, end in sentences(text))


@pytest.mark.parametrize(
    "expected",
    [
        ["Gen. Min Aung Hlaing met Mr. Lavrov.", "They talked."],
        ["The U.S. Embassy closed.", "It reopened."],
        ["He came from the U.S.", "The army did not."],
        ["No. 5 fell by 3.5 percent on Jan. 5.", "Nobody knew."],
        ["J. K. Smith said so.", "Then A. Jones left."],
        ["He said “No.”", "Then he left."],
        ["“Why?” he asked.", "Nobody knew!", "(It was late.)", "So be it…", "Yes."],
        ["Was it so?", '"It was."', "2,158 people died."],
        ["It met at 5 p.m. Moscow time.", "Talks with Acme Inc. failed."],
        ["He said no.", "Then he left."],
        ["It was I.", "The others slept."],
        ["彼は来た。", "彼女は去った。"],
        ["See e.g. Reuters.", "Cf. also AFP."],
    ],
)
def test_sentences(expected):
    assert quoted(sentences, " ".join(expected)) == expected


def test_a_stop_before_a_lower_case_word_goes_on():
    text = "It was reported... that the so-called gov. troops of approx. 50 men left."
    assert quoted(sentences, text) == [text]


def test_blank_lines_and_list_items_end_a_sentence():
    text = "Heading\n\nOne line\nfolded\n- first\n- second\n\n  \n3. third"
    assert quoted(sentences, text) == [
        "Heading",
        "One line\nfolded",
        "- first",
        "- second",
        "3. third",
    ]


def test_short_paragraphs_are_one_passage():
    text = "One sentence. And another.\n \nA second paragraph."
    assert quoted(passages, text) == [text]


def test_paragraphs_that_do_not_fit_together_are_passages_of_their_own():
    first, second = ("word " * 60).strip() + ".", ("more " * 60).strip() + "."
    assert quoted(passages, f"{first}\n\n{second}") == [first, second]


def test_a_long_paragraph_is_cut_between_sentences():
    text = " ".join(f"This is sentence number {number} of the text." for number in range(60))
    found = quoted(passages, text)
    assert " ".join(found) == text
    assert all(part.startswith("This") and part.endswith(".") for part in found)
    assert all(len(part.split()) <= PASSAGE_WORDS + TAIL_WORDS for part in found)


def test_a_short_tail_joins_the_passage_before():
    text = " ".join(["Ten words are in this sentence and no more here."] * 10)
    assert [len(part.split()) for part in quoted(passages, text)] == [100]


def test_a_very_long_sentence_is_cut_between_words():
    text = "word " * 500
    assert [len(part.split()) for part in quoted(passages, text)] == [180, 180, 140]


def test_a_text_without_spaces_is_cut():
    assert max(len(part) for part in quoted(passages, "x" * 100_000)) <= 40 * SENTENCE_WORDS


@pytest.mark.parametrize("text", ["", " ", "\n\n \t\n", "\u2003"])
def test_no_words_no_passages(text):
    assert passages(text) == sentences(text) == ()


def test_a_text_of_nothing_but_stops_takes_a_moment() -> None:
    assert sentences("." * 200_000)
    assert sentences("。" * 200_000)
