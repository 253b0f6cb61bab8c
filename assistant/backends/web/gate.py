"""Who is asked, and when: every number of a host must be public, its robots.txt must allow it, its turn must have come."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import ip_address

from assistant.backends.web import wire
from assistant.backends.web.addresses import WEB_PORTS, Address, AddressError, follow, not_public
from assistant.backends.web.robots import Robots, UnreadableError, read_robots
from assistant.backends.web.wire import Answer, UnknownHostError, WireError
from assistant.sources.fetching import RETRIED, FetchLimits, Kind, Pace

REDIRECTS = frozenset({301, 302, 303, 307, 308})
_KNOWN_NAME = "example.com"
"""A name that is always known (RFC 2606): where it is not, this machine is offline."""


@dataclass(frozen=True, slots=True)
class Open:
    """The numbers that may be asked, and the seconds between two requests to the host."""

    numbers: tuple[str, ...]
    delay: float


@dataclass(frozen=True, slots=True)
class Shut:
    kind: Kind
    why: str


@dataclass(frozen=True, slots=True)
class Later:
    """Nobody can say now."""

    why: str


class Gate:
    """Stands before every request, after every redirect. It remembers each site's rules for a run."""

    def __init__(
        self,
        agent: str,
        name: str,
        limits: FetchLimits,
        permit: Collection[tuple[str, int]],
        resolve: wire.Resolve | None,
        tls: wire.Trust | None,
        pace: Pace,
    ) -> None:
        """`name` is what robots.txt may call us, `agent` what we say; `permit`: see `Fetcher`."""
        self._name, self._limits, self._pace = name, limits, pace
        self._permit = frozenset(permit)
        self.ports = WEB_PORTS | {port for _, port in permit}
        self._resolve = resolve or (lambda host, port: wire.look_up(host, port, limits.connect))
        self._tls = tls or wire.trust()
        self._robots: dict[str, Robots | Shut] = {}
        self._online: bool | None = None
        self.lines = wire.Lines()
        """The connections that are open."""
        self.headers = {"User-Agent": agent, "Accept-Encoding": "identity", "Connection": "close"}
        """What every request says. Packed bytes cannot be counted before they are unpacked, so none are asked for."""

    def pass_to(self, here: Address) -> Open | Shut | Later:
        """Numbers that may be asked, and the pause that the site wants; else why not."""
        numbers = self._numbers(here)
        if not isinstance(numbers, tuple):
            return numbers
        robots = self._robots.get(here.origin) or self._rules(here.at("/robots.txt"), numbers)
        if isinstance(robots, Later):
            return robots
        self._robots[here.origin] = robots
        if isinstance(robots, Shut):
            return robots
        if not robots.allows(str(here), self._name):
            return Shut("blocked", "the site asks programs to keep out (robots.txt): open it in a browser")
        delay = max(robots.delay(self._name), self._limits.delay)
        if delay > self._limits.wait:
            why = f"the site asks for {delay:,.0f} s between two requests (robots.txt): open it in a browser"
            return Shut("blocked", why)
        return Open(numbers, delay)

    @contextmanager
    def ask(self, here: Address, gate: Open, headers: dict[str, str]) -> Iterator[Answer]:
        """One request, when the host's turn has come. Raises WireError."""
        with (
            self._pace.turn(here.host, gate.delay),
            wire.ask(here, gate.numbers, self.headers | headers, self._limits, self._tls, self.lines) as answer,
        ):
            yield answer

    def _numbers(self, here: Address) -> tuple[str, ...] | Shut | Later:
        """The host's numbers, all of them public. One that is not refuses them all: such a name means no good."""
        try:
            numbers = (str(here.ip),) if here.ip else tuple(self._resolve(here.host, here.port))
        except UnknownHostError as error:
            if not self._is_online():
                return Shut("failed", "no name can be looked up, this machine seems offline: connect and try again")
            return Shut("dead", f"{error}: look for it under another address or in an archive")
        except WireError as error:
            return Later(str(error))
        if not numbers:
            return Later(f"{here.host} has no number")
        for number in numbers:
            try:
                what = not_public(ip_address(number))
            except ValueError:
                what = "no address"
            permitted = (number, here.port) in self._permit
            if here.port not in WEB_PORTS and not permitted:
                # A port that is permitted at one machine is not at all others.
                return Shut("refused", f"{here.host} is asked at port {here.port}, which is not a port of the web")
            if what is not None and not permitted:
                why = f"{here.host} leads to {number} ({what}), which is not on the public web"
                return Shut("refused", why)
        return numbers

    def _is_online(self) -> bool:
        if self._online is None:
            try:
                self._online = bool(self._resolve(_KNOWN_NAME, 443))
            except WireError:
                self._online = False
        return self._online

    def _rules(self, place: Address, numbers: tuple[str, ...]) -> Robots | Shut | Later:
        """Without a file all is allowed; where it cannot be read now, nothing is (RFC 9309, 2.3.1), and nothing where it
        lies where we do not go, or is not to be understood."""
        trail = [place]
        while len(trail) <= self._limits.redirects:
            try:
                with self.ask(trail[-1], Open(numbers, self._limits.delay), {"Accept": "text/plain"}) as answer:
                    if answer.status in (200, 203):
                        most, packed = self._limits.robots, answer.headers.get("content-encoding", "")
                        return read_robots(beginning(answer, most, bool(packed)), packed, most, led=len(trail) > 1)
                    if answer.status == 206:
                        return _closed("only a part of it is sent")
                    if answer.status in RETRIED or answer.status >= 500:
                        return Later(f"its robots.txt cannot be read now ({answer.status})")
                    location = answer.headers.get("location") if answer.status in REDIRECTS else None
                    if answer.status in REDIRECTS and not location:
                        return _closed("it is said to be elsewhere, and not where")
            except UnreadableError as error:
                return _closed(str(error))
            except WireError as error:
                return Later(str(error)) if error.again else Shut("failed", f"{error}: open it in a browser")
            if location is None:
                return Robots()
            try:
                onward = follow(trail[-1], location.encode("latin-1"), self.ports)
            except AddressError as error:
                return _closed(f"it is said to be at an address that {error}")
            if onward in trail:
                return _closed("it is said to be where it was looked for")
            found = self._numbers(onward)
            if not isinstance(found, tuple):
                return (
                    found
                    if isinstance(found, Later)
                    else _closed(f"it is said to be at {onward.host}, which is not asked")
                )
            trail.append(onward)
            numbers = found
        return _closed(f"it is said to be elsewhere more than {self._limits.redirects} times")


def _closed(what: str) -> Shut:
    return Shut("failed", f"its robots.txt cannot be read, {what}: open it in a browser, or try again later")


def beginning(answer: Answer, most: int, packed: bool = False) -> bytes:
    """So much of an answer as may be read. A line that is cut is left out: it would forbid, or allow, more. Of packed
    bytes all are given, since they have no lines."""
    data = b""
    for chunk in answer.body:
        data += chunk
        if len(data) > most:
            return data[:most] if packed else data[:most].rpartition(b"\n")[0]
    return data
