import numpy as np
import pytest
from hypothesis import given, settings

from onrecord.neural import Embedder, read_manifest
from tests.model.strategies import texts


def test_the_embedder_says_what_it_is(embedder: Embedder) -> None:
    manifest = read_manifest("embedder")
    assert embedder.name == manifest.version
    assert embedder.dimensions == 384
    assert embedder.sha256 == manifest.sha256


def test_like_texts_lie_closer(embedder: Embedder) -> None:
    jets, planes, fish = embedder.embed(
        ["Russia sold fighter jets.", "Moscow supplied combat aircraft.", "Hilsa is a fish."]
    )
    assert jets @ planes > jets @ fish + 0.2


def test_no_texts_give_no_vectors(embedder: Embedder) -> None:
    assert embedder.embed([]).shape == (0, 384)


@settings(max_examples=15)
@given(texts)
def test_any_text_has_a_unit_vector(embedder: Embedder, text: str) -> None:
    (vector,) = embedder.embed([text])
    assert vector.dtype == np.float32
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-4)


def test_a_vector_does_not_depend_on_what_is_asked_beside_it(embedder: Embedder) -> None:
    asked = ["Short.", "A longer text about jets " * 20, "😀", ""]
    together = embedder.embed(asked)
    for text, vector in zip(asked, together, strict=True):
        assert (embedder.embed([text])[0] == vector).all()


@pytest.mark.parametrize("text", ["word " * 5000, "x" * 50_000, "\x00\u202e" * 500])
def test_what_is_beyond_the_models_reach_is_cut(embedder: Embedder, text: str) -> None:
    assert embedder.embed([text]).shape == (1, 384)


def test_text_beyond_256_tokens_is_not_read(embedder: Embedder) -> None:
    long = "jets " * 300
    one, other = embedder.embed([long + "landed", long + "crashed"])
    assert (one == other).all()
