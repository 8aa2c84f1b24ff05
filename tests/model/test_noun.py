import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from onrecord.model import (
    COARSE,
    Claim,
    Dossier,
    Evidence,
    Noun,
    Quantity,
    canonical_json,
    content_hash,
)
from tests.model import strategies as nouns

SLOW = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
EVERY = {
    "abstention or rating": nouns.outcomes,
    "appearance": nouns.appearances,
    "assessment": nouns.assessments,
    "attribution": nouns.attributions,
    "cited": nouns.cited,
    "claim": nouns.claims,
    "claim part": nouns.parts,
    "claimant": nouns.claimants,
    "contact": nouns.contacts,
    "correction": nouns.corrections,
    "document": nouns.documents,
    "dossier": nouns.dossiers,
    "evidence": nouns.evidence,
    "fault": nouns.faults,
    "method": nouns.methods,
    "part assessment": nouns.part_assessments,
    "push": nouns.pushes,
    "quantity": nouns.quantities,
    "review": nouns.reviews(),
    "search record": nouns.searches,
    "segment": nouns.segments,
    "snapshot": nouns.snapshots,
    "source": nouns.sources,
    "stance": nouns.stances,
    "when": nouns.whens,
}
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | nouns.numbers | nouns.texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(nouns.texts, inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize("name", EVERY)
def test_json_gives_the_equal_noun_back(name: str) -> None:
    @SLOW
    @given(EVERY[name])
    def holds(noun: Noun) -> None:
        again = type(noun).from_json(noun.to_json())
        assert again == noun
        assert hash(content_hash(again)) == hash(content_hash(noun))
        assert again.to_json(indent=2) == noun.to_json(indent=2)

    holds()


@pytest.mark.parametrize("name", EVERY)
def test_every_noun_refuses_a_field_it_does_not_know(name: str) -> None:
    @settings(SLOW, max_examples=1)
    @given(EVERY[name])
    def holds(noun: Noun) -> None:
        plain = json.loads(noun.to_json()) | {"colour": "green"}
        with pytest.raises(ValidationError, match="colour"):
            type(noun).from_plain(plain)

    holds()


@pytest.mark.parametrize("name", EVERY)
def test_every_noun_refuses_a_value_of_another_type(name: str) -> None:
    @settings(SLOW, max_examples=1)
    @given(EVERY[name])
    def holds(noun: Noun) -> None:
        plain = json.loads(noun.to_json())
        for field in plain:
            with pytest.raises(ValidationError):
                type(noun).from_plain(plain | {field: [{"not": "this"}]})

    holds()


@pytest.mark.parametrize("name", EVERY)
def test_every_noun_refuses_to_do_without_a_required_field(name: str) -> None:
    @settings(SLOW, max_examples=1)
    @given(EVERY[name])
    def holds(noun: Noun) -> None:
        plain = json.loads(noun.to_json())
        for field, info in type(noun).model_fields.items():
            if info.is_required():
                with pytest.raises(ValidationError, match=field):
                    type(noun).from_plain({k: v for k, v in plain.items() if k != field})

    holds()


@pytest.mark.parametrize("value", ["5", "NaN", "Infinity", "true", "null", "1e999"])
def test_a_number_is_a_finite_number_and_nothing_like_one(value: str) -> None:
    text = value if value != "5" else '"5"'
    with pytest.raises(ValidationError):
        Quantity.from_json(f'{{"value": {text}, "unit": "", "text": ""}}')


def test_nouns_are_frozen() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        COARSE.id = "mine"  # type: ignore[misc]


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "\x00", '{"id": "\\ud800"}', "[" * 5000])
@pytest.mark.parametrize("noun", [Claim, Evidence, Dossier])
def test_what_is_no_json_of_the_noun_is_refused(noun: type[Noun], text: str) -> None:
    with pytest.raises(ValidationError):
        noun.from_json(text)


@given(PLAIN)
def test_canonical_json_is_json_with_the_same_meaning(value: object) -> None:
    assert json.loads(canonical_json(value)) == value


@given(st.dictionaries(nouns.texts, PLAIN, max_size=5))
def test_canonical_json_does_not_depend_on_the_order_of_keys(value: dict[str, object]) -> None:
    assert canonical_json(dict(reversed(value.items()))) == canonical_json(value)


def test_canonical_json_never_changes() -> None:
    value = {"b": [1, 2.5, None, True], "a": "Ü\n\"'", "é": {}}
    assert canonical_json(value) == '{"a":"Ü\\n\\"\'","b":[1,2.5,null,true],"é":{}}'.encode()
    assert content_hash({}) == (
        "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
    )


@pytest.mark.parametrize("value", [float("nan"), float("inf"), [float("-inf")]])
def test_canonical_json_refuses_what_json_cannot_say(value: object) -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        canonical_json(value)


@SLOW
@given(nouns.claims)
def test_a_noun_and_its_plain_data_hash_alike(claim: Claim) -> None:
    assert content_hash(claim) == content_hash(json.loads(claim.to_json()))
