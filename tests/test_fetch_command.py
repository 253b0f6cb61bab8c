"""`assistant sources fetch`, the whole way: from the ledger's gaps to held sources, against servers that misbehave."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from assistant import cli, config, wiring
from assistant.config import Settings
from assistant.sources import attempts
from assistant.store import generations
from assistant.wiring import fetch
from tests.servers import LOCAL, Request, Server, drip, endless, head, redirect, reply, resumable, serving

pytestmark = pytest.mark.allow_hosts([LOCAL, "127.0.0.2"])

PAPER = """# Lighthouses and Their Keepers in Marenland

## The towers

Marenland had forty-one lighthouses in 1950.[^1] Each of them had two keepers and a horse.

[^1]: The count is of the spring, and leaves out the lightships.
"""
COAST = (
    "The board counted forty-one lighthouses along the coast in the spring of 1950, and manned all but three of them."
)


def article(title: str = "Lights of the Coast", more: str = "", head: str = "") -> str:
    """A page as sites make them: the article among menus and links."""
    text = "".join(
        f"<p>In the year {1930 + n} the board built {n + 2} towers on the western cliffs and lit {n * 3 + 1} lamps, which "
        "the keepers trimmed twice in every night of the winter half of the year.</p>"
        for n in range(12)
    )
    return (
        f"<!doctype html><html lang='en'><head><title>{title} | Marenland Gazette</title>{head}</head><body>"
        "<nav><a href='/'>Home</a><a href='/news'>News</a><a href='/sport'>Sport</a></nav>"
        f"<article><h1>{title}</h1><p>{COAST}</p>{text}{more}</article>"
        "<footer><a href='/about'>Imprint and privacy of the Gazette</a></footer></body></html>"
    )


LOGIN = (
    "<!doctype html><html><head><title>Log in</title></head><body><form><h1>Log in to continue</h1><input name='user'>"
    "<input type='password' name='p'><a href='/forgot'>Forgot your password?</a></form></body></html>"
)


@dataclass
class Desk:
    """A corpus whose catalogue cites works at a server, driven by the command line."""

    root: Path
    server: Server
    output: pytest.CaptureFixture[str]

    @property
    def sources(self) -> Path:
        return self.root / "corpus" / "sources"

    @property
    def state(self) -> Path:
        """The folder of what is remembered for this corpus."""
        return wiring.memory(self.settings)

    @property
    def settings(self) -> Settings:
        return config.load()

    def cite(self, works: dict[str, str], retrieval: str = "web", field: str = "url") -> None:
        """The catalogue's records: id -> path on the server, or an address."""
        records = [
            f'[[work]]\nid = "{id}"\nkind = "source"\ntitle = "Lights of the Coast, volume {id}"\n'
            f'{field} = "{place if "://" in place or field == "doi" else self.server.base + place}"\n'
            f'retrieval = "{retrieval}"\nnamed_by = ["towers#1"]\n'
            for id, place in works.items()
        ]
        with (self.root / "corpus" / "catalog.toml").open("a", encoding="utf-8") as file:
            file.write("\n".join(records))
        self.run("ingest")

    def run(self, *arguments: str) -> tuple[int, str, str]:
        status = cli.main(arguments)
        said = self.output.readouterr()
        return status, said.out, said.err

    def fetch(self, *arguments: str) -> dict[str, Any]:
        """What `sources fetch --json` says; by work under 'by'."""
        status, out, err = self.run("sources", "fetch", "--json", *arguments)
        assert status == 0, err
        value: dict[str, Any] = json.loads(out)
        value["by"] = {each["work"]: each for each in value.get("asked", ())}
        return value

    def held(self) -> set[str]:
        library = generations.current(self.settings.index).library()
        return {e.work.id for e in wiring.open_ledger(self.settings, library).entries if e.state == "held"}

    def kept(self) -> list[str]:
        return sorted(p.name for p in self.sources.iterdir()) if self.sources.is_dir() else []


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as made:
        yield made


@pytest.fixture
def desk(tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Desk:
    (tmp_path / "corpus" / "papers").mkdir(parents=True)
    (tmp_path / "corpus" / "papers" / "towers.md").write_text(PAPER, encoding="utf-8")
    settings = {
        "OCR": "off", "CORPUS": "corpus", "INDEX": "index", "STATE": "state", "EMBEDDER": "hashing", "FETCH_DELAY": "0",
        "FETCH_SECONDS": "20", "FETCH_MAX_MB": "1", "FETCH_PERMIT": f"{LOCAL}:{server.port}",
    }  # fmt: skip
    for name, value in settings.items():
        monkeypatch.setenv(f"ASSISTANT_{name}", value)
    monkeypatch.chdir(tmp_path)
    return Desk(tmp_path, server, capsys)


# ---------------------------------------------------------------- the way through


def test_from_a_gap_to_a_held_source(desk: Desk) -> None:
    """What is cited and missing is fetched, kept under the work's id, indexed and held; the second run asks nobody, and
    one that insists is told 'unchanged'."""
    etag = '"1"'

    def page(request: Request, line: Any) -> None:
        if request.headers.get("if-none-match") == etag:
            line.sendall(head(304, etag=etag))
        else:
            reply(article(), etag=etag)(request, line)

    desk.server.routes |= {"/coast": page, "/old": redirect("/coast-report"), "/coast-report": reply(article())}
    desk.cite({"coast": "/coast", "gone": "/nowhere", "report": "/old"})
    status, out, err = desk.run("sources", "fetch")
    assert status == 0
    assert out.startswith(f"asks for 3 addresses at 1 host ({LOCAL})")
    assert "fetched    coast: sources/coast.html" in out
    assert "fetched 2, dead 1" in out
    assert "--archive" in out
    assert "held: 2 of the 3" in out
    assert "fetching" in err
    assert desk.kept() == ["coast.html", "report.html"]
    assert desk.held() == {"coast", "report"}

    asked = len(desk.server.asked)
    again = desk.fetch()
    assert again["asked"] == []
    assert {x["work"]: x["reason"] for x in again["left"]}["gone"] == "asked before"
    assert len(desk.server.asked) == asked

    insisted = desk.fetch("--again")
    assert insisted["by"]["coast"]["outcome"] == "unchanged"
    assert insisted["by"]["gone"]["outcome"] == "dead"
    assert insisted["ingest"] is None


def test_what_is_fetched_answers(desk: Desk) -> None:
    """A fetched page is a document of its article, with what the page says of itself, and is quoted as a source."""
    meta = (
        "<meta name='author' content='Ines Falk'><meta property='article:published_time' content='1951-03-02'>"
        "<link rel='canonical' href='https://gazette.example/coast'>"
    )
    desk.server.routes["/coast"] = reply(article(head=meta), content_type="application/octet-stream")
    desk.cite({"coast": "/coast"})
    desk.fetch()
    document = generations.current(desk.settings.index).library().document("coast")
    assert COAST in document.text
    for furniture in ("Home", "Sport", "Imprint"):
        assert furniture not in document.text
    assert (document.work.kind, document.media_type) == ("source", "text/html")
    status, out, _ = desk.run("ask", "How many lighthouses did the board count along the coast in 1950?", "--json")
    assert status == 0
    cited = [c for c in json.loads(out)["citations"] if c["document"] == "coast"]
    assert cited
    assert cited[0]["kind"] == "source"
    assert document.text[cited[0]["start"] : cited[0]["end"]] == cited[0]["quote"]


def test_two_works_at_one_address(desk: Desk) -> None:
    """The address is asked once, and each work is held."""
    desk.server.routes["/coast"] = reply(article())
    desk.cite({"coast-a": "/coast", "coast-b": "/coast#part-2"})
    assert {id: each["outcome"] for id, each in desk.fetch()["by"].items()} == {
        "coast-a": "fetched",
        "coast-b": "fetched",
    }
    assert desk.server.targets() == ["/coast"]
    assert desk.kept() == ["coast-a.html", "coast-b.html"]
    assert desk.held() == {"coast-a", "coast-b"}
    assert {each["outcome"] for each in desk.fetch("--again")["asked"]} == {"unchanged"}
    assert desk.kept() == ["coast-a.html", "coast-b.html"]


def test_a_page_that_no_record_names_keeps_its_own_facts(desk: Desk) -> None:
    """For a work that only a note names, the document says what its page says: title, authors, date."""
    meta = "<meta name='author' content='Ines Falk'><meta property='article:published_time' content='1951-03-02'>"
    desk.server.routes["/news/coast"] = reply(article(head=meta))
    comment = "The count is of the spring, and leaves out the lightships."
    cited = f'Marenland Harbour Board, "Lights of the Coast," 1951, {desk.server.base}/news/coast.'
    paper = PAPER.replace(comment, cited)
    (desk.root / "corpus" / "papers" / "towers.md").write_text(paper, encoding="utf-8")
    desk.run("ingest")
    found = desk.fetch()
    assert [each["outcome"] for each in found["asked"]] == ["fetched"]
    (id,) = found["by"]
    assert desk.held() == {id}
    library = generations.current(desk.settings.index).library()
    entry = wiring.open_ledger(desk.settings, library).entry(id)
    assert entry is not None
    assert entry.document is not None
    work = library.document(entry.document).work
    assert (work.title, [str(p) for p in work.authors], work.issued) == (
        "Lights of the Coast",
        ["Ines Falk"],
        "1951-03-02",
    )
    assert work.kind == "source"


# ---------------------------------------------------------------- every way in which it goes wrong


def test_each_outcome_is_said_and_remembered(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Dead, moved, forbidden, walled, refused, too large, cut off: nothing is kept, each is told with what to do, and
    what stays so is not asked again within a week."""
    monkeypatch.setenv("ASSISTANT_FETCH_SECONDS", "2")
    desk.server.routes |= {
        "/robots.txt": reply("User-agent: *\nDisallow: /private/\n"),
        "/news/2019/lights-of-the-coast": redirect("/"),
        "/": reply(article("Marenland Gazette")),
        "/private/report": reply(article()),
        "/login": reply(LOGIN),
        "/inside": redirect("http://169.254.169.254/latest/meta-data/"),
        "/endless": endless(),
        "/drip": drip(head(200)),
        "/busy": reply("", 503),
        "/fine": reply(article()),
    }
    paths = {
        "gone": "/nowhere", "moved": "/news/2019/lights-of-the-coast", "forbidden": "/private/report",
        "walled": "/login", "inside": "/inside", "endless": "/endless", "drip": "/drip", "busy": "/busy",
        "fine": "/fine", "metadata": "http://169.254.169.254/latest/", "other-port": f"http://{LOCAL}:1/x",
        "two-readings": "http://a.example@b.example/",
    }  # fmt: skip
    desk.cite(paths)
    status, out, _ = desk.run("sources", "fetch")
    assert status == 0
    said = {line.split()[1].rstrip(":"): line for line in out.splitlines() if len(line.split()) > 1}
    kinds = {
        "gone": "dead", "moved": "moved", "forbidden": "blocked", "walled": "blocked", "inside": "refused",
        "endless": "too large", "drip": "failed", "busy": "failed", "fine": "fetched", "metadata": "refused",
        "other-port": "refused", "two-readings": "refused",
    }  # fmt: skip
    remembered = attempts.remembered(desk.state)
    assert {id: each.outcome.kind for id, each in remembered.items()} == kinds
    assert all(each.outcome.why for each in remembered.values())
    assert said["fine"].startswith("fetched")
    assert "robots.txt" in out
    assert "log-in" in out
    assert desk.kept() == ["fine.html"]
    assert desk.held() == {"fine"}
    assert "/private/report" not in desk.server.targets()

    before = len(desk.server.targets())
    desk.server.routes["/drip"] = desk.server.routes["/busy"] = reply(article())
    second = desk.fetch("--no-ingest")
    assert {id: each["outcome"] for id, each in second["by"].items()} == {"busy": "fetched", "drip": "fetched"}
    assert {x["work"] for x in second["left"] if x["reason"] == "asked before"} == {
        id for id, kind in kinds.items() if kind not in ("failed", "fetched")
    }
    assert set(desk.server.targets()[before:]) == {"/busy", "/drip"}


def test_a_failed_attempt_is_old_after_a_week_and_of_another_address_says_nothing(desk: Desk) -> None:
    """What was dead is asked again a week later, by name at once, and at once where the record has a new address."""
    desk.cite({"gone": "/nowhere"})
    assert desk.fetch()["by"]["gone"]["outcome"] == "dead"
    assert desk.fetch()["asks"] == []
    assert desk.fetch("gone")["by"]["gone"]["outcome"] == "dead"
    held = attempts.read(desk.state)
    old = json.loads((desk.state / attempts.FILE).read_text())
    old["works"]["gone"]["date"] = "2020-01-01T00:00:00+00:00"
    (desk.state / attempts.FILE).write_text(json.dumps(old))
    assert desk.fetch()["by"]["gone"]["outcome"] == "dead"
    assert attempts.read(desk.state)["gone"].attempt.date >= held["gone"].attempt.date
    desk.server.routes["/there"] = reply(article())
    catalog = desk.root / "corpus" / "catalog.toml"
    catalog.write_text(catalog.read_text().replace("/nowhere", "/there"))
    desk.run("ingest")
    assert desk.fetch()["by"]["gone"]["outcome"] == "fetched"


def test_a_cut_file_goes_on_where_it_broke(desk: Desk) -> None:
    """A run takes up the half of an earlier one: no byte is sent twice. Halves of long ago are removed."""
    data = article(more=f"<!-- {'fog ' * 60_000} -->").encode()
    (desk.state / "parts").mkdir(parents=True)
    forgotten = desk.state / "parts" / "forgotten.part"
    forgotten.write_text("half of a file that nobody asked for again")
    os.utime(forgotten, (0, 0))
    desk.server.routes["/long"] = resumable(data, 60_000, content_type="text/html")
    desk.cite({"long": "/long"})
    assert desk.fetch()["by"]["long"]["outcome"] == "failed"
    assert desk.kept() == []
    assert list((desk.state / "parts").iterdir())
    assert desk.fetch()["by"]["long"]["outcome"] == "fetched"
    assert (desk.sources / "long.html").read_bytes() == data
    asked = [r for r in desk.server.asked if r.target == "/long"]
    starts = [int(r.headers["range"].removeprefix("bytes=").removesuffix("-")) for r in asked[1:]]
    assert starts == [60_000 * n for n in range(1, len(asked))]
    assert len(asked) == len(data) // 60_000 + 1
    assert not list((desk.state / "parts").iterdir())


def test_one_at_a_time_to_a_host_and_hosts_side_by_side(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Requests to one host never overlap and keep their pause; another host is asked meanwhile."""

    def slow(request: Request, line: Any) -> None:
        time.sleep(0.3)
        reply(article())(request, line)

    with serving(number="127.0.0.2") as other:
        monkeypatch.setenv("ASSISTANT_FETCH_PERMIT", f"{LOCAL}:{desk.server.port} 127.0.0.2:{other.port}")
        monkeypatch.setenv("ASSISTANT_FETCH_DELAY", "1")
        for n in range(2):
            desk.server.routes[f"/{n}"] = slow
            other.routes[f"/{n}"] = slow
        desk.cite({f"here-{n}": f"/{n}" for n in range(2)} | {f"there-{n}": f"{other.base}/{n}" for n in range(2)})
        status, out, err = desk.run("sources", "fetch", "--no-ingest")
        assert status == 0, err
        assert "at 2 hosts" in out
        assert "fetched 4" in out
        for each in (desk.server, other):
            times = sorted(each.times)
            assert len(times) == 3  # robots.txt and two pages
            assert all(later[0] - earlier[1] >= 0.9 for earlier, later in itertools.pairwise(times))
        assert min(other.times)[0] < max(desk.server.times)[0]
        assert min(desk.server.times)[0] < max(other.times)[0]


# ---------------------------------------------------------------- what is never done


def test_a_file_of_ones_own_is_never_replaced(desk: Desk) -> None:
    """Neither one that was put there before, nor a fetched one that somebody has changed since."""
    desk.server.routes["/coast"] = reply(article())
    desk.sources.mkdir()
    desk.cite({"coast": "/coast"})
    mine = desk.sources / "coast.txt"
    mine.write_text("My own notes on the lights of the coast, taken in the archive of the board.", encoding="utf-8")
    left = desk.fetch("coast", "--no-ingest")["left"]
    assert [x["reason"] for x in left] == ["other file"]
    assert desk.kept() == ["coast.txt"]
    mine.unlink()
    assert desk.fetch()["by"]["coast"]["outcome"] == "fetched"
    page = desk.sources / "coast.html"
    page.write_text(page.read_text() + "<!-- mine -->")
    assert desk.fetch("coast")["asked"] == []
    assert page.read_text().endswith("<!-- mine -->")
    page.unlink()
    desk.run("ingest")
    assert desk.fetch()["by"]["coast"]["outcome"] == "fetched"
    assert "if-none-match" not in desk.server.asked[-1].headers


def test_nothing_is_fetched_unless_asked_for(desk: Desk) -> None:
    """No other command asks the server, with works missing. A dry run lists what would be asked, at which hosts, and why
    each other work is left out: it asks nobody and writes nothing. A book, a paywall, a data service are asked for where
    a person names them."""
    desk.server.routes |= {"/coast": reply(article()), "/table": reply(article("A table of lamps"))}
    desk.cite({"coast": "/coast"})
    desk.cite({"table": "/table"}, retrieval="data-service")
    desk.cite({"article": "10.1234/abc"}, retrieval="open", field="doi")
    for line in (["ingest"], ["ask", "How many lighthouses had Marenland in 1950?"], ["search", "lighthouses"], ["show"],
                 ["show", "towers"], ["sources"], ["doctor"]):  # fmt: skip
        desk.run(*line)
    found = desk.fetch("--dry-run")
    assert {a["work"]: (a["address"], a["host"]) for a in found["asks"]} == {
        "coast": (f"{desk.server.base}/coast", LOCAL), "article": ("https://doi.org/10.1234/abc", "doi.org"),
    }  # fmt: skip
    assert ("table", "not retrievable") in {(x["work"], x["reason"]) for x in found["left"]}
    status, out, _ = desk.run("sources", "fetch", "--dry-run")
    assert status == 0
    assert "asks nothing now" in out
    assert "data behind a query" in out
    assert desk.server.asked == []
    assert not (desk.state / attempts.FILE).exists()
    assert not desk.sources.exists()
    assert desk.fetch("table", "--no-ingest")["by"]["table"]["outcome"] == "fetched"
    assert desk.server.targets() == ["/table"]


def test_a_work_that_comes_as_another_type_replaces_its_old_file(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """One file a work: a page that has become a text is kept as one, and the page goes. Every request says who asks."""
    monkeypatch.setenv("ASSISTANT_FETCH_CONTACT", "library@marenland.example")
    desk.server.routes["/coast"] = reply(article())
    desk.cite({"coast": "/coast"})
    desk.fetch("--no-ingest")
    assert desk.kept() == ["coast.html"]
    desk.server.routes["/coast"] = reply("Lights of the Coast\n\n" + f"{COAST} " * 9)
    assert "not indexed" in {x["reason"] for x in desk.fetch("--no-ingest")["left"] if x["work"] == "coast"}
    assert desk.fetch("--again", "--no-ingest")["by"]["coast"]["outcome"] == "fetched"
    assert desk.kept() == ["coast.txt"]
    assert all("library@marenland.example" in r.headers["user-agent"] for r in desk.server.asked)


# ---------------------------------------------------------------- named errors, and stopping


def test_what_is_wrong_is_one_line_and_asks_nobody(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """No index, a work that nobody names, a folder that takes no file, another process that fetches, a wrong setting, a
    memory that is not ours: each is said with what to do, before anything is asked."""

    def refused(*arguments: str) -> str:
        status, out, err = desk.run("sources", "fetch", *arguments)
        assert (status, out, err.count("\n")) == (1, "", 1), (out, err)
        return err

    assert "ingest" in refused()
    desk.cite({"lights-of-the-coast": "/coast"})
    assert "lights-of-the-coast" in refused("lights-of-the-cost")
    desk.state.mkdir(exist_ok=True)
    with FileLock(desk.state / "fetch.lock"):
        assert "another process is fetching" in refused()
    for name, value in (
        ("permit", "localhost"), ("permit", "10.0.0.1"), ("permit", "fd00::1:80"), ("contact", "a\nb: c"), ("delay", "-1"),
        ("seconds", "soon"),
    ):  # fmt: skip
        with monkeypatch.context() as patch:
            patch.setenv(f"ASSISTANT_FETCH_{name.upper()}", value)
            said = refused()
            assert f"fetch_{name}" in said
            assert "give" in said
    desk.sources.write_text("a file where the folder should be")
    assert "sources" in refused()
    desk.sources.unlink()
    for nonsense in ('{"works": {"lights-of-the-coast": {"outcome": "eaten"}}}', "[]", '{"works": {"x": 1}}', "{"):
        (desk.state / attempts.FILE).write_text(nonsense)
        said = refused()
        assert attempts.FILE in said
        assert "delete" in said
    assert desk.server.asked == []


def test_a_stop_leaves_what_was_complete(desk: Desk) -> None:
    """Ctrl+C in the middle: the process ends at once, what had come is kept and remembered, what was on its way is
    neither; the next run goes on."""
    waiting, released = threading.Event(), threading.Event()

    def hangs(request: Request, line: Any) -> None:
        waiting.set()
        released.wait(30)

    desk.server.routes |= {"/first": reply(article()), "/hangs": hangs}
    desk.cite({"first": "/first", "hangs": "/hangs"})
    environment = {
        **os.environ,
        "ASSISTANT_FETCH_SECONDS": "60",
        "PYTHONPATH": os.pathsep.join(p for p in sys.path if p),
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "assistant", "sources", "fetch"], env=environment, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert waiting.wait(60)
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=8)
        if (
            process.poll() is None
        ):  # on a loaded machine a library has been seen to swallow the first: a person presses again
            process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=40)
        assert time.monotonic() - began < 40
    finally:
        released.set()
        with contextlib.suppress(ProcessLookupError):
            process.kill()
    assert process.returncode == 130
    assert "stopped" in err
    assert "Traceback" not in err
    assert desk.kept() == ["first.html"]
    assert {id: each.outcome.kind for id, each in attempts.remembered(desk.state).items()} == {"first": "fetched"}
    desk.server.routes["/hangs"] = reply(article())
    assert list(desk.fetch()["by"]) == ["hangs"]
    assert desk.held() == {"first", "hangs"}


# ---------------------------------------------------------------- the archive


def test_the_archive_is_asked_for_what_is_dead(desk: Desk) -> None:
    """Only where a person says so; the copy is marked with its day, and a work found dead of late is not asked anew."""
    old = f"{desk.server.base}/lost"
    copy = f"{desk.server.base}/web/20190301000000id_/{old}"
    found = {"archived_snapshots": {"closest": {"url": copy.replace("id_", ""), "status": "200", "available": True}}}
    desk.server.routes |= {
        "/wayback/available": reply(json.dumps(found)),
        copy.removeprefix(desk.server.base): reply(article()),
    }
    desk.cite({"lost": "/lost"})
    assert desk.fetch()["by"]["lost"]["outcome"] == "dead"
    desk.server.asked.clear()
    (ask,) = desk.fetch("--archive", "--dry-run")["asks"]
    assert (ask["work"], ask["archive_only"]) == ("lost", True)
    _, done = fetch.fetch(desk.settings, archive=True, service=f"{desk.server.base}/wayback/available")
    assert [d.outcome.kind for d in done] == ["fetched"]
    assert "/lost" not in desk.server.targets()
    record = attempts.read(desk.state)["lost"].record
    assert record is not None
    assert (record.archived, record.asked) == ("2019-03-01", old)
    assert record.sha256 == sha256((desk.sources / "lost.html").read_bytes()).hexdigest()
    assert "2019-03-01" in attempts.remembered(desk.state)["lost"].outcome.why
    desk.run("ingest")
    assert desk.held() == {"lost"}
    assert desk.fetch("--again")["by"]["lost"]["outcome"] == "dead"
    held = desk.run("sources", "--json")[1]
    assert "2019-03-01" in json.loads(held)["works"][0]["why"]
    assert desk.kept() == ["lost.html"]


# ---------------------------------------------------------------- what is not the source


def test_a_page_poses_as_no_other_work(desk: Desk) -> None:
    """It says in its head that it is a speech of the treasury, by DOI, address and title; it answers as the page that
    was cited, and the speech stays to be had."""
    speech = "Annual Budget Speech of the Marenland Treasury to Parliament"
    (desk.root / "corpus" / "catalog.toml").write_text(
        f'[[work]]\nid = "speech"\nkind = "source"\ntitle = "{speech}"\nissued = "2024"\ndoi = "10.5555/other"\n'
        'url = "https://treasury.example/budget/speech"\nretrieval = "paywalled"\nnamed_by = ["towers#1"]\n',
        encoding="utf-8",
    )
    head = (
        '<meta name="citation_doi" content="10.5555/other">'
        '<link rel="canonical" href="https://treasury.example/budget/speech">'
        f'<meta name="citation_title" content="{speech}"><meta property="og:title" content="{speech}">'
    )
    soup = f'Ann Doe, "Soup and Its Makers," Soup Weekly, 2021, {desk.server.base}/soup.'
    paper = PAPER.replace("The count is of the spring, and leaves out the lightships.", soup)
    (desk.root / "corpus" / "papers" / "towers.md").write_text(paper, encoding="utf-8")
    tariff = "<p>The Treasury will abolish every tariff on imported lamps in 2025.</p>"
    desk.server.routes["/soup"] = reply(article("Soup and Its Makers", more=tariff, head=head))
    desk.run("ingest")
    outcomes = desk.fetch()["by"]
    assert [each["outcome"] for each in outcomes.values()] == ["fetched"]
    assert "speech" not in desk.held()
    assert desk.held() == set(outcomes)
    _, out, _ = desk.run("ask", "--json", "What will the Treasury do with tariffs on imported lamps in 2025?")
    assert "abolish every tariff" in out
    assert '"speech"' not in out


def test_another_page_is_kept_only_where_a_person_says_so(desk: Desk) -> None:
    """An address may give another page without a word: nothing of it is quoted, the ledger asks, `--keep` settles."""
    desk.server.routes["/coast"] = reply(article("Recipes for Soup").replace("coast", "leek").replace("along", "with"))
    desk.cite({"coast": "/coast"})
    each = desk.fetch()["by"]["coast"]
    assert each["outcome"] == "another page"
    assert "Recipes for Soup" in each["why"]
    assert "assistant sources fetch coast --keep" in each["why"]
    assert desk.kept() == []
    library = generations.current(desk.settings.index).library()
    entry = wiring.open_ledger(desk.settings, library).entry("coast")
    assert entry is not None
    assert (entry.state, entry.document) == ("ambiguous", None)
    assert "--keep" in entry.why
    assert desk.fetch()["asks"] == []  # it is not asked again at once
    assert desk.run("sources", "fetch", "--keep")[0] == 2
    assert desk.fetch("coast", "--keep")["by"]["coast"]["outcome"] == "fetched"
    assert desk.held() == {"coast"}


def test_two_works_at_one_address_are_judged_apart(desk: Desk) -> None:
    """What is another page to the one is the source to the other."""
    desk.server.routes["/soup"] = reply(article("Recipes for Soup").replace("coast", "leek"))
    (desk.root / "corpus" / "catalog.toml").write_text(
        "\n".join(
            f'[[work]]\nid = "{id}"\nkind = "source"\ntitle = "{title}"\nurl = "{desk.server.base}/soup"\n'
            'retrieval = "web"\nnamed_by = ["towers#1"]\n'
            for id, title in (("a-lights", "Lighthouse Tolls Abolished"), ("b-soup", "Recipes for Soup"), ("c-lights", "Harbour Dues Abolished"))
        ),
        encoding="utf-8",
    )  # fmt: skip
    desk.run("ingest")
    found = {id: each["outcome"] for id, each in desk.fetch()["by"].items()}
    assert found == {"a-lights": "another page", "b-soup": "fetched", "c-lights": "another page"}
    assert desk.kept() == ["b-soup.html"]


# ---------------------------------------------------------------- what stands in the way


def test_a_link_in_place_of_the_folder_is_refused(desk: Desk, tmp_path: Path) -> None:
    """What is kept behind it would not be read: it is said before anybody is asked."""
    desk.cite({"coast": "/coast"})
    (tmp_path / "elsewhere").mkdir()
    desk.sources.symlink_to(tmp_path / "elsewhere")
    for arguments in ((), ("--dry-run",)):
        status, _, err = desk.run("sources", "fetch", *arguments)
        assert status == 1
        assert "is a link" in err
        assert "--corpus" in err
    assert desk.server.asked == []


def test_a_folder_that_cannot_be_used_is_one_line(desk: Desk) -> None:
    """A file where the memory's folder should be, and names that no file has."""
    desk.server.routes["/coast"] = reply(article())
    desk.cite({"coast": "/coast"})
    desk.state.mkdir(exist_ok=True)
    (desk.state / "parts").write_text("in the way")
    status, _, err = desk.run("sources", "fetch")
    assert status == 1
    assert err.strip().splitlines()[-1].startswith("assistant: cannot write to")
    assert desk.server.asked == []
    (desk.state / "parts").unlink()
    desk.fetch()
    file = desk.state / "fetches.json"
    good = file.read_text(encoding="utf-8")
    file.write_text(good.replace("coast.html", "a" * 5000), encoding="utf-8")
    assert desk.run("sources", "fetch", "--dry-run")[0] == 0
    for bad in ("[" * 100_000, '{"works":' + '{"a":' * 100_000):
        file.write_text(bad, encoding="utf-8")
        status, _, err = desk.run("sources", "fetch", "--dry-run")
        assert status == 1
        assert "delete it" in err


def test_a_file_put_there_meanwhile_costs_one_work(desk: Desk) -> None:
    """It stays as it is, whatever the case of its name; the others are fetched."""

    def put(request: Request, line: Any) -> None:
        desk.sources.mkdir(exist_ok=True)
        (desk.sources / "MINE.pdf").write_bytes(b"%PDF mine")
        reply(article("Lights of the Coast, volume mine"))(request, line)

    desk.server.routes |= {"/mine": put, "/other": reply(article("Lights of the Coast, volume other"))}
    desk.cite({"mine": "/mine", "other": "/other"})
    found = desk.fetch("--no-ingest")["by"]
    # The names were looked at before: this one came while the work was asked for.
    assert found["mine"]["outcome"] == "failed"
    assert "sources/MINE.pdf was put there meanwhile" in found["mine"]["why"]
    assert found["other"]["outcome"] == "fetched"
    assert desk.kept() == ["MINE.pdf", "other.html"]
    left = desk.fetch("--no-ingest", "--dry-run")["left"]
    assert ("mine", "other file") in {(each["work"], each["reason"]) for each in left}


def test_a_file_kept_by_a_run_that_was_killed_is_known(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between keeping a file and saying so: the next run knows it for its own, by what was said before."""
    from assistant.backends.web import keeping

    desk.server.routes["/coast"] = reply(article())
    desk.cite({"coast": "/coast"})
    real = keeping.keep_in

    class KilledError(Exception):
        pass

    def keep_and_die(*arguments: Any) -> str:
        real(*arguments)
        raise KilledError

    monkeypatch.setattr(keeping, "keep_in", keep_and_die)
    with pytest.raises(KilledError):
        cli.main(["sources", "fetch"])
    monkeypatch.setattr(keeping, "keep_in", real)
    desk.output.readouterr()
    assert desk.kept() == ["coast.html"]
    left = desk.fetch("--dry-run")["left"]
    assert [(each["work"], each["reason"]) for each in left] == [("coast", "not indexed")]
    desk.run("ingest")
    assert desk.held() == {"coast"}
    assert desk.fetch("coast", "--again")["by"]["coast"]["outcome"] == "unchanged"


def test_what_is_refused_is_not_announced(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither inner numbers nor ports that are no web's are counted as asked; a dry run reads the settings too."""
    desk.server.routes["/coast"] = reply(article())
    desk.cite({
        "coast": "/coast", "inner": "http://10.0.0.1/x", "six": "http://[::ffff:7f00:1]/x", "port": "http://www.example.com:22/x",
        "onward": "/onward",
    })  # fmt: skip
    desk.server.routes["/onward"] = redirect("http://169.254.169.254/latest")
    status, out, _ = desk.run("sources", "fetch", "--no-ingest")
    assert status == 0
    assert out.startswith(f"asks for 2 addresses at 1 host ({LOCAL})")
    by = {id: each.attempt.outcome for id, each in attempts.read(desk.state).items()}
    assert by["inner"].why.endswith("correct the address")
    assert by["port"].why.endswith("correct it")
    assert by["onward"].why.endswith("look for the source elsewhere")
    monkeypatch.setenv("ASSISTANT_FETCH_PERMIT", "localhost:80")
    assert "fetch_permit" in desk.run("sources", "fetch", "--dry-run")[2]
