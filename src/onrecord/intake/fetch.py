"""A page from its address, fetched so that no answer can do harm.

Addresses come from strangers, and so do the answers. What is guarded against: addresses inside the
house (server-side request forgery), names that mean another address on a second look (DNS
rebinding), redirects to either, answers that never end, trickle, or unfold to gigabytes.
"""

from __future__ import annotations

import hashlib
import re
import ssl
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from importlib.metadata import version
from ipaddress import IPv6Address
from typing import NoReturn
from urllib.parse import quote, urljoin, urlsplit

import httpcore2
import idna
import tenacity

from onrecord.clock import Clock
from onrecord.inflate import InflateError, decoded
from onrecord.intake.connections import FetchError, Network, Resolve, Vetted, addresses
from onrecord.intake.plain import shortened
from onrecord.model import Capture, Headers, rfc3339

USER_AGENT = f"Onrecord/{version('onrecord')} (keeps the pages that fact-checks cite)"

REDIRECTS = frozenset({301, 302, 303, 307, 308})
LATER = frozenset({429, 503})
"""Answers that ask to come back later."""

PORTS = {"http": 80, "https": 443}
"""Schemes that are fetched, with the port where an address names none."""

MOST_URL = 8_000
"""Longest address that is fetched, in characters."""

HOST_INTERVAL = 1.0
"""Seconds between two requests to one host, at least."""

_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?\.?", re.IGNORECASE)
_SAFE = "/%:@!$&'()*+,;=~-._?[]|"
_UNPRINTABLE = re.compile(r"[\x00-\x20\x7f-\xa0]")


class _TryAgainError(FetchError):
    """It may go better later."""

    def __init__(self, message: str, after: float | None = None) -> None:
        super().__init__(message)
        self.after = after
        """Seconds that the server asks to wait; None where it does not say."""


class Pace:
    """Keeps requests to one host apart. It may be shared by threads."""

    def __init__(self, clock: Clock, seconds: float = HOST_INTERVAL) -> None:
        """`seconds` lie between the beginnings of two requests to one host."""
        self._clock = clock
        self._seconds = seconds
        self._next: dict[str, float] = {}
        self._lock = threading.Lock()

    def wait(self, host: str) -> None:
        """Return when the host may be asked again."""
        with self._lock:
            now = self._clock.monotonic()
            start = max(now, self._next.get(host, now))
            self._next[host] = start + self._seconds
        if start > now:
            self._clock.sleep(start - now)


@dataclass(frozen=True)
class Limits:
    """What a fetch may take."""

    body_bytes: int = 20_000_000
    """Of the body, both as it comes and unfolded."""
    seconds: float = 60.0
    """For one attempt, from the first look-up of a name to the last byte, redirects included."""
    read_seconds: float = 20.0
    """For a connection to stand, and for each wait for bytes."""
    redirects: int = 5
    attempts: int = 3
    """Made where the server is out of reach or asks to come later; 1 tries once."""
    wait_seconds: float = 30.0
    """Longest wait before another attempt; a server that asks for more is left alone."""


@dataclass(frozen=True)
class Hop:
    """A redirect on the way."""

    url: str
    status: int
    headers: Headers
    address: str
    """The IP address that answered."""


@dataclass(frozen=True)
class Fetched:
    """A page as it came."""

    url: str
    """As it was asked for."""
    final_url: str
    """Where the redirects led."""
    redirects: tuple[Hop, ...]
    status: int
    headers: Headers
    content_type: str
    """As the server has it, with parameters; empty where it says nothing."""
    body: bytes
    """Without its content encoding."""
    sha256: str
    """Hex digest of the body."""
    retrieved_at: str
    """RFC 3339 moment at which it was whole, in UTC."""
    address: str
    """The IP address that answered."""

    def captures(self) -> tuple[Capture, ...]:
        """The redirects and the page, in this order, as they are kept."""
        hops = tuple(
            Capture(
                uri=hop.url,
                content=b"",
                content_type="",
                captured_at=self.retrieved_at,
                status=hop.status,
                headers=hop.headers,
                address=hop.address,
            )
            for hop in self.redirects
        )
        page = Capture(
            uri=self.final_url,
            content=self.body,
            content_type=self.content_type,
            captured_at=self.retrieved_at,
            status=self.status,
            headers=self.headers,
            address=self.address,
        )
        return (*hops, page)


def fetch(
    url: str,
    limits: Limits | None = None,
    *,
    clock: Clock,
    pace: Pace | None = None,
    allow: Sequence[Network] = (),
    resolve: Resolve = addresses,
) -> Fetched:
    """The page at an http or https address, after its redirects.

    The name is looked up once for each connection, and the connection goes to the very address
    that was judged; one that is not a public one is refused, unless it lies in `allow`. Nothing
    is sent but the request; cookies are neither kept nor sent. `pace` keeps requests to one host
    apart over several calls; without it only those of this call are.

    Raises FetchError when the address is refused, when the answer is none, is not 200, is no
    HTTP, or goes beyond the limits.
    """
    limits = limits or Limits()
    visit = _Visit(limits, clock, pace or Pace(clock), tuple(allow), resolve)
    again = tenacity.Retrying(
        stop=tenacity.stop_after_attempt(limits.attempts),
        wait=lambda state: _pause(state, limits),
        retry=tenacity.retry_if_exception_type(_TryAgainError),
        sleep=clock.sleep,
        reraise=True,
    )
    return again(visit.follow, url)


def send(
    url: str,
    content: bytes,
    content_type: str,
    limits: Limits | None = None,
    *,
    clock: Clock,
    allow: Sequence[Network] = (),
    resolve: Resolve = addresses,
) -> bytes:
    """The answer to a POST, within the limits of one attempt. Redirects are not followed.

    Addresses are judged as in `fetch`. Raises FetchError as it does.
    """
    limits = limits or Limits()
    visit = _Visit(limits, clock, Pace(clock), tuple(allow), resolve)
    return visit.send(url, _Request("POST", content, (("Content-Type", content_type),)))


def _pause(state: tenacity.RetryCallState, limits: Limits) -> float:
    """Seconds before the next attempt: as the server asks, else 1, 2, 4 ..."""
    error = state.outcome.exception() if state.outcome else None
    asked = error.after if isinstance(error, _TryAgainError) else None
    return min(limits.wait_seconds, 2.0 ** (state.attempt_number - 1) if asked is None else asked)


@dataclass(frozen=True)
class _Target:
    """An address in its parts, as a connection needs them."""

    scheme: str
    host: str
    port: int
    path: str
    """With the query."""

    @property
    def authority(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.authority}{self.path}"


@dataclass(frozen=True)
class _Request:
    method: str
    content: bytes | None
    headers: Headers


_GET = _Request(
    "GET",
    None,
    (
        ("Accept", "text/html,application/xhtml+xml,text/*;q=0.9,*/*;q=0.5"),
        ("Accept-Encoding", "gzip, deflate, br"),
    ),
)


@dataclass(frozen=True)
class _Answer:
    status: int
    headers: Headers
    body: bytes
    address: str

    def header(self, name: str) -> str:
        """The first of that name; empty when there is none."""
        return next((value for key, value in self.headers if key.casefold() == name), "")


class _Visit:
    """What one call of `fetch` goes by."""

    def __init__(
        self,
        limits: Limits,
        clock: Clock,
        pace: Pace,
        allow: tuple[Network, ...],
        resolve: Resolve,
    ) -> None:
        self._limits = limits
        self._clock = clock
        self._pace = pace
        self._allow = allow
        self._resolve = resolve

    def follow(self, url: str) -> Fetched:
        """The page at the end of the redirects: one attempt."""
        target = _target(url)
        self._pace.wait(target.host)
        end = self._clock.monotonic() + self._limits.seconds
        hops: list[Hop] = []
        while True:
            answer = self._ask(target, end)
            if answer.status not in REDIRECTS:
                return self._fetched(url, target, tuple(hops), answer)
            hops.append(Hop(target.url, answer.status, answer.headers, answer.address))
            if len(hops) > self._limits.redirects:
                raise FetchError(f"{shortened(url)}: over {self._limits.redirects} redirects")
            target = _next(target, answer)
            self._pace.wait(target.host)

    def send(self, url: str, request: _Request) -> bytes:
        """What is answered to a request: one attempt, no redirects."""
        target = _target(url)
        answer = self._ask(target, self._clock.monotonic() + self._limits.seconds, request)
        if answer.status != HTTPStatus.OK:
            phrase = _phrase(answer.status)
            raise FetchError(f"{shortened(target.url)}: the server answers {phrase}")
        return answer.body

    def _fetched(
        self, url: str, target: _Target, hops: tuple[Hop, ...], answer: _Answer
    ) -> Fetched:
        if answer.status in LATER:
            raise self._later(target, answer)
        if answer.status != HTTPStatus.OK:
            raise FetchError(
                f"{shortened(target.url)}: the server answers {_phrase(answer.status)}"
            )
        return Fetched(
            url=url,
            final_url=target.url,
            redirects=hops,
            status=answer.status,
            headers=answer.headers,
            content_type=answer.header("content-type"),
            body=answer.body,
            sha256=hashlib.sha256(answer.body).hexdigest(),
            retrieved_at=rfc3339(self._clock.now()),
            address=answer.address,
        )

    def _later(self, target: _Target, answer: _Answer) -> FetchError:
        after = _seconds(answer.header("retry-after"), self._clock.now())
        said = f"{shortened(target.url)}: the server answers {_phrase(answer.status)}"
        if after is not None and after > self._limits.wait_seconds:
            return FetchError(f"{said} and asks to come back in {after:.0f} s; try again then")
        return _TryAgainError(said, after)

    def _ask(self, target: _Target, end: float, request: _Request = _GET) -> _Answer:
        said = shortened(target.url)
        backend = Vetted(self._limits.read_seconds, end, self._clock, self._allow, self._resolve)
        try:
            return self._answer(target, backend, request)
        except httpcore2.TimeoutException as error:
            spent = self._clock.monotonic() >= end
            seconds = self._limits.seconds if spent else self._limits.read_seconds
            kind = "the page took" if spent else "the server was silent for"
            raise FetchError(f"{said}: {kind} over {seconds:g} s") from error
        except httpcore2.NetworkError as error:
            if error.args and isinstance(error.args[0], ssl.SSLError):
                raise FetchError(f"{said}: no secure connection: {error}") from error
            raise _TryAgainError(f"{said}: the server is out of reach: {error}") from error
        except httpcore2.ProtocolError as error:
            raise _TryAgainError(f"{said}: the answer is no HTTP: {error}") from error
        except InflateError as error:
            raise FetchError(f"{said}: the body cannot be read: {error}") from error

    def _answer(self, target: _Target, backend: Vetted, request: _Request) -> _Answer:
        url = httpcore2.URL(
            scheme=target.scheme.encode(),
            host=target.host.encode(),
            port=target.port,
            target=target.path.encode(),
        )
        headers: list[tuple[bytes | str, bytes | str]] = [
            ("Host", target.authority),
            ("User-Agent", USER_AGENT),
            ("Connection", "close"),
            *request.headers,
        ]
        if request.content is not None:
            headers.append(("Content-Length", str(len(request.content))))
        with (
            httpcore2.ConnectionPool(network_backend=backend) as pool,
            pool.stream(request.method, url, headers=headers, content=request.content) as response,
        ):
            found = tuple((k.decode("latin-1"), v.decode("latin-1")) for k, v in response.headers)
            answer = _Answer(response.status, found, b"", backend.address)
            if answer.status != HTTPStatus.OK:
                return answer
            raw = self._body(response, answer, target)
        body = decoded(raw, answer.header("content-encoding"), self._limits.body_bytes)
        return _Answer(answer.status, found, body, backend.address)

    def _body(self, response: httpcore2.Response, answer: _Answer, target: _Target) -> bytes:
        body, most = bytearray(), self._limits.body_bytes
        declared = answer.header("content-length")
        if declared.isdecimal() and int(declared[:20]) > most:
            self._too_large(target)
        for chunk in response.iter_stream():
            body += chunk
            if len(body) > most:
                self._too_large(target)
        return bytes(body)

    def _too_large(self, target: _Target) -> NoReturn:
        most = self._limits.body_bytes
        raise FetchError(f"{shortened(target.url)}: over {most} bytes, this much is not fetched")


def _target(url: str) -> _Target:
    if len(url) > MOST_URL:
        raise FetchError(f"{shortened(url)}: over {MOST_URL} characters, this is no address")
    if _UNPRINTABLE.search(url):
        raise FetchError(f"{shortened(url)}: an address has no spaces and no control characters")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise FetchError(f"{shortened(url)}: no address: {error}") from error
    scheme = parts.scheme.casefold()
    if scheme not in PORTS:
        raise FetchError(f"{shortened(url)}: only http:// and https:// are fetched")
    if "@" in parts.netloc:
        raise FetchError(
            f"{shortened(url)}: an address with a name or password in it is not fetched"
        )
    host = _host(parts.hostname or "", url)
    path = quote(parts.path or "/", safe=_SAFE)
    query = "?" + quote(parts.query, safe=_SAFE) if parts.query else ""
    return _Target(scheme, host, port or PORTS[scheme], path + query)


def _host(name: str, url: str) -> str:
    """The name as the name system knows it, or an IP address as it is written."""
    if ":" in name:
        try:
            address = IPv6Address(name)
        except ValueError as error:
            raise FetchError(f"{shortened(url)}: no address: {error}") from error
        if address.scope_id:
            raise FetchError(f"{shortened(url)}: an address with a zone is not a public one")
        return str(address)
    try:
        plain = name if name.isascii() else idna.encode(name, uts46=True).decode()
    except idna.IDNAError as error:
        raise FetchError(f"{shortened(url)}: no host name: {error}") from error
    if not _HOST.fullmatch(plain):
        raise FetchError(
            f"{shortened(url)}: it has no host name; write it like https://example.org/"
        )
    return plain.casefold()


def _next(target: _Target, answer: _Answer) -> _Target:
    location = answer.header("location")
    if not location:
        raise FetchError(f"{shortened(target.url)}: it redirects, and does not say where to")
    try:
        # Servers write addresses in UTF-8 where ASCII is wanted.
        return _target(urljoin(target.url, location.encode("latin-1").decode("utf-8", "replace")))
    except ValueError as error:
        raise FetchError(f"{shortened(target.url)}: it redirects to no address: {error}") from error


def _seconds(retry_after: str, now: datetime) -> float | None:
    """What a Retry-After header asks for (RFC 9110, 10.2.3); None where it says nothing."""
    if re.fullmatch(r"\d{1,9}", retry_after, re.ASCII):
        return float(retry_after)
    try:
        moment = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    return max(0.0, (moment.replace(tzinfo=moment.tzinfo or UTC) - now).total_seconds())


def _phrase(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)
