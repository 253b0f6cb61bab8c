"""Dead links: a copy in the Wayback Machine, asked for by its availability service. Off unless a person asks for it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from urllib.parse import quote

from assistant.backends.web.addresses import AddressError, parse_address
from assistant.backends.web.download import Fetcher
from assistant.sources.fetching import Outcome, Record

SERVICE = "https://archive.org/wayback/available"
_COPIES = "web.archive.org"
_COPY = re.compile(r"(?P<site>https?://[^/]+)/web/(?P<when>\d{14})/(?P<address>https?://.+)")


def from_archive(fetcher: Fetcher, dead: Outcome, known: Record | None = None, service: str = SERVICE) -> Outcome:
    """The copy of a dead link; what is dead stays dead where there is none. Goes through the same gate as any fetch."""
    found = fetcher.read(f"{service}?url={quote(dead.asked, safe='')}")
    if isinstance(found, Outcome):
        return _unasked(dead, f"the archive could not be asked ({found.why.partition(':')[0]})")
    copy = _copy(found, service)
    if copy is None:
        return replace(
            dead, why=f"{dead.why.partition(':')[0]}; the Wayback Machine has no copy of it: look for it elsewhere"
        )
    address, day = copy
    outcome = fetcher.fetch(address, known, copy_of=dead.asked, archived=day)
    if outcome.kind not in ("fetched", "unchanged"):
        return _unasked(
            dead, f"its copy of {day} in the Wayback Machine could not be had ({outcome.why.partition(':')[0]})"
        )
    why = f"the address is dead, and a copy of {day} from the Wayback Machine is held: check that it is what was cited"
    return Outcome(outcome.kind, dead.asked, why, outcome.final, outcome.status, outcome.record)


def _unasked(dead: Outcome, what: str) -> Outcome:
    return replace(
        dead, why=f"{dead.why.partition(':')[0]}; {what}: try `assistant sources fetch --archive` again later"
    )


def _copy(data: bytes, service: str) -> tuple[str, str] | None:
    """The address of the copy as it was taken, without the archive's own frame, and its day."""
    try:
        closest = json.loads(data)["archived_snapshots"]["closest"]
        told, status = closest["url"], closest["status"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    found = _COPY.fullmatch(told) if isinstance(told, str) and status == "200" else None
    if found is None:
        return None
    try:
        # Only the archive itself is believed to hold copies: here the service names any address it likes.
        home = parse_address(service, range(65536))
        site = parse_address(found["site"], range(65536))
    except AddressError:
        return None
    if site.host == _COPIES:
        base = f"https://{_COPIES}"
    elif site.origin == home.origin:
        base = site.origin
    else:
        return None
    when = found["when"]
    return f"{base}/web/{when}id_/{found['address']}", f"{when[:4]}-{when[4:6]}-{when[6:8]}"
