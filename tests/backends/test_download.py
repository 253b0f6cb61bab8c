"""Fetching, against servers on this machine that misbehave in every way that is guarded against."""

from __future__ import annotations

import gzip
import json
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from assistant.backends.web.download import AGENT, Fetcher
from assistant.backends.web.keeping import keep_in
from assistant.backends.web.page_signs import see
from assistant.backends.web.partial import Partial
from assistant.backends.web.wayback import from_archive
from assistant.backends.web.wire import UnknownHostError, WireError, look_up
from assistant.errors import StorageError
from assistant.sources.fetching import FetchLimits, Outcome, Record
from tests.servers import (
    LOCAL,
    Request,
    Route,
    Server,
    bomb,
    drip,
    endless,
    head,
    in_turn,
    raw,
    redirect,
    reply,
    resumable,
    serving,
    silence,
)

pytestmark = pytest.mark.allow_hosts([LOCAL])

PDF = b"%PDF-1.7\n" + bytes(range(256)) * 400 + b"\n%%EOF\n"
PAGE = (
    "<!doctype html><html><head><title>Shipyards and credit</title></head><body><article><h1>Shipyards and credit</h1>"
    + "".join(
        f"<p>In year {year} the yards built {year * 3} hulls, and the bank lent them {year * 7} million won at a rate "
        "that no private lender would have offered to a builder without a record of delivery.</p>"
        for year in range(1970, 1990)
    )
    + "</article></body></html>"
)
LIMITS = FetchLimits(
    size=1_000_000, connect=1.0, read=0.5, request=2.0, total=400.0, redirects=4, attempts=3, delay=2.0, wait=30.0
)


@dataclass
class Clock:
    """Time that passes when somebody sleeps."""

    at: float = 0.0
    slept: list[float] = field(default_factory=list)

    def time(self) -> float:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += seconds


@dataclass
class Desk:
    """A fetcher with its folders, its clock, and the numbers of the names that it asks for."""

    folder: Path
    server: Server
    clock: Clock = field(default_factory=Clock)
    names: dict[str, list[str]] = field(default_factory=dict)
    looked_up: list[str] = field(default_factory=list)
    limits: FetchLimits = LIMITS

    def resolve(self, host: str, port: int) -> list[str]:
        self.looked_up.append(host)
        if host == "example.com":
            return ["93.184.216.34"]
        if host not in self.names:
            raise UnknownHostError(host)
        return self.names[host]

    def fetcher(self, **options: object) -> Fetcher:
        settings: dict[str, Any] = {
            "limits": self.limits, "permit": {self.server.place}, "resolve": self.resolve, "clock": self.clock.time,
            "sleep": self.clock.sleep, "now": lambda: datetime(2026, 11, 22, tzinfo=UTC), **options,
        }  # fmt: skip
        return Fetcher(
            lambda data, record: keep_in(self.folder / "kept", data, record), self.folder / "parts", see, **settings
        )

    def fetch(self, target: str, known: Record | None = None, **options: object) -> Outcome:
        asked = target if "://" in target else self.server.base + target
        return self.fetcher(**options).fetch(asked, known)

    def kept(self) -> list[Path]:
        return sorted((self.folder / "kept").glob("*"))

    def parts(self) -> list[Path]:
        return sorted((self.folder / "parts").glob("*"))


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as made:
        yield made


@pytest.fixture
def desk(tmp_path: Path, server: Server) -> Desk:
    return Desk(tmp_path, server)


# ---------------------------------------------------------------- what is kept and recorded


def test_a_file_is_fetched_kept_and_recorded(desk: Desk) -> None:
    """Asked and final address, date, hash, size, type by content, and the server's marks."""
    desk.server.routes |= {
        "/a": redirect("/papers/b"),
        "/papers/b": reply(PDF, etag='"7"', last_modified="Mon, 02 Nov 2026 10:00:00 GMT"),
    }
    outcome = desk.fetch("/a")
    assert outcome.kind == "fetched"
    record = outcome.record
    assert record is not None
    assert (record.asked, record.final) == (f"{desk.server.base}/a", f"{desk.server.base}/papers/b")
    assert (record.status, record.size, record.type) == (200, len(PDF), "application/pdf")
    assert (record.etag, record.last_modified) == ('"7"', "Mon, 02 Nov 2026 10:00:00 GMT")
    assert record.sha256 == sha256(PDF).hexdigest()
    assert record.date == "2026-11-22T00:00:00+00:00"
    assert [p.name for p in desk.kept()] == [record.name]
    assert desk.kept()[0].read_bytes() == PDF
    assert desk.parts() == []
    assert Record.from_json(json.loads(json.dumps(record.as_json()))) == record


def test_who_asks_is_said(desk: Desk) -> None:
    """An honest name, no cookies, no referrer, no packed bytes."""
    desk.server.routes["/a"] = reply(PDF, set_cookie="a=b")
    desk.fetch("/a")
    for request in desk.server.asked:
        assert request.headers["user-agent"] == AGENT
        assert request.headers["accept-encoding"] == "identity"
        assert not {"cookie", "referer", "authorization"} & set(request.headers)


@pytest.mark.parametrize(
    ("body", "claim", "kind", "type"),
    [
        (PDF, "text/html", "fetched", "application/pdf"),
        (PAGE.encode(), "application/pdf", "fetched", "text/html"),
        (b"Plain words, one after the other.\n" * 5, "image/png", "fetched", "text/plain"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "application/pdf", "failed", ""),
        (b"MZ" + bytes(300), "application/pdf", "failed", ""),
        (b'{"error": "not for you"}', "application/pdf", "failed", ""),
        (b"", "application/pdf", "failed", ""),
    ],
)
def test_content_decides_what_a_file_is(desk: Desk, body: bytes, claim: str, kind: str, type: str) -> None:
    """A header may say what it likes."""
    desk.server.routes["/paper.pdf"] = reply(body, content_type=claim)
    outcome = desk.fetch("/paper.pdf")
    assert outcome.kind == kind
    assert (outcome.record.type if outcome.record else "") == type
    assert len(desk.kept()) == (kind == "fetched")


def test_a_full_disk_is_said_and_leaves_no_half_file(desk: Desk) -> None:
    """A folder that cannot be made stands for any fault of the disk."""
    desk.server.routes["/a"] = reply(PDF)
    (desk.folder / "kept").write_text("in the way")
    with pytest.raises(StorageError, match="free space or check permissions"):
        desk.fetch("/a")


def test_a_name_for_a_file_is_never_a_path(tmp_path: Path) -> None:
    """A stem comes from a catalogue that people write."""
    record = Record("a", "b", "c", 200, "d" * 64, 1, "application/pdf")
    for stem in ("../x", "a/b", ".x"):
        with pytest.raises(ValueError, match="not a name"):
            keep_in(tmp_path, b"x", record, stem)


# ---------------------------------------------------------------- addresses


@pytest.mark.parametrize(
    "location",
    [
        "file:///etc/passwd", "http://169.254.169.254/latest/meta-data/", "http://127.0.0.1:1/", "http://[::1]/",
        "http://[::ffff:127.0.0.1]/", "http://2130706433/", "http://localhost/", "http://user@8.8.8.8/", "gopher://a.org/",
        "http://8.8.8.8\\@127.0.0.1/", "ftp://8.8.8.8/x", "http://inner.example/", "//inner.example/x", "http://mixed.example/",
    ],
)  # fmt: skip
def test_a_redirect_out_of_the_web_is_refused(desk: Desk, location: str) -> None:
    """To a file, to a cloud's metadata, to this machine, to a private number by a public name."""
    desk.names = {"inner.example": ["10.0.0.7"], "mixed.example": ["8.8.8.8", "192.168.0.1"]}
    desk.server.routes["/a"] = redirect(location)
    outcome = desk.fetch("/a")
    assert outcome.kind == "refused"
    assert desk.server.targets() == ["/a"]


def test_a_private_number_is_refused_before_anything_is_sent(desk: Desk) -> None:
    """The permit is for one number and one port, and not for the machine."""
    with serving() as other:
        other.routes["/a"] = reply(PDF)
        desk.names = {"rebound.example": [LOCAL]}
        assert desk.fetch(f"{other.base}/a").kind == "refused"
        assert desk.fetch(f"http://rebound.example:{other.port}/a").kind == "refused"
        assert desk.fetch(f"http://rebound.example:{desk.server.port}/a", permit=()).kind == "refused"
        for host in (LOCAL, "rebound.example"):  # the port is permitted, for another machine
            permit = {desk.server.place, ("10.0.0.9", other.port)}
            assert desk.fetch(f"http://{host}:{other.port}/a", permit=permit).kind == "refused"
        assert other.asked == []
        assert desk.server.asked == []


def test_the_connection_goes_to_the_number_that_was_checked(desk: Desk) -> None:
    """A name that changes its number between the check and the connection is not looked up in between."""
    answers = iter([[LOCAL], ["10.0.0.1"], ["10.0.0.1"]])
    asked: list[str] = []

    def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        return next(answers)

    desk.server.routes["/a"] = reply(PDF)
    outcome = desk.fetch(f"http://paper.example:{desk.server.port}/a", resolve=rebinding)
    assert outcome.kind == "fetched"
    assert asked == ["paper.example"]
    assert desk.server.asked[-1].headers["host"] == f"paper.example:{desk.server.port}"


@pytest.mark.allow_hosts(["127.0.0.0/8"])
def test_the_next_number_is_asked_where_one_is_down(desk: Desk) -> None:
    """A host with two machines; and one with none that answers."""
    desk.server.routes["/a"] = reply(PDF)
    port = desk.server.port
    desk.names = {"two.example": ["127.0.0.2", LOCAL], "down.example": ["127.0.0.2"]}
    permit = {("127.0.0.2", port), (LOCAL, port)}
    assert desk.fetch(f"http://two.example:{port}/a", permit=permit).kind == "fetched"
    down = desk.fetch(f"http://down.example:{port}/a", permit=permit)
    assert (down.kind, "cannot be reached" in down.why) == ("failed", True)


def test_a_name_that_is_gone_is_dead_but_not_when_offline(desk: Desk) -> None:
    """Offline every name is unknown, and no link is dead for that."""
    assert desk.fetch("http://gone.example/a").kind == "dead"

    def offline(host: str, port: int) -> list[str]:
        raise UnknownHostError(host)

    outcome = desk.fetch("http://gone.example/a", resolve=offline)
    assert outcome.kind == "failed"
    assert "offline" in outcome.why


def test_a_name_that_cannot_be_looked_up_now_is_tried_again(desk: Desk) -> None:
    """A resolver's hiccup is not a dead link."""
    tries: list[str] = []

    def faltering(host: str, port: int) -> list[str]:
        tries.append(host)
        if len(tries) < 2:
            raise WireError("no answer")
        return [LOCAL]

    desk.server.routes["/a"] = reply(PDF)
    assert desk.fetch(f"http://paper.example:{desk.server.port}/a", resolve=faltering).kind == "fetched"


def test_looking_up_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's own look-up knows no time limit; a number is looked up as itself."""
    assert look_up(LOCAL, 80) == (LOCAL,)

    def slow(*_: object, **__: object) -> list[object]:
        time.sleep(1)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    with pytest.raises(WireError, match="took longer"):
        look_up("paper.example", 80, 0.05)


# ---------------------------------------------------------------- size and time


def test_an_endless_body_is_cut_off(desk: Desk) -> None:
    """With no length said, at the limit; nothing is left on disk."""
    desk.server.routes["/a"] = endless()
    assert desk.fetch("/a").kind == "too large"
    assert desk.kept() == desk.parts() == []


def test_a_length_over_the_limit_is_not_even_begun(desk: Desk) -> None:
    """The claim is enough to stop, never enough to go on."""
    desk.server.routes["/a"] = raw(head(200, content_length="5000000000") + b"x")
    assert desk.fetch("/a").kind == "too large"


@pytest.mark.parametrize("data", [bomb(50_000_000), gzip.compress(PDF) + bomb(50_000_000)])
def test_a_bomb_is_not_unpacked(desk: Desk, data: bytes) -> None:
    """Counted as it unpacks, over all its members."""
    desk.server.routes["/a"] = reply(data, content_encoding="gzip")
    assert desk.fetch("/a").kind == "too large"


@pytest.mark.parametrize(
    ("data", "encoding", "kind"),
    [
        (gzip.compress(PDF), "gzip", "fetched"),
        (zlib.compress(PDF), "deflate", "fetched"),
        (zlib.compress(PDF)[2:-4], "deflate", "fetched"),
        (PDF, "identity", "fetched"),
        (gzip.compress(PDF)[:-20], "gzip", "failed"),
        (PDF, "gzip", "failed"),
        (PDF, "br", "failed"),
        (gzip.compress(gzip.compress(PDF)), "gzip, gzip", "failed"),
    ],
)
def test_packed_bytes_are_unpacked_or_refused(desk: Desk, data: bytes, encoding: str, kind: str) -> None:
    """None were asked for, and some servers pack all the same."""
    desk.server.routes["/a"] = reply(data, content_encoding=encoding)
    outcome = desk.fetch("/a")
    assert outcome.kind == kind
    if outcome.record:
        assert outcome.record.sha256 == sha256(PDF).hexdigest()


@pytest.mark.parametrize("first", [b"", b"HTTP/1.1 200 OK\r\nX-A: ", head(200), head(200, content_length="1000")])
def test_a_drip_is_cut_off(desk: Desk, first: bytes) -> None:
    """In the headers as in the body: no byte is late, and the whole never ends."""
    desk.server.routes["/a"] = drip(first)
    began = time.monotonic()
    outcome = desk.fetch("/a", limits=FetchLimits(read=0.5, request=0.6, attempts=1))
    assert outcome.kind == "failed"
    assert "took longer" in outcome.why
    assert time.monotonic() - began < 3


def test_silence_is_cut_off(desk: Desk) -> None:
    """A server that takes the request and says nothing."""
    desk.server.routes["/a"] = silence()
    outcome = desk.fetch("/a", limits=FetchLimits(read=0.3, attempts=1))
    assert (outcome.kind, "silent" in outcome.why) == ("failed", True)


@pytest.mark.parametrize(
    "data",
    [
        b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: %s\r\n" % (n, b"y" * 1000) for n in range(2000)) + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX-A: " + b"y" * 3_000_000,
        b"HTTP/1.1 100 Go on\r\n\r\n" * 100_000,
        b"SSH-2.0-OpenSSH\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 50\r\n\r\nabcde",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nabcde",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffffff\r\nabc",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc",
        b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n",
        b"\x00" * 1000,
        b"",
    ],
)  # fmt: skip
def test_what_is_no_answer_is_a_failure_in_words(desk: Desk, data: bytes) -> None:
    """Floods of headers, answers that contradict themselves, other protocols, nothing at all."""
    desk.server.routes["/a"] = raw(data)
    outcome = desk.fetch("/a", limits=FetchLimits(read=0.5, request=2.0, attempts=1))
    assert outcome.kind == "failed"
    assert desk.kept() == []


def test_headers_without_an_end_are_cut_off_by_their_size(desk: Desk) -> None:
    """Interim answers are each small, and nobody says how many there may be."""

    def flood(request: Request, line: socket.socket) -> None:
        while True:
            line.sendall(b"HTTP/1.1 100 Go on\r\n\r\n" * 1000)

    desk.server.routes["/a"] = flood
    outcome = desk.fetch("/a")
    assert (outcome.kind, "KiB of headers" in outcome.why) == ("failed", True)


# ---------------------------------------------------------------- cut bodies, and going on


def test_a_cut_body_goes_on_where_it_broke(desk: Desk) -> None:
    """By Range, and only while the tag is the same: each byte is sent once."""
    desk.server.routes["/a"] = resumable(PDF, 40_000)
    outcome = desk.fetch("/a")
    assert outcome.kind == "fetched"
    assert desk.kept()[0].read_bytes() == PDF
    asked = [(r.headers.get("range"), r.headers.get("if-range")) for r in desk.server.asked if r.target == "/a"]
    assert asked == [(None, None), ("bytes=40000-", '"v1"'), ("bytes=80000-", '"v1"')]


def test_the_next_run_goes_on_too(desk: Desk) -> None:
    """What has come is kept when the attempts are used up."""
    desk.server.routes["/a"] = resumable(PDF, 25_000)
    assert desk.fetch("/a").kind == "failed"
    assert desk.fetch("/a").kind == "fetched"
    assert desk.kept()[0].read_bytes() == PDF
    assert desk.parts() == []
    assert len(desk.server.targets()) == 5


def test_a_file_that_changed_meanwhile_begins_anew(desk: Desk) -> None:
    """Halves of two files are never joined: the server sends the whole, or another part, or says that none is left."""
    other = PDF.replace(b"%PDF-1.7", b"%PDF-1.4")
    cut, rest = resumable(PDF, 40_000), len(PDF) - 40_000

    def part(range_: str, size: int) -> Route:
        return raw(head(206, content_range=f"bytes {range_}", content_length=str(size)) + b"x" * size)

    desk.server.routes |= {
        "/whole": in_turn(cut, reply(other, etag='"v2"')),
        "/place": in_turn(cut, part(f"30000-{len(PDF) - 1}/{len(PDF)}", rest + 10_000), reply(other)),
        "/size": in_turn(cut, part(f"40000-{len(PDF)}/{len(PDF) + 1}", rest + 1), reply(other)),
        "/odd": in_turn(cut, part("all of it", rest), reply(other)),
        "/none": in_turn(cut, reply(b"", 416), reply(other)),
    }
    for target in ("/whole", "/place", "/size", "/odd", "/none"):
        outcome = desk.fetch(target)
        assert outcome.record is not None, target
        assert outcome.record.sha256 == sha256(other).hexdigest()


@pytest.mark.parametrize("etag", ["", 'W/"v1"'])
def test_without_a_strong_mark_a_cut_body_begins_anew(desk: Desk, etag: str) -> None:
    """A weak tag does not stand for the same bytes."""
    cut = raw(head(200, etag=etag, content_length=str(len(PDF))) + PDF[:5000])
    desk.server.routes["/a"] = in_turn(cut, reply(PDF))
    assert desk.fetch("/a").kind == "fetched"
    assert all("range" not in r.headers for r in desk.server.asked)


def test_a_cut_body_is_never_kept(desk: Desk) -> None:
    """A length longer than what comes, each time."""
    desk.server.routes["/a"] = raw(head(200, content_length=str(len(PDF) + 10)) + PDF)
    outcome = desk.fetch("/a")
    assert (outcome.kind, "broke off" in outcome.why) == ("failed", True)
    assert desk.kept() == desk.parts() == []


# ---------------------------------------------------------------- never twice


def test_an_unchanged_file_is_not_sent_again(desk: Desk) -> None:
    """By tag and date; without them, by its hash."""
    desk.server.routes["/a"] = reply(PDF, etag='"7"', last_modified="Mon, 02 Nov 2026 10:00:00 GMT")
    known = desk.fetch("/a").record
    desk.server.routes["/a"] = reply(b"", 304)
    again = desk.fetch("/a", known)
    assert (again.kind, again.record) == ("unchanged", known)
    assert desk.server.asked[-1].headers["if-none-match"] == '"7"'
    assert desk.server.asked[-1].headers["if-modified-since"] == "Mon, 02 Nov 2026 10:00:00 GMT"

    desk.server.routes["/a"] = reply(PDF, etag='"8"')
    same = desk.fetch("/a", known)
    assert same.kind == "unchanged"
    assert same.record is not None
    assert same.record.etag == '"8"'
    assert len(desk.kept()) == 1

    desk.server.routes["/a"] = reply(PDF + b"more")
    assert desk.fetch("/a", known).kind == "fetched"


def test_unchanged_is_no_answer_to_one_who_holds_nothing(desk: Desk) -> None:
    """A server that says 304 to all."""
    desk.server.routes["/a"] = reply(b"", 304)
    assert desk.fetch("/a").kind == "failed"


def test_a_way_that_leads_to_what_is_held_ends_there(desk: Desk) -> None:
    """One work's address leads to another's: the file is sent once, whichever of them is asked first."""
    desk.server.routes |= {
        "/reports/a": reply(PDF),
        "/old/a": redirect("/reports/a"),
        "/older/a": redirect("/reports/a"),
    }
    fetcher = desk.fetcher()
    outcomes = [fetcher.fetch(desk.server.base + place) for place in ("/old/a", "/reports/a", "/older/a")]
    assert [o.kind for o in outcomes] == ["fetched"] * 3
    assert [o.record and o.record.asked for o in outcomes] == [o.asked for o in outcomes]
    assert desk.server.targets() == ["/old/a", "/reports/a", "/older/a"]


def test_a_link_for_a_half_is_not_followed(desk: Desk) -> None:
    """What it leads to stays as it is."""
    own = desk.folder / "own.txt"
    own.write_text("mine")
    desk.server.routes["/a"] = reply(PDF)
    part = Partial(desk.folder / "parts", f"{desk.server.base}/a")
    part.begin('"1"', "", None)
    data = next((desk.folder / "parts").glob("*.part"))
    data.unlink()
    data.symlink_to(own)
    assert part.started() is None
    assert desk.fetch("/a").kind == "fetched"
    assert own.read_text() == "mine"
    assert "range" not in desk.server.asked[-1].headers


def test_an_address_is_asked_once_a_run(desk: Desk) -> None:
    """Two works may name the same file, and write its address in two ways."""
    desk.server.routes["/a"] = reply(PDF)
    fetcher = desk.fetcher()
    first, second = fetcher.fetch(f"{desk.server.base}/a#page=3"), fetcher.fetch(f"{desk.server.base}/x/../a")
    assert first.record is not None
    assert second.record == replace(first.record, asked=second.asked)
    assert desk.server.targets() == ["/a"]


# ---------------------------------------------------------------- politeness


@pytest.mark.parametrize(
    ("robots", "kind"),
    [
        (reply("User-agent: *\nDisallow: /"), "blocked"),
        (reply("User-agent: policy-assistant\nDisallow: /papers"), "blocked"),
        (reply("User-agent: *\nDisallow: /papers/*.pdf$"), "blocked"),
        (reply("\ufeffUser-agent: *\r\nDisallow: /papers"), "blocked"),
        (redirect("/rules/robots.txt"), "blocked"),
        (reply("User-agent: *\nCrawl-delay: 9999"), "blocked"),
        (reply("User-agent: *\nDisallow: /other"), "fetched"),
        (reply("User-agent: *\nDisallow: /\n\nUser-agent: policy-assistant\nAllow: /"), "fetched"),
        (reply("User-agent: *\nDisallow: /\nAllow: /papers/"), "fetched"),
        (reply("", 404), "fetched"),
        (reply("", 403), "fetched"),
        (reply(bytes(range(256)) * 50), "failed"),
        (redirect("http://169.254.169.254/robots.txt"), "failed"),
        (redirect("gopher://a.example/robots.txt"), "failed"),
        (redirect("/robots.txt"), "failed"),
        (redirect("/login"), "failed"),
        (reply("<!doctype html><title>Start</title>"), "fetched"),
        (reply(gzip.compress(b"User-agent: *\nDisallow: /papers"), content_encoding="gzip"), "blocked"),
        (
            reply(gzip.compress(b"User-agent: *\nDisallow: /papers\n" + b"#" * 4_000_000), content_encoding="gzip"),
            "blocked",
        ),
        (reply(gzip.compress(b"User-agent: *\nDisallow: /other"), content_encoding="gzip"), "fetched"),
        (reply(b"xx", content_encoding="gzip"), "failed"),
        (reply(b"xx", content_encoding="br"), "failed"),
        (reply("User-agent: *\nDisallow: /papers".encode("utf-16")), "blocked"),
        (reply("User-agent: *\nDisallow: /papers".encode("utf-16-le")), "blocked"),
        (reply("\ufeffUser-agent: *\nDisallow: /papers"), "blocked"),
        (reply(bytes(range(128, 256)) * 20), "failed"),
        (reply("User-agent: *\nDisallow: /other", 206), "failed"),
        (reply("", 204), "fetched"),
        (reply("", 302), "failed"),
        (reply("User-agent: *\nDisallow: /" + "*a" * 20_000), "fetched"),
        (reply("", 503), "failed"),
        (reply("", 429), "failed"),
        (raw(b""), "failed"),
    ],
)
def test_robots_are_heard(desk: Desk, robots: object, kind: str) -> None:
    """Rules forbid; no rules allow; rules that cannot be read now forbid until they can."""
    desk.server.routes |= {
        "/robots.txt": robots,  # type: ignore[dict-item]
        "/login": reply("<!DOCTYPE html><html><title>Log in</title><form><input type=password></form>"),
        "/rules/robots.txt": reply("User-agent: *\nDisallow: /papers"),
        "/papers/a.pdf": reply(PDF),
    }
    assert desk.fetch("/papers/a.pdf").kind == kind
    assert ("/papers/a.pdf" in desk.server.targets()) == (kind == "fetched")


def test_robots_are_heard_after_a_redirect(desk: Desk) -> None:
    """Another site has rules of its own."""
    with serving() as other:
        other.routes |= {"/robots.txt": reply("User-agent: *\nDisallow: /"), "/b": reply(PDF)}
        desk.server.routes["/a"] = redirect(f"{other.base}/b")
        assert desk.fetch("/a", permit={desk.server.place, other.place}).kind == "blocked"
        assert other.targets() == []


def test_rules_without_an_end_are_read_to_a_limit(desk: Desk) -> None:
    """The first half MiB counts."""
    desk.server.routes |= {
        "/robots.txt": endless(b"User-agent: *\nDisallow: /b\n" * 1000),
        "/a": reply(PDF),
        "/b": reply(PDF),
    }
    assert desk.fetch("/a").kind == "fetched"
    assert desk.fetch("/b").kind == "blocked"


def test_a_host_is_left_in_peace_between_requests(desk: Desk) -> None:
    """Our pause, or the longer one that its robots.txt asks for; rules are asked for once."""
    desk.server.routes |= {f"/{n}": reply(PDF + bytes([65 + n])) for n in range(3)}
    fetcher = desk.fetcher()
    for n in range(3):
        fetcher.fetch(f"{desk.server.base}/{n}")
    assert desk.clock.slept == [2.0, 2.0, 2.0]
    assert [r.target for r in desk.server.asked] == ["/robots.txt", "/0", "/1", "/2"]

    desk.clock.slept.clear()
    desk.server.routes["/robots.txt"] = reply("User-agent: *\nCrawl-delay: 11")
    desk.fetch("/0")
    assert desk.clock.slept == [11.0]


def test_later_means_later(desk: Desk) -> None:
    """429 with its Retry-After is waited for within bounds, and beyond them not asked again."""
    desk.server.routes |= {
        "/soon": in_turn(reply("", 429, retry_after="17"), reply(PDF)),
        "/date": in_turn(reply("", 503, retry_after="Sun, 22 Nov 2026 00:00:23 GMT"), reply(PDF + b"1")),
        "/hours": reply("", 429, retry_after="7200"),
        "/down": reply("", 503),
        "/odd": in_turn(reply("", 500, retry_after="soon, promise"), reply(PDF + b"2")),
    }
    assert desk.fetch("/soon").kind == "fetched"
    assert 17.0 in desk.clock.slept
    assert desk.fetch("/date").kind == "fetched"
    assert 23.0 in desk.clock.slept
    hours = desk.fetch("/hours")
    assert (hours.kind, "7,200 s" in hours.why) == ("failed", True)
    assert desk.server.targets().count("/hours") == 1
    assert desk.fetch("/down").kind == "failed"
    assert desk.server.targets().count("/down") == LIMITS.attempts
    assert desk.fetch("/odd").kind == "fetched"


@pytest.mark.parametrize(("status", "kind"), [(400, "failed"), (401, "blocked"), (402, "blocked"), (403, "blocked"), (404, "dead"),
                                              (410, "dead"), (451, "blocked"), (204, "failed"), (300, "failed"), (501, "failed")])  # fmt: skip
def test_what_will_not_change_is_asked_once(desk: Desk, status: int, kind: str) -> None:
    """Only what means 'later' is tried again."""
    desk.server.routes["/a"] = reply("", status)
    assert desk.fetch("/a").kind == kind
    assert desk.server.targets() == ["/a"]


def test_a_site_that_is_silent_is_not_asked_thrice_for_each_address(desk: Desk) -> None:
    """Once it has failed to answer, one attempt for each further address."""
    desk.server.routes |= {"/a": silence(), "/b": silence()}
    fetcher = desk.fetcher(limits=FetchLimits(read=0.2))
    fetcher.fetch(f"{desk.server.base}/a")
    fetcher.fetch(f"{desk.server.base}/b")
    assert desk.server.targets() == ["/a", "/a", "/a", "/b"]


# ---------------------------------------------------------------- redirects


def test_circles_end(desk: Desk) -> None:
    """Round in circles, round for want of a cookie, and on for ever."""
    desk.server.routes |= {
        "/a": redirect("/b"), "/b": redirect("/a"), "/self": redirect("/self"),
        "/cookie": redirect("/cookie", set_cookie="seen=1"),
        **{f"/{n}": redirect(f"/{n + 1}") for n in range(10)}, "/nowhere": reply("", 302),
    }  # fmt: skip
    assert [desk.fetch(t).kind for t in ("/a", "/self", "/cookie", "/0", "/nowhere")] == [
        "failed", "failed", "blocked", "failed", "failed",
    ]  # fmt: skip
    assert len([t for t in desk.server.targets() if t[1:].isdigit()]) == LIMITS.redirects + 1


def test_a_page_that_only_sends_on_is_followed(desk: Desk) -> None:
    """By a refresh in the page; through the same gate."""
    page = '<html><head><title>x</title><meta http-equiv="refresh" content="0; url={}"></head><body>Please wait.</body></html>'
    desk.server.routes |= {
        "/a": reply(page.format("/papers/b")), "/papers/b": reply(PDF),
        "/c": reply(page.format("http://169.254.169.254/")), "/d": reply(page.format("/e")), "/e": reply(page.format("/d")),
    }  # fmt: skip
    assert [desk.fetch(t).kind for t in ("/a", "/c", "/d")] == ["fetched", "refused", "failed"]


@pytest.mark.parametrize(
    ("to", "kind"),
    [
        ("/", "moved"), ("/index.html", "moved"), ("/kor/main.do", "moved"), ("/error/404.html", "dead"),
        ("/member/login?back=/reports/2020/yards", "blocked"), ("/reports/2020/yards.html", "fetched"),
        ("OTHER/reports/2020/yards", "fetched"), ("OTHER/somewhere/else", "moved"), ("OTHER/", "moved"),
    ],
)  # fmt: skip
def test_where_a_link_has_led_is_said(desk: Desk, to: str, kind: str) -> None:
    """A start page, an error page, a log-in or another site's page is not the source; the same page elsewhere is."""
    with serving() as other:
        desk.names = {"old.example": [LOCAL], "new.test": [LOCAL]}
        place = f"http://new.test:{other.port}"
        paths = ["/", "/index.html", "/kor/main.do", "/error/404.html", "/member/login", "/reports/2020/yards.html",
                 "/reports/2020/yards", "/somewhere/else"]  # fmt: skip
        other.routes |= {p: reply(PAGE) for p in paths}
        desk.server.routes |= {p: reply(PAGE) for p in paths}
        desk.server.routes["/reports/2020/yards"] = redirect(to.replace("OTHER", place))
        outcome = desk.fetch(
            f"http://old.example:{desk.server.port}/reports/2020/yards", permit={desk.server.place, other.place}
        )
        assert outcome.kind == kind
        assert len(desk.kept()) == (kind == "fetched")


# ---------------------------------------------------------------- dead links in an archive


def test_a_dead_link_is_found_in_the_archive_when_asked_for(desk: Desk) -> None:
    """The copy as it was taken, with its day; a service that names another place is not followed."""
    dead = desk.fetch("http://gone.example/reports/yards")
    assert dead.kind == "dead"
    service = f"{desk.server.base}/wayback/available"
    copy = "/web/20190304050607{}/http://gone.example/reports/yards"

    def says(url: object, status: object = "200") -> None:
        body = json.dumps({"archived_snapshots": {"closest": {"available": True, "url": url, "status": status}}})
        desk.server.routes["/wayback/available"] = reply(body)

    desk.server.routes[copy.format("id_")] = reply(PDF)
    desk.names["evil.example"] = [LOCAL]
    evil = f"http://evil.example:{desk.server.port}{copy.format('')}"
    for url in (evil, "http://evil.example/web/20190304050607/http://gone.example/", "http://169.254.169.254/web/20190304050607/http://a.org/x",
                "file:///etc/passwd", 7, None, desk.server.base + "/other"):  # fmt: skip
        says(url)
        assert from_archive(desk.fetcher(), dead, service=service).record is None
    for body in (b"", b"[]", b"{}", b'{"archived_snapshots": {}}', b"[" * 100_000, b"\xff\xfe"):
        desk.server.routes["/wayback/available"] = reply(body)
        assert from_archive(desk.fetcher(), dead, service=service).record is None
    says(desk.server.base + copy.format(""), "404")
    assert from_archive(desk.fetcher(), dead, service=service).record is None

    unasked = from_archive(desk.fetcher(), dead, service="http://archive.example/available")
    assert (unasked.kind, unasked.record) == ("dead", None)
    assert "the archive could not be asked" in unasked.why
    assert "has no copy" in from_archive(desk.fetcher(), dead, service=service).why
    says(desk.server.base + copy.format(""))
    desk.server.routes[copy.format("id_")] = reply("", 500)
    failed = from_archive(desk.fetcher(), dead, service=service)
    assert "its copy of 2019-03-04 in the Wayback Machine could not be had" in failed.why
    desk.server.routes[copy.format("id_")] = reply(PDF)

    says(desk.server.base + copy.format(""))
    found = from_archive(desk.fetcher(), dead, service=service)
    assert found.kind == "fetched"
    assert found.record is not None
    assert (found.record.asked, found.record.archived) == ("http://gone.example/reports/yards", "2019-03-04")
    assert found.record.final == desk.server.base + copy.format("id_")
    assert "url=http%3A%2F%2Fgone.example%2Freports%2Fyards" in next(
        t for t in desk.server.targets() if "available" in t
    )


# ---------------------------------------------------------------- certificates


def _certificate(folder: Path, name: str, *, days: int = 30) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's context with a certificate for `name`, and one of a visitor who trusts whoever made it."""
    x509 = pytest.importorskip("cryptography.x509", reason="certificates are made with cryptography")
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=60))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / f"{name}.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + made.public_bytes(serialization.Encoding.PEM)
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(path)
    return server, ssl.create_default_context(cafile=str(path))


def test_a_certificate_is_checked_against_the_name(tmp_path: Path) -> None:
    """The connection goes to a number, and the certificate must still be that of the name in the address."""
    theirs, ours = _certificate(tmp_path, "paper.example")
    with serving(theirs) as server:
        desk = Desk(tmp_path, server, names={"paper.example": [LOCAL], "other.example": [LOCAL]})
        server.routes["/a"] = reply(PDF)
        assert desk.fetch(f"https://paper.example:{server.port}/a", tls=ours).kind == "fetched"
        for host in ("other.example", LOCAL):
            wrong = desk.fetch(f"https://{host}:{server.port}/a", tls=ours)
            assert (wrong.kind, "certificate" in wrong.why) == ("failed", True)
        stranger = desk.fetch(f"https://paper.example:{server.port}/a")
        assert (stranger.kind, "certificate" in stranger.why) == ("failed", True)
        assert server.targets() == ["/a"]


def test_an_old_certificate_and_no_tls_at_all_are_failures(tmp_path: Path) -> None:
    """A certificate whose time is over, and a server that speaks plain HTTP on the port."""
    theirs, ours = _certificate(tmp_path, "paper.example", days=-1)
    with serving(theirs) as old, serving() as plain:
        plain.routes["/a"] = reply(PDF)
        for server in (old, plain):
            desk = Desk(tmp_path, server, names={"paper.example": [LOCAL]})
            assert desk.fetch(f"https://paper.example:{server.port}/a", tls=ours).kind == "failed"
            assert server.targets() == []


def test_a_stop_wakes_whoever_waits(desk: Desk) -> None:
    """From another thread: what is being fetched fails at once, what comes after is not asked, and nothing is kept."""
    desk.server.routes |= {"/a": silence(20.0), "/b": reply(PDF)}
    fetcher = desk.fetcher(limits=FetchLimits(connect=20.0, read=20.0, request=20.0, delay=0.0))
    outcomes: list[Outcome] = []
    thread = threading.Thread(target=lambda: outcomes.append(fetcher.fetch(f"{desk.server.base}/a")))
    thread.start()
    deadline = time.monotonic() + 10
    while "/a" not in desk.server.targets() and time.monotonic() < deadline:
        time.sleep(0.01)
    began = time.monotonic()
    fetcher.stop()
    thread.join(10)
    assert time.monotonic() - began < 5
    assert [o.kind for o in outcomes] == ["failed"]
    assert fetcher.fetch(f"{desk.server.base}/b").kind == "failed"
    assert desk.server.targets() == ["/a"]
    assert desk.kept() == []


def test_a_port_that_is_permitted_is_so_at_its_number_alone(desk: Desk) -> None:
    """Another machine is not asked at an odd port because one of one's own is."""
    desk.names["elsewhere.example.com"] = ["93.184.216.34"]
    outcome = desk.fetch(f"http://elsewhere.example.com:{desk.server.port}/a")
    assert outcome.kind == "refused"
    assert "port" in outcome.why


def landing(pdf: str) -> str:
    """The page about a publication, as repositories have it: an abstract, and for search engines where the PDF lies."""
    return PAGE.replace("</head>", f'<meta name="citation_pdf_url" content="{pdf}"></head>')


def test_the_pdf_of_a_publication_is_kept_and_not_the_page_about_it(desk: Desk) -> None:
    """What a repository's page says of its PDF is followed, through all checks; the page is asked first each time, and
    an unchanged PDF is not sent again."""

    def pdf(request: Request, line: socket.socket) -> None:
        known = request.headers.get("if-none-match") == '"7"'
        line.sendall(head(304, etag='"7"')) if known else reply(PDF, etag='"7"')(request, line)

    desk.server.routes |= {"/item/7": reply(landing("/files/7.pdf")), "/files/7.pdf": pdf}
    outcome = desk.fetch("/item/7")
    assert outcome.kind == "fetched"
    assert outcome.record is not None
    assert (outcome.record.asked, outcome.record.final) == tuple(
        desk.server.base + p for p in ("/item/7", "/files/7.pdf")
    )
    assert outcome.record.type == "application/pdf"
    assert desk.fetch("/item/7", outcome.record).kind == "unchanged"
    assert len(desk.kept()) == 1


@pytest.mark.parametrize(
    ("pdf", "route"),
    [
        ("/files/gone.pdf", None),
        ("/files/busy.pdf", reply("", 503)),
        ("/files/viewer.pdf", reply(PAGE)),
        ("/files/walled.pdf", reply("<title>Log in</title><h1>Log in</h1><input type=password>")),
        ("/private/7.pdf", reply(PDF)),
        ("http://169.254.169.254/7.pdf", None),
        ("/item/7", None),
        ("ftp://127.0.0.1/7.pdf", None),
    ],
)
def test_the_page_is_kept_where_its_pdf_is_not_to_be_had(desk: Desk, pdf: str, route: Route | None) -> None:
    """Gone, busy, walled, forbidden, not public, a page again: the page is the source then, and the outcome says so."""
    desk.server.routes |= {"/item/7": reply(landing(pdf)), "/robots.txt": reply("User-agent: *\nDisallow: /private/")}
    if route is not None:
        desk.server.routes[pdf] = route
    outcome = desk.fetch("/item/7")
    assert outcome.kind == "fetched"
    assert outcome.record is not None
    assert (outcome.record.final, outcome.record.type) == (f"{desk.server.base}/item/7", "text/html")
    followed = pdf.startswith(("/files", "/private", "http:"))
    assert ("PDF" in outcome.why) == followed
    assert "/private/7.pdf" not in desk.server.targets()


def test_a_page_of_scripts_is_told_by_its_pdf(desk: Desk) -> None:
    """A repository that shows nothing without scripts is had by the PDF that it names, and else is what it was."""
    page = f"<html><head><title>Item</title><meta name='citation_pdf_url' content='{{}}'><script>{'x' * 99}</script></head>"
    desk.server.routes |= {"/a": reply(page.format("/a.pdf")), "/a.pdf": reply(PDF), "/b": reply(page.format("/b.pdf"))}
    assert desk.fetch("/a").kind == "fetched"
    assert desk.fetch("/b").kind == "blocked"
    assert len(desk.kept()) == 1
