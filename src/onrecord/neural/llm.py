"""Any OpenAI-compatible endpoint, for those who have one: asked, kept, and accounted for.

Nothing here is used unless it is configured, and nothing is sent anywhere but to that endpoint.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from types import TracebackType
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from onrecord.errors import InputError, ModelError, ReadingError
from onrecord.model import content_hash
from onrecord.neural.prompt import A, Prompt
from onrecord.wholefile import write_whole

try:
    import httpx2
    import openai
except ImportError as error:
    raise ModelError(
        "a language model as judge needs the package openai: pip install 'onrecord[llm]'"
    ) from error

URL, MODEL, KEY, PRICES = (f"ONRECORD_LLM_{name}" for name in ("URL", "MODEL", "KEY", "PRICES"))

ATTEMPTS = 2
"""Times that a question is put before an answer that does not fit is an error."""

MOST_FAILURES = 5
"""Requests in a row that an endpoint may fail on before it is not asked any more."""

MOST_SAID = 200
"""Characters of an endpoint's own words that an error repeats."""

_SENT_HEADERS = frozenset(
    (
        "accept",
        "accept-encoding",
        "connection",
        "content-length",
        "content-type",
        "host",
        "user-agent",
    )
)

Price = Annotated[Decimal, Field(ge=0, allow_inf_nan=False)]


class Prices(BaseModel):
    """What an endpoint charges for a million tokens, in its own currency."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    tokens_in: Price
    tokens_out: Price


class Endpoint(BaseModel):
    """Where a language model is reached, and how patiently."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: str
    """Base of the API: 'http://127.0.0.1:8080/v1'."""
    model: str = Field(min_length=1)
    """Its name there."""
    key: SecretStr | None = None
    """Sent as a bearer token; None for an endpoint that asks for none."""
    prices: Prices | None = None
    """None when they are not known: then tokens are counted, and no cost."""
    timeout_s: float = Field(default=120.0, gt=0)
    """Seconds without a byte from the endpoint after which a request has failed."""
    retries: int = Field(default=2, ge=0)
    """Times that a request is sent again after a lost connection, a time-out, a 429 or a 5xx."""
    parallel: int = Field(default=4, ge=1)
    """Requests under way at once."""


def configured(environment: Mapping[str, str] = os.environ) -> Endpoint:
    """The endpoint that the ONRECORD_LLM_ variables name.

    Raises InputError when they name none, or not wholly.
    """
    missing = [name for name in (URL, MODEL) if not environment.get(name)]
    if missing:
        raise InputError(
            f"no language model is configured: set {' and '.join(missing)} "
            f"(and {KEY} where the endpoint wants a key)"
        )
    return Endpoint(
        url=_address(environment[URL]),
        model=environment[MODEL],
        key=_key(environment.get(KEY, "").strip()),
        prices=_prices(environment.get(PRICES)),
    )


class Usage(BaseModel):
    """What a language model was asked for, and what that took."""

    model_config = ConfigDict(frozen=True)

    requests: int = 0
    """Answers that came from the endpoint, those that were refused among them."""
    cached: int = 0
    """Answers that were there already."""
    tokens_in: int = 0
    tokens_out: int = 0
    unmetered: int = 0
    """Requests of which the endpoint did not say how many tokens they took."""

    def __add__(self, other: Usage) -> Usage:
        ours, theirs = self.model_dump(), other.model_dump()
        return Usage(**{name: ours[name] + theirs[name] for name in ours})

    def cost(self, prices: Prices | None) -> Decimal | None:
        """In the currency of the prices; None without prices, or when tokens went uncounted."""
        if prices is None or self.unmetered:
            return None
        return (self.tokens_in * prices.tokens_in + self.tokens_out * prices.tokens_out) / 1_000_000


class LLM:
    """A language model behind an endpoint. May be shared by threads. Close it, or use `with`.

    `cache` is a folder in which answers are kept; None keeps none.
    """

    def __init__(self, endpoint: Endpoint, cache: Path | None = None) -> None:
        self.endpoint = endpoint
        self._cache = cache
        self._usage = Usage()
        self._failures = 0
        self._unanswered: dict[str, str] = {}
        self._counting = threading.Lock()
        self._client = openai.OpenAI(
            base_url=endpoint.url,
            api_key="set by _bare",
            max_retries=endpoint.retries,
            http_client=openai.DefaultHttpxClient(
                timeout=endpoint.timeout_s,
                follow_redirects=False,  # evidence goes where it was sent, and nowhere else
                event_hooks={"request": [self._bare]},
            ),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close its connections."""
        self._client.close()

    @property
    def usage(self) -> Usage:
        """All that it was asked for until now."""
        return self._usage

    def ask(self, prompt: Prompt[A], texts: Mapping[str, str]) -> A:
        """The model's answer about the texts, from the cache where it is there.

        Asked at temperature 0 and with a seed: the number of the attempt, from 0. Raises
        ReadingError when the endpoint fails on this question or no answer fits the prompt's
        schema, ModelError when the endpoint cannot be used at all.
        """
        body = self._body(prompt, texts, 0)
        key = content_hash([self.endpoint.url, prompt.version, body]).removeprefix("sha256:")
        kept = self._kept(key, prompt, texts)
        if kept is not None:
            self._count(Usage(cached=1))
            return kept
        problem = self._unanswered.get(key)
        for attempt in range(ATTEMPTS if problem is None else 0):  # no failure is paid for twice
            try:
                said = self._said(self._body(prompt, texts, attempt))
                answer = prompt.read(said, texts)
            except (ValidationError, _UnfitError) as error:
                problem = self._quoted(_first(error))
            else:
                self._keep(key, said)
                return answer
        self._unanswered[key] = problem or ""
        raise ReadingError(
            f"the language model {self.endpoint.model!r} gave no answer that fits in {ATTEMPTS} "
            f"attempts: {problem}"
        )

    def _body(self, prompt: Prompt[A], texts: Mapping[str, str], attempt: int) -> dict[str, Any]:
        return {
            "model": self.endpoint.model,
            "messages": prompt.messages(texts, again=attempt > 0),
            "response_format": prompt.response_format(),
            "max_tokens": prompt.most_tokens,
            "temperature": 0,
            "seed": attempt,
        }

    def _said(self, body: dict[str, Any]) -> str:
        """The text of one answer. Raises _UnfitError when there is none, or not all of it."""
        try:
            reply = self._client.post("/chat/completions", cast_to=httpx2.Response, body=body)
        except openai.OpenAIError as error:
            raise self._failure(error) from error
        self._failures = 0
        try:
            completion = _Completion.model_validate_json(reply.content)
        except ValidationError:
            self._count(Usage(requests=1, unmetered=1))
            raise
        self._count(completion.usage_found())
        choice = completion.choices[0]
        if choice.finish_reason == "length":
            raise _UnfitError(f"the answer was cut off at {body['max_tokens']} tokens")
        if choice.message.refusal or not choice.message.content:
            raise _UnfitError(choice.message.refusal or f"no text ({choice.finish_reason})")
        return choice.message.content

    def _failure(self, error: openai.OpenAIError) -> ModelError | ReadingError:
        """What the client's error means: for the endpoint as a whole, or for one question."""
        where = f"the language model {self.endpoint.model!r} at {self.endpoint.url}"
        said = self._quoted(str(error))
        match error:
            case openai.APITimeoutError():
                problem = f"{where} said nothing for {self.endpoint.timeout_s:g} seconds"
            case openai.APIConnectionError():
                return ModelError(f"{where} cannot be reached; is it running, and is {URL} right?")
            case openai.AuthenticationError() | openai.PermissionDeniedError():
                return ModelError(f"{where} refuses the key: {said}; see {KEY}")
            case openai.NotFoundError():
                return ModelError(f"{where} is not there: {said}; see {URL} and {MODEL}")
            case openai.APIStatusError(status_code=status) if status < 400:
                return ModelError(f"{where} sends elsewhere, which is not followed; see {URL}")
            case openai.RateLimitError() | openai.InternalServerError():
                problem = f"{where} failed: {said}"
            case _:
                return ReadingError(f"{where} refuses the question: {said}")
        with self._counting:
            self._failures += 1
        if self._failures < MOST_FAILURES:
            return ReadingError(problem)
        return ModelError(f"{problem}, {self._failures} times in a row; try again later")

    def _bare(self, request: httpx2.Request) -> None:
        """Of the headers, lets pass what the request needs and the key that was configured.

        The client adds others of its own, and from variables that are meant for another endpoint.
        """
        for name in list(request.headers):
            if name.lower() not in _SENT_HEADERS:
                del request.headers[name]
        if self.endpoint.key is not None:
            request.headers["Authorization"] = f"Bearer {self.endpoint.key.get_secret_value()}"

    def _quoted(self, text: str) -> str:
        """An endpoint's words for an error: one line, bounded, without the key."""
        if self.endpoint.key is not None:
            text = text.replace(self.endpoint.key.get_secret_value(), "***")
        text = " ".join(text.split())
        return text if len(text) <= MOST_SAID else f"{text[:MOST_SAID]}…"

    def _count(self, usage: Usage) -> None:
        with self._counting:
            self._usage += usage

    def _kept(self, key: str, prompt: Prompt[A], texts: Mapping[str, str]) -> A | None:
        """The answer in the cache; None when it is not there, or damaged."""
        if self._cache is None:
            return None
        try:
            kept = _Kept.model_validate_json(_file(self._cache, key).read_bytes())
            return prompt.read(kept.answer, texts) if kept.key == key else None
        except (FileNotFoundError, ValidationError):
            return None
        except OSError as error:
            raise InputError(
                f"an answer kept of the language model cannot be read: {error.filename}: "
                f"{error.strerror}"
            ) from error

    def _keep(self, key: str, answer: str) -> None:
        if self._cache is None:
            return
        path = _file(self._cache, key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(f"cannot make the folder {path.parent}: {error.strerror}") from error
        kept = _Kept(key=key, model=self.endpoint.model, answer=answer)
        write_whole(path, kept.model_dump_json(indent=1).encode(), "language model's answer")


class _UnfitError(Exception):
    """An answer that is none."""


class _Kept(BaseModel):
    """A file of the cache."""

    model_config = ConfigDict(extra="forbid")

    key: str
    model: str
    answer: str


class _Tokens(BaseModel):
    prompt_tokens: int = Field(ge=0)
    completion_tokens: int = Field(ge=0)


class _Message(BaseModel):
    content: str | None = None
    refusal: str | None = None


class _Choice(BaseModel):
    message: _Message
    finish_reason: str | None = None


class _Completion(BaseModel):
    """What is needed of a chat completion."""

    choices: list[_Choice] = Field(min_length=1)
    usage: _Tokens | None = None

    def usage_found(self) -> Usage:
        """The request and the tokens that it took."""
        if self.usage is None:
            return Usage(requests=1, unmetered=1)
        return Usage(
            requests=1,
            tokens_in=self.usage.prompt_tokens,
            tokens_out=self.usage.completion_tokens,
        )


def _file(cache: Path, key: str) -> Path:
    return cache / key[:2] / f"{key}.json"


def _first(error: Exception) -> str:
    if isinstance(error, ValidationError):
        found = error.errors(include_input=False, include_url=False)[0]
        place = ".".join(map(str, found["loc"]))
        return f"{place}: {found['msg']}" if place else found["msg"]
    return str(error)


def _address(url: str) -> str:
    try:
        parts = urlsplit(url)
        good = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        good = False
    if not good:
        raise InputError(f"{URL}: {url!r} is no address; give one like http://127.0.0.1:8080/v1")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise InputError(f"{URL} holds more than an address; a key belongs into {KEY}")
    return url


def _key(text: str) -> SecretStr | None:
    if not (text.isascii() and text.isprintable()) or " " in text:
        raise InputError(f"{KEY} holds what no key has: spaces, or characters beyond ASCII")
    return SecretStr(text) if text else None


def _prices(text: str | None) -> Prices | None:
    if not text:
        return None
    try:
        tokens_in, tokens_out = map(Decimal, text.split("/"))
        return Prices(tokens_in=tokens_in, tokens_out=tokens_out)
    except (ValueError, InvalidOperation) as error:  # ValidationError is a ValueError
        raise InputError(
            f"{PRICES}: {text!r} is no pair of prices; give those of a million tokens in and out, "
            "like 0.15/0.60"
        ) from error
