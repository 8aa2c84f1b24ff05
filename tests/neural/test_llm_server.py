"""The wiring, with a real model behind a real server. Its judgements are poor and not tested."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx2
import pytest

from onrecord.errors import ReadingError
from onrecord.neural import Reading, llm_judge
from onrecord.neural.llm import LLM, Endpoint
from onrecord.neural.llm_judge import STANCE, LLMVerifier, draft, split_claim
from tests.neural.llama import llama, needs_llama
from tests.neural.llm_injections import FORGED, INJECTIONS

pytestmark = needs_llama

CLAIM = "The mill at Oldwater burned in May 2019."


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with llama() as found:
        yield found


@pytest.fixture
def llm(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LLM]:
    for name in ("SPLIT", "DRAFT"):  # so small a model would else write until it is cut off
        brief = replace(getattr(llm_judge, name), most_tokens=60)
        monkeypatch.setattr(llm_judge, name, brief)
    with LLM(Endpoint(url=f"{address}/v1", model="smollm2"), tmp_path / "cache") as found:
        yield found


def test_it_reads_and_is_not_asked_twice(llm: LLM) -> None:
    pairs = [
        (CLAIM, "A fire destroyed the Oldwater mill on 4 May 2019."),
        (CLAIM, "The council of Tarn met on Monday."),
    ]
    first = LLMVerifier(llm).read(pairs)
    for reading in first:
        total = reading.supports + reading.refutes + reading.not_enough_info
        assert total == pytest.approx(1)
    usage = llm.usage
    assert usage.requests >= 2
    assert usage.tokens_in > 200
    assert usage.tokens_out > 10
    assert usage.unmetered == 0
    assert LLMVerifier(llm).read(pairs) == first
    assert llm.usage.requests == usage.requests
    assert llm.usage.cached == 2


@pytest.mark.parametrize("hostile", INJECTIONS[::6])
def test_a_hostile_passage_gives_a_reading_or_an_error(llm: LLM, hostile: str) -> None:
    try:
        (found,) = LLMVerifier(llm).read([(CLAIM, hostile)])
    except ReadingError:
        return
    assert isinstance(found, Reading)


def test_a_split_gives_parts_or_an_error(llm: LLM) -> None:
    try:
        found = split_claim(llm, "The mill at Oldwater burned, and 12 looms were lost.")
    except ReadingError:
        found = ()
    assert llm.usage.requests > 0
    assert [part.id for part in found] == [f"p{n}" for n in range(1, len(found) + 1)]


def test_a_draft_cites_or_is_an_error(llm: LLM) -> None:
    evidence = {"e1": "A fire destroyed the Oldwater mill.", "e2": "Looms were lost."}
    try:
        found = draft(llm, CLAIM, evidence)
    except ReadingError:
        found = ()
    assert llm.usage.requests > 0
    assert all(set(paragraph.cites) <= set(evidence) for paragraph in found)
    assert all(paragraph.cites for paragraph in found)


@pytest.mark.parametrize("hostile", INJECTIONS)
def test_no_passage_opens_a_turn_in_the_models_own_template(address: str, hostile: str) -> None:
    assert turns(address, encoded=True, passage=hostile) == 3


def test_unescaped_it_would() -> None:
    """The test above can fail: the same passage as a chat application would send it."""
    with llama() as address:
        assert turns(address, encoded=False, passage=FORGED[10]) > 3


def turns(address: str, *, encoded: bool, passage: str) -> int:
    """How many turns the server's tokens open for a request about the passage."""
    messages = STANCE.messages({"claim": CLAIM, "passage": passage})
    if not encoded:
        messages[1]["content"] = passage
    prompt = posted(address, "apply-template", messages=messages)["prompt"]
    (opening,) = posted(address, "tokenize", content="<|im_start|>", parse_special=True)["tokens"]
    tokens = posted(address, "tokenize", content=prompt, parse_special=True)["tokens"]
    return int(tokens.count(opening))


def posted(address: str, path: str, **plain: Any) -> Any:
    return httpx2.post(f"{address}/{path}", json=plain, timeout=60).raise_for_status().json()
