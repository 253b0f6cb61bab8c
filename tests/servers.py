"""Servers on this machine that misbehave as real ones do: made of bare sockets, so that every byte is theirs to choose."""

from __future__ import annotations

import contextlib
import gzip
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import TracebackType

LOCAL = "127.0.0.1"


@dataclass(frozen=True)
class Request:
    target: str
    headers: dict[str, str] = field(default_factory=dict)


Route = Callable[[Request, socket.socket], None]


def reply(body: bytes | str = b"", status: int = 200, **headers: str) -> Route:
    """An honest answer. Names of headers are written with underscores; an empty one leaves a header out."""
    data = body.encode() if isinstance(body, str) else body
    said = {"content_length": str(len(data)), "connection": "close", **headers}

    def route(request: Request, line: socket.socket) -> None:
        line.sendall(head(status, **said) + data)

    return route


def head(status: int, **headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status} Whatever"]
    lines += [f"{name.replace('_', '-').title()}: {value}" for name, value in headers.items() if value]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n"


def redirect(to: str, status: int = 302, **headers: str) -> Route:
    return reply(b"", status, location=to, **headers)


def endless(chunk: bytes = b"x" * 65536, **headers: str) -> Route:
    """A body that never ends, and says nothing of its length."""

    def route(request: Request, line: socket.socket) -> None:
        line.sendall(head(200, **headers))
        while True:
            line.sendall(chunk)

    return route


def drip(first: bytes, pause: float = 0.05) -> Route:
    """A byte at a time, each within the time that silence may last."""

    def route(request: Request, line: socket.socket) -> None:
        line.sendall(first)
        while True:
            line.sendall(b"a")
            time.sleep(pause)

    return route


def silence(seconds: float = 5.0) -> Route:
    def route(request: Request, line: socket.socket) -> None:
        line.settimeout(seconds)
        with contextlib.suppress(OSError):
            line.recv(1)

    return route


def raw(data: bytes) -> Route:
    """Just these bytes, and the end."""

    def route(request: Request, line: socket.socket) -> None:
        line.sendall(data)

    return route


def bomb(size: int) -> bytes:
    """So many zeros in a thousandth of their size."""
    return gzip.compress(bytes(size), 9)


def resumable(data: bytes, cut: int, etag: str = '"v1"', **headers: str) -> Route:
    """Breaks off after `cut` bytes each time, and goes on from where it is asked to."""

    def route(request: Request, line: socket.socket) -> None:
        start = 0
        if request.headers.get("if-range") == etag and "range" in request.headers:
            start = int(request.headers["range"].removeprefix("bytes=").removesuffix("-"))
        said = {"etag": etag, "accept_ranges": "bytes", "content_length": str(len(data) - start), **headers}
        if start:
            said["content_range"] = f"bytes {start}-{len(data) - 1}/{len(data)}"
        line.sendall(head(206 if start else 200, **said) + data[start : start + cut])

    return route


def in_turn(*routes: Route) -> Route:
    """One answer after another; the last for good."""
    left = list(routes)

    def route(request: Request, line: socket.socket) -> None:
        (left.pop(0) if len(left) > 1 else left[0])(request, line)

    return route


class Server:
    """Listens on a port of this machine until it is closed. What is not routed is 404; `asked` logs every request."""

    def __init__(self, tls: ssl.SSLContext | None = None, number: str = LOCAL) -> None:
        self.routes: dict[str, Route] = {}
        self.asked: list[Request] = []
        self.times: list[tuple[float, float]] = []
        """When each request began and ended."""
        self._tls = tls
        self._number = number
        self._listener = socket.create_server((number, 0))
        self.port: int = self._listener.getsockname()[1]
        self._lines: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._closed = False
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    @property
    def base(self) -> str:
        return f"{'https' if self._tls else 'http'}://{self._number}:{self.port}"

    @property
    def place(self) -> tuple[str, int]:
        return self._number, self.port

    def targets(self) -> list[str]:
        """What was asked for, without robots.txt."""
        return [r.target for r in self.asked if r.target != "/robots.txt"]

    def close(self) -> None:
        self._closed = True
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for line in list(self._lines):
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
            line.close()
        self._thread.join(5)
        for thread in self._threads:
            thread.join(5)

    def __enter__(self) -> Server:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _listen(self) -> None:
        while not self._closed:
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._serve, args=(line,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, line: socket.socket) -> None:
        began = time.monotonic()
        self._lines.add(line)
        try:
            line.settimeout(5)
            if self._tls is not None:
                line = self._tls.wrap_socket(line, server_side=True)
                self._lines.add(line)
            request = _read(line)
            if request is not None:
                self.asked.append(request)
                path = request.target.partition("?")[0]
                route = self.routes.get(request.target) or self.routes.get(path) or reply("nothing here", 404)
                route(request, line)
        except OSError:
            pass  # the visitor has gone, as it should
        finally:
            self.times.append((began, time.monotonic()))
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_WR)
                line.settimeout(0.2)
                while line.recv(65536):
                    pass
            line.close()


def _read(line: socket.socket) -> Request | None:
    data = b""
    while b"\r\n\r\n" not in data:
        part = line.recv(65536)
        if not part or len(data) > 1_000_000:
            return None
        data += part
    first, *rest = data.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (r.partition(":") for r in rest)}
    return Request(first.split(" ")[1], headers)


@contextlib.contextmanager
def serving(tls: ssl.SSLContext | None = None, number: str = LOCAL) -> Iterator[Server]:
    """A server on a port of its own; every 127.x.y.z is this machine, and another host to whoever fetches."""
    server = Server(tls, number)
    try:
        yield server
    finally:
        server.close()
