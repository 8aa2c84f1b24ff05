"""The shipped readers on what no one should hand them, and on the same thing twice."""

import json
import subprocess
import sys

import numpy as np
import pytest

from onrecord.neural import Verifier, installed

CLAIM = "The second bridge was opened on time."
PASSAGE = "The second bridge opened in autumn, two years later than planned, the ministry said."
HOSTILE = {
    "no evidence": "",
    "only spaces": " \n\t ",
    "a hundred thousand words": "The bridge stood there. " * 25_000,
    "one endless word": "x" * 100_000,
    "control characters": "\x00\x07\x1b[2J\u202e bridge \u2066" * 50,
    "lone surrogates": "the bridge \ud800 opened",
    "Burmese": "ဒုတိယတံတားကို အချိန်မီ ဖွင့်လှစ်ခဲ့သည်။",
    "Arabic": "افتتح الجسر الثاني في الموعد المحدد.",
    "emoji": "🌉" * 500,
}


READERS = [name for name in installed() if name.startswith("verifier")]


@pytest.fixture(scope="module", params=READERS)
def verifier(request: pytest.FixtureRequest) -> Verifier:
    return Verifier.load(request.param)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_evidence_gets_a_sound_answer(verifier: Verifier, name: str) -> None:
    (row,) = verifier.probabilities([(CLAIM, HOSTILE[name])])
    assert row.sum() == pytest.approx(1)
    assert np.isfinite(row).all()


@pytest.mark.parametrize("claim", ["", "why " * 20_000, "\x00"])
def test_a_hostile_claim_gets_a_sound_answer(verifier: Verifier, claim: str) -> None:
    (row,) = verifier.probabilities([(claim, PASSAGE)])
    assert row.sum() == pytest.approx(1)


def test_neighbours_do_not_matter_to_the_last_bit(verifier: Verifier) -> None:
    pairs = [(CLAIM, PASSAGE), (CLAIM, "short"), (CLAIM, PASSAGE * 30), ("It rained.", PASSAGE)]
    together = verifier.probabilities(pairs)
    alone = np.concatenate([verifier.probabilities([pair]) for pair in reversed(pairs)])[::-1]
    assert (together == alone).all()


def test_another_process_gives_the_same_bits(verifier: Verifier) -> None:
    model = next(name for name in READERS if Verifier.load(name).name == verifier.name)
    code = (
        "import sys, json; from onrecord.neural import Verifier; "
        "found = Verifier.load(sys.argv[1]).probabilities([tuple(json.loads(sys.argv[2]))]); "
        "print(json.dumps([value.hex() for value in found[0].tolist()]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, model, json.dumps([CLAIM, PASSAGE])],
        capture_output=True,
        text=True,
        check=True,
    )
    here = [value.hex() for value in verifier.probabilities([(CLAIM, PASSAGE)])[0].tolist()]
    assert json.loads(done.stdout) == here


def test_what_decides_is_read_wherever_it_stands_in_a_long_passage(verifier: Verifier) -> None:
    filler = "The council met in the old hall and spoke of the harvest and of the weather. " * 40
    (silent,) = verifier.read([(CLAIM, filler)])
    for passage in (PASSAGE + " " + filler, filler + PASSAGE + " " + filler, filler + PASSAGE):
        (found,) = verifier.read([(CLAIM, passage)])
        assert found.not_enough_info < silent.not_enough_info
