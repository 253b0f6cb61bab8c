"""The one reader of web addresses, and which machines may be asked.

`http://a\\@b/` is host a to one parser and host b to another: what may be read in two ways is refused here, and what
is sent is built from the parts read here, so that no second parser ever sees an address. Python 3.11's `is_global`
calls several addresses public that lead inside (IPv4 inside IPv6, relays, site-local): the networks are named here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from urllib.parse import quote

import idna

MAX_LENGTH = 2000
PORTS = {"http": 80, "https": 443}
WEB_PORTS = frozenset({80, 443, 8080, 8443})

_ADDRESS = re.compile(
    r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?P<authority>[^/?#]*)(?P<path>/[^?#]*)?(?P<query>\?[^#]*)?(?:#.*)?"
)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
_V4 = re.compile(r"(?:0|[1-9][0-9]{0,2})(?:\.(?:0|[1-9][0-9]{0,2})){3}")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_INNER_NAMES = frozenset(
    "localhost localdomain local internal intranet lan home corp private onion invalid alt".split()
)
"""Names of last resort that lead inside a network, or nowhere."""
_KEPT = "!$&'()*+,;=:@/-._~%[]"
"""What stands in a path as it is; all else is written as percent signs and numbers."""


class AddressError(ValueError):
    """An address that is not fetched; says why."""


@dataclass(frozen=True, slots=True)
class Address:
    """An address in parts, each in the one form in which it is sent. What stands behind `#` is left out."""

    scheme: str
    host: str
    """In ASCII and small letters; an IPv6 address without its brackets."""
    port: int
    target: str
    """Path and query, in ASCII."""

    @property
    def authority(self) -> str:
        """Host and, where it is not the usual one, port: as the `Host` header has it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        return f"{self.scheme}://{self.authority}"

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]

    @property
    def ip(self) -> IPv4Address | IPv6Address | None:
        """The host where it is a number and no name."""
        if ":" in self.host:
            return IPv6Address(self.host)
        return IPv4Address(self.host) if _V4.fullmatch(self.host) else None

    def at(self, target: str) -> Address:
        """Another place on the same server."""
        return replace(self, target=target)

    def __str__(self) -> str:
        return self.origin + self.target


def parse_address(text: str, ports: Iterable[int] = WEB_PORTS) -> Address:
    """The address in its parts. Raises AddressError, which says what is wrong with it."""
    if len(text) > MAX_LENGTH:
        raise AddressError(f"is longer than {MAX_LENGTH:,} characters")
    if bad := next((c for c in text if not c.isprintable() or c.isspace()), None):
        raise AddressError(f"holds white space or a control character (U+{ord(bad):04X})")
    if "\\" in text:
        raise AddressError("holds a backslash, which programs read differently")
    found = _ADDRESS.fullmatch(text)
    if found is None:
        raise AddressError("is no complete web address (http:// or https:// and a host)")
    scheme = found["scheme"].lower()
    if scheme not in PORTS:
        raise AddressError(f"begins with {scheme}://, and only http and https are fetched")
    authority = found["authority"]
    if "@" in authority:
        raise AddressError("holds a user name or an @ before its host")
    host, port = _host_and_port(authority, PORTS[scheme])
    if port not in ports:
        raise AddressError(f"asks for port {port}, which is not a port of the web")
    path = _without_dots(_escaped(found["path"] or "/"))
    query = _escaped(found["query"] or "", "?")
    if len(path) + len(query) > 3 * MAX_LENGTH:
        raise AddressError("is too long once written in ASCII")
    return Address(scheme, host, port, path + query)


def follow(base: Address, location: bytes, ports: Iterable[int] = WEB_PORTS) -> Address:
    """Where a `Location` leads, read from `base`. Raises AddressError."""
    try:
        text = location.decode("utf-8")
    except UnicodeDecodeError:
        text = location.decode("latin-1")
    text = text.strip(" ").replace(" ", "%20")
    if _SCHEME.match(text):
        return parse_address(text, ports)
    if text.startswith("//"):
        return parse_address(f"{base.scheme}:{text}", ports)
    if text.startswith("/"):
        return parse_address(base.origin + text, ports)
    if not text or text.startswith("#"):
        return base
    if text.startswith("?"):
        return parse_address(base.origin + base.path + text, ports)
    return parse_address(base.origin + base.path.rpartition("/")[0] + "/" + text, ports)


def _host_and_port(authority: str, usual: int) -> tuple[str, int]:
    if authority.startswith("["):
        inner, bracket, rest = authority[1:].partition("]")
        if not bracket or (rest and not rest.startswith(":")):
            raise AddressError("has a host in brackets that do not close")
        if not re.fullmatch(r"[0-9A-Fa-f:.]+", inner):
            raise AddressError("has a host in brackets that is no IPv6 address")
        try:
            return IPv6Address(inner).compressed, _port(rest[1:] if rest else None, usual)
        except ValueError as error:
            raise AddressError("has a host in brackets that is no IPv6 address") from error
    name, colon, port = authority.partition(":")
    return _name(name), _port(port if colon else None, usual)


def _port(text: str | None, usual: int) -> int:
    if text is None:
        return usual
    if not re.fullmatch(r"[1-9][0-9]{0,4}", text) or int(text) > 65535:
        raise AddressError("has a port that is no plain number")
    return int(text)


def _name(text: str) -> str:
    """A host's name in ASCII; a number only in its plain form of four."""
    if not text:
        raise AddressError("has no host")
    name = text.lower() if text.isascii() else _ascii(text)
    labels = name.split(".")
    if _NUMBER.fullmatch(labels[-1]):
        if not _V4.fullmatch(name) or any(int(n) > 255 for n in labels):
            raise AddressError("has a number for a host that is not written as four plain numbers")
        return name
    if len(name) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise AddressError("has a host that is no plain name")
    if any(label.startswith("xn--") for label in labels):
        _round_trip(name)
    if len(labels) < 2 or labels[-1] in _INNER_NAMES or name.endswith(".home.arpa"):
        raise AddressError("has a host that is a name inside a network")
    return name


def _ascii(text: str) -> str:
    """A name in other letters, by the strict rule of 2008, which knows no letters that turn into others."""
    try:
        if any(c in text for c in "。．｡"):
            raise AddressError("has a host with dots that are none")
        # Only plain capitals: the sign for kelvin would turn into a k.
        return idna.encode(re.sub("[A-Z]", lambda m: m[0].lower(), text), strict=True).decode("ascii")
    except (idna.IDNAError, UnicodeError) as error:
        raise AddressError("has a host with letters that no host has") from error


def _round_trip(name: str) -> None:
    """An encoded name must be the code of what it shows."""
    try:
        if idna.encode(idna.decode(name, strict=True), strict=True).decode("ascii") != name:
            raise AddressError("has a host whose code is not that of its letters")
    except (idna.IDNAError, UnicodeError) as error:
        raise AddressError("has a host whose code stands for no letters") from error


def _escaped(text: str, more: str = "") -> str:
    return quote(text, safe=_KEPT + more)


def _without_dots(path: str) -> str:
    """A path without `.` and `..`, which never lead above its root."""
    parts: list[str] = []
    segments = path.split("/")[1:]
    for at, segment in enumerate(segments):
        plain = segment.lower().replace("%2e", ".")
        last = at == len(segments) - 1
        if plain == "..":
            if parts:
                parts.pop()
        elif plain != ".":
            parts.append(segment)
            continue
        if last:
            parts.append("")
    return "/" + "/".join(parts)


# which machines may be asked

_INNER_V4 = [
    (IPv4Network(net), what)
    for net, what in (
        ("0.0.0.0/8", "this network"),
        ("10.0.0.0/8", "a private network"),
        ("100.64.0.0/10", "a carrier's inner network"),
        ("127.0.0.0/8", "this machine"),
        ("168.63.129.16/32", "a cloud's own service"),
        ("169.254.0.0/16", "the link, or a cloud's metadata"),
        ("172.16.0.0/12", "a private network"),
        ("192.0.0.0/24", "reserved for protocols"),
        ("192.0.2.0/24", "reserved for documentation"),
        ("192.31.196.0/24", "a sink for name servers"),
        ("192.52.193.0/24", "a multicast relay"),
        ("192.88.99.0/24", "a relay into IPv6"),
        ("192.168.0.0/16", "a private network"),
        ("192.175.48.0/24", "a sink for name servers"),
        ("198.18.0.0/15", "reserved for measurements"),
        ("198.51.100.0/24", "reserved for documentation"),
        ("203.0.113.0/24", "reserved for documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
    )
]
_PUBLIC_V6 = IPv6Network("2000::/3")
"""All that is given out for machines on the internet."""
_INNER_V6 = [
    (IPv6Network(net), what)
    for net, what in (
        ("::/128", "no address"),
        ("::1/128", "this machine"),
        ("::ffff:0:0/96", "IPv4 inside IPv6"),
        ("::ffff:0:0:0/96", "IPv4 inside IPv6 (translated)"),
        ("::/96", "IPv4 inside IPv6 (compatible)"),
        ("64:ff9b::/96", "IPv4 inside IPv6 (NAT64)"),
        ("64:ff9b:1::/48", "IPv4 inside IPv6 (NAT64, local)"),
        ("100::/64", "discarded"),
        ("100:0:0:1::/64", "a dummy"),
        ("2001::/32", "IPv4 inside IPv6 (Teredo)"),
        ("2001:2::/48", "reserved for measurements"),
        ("2001::/23", "reserved for protocols"),
        ("2001:db8::/32", "reserved for documentation"),
        ("2002::/16", "IPv4 inside IPv6 (6to4)"),
        ("2620:4f:8000::/48", "a sink for name servers"),
        ("3ffe::/16", "a test network of long ago"),
        ("3fff::/20", "reserved for documentation"),
        ("5f00::/16", "segment routing"),
        ("fc00::/7", "a private network"),
        ("fe80::/10", "the link"),
        ("fec0::/10", "a site"),
        ("ff00::/8", "multicast"),
    )
]
_ISATAP = (0x00005EFE, 0x02005EFE)


def not_public(ip: IPv4Address | IPv6Address) -> str | None:
    """What an address is that no public server has; None for a public one."""
    if isinstance(ip, IPv4Address):
        return next((what for net, what in _INNER_V4 if ip in net), None)
    if ip.scope_id is not None:
        return "the link"
    if (int(ip) >> 32) & 0xFFFFFFFF in _ISATAP:
        return "IPv4 inside IPv6 (ISATAP)"
    if found := next((what for net, what in _INNER_V6 if ip in net), None):
        return found
    return None if ip in _PUBLIC_V6 else "reserved"
