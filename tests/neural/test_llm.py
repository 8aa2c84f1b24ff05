"""The client of an endpoint: what is sent, what is refused, kept and counted."""

import json
import socket
from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import SecretStr

from onrecord.errors import InputError, ModelError, ReadingError
from onrecord.neural.llm import (
    ATTEMPTS,
    LLM,
    MOST_FAILURES,
    Endpoint,
    Prices,
    Usage,
    configured,
)
from onrecord.neural.prompt import Answer, Prompt
from tests.neural.llm_endpoint import FakeEndpoint, Reply, completion, failure


class Colour(Answer):
    """A colour."""

    colour: str


PROMPT = Prompt("llm-colour/1", "Name the colour.", Colour, most_tokens=20)
TEXTS = {"passage": "The door is red."}
RED = completion('{"colour": "red"}')
SET = {"ONRECORD_LLM_URL": "http://127.0.0.1:8080/v1", "ONRECORD_LLM_MODEL": "m"}


def asked(endpoint: FakeEndpoint, cache: Path | None = None, **more: object) -> str:
    with LLM(endpoint.config(**more), cache) as llm:
        return llm.ask(PROMPT, TEXTS).colour


def test_what_is_sent() -> None:
    with FakeEndpoint(RED) as endpoint:
        assert asked(endpoint, key=SecretStr("k-1")) == "red"
    assert endpoint.paths == ["/v1/chat/completions"]
    (body,) = endpoint.bodies
    assert body.pop("messages") == PROMPT.messages(TEXTS)
    assert body.pop("response_format") == PROMPT.response_format()
    assert body == {"model": "fake", "max_tokens": 20, "temperature": 0, "seed": 0}
    assert endpoint.headers[0]["authorization"] == "Bearer k-1"


def test_nothing_of_the_environment_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("API_KEY", "ADMIN_KEY", "ORG_ID", "PROJECT_ID"):
        monkeypatch.setenv(f"OPENAI_{name}", "leak")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/leak")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "Authorization: leak\nX-Secret: leak")
    with FakeEndpoint(RED) as endpoint:
        asked(endpoint)
        asked(endpoint, key=SecretStr("k-1"))
    bare, keyed = endpoint.headers
    assert "leak" not in json.dumps(endpoint.headers)
    assert "authorization" not in bare
    assert keyed["authorization"] == "Bearer k-1"
    assert not [name for name in bare if name.startswith("x-")]


def test_a_redirection_is_not_followed() -> None:
    with FakeEndpoint(RED) as elsewhere:
        away = (307, {"Location": f"{elsewhere.url}/chat/completions"}, b"")
        with FakeEndpoint(away) as endpoint, pytest.raises(ModelError, match="sends elsewhere"):
            asked(endpoint)
    assert elsewhere.bodies == []


UNFIT = {
    "prose": completion("It is red."),
    "another field": completion('{"colour": "red", "more": 1}'),
    "another type": completion('{"colour": 1}'),
    "nothing": completion(None),
    "empty": completion(""),
    "cut off": completion('{"colour": "red"}', finish="length"),
    "no choices": (200, {"Content-Type": "application/json"}, b'{"choices": []}'),
    "no completion": (200, {"Content-Type": "application/json"}, b"[1]"),
    "no JSON": (200, {"Content-Type": "text/html"}, b"<h1>It works!</h1>"),
    "no bytes": (200, {"Content-Type": "application/json"}, b""),
    "no text": (200, {"Content-Type": "application/json"}, b"\xff\xfe\x00"),
}


@pytest.mark.parametrize("name", UNFIT)
def test_an_answer_that_does_not_fit_is_asked_for_again_and_then_an_error(
    name: str, tmp_path: Path
) -> None:
    with FakeEndpoint(UNFIT[name]) as endpoint, LLM(endpoint.config(), tmp_path) as llm:
        for _ in range(2):
            with pytest.raises(ReadingError, match="gave no answer that fits in 2 attempts"):
                llm.ask(PROMPT, TEXTS)
        assert llm.usage.requests == ATTEMPTS
    assert [body["seed"] for body in endpoint.bodies] == [0, 1]
    assert [body["messages"] for body in endpoint.bodies] == [
        PROMPT.messages(TEXTS),
        PROMPT.messages(TEXTS, again=True),
    ]
    assert list(tmp_path.iterdir()) == []


def test_a_refusal_says_what_the_model_said() -> None:
    status, headers, content = completion(None)
    plain = json.loads(content)
    plain["choices"][0]["message"]["refusal"] = "I would rather not."
    with (
        FakeEndpoint((status, headers, json.dumps(plain).encode())) as endpoint,
        pytest.raises(ReadingError, match="I would rather not"),
    ):
        asked(endpoint)


def test_a_second_attempt_may_fit() -> None:
    replies = [completion("no"), RED]
    with FakeEndpoint(lambda body: replies[body["seed"]]) as endpoint:
        assert asked(endpoint) == "red"


@pytest.mark.parametrize(
    ("reply", "error", "about"),
    [
        (failure(401, "bad key k-secret"), ModelError, "refuses the key"),
        (failure(403), ModelError, "refuses the key"),
        (failure(404, "no such model"), ModelError, "no such model"),
        (failure(400, "context too long"), ReadingError, "context too long"),
        (failure(422), ReadingError, "refuses the question"),
        (failure(429, "slow down"), ReadingError, "slow down"),
        (failure(500, "<b>oops</b>"), ReadingError, "oops"),
        (failure(503, "x" * 9000), ReadingError, "xxx"),
    ],
)
def test_failures_of_the_endpoint(reply: Reply, error: type[Exception], about: str) -> None:
    with FakeEndpoint(reply) as endpoint, pytest.raises(error, match=about) as caught:
        asked(endpoint, key=SecretStr("k-secret"))
    said = str(caught.value)
    assert "\n" not in said
    assert len(said) < 500
    assert "k-secret" not in said
    assert len(endpoint.bodies) == 1


def test_a_lost_request_is_sent_again() -> None:
    lost = failure(503, **{"x-should-retry": "true", "retry-after-ms": "1"})
    replies = iter([lost, lost, RED])
    with FakeEndpoint(lambda body: next(replies)) as endpoint:
        assert asked(endpoint, retries=2) == "red"
    assert len(endpoint.bodies) == 3


def test_requests_are_sent_again_a_bounded_number_of_times() -> None:
    lost = failure(503, **{"x-should-retry": "true", "retry-after-ms": "1"})
    with FakeEndpoint(lost) as endpoint, pytest.raises(ReadingError):
        asked(endpoint, retries=2)
    assert len(endpoint.bodies) == 3


def test_an_endpoint_that_fails_time_and_again_is_given_up() -> None:
    with FakeEndpoint(failure(500)) as endpoint, LLM(endpoint.config()) as llm:
        for _ in range(MOST_FAILURES - 1):
            with pytest.raises(ReadingError):
                llm.ask(PROMPT, TEXTS)
        with pytest.raises(ModelError, match="5 times in a row"):
            llm.ask(PROMPT, TEXTS)


def test_an_answer_between_makes_failures_count_anew() -> None:
    replies = iter([failure(500)] * 4 + [RED] + [failure(500)] * 4)
    with FakeEndpoint(lambda body: next(replies)) as endpoint, LLM(endpoint.config()) as llm:
        for good in [False] * 4 + [True] + [False] * 4:
            if good:
                assert llm.ask(PROMPT, TEXTS).colour == "red"
                continue
            with pytest.raises(ReadingError):
                llm.ask(PROMPT, TEXTS)


def test_an_endpoint_that_is_silent_is_an_error() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/v1"
        config = Endpoint(url=url, model="m", timeout_s=0.2, retries=0)
        with LLM(config) as llm, pytest.raises(ReadingError, match=r"said nothing for 0\.2 s"):
            llm.ask(PROMPT, TEXTS)


def test_an_endpoint_that_is_not_there_is_an_error() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"http://127.0.0.1:{server.getsockname()[1]}/v1"
    config = Endpoint(url=url, model="m", retries=0)
    with LLM(config) as llm, pytest.raises(ModelError, match="cannot be reached"):
        llm.ask(PROMPT, TEXTS)


def test_an_answer_is_kept_and_not_asked_for_again(tmp_path: Path) -> None:
    with FakeEndpoint(RED) as endpoint:
        for _ in range(2):
            assert asked(endpoint, tmp_path, key=SecretStr("k-secret")) == "red"
        assert len(endpoint.bodies) == 1
        with LLM(endpoint.config(), tmp_path) as llm:
            llm.ask(PROMPT, TEXTS)
            assert llm.usage == Usage(cached=1)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path.suffix for path in files] == [".json"]
    assert "k-secret" not in files[0].read_text()
    assert TEXTS["passage"] not in files[0].read_text()


def test_another_question_is_asked_anew(tmp_path: Path) -> None:
    later = Prompt("llm-colour/2", PROMPT.task, Colour, 20)
    with FakeEndpoint(RED) as endpoint:
        asked(endpoint, tmp_path)
        asked(endpoint, tmp_path, model="other")
        with LLM(endpoint.config(), tmp_path) as llm:
            llm.ask(later, TEXTS)
            llm.ask(PROMPT, {"passage": "The door is blue."})
            llm.ask(PROMPT, {"passages": TEXTS["passage"]})
            assert llm.usage.cached == 0
        with FakeEndpoint(RED) as other:
            asked(other, tmp_path)
            assert len(other.bodies) == 1


DAMAGED = [
    b"",
    b"{",
    b"\xff",
    b"{}",
    b'{"key": "0", "model": "fake", "answer": "{}"}',
    json.dumps({"key": "0" * 64, "model": "fake", "answer": '{"colour": "blue"}'}).encode(),
]


@pytest.mark.parametrize("content", DAMAGED)
def test_a_damaged_answer_is_asked_for_again(content: bytes, tmp_path: Path) -> None:
    with FakeEndpoint(RED) as endpoint:
        asked(endpoint, tmp_path)
        (file,) = tmp_path.rglob("*.json")
        good = file.read_bytes()
        file.write_bytes(content)
        assert asked(endpoint, tmp_path) == "red"
        assert len(endpoint.bodies) == 2
        assert file.read_bytes() == good


def test_a_kept_answer_is_held_to_the_schema(tmp_path: Path) -> None:
    with FakeEndpoint(RED) as endpoint:
        asked(endpoint, tmp_path)
        (file,) = tmp_path.rglob("*.json")
        kept = json.loads(file.read_text())
        file.write_text(json.dumps(kept | {"answer": '{"colour": "blue", "more": 1}'}))
        assert asked(endpoint, tmp_path) == "red"


def test_a_cache_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with FakeEndpoint(RED) as endpoint, pytest.raises(InputError, match="cannot"):
        asked(endpoint, tmp_path / "file" / "cache")


def test_usage_is_counted_of_every_answer() -> None:
    replies = [completion("no", tokens=(7, 3)), completion('{"colour": "red"}', tokens=None)]
    with (
        FakeEndpoint(lambda body: replies[body["seed"]]) as endpoint,
        LLM(endpoint.config()) as llm,
    ):
        llm.ask(PROMPT, TEXTS)
        assert llm.usage == Usage(requests=2, tokens_in=7, tokens_out=3, unmetered=1)


def test_cost() -> None:
    prices = Prices(tokens_in=Decimal("0.15"), tokens_out=Decimal("0.60"))
    usage = Usage(requests=2, tokens_in=1_000_000, tokens_out=500_000)
    assert usage.cost(prices) == Decimal("0.45")
    assert Usage().cost(prices) == 0
    assert usage.cost(None) is None
    assert (usage + Usage(unmetered=1)).cost(prices) is None


def test_nothing_is_a_default() -> None:
    with pytest.raises(InputError, match="ONRECORD_LLM_URL and ONRECORD_LLM_MODEL"):
        configured({"ONRECORD_LLM_KEY": "k", "OPENAI_API_KEY": "k"})
    with pytest.raises(InputError, match="set ONRECORD_LLM_MODEL "):
        configured({"ONRECORD_LLM_URL": "http://127.0.0.1:1/v1", "ONRECORD_LLM_MODEL": ""})


def test_the_environment_configures() -> None:
    found = configured({**SET, "ONRECORD_LLM_KEY": "k-1\n", "ONRECORD_LLM_PRICES": "0.15/0.6"})
    assert found.url == SET["ONRECORD_LLM_URL"]
    assert found.model == "m"
    assert found.key is not None
    assert found.key.get_secret_value() == "k-1"
    assert found.prices == Prices(tokens_in=Decimal("0.15"), tokens_out=Decimal("0.6"))
    assert "k-1" not in repr(found)
    assert configured(SET).key is None
    assert configured(SET).prices is None


@pytest.mark.parametrize(
    "url",
    ["x", "ftp://h/v1", "http://", "http://h:x/v1", "//h/v1", "http://h/v1?k=1", "http://k:s@h/v1"],
)
def test_an_address_that_is_none(url: str) -> None:
    with pytest.raises(InputError, match="ONRECORD_LLM_URL"):
        configured({**SET, "ONRECORD_LLM_URL": url})


@pytest.mark.parametrize("prices", ["1", "1/2/3", "a/b", "-1/2", "NaN/1", "Infinity/1", "1,2/3"])
def test_prices_that_are_none(prices: str) -> None:
    with pytest.raises(InputError, match="ONRECORD_LLM_PRICES"):
        configured({**SET, "ONRECORD_LLM_PRICES": prices})


@pytest.mark.parametrize("key", ["a b", "schlüssel", "a\nb", "a\x00"])
def test_a_key_that_is_none(key: str) -> None:
    with pytest.raises(InputError, match="ONRECORD_LLM_KEY") as caught:
        configured({**SET, "ONRECORD_LLM_KEY": key})
    assert key not in str(caught.value)
