"""Fetching a source that a document names: politely, safely, and never twice.

One address at a time goes through the same steps, and each redirect through all of them again: read strictly, looked
up, every number checked, robots.txt asked, the host's turn waited for, the request pinned to what was checked. What
comes is judged by its content. Outcomes are values; what is raised is a full disk.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from hashlib import sha256
from pathlib import Path

from assistant import __version__
from assistant.backends.formats import HTML
from assistant.backends.web import wire
from assistant.backends.web.addresses import Address, AddressError, follow, parse_address
from assistant.backends.web.gate import REDIRECTS, Gate, Later, Shut, beginning
from assistant.backends.web.partial import EncodingError, Partial, TooLargeError
from assistant.backends.web.wire import Answer, WireError
from assistant.errors import ParseError
from assistant.sources.fetching import (
    KEPT,
    RETRIED,
    FetchLimits,
    Kind,
    Outcome,
    Pace,
    Record,
    back_off,
    retry_after,
    verdict,
    whither,
)
from assistant.sources.walls import Seen

NAME = "policy-assistant"
"""What robots.txt may call us."""
AGENT = f"{NAME}/{__version__} (fetches sources that papers cite; one request at a time)"
_STRONG_SECONDS = 60
"""A date of change stands for these very bytes only where it lies so far behind the answer (RFC 9110, 8.8.2.2)."""
_RANGE = re.compile(r"bytes (\d{1,18})-(\d{1,18})/(\d{1,18}|\*)")

Store = Callable[[bytes, Record], str]
"""Keeps a file, whole or not at all, and says under what name."""
Looks = Callable[[bytes, str], Seen]
"""What a file is, by its content; raises ParseError for what is not read. It parses, so it runs in a child process."""


@dataclass(frozen=True, slots=True)
class _Again:
    """It may come to something in a while."""

    why: str
    status: int | None = None
    after: float | None = None
    """Seconds that the server asks for."""


@dataclass(slots=True)
class _Trip:
    """One way from the asked address to an answer."""

    asked: str
    known: Record | None
    until: float
    trail: list[Address]
    archived: str | None = None
    cookies: bool = False
    page: Callable[[str], Outcome] | None = None
    """Keeps the page on a publication, where its PDF could not be had for the reason given."""

    @property
    def here(self) -> Address:
        return self.trail[-1]

    def ends(self, kind: Kind, why: str, status: int | None = None, record: Record | None = None) -> Outcome:
        return Outcome(kind, self.asked, why, str(self.here), status, record)


_Receive = Callable[[_Trip, Answer], "Outcome | _Again | Address"]


class Fetcher:
    """Fetches one address after another. Make one for a run: it remembers whom it has asked, and when."""

    def __init__(
        self,
        store: Store,
        parts: Path,
        looks: Looks,
        *,
        agent: str = AGENT,
        limits: FetchLimits = FetchLimits(),  # noqa: B008 - frozen
        permit: Collection[tuple[str, int]] = (),
        resolve: wire.Resolve | None = None,
        tls: wire.Trust | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """`store` keeps what is fetched, `parts` is a folder for halves, `looks` tells what a file is. `permit` names numbers and ports that are
        asked though they are not public: for servers of one's own."""
        self._store, self._parts, self._limits, self._looks = store, parts, limits, looks
        self._clock, self._sleep, self._now = clock, sleep, now
        self._gate = Gate(agent, NAME, limits, permit, resolve, tls, Pace(clock, sleep))
        self._done: dict[str, Outcome] = {}
        self._silent: set[str] = set()
        """Sites that did not answer: they are asked once more for each address, not thrice."""

    def fetch(
        self, asked: str, known: Record | None = None, *, copy_of: str | None = None, archived: str | None = None
    ) -> Outcome:
        """What became of an address. `known`: the record of the file that is held of it, if it still is.
        `copy_of`, `archived`: the address and the day of which an archive has a copy at `asked`."""
        try:
            address = parse_address(asked, self._gate.ports)
        except AddressError as error:
            return Outcome("refused", copy_of or asked, f"the address {error}: correct it")
        if (done := self._done.get(str(address))) is not None:
            return _once_more(done, copy_of or asked)
        trip = _Trip(copy_of or asked, known, self._clock() + self._limits.total, [address], archived)
        outcome = self._tried(trip)
        if outcome.kind != "another page":  # it may be the page of another work that has this address
            self._done[str(address)] = outcome
            if outcome.record is not None and outcome.kind in ("fetched", "unchanged"):
                self._done.setdefault(outcome.record.final, outcome)
        return outcome

    def read(self, asked: str, most: int = 1_000_000) -> bytes | Outcome:
        """The bytes of a small answer of a service, kept nowhere. Not judged, and not tried twice."""
        found: list[bytes] = []

        def received(trip: _Trip, answer: Answer) -> Outcome:
            if answer.status == 200:
                found.append(beginning(answer, most))
            return trip.ends("failed", f"the service answered with {answer.status}: try again later", answer.status)

        try:
            address = parse_address(asked, self._gate.ports)
        except AddressError as error:
            return Outcome("refused", asked, f"the address {error}: correct it")
        trip = _Trip(asked, None, self._clock() + self._limits.total, [address])
        result = self._walk(trip, received)
        if found:
            return found[0]
        return result if isinstance(result, Outcome) else trip.ends("failed", f"{result.why}: try again later")

    def stop(self) -> None:
        """From another thread: cut what is open, ask nothing more. What is being fetched fails."""
        self._gate.lines.cut()

    # from an address to an answer

    def _tried(self, trip: _Trip) -> Outcome:
        start = trip.here
        attempt = 0
        while True:
            attempt += 1
            trip.trail, trip.cookies, trip.page = [start], False, None
            result = self._walk(trip, self._received)
            if isinstance(result, Outcome):
                return self._settled(trip, result)
            pause = back_off(attempt, result.after, self._limits)
            if pause is None or self._clock() + pause > trip.until or trip.here.origin in self._silent:
                break
            self._sleep(pause)
        if result.status is None:
            self._silent.add(trip.here.origin)
        if (partial := self._partial(trip)).started() is None:
            partial.drop()
        later = f"in {result.after:,.0f} s" if result.after and result.after > self._limits.wait else "later"
        return self._settled(trip, trip.ends("failed", f"{result.why}: try again {later}", result.status))

    def _settled(self, trip: _Trip, outcome: Outcome) -> Outcome:
        """The outcome, or where a publication's PDF was not to be had, that of the page on it."""
        if trip.page is None or outcome.kind in ("fetched", "unchanged") or self._gate.lines.is_cut:
            return outcome
        return trip.page(outcome.why)

    def _walk(self, trip: _Trip, received: _Receive) -> Outcome | _Again:
        """From the address through its redirects to what `received` makes of the answer."""
        while True:
            here = trip.here
            gate = self._gate.pass_to(here)
            if isinstance(gate, Shut):
                todo = "correct the address" if len(trip.trail) == 1 else "look for the source elsewhere"
                return trip.ends(gate.kind, f"{gate.why}: {todo}" if gate.kind == "refused" else gate.why)
            if isinstance(gate, Later):
                return _Again(gate.why)
            if self._clock() > trip.until:
                return trip.ends("failed", f"it took longer than {self._limits.total:,.0f} s: try again later")
            try:
                with self._gate.ask(here, gate, self._headers(trip)) as answer:
                    trip.cookies = trip.cookies or "set-cookie" in answer.headers
                    result = self._onward(trip, answer) if answer.status in REDIRECTS else received(trip, answer)
            except WireError as error:
                return _Again(str(error)) if error.again else trip.ends("failed", f"{error}: open it in a browser")
            if not isinstance(result, Address):
                return result
            if (stop := self._turned(trip, result)) is not None:
                return stop
            done = self._done.get(str(result)) if trip.page is None and trip.archived is None else None
            if (
                done is not None
                and done.kind in ("fetched", "unchanged")
                and whither(_place(trip.trail[0]), _place(result)) == "there"
            ):
                return _once_more(done, trip.asked)
            trip.trail.append(result)

    def _onward(self, trip: _Trip, answer: Answer) -> Address | Outcome:
        if not (location := answer.headers.get("location", "")):
            why = f"the server sends its reader on, and does not say where ({answer.status}): open it in a browser"
            return trip.ends("failed", why, answer.status)
        return self._followed(trip, location.encode("latin-1"), answer.status)

    def _followed(self, trip: _Trip, location: bytes, status: int) -> Address | Outcome:
        try:
            return follow(trip.here, location, self._gate.ports)
        except AddressError as error:
            why = f"the server sends its reader to an address that {error}: look for the source elsewhere"
            return trip.ends("refused", why, status)

    def _turned(self, trip: _Trip, there: Address) -> Outcome | None:
        """The end of a way in circles, or of one that is too long."""
        if there in trip.trail and trip.cookies:
            return trip.ends("blocked", "the server asks for cookies before it shows the page: open it in a browser")
        if there in trip.trail:
            return trip.ends("failed", "the server sends its reader round in circles: open it in a browser")
        if len(trip.trail) > (most := self._limits.redirects):
            return trip.ends("failed", f"the server sends its reader on more than {most} times: open it in a browser")
        return None

    # what is sent, and what comes

    def _headers(self, trip: _Trip) -> dict[str, str]:
        headers = {
            "Accept": "application/pdf, text/html;q=0.9, */*;q=0.5",
            "Accept-Language": "en, ko;q=0.9, *;q=0.5",
        }
        if (started := self._partial(trip).started()) is not None:
            return headers | {"Range": f"bytes={started[0]}-", "If-Range": started[1]}
        if trip.known is not None and trip.known.final == str(trip.here):
            asked = {"If-None-Match": trip.known.etag, "If-Modified-Since": trip.known.last_modified}
            headers |= {name: value for name, value in asked.items() if value}
        return headers

    def _partial(self, trip: _Trip) -> Partial:
        return Partial(self._parts, str(trip.here))

    def _received(self, trip: _Trip, answer: Answer) -> Outcome | _Again | Address:
        """What an answer comes to that is no redirect."""
        status, headers = answer.status, answer.headers
        partial = self._partial(trip)
        if status == 304 and trip.known is not None and trip.known.final == str(trip.here):
            return trip.ends("unchanged", "the server has it unchanged", status, trip.known)
        if status == 416 and partial.started() is not None:
            partial.drop()
            return _Again("the file has changed while it was fetched", status)
        if status in RETRIED:
            return _Again(
                f"the server cannot answer now ({status})",
                status,
                retry_after(headers.get("retry-after"), self._now()),
            )
        if (said := verdict(status)) is not None:
            return trip.ends(*said, status)
        if status == 206:
            if not _continues(partial, headers.get("content-range", "")):
                partial.drop()
                return _Again("the server sent another part than was asked for", status)
        else:
            length = headers.get("content-length", "")
            total = int(length) if length.isascii() and length.isdigit() and len(length) < 19 else None
            if total is not None and total > self._limits.size:
                partial.drop()
                return self._too_large(trip, status)
            partial.begin(_validator(headers), headers.get("content-encoding", ""), total)
        encoding = partial.encoding if status == 206 else headers.get("content-encoding", "")
        try:
            partial.extend(answer.body, self._limits.size)
            data = partial.take(encoding, self._limits.size)
        except TooLargeError:
            partial.drop()
            return self._too_large(trip, status)
        except EncodingError as error:
            return trip.ends("failed", f"{error}: open it in a browser", status)
        return self._judged(trip, answer, data)

    def _too_large(self, trip: _Trip, status: int) -> Outcome:
        size = self._limits.size // 2**20
        return trip.ends("too large", f"it is larger than {size} MiB: get it in a browser and add what matters", status)

    def _judged(self, trip: _Trip, answer: Answer, data: bytes) -> Outcome | Address:
        """Whether these bytes are the source; kept if they are."""
        status, here = answer.status, trip.here
        digest = sha256(data).hexdigest()
        if trip.known is not None and trip.known.sha256 == digest:
            # With its new marks, so that next time the server need not send it.
            etag, changed = _marks(answer.headers)
            record = replace(trip.known, final=str(here), etag=etag, last_modified=changed)
            return trip.ends("unchanged", "the server sent the same file again", status, record)
        try:
            seen = self._looks(data, _name(here))
        except ParseError as error:
            return trip.ends("failed", f"it is not what is read here: {error}", status)
        if seen.onward is not None and (onward := self._followed(trip, seen.onward.encode(), status)) != here:
            return onward
        if trip.page is not None and seen.type == HTML:
            return trip.ends("failed", "where a page names its PDF there is another page: open it in a browser", status)
        stop = self._walled(trip, seen, status)
        if stop is None and trip.page is None and whither(_place(trip.trail[0]), _place(here)) == "elsewhere":
            stop = trip.ends("moved", f"the link now leads to {here}: see whether that is the source", status)
        if stop is None and seen.doubt is not None:
            stop = trip.ends("another page", seen.doubt, status)

        def keep(why: str) -> Outcome:
            etag, changed = _marks(answer.headers)
            record = Record(
                asked=trip.asked, final=str(here), date=self._now().isoformat(timespec="seconds"), status=status,
                sha256=digest, size=len(data), type=seen.type, etag=etag, last_modified=changed, archived=trip.archived,
            )  # fmt: skip
            record = replace(record, name=self._store(data, record))
            return Outcome("fetched", trip.asked, why, record.final, status, record)

        if (paper := self._paper(trip, seen, stop, status)) is not None:
            trip.page = lambda why: stop or keep(f"{KEPT}, as the page about it; its PDF was not to be had: {why}")
            return paper
        return stop or keep(KEPT)

    def _paper(self, trip: _Trip, seen: Seen, stop: Outcome | None, status: int) -> Address | None:
        """Where the PDF of a publication lies, if this is the page about it: such a page shows an abstract, or needs
        scripts to show more."""
        if seen.paper is None or trip.page is not None or trip.archived is not None:
            return None
        if stop is not None and (seen.wall is None or seen.wall.kind not in ("script", "empty", "cookies")):
            return None
        there = self._followed(trip, seen.paper.encode(), status)
        return there if isinstance(there, Address) and there not in trip.trail else None

    def _walled(self, trip: _Trip, seen: Seen, status: int) -> Outcome | None:
        """The end of a way to a page that is not the source, or to a few lines that say so."""
        wall = seen.wall
        place = whither(_place(trip.trail[0]), _place(trip.here)) if seen.type == HTML else "there"
        if place == "gone" or (wall is not None and wall.kind == "not found"):
            return trip.ends("dead", "the page says that it is not there: look for it in an archive", status)
        if place == "home":
            return trip.ends("moved", f"the link now leads to a start page ({trip.here}): look for it there", status)
        if place == "login" and (wall is None or wall.kind != "log-in"):
            return trip.ends("blocked", f"the link leads to a log-in ({trip.here}): log in with a browser", status)
        if wall is None:
            return None
        if wall.kind == "closed":
            return trip.ends("failed", f"the page {wall.why}: try again later", status)
        if wall.kind == "empty":
            return trip.ends("failed", f"the page {wall.why}: open it in a browser", status)
        return trip.ends("blocked", f"the page {wall.why} ({wall.kind}): open it in a browser", status)


def _once_more(done: Outcome, asked: str) -> Outcome:
    """What an address came to that another work has too, or is sent on to."""
    record = replace(done.record, asked=asked) if done.record is not None else None
    return replace(done, asked=asked, record=record)


def _continues(partial: Partial, content_range: str) -> bool:
    """Whether an answer goes on where the part on disk ends, in a file of the same size."""
    started = partial.started()
    found = _RANGE.fullmatch(content_range.strip())
    if started is None or found is None or int(found[1]) != started[0]:
        return False
    total = None if found[3] == "*" else int(found[3])
    return partial.total is None or total is None or partial.total == total


def _validator(headers: Mapping[str, str]) -> str | None:
    """What stands for these very bytes, if the server says so and goes on from the middle at all."""
    if headers.get("accept-ranges", "").strip().lower() == "none":
        return None
    etag = _clean(headers.get("etag"))
    if etag is not None:
        return etag if etag.startswith('"') else None
    changed = _clean(headers.get("last-modified"))
    try:
        lag = parsedate_to_datetime(headers.get("date", "")) - parsedate_to_datetime(changed or "")
    except (ValueError, TypeError):
        return None
    return changed if lag.total_seconds() >= _STRONG_SECONDS else None


def _marks(headers: Mapping[str, str]) -> tuple[str | None, str | None]:
    """What a server says that lets it answer 'unchanged' next time: a tag, and a date."""
    return _clean(headers.get("etag")), _clean(headers.get("last-modified"))


def _clean(value: str | None) -> str | None:
    """A header to be kept and sent back: short, and of plain signs."""
    return value if value and len(value) <= 300 and value.isascii() and value.isprintable() else None


def _place(address: Address) -> tuple[str, str]:
    return address.host, address.path


def _name(address: Address) -> str:
    """What a file is called in messages, and by its ending tells Markdown from text."""
    last = address.path.rstrip("/").rpartition("/")[2]
    # The ending of an address is a claim, as a header is: only one that parts text from text is heard.
    return last if last.lower().endswith((".md", ".txt", ".markdown")) else address.host
