"""Fetching what documents cite: the ledger's gaps -> files in the corpus, and what became of each address.

The only caller of the fetcher, and itself called by one command: nothing is fetched unless a person asks for it.
"""

from __future__ import annotations

import contextlib
import hashlib
import queue
import re
import threading
import time
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.config import Settings
from assistant.errors import ConfigError, CorpusError, IndexBusyError, StorageError
from assistant.protocols import Progress
from assistant.sources import attempts, wanted
from assistant.sources.attempts import Remembered
from assistant.sources.fetching import KEPT, FetchLimits, Outcome, Record
from assistant.sources.ledger import Attempt, Coverage
from assistant.sources.named import stranger
from assistant.sources.walls import Seen
from assistant.sources.wanted import Ask, Kept, Plan
from assistant.store import generations
from assistant.wiring import SOURCES, memory, open_ledger, open_workers

if TYPE_CHECKING:
    from assistant.backends.web.download import Fetcher

ARCHIVE = "https://archive.org/wayback/available"
"""The Wayback Machine's availability service."""
_HOSTS_AT_ONCE = 4
_LONGEST_STEM = 180
"""Bytes: file systems take names of 255, and a draft's name is longer than the file's."""
_STALE_SECONDS = 30 * 24 * 3600
_CONTACT = re.compile(r"[\w.+@:/~%=?&-]{1,200}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one address."""

    ask: Ask
    outcome: Outcome


def plan(settings: Settings, works: Collection[str] = (), again: bool = False, archive: bool = False) -> Plan:
    """What would be asked now. Opens no connection."""
    permit = permitted(settings.fetch_permit)
    _agent(settings.fetch_contact)
    library = generations.current(settings.index).library()
    folder = settings.corpus / SOURCES
    if folder.is_symlink():
        raise CorpusError(
            f"{str(folder)!r} is a link, which is not followed when the corpus is read: make it a folder, or move the "
            "whole corpus to where there is room and name it with --corpus"
        )
    names = _names(folder)
    found = wanted.plan(
        open_ledger(settings, library),
        _remembered(settings),
        lambda id, record: _kept(folder, names, id, record),
        datetime.now(UTC),
        wanted=works,
        again=again,
        archive=archive,
    )
    return replace(found, asks=tuple(replace(ask, host=_host(ask.address, permit)) for ask in found.asks))


def coverage(settings: Settings) -> Coverage:
    """How much of what is cited is held now."""
    return open_ledger(settings, generations.current(settings.index).library()).coverage()


def _host(address: str, permit: Collection[tuple[str, int]]) -> str | None:
    """The host that an address asks; None for one that is refused as it stands."""
    from assistant.backends.web.addresses import WEB_PORTS, AddressError, not_public, parse_address

    try:
        found = parse_address(address, WEB_PORTS | {port for _, port in permit})
    except AddressError:
        return None
    number = found.ip
    if number is not None and (str(number), found.port) not in permit:
        return found.host if found.port in WEB_PORTS and not_public(number) is None else None
    return found.host


def fetch(
    settings: Settings,
    works: Collection[str] = (),
    *,
    again: bool = False,
    archive: bool = False,
    unseen: bool = False,
    announce: Callable[[Plan], None] = lambda plan: None,
    told: Callable[[Done], None] = lambda done: None,
    progress: Progress = lambda stage, done, total: None,
    service: str = ARCHIVE,
) -> tuple[Plan, Sequence[Done]]:
    """Ask for what is wanted, keep what comes, remember what became of each; the index is not touched.

    `unseen` keeps of the named works also what does not name them: a person has looked. `announce` is told the plan before anything is asked, `told` each outcome as it comes. Raises StorageError where
    the corpus cannot be written, IndexBusyError while another process fetches. Stopped at any moment, what was
    complete stays and is remembered.
    """
    limits, permit, agent = _limits(settings), permitted(settings.fetch_permit), _agent(settings.fetch_contact)
    with _alone(memory(settings)):
        found = plan(settings, works, again, archive)
        if found.asks:
            _writable(settings.corpus, memory(settings))
        announce(found)
        if not found.asks:
            return found, ()
        run = _Run(settings, found, limits, permit, agent, service if archive else None, works if unseen else ())
        return found, run.all(told, progress)


class _Run:
    """One run over a plan: a few threads, each asking the addresses of one host after another."""

    def __init__(
        self, settings: Settings, plan: Plan, limits: FetchLimits, permit: Collection[tuple[str, int]], agent: str,
        service: str | None, trusted: Collection[str] = (),
    ) -> None:  # fmt: skip
        from assistant.backends.web.download import Fetcher

        self._state, self._folder, self._service = memory(settings), settings.corpus / SOURCES, service
        self._plan, self._trusted = plan, frozenset(trusted)
        self._memory = _remembered(settings)
        _sweep(self._state / "parts", "*")
        _sweep(self._folder, ".*.new")
        self._guard = threading.Lock()
        self._stopped = threading.Event()
        self._workers = open_workers(replace(settings, ocr="off"))  # they tell what a file is, and read none
        self._fetcher: Fetcher = Fetcher(
            self._store, self._state / "parts", self._look,
            agent=agent, limits=limits, permit=permit, sleep=self._sleep,
        )  # fmt: skip
        self._asking = threading.local()
        """Whom the thread asks for: the fetcher knows addresses, and no works."""
        self._told: queue.SimpleQueue[Done | BaseException] = queue.SimpleQueue()
        self._hosts: queue.SimpleQueue[list[Ask]] = queue.SimpleQueue()

    def all(self, told: Callable[[Done], None], progress: Progress) -> Sequence[Done]:
        by_host: dict[str | None, list[Ask]] = {}
        for ask in self._plan.asks:
            by_host.setdefault(ask.host, []).append(ask)
        for asks in by_host.values():
            self._hosts.put(asks)
        # Daemons: a thread that hangs in a look-up of names must not keep the process from ending.
        threads = [
            threading.Thread(target=self._work, daemon=True, name=f"fetch-{n}")
            for n in range(min(_HOSTS_AT_ONCE, len(by_host)))
        ]
        done: list[Done] = []
        progress("fetching", 0, len(self._plan.asks))
        for thread in threads:
            thread.start()
        try:
            while len(done) < len(self._plan.asks):
                each = self._told.get()
                if isinstance(each, BaseException):
                    raise each
                done.append(each)
                told(each)
                progress("fetching", len(done), len(self._plan.asks))
        finally:
            self._stopped.set()
            self._fetcher.stop()
            self._workers.close()
            for thread in threads:
                thread.join(5)
        return done

    def _work(self) -> None:
        try:
            while not self._stopped.is_set():
                for ask in self._hosts.get_nowait():
                    if self._stopped.is_set():
                        return
                    outcome = self._outcome(ask)
                    if self._stopped.is_set() and outcome.record is None:
                        return  # cut off: it says nothing of the address
                    self._remember(ask, outcome)
                    self._told.put(Done(ask, outcome))
        except queue.Empty:
            return
        except BaseException as error:  # a full disk, or a fault: the one that waits for us must hear of it
            self._told.put(error)

    def _outcome(self, ask: Ask) -> Outcome:
        self._asking.ask = ask
        try:
            return self._asked(ask)
        except _InTheWayError as error:
            return Outcome("failed", ask.address, str(error))

    def _asked(self, ask: Ask) -> Outcome:
        from assistant.backends.web.wayback import from_archive

        outcome = ask.dead or self._fetcher.fetch(ask.address, ask.known)
        if outcome.kind == "dead" and self._service is not None and not self._stopped.is_set():
            outcome = from_archive(self._fetcher, outcome, ask.known, self._service)
        record = outcome.record
        if record is not None and record.name is not None and Path(record.name).stem != _stem(ask.work):
            # Another work of this run has the same address, which is asked once: each has a file of its own.
            if ask.kept is not None and ask.kept.sha256 == record.sha256:
                return replace(outcome, kind="unchanged", record=replace(record, name=ask.kept.name))
            try:
                data = (self._folder / record.name).read_bytes()
            except OSError as error:
                why = f"sources/{record.name}, which is the same file, cannot be read ({error.strerror or error})"
                return replace(outcome, kind="failed", why=f"{why}: make it readable, and fetch again", record=None)
            if (doubt := self._look(data, record.name).doubt) is not None:
                return replace(outcome, kind="another page", why=doubt, record=None)
            outcome = replace(outcome, kind="fetched", why=KEPT, record=replace(record, name=self._store(data, record)))
        return outcome

    def _look(self, data: bytes, name: str) -> Seen:
        """What a file is, and whether it names the work that is asked for."""
        seen, ask = self._workers.look(data, name), self._asking.ask
        if ask.cited is None or ask.work in self._trusted or not stranger(ask.cited, seen):
            return seen
        called = f" (it calls itself “{title}”)" if (title := " ".join(seen.title.split())[:80]) else ""
        why = (
            f"what is there does not name the work{called}: open it in a browser; if it is the source, "
            f"`assistant sources fetch {ask.work} --keep` keeps it, else correct the address"
        )
        return replace(seen, doubt=why)

    def _sleep(self, seconds: float) -> None:
        self._stopped.wait(seconds)

    def _store(self, data: bytes, record: Record) -> str:
        from assistant.backends.web.keeping import file_name, keep_in

        ask: Ask = self._asking.ask
        with self._guard:
            there = _kept(self._folder, _names(self._folder), ask.work, ask.kept)
            if there is not None and not there.ours:
                raise _InTheWayError(
                    f"sources/{there.name} was put there meanwhile: move it away and fetch again, or `assistant ingest` it"
                )
            # Remembered first: cut off between the two, the file is known for ours.
            stem = _stem(ask.work)
            before = self._memory.get(ask.work) or Remembered(Attempt(ask.work, _cut_off(ask.address), _now()))
            self._memory[ask.work] = replace(before, coming=replace(record, name=file_name(record, stem)))
            attempts.write(self._state, self._memory)
            name = keep_in(self._folder, data, record, stem)
            if there is not None and there.name != name:
                (self._folder / there.name).unlink(missing_ok=True)  # the work came as a file of another type
        return name

    def _remember(self, ask: Ask, outcome: Outcome) -> None:
        with self._guard:
            before = self._memory.get(ask.work)
            record = outcome.record or (before.record if before else None)
            self._memory[ask.work] = Remembered(Attempt(ask.work, outcome, _now()), record)
            attempts.write(self._state, self._memory)


class _InTheWayError(Exception):
    """A file of somebody's own lies where a work's would go."""


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _cut_off(address: str) -> Outcome:
    return Outcome("failed", address, "the run was cut off while the file was kept: fetch again")


# the disk


def _remembered(settings: Settings) -> dict[str, Remembered]:
    """What is remembered, with the files that were kept by a run that was killed before it could say so."""
    found = attempts.read(memory(settings))
    for id, each in found.items():
        coming = each.coming
        if coming is None or coming.name is None:
            continue
        if _sha256(settings.corpus / SOURCES / Path(coming.name).name) == coming.sha256:
            outcome = Outcome("fetched", coming.asked, KEPT, coming.final, coming.status, coming)
            found[id] = Remembered(Attempt(id, outcome, coming.date), coming)
        else:
            found[id] = replace(each, coming=None)
    return found


def _stem(id: str) -> str:
    """The name of a work's file without its ending: the work's id, cut where it is too long for a file."""
    if len(id.encode()) <= _LONGEST_STEM:
        return id
    cut = id.encode()[: _LONGEST_STEM - 9].decode("utf-8", "ignore")
    return f"{cut}-{hashlib.sha256(id.encode()).hexdigest()[:8]}"


def _names(folder: Path) -> dict[str, str]:
    """The files that lie in a folder, by their names without ending, as file systems compare them that know no case."""
    try:
        return {_folded(p.stem): p.name for p in sorted(folder.iterdir())} if folder.is_dir() else {}
    except OSError as error:
        raise StorageError(
            f"cannot look into {str(folder)!r} ({error.strerror or error}): fetched files go there; check permissions"
        ) from error


def _folded(stem: str) -> str:
    return unicodedata.normalize("NFC", stem.casefold())


def _kept(folder: Path, names: Mapping[str, str], id: str, record: Record | None) -> Kept | None:
    """What lies where the file of a work would go: what was fetched, or a file of somebody's own."""
    if record is not None and record.name is not None:
        path = folder / Path(record.name).name
        with contextlib.suppress(OSError):  # a name that no file has
            if path.is_file():
                return Kept(path.name, _sha256(path) == record.sha256)
    name = names.get(_folded(_stem(id)))
    return Kept(name, False) if name is not None else None


def _sweep(folder: Path, pattern: str) -> None:
    """Remove what runs have left behind that were killed, or never taken up again."""
    for path in folder.glob(pattern):
        with contextlib.suppress(OSError):
            if time.time() - path.stat().st_mtime > _STALE_SECONDS:
                path.unlink()


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _writable(corpus: Path, state: Path) -> None:
    """Raises CorpusError or StorageError where nothing could be kept: before anything is asked."""
    if not corpus.is_dir():
        raise CorpusError(f"the corpus {str(corpus)!r} is not a folder: create it, or name another with --corpus")
    folder = corpus / SOURCES
    probe = folder / ".fetch.probe"
    try:
        folder.mkdir(exist_ok=True)
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        raise StorageError(
            f"cannot write to {str(folder)!r} ({error.strerror or error}): fetched files go there; check permissions"
        ) from error
    for place in (state, state / "parts"):
        probe = place / ".fetch.probe"
        try:
            place.mkdir(parents=True, exist_ok=True)
            probe.write_bytes(b"")
            probe.unlink()
        except OSError as error:
            raise StorageError(
                f"cannot write to {str(place)!r} ({error.strerror or error}): what is asked is remembered there; check "
                "permissions"
            ) from error


@contextlib.contextmanager
def _alone(state: Path) -> Iterator[None]:
    """Held by the one process that fetches; the system lets go of it when that process dies."""
    from filelock import FileLock, Timeout

    try:
        state.mkdir(parents=True, exist_ok=True)
        lock = FileLock(state / "fetch.lock")
        lock.acquire(timeout=0)
    except Timeout as error:
        raise IndexBusyError(f"another process is fetching for {str(state)!r}: wait until it is done") from error
    except OSError as error:
        raise StorageError(
            f"cannot write to {str(state)!r} ({error.strerror or error}): free space or check permissions"
        ) from error
    try:
        yield
    finally:
        lock.release()


# the settings


def _limits(settings: Settings) -> FetchLimits:
    usual, seconds, delay = FetchLimits(), float(settings.fetch_seconds), float(settings.fetch_delay)
    wait = max(usual.wait, delay)
    return FetchLimits(
        size=settings.fetch_max_mb * 2**20,
        connect=min(usual.connect, seconds),
        read=min(usual.read, seconds),
        request=seconds,
        total=max(usual.total, usual.attempts * (seconds + wait) + usual.redirects * delay),
        delay=delay,
        wait=wait,
    )


def permitted(text: str) -> frozenset[tuple[str, int]]:
    """The numbers and ports of `fetch_permit`. Raises ConfigError."""
    found = set()
    for part in re.split(r"[\s,]+", text.strip()):
        if not part:
            continue
        number, _, port = part.rpartition(":")
        try:
            ip = ip_address(number.removeprefix("[").removesuffix("]"))
            if (ip.version == 6) != (number.startswith("[") and number.endswith("]")) or not 0 < int(port) < 65536:
                raise ValueError(part)
        except ValueError as error:
            example = "give numbers with ports, such as 10.1.2.3:80 or [fd00::7]:8080"
            raise ConfigError(f"setting 'fetch_permit' holds {part!r}: {example}") from error
        found.add((str(ip), int(port)))
    return frozenset(found)


def _agent(contact: str) -> str:
    from assistant.backends.web.download import AGENT

    if not contact:
        return AGENT
    if not _CONTACT.fullmatch(contact):
        raise ConfigError(
            f"setting 'fetch_contact' is {contact!r}: give an e-mail or web address, in plain letters without blanks"
        )
    return f"{AGENT.removesuffix(')')}; {contact})"
