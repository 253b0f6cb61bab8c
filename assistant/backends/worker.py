"""One door for foreign files: they are parsed in child processes, several at once, each within limits.

A child that runs over its time, eats its memory or crashes is ended and costs its file one line; the next file gets a
fresh one. The parent believes nothing that a child says: frames are bounded, and a document is decoded by its types
and checked against its laws before anything is kept.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from assistant.backends.child import LENGTH, limits_json
from assistant.backends.formats import DOCX, HTML, HWP, HWPX, MARKDOWN, PDF, PLAIN, Limits
from assistant.errors import CorpusError, ParseError
from assistant.reading import check
from assistant.sources.walls import Seen
from assistant.store.codec import decode, encode
from assistant.types import Document, Work

CHILD = (sys.executable, "-P", "-m", "assistant.backends.child")
"""-P: a module that lies in the working folder, which may be a folder of foreign files, is not imported."""
_CHUNK = 1 << 20
_LARGEST_ANSWER = 96 * 2**20
"""Bytes: a document of 8 million characters with the boxes of its lines takes some 40 MiB. As values, an answer takes up
to thirty times its size for a moment."""
_TYPES = frozenset((PDF, DOCX, HWPX, HWP, HTML, MARKDOWN, PLAIN))
_FILES_A_CHILD = 100
"""A library may leak a little with each file: a child is replaced after so many."""
_START_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Task:
    """A file to read: `name` for messages, `work` what is known before it is read."""

    name: str
    data: bytes
    work: Work


class ChildError(Exception):
    """The child ended, or was ended, before it answered; says why."""


class OverTimeError(ChildError):
    """It was given its time, and a fresh child would fare no better."""


@dataclass(slots=True)
class _Child:
    """One child process, used by one thread at a time."""

    process: subprocess.Popen[bytes]
    served: int = 0

    def end(self) -> None:
        """End it; what it runs (tesseract) ends with it. Any thread may do so: the one that waits for it wakes up."""
        if self.process.poll() is None:  # else its number may be another's by now
            self.process.kill()
            self.process.wait()

    def close(self) -> None:
        """End it and let go of its pipes. For the thread that uses it."""
        self.end()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()


class Workers:
    """A pool of child processes that read files. Use it as a context manager: leaving ends them all."""

    def __init__(
        self, count: int = 0, limits: Limits | None = None, ocr: str = "", program: Sequence[str] = CHILD
    ) -> None:
        """`count` 0: one a processor, at most four. `ocr`: languages for tesseract, or '' for no OCR. `program`: what
        a child runs."""
        self._program = list(program)
        self.count = count or min(4, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 2)
        self.limits = limits or Limits()
        self.ocr = ocr
        self._idle: queue.LifoQueue[_Child] = queue.LifoQueue()
        self._children: dict[int, _Child] = {}
        self._lock = threading.Lock()
        self._closed = False

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End every child, also those at work."""
        with self._lock:
            self._closed = True
            children = list(self._children.values())
            self._children.clear()
        for child in children:
            child.end()
        with contextlib.suppress(queue.Empty):
            while True:
                self._idle.get_nowait().close()

    # what it does

    def read(self, task: Task) -> Document:
        """The document of one file; ParseError says why there is none."""
        request = {"do": "read", "work": encode(task.work), "ocr": self.ocr}
        answer = self._ask(request, task.data, task.name)
        try:
            document = decode(Document, str(answer.pop("document")))
            check(document)
            encode(document).encode()  # half characters could not be stored
        except Exception as error:  # whatever a child says: it may be in the hands of the file
            detail = " ".join(str(error).split())[:200] or type(error).__name__
            raise ParseError(
                f"{task.name} was read into something that is no document ({detail}): please report it with the file"
            ) from error
        if document.work.id != task.work.id:
            raise ParseError(f"{task.name} was read as another work: please report it with the file")
        return document

    def read_all(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Document | ParseError]]:
        """Each task with its document or the reason why there is none, as they are done.

        Draws from `tasks` (in this thread) only as fast as files are read: no more than `count` + 1 are in memory.
        """
        source = iter(tasks)
        with ThreadPoolExecutor(self.count, "reader") as threads:
            running: dict[Future[Document], Task] = {}
            try:
                drained = False
                while running or not drained:
                    while not drained and len(running) <= self.count:
                        task = next(source, None)
                        if task is None:
                            drained = True
                        else:
                            running[threads.submit(self.read, task)] = task
                    done, _ = wait(running, return_when=FIRST_COMPLETED) if running else (set(), set())
                    for future in done:
                        task = running.pop(future)
                        error = future.exception()
                        if error is None:
                            yield task, future.result()
                        elif isinstance(error, ParseError):
                            yield task, error
                        else:
                            raise error
            except BaseException:
                self.close()  # threads that wait for a child wake up when it ends
                raise

    def draw(self, data: bytes, document: Document, page: int, scale: float) -> bytes:
        """The page as PNG with the document's blocks drawn over it."""
        request = {"do": "draw", "document": encode(document), "page": page, "scale": scale}
        answer = self._ask(request, data, document.id)
        try:
            picture = bytes.fromhex(str(answer["picture"]))
        except (KeyError, ValueError) as error:
            raise ParseError(f"page {page + 1} of {document.id} could not be drawn") from error
        if not picture.startswith(b"\x89PNG"):
            raise ParseError(f"page {page + 1} of {document.id} could not be drawn")
        return picture

    def look(self, data: bytes, name: str) -> Seen:
        """What a fetched file is, before it is kept; ParseError says why it is none that is read here."""
        answer = self._ask({"do": "look"}, data, name)
        try:
            seen = decode(Seen, str(answer["seen"]))
            if seen.type not in _TYPES:
                raise ValueError(f"no such type: {seen.type[:40]}")
        except (KeyError, ValueError, TypeError, RecursionError) as error:
            raise ParseError(f"{name} could not be looked at: please report it with the file") from error
        return seen

    # how it asks

    def _ask(self, request: dict[str, Any], data: bytes, name: str) -> dict[str, Any]:
        frame = {**request, "name": name, "size": len(data), "limits": limits_json(self.limits)}
        fresh = False
        while True:
            child = self._take(fresh)
            fresh = fresh or child.served == 0
            try:
                answer = self._exchange(child, frame, data)
            except ChildError as error:
                self._drop(child)
                if self._closed:
                    raise ParseError(f"{name} was not read: reading was stopped") from error
                if fresh or isinstance(error, OverTimeError):
                    raise ParseError(f"{name} {error}") from error
                fresh = True  # what an earlier file left in the child may have been the cause: once more in a fresh one
                continue
            except BaseException:
                self._drop(child)
                raise
            child.served += 1
            if child.served >= _FILES_A_CHILD:
                self._drop(child)
            else:
                self._idle.put(child)
            if "reason" in answer:
                raise ParseError(str(answer["reason"])[:2000])
            return answer

    def _take(self, fresh: bool) -> _Child:
        if not fresh:
            with contextlib.suppress(queue.Empty):
                return self._idle.get_nowait()
        try:
            process = subprocess.Popen(
                self._program,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
                env=_environment(),
                bufsize=0,
            )
        except OSError as error:  # a fault of this machine, not of the file: the next one would fare no better
            raise CorpusError(
                f"the process that reads files cannot be started ({error.strerror or error}): see that "
                f"{self._program[0]!r} may be run, and that processes and memory are left"
            ) from error
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                os.set_blocking(stream.fileno(), False)
        child = _Child(process)
        with self._lock:
            if self._closed:
                child.close()
                raise ParseError("reading was stopped")
            self._children[process.pid] = child
        return child

    def _drop(self, child: _Child) -> None:
        with self._lock:
            self._children.pop(child.process.pid, None)
        child.close()

    def _exchange(self, child: _Child, frame: dict[str, Any], data: bytes) -> dict[str, Any]:
        """Send a request and wait for its answer, no longer than the limits say."""
        deadline = time.monotonic() + self.limits.seconds + (_START_SECONDS if child.served == 0 else 0)
        most = deadline + (self.limits.ocr_pages + 1) * self.limits.ocr_seconds
        body = json.dumps(frame, ensure_ascii=True).encode()
        self._write(child, LENGTH.pack(len(body)) + body, deadline)
        self._write(child, data, deadline)
        while True:
            size = LENGTH.unpack(self._read(child, LENGTH.size, deadline))[0]
            if size > _LARGEST_ANSWER:
                raise ChildError(f"says more than {_LARGEST_ANSWER >> 20} MiB of text: split it")
            try:
                answer = json.loads(self._read(child, size, deadline))
            except (ValueError, RecursionError, MemoryError) as error:
                raise ChildError("broke the process that read it: get it anew, or save it anew") from error
            if not isinstance(answer, dict):
                raise ChildError("broke the process that read it: get it anew, or save it anew")
            if "ocr" not in answer:
                return answer
            # A page goes to OCR, which takes its time: as much more as it may, and never more than all pages may.
            deadline = min(most, max(deadline, time.monotonic() + self.limits.ocr_seconds + 10))

    def _write(self, child: _Child, data: bytes, deadline: float) -> None:
        stream = child.process.stdin
        if stream is None:
            raise AssertionError("a child without input")
        view = memoryview(data)
        poll = select.poll()
        poll.register(stream, select.POLLOUT)
        while view:
            self._wait(child, poll, deadline)
            try:
                view = view[os.write(stream.fileno(), view[:_CHUNK]) :]
            except BlockingIOError:
                continue
            except (BrokenPipeError, OSError) as error:
                raise ChildError(self._ending(child)) from error

    def _read(self, child: _Child, size: int, deadline: float) -> bytes:
        stream = child.process.stdout
        if stream is None:
            raise AssertionError("a child without output")
        parts: list[bytes] = []
        poll = select.poll()
        poll.register(stream, select.POLLIN)
        while size:
            self._wait(child, poll, deadline)
            try:
                part = os.read(stream.fileno(), min(size, _CHUNK))
            except BlockingIOError:
                continue
            except OSError as error:
                raise ChildError(self._ending(child)) from error
            if not part:
                raise ChildError(self._ending(child))
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def _wait(self, child: _Child, poll: select.poll, deadline: float) -> None:
        left = deadline - time.monotonic()
        if left <= 0 or not poll.poll(left * 1000):
            raise OverTimeError(
                f"was not read within the time of {self.limits.seconds} s: split it, or raise parse_seconds"
            )

    def _ending(self, child: _Child) -> str:
        """Why the child ended."""
        try:
            code = child.process.wait(5)
        except subprocess.TimeoutExpired:
            return "stopped answering while it was read: get it anew, or save it anew"
        if code == -signal.SIGXCPU:
            return f"was not read within the time of {self.limits.seconds} s: split it, or raise parse_seconds"
        if code == -signal.SIGKILL:
            return "was ended by the system while it was read (out of memory?): split it"
        how = signal.Signals(-code).name if code < 0 else f"exit status {code}"
        memory = f"within {self.limits.memory_mb:,} MiB"
        return f"broke the process that read it ({how}, {memory}): get it anew, or save it anew from its program"


def _environment() -> dict[str, str]:
    """The child's surroundings: ours, with modules looked for where ours are, and nothing written beside them."""
    keep = {k: v for k, v in os.environ.items() if not k.startswith(("ASSISTANT_", "PYTEST_"))}
    paths = [p for p in sys.path if p]
    return {**keep, "PYTHONPATH": os.pathsep.join(paths), "PYTHONDONTWRITEBYTECODE": "1", "OMP_THREAD_LIMIT": "1"}
