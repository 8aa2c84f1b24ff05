"""A web server on this machine that answers exactly what a test wants, byte by byte."""

from __future__ import annotations

import re
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from ipaddress import ip_network
from pathlib import Path

ALLOW = (ip_network("127.0.0.1/32"),)
"""What a test lets itself fetch from: this server, and nothing else of this machine."""

Sends = Callable[[bytes], None]
Answer = bytes | Callable[[Sends], None]


class WebServer(socketserver.ThreadingTCPServer):
    """Gives each path its answers in turn, the last one again and again."""

    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False

    def __init__(self, answers: Mapping[str, Answer | list[Answer]], tls: Path | None = None):
        self.answers = {
            path: list(answer) if isinstance(answer, list) else [answer]
            for path, answer in answers.items()
        }
        self.requests: list[str] = []
        """Heads of the requests, in order."""
        self.bodies: list[bytes] = []
        """Their bodies."""
        super().__init__(("127.0.0.1", 0), _Handler)
        if tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(tls)
            self.socket = context.wrap_socket(self.socket, server_side=True)

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def handle_error(self, request: object, client_address: object) -> None:
        """The client has gone: that is what most tests want."""


class _Handler(socketserver.StreamRequestHandler):
    server: WebServer

    def handle(self) -> None:
        head = b""
        while line := self.rfile.readline(65_536):
            head += line
            if line == b"\r\n":
                break
        length = re.search(rb"\r\ncontent-length: (\d+)", head, re.IGNORECASE)
        self.server.bodies.append(self.rfile.read(int(length[1])) if length else b"")
        self.server.requests.append(head.decode("latin-1"))
        path = head.split(b" ")[1].decode("latin-1")
        answers = self.server.answers.get(path, [page(b"", status="404 Not Found")])
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if isinstance(answer, bytes):
            self.wfile.write(answer)
        else:
            answer(self._send)

    def _send(self, content: bytes) -> None:
        self.wfile.write(content)
        self.wfile.flush()


def page(
    body: bytes,
    *headers: str,
    status: str = "200 OK",
    content_type: str | None = "text/html; charset=utf-8",
) -> bytes:
    """A whole answer."""
    kind = [f"Content-Type: {content_type}"] if content_type else []
    lines = [f"HTTP/1.1 {status}", *kind, f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(lines).encode("latin-1") + body


def redirect(location: str, status: str = "302 Found") -> bytes:
    return page(b"", f"Location: {location}", status=status)


@contextmanager
def serving(
    answers: Mapping[str, Answer | list[Answer]], tls: Path | None = None
) -> Iterator[WebServer]:
    with WebServer(answers, tls) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
