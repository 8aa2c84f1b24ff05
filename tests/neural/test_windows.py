from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from onrecord.neural.windows import Window, windows


@dataclass(frozen=True)
class Encoding:
    """[1] claim [2] [2] passage [3], as a tokenizer of pairs gives it."""

    claim: tuple[int, ...]
    passage: tuple[int, ...]

    @property
    def ids(self) -> list[int]:
        return [1, *self.claim, 2, 2, *self.passage, 3]

    @property
    def type_ids(self) -> list[int]:
        return [0] * (len(self.claim) + 2) + [1] * (len(self.passage) + 2)

    @property
    def sequence_ids(self) -> list[int | None]:
        return [None, *[0] * len(self.claim), None, None, *[1] * len(self.passage), None]


def test_what_fits_is_left_as_it_is() -> None:
    pair = Encoding((10, 11), (20, 21, 22))
    assert windows(pair, 9) == [pair]


def test_a_long_passage_is_read_in_overlapping_stretches() -> None:
    found = windows(Encoding((10, 11), tuple(range(20, 28))), 10)
    assert [list(window.ids) for window in found] == [
        [1, 10, 11, 2, 2, 20, 21, 22, 23, 3],
        [1, 10, 11, 2, 2, 22, 23, 24, 25, 3],
        [1, 10, 11, 2, 2, 24, 25, 26, 27, 3],
    ]
    assert list(found[0].type_ids) == [0, 0, 0, 0, 1, 1, 1, 1, 1, 1]


def test_of_too_many_windows_those_with_the_claims_words_are_read() -> None:
    passage = [100] * 400
    passage[250:252] = [10, 11]
    (found,) = windows(Encoding((10, 11), tuple(passage)), 20, most=1)
    assert {10, 11} <= set(found.ids[5:])


def test_a_claim_longer_than_all_room_leaves_half_to_the_passage() -> None:
    found = windows(Encoding(tuple(range(10, 500)), tuple(range(500, 600))), 64)
    assert len(found) > 1
    assert all(len(window.ids) <= 64 and window.ids[33 + 2] >= 500 for window in found)


def test_an_endless_claim_without_a_passage_is_cut() -> None:
    (found,) = windows(Encoding(tuple(range(10, 500)), ()), 64)
    assert isinstance(found, Window)
    assert len(found.ids) <= 64


@given(st.integers(0, 60), st.integers(0, 300), st.integers(16, 80))
def test_every_token_of_a_passage_is_read_while_windows_suffice(
    claim: int, passage: int, size: int
) -> None:
    pair = Encoding(tuple(range(1000, 1000 + claim)), tuple(range(2000, 2000 + passage)))
    found = windows(pair, size, most=1000)
    assert all(len(window.ids) <= size for window in found)
    assert all(window.ids[0] == 1 and window.ids[-1] == 3 for window in found)
    assert {i for window in found for i in window.ids if i >= 2000} == set(pair.passage)
