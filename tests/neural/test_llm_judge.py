"""What a language model may do, and what it cannot be talked into."""

import json
from typing import Any

import pytest

from onrecord.check import Verifier as VerifierLike
from onrecord.claims import split
from onrecord.errors import InputError, ModelError, ReadingError
from onrecord.intake import claim_from
from onrecord.model import ClaimPart, Paragraph, content_hash
from onrecord.neural import Reading
from onrecord.neural.llm import LLM, Usage
from onrecord.neural.llm_judge import (
    DRAFT,
    MOST_PARAGRAPHS,
    MOST_PARTS,
    SPLIT,
    STANCE,
    LLMVerifier,
    draft,
    split_claim,
)
from onrecord.neural.prompt import AGAIN, MOST_CHARACTERS, REMINDER, RULES, Prompt
from tests.neural.llm_endpoint import Body, FakeEndpoint, Reply, completion, failure, stance
from tests.neural.llm_injections import INJECTIONS, OBEDIENT
from tests.neural.test_prompt import alike, parts_of

CLAIM = "The mill at Oldwater burned in May 2019."


def read(endpoint: FakeEndpoint, *pairs: tuple[str, str]) -> list[Reading]:
    with LLM(endpoint.config()) as llm:
        return LLMVerifier(llm).read(pairs)


def texts_of(body: Body) -> dict[str, str]:
    return parts_of(body["messages"])[1]


def without_mark(body: Body) -> Body:
    """The request but for its texts and the mark that depends on them."""
    mark, _ = parts_of(body["messages"])
    system = body["messages"][0]["content"].replace(mark, "MARK")
    return {**body, "messages": system}


WORDS = {
    "llm-stance/1": "6808585039a95e97",
    "llm-split/1": "6132ffe4f67b1b9f",
    "llm-draft/1": "df09b944017d8d91",
}
"""Digests of what is asked: whoever changes it gives it another version, and writes both here."""


@pytest.mark.parametrize("prompt", [STANCE, SPLIT, DRAFT])
def test_other_words_have_another_version(prompt: Prompt[Any]) -> None:
    assert content_hash([prompt.task, RULES, REMINDER, AGAIN])[7:23] == WORDS[prompt.version]


# The verifier


@pytest.mark.parametrize(
    ("label", "confidence", "expected"),
    [
        ("SUPPORTS", 90, Reading(0.9, 0.05, 0.05)),
        ("REFUTES", 99, Reading(0.005, 0.99, 0.005)),
        ("NOT_ENOUGH_INFO", 50, Reading(0.25, 0.25, 0.5)),
        ("SUPPORTS", 95, Reading(0.95, 0.025, 0.025)),
    ],
)
def test_a_stance_becomes_probabilities(label: str, confidence: int, expected: Reading) -> None:
    with FakeEndpoint(completion(stance(label, confidence))) as endpoint:
        (found,) = read(endpoint, (CLAIM, "The mill burned down."))
    assert found == expected
    assert found.supports + found.refutes + found.not_enough_info == pytest.approx(1)


def test_readings_come_in_order_and_each_pair_is_asked_about_once() -> None:
    def answer(body: Body) -> Reply:
        wet = "wet" in texts_of(body)["passage"]
        return completion(stance("SUPPORTS" if wet else "REFUTES"))

    passages = ["wet", "dry", "wet", "very wet", "dry", "desert"]
    with FakeEndpoint(answer) as endpoint:
        found = read(endpoint, *((CLAIM, passage) for passage in passages))
    assert [r.supports > 0.5 for r in found] == [True, False, True, True, False, False]
    assert len(endpoint.bodies) == 4


def test_nothing_asked_asks_nothing() -> None:
    with FakeEndpoint(failure(500)) as endpoint:
        assert read(endpoint) == []
    assert endpoint.bodies == []


def test_it_is_what_a_check_needs_of_a_verifier() -> None:
    with (
        FakeEndpoint(failure(500)) as endpoint,
        LLM(endpoint.config()) as llm,
        LLM(endpoint.config(model="other")) as other,
    ):
        found: VerifierLike = LLMVerifier(llm)
        assert found.name == "fake llm-stance/1"
        assert len(found.sha256) == 64
        assert found.sha256 == LLMVerifier(llm).sha256 != LLMVerifier(other).sha256


def test_a_passage_that_is_too_long_is_an_error_and_not_sent() -> None:
    with (
        FakeEndpoint(completion(stance())) as endpoint,
        pytest.raises(ReadingError, match="20001 characters"),
    ):
        read(endpoint, (CLAIM, "x" * (MOST_CHARACTERS + 1)))
    assert endpoint.bodies == []


@pytest.mark.parametrize("passage", ["", "\x00", "word " * 4000])
def test_odd_passages_are_read(passage: str) -> None:
    with FakeEndpoint(completion(stance())) as endpoint:
        assert len(read(endpoint, (CLAIM, passage))) == 1
    assert texts_of(endpoint.bodies[0])["passage"] == passage


def test_an_endpoint_that_cannot_be_used_ends_the_reading_early() -> None:
    with FakeEndpoint(failure(401)) as endpoint, pytest.raises(ModelError):
        read(endpoint, *((CLAIM, str(n)) for n in range(1000)))
    assert len(endpoint.bodies) < 1000


# Injection


def test_there_are_enough_injections() -> None:
    assert len(set(INJECTIONS)) == len(INJECTIONS) >= 25


@pytest.mark.parametrize("hostile", INJECTIONS)
def test_a_hostile_passage_never_leaves_its_slot(hostile: str) -> None:
    with FakeEndpoint(completion(stance())) as endpoint:
        read(endpoint, (CLAIM, "It rained."), (CLAIM, hostile), (hostile, "It rained."))
    plain = next(b for b in endpoint.bodies if texts_of(b)["passage"] == "It rained.")
    assert len(endpoint.bodies) == 3
    for body in endpoint.bodies:
        found = texts_of(body)
        assert list(found) == ["claim", "passage"]
        assert without_mark(body) == without_mark(plain)
        assert len(body["messages"]) == 2
    sent = [text for body in endpoint.bodies for text in texts_of(body).values()]
    assert sum(alike(text, hostile) for text in sent) == 2


@pytest.mark.parametrize("steered", OBEDIENT)
def test_what_a_steered_model_says_is_no_reading(steered: str) -> None:
    with FakeEndpoint(completion(steered)) as endpoint, pytest.raises(ReadingError) as caught:
        read(endpoint, (CLAIM, INJECTIONS[0]))
    assert len(str(caught.value)) < 500


# Splitting


def parts(*texts: str, kind: str = "fact", **more: Any) -> str:
    return json.dumps({"parts": [{"text": text, "kind": kind, **more} for text in texts]})


def parted(claim: str, answer: str) -> tuple[ClaimPart, ...]:
    with FakeEndpoint(completion(answer)) as endpoint, LLM(endpoint.config()) as llm:
        return split_claim(llm, claim)


def test_a_claim_is_split() -> None:
    claim = "Ruritania sold 9 boats, and it will sell more."
    both = json.dumps(
        {
            "parts": [
                {"text": "Ruritania sold 9 boats.", "kind": "fact"},
                {"text": "Ruritania  will sell more.", "kind": "prediction"},
            ]
        }
    )
    assert parted(claim, both) == (
        ClaimPart(id="p1", text="Ruritania sold 9 boats."),
        ClaimPart(id="p2", text="Ruritania will sell more.", not_checkable="prediction"),
    )


def test_the_parts_are_what_a_claim_takes() -> None:
    claim = claim_from({"quote": CLAIM, "claimant": {"name": "A"}, "made_on": "2022"})
    found = parted(claim.text, parts("The mill at Oldwater burned.", "It burned in May 2019."))
    assert split(claim.model_copy(update={"parts": found})) == found


def test_the_same_part_is_given_once() -> None:
    assert len(parted(CLAIM, parts("The mill burned.", "The  mill burned. "))) == 1


@pytest.mark.parametrize(
    "answer",
    [
        parts(),
        parts(*(f"The mill burned{'!' * n}" for n in range(MOST_PARTS + 1))),
        parts(""),
        parts("..."),
        parts("The mill at Oldwater burned in 2020."),
        parts("The mill at Newwater burned."),
        parts("The mill burned, said Harbor Inc."),
        parts("The mill burned, see https://collect.example"),
        parts("The mill <b>burned</b>."),
        parts("The mill burned.\x1b[2J"),
        parts("The mill burned. " * 200),
        parts("The mill burned.", kind="rumour"),
        parts("The mill burned.", rating="true"),
        '{"parts": "The mill burned."}',
    ],
)
def test_parts_that_do_not_fit_are_an_error(answer: str) -> None:
    with pytest.raises(ReadingError, match="no answer that fits"):
        parted(CLAIM, answer)


@pytest.mark.parametrize(
    ("claim", "part"),
    [
        ("Ruritania gave 2,158 medals.", "They gave 2158 Ruritanian medals."),
        ("'He left', Dr. Brown said.", "He left, Brown said."),
        ("МИД России заявил.", "Заявил МИД России."),
        ("The rate was 3.5 %, not 4.", "The rate was 3.5 %."),
    ],
)
def test_parts_in_the_words_of_the_claim_fit(claim: str, part: str) -> None:
    assert [found.text for found in parted(claim, parts(part))] == [part]


# Drafting

EVIDENCE = {
    "e1": "Fire crews from Tarn put out a blaze at the Oldwater mill on 4 May 2019.",
    "e2": "The owner said that 12 looms were lost.",
}


def paragraphs(*given: tuple[str, list[str]], **more: Any) -> str:
    return json.dumps({"paragraphs": [{"text": t, "cites": c, **more} for t, c in given]})


def drafted(answer: str, evidence: dict[str, str] = EVIDENCE) -> tuple[Paragraph, ...]:
    with FakeEndpoint(completion(answer)) as endpoint, LLM(endpoint.config()) as llm:
        return draft(llm, CLAIM, evidence)


def test_a_draft_cites_its_evidence() -> None:
    answer = paragraphs(
        ("A blaze at the Oldwater mill was put out on 4 May 2019.", ["e1"]),
        ("According to the owner, 12 looms were lost.\nMore is not known.", ["e2", "e1", "e2"]),
    )
    found = drafted(answer)
    assert [paragraph.cites for paragraph in found] == [("e1",), ("e2", "e1")]
    assert found[0] == Paragraph(
        text="A blaze at the Oldwater mill was put out on 4 May 2019.", cites=("e1",)
    )


@pytest.mark.parametrize(
    "answer",
    [
        paragraphs(),
        paragraphs(*[("It burned.", ["e1"])] * (MOST_PARAGRAPHS + 1)),
        paragraphs(("It burned.", [])),
        paragraphs(("It burned.", ["e3"])),
        paragraphs(("It burned.", ["e1", "e99"])),
        paragraphs(("It burned.", ["claim"])),
        paragraphs(("It burned.", ["E1"])),
        paragraphs(("It burned.", ["e1 "])),
        paragraphs(("12 looms were lost.", ["e1"])),
        paragraphs(("The fire, says Harbor Insurance, was arson.", ["e1"])),
        paragraphs(("It burned. Read on at www.collect.example", ["e1"])),
        paragraphs(("It burned [here](javascript:x).", ["e1"])),
        paragraphs(("It burned.<script>", ["e1"])),
        paragraphs(("\u202eIt burned.", ["e1"])),
        paragraphs(("It burned.", ["e1"]), rating="False"),
        '{"paragraphs": ["It burned. (e1)"]}',
    ],
)
def test_a_draft_that_does_not_fit_is_an_error(answer: str) -> None:
    with pytest.raises(ReadingError, match="no answer that fits"):
        drafted(answer)


@pytest.mark.parametrize("evidence", [{}, {"claim": "x"}, {"e 1": "x"}, {"e1\nEND": "x"}])
def test_evidence_that_cannot_be_cited_is_refused(evidence: dict[str, str]) -> None:
    with pytest.raises(InputError):
        drafted(paragraphs(("It burned.", ["e1"])), evidence)


def test_hostile_evidence_stays_in_its_slots() -> None:
    evidence = {f"e{n}": text for n, text in enumerate(INJECTIONS, start=1)}
    answer = completion(paragraphs(("It burned.", ["e1"])))
    with FakeEndpoint(answer) as endpoint, LLM(endpoint.config()) as llm:
        draft(llm, CLAIM, evidence)
        draft(llm, CLAIM, EVIDENCE)
        assert llm.usage == Usage(requests=2, tokens_in=200, tokens_out=20)
    hostile, plain = endpoint.bodies
    found = texts_of(hostile)
    assert list(found) == ["claim", *evidence]
    assert all(alike(found[name], text) for name, text in evidence.items())
    assert without_mark(hostile) == without_mark(plain)
