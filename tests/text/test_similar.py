import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.text.similar import clusters, near_identical, shingles

WORDS = [f"word{number}" for number in range(2000)]
TEXT = "The army burned forty houses in the village on Monday, two witnesses said."


def article(seed, length=200):
    return random.Random(seed).choices(WORDS, k=length)  # noqa: S311 - no secret


def edited(words, place):
    return " ".join([*words[:place], f"edit{place}", *words[place + 1 :]])


def test_shingles_are_stable_and_blind_to_case_and_punctuation():
    assert shingles("One two, three four FIVE") == shingles("one — two three (four) five.")
    assert shingles("one two three four five") == {0x3E1DA6133E7D53E7}  # b2sum -l 64


def test_shingles_of_short_and_empty_texts():
    assert len(shingles("two words")) == 1
    assert shingles(" …! ") == frozenset()
    assert len(shingles("a b c d", words=2)) == 3
    with pytest.raises(ValueError, match="at least 1 word, got 0"):
        shingles("a", words=0)


@given(text=st.text())
def test_a_text_with_words_is_near_identical_to_itself(text):
    assert near_identical(text, text) == bool(shingles(text))


@given(a=st.text(alphabet="ab "), b=st.text(alphabet="ab "))
def test_near_identity_is_symmetric(a, b):
    assert near_identical(a, b) == near_identical(b, a)


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        (TEXT, TEXT.upper(), True),
        (TEXT, TEXT.replace("forty", "fifty"), True),
        (TEXT, TEXT + " It was raining.", True),
        (TEXT, "Two people saw soldiers set fire to houses, they told reporters.", False),
        (TEXT, " ".join([*article(1), TEXT, *article(2)]), False),
        (TEXT, "", False),
        ("", "", False),
        ("Yes.", "yes", True),
        ("Yes.", "No.", False),
    ],
)
def test_near_identical(a, b, same):
    assert near_identical(a, b) is same


def test_an_article_cut_short_is_a_copy_and_an_excerpt_is_not():
    words = article(3)
    assert near_identical(" ".join(words), " ".join(words[:130]))
    assert not near_identical(" ".join(words), " ".join(words[:60]))


def test_clusters_number_by_first_appearance():
    a, b = article(4), article(5)
    texts = [" ".join(b), edited(a, 7), "", " ".join(a), "", edited(b, 90), " ".join(b).upper()]
    assert clusters(texts) == (0, 1, 2, 1, 3, 0, 0)
    assert clusters([]) == ()


@given(st.permutations([edited(article(6), place) for place in (3, 50, 99)] + ["x y z", TEXT]))
def test_the_order_decides_the_numbers_only(texts):
    numbers = dict(zip(texts, clusters(texts), strict=True))
    assert len(set(numbers.values())) == 3


def test_thousands_of_copies_are_one_cluster():
    words = article(7)
    texts = [edited(words, place % 200) + f" {place}" for place in range(3000)]
    assert set(clusters([*texts, *texts])) == {0}
