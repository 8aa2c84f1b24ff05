import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.claims.verbs import (
    is_noun_as_well,
    joins_objects,
    may_end_clause,
    takes_no_object,
    verb_forms,
)
from onrecord.text.speech import Form

BOTH = Form.PAST | Form.PARTICIPLE


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("sell", Form.BASE),
        ("sells", Form.THIRD),
        ("sold", BOTH),
        ("selling", Form.ING),
        ("took", Form.PAST),
        ("taken", Form.PARTICIPLE),
        ("put", Form.BASE | BOTH),
        ("denies", Form.THIRD),
        ("denied", BOTH),
        ("robbed", BOTH),
        ("planning", Form.ING),
        ("dying", Form.ING),
        ("cutting", Form.ING),
        ("frobnicated", BOTH),
        ("frobnicating", Form.ING),
        ("co-sponsored", BOTH),
        ("oil-related", Form(0)),
        ("unlimited", Form(0)),
        ("hundred", Form(0)),
        ("thing", Form(0)),
        ("house-to-house", Form(0)),
        ("", Form(0)),
    ],
)
def test_forms(word: str, forms: Form) -> None:
    assert verb_forms(word) == forms


def test_what_else_a_verb_may_be_or_take() -> None:
    assert is_noun_as_well("attacks")
    assert not is_noun_as_well("sells")
    assert takes_no_object("fled")
    assert not takes_no_object("sold")
    assert may_end_clause("doubled")
    assert not may_end_clause("sold")
    assert joins_objects("merged")
    assert not joins_objects("sold")


@given(st.text(max_size=30))
def test_any_word_has_forms_or_none(word: str) -> None:
    assert isinstance(verb_forms(word), Form)
