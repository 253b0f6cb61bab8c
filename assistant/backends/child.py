"""The process that parses foreign files: `python -m assistant.backends.child`. Started by `worker.py` only.

It reads requests from standard input and writes answers to standard output, one after another, each a frame: eight
bytes of length (big-endian), then JSON; a request's file follows its frame as bare bytes. It opens no file that it is
not given, writes none, and its walls (memory, processor time) are put up before the first byte is read. Whatever
goes wrong in it costs one answer.
"""

from __future__ import annotations

import contextlib
import json
import os
import struct
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import asdict
from typing import Any, BinaryIO

from assistant.backends.formats import Limits
from assistant.backends.quiet import silence
from assistant.errors import ParseError
from assistant.store.codec import decode, encode
from assistant.types import Document, Work

LENGTH = struct.Struct(">Q")


def main() -> int:
    """Serve until standard input ends."""
    # Answers go out by a channel of their own: what a library prints must not stand among them.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    requests = sys.stdin.buffer
    silence()
    _watch_parent()
    walled = False
    while (request := receive(requests)) is not None:
        limits = Limits(**request["limits"])
        if not walled:
            _wall(limits)
            walled = True
        data = requests.read(request["size"])
        _allow_seconds(limits, request)
        send(answers, serve(request, data, limits, lambda frame: send(answers, frame)))
    return 0


def serve(
    request: dict[str, Any], data: bytes, limits: Limits, tell: Callable[[dict[str, Any]], None]
) -> dict[str, Any]:
    """The answer to one request: `{"document": …}`, `{"picture": …}`, `{"seen": …}` or `{"reason": …}`."""
    name = request["name"]
    try:
        match request["do"]:
            case "read":
                from assistant.backends.reader import read

                document = read(data, name, decode(Work, request["work"]), limits, request["ocr"], tell)
                document.text.encode()
                return {"document": encode(document)}
            case "draw":
                from assistant.backends.reader import draw

                document = decode(Document, request["document"])
                return {"picture": draw(data, document, request["page"], request["scale"]).hex()}
            case "look":
                from assistant.backends.web.page_signs import see

                return {"seen": encode(see(data, name))}
            case other:
                raise ValueError(f"no such request: {other}")
    except ParseError as error:
        return {"reason": str(error)}
    except UnicodeEncodeError:
        return {"reason": "its text holds broken characters: save it as UTF-8"}
    except MemoryError:
        return {"reason": f"asks for more memory than the {limits.memory_mb:,} MiB that a file may take: {_RAISE}"}
    except RecursionError:
        return {"reason": "nests its parts too deep to be read: save it anew from its program"}
    except Exception as error:  # a fault in a parser must not keep the other files out
        detail = " ".join(str(error).split())[:200]
        return {"reason": f"could not be read ({type(error).__name__}: {detail}): please report it with the file"}


_RAISE = "split it, or raise parse_memory_mb"


# frames


def send(stream: BinaryIO, value: dict[str, Any]) -> None:
    body = json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode()
    stream.write(LENGTH.pack(len(body)) + body)
    stream.flush()


def receive(stream: BinaryIO) -> dict[str, Any] | None:
    """The next frame; None where the stream ends."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    value: dict[str, Any] = json.loads(stream.read(LENGTH.unpack(head)[0]))
    return value


def limits_json(limits: Limits) -> dict[str, int]:
    return asdict(limits)


# walls


def _wall(limits: Limits) -> None:
    """Limits that the process cannot lift again. Where the system has none (Windows), time alone is kept by the parent."""
    try:
        import resource
    except ImportError:  # pragma: no cover - not on this system
        return
    size = limits.memory_mb * 2**20
    # No core dumps, and no file may be written: not by a library's cache either.
    for which, value in (("RLIMIT_AS", size), ("RLIMIT_CORE", 0), ("RLIMIT_FSIZE", 0), ("RLIMIT_NOFILE", 128)):
        number = getattr(resource, which, None)
        if number is not None:
            with contextlib.suppress(ValueError, OSError):  # macOS has no limit on address space
                _, hard = resource.getrlimit(number)
                least = value if hard == resource.RLIM_INFINITY else min(value, hard)
                resource.setrlimit(number, (least, least))


def _allow_seconds(limits: Limits, request: dict[str, Any]) -> None:
    """Processor time for one more file, for the case that the parent is no longer there to keep the time."""
    try:
        import resource
    except ImportError:  # pragma: no cover - not on this system
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    ocr = limits.ocr_pages * limits.ocr_seconds if request.get("ocr") else 0
    most = int(used.ru_utime + used.ru_stime) + 2 * limits.seconds + ocr + 5
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (most, hard))


def _watch_parent() -> None:
    """End with the parent, however it ends. Linux could do so by itself, but it goes by the thread that started the
    process, and threads of a pool end while their children are idle."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


if __name__ == "__main__":
    sys.exit(main())
