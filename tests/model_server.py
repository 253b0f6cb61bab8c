"""A local server that speaks the protocol of OpenAI's chat completions, streaming included, and misbehaves on demand."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal

Manner = Literal[
    "well", "status", "silent", "drip", "cut", "unended", "length", "filtered", "garbage", "html", "empty", "endless"
]


@dataclass
class ModelServer:
    """What it says, how, and what it was asked."""

    say: Callable[[dict[str, Any]], Sequence[str]] = lambda asked: ("Nothing.",)
    """The pieces of the answer to a request's body."""
    manner: Manner = "well"
    status: int = 500
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    address: str = ""


def _piece(text: str | None, ending: str | None = None) -> bytes:
    delta = {"role": "assistant", "content": text} if text is not None else {}
    chunk = {
        "id": "c", "object": "chat.completion.chunk", "created": 1, "model": "scripted",
        "choices": [{"index": 0, "delta": delta, "finish_reason": ending}],
    }  # fmt: skip
    return f"data: {json.dumps(chunk)}\n\n".encode()


@contextlib.contextmanager
def serving(server: ModelServer) -> Iterator[ModelServer]:
    """The server on a free port of 127.0.0.1, until the block ends."""
    done = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.0"

        def log_message(self, *arguments: object) -> None:
            """Says nothing."""

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", "0"))))
            server.asked.append(body)
            server.keys.append(self.headers.get("Authorization", ""))
            with contextlib.suppress(ConnectionError):
                self._answer(body)

        def _head(self, status: int, kind: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.end_headers()

        def _answer(self, body: dict[str, Any]) -> None:
            match server.manner:
                case "status":
                    self._head(server.status, "application/json")
                    self.wfile.write(json.dumps({"error": {"message": "no, sk-secret"}}).encode())
                    return
                case "silent":
                    done.wait(30)
                    return
                case "garbage":
                    self._head(200, "text/event-stream")
                    self.wfile.write(b"data: {not json\n\n")
                    return
                case "html":
                    self._head(200, "text/html")
                    self.wfile.write(b"<html><body>Welcome</body></html>")
                    return
            self._head(200, "text/event-stream")
            if server.manner == "empty":
                self.wfile.write(_piece(None, "stop") + b"data: [DONE]\n\n")
                return
            pieces = list(server.say(body))
            for n, piece in enumerate(pieces):
                if server.manner == "cut" and n >= len(pieces) // 2:
                    self.wfile.write(b'data: {"id": "c", "choi')
                    return
                self.wfile.write(_piece(piece))
                self.wfile.flush()
                if server.manner == "drip":
                    done.wait(0.4)
            while server.manner == "endless" and not done.is_set():
                self.wfile.write(_piece("and so on "))
                time.sleep(0.002)
            if server.manner == "unended":
                return
            ending = {"length": "length", "filtered": "content_filter"}.get(server.manner, "stop")
            self.wfile.write(_piece(None, ending) + b"data: [DONE]\n\n")

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    server.address = f"http://127.0.0.1:{http.server_address[1]}/v1"
    try:
        yield server
    finally:
        done.set()
        http.shutdown()
        http.server_close()
        thread.join(5)
