"""Whether a site lets us in, by its robots.txt (RFC 9309)."""

from __future__ import annotations

import codecs
import re
import zlib
from dataclasses import dataclass

from protego import Protego

_PAGE = re.compile(r"\s*<(?:!doctype|html|head|body|\?xml|!--)", re.IGNORECASE)
_PACKED = {"gzip": (31,), "x-gzip": (31,), "deflate": (15, -15)}


class UnreadableError(Exception):
    """What a site gives as its rules cannot be read: nobody knows what they allow. Says what it is."""


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one site; None: there are none, and all is allowed."""

    rules: Protego | None = None

    def allows(self, address: str, name: str) -> bool:
        return self.rules is None or self.rules.can_fetch(address, name)

    def delay(self, name: str) -> float:
        """Seconds between two requests that the site asks for; 0 where it asks for none."""
        if self.rules is None:
            return 0.0
        rate = self.rules.request_rate(name)
        return max(self.rules.crawl_delay(name) or 0.0, rate.seconds / rate.requests if rate else 0.0)


def read_robots(data: bytes, encoding: str = "", most: int = 512 * 1024, *, led: bool = False) -> Robots:
    """Rules from what a site sent, unpacked; what is no rule is passed over. `led`: it was sent elsewhere for them.

    A page in place of rules is how many sites say that they have none; where the reader was led to it, it may be a
    log-in that the rules lie behind. Raises UnreadableError.
    """
    plain = _unpacked(data, encoding.strip().lower(), most)
    text = _text(plain)
    if led and _PAGE.match(text):
        raise UnreadableError("a page stands in its place")
    if text.count("\ufffd") > len(text) / 10:
        raise UnreadableError("it is no text")
    return Robots(Protego.parse(text.replace("\0", "")))


def _text(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    if len(data) > 3 and data.count(0) > len(data) / 3:
        return data.decode("utf-16-le" if data[1] == 0 else "utf-16-be", "replace")
    return data.decode("utf-8-sig", "replace")


def _unpacked(data: bytes, encoding: str, most: int) -> bytes:
    """As much as may be read, also of a packed file that was cut."""
    if encoding in ("", "identity"):
        return data
    if encoding not in _PACKED:
        raise UnreadableError(f"it is packed in a way that was not asked for, {encoding[:20]}")
    for window in _PACKED[encoding]:
        try:
            plain = zlib.decompressobj(window).decompress(data, most)
        except zlib.error:
            continue
        return plain if len(plain) < most else plain.rpartition(b"\n")[0]
    raise UnreadableError("it is packed wrongly")
