"""Connections that go to public addresses only, and end in time."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any

import httpcore2

from onrecord.clock import Clock
from onrecord.errors import InputError

_PUBLIC_V6 = ip_network("2000::/3")
_NAT64 = ip_network("64:ff9b::/96")
_REFUSED = tuple(
    ip_network(network)
    for network in (
        "168.63.129.16/32",  # a cloud's metadata, at an address that looks public
        "192.88.99.0/24",  # relays to 6to4
        "2001::/23",  # protocol assignments, Teredo among them
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: any IPv4 address in disguise
        "3fff::/20",  # documentation
    )
)  # beyond what the registry of special addresses makes ipaddress refuse

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
Resolve = Callable[[str, int], Sequence[str]]
"""The IP addresses of a host name, for a port."""


class FetchError(InputError):
    """An address is refused, or what lies there cannot be had: gone, too large, too slow."""


def addresses(host: str, port: int) -> list[str]:
    """The IP addresses that the system's resolver knows of a host."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Vetted(httpcore2.NetworkBackend):
    """Connects to public addresses only, and to the address that was judged."""

    def __init__(
        self,
        read_seconds: float,
        end: float,
        clock: Clock,
        allow: tuple[Network, ...],
        resolve: Resolve,
    ) -> None:
        self._read_seconds = read_seconds
        self._end = end
        self._clock = clock
        self._allow = allow
        self._resolve = resolve
        self.address = ""
        """Of the last connection."""

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Any = None,
    ) -> httpcore2.NetworkStream:
        """A connection to the first address of the host that takes one.

        All of them are judged before any is tried. Raises FetchError when one is refused.
        """
        vetted = [self._vet(host, address) for address in self._looked_up(host, port)]
        for place, address in enumerate(vetted, start=1):
            try:
                stream = httpcore2.SyncBackend().connect_tcp(str(address), port, self._left())
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                if place == len(vetted):
                    raise
                continue
            reached = ip_address(stream.get_extra_info("server_addr")[0])
            if reached != address:
                stream.close()
                raise FetchError(f"{host}: connected to {reached}, not to {address} as judged")
            self.address = str(address)
            return _Timed(stream, self._left)
        raise httpcore2.ConnectError(f"{host} has no address")

    def _looked_up(self, host: str, port: int) -> list[Address]:
        """The host's addresses, within the time that is left. The resolver itself cannot be cut."""
        found: list[Sequence[str] | OSError] = []

        def look_up() -> None:
            try:
                found.append(self._resolve(host, port))
            except (OSError, UnicodeError) as error:
                found.append(error if isinstance(error, OSError) else OSError(str(error)))

        thread = threading.Thread(target=look_up, daemon=True)
        thread.start()
        thread.join(self._left())
        if not found:
            raise httpcore2.ConnectTimeout(f"no answer on what address {host} has")
        answer = found[0]
        if isinstance(answer, OSError):
            if getattr(answer, "errno", None) == socket.EAI_AGAIN:
                raise httpcore2.ConnectError(f"the name {host} cannot be looked up now")
            raise FetchError(f"{host}: there is no such host: {answer.strerror or answer}")
        return [ip_address(address.partition("%")[0]) for address in answer]

    def _vet(self, host: str, address: Address) -> Address:
        if not any(address in network for network in self._allow) and not is_public(address):
            raise FetchError(
                f"{host}: its address {address} is not a public one; "
                "only what is open to all is fetched"
            )
        return address

    def _left(self) -> float:
        """Seconds for the next step. Raises ReadTimeout when there are none."""
        left = self._end - self._clock.monotonic()
        if left <= 0:
            raise httpcore2.ReadTimeout("the time is spent")
        return min(left, self._read_seconds)


class _Timed(httpcore2.NetworkStream):
    """A connection of which no step outlasts what is left of the whole time."""

    def __init__(self, stream: httpcore2.NetworkStream, left: Callable[[], float]) -> None:
        self._stream = stream
        self._left = left

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.NetworkStream:
        return _Timed(
            self._stream.start_tls(ssl_context, server_hostname, self._left()), self._left
        )

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def is_public(address: Address) -> bool:
    """Whether an address is open to all: not of this machine, this house, a group, or reserved.

    An IPv6 address that stands for an IPv4 one (mapped, or NAT64 as of RFC 6052) is judged by it.
    """
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return is_public(address.ipv4_mapped)
        if address in _NAT64:
            return is_public(IPv4Address(int(address) & 0xFFFF_FFFF))
        if address not in _PUBLIC_V6:
            return False
    special = address.is_multicast or address.is_reserved or address.is_unspecified
    listed = any(address in network for network in _REFUSED)
    return address.is_global and not special and not listed
