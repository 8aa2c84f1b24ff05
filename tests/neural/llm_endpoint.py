"""An endpoint on loopback that answers as it is told, and remembers what it was sent."""

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from onrecord.neural.llm import Endpoint

Reply = tuple[int, dict[str, str], bytes]
Body = dict[str, Any]


def completion(
    content: str | None, finish: str = "stop", tokens: tuple[int, int] | None = (100, 10)
) -> Reply:
    """A chat completion with that content."""
    plain: Body = {
        "id": "1",
        "object": "chat.completion",
        "created": 0,
        "model": "fake",
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": content},
                "finish_reason": finish,
            }
        ],
    }
    if tokens is not None:
        plain["usage"] = {
            "prompt_tokens": tokens[0],
            "completion_tokens": tokens[1],
            "total_tokens": sum(tokens),
        }
    return 200, {"Content-Type": "application/json"}, json.dumps(plain).encode()


def stance(label: str = "SUPPORTS", confidence: int = 90, **more: Any) -> str:
    return json.dumps({"stance": label, "confidence": confidence, **more})


def failure(status: int, message: str = "no", **headers: str) -> Reply:
    body = json.dumps({"error": {"message": message, "code": status}}).encode()
    # The client waits before it tries again unless told not to: a test need not wait.
    return status, {"Content-Type": "application/json", "x-should-retry": "false", **headers}, body


class FakeEndpoint:
    """Use it in a `with` statement. `answer` is a reply, or makes one of a request's body."""

    def __init__(self, answer: Reply | Callable[[Body], Reply]) -> None:
        self.answer = answer if callable(answer) else lambda body: answer
        self.bodies: list[Body] = []
        self.headers: list[dict[str, str]] = []
        self.paths: list[str] = []

    def __enter__(self) -> Self:
        endpoint = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                data = self.rfile.read(int(self.headers["Content-Length"]))
                endpoint.paths.append(self.path)
                endpoint.headers.append({k.lower(): v for k, v in self.headers.items()})
                endpoint.bodies.append(json.loads(data))
                status, headers, content = endpoint.answer(endpoint.bodies[-1])
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its name there
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    def config(self, **more: Any) -> Endpoint:
        return Endpoint(**{"url": self.url, "model": "fake", "timeout_s": 20, "retries": 0, **more})
