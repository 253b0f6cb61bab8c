"""The door to the network: one request, to one machine that was looked up and checked before. No other file opens one.

httpcore speaks HTTP/1.1 here, without httpx around it: httpx reads addresses with a parser of its own, follows
proxies named in the environment and looks names up again when it connects. Here the parts of the address come from
`addresses`, the connection goes to the number that was checked (a name that changes its number meanwhile is not asked
again), and every byte counts against one deadline, in the headers too.
"""

from __future__ import annotations

import os
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import certifi
import httpcore

from assistant.backends.web.addresses import Address
from assistant.sources.fetching import FetchLimits

Resolve = Callable[[str, int], Sequence[str]]
"""A host's name -> its numbers as text. Raises UnknownHostError, or WireError where nobody can say now."""
Trust = ssl.SSLContext
"""Whose word is taken for who a server is."""
_CHUNK = 64 * 1024
_HEADERS = 256 * 1024
"""Bytes before the body. One header over 100 KiB is refused by httpcore itself; this counts interim answers too."""
_MOST_NUMBERS = 4


class WireError(Exception):
    """The request did not come to an answer. `again`: it may in a while."""

    def __init__(self, why: str, *, again: bool = True) -> None:
        super().__init__(why)
        self.again = again


class UnknownHostError(WireError):
    """Nobody knows a host of this name."""

    def __init__(self, host: str) -> None:
        super().__init__(f"the name {host} is not known", again=False)


class Lines:
    """The connections that are open, so that another thread can cut them all."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._open: set[socket.socket] = set()
        self.is_cut = False

    def add(self, line: socket.socket) -> None:
        with self._guard:
            self._open.add(line)
            if self.is_cut:
                raise WireError("fetching was stopped", again=False)

    def close(self, lines: Iterable[socket.socket]) -> None:
        with self._guard:
            for line in lines:
                self._open.discard(line)
                line.close()

    def cut(self) -> None:
        """Whoever waits for one of them wakes up; no other is opened."""
        with self._guard:
            self.is_cut = True
            for line in self._open:
                with suppress(OSError):
                    # Not SSLSocket's own: it takes the connection apart under the thread that reads from it.
                    socket.socket.shutdown(line, socket.SHUT_RDWR)


@dataclass(slots=True)
class Answer:
    """Status and headers (names in small letters; the first of each), and the body as it comes."""

    status: int
    headers: Mapping[str, str]
    body: Iterator[bytes]


def look_up(host: str, port: int, seconds: float = 10.0) -> Sequence[str]:
    """The numbers of a host, as the system's resolver has them, within a time (getaddrinfo has none of its own)."""
    found: list[str] = []
    errors: list[OSError] = []

    def ask() -> None:
        try:
            for *_, place in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
                if (number := str(place[0])) not in found:
                    found.append(number)
        except (OSError, UnicodeError) as error:
            errors.append(error if isinstance(error, OSError) else OSError(str(error)))

    thread = threading.Thread(target=ask, daemon=True, name="look-up")
    thread.start()
    thread.join(seconds)
    if thread.is_alive():
        raise WireError(f"looking up {host} took longer than {seconds:.0f} s")
    if errors:
        gone = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}
        if isinstance(errors[0], socket.gaierror) and errors[0].errno in gone:
            raise UnknownHostError(host)
        raise WireError(f"{host} could not be looked up ({errors[0].strerror or errors[0]})")
    return tuple(found)


def trust() -> Trust:
    """Certificates are checked against the authorities that browsers know, or those named in SSL_CERT_FILE."""
    return ssl.create_default_context(cafile=os.environ.get("SSL_CERT_FILE") or certifi.where())


@contextmanager
def ask(
    address: Address, numbers: Sequence[str], headers: Mapping[str, str], limits: FetchLimits, tls: Trust, lines: Lines
) -> Iterator[Answer]:
    """GET the address from one of these numbers. Raises WireError here, and while the body is read."""
    deadline = time.monotonic() + limits.request
    request = httpcore.Request(
        "GET",
        httpcore.URL(
            scheme=address.scheme.encode(),
            host=address.host.encode(),
            port=address.port,
            target=address.target.encode(),
        ),
        headers=[(b"Host", address.authority.encode()), *((k.encode(), v.encode()) for k, v in headers.items())],
        extensions={"timeout": {"connect": limits.connect, "read": limits.read, "write": limits.read}},
    )
    backend = _Pinned(numbers, deadline, limits.connect, lines)
    connection = httpcore.HTTPConnection(
        httpcore.Origin(address.scheme.encode(), address.host.encode(), address.port),
        ssl_context=tls,
        network_backend=backend,
    )
    try:
        with _said(limits):
            answer = connection.handle_request(request)
        backend.count = False
        said: dict[str, str] = {}
        for name, value in answer.headers:
            said.setdefault(name.decode("latin-1").lower(), value.decode("latin-1").strip())
        yield Answer(answer.status, said, _body(answer, limits))
    finally:
        connection.close()
        backend.close()


def _body(answer: httpcore.Response, limits: FetchLimits) -> Iterator[bytes]:
    with _said(limits):
        yield from answer.iter_stream()


class _LateError(Exception):
    """The whole request has taken too long."""


@contextmanager
def _said(limits: FetchLimits) -> Iterator[None]:
    """What the libraries raise, in our words."""
    try:
        yield
    except _LateError as error:
        raise WireError(f"the server took longer than {limits.request:.0f} s for its answer") from error
    except httpcore.ConnectTimeout as error:
        raise WireError(f"the server did not answer within {limits.connect:.0f} s") from error
    except (httpcore.ReadTimeout, httpcore.WriteTimeout) as error:
        raise WireError(f"the server was silent for {limits.read:.0f} s") from error
    except httpcore.ConnectError as error:
        if isinstance(cause := _cause(error), ssl.SSLCertVerificationError):
            raise WireError(f"its certificate is not good ({cause.verify_message})", again=False) from error
        if isinstance(cause, ssl.SSLError):
            raise WireError(f"no safe connection could be made ({cause.reason or cause})", again=False) from error
        raise WireError(f"the server cannot be reached ({error})") from error
    except (httpcore.ReadError, httpcore.WriteError) as error:
        raise WireError("the connection broke off") from error
    except httpcore.RemoteProtocolError as error:
        text = str(error)
        cut = "without sending" in text or "incomplete" in text or "closed" in text
        raise WireError("the answer broke off" if cut else f"the answer is no HTTP ({text[:80]})", again=cut) from error
    except (httpcore.ProtocolError, httpcore.UnsupportedProtocol) as error:
        raise WireError(f"the answer is no HTTP ({str(error)[:80]})", again=False) from error


def _cause(error: BaseException) -> BaseException | None:
    while error.__cause__ is not None or error.__context__ is not None:
        error = error.__cause__ or error.__context__  # type: ignore[assignment]
        if isinstance(error, ssl.SSLError):
            return error
    return None


class _Pinned(httpcore.NetworkBackend):
    """Connects to the numbers that it was given, whatever name it is asked for."""

    def __init__(self, numbers: Sequence[str], deadline: float, connect: float, lines: Lines) -> None:
        self._numbers = list(numbers)[:_MOST_NUMBERS]
        self._deadline = deadline
        self._connect = connect
        self._lines = lines
        self._open: list[socket.socket] = []
        self.count = True
        """Whether what comes in still counts as headers."""

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        first: OSError | None = None
        for number in self._numbers:
            left = self._deadline - time.monotonic()
            if left <= 0:
                raise _LateError
            line = socket.socket(socket.AF_INET6 if ":" in number else socket.AF_INET, socket.SOCK_STREAM)
            self.keep(line)
            line.settimeout(min(self._connect, left))
            try:
                line.connect((number, port))
            except OSError as error:
                line.close()
                first = first or error
                continue
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return _Stream(line, self)
        if isinstance(first, TimeoutError):
            raise httpcore.ConnectTimeout(str(first))
        raise httpcore.ConnectError((first and first.strerror) or "no number to ask")

    def left(self, timeout: float | None) -> float:
        """The seconds that one step may take."""
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise _LateError
        return min(left, timeout) if timeout else left

    def keep(self, line: socket.socket) -> None:
        self._open.append(line)
        self._lines.add(line)

    def close(self) -> None:
        self._lines.close(self._open)


class _Stream(httpcore.NetworkStream):
    """A connection on which each step is cut to the time that is left."""

    def __init__(self, line: socket.socket, backend: _Pinned) -> None:
        self._line = line
        self._backend = backend
        self._seen = 0

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        try:
            self._line.settimeout(self._backend.left(timeout))
            data = self._line.recv(min(max_bytes, _CHUNK))
        except TimeoutError as error:
            self._backend.left(None)
            raise httpcore.ReadTimeout(str(error)) from error
        except OSError as error:
            raise httpcore.ReadError(str(error)) from error
        self._seen += len(data)
        if self._backend.count and self._seen > _HEADERS:
            raise httpcore.RemoteProtocolError(f"more than {_HEADERS // 1024} KiB of headers")
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        try:
            self._line.settimeout(self._backend.left(timeout))
            self._line.sendall(buffer)
        except TimeoutError as error:
            raise httpcore.WriteTimeout(str(error)) from error
        except OSError as error:
            raise httpcore.WriteError(str(error)) from error

    def close(self) -> None:
        self._line.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """Python bounds the handshake as a whole by this time, however it drips."""
        try:
            self._line.settimeout(self._backend.left(timeout))
            # The name in the address is what the certificate must hold, though a number was connected to.
            line = ssl_context.wrap_socket(self._line, server_hostname=server_hostname)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(str(error)) from error
        except OSError as error:
            raise httpcore.ConnectError(str(error)) from error
        self._backend.keep(line)
        return _Stream(line, self._backend)

    def get_extra_info(self, info: str) -> Any:
        return self._line if info == "socket" else None
