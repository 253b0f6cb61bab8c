"""The policy of fetching: what an attempt can come to, what is recorded, how long to wait, where a link has led.

No library and no network here: `backends/download.py` does what this says.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Literal, get_args

Kind = Literal["fetched", "unchanged", "dead", "moved", "another page", "blocked", "refused", "too large", "failed"]
"""`another page`: what came does not name the work, and was not kept; `blocked`: there, but not for us (robots.txt, a
log-in, a paywall); `refused`: an address that we do not ask."""
KINDS: tuple[Kind, ...] = get_args(Kind)


KEPT = "it is held now"
"""Why a file was fetched, where there is no more to say."""


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """What one address may cost, and how long its server is left in peace."""

    size: int = 64 * 2**20
    """Bytes of a file, as sent and as unpacked."""
    connect: float = 10.0
    """Seconds for one connection, and for looking up a name."""
    read: float = 20.0
    """Seconds of silence."""
    request: float = 180.0
    """Seconds from asking to the last byte: a server that drips is cut off."""
    total: float = 600.0
    """Seconds for one address with its redirects, pauses and further attempts."""
    redirects: int = 8
    attempts: int = 3
    delay: float = 2.0
    """Seconds between two requests to a host."""
    wait: float = 60.0
    """The longest pause that a server may ask for; where it asks for more, it is not asked again in this run."""
    robots: int = 512 * 1024
    """Bytes of a robots.txt that are read."""


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of a fetched file: enough to say where it came from, and never to fetch it twice."""

    asked: str
    final: str
    """The address that gave the file, after all redirects."""
    date: str
    """In UTC, as ISO 8601 has it."""
    status: int
    sha256: str
    size: int
    type: str
    """The media type by the file's content."""
    etag: str | None = None
    last_modified: str | None = None
    name: str | None = None
    """Where the store has put it."""
    archived: str | None = None
    """For a copy in the Wayback Machine: the day it was taken."""

    def as_json(self) -> dict[str, object]:
        return {key: value for key, value in asdict(self).items() if value is not None}

    @classmethod
    def from_json(cls, value: Mapping[str, object]) -> Record:
        """Raises ValueError for what is no record."""
        known = {f.name: f for f in fields(cls)}
        for key, item in value.items():
            kind = int if key in ("status", "size") else str
            if key not in known or not isinstance(item, kind) or isinstance(item, bool):
                raise ValueError(f"no record of a fetched file: {key}={item!r}")
        try:
            return cls(**value)  # type: ignore[arg-type]
        except TypeError as error:
            raise ValueError(f"no record of a fetched file: {error}") from error


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an attempt came to. `why` is one sentence for a reader, and ends in what can be done."""

    kind: Kind
    asked: str
    why: str
    final: str | None = None
    status: int | None = None
    record: Record | None = None
    """Of the file that is held now: for `fetched` and `unchanged`, and where it is remembered, also of an earlier file
    behind a later attempt that has failed."""


# waiting


class Pace:
    """One request at a time to a host, with a pause between them; other hosts go on meanwhile."""

    def __init__(self, clock: Callable[[], float], sleep: Callable[[float], None]) -> None:
        self._clock, self._sleep = clock, sleep
        self._guard = threading.Lock()
        self._hosts: dict[str, threading.Lock] = {}
        self._free: dict[str, float] = {}

    @contextmanager
    def turn(self, host: str, delay: float) -> Iterator[None]:
        with self._guard:
            lock = self._hosts.setdefault(host, threading.Lock())
        with lock:
            ended = self._free.get(host)
            pause = 0.0 if ended is None else ended + delay - self._clock()
            if pause > 0:
                self._sleep(pause)
            try:
                yield
            finally:
                self._free[host] = self._clock()


RETRIED = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Answers that mean: later."""


def back_off(attempt: int, asked: float | None, limits: FetchLimits) -> float | None:
    """Seconds to wait before the next attempt; None where there is none. Attempts count from 1."""
    if attempt >= limits.attempts or (asked is not None and asked > limits.wait):
        return None
    return max(min(limits.delay * 2.0**attempt, limits.wait), asked or 0.0)


def retry_after(value: str | None, now: datetime) -> float | None:
    """The seconds that a `Retry-After` asks for, whether it gives a number or a date."""
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        when = parsedate_to_datetime(text)
    except ValueError:
        return None
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return max(0.0, (when - now).total_seconds())


# where a link has led

_RESOLVERS = frozenset(
    "doi.org dx.doi.org hdl.handle.net purl.org w3id.org n2t.net arks.org nbn-resolving.org urn.nl.se bit.ly t.co "
    "tinyurl.com goo.gl ow.ly perma.cc osti.gov ssrn.com jstor.org".split()
)
"""Hosts whose links lead elsewhere by design."""
_HOME = frozenset("index main home default intro".split())
_LOGIN = frozenset("login signin sign-in log-in logon sso auth authenticate saml oauth oauth2".split())
_GONE = frozenset("404 error notfound not-found not_found 404error error404 pagenotfound".split())
_SECOND = frozenset("ac co com edu go gov gob ne net or org re pe mil nic gouv ltd".split())

Whither = Literal["there", "home", "elsewhere", "login", "gone"]


def whither(asked: tuple[str, str], final: tuple[str, str]) -> Whither:
    """Where a link has led, from host and path of what was asked and of what answered."""
    if asked == final:
        return "there"
    words = [w for w in final[1].lower().split("/") if w]
    stems = {w.partition(".")[0] for w in words}
    meant = {w.partition(".")[0] for w in asked[1].lower().split("/")}
    if (stems - meant) & _GONE:
        return "gone"
    if ((stems - meant) | {final[0].partition(".")[0]}) & _LOGIN:
        return "login"
    deep = _is_deep(asked[1])
    if deep and not _is_deep(final[1]) and asked[0] not in _RESOLVERS:
        return "home"
    if asked[0] in _RESOLVERS or _site(asked[0]) == _site(final[0]):
        return "there"
    last = asked[1].rstrip("/").rpartition("/")[2]
    # The same document on a site of another name; a short last part says nothing.
    return "there" if final[1] == asked[1] or (len(last) > 8 and last in final[1]) else "elsewhere"


def _is_deep(path: str) -> bool:
    """Whether a path names something on a site, and not the site itself (perhaps in a language)."""
    words = [w.partition(".")[0] for w in path.lower().split("/") if w]
    return any(w not in _HOME and not (len(w) == 2 or w in ("eng", "kor", "english", "korean")) for w in words)


def _site(host: str) -> str:
    """The name that somebody has registered, near enough: `www.mofa.go.kr` is of `mofa.go.kr`."""
    labels = host.split(".")
    if all(label.isdigit() for label in labels):
        return host
    inner = 3 if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND else 2
    return ".".join(labels[-inner:])


# what an answer means

_BLOCKING = {
    401: "asks for a log-in",
    402: "asks to be paid",
    403: "does not let programs in",
    407: "asks for a log-in",
    451: "is withheld for legal reasons",
}


def verdict(status: int) -> tuple[Kind, str] | None:
    """What a status means that brings no file; None for one that does."""
    if status in (200, 203, 206):
        return None
    if status in (404, 410):
        return "dead", f"the server no longer has it ({status}): look for it under another address or in an archive"
    if status in _BLOCKING:
        return "blocked", f"the server {_BLOCKING[status]} ({status}): get it in a browser and add the file"
    if status in RETRIED:
        return "failed", f"the server cannot answer now ({status}): try again later"
    return "failed", f"the server answered with {status} and no file: open it in a browser"
