"""Whether a site lets us in, by its robots.txt (RFC 9309)."""

from __future__ import annotations

from dataclasses import dataclass

from protego import Protego


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


def read_robots(data: bytes) -> Robots:
    """Rules from what a site sent; what is no rule is passed over."""
    return Robots(Protego.parse(data.decode("utf-8-sig", "replace").replace("\0", "")))
