"""Half a file, kept until the other half comes: bytes as they were sent, and what tells that the file is the same."""

from __future__ import annotations

import contextlib
import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from assistant.errors import StorageError


class TooLargeError(Exception):
    """More bytes than a file may have."""


class EncodingError(Exception):
    """The bytes are not in the encoding that the server named, or it is one that is not read."""


@dataclass(frozen=True, slots=True)
class _Start:
    address: str
    validator: str
    """An ETag or a date that stands for these very bytes."""
    encoding: str
    total: int | None


class Partial:
    """What has come so far of one address. It survives the process where the server can go on from the middle."""

    def __init__(self, folder: Path, address: str) -> None:
        stem = hashlib.sha256(address.encode()).hexdigest()[:32]
        self._address = address
        self._folder = folder
        self._data = folder / f"{stem}.part"
        self._note = folder / f"{stem}.json"

    def started(self) -> tuple[int, str] | None:
        """How many bytes are there, and the validator to ask on with."""
        start = self._start()
        if start is None or self._data.is_symlink():  # whoever made a link there, it was not us
            return None
        try:
            size = self._data.stat().st_size
        except OSError:
            return None
        return (size, start.validator) if size else None

    @property
    def encoding(self) -> str:
        start = self._start()
        return start.encoding if start else ""

    @property
    def total(self) -> int | None:
        start = self._start()
        return start.total if start else None

    def begin(self, validator: str | None, encoding: str, total: int | None) -> None:
        """Forget what was there. Without a validator nothing is resumed later."""
        with self._kept():
            self._folder.mkdir(parents=True, exist_ok=True)
            self._note.unlink(missing_ok=True)
            self._data.unlink(missing_ok=True)
            self._data.open("xb").close()
            if validator is not None:
                self._note.write_text(json.dumps(asdict(_Start(self._address, validator, encoding, total))), "utf-8")

    def extend(self, chunks: Iterable[bytes], limit: int) -> None:
        """Write as it comes. Raises TooLargeError over the limit, and whatever the chunks raise."""
        with self._kept(), self._data.open("ab") as file:
            size = file.tell()
            for chunk in chunks:
                size += len(chunk)
                if size > limit:
                    raise TooLargeError
                file.write(chunk)

    def take(self, encoding: str, limit: int) -> bytes:
        """The whole file, unpacked; nothing is left behind."""
        with self._kept():
            data = self._data.read_bytes()
        self.drop()
        return unpacked(data, encoding, limit)

    def drop(self) -> None:
        for path in (self._note, self._data):
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)

    def _start(self) -> _Start | None:
        try:
            start = _Start(**json.loads(self._note.read_text("utf-8")))
        except (OSError, ValueError, TypeError, RecursionError):
            return None
        texts = (start.address, start.validator, start.encoding)
        if not all(isinstance(t, str) for t in texts) or not isinstance(start.total, int | None):
            return None
        return start if start.address == self._address and start.validator.isprintable() else None

    @contextlib.contextmanager
    def _kept(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise StorageError(
                f"cannot write to {str(self._folder)!r} ({error.strerror or error}): free space or check permissions"
            ) from error


def unpacked(data: bytes, encoding: str, limit: int) -> bytes:
    """A body without its `Content-Encoding`. Raises TooLargeError before more than the limit is in memory."""
    match encoding.strip().lower():
        case "" | "identity":
            return data
        case "gzip" | "x-gzip":
            return _inflated(data, 31, limit)
        case "deflate":
            try:
                return _inflated(data, 15, limit)
            except EncodingError:
                return _inflated(data, -15, limit)  # some servers leave out its header
        case other:
            raise EncodingError(f"the server packed the file in a way that was not asked for ({other[:40]})")


def _inflated(data: bytes, window: int, limit: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    while data:
        unpacker = zlib.decompressobj(window)
        try:
            part = unpacker.decompress(data, limit - size + 1)
        except zlib.error as error:
            raise EncodingError("the server packed the file wrongly") from error
        size += len(part)
        if size > limit or unpacker.unconsumed_tail:
            raise TooLargeError
        parts.append(part)
        if not unpacker.eof:
            raise EncodingError("the packed file breaks off")
        if unpacker.unused_data == data:
            break
        data = unpacker.unused_data if window == 31 else b""
        if len(parts) > 1000:
            raise EncodingError("the server packed the file wrongly")
    return b"".join(parts)
